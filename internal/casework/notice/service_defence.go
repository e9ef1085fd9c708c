package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// StateInput records what the party said, or takes back what was entered by mistake.
type StateInput struct {
	Oral     bool      `json:"oral" doc:"当面或者电话陈述，制作笔录；书面提出的不制作"`
	On       law.Date  `json:"on" doc:"提出的日期，不填是今天"`
	From     time.Time `json:"from" doc:"笔录开始时间"`
	Until    time.Time `json:"until" doc:"笔录结束时间"`
	At       string    `json:"at" doc:"笔录地点"`
	Recorder string    `json:"recorder" doc:"记录人"`
	Person   string    `json:"person" doc:"陈述申辩人"`
	Role     string    `json:"role" doc:"身份：当事人本人、法定代表人、委托代理人"`
	Points   []string  `json:"points" doc:"逐点列出的意见"`
	Attached string    `json:"attached" doc:"提交的材料，没有的不填"`
	Withdraw string    `json:"withdraw,omitempty" doc:"误记的一点的编号：填写时只撤回这一点"`
	Why      string    `json:"why,omitempty" doc:"撤回的原因"`
}

// StateDefence records a statement and defence, point by point (行政处罚法第四十五条第一款).
func (s *Service) StateDefence(ctx context.Context, by access.Session, id casework.CaseID, version int64, in StateInput) error {
	in.Points = slices.DeleteFunc(slices.Clone(in.Points), func(p string) bool { return strings.TrimSpace(p) == "" })
	asked := false // the decision was asked for before the party spoke
	cmd := casework.Command{Act: "state_defence", Version: version, On: in.On, Input: in}
	if in.Withdraw != "" {
		cmd.On = law.Date{} // taken back today
		cmd.Note = "撤回误记的意见：" + strings.TrimSpace(in.Why)
		cmd.Change = func(_ *store.Tx, c *casework.Case) error { asked = c.State == casework.DecisionAsked; return nil }
		cmd.Write = func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := unask(tx, c, asked, done); err != nil {
				return err
			}
			return in.takeBack(tx, c, done)
		}
		_, err := s.cases.Do(ctx, by, id, cmd)
		return err
	}
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		asked = c.State == casework.DecisionAsked
		if in.On.IsZero() {
			in.On = tx.Today()
		}
		if err := in.check(tx); err != nil {
			return err
		}
		n, err := current(tx, c.ID)
		if err != nil || n == nil {
			return errNoNotice(err)
		}
		p, err := paper(tx, c.ID, n.Paper)
		if err == nil && p != nil && in.On.Before(p.ServedOn()) {
			return field("on", "日期不能早于告知书送达的日期 "+p.ServedOn().Han())
		}
		return err
	}
	if in.Oral {
		cmd.Drafts = func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			return []casework.Draft{in.draft()}, nil
		}
	}
	cmd.Write = func(tx *store.Tx, c *casework.Case, done casework.Done) error {
		if err := unask(tx, c, asked, done); err != nil {
			return err
		}
		n, err := current(tx, c.ID)
		if err != nil || n == nil {
			return errNoNotice(err)
		}
		for _, p := range in.Points {
			row := &Point{ID: store.NewID(), Case: c.ID, Notice: n.ID, Entry: int64(done.Entry), Version: 1, StatedOn: in.On, Person: strings.TrimSpace(in.Person), Role: strings.TrimSpace(in.Role), Said: strings.TrimSpace(p), RecordedAt: store.Micros(tx.Now)}
			if err := insert(tx, row); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := s.cases.Do(ctx, by, id, cmd)
	return err
}

// unask voids the approval form of a decision that was asked for before the party spoke again; it does not say what is answered now.
func unask(tx *store.Tx, c *casework.Case, asked bool, done casework.Done) error {
	if !asked {
		return nil
	}
	return casework.VoidLast(tx, c.ID, approvalKind, "报批以后当事人又提出意见，复核以后重新报批", done.Entry)
}

func errNoNotice(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "没有有效的告知书。请先出具并送达告知书")
}

func (in StateInput) check(tx *store.Tx) error {
	var fs fault.Fields
	need := func(name, value, message string) {
		if strings.TrimSpace(value) == "" {
			fs.Add(name, "%s", message)
		}
	}
	need("person", in.Person, "请填写陈述申辩人的姓名")
	need("role", in.Role, "请填写陈述申辩人的身份")
	if len(in.Points) == 0 {
		fs.Add("points", "请逐点列出意见，一行一点")
	}
	if in.On.After(tx.Today()) {
		fs.Add("on", "日期不能晚于今天")
	}
	if in.Oral {
		need("at", in.At, "请填写笔录地点")
		need("recorder", in.Recorder, "请填写记录人")
		if in.From.IsZero() || in.Until.IsZero() || !in.Until.After(in.From) || in.Until.After(tx.Now.Add(time.Minute)) {
			fs.Add("from", "请填写笔录的开始和结束时间，结束不能早于开始、不能晚于现在")
		}
	}
	return fs.Err()
}

// takeBack withdraws a point that was entered by mistake; the row stays, with the reason.
func (in StateInput) takeBack(tx *store.Tx, c *casework.Case, done casework.Done) error {
	n, err := current(tx, c.ID)
	if err != nil || n == nil {
		return errNoNotice(err)
	}
	if strings.TrimSpace(in.Why) == "" {
		return field("why", "请写明为什么撤回")
	}
	all, err := points(tx, n.ID)
	if err != nil {
		return err
	}
	for i := range all {
		if fmt.Sprint(all[i].ID) == in.Withdraw {
			all[i].Withdrawn, all[i].Entry = strings.TrimSpace(in.Why), int64(done.Entry)
			return savePoint(tx, &all[i])
		}
	}
	return field("withdraw", "没有这一点意见，或者已经撤回")
}

