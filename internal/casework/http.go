package casework

import (
	"slices"

	"fadu/internal/access"
)

// Routes are the pages of cases, papers and money.
func (s *Service) Routes() []access.Route {
	return slices.Concat(s.routesCase(), s.routesViews(), s.routesParty(), s.routesStaffing(), s.routesPersonal(), s.routesPaper(), s.routesMoney(), s.routesBooklet())
}
