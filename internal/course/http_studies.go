package course

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"fadu/internal/access"
	"fadu/internal/course/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func whenDay(t time.Time) string { return law.DateOf(t).String() }

func filterOf(f *web.Form) (Filter, url.Values, error) {
	out := Filter{Name: f.Text("name", 60), Course: CourseID(f.ID("course", "课程")), State: StudyState(f.Choice("state", "状态", string(Studying), string(Finished))), Leaders: f.Value("leaders") == "1"}
	q := url.Values{}
	for _, k := range []string{"name", "course", "state", "leaders"} {
		if v := f.Value(k); v != "" {
			q.Set(k, v)
		}
	}
	return out, q, f.Err()
}

// names are the courses and the units by number, for lists.
func (s *Service) names(tx *store.Tx) (titles map[CourseID]string, units map[access.UnitID]string, options []web.Option, err error) {
	titles, units = map[CourseID]string{}, map[access.UnitID]string{}
	list, err := courses(tx, 0, mostCourses)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, c := range list {
		titles[c.ID] = c.Title
		options = append(options, web.Option{Value: c.ID.String(), Label: c.Title})
	}
	all, err := s.Units.Units(tx)
	for _, u := range all {
		units[u.ID] = u.Name
	}
	return titles, units, options, err
}

func (s *Service) showStudies(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	filter, q, err := filterOf(f)
	if err != nil {
		return err
	}
	list, prev, next, err := s.Studies(r.Context(), by, filter, f.Value("after"))
	if err != nil {
		return err
	}
	v := pages.StudiesView{Form: f, Export: PathStudies + "/export?" + q.Encode(), Points: PathPeople}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		titles, units, options, err := s.names(tx)
		v.Courses, v.Rows = options, nil
		for _, x := range list {
			tag := web.TagView{Label: x.State.Label(), Kind: map[StudyState]string{Studying: "soon", Finished: "ok"}[x.State]}
			v.Rows = append(v.Rows, pages.StudyRow{Name: x.Name, Unit: units[x.UnitID], Course: titles[x.Course], Begun: when(x.BegunAt), Finished: when(x.FinishedAt), State: tag})
		}
		return err
	})
	if err != nil {
		return err
	}
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		q.Set("after", after)
		return PathStudies + "?" + q.Encode()
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 人次", len(list)), Prev: turn(prev), Next: turn(next)}
	return web.Render(w, r, http.StatusOK, pages.Studies(v))
}

func (s *Service) exportStudies(w http.ResponseWriter, r *http.Request, by access.Session) error {
	filter, _, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	var titles map[CourseID]string
	var units map[access.UnitID]string
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) { titles, units, _, err = s.names(tx); return err })
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "学习情况", Head: []string{"姓名", "单位", "课程", "状态", "开始", "学完"}, Widths: []float64{12, 24, 30, 10, 18, 18}}
	var rows [][]any
	err = s.EachStudy(r.Context(), by, filter, func(x Study) error {
		rows = append(rows, []any{x.Name, units[x.UnitID], titles[x.Course], x.State.Label(), when(x.BegunAt), when(x.FinishedAt)})
		return nil
	})
	if err != nil {
		return err
	}
	sheet.Rows = web.Rows(rows)
	return web.Excel(w, r, "学习情况-"+s.today()+".xlsx", sheet)
}
