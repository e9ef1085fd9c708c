package app

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// signing tells a case how the approval form of an act stands; nil where the bureau wants none and none is on its way.
func (a *App) signing(tx *store.Tx, c *casework.Case, act, chain string) (*casework.Signing, error) {
	way, err := setting.Value(tx, approval.Way)
	if err != nil {
		return nil, err
	}
	st, err := approval.ApprovedBy(tx, caseKind, int64(c.ID), chain, act)
	if err != nil {
		return nil, err
	}
	asked := st.ID != 0 && (st.State == approval.Asked || st.State == approval.Signed)
	if !asked && way != approval.ByForm {
		return nil, nil
	}
	out := &casework.Signing{Signed: asked && st.Approved}
	if !asked {
		return out, nil
	}
	out.Form = st.URL()
	if p, ok := approval.Embedded().Post(st.Post); ok && !out.Signed {
		out.Waits = p.Label + "签"
	}
	if st.State == approval.Signed { // else this is its last signature, which ends the form itself
		out.Used = func(tx *store.Tx, entry ledger.EntryID) error { return approval.Use(tx, st.Approval, entry) }
	}
	return out, nil
}

// lapseForms ends the forms of a case that were asked for steps which the act has made impossible: what was signed
// for one application does not approve the next.
func (a *App) lapseForms(tx *store.Tx, c *casework.Case, act string, entry ledger.EntryID) error {
	forms, err := approval.Of(tx, caseKind, int64(c.ID))
	if err != nil {
		return err
	}
	for _, form := range forms {
		x, ok := casework.OrdinaryLine.Act(form.Act)
		if !ok || form.Act == act || slices.Contains(x.From, c.State) {
			continue
		}
		if err := approval.Lapse(tx, form, entry); err != nil {
			return err
		}
	}
	return nil
}

// askSigning asks for the approval form of an act of a case.
func (a *App) askSigning(ctx context.Context, by access.Session, id casework.CaseID, act, chain, purpose string) error {
	_, err := a.Forms.Ask(ctx, by, approval.Request{Kind: caseKind, Ref: int64(id), Chain: chain, Act: act, Purpose: purpose})
	return err
}

// linkSigning lets the last signature of a form do the act, where the act needs no more than an opinion.
func (a *App) linkSigning() {
	for act, alone := range a.Cases.Alone() {
		a.Forms.Runs(caseKind, act, func(tx *store.Tx, by access.Session, form approval.Approval) error {
			note := form.Purpose
			if n := len(form.Steps); n > 0 {
				note = form.Steps[n-1].Opinion
			}
			_, err := a.Cases.Act(tx, by, casework.CaseID(form.Ref), alone(by, note))
			return err
		})
	}
}
