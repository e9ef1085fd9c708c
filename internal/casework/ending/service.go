package ending

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// Service is the only way into this desk, for pages, calls and jobs alike.
type Service struct {
	cases *casework.Service
	deeds casework.Deeds
}

// New returns the desk on the kernel.
func New(cases *casework.Service) *Service {
	s := &Service{cases: cases}
	s.deeds = slices.Concat(s.closingDeeds(), s.timeDeeds(), s.suspensionDeeds(), s.jurisdictionDeeds(), s.crimeDeeds(), s.handDeeds(), s.policeDeeds(), s.relationDeeds())
	return s
}

// Desk is what the kernel asks of this desk.
func (s *Service) Desk() casework.Desk {
	d := casework.Desk{Name: "期限、移送和结案", Facts: s.facts, Notices: s.notices, Left: left, Events: leftFiled, Mends: map[string]string{
		"MOHURD55-29-first": "extend_decision", "YSGD-5-approved": "approve_crime", "YSGD-5-checkers": "report_crime",
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
