package report

import (
	"fmt"
	"net/url"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// The spans that a reader may choose.
const (
	thisYear  = "year"
	lastYear  = "last_year"
	thisMonth = "month"
	lastMonth = "last_month"
	custom    = "custom"
)

// spanLabels name the spans, in the order of the page.
var spanLabels = []web.Option{
	{Value: thisYear, Label: "本年"}, {Value: lastYear, Label: "上年"}, {Value: thisMonth, Label: "本月"}, {Value: lastMonth, Label: "上月"}, {Value: custom, Label: "自定起止"},
}

// ask is what a reader asks: a span, a unit, a narrowing, a part of a rate. It travels in the address.
type ask struct {
	Span        string
	From, Until law.Date
	Unit        access.UnitID // 0: all that the reader may see
	By          string        // the dimension by which the figure is broken down
	Only        map[string]string
	Part        indicator.Part
}

// onlyPrefix begins the name of a narrowing in the address: only.month=2026-03.
const onlyPrefix = "only."

// askOf reads an address. Nothing about time is this year; dates without a span, or the empty choice of
// it, are a span of their own, all of time when it has no bounds.
func askOf(f *web.Form, query url.Values) ask {
	a := ask{
		Span: f.Choice("span", "统计期", thisYear, lastYear, thisMonth, lastMonth, custom), From: f.Date("from", "自"), Until: f.Date("until", "至"),
		Unit: access.UnitID(f.ID("unit", "单位")), By: f.Text("by", 40), Only: map[string]string{},
		Part: indicator.Part(f.Choice("part", "部分", string(indicator.Met), string(indicator.Unmet))),
	}
	for name := range query {
		if dim, ok := strings.CutPrefix(name, onlyPrefix); ok {
			a.Only[dim] = query.Get(name)
		}
	}
	if a.Span == "" {
		a.Span = thisYear
		if query.Has("span") || !a.From.IsZero() || !a.Until.IsZero() {
			a.Span = custom
		}
	}
	if a.Span == custom && !a.From.IsZero() && !a.Until.IsZero() && a.Until.Before(a.From) {
		f.Add("until", "统计期的止日不能早于起日")
	}
	return a
}

// period returns the days asked for.
func (a ask) period(today law.Date) indicator.Period {
	year := func(y int) indicator.Period {
		return indicator.Period{From: law.NewDate(y, 1, 1), To: law.NewDate(y, 12, 31)}
	}
	month := func(first law.Date) indicator.Period {
		return indicator.Period{From: first, To: first.AddMonths(1).AddDays(-1)}
	}
	first := law.NewDate(today.Year(), today.Month(), 1)
	switch a.Span {
	case lastYear:
		return year(today.Year() - 1)
	case thisMonth:
		return month(first)
	case lastMonth:
		return month(first.AddMonths(-1))
	case custom:
		return indicator.Period{From: a.From, To: a.Until}
	}
	return year(today.Year())
}

// values prints the ask as an address; without gives it without a narrowing or part.
func (a ask) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("span", a.Span)
	if a.Span == custom {
		set("from", a.From.String())
		set("until", a.Until.String())
	}
	if a.Unit != 0 {
		set("unit", a.Unit.String())
	}
	set("by", a.By)
	set("part", string(a.Part))
	for dim, value := range a.Only {
		v.Set(onlyPrefix+dim, value)
	}
	return v
}

func (a ask) address(path string) string { return path + "?" + a.values().Encode() }

// narrowed returns the ask with one more narrowing.
func (a ask) narrowed(dim, value string) ask {
	only := map[string]string{dim: value}
	for k, v := range a.Only {
		if k != dim {
			only[k] = v
		}
	}
	a.Only = only
	return a
}

// widened returns the ask without one narrowing.
func (a ask) widened(dim string) ask {
	only := map[string]string{}
	for k, v := range a.Only {
		if k != dim {
			only[k] = v
		}
	}
	a.Only = only
	return a
}

func (a ask) withPart(p indicator.Part) ask { a.Part = p; return a }

// whole is the ask of the figure alone, for another figure's page.
func (a ask) whole() ask { a.Only, a.Part, a.By = nil, indicator.All, ""; return a }

