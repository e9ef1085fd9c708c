package casework

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesViews are the page on which lists of cases are kept under names.
func (s *Service) routesViews() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/case-views", Allow: access.CaseRead, Handle: s.showViews},
		{Pattern: "POST /w/case-views", Allow: access.CaseRead, Handle: s.saveViewForm},
		{Pattern: "POST /w/case-views/{id}", Allow: access.CaseRead, Handle: s.changeViewForm},
		{Pattern: "POST /w/case-views/{id}/remove", Allow: access.CaseRead, Handle: s.removeViewForm},
	}
}

// defaultHref is the list as the session's own default view shows it; "" without one.
func (s *Service) defaultHref(ctx context.Context, by access.Session) (href string, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		id, err := defaultView(tx, by)
		if err != nil || id == 0 {
			return err
		}
		seen, err := savedViews(tx, by)
		if err != nil {
			return err
		}
		if v, err := viewOf(seen, id); err == nil {
			href = v.Href() // one that is no longer shared opens nothing
		}
		return nil
	})
	return href, err
}

// columns puts the choice of columns and the ways to keep the list into its view.
func (v *listView) columns(out *pages.CaseListView) {
	q := v.query()
	out.Cols, out.KeepCols = colsOf(v.form), map[string]string{}
	for k := range q {
		if k != "cols" {
			out.KeepCols[k] = q.Get(k)
		}
	}
	values := url.Values{}
	for _, c := range pages.CaseColumns {
		if out.Cols == nil && c.Usual {
			values.Add("col", c.Key)
		}
	}
	for _, c := range out.Cols {
		values.Add("col", c)
	}
	out.Columns = web.FormOf(values)
	if v.opened != 0 {
		out.KeepCols["view"], out.Keep["view"] = v.opened.String(), v.opened.String()
	}
	out.Clear, out.ViewLabel = v.outside(url.Values{}), "存为视图"
	to := v.query()
	switch opened, err := viewOf(v.saved, v.opened); {
	case err == nil && opened.Query != to.Encode():
		to.Set("view", v.opened.String())
		out.ViewLabel = "视图“" + opened.Name + "”有改动，存回或另存"
	case err == nil:
		to.Set("view", v.opened.String())
		out.ViewLabel = "管理视图"
	case len(to) == 0:
		out.ViewLabel = "管理视图"
	}
	out.Views, out.Parties = pages.NavViews, pages.NavParties
	if words := v.form.Value("q"); words != "" {
		out.Parties += "?" + url.Values{"q": {words}}.Encode()
	}
	if len(to) > 0 {
		out.Views += "?" + to.Encode()
	}
}

// moreCells are what the columns beyond the usual ones show.
func moreCells(r Row) map[string]string {
	out := map[string]string{"acted": r.ActFrom.String(), "kinds": r.Kinds, "tier": r.Tier, "decided": r.DecidedOn.String(), "ending": endingLabels[r.Ending]}
	if r.Amount > 0 {
		out["amount"] = r.Amount.Grouped()
	}
	if r.DeliveredAt != 0 {
		out["delivered"] = law.DateOf(r.Delivered()).String()
	}
	return out
}

func (s *Service) showViews(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderViews(w, r, by, http.StatusOK, nil, r.URL.Query(), 0)
}

// renderViews shows the views with the forms that change them; came is the list from which one came, open the view whose form
// came back in f.
func (s *Service) renderViews(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, came url.Values, open SavedViewID) error {
	var all []SavedView
	var units []access.Unit
	v := pages.SavedViewsView{Form: f, Query: viewQuery(came).Encode(), Back: pages.NavCases}
	if open != 0 {
		v.Open = open.String()
	}
	say := &listView{s: s, by: by}
	err := s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		if all, err = savedViews(tx, by); err != nil {
			return err
		}
		if say.units, err = s.unitOptions(tx, by.ScopeFor(access.CaseRead)); err != nil {
			return err
		}
		units, err = s.Units.Units(tx)
		return err
	})
	if err != nil {
		return err
	}
	names := map[access.UnitID]string{}
	for _, u := range units {
		names[u.ID] = u.Name
	}
	v.Save, v.Says = v.Query != "", say.says(v.Query)
	if v.Save {
		v.Back += "?" + v.Query
	}
	for _, sv := range all {
		row := pages.SavedViewRow{
			ID: sv.ID.String(), Name: sv.Name, Href: sv.Href(), Says: say.says(sv.Query), Version: itemText(sv.Version), Mine: sv.Owner == int64(by.Account()), Shared: bool(sv.Shared), Default: sv.Default,
			From: names[sv.UnitID], Query: sv.Query,
		}
		if row.Mine && came.Get("view") == row.ID && v.Query != sv.Query && open == 0 {
			row.Renew = v.Query
		}
		if open == sv.ID {
			row.Form = f
		}
		v.Rows = append(v.Rows, row)
	}
	return web.Render(w, r, status, pages.SavedViews(v))
}

// says tells conditions and columns in words.
func (v *listView) says(query string) string {
	q, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	v.form = formOf(q)
	var parts []string
	for _, c := range v.chips() {
		parts = append(parts, c.Label)
	}
	out := strings.Join(parts, "，")
	if out == "" {
		out = "全部案件"
	}
	if cols := colsOf(v.form); cols != nil {
		var labels []string
		for _, c := range pages.CaseColumns {
			for _, k := range cols {
				if k == c.Key {
					labels = append(labels, c.Label)
				}
			}
		}
		out += "；列：" + strings.Join(labels, "、")
	}
	return out
}

func viewInput(f *web.Form) SavedViewInput {
	return SavedViewInput{Name: f.Text("name", viewNameMost), Query: f.Value("query"), Shared: f.Bool("shared"), Default: f.Bool("default")}
}

func (s *Service) saveViewForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.viewForm(w, r, by, "已存为视图", func(f *web.Form, _ SavedViewID, _ int64) error { return s.SaveView(r.Context(), by, viewInput(f)) })
}

func (s *Service) changeViewForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.viewForm(w, r, by, "视图已修改", func(f *web.Form, id SavedViewID, version int64) error {
		return s.ChangeView(r.Context(), by, id, version, viewInput(f))
	})
}

func (s *Service) removeViewForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.viewForm(w, r, by, "视图已删去", func(_ *web.Form, id SavedViewID, version int64) error {
		return s.RemoveView(r.Context(), by, id, version)
	})
}

func (s *Service) viewForm(w http.ResponseWriter, r *http.Request, by access.Session, said string, do func(f *web.Form, id SavedViewID, version int64) error) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	var id SavedViewID
	if text := r.PathValue("id"); text != "" && id.UnmarshalText([]byte(text)) != nil {
		return fault.Missing("这个视图")
	}
	version := f.ID("version", "版本")
	if err = f.Err(); err == nil {
		err = do(f, id, version)
	}
	if status, ok := f.Take(err); ok {
		came, err := url.ParseQuery(f.Value("query"))
		if err != nil {
			came = url.Values{}
		}
		return s.renderViews(w, r, by, status, f, came, id)
	}
	if err != nil {
		return fault.Moved(err, pages.NavViews)
	}
	web.Notify(w, r, web.Flash{Text: said})
	web.SeeOther(w, r, pages.NavViews)
	return nil
}
