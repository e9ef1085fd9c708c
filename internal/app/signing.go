package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/ledger"
	"fadu/internal/setting"
	"fadu/internal/store"
)

// signing tells a case how the approval form of an act stands; nil where the bureau wants none and none is on its way.
func (a *App) signing(tx *store.Tx, c *casework.Case, of, act, chain string) (*casework.Signing, error) {
	way, err := setting.Value(tx, approval.Way)
	if err != nil {
		return nil, err
	}
	m, err := a.matter(tx, c, of, act)
	if err != nil {
		return nil, err
	}
	st, err := approval.ApprovedBy(tx, m, chain, act)
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

// matter is a case, or a row beside its line, as what an approval form is about.
func (a *App) matter(tx *store.Tx, c *casework.Case, of, act string) (approval.Matter, error) {
	names, err := casework.CaseNames(tx, []int64{int64(c.ID)})
	if err != nil {
		return approval.Matter{}, err
	}
	m := approval.Matter{Kind: caseKind, Ref: int64(c.ID), Of: of, Title: names[int64(c.ID)], Href: c.URL(), Levels: c.Levels, Holder: c.Lead, Second: c.Assist}
	m.Basis, err = a.basis(tx, c, act)
	return m, err
}

// basis is a digest of what a signature on the form of an act rests on: who handles the case and, for an act that passes on
// it, what is proposed against the party.
func (a *App) basis(tx *store.Tx, c *casework.Case, act string) (string, error) {
	of := []any{c.Lead, c.Assist}
	if casework.Weighs(act) {
		p, _, err := a.Decision.Proposal(tx, c)
		if err != nil {
			return "", err
		}
		of = append(of, p.Digest(), c.PowerCode, c.AppliedCode, c.Tier, c.Kinds, c.Amount, c.FactText)
	}
	sum := sha256.Sum256(fmt.Append(nil, of...))
	return hex.EncodeToString(sum[:8]), nil
}

// lapseForms ends the forms of a case that were asked for steps which have become impossible, or for what has changed
// since: what was signed for one application does not approve the next.
func (a *App) lapseForms(tx *store.Tx, c *casework.Case, of, act string, entry ledger.EntryID) error {
	forms, err := approval.Open(tx, caseKind, int64(c.ID))
	if err != nil {
		return err
	}
	for _, form := range forms {
		if form.Act == act && form.Of == of { // its own last signature
			continue
		}
		stands, err := a.Cases.Stands(tx, c, form.Of, form.Act)
		if err != nil {
			return err
		}
		basis, err := a.basis(tx, c, form.Act)
		if err != nil {
			return err
		}
		if stands && basis == form.Basis {
			continue
		}
		if err := approval.Lapse(tx, form, entry); err != nil {
			return err
		}
	}
	return nil
}

// askSigning asks for the approval form of an act of a case.
func (a *App) askSigning(ctx context.Context, by access.Session, id casework.CaseID, of, act, chain, purpose string) error {
	_, err := a.Forms.Ask(ctx, by, approval.Request{Kind: caseKind, Ref: int64(id), Of: of, Chain: chain, Act: act, Purpose: purpose})
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
			_, err := a.Cases.Act(tx, by, casework.CaseID(form.Ref), alone(by, form.Of, note))
			return err
		})
	}
}