// periodText says which days a figure covers; of what is counted on a day it says that day.
func periodText(d indicator.Definition, p indicator.Period, today law.Date) string {
	if d.Stock() {
		day := p.To
		if day.IsZero() || day.After(today) {
			day = today
		}
		return "截至" + day.Han()
	}
	return spanText(p)
}

func spanText(p indicator.Period) string {
	switch {
	case p.From.IsZero() && p.To.IsZero():
		return "全部时间"
	case p.From.IsZero():
		return "至" + p.To.Han()
	case p.To.IsZero():
		return "自" + p.From.Han() + "起"
	case p.From == law.NewDate(p.From.Year(), 1, 1) && p.To == law.NewDate(p.From.Year(), 12, 31):
		return fmt.Sprintf("%d年", p.From.Year())
	case p.From.Day() == 1 && p.To == p.From.AddMonths(1).AddDays(-1):
		return fmt.Sprintf("%d年%d月", p.From.Year(), int(p.From.Month()))
	case p.From == p.To:
		return p.From.Han()
	}
	return p.From.Han() + "至" + p.To.Han()
}

// below is a scope narrowed to one unit of it.
type below struct {
	access.Scope
	unit access.Unit
}

// Where adds the reader's own scope and the unit.
func (b below) Where(q *bun.SelectQuery, alias string) *bun.SelectQuery {
	return b.Scope.Where(q, alias).Where("? = ?", bun.Ident(fmt.Sprintf("%s.u%d", alias, b.unit.Level)), b.unit.ID)
}

// Beside is Where, with another condition to choose the index.
func (b below) Beside(tx *store.Tx, q *bun.SelectQuery, alias string) *bun.SelectQuery {
	return b.Scope.Beside(tx, q, alias).Where("? = ?", bun.Ident(fmt.Sprintf("%s.u%d", alias, b.unit.Level)), b.unit.ID)
}

// reader is who asks, with the units that may be asked about.
type reader struct {
	scope access.Scope
	units []access.Unit
	names map[string]string // unit identifier → name
	today law.Date
	// plain: what somebody wrote about a record may name people, whom this reader does not see.
	plain bool
}

func (s *Service) reader(tx *store.Tx, by access.Session) (reader, error) {
	scope, err := by.Require(access.FigureRead)
	if err != nil {
		return reader{}, err
	}
	r := reader{scope: scope, names: map[string]string{}, today: tx.Today(), plain: !by.Sees(access.PersonalName)}
	all, err := s.units.Units(tx)
	if err != nil {
		return reader{}, err
	}
	for _, u := range all {
		r.names[u.ID.String()] = u.Name
		if scope.Covers(u) {
			r.units = append(r.units, u)
		}
	}
	return r, nil
}

// query turns an ask into an indicator's query; a unit outside the reader's scope does not exist.
func (r reader) query(a ask) (indicator.Query, error) {
	q := indicator.Query{Period: a.period(r.today), Scope: r.scope, Only: a.Only, Part: a.Part, Plain: r.plain}
	if a.Unit == 0 {
		return q, nil
	}
	for _, u := range r.units {
		if u.ID == a.Unit {
			q.Scope = below{r.scope, u}
			return q, nil
		}
	}
	return q, fault.Missing("这个单位")
}

// unitText says whose records are counted.
func (r reader) unitText(a ask) string {
	if a.Unit != 0 {
		return r.names[a.Unit.String()] + "及下级"
	}
	if own := r.scope.Unit(); own != 0 {
		return r.names[own.String()] + "及下级"
	}
	return "全局"
}

// keyText prints a group's key as people read it.
func (r reader) keyText(dim, key string) string {
	switch {
	case key == "":
		return "（未填）"
	case dim == "unit":
		if name := r.names[key]; name != "" {
			return name
		}
	case len(key) == len("2026-03") && key[4] == '-':
		if d, err := law.ParseDate(key + "-01"); err == nil {
			return fmt.Sprintf("%d年%d月", d.Year(), int(d.Month()))
		}
	}
	return key
}
