package register

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/register/definition"
	"fadu/internal/register/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// filterOf reads a list's conditions from its address; conditions on fields are named f_ and the field.
func filterOf(f *web.Form, d *definition.Definition) (Filter, url.Values) {
	out := Filter{Words: f.Text("q", 60), From: f.Date("from", "从"), Until: f.Date("until", "到"), Batch: draft.BatchID(f.ID("batch", "批次")), Unit: access.UnitID(f.ID("unit", "单位")), Fields: map[string]string{}}
	var states []string
	for _, s := range definition.States {
		states = append(states, string(s))
	}
	out.State = definition.State(f.Choice("state", "状态", states...))
	switch f.Choice("sort", "排序", "oldest", "due", "late") {
	case "oldest":
		out.Oldest = true
	case "due":
		out.Due = true
	case "late":
		out.Late = true
	}
	q := url.Values{}
	for _, k := range []string{"q", "from", "until", "unit", "batch", "state", "sort"} {
		if v := f.Value(k); v != "" {
			q.Set(k, v)
		}
	}
	for _, x := range d.Fields {
		if v := f.Text("f_"+x.Key, 100); v != "" && x.Indexed() {
			out.Fields[x.Key] = v
			q.Set("f_"+x.Key, v)
		}
	}
	return out, q
}

// definitionNow is the edition in use of the register that a path names.
func (s *Service) definitionNow(r *http.Request, by access.Session) (d *definition.Definition, err error) {
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		_, d, err = s.current(tx, by, r.PathValue("code"))
		return err
	})
	return d, err
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	d, err := s.definitionNow(r, by)
	if err != nil {
		return err
	}
	f := web.QueryForm(r)
	filter, q := filterOf(f, d)
	if err := f.Err(); err != nil {
		return err
	}
	l, err := s.List(r.Context(), by, d.Code, filter, f.Value("after"))
	if err != nil {
		return err
	}
	href := PathOf + "/" + d.Code
	v := pages.ListView{Form: f, Name: d.Name, Href: href, Help: d.Help, Export: href + "/export?" + q.Encode(), Keep: map[string]string{}, Filtered: len(q) > 0}
	if by.Can(access.RegisterWrite) {
		v.New = href + "/new"
		if quickly(d) {
			v.Quick = href + "/quick"
		}
		if d.Role == "" {
			v.Import = PathImport + "?kind=" + importPrefix + d.Code
		}
	}
	if st := f.Value("state"); st != "" {
		v.Keep["state"] = st
	}
	if v.Tabs, err = s.tabs(r, by, d, href, f); err != nil {
		return err
	}
	for _, x := range conditions(d) {
		sel := pages.SelectView{Name: "f_" + x.Key, Label: x.Label}
		for _, o := range x.Options {
			sel.Options = append(sel.Options, web.Option{Value: o, Label: o})
		}
		v.Selects = append(v.Selects, sel)
	}
	if v.Units, err = s.unitOptions(r, by.ScopeFor(access.RegisterRead)); err != nil {
		return err
	}
	shown := shownFields(d)
	for _, x := range shown {
		v.Heads = append(v.Heads, x.Label)
	}
	if v.Rows, err = s.rows(l, shown); err != nil {
		return err
	}
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		q.Set("after", after)
		return href + "?" + q.Encode()
	}
	v.Pager = web.PagerView{Summary: "本页 " + strconv.Itoa(len(l.Records)) + " " + d.Measure, Prev: turn(l.Prev), Next: turn(l.Next)}
	return web.Render(w, r, http.StatusOK, pages.List(v))
}

// shownFields are the columns of the list besides the name and the day.
func shownFields(d *definition.Definition) []definition.Field {
	return slices.DeleteFunc(slices.Clone(d.Fields), func(f definition.Field) bool { return !f.List || f.Key == d.Day })
}

func (s *Service) rows(l Listing, shown []definition.Field) ([]pages.Row, error) {
	today := law.DateOf(s.DB.Now())
	var out []pages.Row
	for _, r := range l.Records {
		v, err := r.Values()
		if err != nil {
			return nil, err
		}
		row := pages.Row{Href: r.URL(), Title: r.Title, Day: r.Happened.String(), Unit: l.Units[r.UnitID], By: r.RecorderName, State: stateTag(l.Definition, r.State)}
		for _, f := range shown {
			row.Cells = append(row.Cells, l.Show(f, v))
		}
		if !r.Due.IsZero() && !l.Ended(r.State) {
			row.Due, row.Late = "期限 "+r.Due.String(), r.Overdue(l.Definition, today)
		}
		out = append(out, row)
	}
	return out, nil
}

