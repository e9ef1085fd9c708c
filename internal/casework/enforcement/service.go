package enforcement

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct {
	cases *casework.Service
	deeds casework.Deeds
}

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service {
	s := &Service{cases: cases}
	s.deeds = slices.Concat(s.courtDeeds(), s.judgmentDeeds(), s.costDeeds(), s.executionDeeds(), s.substituteDeeds(), s.haltDeeds())
	return s
}

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	d := casework.Desk{Name: "强制执行", Facts: s.facts, Events: heard, Tracks: tracks, Notices: packetNotice, Mends: map[string]string{"XZQZ-44-announced": "announce_demolition", "CXGH-68": casework.MandateAct, "XZSS-95": "apply_judgment", "XZQZ-51-2-closing": "settle_cost", "XZQZ-52-told": "tell_clearance"}}
	d.Forms = s.deeds.Forms()
	return d
}

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	s.deeds.API(a)
	s.packetAPI(a)
}

// Do does an act of the desk with what its form says.
func (s *Service) Do(ctx context.Context, by access.Session, id casework.CaseID, act string, says map[string]any) error {
	return s.deeds.Do(ctx, by, id, act, says)
}

// facts states whether the party was told in public to take down what it built, whether orders of execution and of
// performance by others were made and served, and whether the court still has an application.
func (s *Service) facts(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	var notice enforcementAnnounceBody
	announced, err := said(tx, c.ID, "announce_demolition", &notice)
	if err != nil {
		return err
	}
	f.SetBool(law.Announced, announced, src)
	f.SetBool(law.AnnouncementRuns, announced && !notice.Due.Before(on), src)
	open, err := tracks(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.CourtOpen, len(open) > 0, src)
	halted, err := haltedSince(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.HaltedThreeYears, !halted.IsZero() && !on.Before(halted.AddMonths(36)), src)
	order, err := orderOf(tx, c, "order_execution")
	if err != nil {
		return err
	}
	if err := s.judgmentFacts(tx, c, on, f); err != nil {
		return err
	}
	if err := stateCost(tx, c, f); err != nil {
		return err
	}
	served, err := servedWith(tx, c, order, "execution_decision")
	f.SetBool(law.ExecutionServed, !served.IsZero() && !served.After(on), src)
	if err != nil {
		return err
	}
	return s.substituteFacts(tx, c, on, f)
}

// haltedSince is the day on which execution was halted, zero when it goes on.
func haltedSince(tx *store.Tx, c *casework.Case) (since law.Date, err error) {
	acts, err := casework.RoundActs(tx, c.ID)
	for _, a := range acts {
		switch a.Act {
		case "halt":
			since = a.On
		case "resume_execution":
			since = law.Date{}
		}
	}
	return since, err
}

// substituteFacts states whether the order of performance by others was served, and how long ago its demand was.
func (s *Service) substituteFacts(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	order, err := orderOf(tx, c, "order_substitute")
	if err != nil {
		return err
	}
	served, err := servedWith(tx, c, order, "substitute_decision")
	if err != nil {
		return err
	}
	f.SetBool(law.SubstituteServed, !served.IsZero() && !served.After(on), src)
	var said enforcementOrderSubstituteBody
	ok, err := saidBy(tx, c, order, &said)
	if err != nil {
		return err
	}
	f.SetBool(law.SubstituteDayCome, ok && !on.Before(said.When) && on.After(said.Due), src)
	demanded, err := servedWith(tx, c, order, "substitute_demand")
	if err != nil {
		return err
	}
	if demanded.IsZero() {
		f.SetNumber(law.DaysSinceSubDemand, 0, src)
		return nil
	}
	if n, err := s.cases.WorkdaysPassed(demanded, on); err == nil {
		f.SetNumber(law.DaysSinceSubDemand, int64(n), src)
	}
	return nil
}

// tracks are the applications that are still open.
func tracks(tx *store.Tx, c *casework.Case) ([]casework.Track, error) {
	all, err := applications(tx, c.ID)
	var out []casework.Track
	for _, a := range all {
		if place := a.place(); !casework.CourtTrack.Closed(a.State) {
			out = append(out, a.track(&place))
		}
	}
	return out, err
}

// heard tells the clocks since when a court that heard the parties has the application.
func heard(tx *store.Tx, c *casework.Case) ([]timing.Event, error) {
	acts, err := casework.Acts(tx, c.ID)
	var out []timing.Event
	taken := map[string]casework.CaseAct{}
	for _, a := range acts {
		switch a.Act {
		case "court_accepts":
			taken[a.Of] = a
		case "court_hears":
			if t, ok := taken[a.Of]; ok {
				out = append(out, timing.Event{Act: casework.EventCourtHears, Of: a.Of, On: t.On, At: store.FromMicros(t.At)})
			}
		}
	}
	return out, err
}
