package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Change replaces what a delivered decision says (处罚法七十五): the new penalty is computed as a proposal
// is and passes the rules of a decision; what is worse for the party needs a notice and a hearing first.
// The decision keeps its number, the change gets its own; the case is open again until that is delivered
// and the money settled.
func (s *Service) Change(ctx context.Context, by access.Session, id CaseID, version int64, in ChangeInput) (PaperID, error) {
	var about, paper *Paper
	var before outcome
	fields := map[string]string{}
	err := s.update(ctx, by, "casework.change", in, id, command{
		act: "change", version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) (err error) {
			before = c.outcome()
			if about, err = s.amend(tx, c, in); err != nil {
				return err
			}
			c.ClosedAt, c.Ending, c.EndingNote = 0, "", ""
			if *f, err = s.facts(tx, c, tx.Today()); err != nil {
				return err
			}
			notice, err := s.noticeFacts(tx, c, before, in, f)
			if err != nil {
				return err
			}
			f.SetBool(law.ApprovedByHead, headsBureau(by), c.ID.Subject())
			f.SetBool(law.ReasonRecorded, true, c.ID.Subject())
			return s.changeFields(tx, c, about, notice, before, in, fields)
		},
		data: func(c *Case) any {
			return map[string]any{"about": about.ID, "number": about.DocNo, "faults": in.Faults, "why": strings.TrimSpace(in.Why), "before": before, "after": c.outcome()}
		},
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) (err error) {
			if paper, err = s.draw(tx, c, ChangeDecision, about.ID, entry, fields); err != nil {
				return err
			}
			was, err := json.Marshal(before)
			if err != nil {
				return err
			}
			is, err := json.Marshal(c.outcome())
			if err != nil {
				return err
			}
			err = insert(tx, &Change{Paper: paper.ID, Entry: int64(entry), Case: c.ID, Faults: strings.Join(in.Faults, ";"), Why: strings.TrimSpace(in.Why), Before: string(was), After: string(is), MadeAt: store.Micros(tx.Now)})
			if err != nil {
				return err
			}
			return s.oweWithdrawal(tx, c.ID, "change", entry)
		},
	})
	if err != nil || paper == nil {
		return 0, err
	}
	return paper.ID, s.Finish(ctx, paper.ID)
}

// NotifyChange makes the notice by which the party is told what its decision is to be changed to. The case
// stays as it is.
func (s *Service) NotifyChange(ctx context.Context, by access.Session, id CaseID, version int64, in ChangeInput) (PaperID, error) {
	var paper *Paper
	err := s.update(ctx, by, "casework.change_notice", in, id, command{
		act: "change_notice", version: version,
		data: func(*Case) any { return map[string]any{"input": in} },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			planned, before := *c, c.outcome()
			about, err := s.amend(tx, &planned, in)
			if err != nil {
				return err
			}
			fields := map[string]string{"power": planned.AppliedCode, "kinds": planned.Kinds, "amount": planned.Amount.String()}
			if err := s.changeFields(tx, &planned, about, nil, before, in, fields); err != nil {
				return err
			}
			paper, err = s.draw(tx, &planned, PenaltyNotice, about.ID, entry, fields)
			return err
		},
	})
	if err != nil || paper == nil {
		return 0, err
	}
	return paper.ID, s.Finish(ctx, paper.ID)
}

// amend puts the new penalty into the case, computed as a proposal is, and returns the decision concerned.
func (s *Service) amend(tx *store.Tx, c *Case, in ChangeInput) (*Paper, error) {
	if err := in.checkChange(); err != nil {
		return nil, err
	}
	before := c.outcome()
	if err := s.propose(tx, c, in.PenaltyInput, tx.Today()); err != nil {
		return nil, err
	}
	after := c.outcome()
	if before.samePenalty(after) && before.sameFacts(after) && before.sameGrounds(after) {
		return nil, fault.InvalidField("amount", "变更后的内容与原决定一样。只是文字、计算错误的，请出具补正（更正）书；全部撤销的，请作撤销决定")
	}
	return decision(tx, c.ID)
}

