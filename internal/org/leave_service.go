package org

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Leave enters that a person leaves the bureau after a last day. The certificates are taken back and the
// account is shut in the same step (law.md J13: 离岗的执法证应收回).
func (s *Service) Leave(ctx context.Context, by access.Session, id PersonID, version int64, last law.Date, reason string) error {
	return s.once(ctx, by, kindLeft, []any{id, version, last, reason}, func(tx *store.Tx) error {
		p, err := s.ownPerson(tx, by, id, version)
		if err != nil {
			return err
		}
		posting, err := runningPosting(tx, p)
		if err != nil {
			return err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "离职原因", reason, 200, true)
		checkDay(&fs, "last", "最后一天", last, tx.Today())
		if !last.IsZero() && last.Before(posting.From) {
			fs.Add("last", "最后一天早于现任职的开始日期%s", posting.From.Han())
		}
		if err := fs.Err(); err != nil {
			return err
		}
		entry, err := act(tx, by, kindLeft, id.Subject(), p.UnitID, map[string]any{"last_day": last, "reason": reason})
		if err != nil {
			return err
		}
		posting.Until, posting.Entry = last, entry
		if err := savePosting(tx, &posting); err != nil {
			return err
		}
		p.LeftOn, p.LeftReason, p.Entry = last, reason, entry
		if err := savePerson(tx, &p); err != nil {
			return err
		}
		cards, err := cardsOf(tx, []PersonID{id})
		if err != nil {
			return err
		}
		for _, c := range cards[id] {
			if c.RevokedOn.IsZero() {
				if err := revoke(tx, by, p, c.Certificate, last.AddDays(1), "收回", "离职收回："+reason); err != nil {
					return err
				}
			}
		}
		return s.units.DisablePerson(tx, by, int64(id), "离职："+reason)
	})
}

// Return takes back a leaving that was entered in error: the last posting runs on. Certificates and the
// account stay as they are and are dealt with one by one.
func (s *Service) Return(ctx context.Context, by access.Session, id PersonID, version int64, reason string) error {
	return s.once(ctx, by, kindReturned, []any{id, version, reason}, func(tx *store.Tx) error {
		p, err := s.ownPerson(tx, by, id, version)
		if err != nil {
			return err
		}
		ps, err := live(tx, id)
		if err != nil {
			return err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "撤销的理由", reason, 200, true)
		if err := fs.Err(); err != nil {
			return err
		}
		if p.LeftOn.IsZero() || len(ps) == 0 {
			return fault.New(fault.Conflict, "%s没有离职登记", p.Name)
		}
		entry, err := act(tx, by, kindReturned, id.Subject(), p.UnitID, map[string]any{"before": map[string]string{"left_on": p.LeftOn.String(), "left_reason": p.LeftReason}, "reason": reason})
		if err != nil {
			return err
		}
		last := ps[len(ps)-1]
		last.Until, last.Entry = law.Date{}, entry
		if err := savePosting(tx, &last); err != nil {
			return err
		}
		p.LeftOn, p.LeftReason, p.Entry = law.Date{}, "", entry
		return savePerson(tx, &p)
	})
}

// Absent enters a time away from duty; a zero until is open.
func (s *Service) Absent(ctx context.Context, by access.Session, id PersonID, version int64, from, until law.Date, reason string) error {
	return s.once(ctx, by, kindAbsent, []any{id, version, from, until, reason}, func(tx *store.Tx) error {
		p, err := s.ownPerson(tx, by, id, version)
		if err != nil {
			return err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "离岗原因", reason, 200, true)
		if from.IsZero() {
			fs.Add("from", "请填写离岗日期")
		}
		if !until.IsZero() && until.Before(from) {
			fs.Add("until", "返岗前一天早于离岗日期")
		}
		absences, err := absencesOf(tx, []PersonID{id})
		if err != nil {
			return err
		}
		for _, a := range absences[id] {
			if !bool(a.Annulled) && overlap(from, until, a.From, a.Until) {
				fs.Add("from", "与%s起的离岗（%s）重叠", a.From.Han(), a.Reason)
			}
		}
		if err := fs.Err(); err != nil {
			return err
		}
		a := Absence{ID: AbsenceID(store.NewID()), Person: id, From: from, Until: until, Reason: reason, Version: 1}
		if a.Entry, err = act(tx, by, kindAbsent, id.Subject(), p.UnitID, map[string]any{"from": from, "until": until, "reason": reason}); err != nil {
			return err
		}
		if err := insert(tx, &a, ""); err != nil {
			return err
		}
		p.Entry = a.Entry
		return savePerson(tx, &p)
	})
}

// Back ends an absence: on is the first day at work again. A day not after the absence's first day
// annuls the absence, which then never was.
func (s *Service) Back(ctx context.Context, by access.Session, id PersonID, version int64, absence AbsenceID, on law.Date) error {
	return s.once(ctx, by, kindBack, []any{id, version, absence, on}, func(tx *store.Tx) error {
		p, err := s.ownPerson(tx, by, id, version)
		if err != nil {
			return err
		}
		all, err := absencesOf(tx, []PersonID{id})
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all[id], func(a Absence) bool { return a.ID == absence && !bool(a.Annulled) })
		if i < 0 {
			return fault.Missing("这段离岗")
		}
		a := all[id][i]
		var fs fault.Fields
		checkDay(&fs, "on", "返岗日期", on, tx.Today())
		if !a.Until.IsZero() && on.After(a.Until) {
			fs.Add("on", "这段离岗到%s已经结束", a.Until.Han())
		}
		if err := fs.Err(); err != nil {
			return err
		}
		data := map[string]any{"from": a.From, "until_was": a.Until, "back_on": on}
		if on.After(a.From) {
			a.Until = on.AddDays(-1)
		} else {
			a.Annulled = true
		}
		if a.Entry, err = act(tx, by, kindBack, id.Subject(), p.UnitID, data); err != nil {
			return err
		}
		a.Version++
		if err := update(tx, &a, "", "", a.Version, "这段离岗"); err != nil {
			return fmt.Errorf("org: absence %s: %w", a.ID, err)
		}
		p.Entry = a.Entry
		return savePerson(tx, &p)
	})
}
