package casework

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

// presumed returns the facts with what only the act's own form will state, as a form that is filled in
// well states it: a button is grey for what its form cannot mend. The command judges what was really
// stated.
func (s *Service) presumed(tx *store.Tx, by access.Session, c *Case, act string, facts law.Facts) (law.Facts, error) {
	const src = "form"
	f := facts.Clone()
	if d, ok := s.formFor(c, act); ok {
		if d.Presume != nil {
			err := d.Presume(tx, by, c, &f)
			return f, err
		}
		return f, nil
	}
	switch act {
	case "void_paper", "void_change":
		f.SetBool(law.ReasonRecorded, true, src)
	case "correct_paper":
		f.SetBool(law.SlipOnly, true, src)
		f.SetBool(law.ReasonRecorded, true, src)
		f.SetBool(law.ApprovedByHead, headsBureau(by), src)
	case "revoke":
		f.SetBool(law.ReasonRecorded, true, src)
		f.SetBool(law.ApprovedByHead, headsBureau(by), src)
	case "change":
		f.SetBool(law.ReasonRecorded, true, src)
		f.SetBool(law.ApprovedByHead, headsBureau(by), src)
		f.SetBool(law.ChangeWorsens, false, src) // told by what the form says
		f.SetBool(law.ChangeHeavier, false, src)
	case "approve_terms":
		if err := presumePlan(tx, by, c, &f); err != nil {
			return f, err
		}
	case "keep_entry":
		f.SetBool(law.ReasonRecorded, true, src)
		f.SetBool(law.ApprovedByHead, headsBureau(by), src)
	case "decline":
		f.SetText(law.Harm, HarmNone.Label(), src)
		f.SetBool(law.FirstViolation, true, src)
		f.SetBool(law.SlightViolation, true, src)
		f.SetBool(law.ExemptionChecked, true, src)
		f.SetBool(law.ReasonRecorded, true, src)
	case "hand_in":
		f.SetBool(law.CashReceivedApart, true, src) // told per payment: whoever took it may not receive it
		f.SetDate(law.HandedInOn, tx.Today(), src)
	case "collect":
		next, err := NextReceipt(tx, by.Person())
		if err != nil {
			return f, err
		}
		f.SetBool(law.SpecialReceipt, next != "", src)
		f.SetBool(law.ReceiptRegistered, next != "", src)
		f.SetBool(law.HardToExecuteLater, true, src)
		for _, k := range []law.BoolKey{law.RemoteArea, law.PaymentDifficulty, law.PartyRequested} {
			f.SetBool(k, true, src)
		}
	}
	return f, nil
}