// WaiveInput records what the party gives up expressly.
type WaiveInput struct {
	On      law.Date `json:"on" doc:"当事人签署声明的日期，不填是今天"`
	Defence bool     `json:"defence" doc:"放弃陈述申辩"`
	Hearing bool     `json:"hearing" doc:"放弃听证"`
	Signed  bool     `json:"signed" doc:"当事人已在声明上签名或者盖章"`
}

// Waive records an express waiver (行政处罚法第六十二条). Silence is none, and what the party says in time after it counts.
func (s *Service) Waive(ctx context.Context, by access.Session, id casework.CaseID, version int64, in WaiveInput) error {
	var n *Notice
	var p *casework.Paper
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "waive_defence", Version: version, On: in.On, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if in.On.IsZero() {
				in.On = tx.Today()
			}
			if n, err = current(tx, c.ID); err != nil || n == nil {
				return errNoNotice(err)
			}
			if p, err = paper(tx, c.ID, n.Paper); err != nil || p == nil {
				return errNoNotice(err)
			}
			var fs fault.Fields
			if !in.Defence && !in.Hearing {
				fs.Add("defence", "请选择当事人放弃什么")
			}
			if in.Hearing && !bool(n.TellsHearing) {
				fs.Add("hearing", "告知书没有告知听证权利，没有可以放弃的听证")
			}
			if !in.Signed {
				fs.Add("signed", "放弃要当事人明确表示：请当事人在声明上签名或者盖章。没有表示的等期限届满")
			}
			if in.On.After(tx.Today()) || in.On.Before(p.ServedOn()) {
				fs.Add("on", "签署日期在告知书送达之后、今天以前")
			}
			return fs.Err()
		},
		Drafts: func(*store.Tx, *casework.Case) ([]casework.Draft, error) {
			var waived []string
			if in.Defence {
				waived = append(waived, "陈述、申辩")
			}
			if in.Hearing {
				waived = append(waived, "要求听证")
			}
			return []casework.Draft{{Kind: waiverKind, Part: casework.WaiverRecord{NoticeTitle: p.Kind.Label(), Notice: p.DocNo, ReceivedOn: p.ServedOn(), Waived: waived}}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return insert(tx, &Waiver{ID: store.NewID(), Case: c.ID, Notice: n.ID, Entry: int64(done.Entry), On: in.On, Defence: store.Flag(in.Defence), Hearing: store.Flag(in.Hearing), RecordedAt: store.Micros(tx.Now)})
		},
	})
	return err
}

// Answer answers one point of the defence.
type Answer struct {
	Point   string `json:"point" doc:"意见的编号"`
	Answer  string `json:"answer" doc:"复核情况"`
	Adopted bool   `json:"adopted" doc:"予以采纳"`
	Why     string `json:"why" doc:"不予采纳的理由"`
}

// AnswerInput is the written review of the defence.
type AnswerInput struct {
	Answers []Answer `json:"answers" doc:"对每一点意见的答复"`
	Reason  string   `json:"reason" doc:"复核的过程和依据"`
	Result  string   `json:"result" doc:"复核结论"`
}

func (in AnswerInput) answerTo(id int64) Answer {
	for _, a := range in.Answers {
		if a.Point == fmt.Sprint(id) {
			a.Answer, a.Why = strings.TrimSpace(a.Answer), strings.TrimSpace(a.Why)
			return a
		}
	}
	return Answer{}
}

// unanswered are the points without an answer, or refused without a reason.
func (in AnswerInput) unanswered(all []Point) []string {
	out := []string{}
	for i, p := range all {
		switch a := in.answerTo(p.ID); {
		case a.Answer == "":
			out = append(out, fmt.Sprintf("第%d点“%s”没有答复", i+1, short(p.Said)))
		case !a.Adopted && a.Why == "":
			out = append(out, fmt.Sprintf("第%d点“%s”没有写不予采纳的理由", i+1, short(p.Said)))
		}
	}
	return out
}

func short(s string) string {
	if r := []rune(s); len(r) > 15 {
		return string(r[:15]) + "…"
	}
	return s
}

// AnswerDefence reviews the defence in writing, each point with a reasoned answer (55号令第二十二条).
func (s *Service) AnswerDefence(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AnswerInput) error {
	var n *Notice
	var all []Point
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "answer_defence", Version: version, Note: strings.TrimSpace(in.Result), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if n, err = current(tx, c.ID); err != nil || n == nil {
				return errNoNotice(err)
			}
			if all, err = toAnswer(tx, n); err != nil {
				return err
			}
			if strings.TrimSpace(in.Reason) == "" {
				return field("reason", "请写明怎样复核、依据什么")
			}
			return nil
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetList(law.UnansweredPoints, in.unanswered(all), "form")
			f.SetBool(law.ReviewWritten, strings.TrimSpace(in.Result) != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			p, err := paper(tx, c.ID, n.Paper)
			if err != nil || p == nil {
				return nil, errNoNotice(err)
			}
			return []casework.Draft{in.review(p, all)}, nil
		},
		Write: func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
			for i := range all {
				a := in.answerTo(all[i].ID)
				all[i].Answer, all[i].Adopted, all[i].Why, all[i].Entry = a.Answer, store.Flag(a.Adopted), a.Why, int64(done.Entry)
				if err := savePoint(tx, &all[i]); err != nil {
					return err
				}
			}
			return nil
		},
	})
	return err
}
