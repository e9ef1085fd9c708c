package hearing

import (
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// facts states whether a hearing was asked for and how it ended, by the notice that counts: one that was withdrawn, refused, ended or reported
// belongs to its notice, one that is still to be held waits whatever was told since. What the party may still say in its five days is not the
// hearing's matter (行政处罚法第四十五条、第六十四条).
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	all, err := hearings(tx, c.ID)
	if err != nil {
		return err
	}
	told, err := casework.LastPaper(tx, c.ID, casework.PenaltyNotice)
	if err != nil {
		return err
	}
	src := c.ID.Subject()
	asked, held := false, false
	var reported law.Date
	for _, h := range all {
		switch {
		case !casework.HearingTrack.Closed(h.State):
			asked = true
		case h.State == casework.HearingReported && told != nil && h.Told == told.ID:
			held, asked, reported = true, true, h.ReportedOn
		}
	}
	f.SetBool(law.HearingRequested, asked, src)
	f.SetBool(law.HearingHeld, held, src)
	f.SetDate(law.HearingReportedOn, reported, src)
	return nil
}

// track is a hearing in its table, with whether it was asked for in time.
func (s *Service) track(tx *store.Tx, c *casework.Case, h *Hearing) (casework.Track, error) {
	out := casework.TrackOf(of(h.ID), h.label(), casework.HearingTrack, &h.place)
	var seated law.Facts
	if err := s.stateSeats(tx, c, h, &seated); err != nil {
		return out, err
	}
	out.Facts = func(f *law.Facts) { seatFacts(&seated, f) }
	told, err := casework.LastPaper(tx, c.ID, casework.PenaltyNotice)
	if err != nil || told == nil || told.State != casework.PaperDelivered {
		return out, err
	}
	d, err := s.cases.Calendar.Due("听证申请期限", told.ServedOn(), 0)
	if err != nil {
		return out, err
	}
	out.Facts = func(f *law.Facts) {
		seatFacts(&seated, f)
		f.SetBool(law.RequestedInTime, !h.AskedOn.After(d.Due), told.ID.Subject())
	}
	return out, nil
}

// seatFacts hands on what was stated about those who sit at the hearing.
func seatFacts(from, to *law.Facts) {
	for _, k := range []law.BoolKey{law.SeatsInvestigated, law.SeatsRecused, law.SeatsRecusalOpen, law.AgentsMandated} {
		to.SetBool(k, from.Said(k) == law.True, "hearing")
	}
}

// tracks are the hearings that are not over.
func (s *Service) tracks(tx *store.Tx, c *casework.Case) ([]casework.Track, error) {
	all, err := hearings(tx, c.ID)
	var out []casework.Track
	for _, h := range all {
		if err != nil || casework.HearingTrack.Closed(h.State) {
			continue
		}
		var t casework.Track
		t, err = s.track(tx, c, h)
		out = append(out, t)
	}
	return out, err
}
