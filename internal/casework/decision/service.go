package decision

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct {
	cases *casework.Service
	// told reads how the party was told and heard, which is the notice desk's to say.
	told func(tx *store.Tx, c *casework.Case) (casework.Heard, error)
}

// New returns the desk on the kernel; told reads how the party was told and heard.
func New(cases *casework.Service, told func(tx *store.Tx, c *casework.Case) (casework.Heard, error)) *Service {
	return &Service{cases, told}
}

// Draw draws up what is to be decided: penalties, evidence, answers, grounds. The law is chosen by the day of the act and of today
// (从旧兼从轻), the tier computed anew, the higher fine taken where several norms are broken (行政处罚法第二十九条、第三十七条).
func (s *Service) Draw(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DraftInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "draft_decision", Version: version, Note: in.says(), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			all, err := s.cases.Exhibits(tx, c)
			if err != nil {
				return err
			}
			channel, err := s.payChannel(tx, c)
			if err != nil {
				return err
			}
			if channel != "" && in.fine() > 0 {
				in.Channel = channel
			}
			if err := in.check(all); err != nil {
				return err
			}
			return s.propose(tx, c, in)
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.DraftPunishes, in.Outcome == Punish, "form")
			return nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			b, err := json.Marshal(in)
			if err != nil {
				return err
			}
			return insert(tx, &Draft{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), On: tx.Today(), Person: by.Person(), Content: string(b), RecordedAt: store.Micros(tx.Now)})
		},
	})
	return err
}

// propose makes the draft the case's proposed penalty.
func (s *Service) propose(tx *store.Tx, c *casework.Case, in DraftInput) error {
	if in.Leniency == minorGround && !c.Minor(tx.Today()) {
		return fault.InvalidField("leniency", "登记的当事人在违法行为发生时不是“%s”，不能以此从轻、减轻。年龄登记有误的先改正当事人信息", minorGround)
	}
	now := in.imposed()
	c.Kinds, c.Amount, c.FactsClear = now.Kinds, now.Fine, store.Flag(in.Clear)
	c.Gains, c.Contents = now.Gains, now.Contents
	if !slices.Contains(in.kinds(), string(casework.PenaltyGoods)) {
		c.Goods = 0
	}
	if c.FactText == "" {
		c.FactText = strings.TrimSpace(in.Facts)
	}
	switch {
	case c.Amount == 0:
		c.PayBy = ""
	case c.PayBy == "" || c.PayBy == casework.PayCash:
		c.PayBy = casework.PayBank
	}
	if in.Outcome == Spare && in.unproven() && c.PowerCode == "" {
		return nil
	}
	acts, err := casework.Acts(tx, c.ID)
	if err != nil {
		return err
	}
	if found := casework.CorrectedBy(acts); found != law.Unknown { // the tier follows the recheck, not the tick of the proposal
		c.Corrected = store.Flag(found == law.True)
	}
	a, err := s.cases.Weigh(tx, c, tx.Today(), in.ChosenLaw)
	if err != nil {
		return err
	}
	if in.Outcome == Punish && in.fine() > 0 && a.HasTier && c.TierWhy == "" {
		c.TierWhy = strings.TrimSpace(in.Opinion)
	}
	return s.highest(tx, c, in)
}

// highest refuses a fine that is not the highest of those that the broken norms give (行政处罚法第二十九条).
func (s *Service) highest(tx *store.Tx, c *casework.Case, in DraftInput) error {
	if len(in.Norms) == 0 {
		return nil
	}
	fines := []law.Money{in.fine()}
	for i, n := range in.Norms {
		a, err := s.cases.AssessNorm(tx, c, n.Code, tx.Today())
		if err != nil {
			return fault.InvalidField("norms", "第 %d 项：%v", i+1, err)
		}
		if a.HasRange && (n.Fine < a.Statutory.Min || n.Fine > a.Statutory.Max) {
			return fault.InvalidField("norms", "第 %d 项：%s应处 %s 元至 %s 元，填的是 %s 元", i+1, n.Code, a.Statutory.Min.Grouped(), a.Statutory.Max.Grouped(), n.Fine.Grouped())
		}
		fines = append(fines, n.Fine)
	}
	top, _, err := law.HigherFine(tx.Today(), fines)
	if err != nil {
		return err
	}
	if top != in.fine() {
		return fault.InvalidField("amount", "同一行为违反多个规范应当罚款的，按数额高的处罚：其他规范应罚 %s 元，拟罚 %s 元。请按较重的规范重新选定案由", top.Grouped(), in.fine().Grouped())
	}
	return nil
}

// AskInput applies for the decision.
type AskInput struct {
	Opinion string `json:"opinion" doc:"承办人意见"`
}

