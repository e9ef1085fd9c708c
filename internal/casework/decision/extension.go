package decision

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// ExtensionTalk is the collective discussion of a second extension (55号令第二十九条). Rows are only added; the last one counts.
type ExtensionTalk struct {
	bun.BaseModel `bun:"table:extension_discussion,alias:ed"`

	ID         int64           `bun:"id,pk"`
	Case       casework.CaseID `bun:"case_id"`
	Entry      int64           `bun:"entry_id"`
	Days       int64           `bun:"days"` // by how many days those present extend the term
	On         law.Date        `bun:"held_on"`
	Roster     int64           `bun:"roster"`
	Quorum     int64           `bun:"quorum"`
	Agreed     store.Flag      `bun:"agreed"`
	Content    string          `bun:"content"`  // ExtensionTalkInput as JSON
	Opinions   string          `bun:"opinions"` // []spokenOpinion as JSON
	RecordedAt int64           `bun:"recorded_at"`
}

// ExtensionSignature is a member's signature under those minutes, under the member's own account.
type ExtensionSignature struct {
	bun.BaseModel `bun:"table:extension_signature,alias:es"`

	ID         int64            `bun:"id,pk"`
	Case       casework.CaseID  `bun:"case_id"`
	Entry      int64            `bun:"entry_id"`
	Discussion int64            `bun:"discussion_id"`
	Account    access.AccountID `bun:"account"`
	At         int64            `bun:"signed_at"`
}

// ExtensionTalkInput are the minutes of such a discussion; Agreed means that the term is extended.
type ExtensionTalkInput struct {
	Days int `json:"days" doc:"讨论决定再延长的日数，至多六十日"`
	DiscussionInput
}

func (in ExtensionTalkInput) check(since, today law.Date) error {
	var fs fault.Fields
	if in.Days < 1 {
		fs.Add("days", "请填写再延长多少日")
	}
	in.faults(&fs)
	if in.On.IsZero() || in.On.After(today) || in.On.Before(since) {
		fs.Add("on", "第一次延长在%s，讨论日期在这一天以后、今天以前", since.Han())
	}
	return fs.Err()
}

// RecordExtension records the minutes of the discussion of a second extension. Corrected minutes are recorded and signed anew.
func (s *Service) RecordExtension(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ExtensionTalkInput) error {
	var opinions []Opinion
	var heads []access.Holder
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "discuss_extension", Version: version, On: in.On, Note: in.Result, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			since, err := lastDay(tx, c.ID, firstExtension)
			if err != nil || since.IsZero() { // the guards say that the first comes first
				return err
			}
			if err = in.check(since, tx.Today()); err != nil {
				return err
			}
			if heads, err = s.sitting(tx, c); err != nil {
				return err
			}
			opinions, err = in.opinions(heads)
			return err
		},
		State: s.cases.StateDecisionTerm,
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			part := discussionPart(in.DiscussionInput, opinions, len(heads))
			part.Opinion, part.Reviewed = "无", "讨论的是办案期限，不需要法制审核"
			return []casework.Draft{{Kind: discussionRecordKind, Part: part}}, nil
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			least, err := quorum(tx, len(heads))
			if err != nil {
				return err
			}
			content, err := json.Marshal(in)
			if err != nil {
				return err
			}
			said, err := json.Marshal(spokenOf(opinions))
			if err != nil {
				return err
			}
			return insert(tx, &ExtensionTalk{
				ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Days: int64(in.Days), On: in.On, Roster: int64(len(heads)), Quorum: least,
				Agreed: store.Flag(in.Agreed), Content: string(content), Opinions: string(said), RecordedAt: store.Micros(tx.Now),
			})
		},
	})
	return err
}

// SignExtension puts a member's signature under those minutes.
func (s *Service) SignExtension(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SignInput) error {
	if by.ByToken() {
		return fault.New(fault.Forbidden, "签名要本人登录后办，程序不能代签")
	}
	var d *Discussion
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "sign_extension", Version: version, Note: strings.TrimSpace(in.Note), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			if _, d, err = extensionTalk(tx, c.ID); err == nil {
				err = d.signable(by.Account())
			}
			return err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			return insert(tx, &ExtensionSignature{ID: store.NewID(), Case: c.ID, Entry: int64(done.Entry), Discussion: d.ID, Account: by.Account(), At: store.Micros(tx.Now)})
		},
	})
	return err
}

// ExtendInput extends the term by what the heads decided together.
type ExtendInput struct {
	Why string `json:"why" doc:"案情特别复杂在哪里"`
}

// Extend extends the term of the decision a second time, by as many days as the signed minutes say (55号令第二十九条).
func (s *Service) Extend(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ExtendInput) error {
	why := strings.TrimSpace(in.Why)
	talk, days, err := s.extensionDays(ctx, id)
	if err != nil {
		return err
	}
	_, err = s.cases.Do(ctx, by, id, casework.Command{
		Act: secondExtension, Version: version, Days: days, Note: why, Input: in,
		Change: func(tx *store.Tx, c *casework.Case) error {
			if now, _, err := extensionTalk(tx, c.ID); err != nil || now != nil && now.ID != talk {
				return fault.New(fault.Conflict, "讨论笔录刚刚改过，请重新打开以后再办")
			}
			return wanted("why", why, "请填写案情特别复杂在哪里")
		},
		State: s.stateExtension,
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, why, "集体讨论决定延长")
			if err != nil {
				return nil, err
			}
			row, d, err := extensionTalk(tx, c.ID)
			if err != nil {
				return nil, err
			}
			return s.cases.ExtensionDrafts(tx, c, secondExtension, casework.ExtensionApproval{Approval: form, Days: days, Again: true, Discussion: row.says(d)})
		},
	})
	return err
}