// changeFields are what the papers about a change say beside the case's content.
func (s *Service) changeFields(tx *store.Tx, c *Case, about, notice *Paper, before outcome, in ChangeInput, fields map[string]string) error {
	ps, err := payments(tx, c.ID)
	if err != nil {
		return err
	}
	paid := law.Money(0)
	for _, p := range ps {
		paid += p.Amount
	}
	fields["decided"], fields["was"], fields["becomes"] = about.Dated.Han(), before.text(), c.Penalty.text()
	fields["item"], fields["why"], fields["settle"] = faultsText(in.Faults), strings.TrimSpace(in.Why), c.settlement(paid)
	fields["earlier"] = ""
	made, err := changes(tx, c.ID)
	if err != nil {
		return err
	}
	for _, ch := range made {
		if p, err := paperByID(tx, ch.Paper); err != nil {
			return err
		} else if !bool(ch.Undone) {
			fields["earlier"] += "经" + p.DocNo + "变更，"
		}
	}
	if notice != nil {
		told, err := notice.frozen()
		if err != nil {
			return err
		}
		fields["notice"] = "《" + told.titled() + "》（" + notice.DocNo + "）"
		return saidSince(tx, c.ID, notice.DeliveredAt, fields)
	}
	return nil
}

// saidSince fills in what the party said to a notice and what was answered.
func saidSince(tx *store.Tx, id CaseID, told int64, fields map[string]string) error {
	all, err := steps(tx, id)
	for _, st := range all {
		switch {
		case bool(st.Withdrawn) || st.DoneAt < told:
		case st.Kind == StepHear && st.Text != NothingSaid:
			fields["heard"] = st.Text
		case st.Kind == StepReview:
			fields["review"] = st.Text
		}
	}
	return err
}

// noticeFacts states whether the change is worse for the party and, if so, whether the party was told of
// just this and heard. It returns the notice that counts.
func (s *Service) noticeFacts(tx *store.Tx, c *Case, before outcome, in ChangeInput, f *law.Facts) (*Paper, error) {
	after, src := c.outcome(), c.ID.Subject()
	f.SetBool(law.ChangeWorsens, before.worse(after, in.NotWorse), src)
	f.SetBool(law.ChangeHeavier, before.heavier(after), src)
	f.SetMoney(law.FinalPenalty, c.Amount, src)
	notice, err := lastNotice(tx, c.ID)
	if err != nil || notice == nil {
		f.SetBool(law.ChangeTold, false, src)
		f.SetBool(law.ChangeHeard, false, src)
		return nil, err
	}
	told, err := notice.frozen()
	if err != nil {
		return nil, err
	}
	fits := told.Fields["power"] == c.AppliedCode && told.FactText == c.FactText
	for _, k := range after.kinds() {
		fits = fits && strings.Contains(told.Fields["kinds"], string(k))
	}
	f.SetBool(law.ChangeTold, fits, notice.ID.Subject())
	f.SetMoney(law.InformedPenalty, told.Fine, notice.ID.Subject())
	heard, err := s.heardSince(tx, c.ID, notice.DeliveredAt)
	f.SetBool(law.ChangeHeard, heard, notice.ID.Subject())
	if !fits {
		return nil, err
	}
	return notice, err
}

// heardSince reports whether the party was heard after a notice reached it: what it said was answered, it
// had nothing to say, or five working days went by (55号令二十二).
func (s *Service) heardSince(tx *store.Tx, id CaseID, told int64) (bool, error) {
	all, err := steps(tx, id)
	if err != nil {
		return false, err
	}
	said, open := false, false
	for _, st := range all {
		switch {
		case bool(st.Withdrawn) || st.DoneAt < told:
		case st.Kind == StepHear:
			said, open = true, st.Text != NothingSaid
		case st.Kind == StepReview:
			open = false
		}
	}
	if said {
		return !open, nil
	}
	due, err := s.due("陈述申辩期限", law.DateOf(store.FromMicros(told)))
	return tx.Today().After(due), err
}