// Ask applies to the head for the decision (行政处罚法第五十七条第一款).
func (s *Service) Ask(ctx context.Context, by access.Session, id casework.CaseID, version int64, in AskInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "ask_decision", Version: version, Note: strings.TrimSpace(in.Opinion), Input: in, Change: drawn,
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			part, err := s.approval(tx, c, in.Opinion)
			return []casework.Draft{{Kind: decisionApprovalKind, Part: part}}, err
		},
	})
	return err
}

// drawn wants a draft to be there.
func drawn(tx *store.Tx, c *casework.Case) error {
	d, _, err := last(tx, c.ID)
	if err != nil || d != nil {
		return err
	}
	if d, _, err = drawnLast(tx, c.ID); err == nil && d != nil {
		return fault.New(fault.Conflict, "拟定以后又补充调查、告知、复核或者听证，原来拟定的处理决定不再作数。请重新拟定")
	}
	return errOr(err, "还没有拟定处理决定。请先拟定")
}

func errOr(err error, message string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "%s", message)
}

// ReturnInput sends the proposal back.
type ReturnInput struct {
	Why string `json:"why" doc:"退回的理由"`
}

// Return sends the proposal back to those who handle the case; the approval form is void.
func (s *Service) Return(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ReturnInput) error {
	why := strings.TrimSpace(in.Why)
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "return_decision", Version: version, Note: why, Input: in,
		Change: func(*store.Tx, *casework.Case) error {
			return wanted("why", why, "请写明为什么退回、要怎样处理")
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return casework.VoidLast(tx, c.ID, decisionApprovalKind, "退回承办机构："+why, done.Entry)
		},
	})
	return err
}

// DecideInput is what the head writes under the proposal.
type DecideInput struct {
	Note string `json:"note" doc:"审批意见"`
}

// Punish makes the decision to punish (行政处罚法第五十七条第一款第一项). Whoever heads the bureau approves by doing it. The comparison of
// old and new law is made again for today; a draft that rests on another answer is drawn up anew.
func (s *Service) Punish(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	return s.decide(ctx, by, id, version, "decide_penalty", Punish, in)
}

// Spare makes the decision not to punish (行政处罚法第三十三条、第五十七条第一款第二、三项), with the record of education.
func (s *Service) Spare(ctx context.Context, by access.Session, id casework.CaseID, version int64, in DecideInput) error {
	return s.decide(ctx, by, id, version, "decide_no_penalty", Spare, in)
}

func (s *Service) decide(ctx context.Context, by access.Session, id casework.CaseID, version int64, act, outcome string, in DecideInput) error {
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: act, Version: version, Note: strings.TrimSpace(in.Note), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if err := drawn(tx, c); err != nil {
				return err
			}
			if err := s.stillWeighs(tx, c, outcome); err != nil {
				return err
			}
			c.DecidedOn = tx.Today()
			return nil
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error { return s.stateHead(tx, by, c, f) },
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			_, d, err := last(tx, c.ID)
			if err != nil {
				return nil, err
			}
			c.EndingNote = d.Why
			return s.decisionDrafts(tx, c, d)
		},
	})
	return err
}

// stillWeighs compares the draft with what is so today: its outcome, law and tier.
func (s *Service) stillWeighs(tx *store.Tx, c *casework.Case, outcome string) error {
	_, in, err := last(tx, c.ID)
	if err != nil {
		return err
	}
	if in.Outcome != outcome {
		return fault.New(fault.Conflict, "拟定的是“%s”，不能这样决定。请退回，或者重新拟定", in.says())
	}
	if c.PowerCode == "" {
		return nil
	}
	now := *c
	if _, err := s.cases.Weigh(tx, &now, tx.Today(), in.ChosenLaw); err != nil {
		return err
	}
	if now.AppliedCode != c.AppliedCode || now.Tier != c.Tier || now.TierMin != c.TierMin || now.TierMax != c.TierMax {
		return fault.New(fault.Conflict, "拟定以后，适用的规定或者裁量阶次已有变化（现在是%s %s）。请重新拟定处理决定", now.AppliedCode, now.Tier)
	}
	return nil
}

// stateHead states what only the person who decides can: that a head does, and the chief where a benchmark is departed from.
func (s *Service) stateHead(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	src := c.ID.Subject()
	f.SetBool(law.ApprovedByHead, casework.HeadsBureau(by), src)
	out, err := s.withdrawn(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.DeciderRecused, out[by.Person()], src)
	done, err := s.discussed(tx, c)
	f.SetBool(law.DepartureApproved, done != nil || by.HasRole(access.BureauHead), src)
	return err
}

// withdrawn are the persons who have to keep away from the case (行政处罚法第四十三条第一款).
func (s *Service) withdrawn(tx *store.Tx, c *casework.Case) (map[int64]bool, error) {
	all, err := s.cases.Recusals(tx, c)
	out := map[int64]bool{}
	for _, r := range all {
		if r.Granted && r.Person != 0 {
			out[r.Person] = true
		}
	}
	return out, err
}

func wanted(field, value, message string) error {
	if value != "" {
		return nil
	}
	return fault.InvalidField(field, "%s", message)
}
