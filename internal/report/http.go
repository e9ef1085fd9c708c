package report

import (
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/report/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of figures.
func (s *Service) Routes() []access.Route {
	return []access.Route{
		{Pattern: "GET " + pages.Nav, Allow: access.FigureRead, Handle: s.overview},
		{Pattern: "GET " + pages.Nav + "/{id}", Allow: access.FigureRead, Handle: s.figurePage},
		{Pattern: "GET " + pages.Nav + "/{id}/csv", Allow: access.FigureExport, Handle: s.exportCSV},
		{Pattern: "GET " + pages.Nav + "/{id}/xlsx", Allow: access.FigureExport, Handle: s.exportExcel},
	}
}

// groupNames are the headings of the overview, by the slice in a figure's identifier; groupOrder is how
// they stand.
var (
	groupNames = map[string]string{"casework": "案件", "org": "队伍与证件", "powers": "权责与基准", "money": "罚没款"}
	groupOrder = []string{"案件", "队伍与证件", "权责与基准", "其他", "罚没款"}
)

// groupOf returns the heading under which a figure stands. Money has one of its own: fines are not the
// measure of work.
func groupOf(d indicator.Definition) string {
	slice, _, _ := strings.Cut(d.ID, ".")
	if d.Measure == indicator.Yuan {
		slice = "money"
	}
	if name := groupNames[slice]; name != "" {
		return name
	}
	return "其他"
}

func figurePath(d indicator.Definition) string { return pages.Nav + "/" + d.ID }

// lineGlance is a line of the overview as somebody asked for it on a day: some lines look at every record of the period.
type lineGlance struct {
	account access.AccountID
	figure  string
	asked   string
	today   law.Date
}

// overview shows every figure for the span and unit asked for.
func (s *Service) overview(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	a := askOf(form, r.URL.Query()).whole()
	if err := form.Err(); err != nil {
		return err
	}
	all, err := s.latest(r.Context())
	if err != nil {
		return err
	}
	v := pages.OverviewView{}
	err = s.db.View(r.Context(), func(tx *store.Tx) error {
		rd, err := s.reader(tx, by)
		if err != nil {
			return err
		}
		q, err := rd.query(a)
		if err != nil {
			return err
		}
		v = pages.OverviewView{Meta: spanText(q.Period) + " · " + rd.unitText(a), Filter: rd.filter(form, a, pages.Nav)}
		for _, name := range groupOrder {
			v.Groups = append(v.Groups, pages.LineGroup{Name: name})
		}
		for _, d := range all {
			f, err := store.Glance(tx, lineGlance{by.Account(), d.ID, a.address(""), rd.today}, func() (indicator.Figure, error) { return d.Value(tx, q) })
			if err != nil {
				return err
			}
			l := pages.Line{Name: d.Name, Href: a.address(figurePath(d)), Value: valueText(f), Unit: unitOfMeasure(f), Parts: partsText(f), Definition: definitionFacts(d)}
			if d.Stock() {
				l.When = periodText(d, q.Period, rd.today)
			}
			v.Add(groupOf(d), l)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Overview(v))
}

// filter is the bar of span and unit; a reader with one unit is not asked for it.
func (rd reader) filter(f *web.Form, a ask, action string) pages.FilterView {
	v := pages.FilterView{Action: action, Keep: map[string]string{}}
	for name, values := range a.values() {
		if name == "by" || name == "part" || strings.HasPrefix(name, onlyPrefix) {
			v.Keep[name] = values[0]
		}
	}
	v.Span = f.Field("span", "统计期").Options(spanLabels...)
	v.Span.Value, v.Span.Values = a.Span, []string{a.Span}
	v.From, v.Until, v.AskDates = f.Field("from", "自"), f.Field("until", "至"), a.Span == custom
	if len(rd.units) > 1 {
		options := make([]web.Option, len(rd.units))
		top := rd.units[0].Level
		for i, u := range rd.units {
			options[i] = web.Option{Value: u.ID.String(), Label: strings.Repeat("　", max(0, u.Level-top)) + u.Name}
		}
		v.Unit = f.Field("unit", "单位").Options(options...)
		v.AskUnit = true
	}
	return v
}

// valueText and its siblings print a figure in parts for a card; Text prints it whole.
func valueText(f indicator.Figure) string {
	switch f.Measure {
	case indicator.Yuan:
		m, _ := f.Money() // a figure in yuan is money
		return m.Grouped()
	case indicator.Rate:
		return strings.TrimSuffix(f.Percent(), "%")
	}
	return web.CountText(f.N, false)
}

func unitOfMeasure(f indicator.Figure) string {
	if f.Measure == indicator.Rate && f.D == 0 {
		return ""
	}
	return string(f.Measure)
}

func partsText(f indicator.Figure) string {
	switch {
	case f.Measure != indicator.Rate:
		return ""
	case f.D == 0:
		return "没有应计数"
	}
	return web.Parts(f.N, f.D)
}

func definitionFacts(d indicator.Definition) []web.FactView {
	out := []web.FactView{{Label: "统计对象", Text: d.Population}, {Label: "条件", Text: d.Filter}, {Label: "统计日期", Text: d.Basis}, {Label: "去重", Text: d.Dedup}, {Label: "截止", Text: d.CutOff}}
	if len(d.Cites) > 0 {
		out = append(out, web.FactView{Label: "依据", Body: web.Cites(d.Cites)})
	}
	return out
}