// lastNotice is the newest delivered notice that no change was based on yet, or nil.
func lastNotice(tx *store.Tx, id CaseID) (*Paper, error) {
	ps, err := papers(tx, id)
	if err != nil {
		return nil, err
	}
	var out *Paper
	for i, p := range ps {
		switch {
		case p.Kind == PenaltyNotice && p.State == PaperDelivered:
			out = &ps[i]
		case p.Kind == ChangeDecision && p.State != PaperVoid:
			out = nil
		}
	}
	return out, nil
}

// HearInput is what the party said to a notice, in its own words or 无, and the answer to it.
type HearInput struct {
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
	Review string    `json:"review"`
}

// HearAgain records what the party said after it was told of a change, with the answer.
func (s *Service) HearAgain(ctx context.Context, by access.Session, id CaseID, version int64, in HearInput) error {
	var rows []*Step
	return s.update(ctx, by, "casework.hear_again", in, id, command{
		act: "hear_again", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			notice, err := lastNotice(tx, c.ID)
			if err != nil {
				return err
			}
			if notice == nil {
				return fault.New(fault.Conflict, "还没有送达的告知书，不用再听取陈述申辩")
			}
			at, err := moment(tx, c, in.At, "at")
			if err != nil {
				return err
			}
			if at < notice.DeliveredAt {
				return fault.InvalidField("at", "陈述申辩不能早于告知书送达的时间")
			}
			rows = nil
			for _, st := range []StepInput{{Kind: StepHear, Text: in.Text}, {Kind: StepReview, Text: in.Review}} {
				if st.Kind == StepReview && strings.TrimSpace(in.Text) == NothingSaid {
					break
				}
				if err := st.check(c, tx.Now); err != nil {
					return err
				}
				rows = append(rows, &Step{ID: store.NewID(), Case: id, Kind: st.Kind, DoneAt: at, RecordedAt: store.Micros(tx.Now), Person: c.Lead, Text: strings.TrimSpace(st.Text)})
			}
			return nil
		},
		data: func(*Case) any {
			said := map[string]any{"step": fmt.Sprint(rows[0].ID), "kind": StepHear, "done_at": rows[0].Done().Format(time.RFC3339), "text": rows[0].Text}
			if len(rows) > 1 {
				said["review"] = rows[1].Text
			}
			return said
		},
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			for _, r := range rows {
				r.Entry = int64(entry)
				if err := insert(tx, r); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// changedFacts states what an earlier change still leaves to do.
func (s *Service) changedFacts(tx *store.Tx, c *Case, f *law.Facts) error {
	if c.DeliveredAt == 0 { // nothing was changed that the party could have
		f.SetBool(law.ChangeUnserved, false, c.ID.Subject())
		f.SetBool(law.RefundDue, false, c.ID.Subject())
		return nil
	}
	open, err := tx.DB().NewSelect().Model((*Paper)(nil)).Where("case_id = ?", c.ID).Where("kind = ?", ChangeDecision).Where("state IN (?, ?)", PaperRendering, PaperIssued).Count(tx.Ctx)
	if err != nil {
		return err
	}
	rest, err := outstanding(tx, c)
	f.SetBool(law.ChangeUnserved, open > 0, c.ID.Subject())
	f.SetBool(law.RefundDue, rest < 0, c.ID.Subject())
	return err
}

// wasChanged reports whether a delivered decision was changed by a paper that stands.
func (s *Service) wasChanged(p *Paper) (changed bool, err error) {
	if p.State != PaperDelivered {
		return false, nil
	}
	err = s.DB.View(context.Background(), func(tx *store.Tx) error {
		n, err := tx.DB().NewSelect().Model((*Paper)(nil)).Where("about_id = ?", p.ID).Where("kind = ?", ChangeDecision).Where("state IN (?, ?)", PaperIssued, PaperDelivered).Count(tx.Ctx)
		changed = n > 0
		return err
	})
	return changed, err
}

// changes returns the changes of a case's decision, oldest first.
func changes(tx *store.Tx, id CaseID) ([]Change, error) {
	var out []Change
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("paper_id").Scan(tx.Ctx)
}

func paperByID(tx *store.Tx, id PaperID) (*Paper, error) {
	p := new(Paper)
	return p, store.One(tx.DB().NewSelect().Model(p).Where("id = ?", id).Scan(tx.Ctx), "这份文书")
}
