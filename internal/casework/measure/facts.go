package measure

import (
	"cmp"
	"slices"

	"fadu/internal/casework"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/store"
)

// facts states whether measures are open and things without an account, also that there are none.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	all, err := ofCase[Measure](tx, c.ID)
	if err != nil {
		return err
	}
	listed, err := ofCase[Thing](tx, c.ID)
	if err != nil {
		return err
	}
	open, keeping, seizing := false, false, false
	for i := range all {
		m := &all[i]
		open = open || m.open()
		keeping = keeping || m.Kind == preservation && (held(m.State) || m.State == casework.MeasureLapsed)
		seizing = seizing || m.Kind == seizure && held(m.State)
	}
	f.SetBool(law.PreservationOpen, keeping, c.ID.Subject())
	f.SetBool(law.SeizureOpen, seizing, c.ID.Subject())
	f.SetBool(law.MeasuresOpen, open, c.ID.Subject())
	f.SetBool(law.ThingsUnaccounted, slices.ContainsFunc(listed, Thing.kept), c.ID.Subject())
	f.SetBool(law.ConfiscatedKept, slices.ContainsFunc(listed, Thing.confiscated), c.ID.Subject())
	f.SetBool(law.EvidenceClosed, c.EvidenceClosed(), c.ID.Subject())
	return stateDecision(tx, c, f)
}

// stateDecision states whether a decision stands and was served, and whether it confiscates goods. A change counts once it was served too.
func stateDecision(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	acts, err := casework.Acts(tx, c.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(acts, func(a, b casework.CaseAct) int { return cmp.Compare(a.ID, b.ID) }) // a service of the same day was entered later
	decided, served := "", false
	for _, a := range acts {
		switch a.Act {
		case "decide_penalty", "decide_no_penalty", "change":
			decided, served = a.Act, served && a.Act == "change"
		case "decision_served":
			served = decided != ""
		case "revoke", "reopen":
			decided, served = "", false
		}
	}
	papers, err := casework.Papers(tx, c.ID)
	for _, p := range papers {
		if p.Kind == "change_decision" && p.State != casework.PaperVoid && p.DeliveredAt == 0 {
			served = false
		}
	}
	f.SetBool(law.DecisionServed, served, c.ID.Subject())
	f.SetBool(law.ConfiscationServed, served && decided != "decide_no_penalty" && casework.ParsePenalties(c.Kinds).Has(casework.PenaltyGoods), c.ID.Subject())
	return err
}

// confiscatedOn is the day of the standing decision that confiscates goods; zero when there is none.
func confiscatedOn(tx *store.Tx, c *casework.Case) (on law.Date, err error) {
	acts, err := casework.Acts(tx, c.ID)
	slices.SortFunc(acts, func(a, b casework.CaseAct) int { return cmp.Compare(a.ID, b.ID) })
	for _, a := range acts {
		switch a.Act {
		case "decide_penalty":
			on = a.On
		case "decide_no_penalty", "revoke", "reopen", "issue_failed", "void_paper":
			on = law.Date{}
		}
	}
	if !casework.ParsePenalties(c.Kinds).Has(casework.PenaltyGoods) {
		on = law.Date{}
	}
	return on, err
}

// state says of one measure what its guards ask.
func (m *Measure) state(f *law.Facts) {
	src := m.Of()
	f.SetBool(law.EvidenceMayBeLost, m.Risk != "", src)
	f.SetBool(law.PurposeStated, m.Purpose != "" && m.WhyNot != "", src)
	f.SetText(law.Target, m.Target, src)
	if m.Kind == preservation {
		f.SetBool(law.LegalConsent, m.Consent != "", src)
		if m.State != casework.MeasureAsked {
			f.SetBool(law.ApprovedByHead, true, src)
		}
		return
	}
	f.SetBool(law.SeizureGranted, m.Grant != "", src)
	f.SetBool(law.RelatedToCase, m.Related != "", src)
}

// tracks are the case's measures that are open, as rows beside the line.
func (s *Service) tracks(tx *store.Tx, c *casework.Case) ([]casework.Track, error) {
	all, err := ofCase[Measure](tx, c.ID)
	var out []casework.Track
	for i := range all {
		m := &all[i]
		if !m.open() {
			continue
		}
		t := track(m, &flow.Place[casework.MeasureState]{State: m.State})
		t.Facts = m.state
		out = append(out, t)
	}
	return out, err
}

// heldThings are the things that seizures hold in a case; they go along with it.
func (s *Service) heldThings(tx *store.Tx, c *casework.Case) ([]casework.Thing, error) {
	all, err := inForce(tx, c.ID)
	var out []casework.Thing
	for i := range all {
		here, err := things(tx, &all[i], "")
		if err != nil {
			return nil, err
		}
		out = append(out, list(slices.DeleteFunc(here, func(t Thing) bool { return !t.kept() })).Things...)
	}
	return out, err
}
