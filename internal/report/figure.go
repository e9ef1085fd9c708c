package report

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/report/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// monthDimension and unitDimension are what slices call these dimensions.
const (
	monthDimension = "month"
	unitDimension  = "unit"
)

func (s *Service) figurePage(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	a := askOf(form, r.URL.Query())
	if err := form.Err(); err != nil {
		return err
	}
	v, err := s.figure(r.Context(), by, r.PathValue("id"), a, form)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.Figure(v))
}

// figure gathers a figure's page from one snapshot, so that value, breakdown and records agree.
func (s *Service) figure(ctx context.Context, by access.Session, id string, a ask, form *web.Form) (v pages.FigureView, err error) {
	d, err := s.definition(ctx, id)
	if err != nil {
		return v, err
	}
	a.By = breakdown(d, a)
	if d.Measure != indicator.Rate {
		a.Part = indicator.All
	}
	err = s.db.View(ctx, func(tx *store.Tx) error {
		rd, err := s.reader(tx, by)
		if err != nil {
			return err
		}
		q, err := rd.query(a)
		if err != nil {
			return err
		}
		f, err := d.Value(tx, q)
		if err != nil {
			return err
		}
		v = pages.FigureView{
			Title: d.Name, Meta: periodText(d, q.Period, rd.today) + " · " + rd.unitText(a), Back: a.whole().address(pages.Nav), Filter: rd.filter(form, a, figurePath(d)),
			Value: valueText(f), Unit: unitOfMeasure(f), Parts: partsText(f), Definition: definitionFacts(d), Clear: rd.clear(d, a),
		}
		if by.Can(access.FigureExport) {
			v.CSV, v.Excel = a.address(figurePath(d)+"/csv"), a.address(figurePath(d)+"/xlsx")
		}
		if err := rd.breakDown(tx, d, q, a, f, &v); err != nil {
			return err
		}
		return rd.records(tx, d, q, a, form.Value("after"), &v)
	})
	return v, err
}

// breakdown returns the dimension asked for, or the first that is not narrowed already: months first.
func breakdown(d indicator.Definition, a ask) string {
	has := func(id string) bool {
		return slices.ContainsFunc(d.Dimensions, func(x indicator.Dimension) bool { return x.ID == id })
	}
	if has(a.By) {
		return a.By
	}
	if _, narrowed := a.Only[monthDimension]; has(monthDimension) && !narrowed {
		return monthDimension
	}
	for _, dim := range d.Dimensions {
		if _, narrowed := a.Only[dim.ID]; !narrowed {
			return dim.ID
		}
	}
	return ""
}

// clear are the narrowings in use, each with the way back.
func (rd reader) clear(d indicator.Definition, a ask) []web.Link {
	var out []web.Link
	for _, dim := range d.Dimensions {
		if key, ok := a.Only[dim.ID]; ok {
			out = append(out, web.Link{Label: dim.Name + "：" + rd.keyText(dim.ID, key), Href: a.widened(dim.ID).address(figurePath(d))})
		}
	}
	switch a.Part {
	case indicator.Met:
		out = append(out, web.Link{Label: "只看达到的", Href: a.withPart(indicator.All).address(figurePath(d))})
	case indicator.Unmet:
		out = append(out, web.Link{Label: "只看未达到的", Href: a.withPart(indicator.All).address(figurePath(d))})
	}
	return out
}

