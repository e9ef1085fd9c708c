package setting

import (
	"fadu/internal/access"
	"fadu/internal/setting/pages"
)

// Where the pages stand.
const (
	Path = pages.NavSettings
)

// PathOf is the page of one setting.
func PathOf(s Item) string { return Path + "/" + s.Key }

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	return []access.Route{
		{Pattern: "GET " + Path, Allow: access.SettingManage, Handle: s.listSettings},
		{Pattern: "GET " + Path + "/{key}", Allow: access.SettingManage, Handle: s.showSetting},
		{Pattern: "POST " + Path + "/{key}", Allow: access.SettingManage, Handle: s.changeSetting},
	}
}
