// Package pages draws the pages of figures.
package pages

import (
	"fadu/internal/law"
	"fadu/internal/web"

	"github.com/a-h/templ"
)

// Nav is the place in the navigation and the path of the overview.
const Nav = "/w/figures"

// FilterView asks for span and unit; the days only once the reader chose to name them. Keep are
// conditions that stay.
type FilterView struct {
	Action            string
	Keep              map[string]string
	Span, From, Until web.FieldView
	Unit              web.FieldView
	AskUnit, AskDates bool
}

// OverviewView is every figure, under the headings of its kind.
type OverviewView struct {
	Meta   string
	Filter FilterView
	Groups []LineGroup
}

// LineGroup is a heading with its figures.
type LineGroup struct {
	Name  string
	Lines []Line
}

// Line is a figure with the address of what it counted. Parts are a rate's numerator and denominator;
// When is the day of what is counted on a day.
type Line struct {
	Name, Href         string
	Value, Unit, Parts string
	When               string
	Definition         []web.FactView
}

// Add puts a figure under its heading, which is there.
func (v *OverviewView) Add(group string, l Line) {
	for i := range v.Groups {
		if v.Groups[i].Name == group {
			v.Groups[i].Lines = append(v.Groups[i].Lines, l)
		}
	}
}

// measured prints the value with its measure.
func (l Line) measured() string {
	if l.Unit == "%" || l.Unit == "" {
		return l.Value + l.Unit
	}
	return l.Value + " " + l.Unit
}

// FigureView is one figure: its value, its parts by a dimension, the records that it counted.
type FigureView struct {
	Title, Meta, Back  string
	Filter             FilterView
	Value, Unit, Parts string
	Definition         []web.FactView
	// Clear are the narrowings in use, each leading to the figure without it.
	Clear      []web.Link
	CSV, Excel string

	// By names the dimension of Groups; Tabs choose another.
	By                string
	Tabs              []web.TabView
	Groups            []GroupRow
	Total, TotalParts string
	// NotAdditive: the same thing may count in several groups.
	NotAdditive bool
	Draw        bool
	Chart       web.ChartView

	// Parted chooses the numerator's records of a rate, or the rest.
	Parted        []web.TabView
	Amounts, Rate bool
	Records       []RecordRow
	First, Next   string
}

// GroupRow is the figure of one value of a dimension.
type GroupRow struct{ Label, Value, Parts, Href string }

// RecordRow is a record behind the figure.
type RecordRow struct {
	Label, Href string
	Date        law.Date
	Amount      law.Money
	Met         bool
}

func (v FigureView) recordCols() []web.Col[RecordRow] {
	cols := []web.Col[RecordRow]{
		{Label: "记录", Wide: true, Cell: func(r RecordRow) templ.Component { return web.A(r.Label, r.Href) }},
		{Label: "日期", NoWrap: true, Cell: func(r RecordRow) templ.Component { return web.Day(r.Date) }},
	}
	switch {
	case v.Amounts:
		cols = append(cols, web.Col[RecordRow]{Label: "金额", Num: true, Cell: func(r RecordRow) templ.Component { return web.Yuan(r.Amount) }})
	case v.Rate:
		cols = append(cols, web.Col[RecordRow]{Label: "达到", NoWrap: true, Cell: func(r RecordRow) templ.Component {
			if r.Met {
				return web.Tagged("达到", "ok")
			}
			return web.Tagged("未达到", "soon")
		}})
	}
	return cols
}
