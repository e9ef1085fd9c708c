package pages

import (
	"slices"

	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// CaseListView is the list of cases with its conditions.
type CaseListView struct {
	Meta string
	Tabs []web.TabView
	Form *web.Form
	// Keep are conditions that the bar does not show and that stay.
	Keep                                      map[string]string
	States, Units, Endings, Officers, Sources []web.Option
	Chips                                     []web.Link
	Summary                                   string
	Rows                                      []CaseRow
	Pager                                     web.PagerView
	Empty                                     web.EmptyView
	// SortDue leads to the list in the order of terms, ByDue says that it is.
	SortDue string
	ByDue   bool
	// Staff: open cases can be ticked and given to officers.
	Staff bool
	// Cols are the columns chosen, nil for the usual ones; Columns is the form that chooses them, KeepCols what it keeps.
	Cols     []string
	Columns  *web.Form
	KeepCols map[string]string
	// Views leads to the page on which views are kept, ViewLabel says what it is for now. Clear leads to the list without
	// conditions.
	Views, ViewLabel, Clear string
	// Parties leads to the search for parties, with the words of the list.
	Parties string
	// ExportHref, FullHref and NewHref are empty for who may not.
	ExportHref, FullHref, NewHref string
}

// CaseRow is a case in the list.
type CaseRow struct {
	// ID is empty for a case that cannot be ticked.
	ID          string
	Title, Href string
	// Party and its masked number; Cause and place; State with its kind of tag.
	Party, IDNumber, Cause, Place string
	State                         web.TagView
	// Late marks a case entered more than a day after it was found (补录).
	Late bool
	// Due is the term that ends first, Term its name.
	Due      web.DueView
	Term     string
	Next     string
	Officers string
	Unit     string
	Found    law.Date
	// More are the columns that were chosen beyond the usual ones.
	More map[string]string
}

// CaseColumn is a column of the list; the case itself is always there.
type CaseColumn struct {
	Key, Label string
	// Usual columns are shown to who chose none.
	Usual bool
}

// CaseColumns are the columns of the list, in their order.
var CaseColumns = []CaseColumn{
	{"party", "当事人", true},
	{"cause", "案由", true},
	{"state", "环节", true},
	{"due", "期限", true},
	{"next", "下一步", true},
	{"officers", "执法人员", true},
	{"found", "发现", true},
	{"acted", "违法行为日", false},
	{"kinds", "处罚种类", false},
	{"amount", "罚款（元）", false},
	{"tier", "裁量阶次", false},
	{"decided", "决定日", false},
	{"delivered", "交付日", false},
	{"ending", "结果", false},
}

// caseCols are the columns that the view shows.
func caseCols(v CaseListView) []web.Col[CaseRow] {
	out := []web.Col[CaseRow]{{Label: "案件", Cell: func(r CaseRow) templ.Component { return caseTitle(r) }}}
	for _, c := range CaseColumns {
		if v.Cols == nil && c.Usual || slices.Contains(v.Cols, c.Key) {
			out = append(out, caseCol(v, c))
		}
	}
	return out
}

func caseCol(v CaseListView, c CaseColumn) web.Col[CaseRow] {
	col := web.Col[CaseRow]{Label: c.Label}
	switch c.Key {
	case "party":
		col.Wide, col.NoLabel, col.Cell = true, true, func(r CaseRow) templ.Component { return caseParty(r) }
	case "cause":
		col.Wide, col.NoLabel, col.Cell = true, true, func(r CaseRow) templ.Component { return web.Small(r.Cause, r.Place) }
	case "state":
		col.NoLabel, col.Cell = true, func(r CaseRow) templ.Component { return web.Tag(r.State) }
	case "due":
		col.NoLabel, col.Sort, col.Cell = true, v.SortDue, func(r CaseRow) templ.Component { return caseDue(r) }
		if v.ByDue {
			col.Dir = "ascending"
		}
	case "next":
		col.Cell = func(r CaseRow) templ.Component { return web.T("%s", r.Next) }
	case "officers":
		col.Cell = func(r CaseRow) templ.Component { return web.Small(r.Officers, r.Unit) }
	case "found":
		col.NoWrap, col.Cell = true, func(r CaseRow) templ.Component { return web.T("%s", r.Found.String()) }
	default:
		col.NoWrap, col.Num, col.Cell = c.Key != "amount", c.Key == "amount", func(r CaseRow) templ.Component { return web.T("%s", r.More[c.Key]) }
	}
	return col
}

// TodoView is what waits for one person.
type TodoView struct {
	Today  string
	Groups []TodoGroupView
	Count  int
	// More says that the list was cut.
	More string
	// NewHref and CasesHref are empty for who may not.
	NewHref, CasesHref, CasesLabel string
	Calendar                       []CalendarWeek
	CalendarNote                   string
	Standing                       []web.FactView
	StandingNotes                  []NoteView
}

// TodoGroupView is one group of to-dos.
type TodoGroupView struct {
	Label string
	Late  bool
	Items []TodoLine
}

// TodoLine is one thing to do, with where to do it.
type TodoLine struct {
	What, About, Href, Action string
	Due                       web.DueView
	Cite                      law.Citations
	Primary                   bool
}

// CalendarWeek is a row of the calendar of working days.
type CalendarWeek [7]CalendarDay

// CalendarDay is one day: Class is "", off or work; Small is 休, 班 or how many things end on it.
type CalendarDay struct {
	Number, Small string
	Off, Work     bool
	Today, Has    bool
}

// ColumnOptions are all columns as choices.
func ColumnOptions() []web.Option {
	out := make([]web.Option, len(CaseColumns))
	for i, c := range CaseColumns {
		out[i] = web.Option{Value: c.Key, Label: c.Label}
	}
	return out
}
