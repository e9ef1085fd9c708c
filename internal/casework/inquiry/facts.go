package inquiry

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// facts states what the investigation's records say, the negative too.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	acts, err := casework.Acts(tx, c.ID)
	if err != nil {
		return err
	}
	did := func(names ...string) bool {
		return slices.ContainsFunc(acts, func(a casework.CaseAct) bool { return slices.Contains(names, a.Act) })
	}
	// Each of these acts was done only with the certificates shown.
	if shown := did("interview", "inspect", "collect_evidence", "sample", "preserve", "seize", "seize_at_once"); shown || f.Source(law.ShowedID.Name()) == "" {
		f.SetBool(law.ShowedID, shown, src)
	}
	if ordered := did("order_correction"); ordered || f.Source(law.CorrectionOrdered.Name()) == "" { // a case that left the street has its own
		f.SetBool(law.CorrectionOrdered, ordered, src)
	}
	f.SetBool(law.NotAsRechecked, bool(c.Corrected) && casework.CorrectedBy(acts) == law.False, src)
	if err := evidenceFacts(tx, c, f); err != nil {
		return err
	}
	if err := reportFacts(tx, c, f); err != nil {
		return err
	}
	if err := waitingFacts(tx, c, f); err != nil {
		return err
	}
	judges, err := s.cases.Judges(tx, c)
	if err != nil {
		return err
	}
	return recusalFacts(tx, c, judges, f)
}

// evidenceFacts: what the case rests on is numbered and says what it proves; what a device recorded was reviewed.
func evidenceFacts(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	all, err := pieces(tx, c.ID)
	if err != nil {
		return err
	}
	src := c.ID.Subject()
	used := admitted(all)
	numbered, unrecorded := len(used) > 0, false
	for _, p := range used {
		numbered = numbered && p.Number > 0 && p.proves() != ""
		unrecorded = unrecorded || p.Device != "" && !bool(p.Review.DeviceReviewed)
	}
	measured := slices.ContainsFunc(used, func(p piece) bool { return p.Number == c.MetricExhibit })
	f.SetBool(law.MeasureUnproved, !c.Spares() && !measured, src)
	f.SetBool(law.EvidenceNumbered, numbered, src)
	f.SetBool(law.DeviceUnrecorded, unrecorded, src)
	return nil
}

// waitingFacts: what is still to come back, what is still to be looked at.
func waitingFacts(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	out, err := ofCase[Appraisal](tx, c.ID)
	if err != nil {
		return err
	}
	open, err := orders(tx, c)
	f.SetBool(law.AppraisalPending, slices.ContainsFunc(out, func(a Appraisal) bool { return a.out() }), c.ID.Subject())
	f.SetBool(law.OrderUnchecked, len(open) > 0, c.ID.Subject())
	return err
}

// reportFacts: a report that counts was complete when it was drawn up.
func reportFacts(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(papers, func(p casework.Paper) bool { return p.Kind == reportKind && p.State != casework.PaperVoid })
	if i < 0 {
		f.SetList(law.MissingReportParts, []string{"调查终结报告"}, c.ID.Subject())
		return nil
	}
	f.SetList(law.MissingReportParts, []string{}, "paper/"+papers[i].ID.String())
	f.SetBool(law.NothingToCorrect, true, "paper/"+papers[i].ID.String()) // or an order was given: without either there was no report
	return nil
}

// recusalFacts: whoever was told to withdraw does not handle the case.
func recusalFacts(tx *store.Tx, c *casework.Case, judges map[int64]bool, f *law.Facts) error {
	all, err := ofCase[Recusal](tx, c.ID)
	all = slices.DeleteFunc(all, func(r Recusal) bool { return judges[r.Officer] }) // of the hearing or the review, which keep from them
	if err != nil {
		return err
	}
	asked, decided, withdrawn := false, true, false
	for _, r := range all {
		asked = true
		decided = decided && r.State != RecusalAsked
		withdrawn = withdrawn || r.State == RecusalGranted && (r.Officer == c.Lead || r.Officer == c.Assist)
	}
	src := c.ID.Subject()
	f.SetBool(law.RecusalRequested, asked, src)
	f.SetBool(law.RecusalDecided, decided, src)
	f.SetBool(law.OfficerRecused, withdrawn, src)
	return nil
}
