package powers

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/search"
	"fadu/internal/store"
)

// JobEffect is the job that puts a filed adjustment into force on its day.
const JobEffect = "powers.effect"

// Jobs are this slice's background work.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		JobEffect: func(_ context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			var id AdjustmentID
			if err := r.Read(&id); err != nil {
				return nil, err
			}
			return func(tx *store.Tx) error { return s.effectDue(tx, id) }, nil
		},
	}
}

// effectDue puts the adjustment into force when it still waits for its day.
func (s *Service) effectDue(tx *store.Tx, id AdjustmentID) error {
	a, err := adjustmentByID(tx, id)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return err
	case a.State != AdjustFiled || a.EffectiveOn.After(tx.Today()):
		return nil
	}
	return s.takeEffect(tx, access.System("job"), &a)
}

// takeEffect changes the list as the adjustment says, from its day on, and lists again what it touches.
func (s *Service) takeEffect(tx *store.Tx, by access.Session, a *Adjustment) error {
	found, err := s.affectedByAdjustment(tx, *a)
	if err != nil {
		return err
	}
	var done []string
	for _, code := range a.touched() {
		changed, err := s.applyTo(tx, by, a, code)
		if err != nil {
			return fmt.Errorf("powers: %s takes effect on %s: %w", a.ID, code, err)
		}
		if changed {
			done = append(done, code)
		}
	}
	if a.State, err = Adjusting.Next(a.State, "take_effect"); err != nil {
		return err
	}
	a.Version++
	a.InForceAt = store.Micros(tx.Now)
	if a.Entry, err = adjustEntry(tx, by, a, "power.adjust_in_force", map[string]any{"codes": done, "effective_on": a.EffectiveOn, "affected": len(found)}); err != nil {
		return err
	}
	if err := storeAffected(tx, SourceAdjustment, int64(a.ID), a.Entry, found); err != nil {
		return err
	}
	return saveAdjustment(tx, a)
}

// applyTo changes one power. A power that somebody already changed to the same end is left as it is.
func (s *Service) applyTo(tx *store.Tx, by access.Session, a *Adjustment, code string) (bool, error) {
	versions, err := itemsOf(tx, code)
	if err != nil {
		return false, err
	}
	p, ok := NewLibrary(versions, nil, nil, nil).current(code, a.EffectiveOn)
	if !ok {
		return false, fault.Missing(code)
	}
	ends := slices.Contains(a.Codes, code) && a.Kind.Ends()
	switch {
	case a.Kind == AdjustBasis:
		return true, s.applyBasis(tx, by, a, p)
	case ends && !p.Adopted(a.EffectiveOn), !ends && p.Adopted(a.EffectiveOn):
		return false, nil
	}
	// All versions of the code carry the bureau's standing, so that an act of any day finds it.
	for _, v := range versions {
		r, err := itemRowByID(tx, v.ID)
		if err != nil {
			return false, err
		}
		data := map[string]any{"code": code, "item": v.ID, "document": a.Document(), "adjustment": a.ID, "kind": a.Kind}
		kind := "power.ended"
		if ends {
			if v.Standing.AdoptedFrom.IsZero() || !v.Adopted(a.EffectiveOn) {
				continue
			}
			r.AdoptedUntil = a.EffectiveOn.AddDays(-1)
			data["last"] = r.AdoptedUntil
		} else {
			if v.ID != p.ID {
				continue
			}
			kind = "power.adopted"
			r.begin(Period{From: a.EffectiveOn, Basis: a.adoptBasis(), Document: a.Document()})
			data["from"] = r.AdoptedFrom
		}
		if err := saveStanding(tx, by, &r, kind, data); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (a Adjustment) adoptBasis() AdoptBasis {
	if a.Kind == AdjustTake {
		return AdoptTransfer
	}
	return AdoptStatutory
}

// applyBasis ends the version of the old basis and begins one with the new, all else alike.
func (s *Service) applyBasis(tx *store.Tx, by access.Session, a *Adjustment, p PowerItem) error {
	old, err := itemRowByID(tx, p.ID)
	if err != nil {
		return err
	}
	next := p
	for _, b := range []struct {
		law, article string
		to           *Basis
	}{{a.ViolatedLaw, a.ViolatedArticle, &next.Violated}, {a.PenaltyLaw, a.PenaltyArticle, &next.Penalty}} {
		if b.law == "" {
			continue
		}
		as, err := ParseArticles(b.article)
		if err != nil {
			return err
		}
		*b.to = Basis{b.law, as}
	}
	next.ID, next.ValidFrom, next.LawVersion = ItemID(store.NewID()), a.EffectiveOn, a.EffectiveOn
	next.Notes = joinNotes(p.Notes, "依据变更："+a.Document())
	last := a.EffectiveOn.AddDays(-1)
	data := map[string]any{"code": p.Code, "item": next.ID, "follows": p.ID, "from": a.EffectiveOn, "document": a.Document(), "adjustment": a.ID, "violated": next.Violated.Han(), "penalty": next.Penalty.Han()}
	fresh := itemRowOf(next)
	entry, err := adjustEntryOn(tx, by, p.Code, "power.rebased", data)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE power_item SET valid_to = ?, entry_id = ?, version = version + 1 WHERE id = ? AND version = ?`, last, entry, old.ID, old.Version); err != nil {
		return wrap("end old basis", err)
	}
	fresh.record = record{Batch: old.Batch, Live: true, Version: 1, Entry: entry}
	if err := insertAll(tx, []itemRow{fresh}); err != nil {
		return err
	}
	if err := search.Put(tx, searchKind, int64(fresh.ID), fresh.words()); err != nil {
		return err
	}
	return insertAll(tx, basisRowsOf(next))
}

func joinNotes(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}
