package deadline

import (
	"fadu/internal/access"
	"fadu/internal/deadline/pages"
)

// Where the pages stand.
const (
	Path          = pages.Nav
	PathReminders = pages.NavReminders
	PathMisses    = pages.NavMisses
	PathTerms     = Path + "/terms"
)

// Routes are the pages of this package.
func (s *Service) Routes() []access.Route {
	lead := access.DeadlineSupervise
	return []access.Route{
		{Pattern: "GET " + Path, Allow: lead, Handle: s.showList},
		{Pattern: "GET " + Path + "/export", Allow: lead, Handle: s.exportList},
		{Pattern: "GET " + Path + "/moves", Allow: lead, Handle: s.showMoves},
		{Pattern: "GET " + PathTerms + "/{id}/remind", Allow: lead, Handle: s.showRemind},
		{Pattern: "POST " + PathTerms + "/{id}/remind", Allow: lead, Handle: s.postRemind},
		{Pattern: "GET " + PathMisses, Allow: access.CaseRead, Handle: s.showMisses},
		{Pattern: "POST " + PathMisses + "/{id}/cause", Allow: access.CaseRead, Handle: s.postExplain},
		{Pattern: "GET " + PathReminders, Allow: access.CaseRead, Handle: s.showReminders},
		{Pattern: "GET " + PathReminders + "/{id}", Allow: access.CaseRead, Handle: s.showReminder},
		{Pattern: "POST " + PathReminders + "/{id}/answer", Allow: access.CaseHandle, Handle: s.postAnswer},
		{Pattern: "POST " + PathReminders + "/{id}/close", Allow: lead, Handle: s.postClose},
	}
}
