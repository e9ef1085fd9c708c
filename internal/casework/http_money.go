package casework

import "fadu/internal/access"

// routes of this part land with its handlers (C2: replace this file).
func (s *Service) routesMoney() []access.Route { return nil }
