package org

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// TransferInput moves a person: to another unit, to another post, or into another kind (an auxiliary who
// is recruited). From is the first day of the new posting; the old one ends the day before.
type TransferInput struct {
	Unit   access.UnitID `json:"unit"`
	Post   string        `json:"post"`
	Kind   PersonKind    `json:"kind"`
	From   law.Date      `json:"from"`
	Reason string        `json:"reason"`
}

// Transfer ends the running posting and begins another. The account, if there is one, goes along.
func (s *Service) Transfer(ctx context.Context, by access.Session, id PersonID, version int64, in TransferInput) error {
	return s.once(ctx, by, kindTransferred, []any{id, version, in}, func(tx *store.Tx) error {
		p, err := s.ownPerson(tx, by, id, version)
		if err != nil {
			return err
		}
		current, err := runningPosting(tx, p)
		if err != nil {
			return err
		}
		var fs fault.Fields
		in.Post = text(&fs, "post", "职务", in.Post, 40, true)
		in.Reason = text(&fs, "reason", "调动依据", in.Reason, 200, true)
		checkDay(&fs, "from", "调动日期", in.From, tx.Today())
		if _, ok := kindText(in.Kind); !ok {
			fs.Add("kind", "请选择人员类别")
		}
		if in.Unit == 0 {
			fs.Add("unit", "请选择调入的机构")
		}
		if !in.From.IsZero() && !in.From.After(current.From) {
			fs.Add("from", "调动日期应晚于现任职的开始日期%s；现任职登记错了的，请用“更正”", current.From.Han())
		}
		unit, err := s.openUnit(tx, by.ScopeFor(access.PersonManage), in.Unit, in.From, &fs)
		if err != nil {
			return err
		}
		if in.Unit == current.UnitID && in.Post == current.Post && in.Kind == current.Kind {
			fs.Add("unit", "机构、职务、类别都没有变化")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		if in.Kind == AuxiliaryStaff {
			if err := s.noLiveCertificate(tx, p, in.From); err != nil {
				return err
			}
		}
		return s.transfer(tx, by, p, current, unit, in)
	})
}

// noLiveCertificate refuses to make somebody an auxiliary who still holds a certificate.
func (s *Service) noLiveCertificate(tx *store.Tx, p Person, on law.Date) error {
	cards, err := cardsOf(tx, []PersonID{p.ID})
	if err != nil {
		return err
	}
	for _, c := range cards[p.ID] {
		if c.RevokedOn.IsZero() && !c.ValidTo.Before(on) {
			var f law.Facts
			f.SetBool(HolderAuxiliary, true, p.ID.Subject())
			f.SetBool(HolderInPost, true, p.ID.Subject())
			f.SetBool(ExamPassed, !c.ExamPassedOn.IsZero(), c.ID.Subject())
			_, err := s.enforce(ActHoldCertificate, on, f)
			return err
		}
	}
	return nil
}

func (s *Service) transfer(tx *store.Tx, by access.Session, p Person, current Posting, unit access.Unit, in TransferInput) error {
	next := Posting{ID: PostingID(store.NewID()), Person: p.ID, Kind: in.Kind, Post: in.Post, From: in.From, Reason: in.Reason, RecordedOn: tx.Today(), Levels: unit.Levels(), Version: 1}
	was, err := unitNames(tx, []access.UnitID{current.UnitID})
	if err != nil {
		return err
	}
	before, after := current.shown(), next.shown()
	before["unit_name"], after["unit_name"] = was[current.UnitID], unit.Name
	entry, err := act(tx, by, kindTransferred, p.ID.Subject(), unit.ID, map[string]any{"before": before, "after": after, "on": in.From, "reason": in.Reason})
	if err != nil {
		return err
	}
	current.Until, current.Entry = in.From.AddDays(-1), entry
	if err := savePosting(tx, &current); err != nil {
		return err
	}
	next.Entry = entry
	if err := insert(tx, &next, ""); err != nil {
		return err
	}
	p.Levels, p.Kind, p.Entry = unit.Levels(), in.Kind, entry
	if err := savePerson(tx, &p); err != nil {
		return err
	}
	return s.units.MovePerson(tx, by, int64(p.ID), unit.ID)
}

// shown are the fields of a posting as the ledger carries them.
func (p Posting) shown() map[string]string {
	return map[string]string{"unit": p.UnitID.String(), "post": p.Post, "kind": p.Kind.Label(), "from": p.From.String(), "until": p.Until.String()}
}

// live returns the person's postings that were not annulled, in order of time.
func live(tx *store.Tx, id PersonID) ([]Posting, error) {
	all, err := postingsOf(tx, []PersonID{id})
	return slices.DeleteFunc(all[id], func(p Posting) bool { return bool(p.Annulled) }), err
}

// runningPosting returns the posting that has no end.
func runningPosting(tx *store.Tx, p Person) (Posting, error) {
	ps, err := live(tx, p.ID)
	if err != nil {
		return Posting{}, err
	}
	if n := len(ps); n > 0 && ps[n-1].Until.IsZero() {
		return ps[n-1], nil
	}
	return Posting{}, fault.New(fault.Conflict, "%s已经离职，没有现任职。回到本单位的，请先撤销离职", p.Name)
}

// PostingEdit corrects a posting that was entered wrongly. A zero Until leaves a running posting open.
type PostingEdit struct {
	Unit   access.UnitID `json:"unit"`
	Post   string        `json:"post"`
	Kind   PersonKind    `json:"kind"`
	From   law.Date      `json:"from"`
	Until  law.Date      `json:"until"`
	Reason string        `json:"reason"`
}

// CorrectPosting mends a posting with a reason; the ledger keeps what it said before. It may not overlap
// another posting of the person, and only the last may be open.
func (s *Service) CorrectPosting(ctx context.Context, by access.Session, id PostingID, version int64, in PostingEdit) error {
	return s.once(ctx, by, kindPostingCorrected, []any{id, version, in}, func(tx *store.Tx) error {
		p, posting, others, err := s.ownPosting(tx, by, id, version)
		if err != nil {
			return err
		}
		var fs fault.Fields
		in.Post = text(&fs, "post", "职务", in.Post, 40, true)
		in.Reason = text(&fs, "reason", "更正的理由", in.Reason, 200, true)
		checkDay(&fs, "from", "任职日期", in.From, tx.Today())
		if _, ok := kindText(in.Kind); !ok {
			fs.Add("kind", "请选择人员类别")
		}
		if !in.Until.IsZero() && in.Until.Before(in.From) {
			fs.Add("until", "截止日期早于任职日期")
		}
		if posting.Until.IsZero() != in.Until.IsZero() {
			fs.Add("until", "开始、结束任职请用“调动”“离职”办理，更正只改已有的日期")
		}
		for _, o := range others {
			if overlap(in.From, in.Until, o.From, o.Until) {
				fs.Add("from", "与%s起的另一段任职（%s）重叠，一个人同一天只能有一个主要任职", o.From.Han(), o.Post)
			}
		}
		unit, err := s.openUnit(tx, by.ScopeFor(access.PersonManage), in.Unit, in.From, &fs)
		if err != nil {
			return err
		}
		if in.Unit == 0 {
			fs.Add("unit", "请选择机构")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		before := posting.shown()
		posting.Post, posting.Kind, posting.From, posting.Until, posting.Levels = in.Post, in.Kind, in.From, in.Until, unit.Levels()
		if posting.Kind == AuxiliaryStaff {
			if err := s.noLiveCertificate(tx, p, in.From); err != nil {
				return err
			}
		}
		d := diff(before, posting.shown())
		if !changed(d) {
			return nil
		}
		d["reason"], d["posting"] = in.Reason, posting.ID.String()
		return s.savedPosting(tx, by, kindPostingCorrected, p, posting, others, d)
	})
}

// ownPosting loads a posting with its person and the person's other postings, for a change.
func (s *Service) ownPosting(tx *store.Tx, by access.Session, id PostingID, version int64) (Person, Posting, []Posting, error) {
	posting, err := postingByID(tx, id)
	if err != nil {
		return Person{}, Posting{}, nil, err
	}
	p, err := personByID(tx, posting.Person)
	if err != nil {
		return Person{}, Posting{}, nil, err
	}
	if _, err := s.ownPerson(tx, by, p.ID, p.Version); err != nil {
		return Person{}, Posting{}, nil, err
	}
	if posting.Version != version || bool(posting.Annulled) {
		return Person{}, Posting{}, nil, fault.Stale("这条任职记录")
	}
	all, err := live(tx, p.ID)
	return p, posting, slices.DeleteFunc(all, func(o Posting) bool { return o.ID == id }), err
}

// savedPosting writes a changed posting and lets the person follow the last one.
func (s *Service) savedPosting(tx *store.Tx, by access.Session, kind string, p Person, posting Posting, others []Posting, data map[string]any) error {
	entry, err := act(tx, by, kind, p.ID.Subject(), posting.UnitID, data)
	if err != nil {
		return err
	}
	posting.Entry = entry
	if err := savePosting(tx, &posting); err != nil {
		return err
	}
	last := posting
	for _, o := range others {
		if bool(last.Annulled) || o.From.After(last.From) {
			last = o
		}
	}
	moved := last.UnitID != p.UnitID
	p.Levels, p.Kind, p.Entry = last.Levels, last.Kind, entry
	if err := savePerson(tx, &p); err != nil {
		return err
	}
	if moved {
		return s.units.MovePerson(tx, by, int64(p.ID), last.UnitID)
	}
	return nil
}

// AnnulPosting takes back a transfer that did not happen: the posting is marked, the one before runs on.
// Only the last posting can be annulled, and not the only one.
func (s *Service) AnnulPosting(ctx context.Context, by access.Session, id PostingID, version int64, reason string) error {
	return s.once(ctx, by, kindPostingAnnulled, []any{id, version, reason}, func(tx *store.Tx) error {
		p, posting, others, err := s.ownPosting(tx, by, id, version)
		if err != nil {
			return err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "撤销的理由", reason, 200, true)
		if err := fs.Err(); err != nil {
			return err
		}
		if len(others) == 0 || others[len(others)-1].From.After(posting.From) {
			return fault.New(fault.Conflict, "只能撤销最后一次调动。登记错了的，请用“更正”")
		}
		before := others[len(others)-1]
		if before.Kind == AuxiliaryStaff {
			if err := s.noLiveCertificate(tx, p, before.From); err != nil {
				return err
			}
		}
		posting.Annulled = true
		data := map[string]any{"posting": id.String(), "before": posting.shown(), "after": before.shown(), "reason": reason}
		if err := s.savedPosting(tx, by, kindPostingAnnulled, p, posting, others, data); err != nil {
			return err
		}
		now, err := personByID(tx, p.ID)
		if err != nil {
			return err
		}
		before.Until, before.Entry = posting.Until, now.Entry
		return savePosting(tx, &before)
	})
}

// overlap reports whether two spans of days share a day; a zero until is open.
func overlap(from1, until1, from2, until2 law.Date) bool {
	return (until2.IsZero() || !from1.After(until2)) && (until1.IsZero() || !from2.After(until1))
}
