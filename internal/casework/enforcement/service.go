package enforcement

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/law"
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
	s.deeds = slices.Concat(s.courtDeeds(), s.executionDeeds(), s.substituteDeeds(), s.haltDeeds())
	return s
}

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	d := casework.Desk{Name: "强制执行", Facts: s.facts, Tracks: tracks, Mends: map[string]string{"XZQZ-44-announced": "announce_demolition"}}
	d.Forms = s.deeds.Forms()
	return d
}

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) { s.deeds.API(a) }

// Do does an act of the desk with what its form says.
func (s *Service) Do(ctx context.Context, by access.Session, id casework.CaseID, act string, says map[string]any) error {
	return s.deeds.Do(ctx, by, id, act, says)
}

// facts states whether the party was told in public to take down what it built.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	announced, err := said(tx, c.ID, "announce_demolition", &enforcementAnnounceBody{})
	f.SetBool(law.Announced, announced, c.ID.Subject())
	return err
}

// tracks are the applications that are still open.
func tracks(tx *store.Tx, c *casework.Case) ([]casework.Track, error) {
	all, err := applications(tx, c.ID)
	var out []casework.Track
	for _, a := range all {
		if place := a.place(); !casework.CourtTrack.Closed(a.State) {
			out = append(out, casework.TrackOf(a.of(), a.Court, casework.CourtTrack, &place))
		}
	}
	return out, err
}

type decided struct {
	casework.Executed
	No         string
	On, Served law.Date
}

// decisionOf is the decision as papers of execution name it.
func decisionOf(tx *store.Tx, c *casework.Case) (decided, error) {
	no, err := casework.DocNoOf(tx, c.ID)
	return decided{casework.Executed{Title: "行政处罚决定书", Decision: no}, no, c.DecidedOn, law.DateOf(c.Delivered())}, err
}
