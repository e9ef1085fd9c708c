package performance

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
	s.deeds = slices.Concat(s.performDeeds(), s.demandDeeds(), s.contestDeeds())
	return s
}

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	d := casework.Desk{Name: "履行、催告", Facts: s.facts, Events: s.events, Mends: map[string]string{
		"XZQZ-36": "hear_demand", "MOHURD55-31-ground": "perform",
	}}
	d.Forms = s.deeds.Forms()
	return d
}

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) { s.deeds.API(a) }

// Do does an act of the desk with what its form says.
func (s *Service) Do(ctx context.Context, by access.Session, id casework.CaseID, act string, says map[string]any) error {
	return s.deeds.Do(ctx, by, id, act, says)
}

// decided is the decision as papers of execution name it.
type decided struct {
	Title, No string
	On        law.Date
	Served    law.Date
}

// decisionOf reads it from the case's papers.
func decisionOf(tx *store.Tx, c *casework.Case) (decided, error) {
	out := decided{Title: "行政处罚决定书", On: c.DecidedOn, Served: law.DateOf(c.Delivered())}
	no, err := casework.DocNoOf(tx, c.ID)
	out.No = no
	return out, err
}
