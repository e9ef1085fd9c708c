package measure

import (
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
	open, loose := false, false
	for i := range all {
		open = open || all[i].open()
	}
	for _, t := range listed {
		loose = loose || t.State == Held
	}
	f.SetBool(law.MeasuresOpen, open, c.ID.Subject())
	f.SetBool(law.ThingsUnaccounted, loose, c.ID.Subject())
	return nil
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
