package pages

import (
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
	Keep                             map[string]string
	States, Units, Endings, Officers []web.Option
	Chips                            []web.Link
	Summary                          string
	Rows                             []CaseRow
	Pager                            web.PagerView
	Empty                            web.EmptyView
	// SortDue leads to the list in the order of terms, ByDue says that it is.
	SortDue string
	ByDue   bool
	// Staff: open cases can be ticked and given to officers.
	Staff bool
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
}

func caseCols(v CaseListView) []web.Col[CaseRow] {
	dir := ""
	if v.ByDue {
		dir = "ascending"
	}
	return []web.Col[CaseRow]{
		{Label: "案件", Cell: func(r CaseRow) templ.Component { return caseTitle(r) }},
		{Label: "当事人", Wide: true, NoLabel: true, Cell: func(r CaseRow) templ.Component { return caseParty(r) }},
		{Label: "案由", Wide: true, NoLabel: true, Cell: func(r CaseRow) templ.Component { return web.Small(r.Cause, r.Place) }},
		{Label: "环节", NoLabel: true, Cell: func(r CaseRow) templ.Component { return web.Tag(r.State) }},
		{Label: "期限", NoLabel: true, Sort: v.SortDue, Dir: dir, Cell: func(r CaseRow) templ.Component { return caseDue(r) }},
		{Label: "下一步", Cell: func(r CaseRow) templ.Component { return web.T("%s", r.Next) }},
		{Label: "执法人员", Cell: func(r CaseRow) templ.Component { return web.Small(r.Officers, r.Unit) }},
		{Label: "发现", NoWrap: true, Cell: func(r CaseRow) templ.Component { return web.T("%s", r.Found.String()) }},
	}
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