// breakDown shows the figure by one dimension, in the dimension's own order. Sums of money are drawn
// over time only; across units or kinds they are a table without order by value.
func (rd reader) breakDown(tx *store.Tx, d indicator.Definition, q indicator.Query, a ask, whole indicator.Figure, v *pages.FigureView) error {
	if a.By == "" {
		return nil
	}
	for _, dim := range d.Dimensions {
		b := a
		b.By = dim.ID
		v.Tabs = append(v.Tabs, web.TabView{Label: "按" + dim.Name, Href: b.address(figurePath(d)), Current: dim.ID == a.By, NoCount: true})
		if dim.ID == a.By {
			v.By = dim.Name
		}
	}
	groups, err := d.Groups(tx, q, a.By)
	if err != nil {
		return err
	}
	if a.By == unitDimension {
		groups = rd.inOrderOfUnits(groups)
	}
	chart := web.ChartView{Title: d.Name + "，按" + v.By, Unit: string(d.Measure), Series: []string{d.Name}, NoTable: true}
	for _, g := range groups {
		label := rd.keyText(a.By, g.Keys[0])
		row := pages.GroupRow{Label: label, Value: g.Figure.Text(), Href: a.narrowed(a.By, g.Keys[0]).address(figurePath(d))}
		if d.Measure == indicator.Rate {
			row.Value, row.Parts = g.Figure.Percent(), web.Parts(g.Figure.N, g.Figure.D)
		}
		v.Groups = append(v.Groups, row)
		chart.Groups = append(chart.Groups, web.ChartGroup{Label: shortLabel(a.By, label), Values: []int64{drawn(g.Figure)}, Hrefs: []string{row.Href}})
	}
	v.Total, v.TotalParts = whole.Text(), ""
	if d.Measure == indicator.Rate {
		v.Total, v.TotalParts = whole.Percent(), web.Parts(whole.N, whole.D)
	}
	v.NotAdditive = d.Distinct != ""
	drawable := d.Measure != indicator.Rate && len(groups) > 1 && (d.Measure != indicator.Yuan || a.By == monthDimension)
	if drawable && len(groups) <= 24 {
		v.Chart, v.Draw = chart, true
	}
	return nil
}

// drawn is a bar's height: whole yuan of money.
func drawn(f indicator.Figure) int64 {
	if f.Measure == indicator.Yuan {
		return f.N / int64(law.Yuan(1))
	}
	return f.N
}

func shortLabel(dim, label string) string {
	if dim == monthDimension {
		if _, month, ok := strings.Cut(label, "年"); ok {
			return month
		}
	}
	if rs := []rune(label); len(rs) > 6 {
		return string(rs[:5]) + "…"
	}
	return label
}

// inOrderOfUnits puts groups into the order of the tree of units.
func (rd reader) inOrderOfUnits(gs []indicator.Group) []indicator.Group {
	place := map[string]int{}
	for i, u := range rd.units {
		place[u.ID.String()] = i + 1
	}
	out := slices.Clone(gs)
	slices.SortStableFunc(out, func(a, b indicator.Group) int { return place[a.Keys[0]] - place[b.Keys[0]] })
	return out
}

// records shows a page of what the figure counted, newest first.
func (rd reader) records(tx *store.Tx, d indicator.Definition, q indicator.Query, a ask, after string, v *pages.FigureView) error {
	page, err := d.Records(tx, q, after, store.PageSize(tx.Ctx))
	if err != nil {
		return err
	}
	v.Amounts, v.Rate = d.Measure == indicator.Yuan, d.Measure == indicator.Rate
	for _, r := range page.Records {
		row := pages.RecordRow{Label: r.Label, Href: fmt.Sprintf(d.Link, r.Subject), Date: r.Date, Amount: law.Money(r.N), Met: r.N > 0}
		v.Records = append(v.Records, row)
	}
	if page.After != "" {
		v.Next = a.address(figurePath(d)) + "&after=" + url.QueryEscape(page.After)
	}
	if after != "" {
		v.First = a.address(figurePath(d))
	}
	if v.Rate {
		for _, p := range []struct {
			part  indicator.Part
			label string
		}{{indicator.All, "全部"}, {indicator.Met, "达到的"}, {indicator.Unmet, "未达到的"}} {
			v.Parted = append(v.Parted, web.TabView{Label: p.label, Href: a.withPart(p.part).address(figurePath(d)), Current: a.Part == p.part, NoCount: true})
		}
	}
	return nil
}
