package casework

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

func asRefusal(err error) (*law.Refusal, bool) {
	var r *law.Refusal
	ok := errors.As(err, &r)
	return r, ok
}

// handwrittenOf returns the booklet's number that a case's decision has, or nil.
func handwrittenOf(tx *store.Tx, p *Paper) (*BookletNumber, error) {
	if p == nil || p.Booklet == 0 {
		return nil, nil
	}
	n := new(BookletNumber)
	err := tx.DB().NewSelect().Model(n).Where("paper_id = ?", p.ID).Scan(tx.Ctx)
	if fault.Is(store.One(err, "号"), fault.NotFound) {
		return nil, nil // it is being entered
	}
	return n, err
}

// handFacts states what became of a hand-written decision after its entry.
func (s *Service) handFacts(tx *store.Tx, c *Case, f *law.Facts) error {
	p, err := decision(tx, c.ID)
	if err != nil {
		return err
	}
	n, err := handwrittenOf(tx, p)
	if err != nil || n == nil || n.EnteredAt == 0 {
		return err
	}
	src := n.Booklet.Subject()
	f.SetBool(law.EntryConfirmed, n.ConfirmedAt != 0, src)
	f.SetBool(law.HandwrittenPending, n.Ruling == RulingPending, src)
	var rules []string
	for _, x := range n.Faults() {
		rules = append(rules, x.Rule)
	}
	f.SetList(law.HandwrittenFaults, rules, src)
	return nil
}

// ConfirmInput is what the other officer says of an entry.
type ConfirmInput struct {
	Agree bool   `json:"agree"`
	Note  string `json:"note"` // what is not so
}

// ConfirmEntry lets the other officer confirm an entry under the own identity (practice 12), or say what
// in it is not so; then the head has to look.
func (s *Service) ConfirmEntry(ctx context.Context, by access.Session, id CaseID, version int64, in ConfirmInput) error {
	in.Note = strings.TrimSpace(in.Note)
	var p *Paper
	var n *BookletNumber
	return s.update(ctx, by, "casework.confirm_entry", in, id, command{
		act: "confirm_entry", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) (err error) {
			if p, err = decision(tx, c.ID); err != nil {
				return err
			}
			if n, err = handwrittenOf(tx, p); err != nil {
				return err
			}
			switch {
			case n == nil:
				return fault.New(fault.Conflict, "这个案件的决定书不是手工文书，没有要确认的补录")
			case n.ConfirmedAt != 0:
				return fault.New(fault.Conflict, "补录已经确认过")
			case by.Person() == n.EnteredBy || by.Person() != c.Lead && by.Person() != c.Assist:
				return fault.New(fault.Forbidden, "补录由另一名承办的执法人员用本人账号确认，录入的人不能代为确认")
			case !in.Agree && in.Note == "":
				return fault.InvalidField("note", "请写明补录与纸面哪里不一致")
			}
			return nil
		},
		data: func(*Case) any { return map[string]any{"number": n.DocNo, "agree": in.Agree, "note": in.Note} },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			role := SignLead
			if by.Person() == c.Assist {
				role = SignAssist
			}
			err := insert(tx, &Signature{ID: store.NewID(), Paper: p.ID, Entry: int64(entry), Role: role, Person: by.Person(), Account: int64(by.Account()), Method: "on_paper", At: n.UsedAt})
			if err != nil {
				return err
			}
			n.ConfirmedAt, n.ConfirmedBy = store.Micros(tx.Now), by.Person()
			if !in.Agree {
				n.Dispute, n.Ruling = in.Note, RulingPending
				fs := append(n.Faults(), law.Finding{Rule: "entry-disputed", Message: "另一名执法人员认为补录与纸面不一致：" + in.Note, Level: law.Block})
				raw, err := json.Marshal(fs)
				if err != nil {
					return err
				}
				n.Findings = string(raw)
			}
			return saveNumber(tx, n, entry)
		},
	})
}

// KeepEntry lets the head keep a hand-written decision in spite of a slight fault, with the reasons. What
// makes the decision unlawful cannot be kept: it is revoked, changed or corrected.
func (s *Service) KeepEntry(ctx context.Context, by access.Session, id CaseID, version int64, why string) error {
	why = strings.TrimSpace(why)
	var n *BookletNumber
	return s.update(ctx, by, "casework.keep_entry", why, id, command{
		act: "keep_entry", version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) error {
			p, err := decision(tx, c.ID)
			if err != nil {
				return err
			}
			if n, err = handwrittenOf(tx, p); err != nil {
				return err
			}
			if n == nil || n.Ruling != RulingPending {
				return fault.New(fault.Conflict, "没有等负责人处理的手工决定书")
			}
			f.SetBool(law.ReasonRecorded, why != "", c.ID.Subject())
			f.SetBool(law.ApprovedByHead, headsBureau(by), c.ID.Subject())
			return nil
		},
		data: func(*Case) any { return map[string]any{"number": n.DocNo, "why": why} },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			return n.rule(tx, by, RulingKept, why, entry)
		},
	})
}

func (n *BookletNumber) rule(tx *store.Tx, by access.Session, r Ruling, note string, entry ledger.EntryID) error {
	n.Ruling, n.RuledAt, n.RuledBy, n.RulingNote = r, store.Micros(tx.Now), by.Person(), note
	return saveNumber(tx, n, entry)
}

// ruled settles what waited for the head when the decision is corrected or revoked.
func ruled(tx *store.Tx, by access.Session, p *Paper, kind PaperKind, note string, entry ledger.EntryID) error {
	n, err := handwrittenOf(tx, p)
	if err != nil || n == nil || n.Ruling != RulingPending {
		return err
	}
	r := RulingCorrected
	if kind == Revocation {
		r = RulingRevoked
	}
	return n.rule(tx, by, r, note, entry)
}
