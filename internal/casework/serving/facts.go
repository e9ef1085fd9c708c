package serving

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// facts states whether what the main line waits for is served, and whether anything else is not.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	_, all, err := servedAll(tx, c)
	if err != nil {
		return err
	}
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return err
	}
	known, err := rows(tx, c.ID)
	if err != nil {
		return err
	}
	unserved := slices.ContainsFunc(papers, func(p casework.Paper) bool {
		r := known[p.ID]
		return c.Serves(p.Kind) && (p.State == casework.PaperIssued || p.State == casework.PaperRendering) && (r == nil || r.State != casework.ServiceDropped)
	})
	src := c.ID.Subject()
	f.SetBool(law.PaperServed, all, src)
	f.SetBool(law.PapersUnserved, unserved, src)
	return nil
}

// events tell the clocks when a decision was posted, entrusted or announced, and when it came back.
func (s *Service) events(tx *store.Tx, c *casework.Case) ([]timing.Event, error) {
	all, err := tries(tx, c.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	papers, err := casework.Papers(tx, c.ID)
	var out []timing.Event
	for _, t := range all {
		act := casework.EventDecisionSent
		switch t.Act {
		case string(Posted), string(Entrusted), string(Forwarded), string(Announced):
		case "fail_service":
			act = casework.EventDecisionReturned
		default:
			continue
		}
		if slices.ContainsFunc(papers, func(p casework.Paper) bool { return p.ID == t.Service && slices.Contains(decisions, p.Kind) }) {
			out = append(out, timing.Event{Act: act, On: t.On, At: store.FromMicros(t.RecordedAt), Paper: t.Service.Subject()})
		}
	}
	return out, err
}

// tracks are the services in hand.
func (s *Service) tracks(tx *store.Tx, c *casework.Case) ([]casework.Track, error) {
	all, err := open(tx, c)
	var out []casework.Track
	for _, j := range all {
		out = append(out, j.track())
	}
	return out, err
}
