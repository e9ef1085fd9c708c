package training

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/training/pages"
	"fadu/internal/web"
)

func filterOf(f *web.Form) (Filter, url.Values, error) {
	out := Filter{Name: f.Text("name", 60), Scene: f.Text("scene", 100), Result: f.Choice("result", "结果", "passed", "failed")}
	q := url.Values{}
	for k, v := range map[string]string{"name": out.Name, "scene": out.Scene, "result": out.Result} {
		if v != "" {
			q.Set(k, v)
		}
	}
	return out, q, f.Err()
}

func (s *Service) showResults(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f := web.QueryForm(r)
	filter, q, err := filterOf(f)
	if err != nil {
		return err
	}
	runs, prev, next, err := s.Results(r.Context(), by, filter, f.Value("after"))
	if err != nil {
		return err
	}
	v := pages.ResultsView{Form: f, Export: PathResults + "/export?" + q.Encode()}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		units, err := s.unitNames(tx)
		if err != nil {
			return err
		}
		if v.Rows, err = runRows(tx, runs, units); err != nil {
			return err
		}
		scenes, err := scenesOf(tx, Published, Ended)
		v.Scenes = nil
		for i, x := range scenes {
			if i == 0 || scenes[i-1].Code != x.Code {
				v.Scenes = append(v.Scenes, web.Option{Value: x.Code, Label: x.Title})
			}
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
		return PathResults + "?" + q.Encode()
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 次", len(runs)), Prev: turn(prev), Next: turn(next)}
	return web.Render(w, r, http.StatusOK, pages.Results(v))
}

func (s *Service) unitNames(tx *store.Tx) (map[access.UnitID]string, error) {
	all, err := s.Units.Units(tx)
	out := map[access.UnitID]string{}
	for _, u := range all {
		out[u.ID] = u.Name
	}
	return out, err
}

var errEnough = errors.New("enough")

func (s *Service) exportResults(w http.ResponseWriter, r *http.Request, by access.Session) error {
	filter, _, err := filterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	var units map[access.UnitID]string
	titles := map[SceneID]string{}
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		if units, err = s.unitNames(tx); err != nil {
			return err
		}
		all, err := scenesOf(tx)
		for _, x := range all {
			titles[x.ID] = fmt.Sprintf("%s（第 %d 版）", x.Title, x.Number)
		}
		return err
	})
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "演练成绩", Head: []string{"开始", "姓名", "单位", "情景", "方式", "状态", "结局", "得分", "是否合格", "致命错误"}, Widths: []float64{18, 12, 20, 24, 8, 10, 12, 8, 10, 30}}
	sheet.Rows = func(yield func([]any, error) bool) {
		err := s.Export(r.Context(), by, filter, func(x Run) error {
			passed := ""
			if x.State == Done {
				passed = resultTag(x).Label
			}
			if !yield([]any{x.Begun().In(law.Zone).Format("2006-01-02 15:04"), x.Name, units[x.UnitID], titles[x.Scene], modeLabels[x.Mode], runLabels[x.State], x.Outcome, x.Points(), passed, x.Fatal}, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
	return web.Excel(w, r, "演练成绩-"+law.DateOf(s.DB.Now()).String()+".xlsx", sheet)
}
