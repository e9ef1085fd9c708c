package holiday

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
)

const apiGroup = "工作日历"

// DayOut is a day that the calendar knows as other than its weekday says.
type DayOut struct {
	On     law.Date `json:"on"`
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Source string   `json:"source" doc:"放假通知的名称和文号"`
}

// CalendarOut is the calendar of the years that are known.
type CalendarOut struct {
	Years []int    `json:"years"`
	Days  []DayOut `json:"days"`
}

// API adds the calendar and the loading of a year's notice.
func (s *Service) API(a *api.API) {
	api.Get(a, api.Operation{ID: "getCalendar", Path: "/calendar", Group: apiGroup, Allow: access.SettingManage, Summary: "已知各年的放假和调休"},
		func(context.Context, access.Session, api.Nothing) (CalendarOut, error) {
			cal := s.live.Still()
			out := CalendarOut{Years: append([]int{}, cal.Years()...), Days: []DayOut{}}
			for _, y := range out.Years {
				for _, r := range cal.Rows(y) {
					out.Days = append(out.Days, DayOut{r.Date, string(r.Kind), r.Name, r.Source})
				}
			}
			return out, nil
		})
	s.drafts.API(a, "calendar", "/calendar/import", apiGroup, access.SettingManage)
}