// extensionDays reads the minutes before the act, which must know the days beforehand; Change compares.
func (s *Service) extensionDays(ctx context.Context, id casework.CaseID) (talk int64, days int, err error) {
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		row, _, err := extensionTalk(tx, id)
		if row != nil {
			talk, days = row.ID, int(row.Days)
		}
		return err
	})
	return talk, days, err
}

// says tells the discussion for the approval form.
func (t *ExtensionTalk) says(d *Discussion) string {
	var in ExtensionTalkInput
	_ = json.Unmarshal([]byte(t.Content), &in) // own rows
	var who []string
	for _, o := range d.members() {
		who = append(who, o.Name+"（"+voteLabels[o.Vote]+"）")
	}
	return t.On.Han() + "集体讨论，参加人：" + joined(who) + "，结论：" + strings.TrimRight(strings.TrimSpace(in.Result), "。")
}

// spokenOpinion is an Opinion as these minutes keep it; Account is 0 for guests.
type spokenOpinion struct {
	Account int64  `json:"account"`
	Name    string `json:"name"`
	Post    string `json:"post"`
	Chief   bool   `json:"chief"`
	Says    string `json:"says"`
	Vote    string `json:"vote"`
}

func spokenOf(all []Opinion) []spokenOpinion {
	out := make([]spokenOpinion, len(all))
	for i, o := range all {
		out[i] = spokenOpinion{int64(o.Account), o.Name, o.Post, bool(o.Chief), o.Says, o.Vote}
	}
	return out
}

const (
	firstExtension  = "extend_decision"
	secondExtension = "extend_decision_again"
)

// granted is by how many days the heads extended the term together before.
func granted(tx *store.Tx, id casework.CaseID) (days int64, err error) {
	acts, err := casework.Acts(tx, id)
	for _, a := range acts {
		if a.Act == secondExtension {
			days += int64(a.Days)
		}
	}
	return days, err
}

// extensionTalk returns the minutes that count, as they are and as a discussion: those after the first extension that no extension rests on yet.
// The discussion is empty when there are none.
func extensionTalk(tx *store.Tx, id casework.CaseID) (*ExtensionTalk, *Discussion, error) {
	acts, err := casework.Acts(tx, id)
	if err != nil {
		return nil, nil, err
	}
	since := int64(0)
	for _, a := range acts {
		if a.Act == firstExtension || a.Act == secondExtension {
			since = a.ID
		}
	}
	var rows []ExtensionTalk
	if err := tx.DB().NewSelect().Model(&rows).Where("case_id = ?", id).Where("id > ?", since).Order("id DESC").Limit(1).Scan(tx.Ctx); err != nil {
		return nil, nil, err
	}
	d := &Discussion{Signed: map[access.AccountID]bool{}}
	if len(rows) == 0 || since == 0 {
		return nil, d, nil
	}
	row := &rows[0]
	d.ID, d.On, d.Quorum, d.Agreed = row.ID, row.On, row.Quorum, row.Agreed
	var said []spokenOpinion
	if err := json.Unmarshal([]byte(row.Opinions), &said); err != nil {
		return nil, nil, err
	}
	for _, o := range said {
		d.Opinions = append(d.Opinions, Opinion{Account: access.AccountID(o.Account), Name: o.Name, Post: o.Post, Chief: store.Flag(o.Chief), Says: o.Says, Vote: o.Vote})
	}
	var signed []ExtensionSignature
	err = tx.DB().NewSelect().Model(&signed).Where("case_id = ?", id).Where("discussion_id = ?", row.ID).Scan(tx.Ctx)
	for _, x := range signed {
		d.Signed[x.Account] = true
	}
	return row, d, err
}

// stateExtension states the discussion of the second extension in place of that of the decision.
func (s *Service) stateExtension(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	row, d, err := extensionTalk(tx, c.ID)
	if err != nil {
		return err
	}
	src, days := c.ID.Subject(), int64(0)
	if row != nil {
		src, days = "extension_discussion/"+strconv.FormatInt(row.ID, 10), row.Days
	}
	before, err := granted(tx, c.ID)
	if err != nil {
		return err
	}
	d.state(f)
	f.SetBool(law.CollectiveDiscussed, row != nil && bool(row.Agreed), src)
	f.SetNumber(law.ExtensionDays, before+days, src)
	return s.cases.StateDecisionTerm(tx, c, f)
}

// signable says why somebody cannot sign the minutes.
func (d *Discussion) signable(who access.AccountID) error {
	switch {
	case d == nil || d.ID == 0:
		return fault.New(fault.Conflict, "还没有讨论笔录，不能签名")
	case !slices.ContainsFunc(d.members(), func(o Opinion) bool { return o.Account == who }):
		return fault.New(fault.Forbidden, "笔录里没有你的意见。参加讨论的人自己签名，不能代签")
	case d.Signed[who]:
		return fault.New(fault.Conflict, "你已经在这份笔录上签过名")
	}
	return nil
}
