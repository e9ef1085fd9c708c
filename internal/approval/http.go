package approval

import (
	"fadu/internal/access"
	"fadu/internal/approval/pages"
)

// Where the pages stand.
const (
	Path         = pages.Nav
	PathMandates = pages.NavMandates
)

// Routes are the pages of this package.
func (s *Service) Routes() []access.Route {
	read := access.CaseRead
	return []access.Route{
		{Pattern: "GET " + Path, Allow: read, Handle: s.showInbox},
		{Pattern: "GET " + Path + "/{id}", Allow: read, Handle: s.showForm},
		{Pattern: "GET " + Path + "/{id}/scans/{step}", Allow: read, Handle: s.showScan},
		{Pattern: "POST " + Path + "/{id}/sign", Allow: read, Handle: s.postSign},
		{Pattern: "POST " + Path + "/{id}/enter", Allow: access.CaseFile, Handle: s.postEnter, MaxBody: maxScan + 1<<20},
		{Pattern: "POST " + Path + "/{id}/perform", Allow: read, Handle: s.postPerform},
		{Pattern: "POST " + Path + "/{id}/withdraw", Allow: read, Handle: s.postWithdraw},
		{Pattern: "GET " + PathMandates, Allow: access.SettingManage, Handle: s.showMandates},
		{Pattern: "POST " + PathMandates, Allow: access.SettingManage, Handle: s.postMandate},
		{Pattern: "POST " + PathMandates + "/{id}/end", Allow: access.SettingManage, Handle: s.postEndMandate},
	}
}