func stateTag(d *definition.Definition, s definition.State) web.TagView {
	kind := map[definition.State]string{definition.Recorded: "blue", definition.Pending: "soon", definition.Fixing: "soon", definition.Closed: "ok", definition.Returned: "late", definition.Void: "line"}[s]
	return web.TagView{Label: d.StateName(s), Kind: kind}
}

// tabs are the states in which records of the register can be, with what waits and what is overdue.
func (s *Service) tabs(r *http.Request, by access.Session, d *definition.Definition, href string, f *web.Form) ([]web.TabView, error) {
	state, sort := f.Value("state"), f.Value("sort")
	out := []web.TabView{{Label: "全部", Href: href, NoCount: true, Current: state == "" && sort != "late"}}
	if d.Flow == definition.Plain {
		return append(out, web.TabView{Label: "作废", Href: href + "?state=void", NoCount: true, Current: state == "void"}), nil
	}
	pending, late, err := s.Waiting(r.Context(), by, d.Code)
	if err != nil {
		return nil, err
	}
	if d.Due > 0 {
		out = append(out, web.TabView{Label: "超期", Href: href + "?sort=late", Count: int64(late), Late: late > 0, Current: sort == "late"})
	}
	states := []definition.State{definition.Recorded, definition.Pending, definition.Returned, definition.Closed, definition.Void}
	if d.Flow == definition.Rectified {
		states[0] = definition.Fixing
	}
	for _, x := range states {
		t := web.TabView{Label: d.StateName(x), Href: href + "?state=" + string(x), NoCount: true, Current: state == string(x)}
		if x == definition.Pending {
			t.Count, t.NoCount = int64(pending), false
		}
		out = append(out, t)
	}
	return out, nil
}

// unitOptions are the units of a scope that still exist.
func (s *Service) unitOptions(r *http.Request, scope access.Scope) (out []web.Option, err error) {
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		all, err := s.Units.Units(tx)
		out = nil
		for _, u := range all {
			if scope.Covers(u) && u.OpenOn(tx.Today()) {
				out = append(out, web.Option{Value: u.ID.String(), Label: u.Name})
			}
		}
		return err
	})
	return out, err
}

var errEnough = errors.New("enough")

func (s *Service) exportList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	d, err := s.definitionNow(r, by)
	if err != nil {
		return err
	}
	f := web.QueryForm(r)
	filter, _ := filterOf(f, d)
	if err := f.Err(); err != nil {
		return err
	}
	reg, units, rows, err := s.Export(r.Context(), by, d.Code, filter)
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: reg.Name, Head: []string{"编号"}}
	var fields []definition.Field
	for _, x := range reg.Fields {
		if x.Kind.Stored() {
			fields = append(fields, x)
			sheet.Head = append(sheet.Head, x.Label)
		}
	}
	sheet.Head = append(sheet.Head, "状态", "整改期限", "办结日期", "单位", "登记人", "登记时间", "核对人", "作废、退回的理由")
	sheet.Rows = func(yield func([]any, error) bool) {
		err := store.Each(rows, func(x Record) error {
			v, err := x.Values()
			if err != nil {
				return err
			}
			row := []any{x.ID.String()}
			for _, c := range fields {
				row = append(row, cell(reg.Definition, c, v))
			}
			row = append(row, reg.StateName(x.State), x.Due.String(), x.EndedOn.String(), units[x.UnitID], x.RecorderName, x.Recorded().In(law.Zone).Format("2006-01-02 15:04"), x.CheckerName, x.Reason)
			if !yield(row, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
	return web.Excel(w, r, reg.Name+"-"+law.DateOf(s.DB.Now()).String()+".xlsx", sheet)
}

// cell is a value as a sheet has it: numbers as numbers, unless their measure word differs from row to row.
func cell(d *definition.Definition, f definition.Field, v definition.Values) any {
	if f.Kind == definition.Number && f.Per == "" && v[f.Key] != "" {
		return f.Amount(v[f.Key])
	}
	return cmp.Or(d.Show(f, v), "")
}
