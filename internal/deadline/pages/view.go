// Package pages draws running terms, what was missed, and orders of supervision.
package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// Where the pages stand.
const (
	Nav          = "/w/deadlines"
	NavReminders = Nav + "/reminders"
	NavMisses    = Nav + "/misses"
	NavMoves     = Nav + "/moves"
)

// ListView is the leaders' list of terms.
type ListView struct {
	Tabs                        []web.TabView
	Form                        *web.Form
	Keep                        map[string]string
	Units, Terms, Whose, Levels []web.Option
	Chips                       []web.Link
	Summary                     string
	ByUnit, ByTerm              []TallyRow
	Rows                        []TermRow
	Pager                       web.PagerView
	Empty                       web.EmptyView
	Export, Turn, Dir           string
}

// TallyRow is a line of the counts.
type TallyRow struct {
	Name, Href                    string
	All, Late, Today, Soon, Still int64
}

// TermRow is a running term.
type TermRow struct {
	Matter, Href, Unit, Holders string
	Term, Note                  string
	Whose                       web.TagView
	Due                         web.DueView
	OwnDue                      web.DueView
	Reported                    string
	RemindHref                  string
}

// ReminderRow is an order of supervision in a list.
type ReminderRow struct {
	Number, Href, About, To, Demand string
	State                           web.TagView
	AnswerBy                        web.DueView
}

// RemindersView lists orders of supervision.
type RemindersView struct {
	Tabs  []web.TabView
	Rows  []ReminderRow
	Pager web.PagerView
	Empty web.EmptyView
	// List leads to the terms; "" for who may not see them.
	List string
}

// ReminderView is one order of supervision.
type ReminderView struct {
	Number, Bureau string
	Facts          []web.FactView
	Demand, Answer string
	Answered       string
	Closing        string
	Closed         string
	Issued         string
	State          web.TagView
	Form           *web.Form
	Version        string
	// AnswerTo and CloseTo are where the acts go; "" for who may not.
	AnswerTo, CloseTo string
}

// RemindView asks for an order of supervision about a term.
type RemindView struct {
	Term   TermRow
	Facts  []web.FactView
	Form   *web.Form
	Action string
}

// MissRow is a term that was missed.
type MissRow struct {
	Matter, Href, Unit, Holders, Term string
	Due                               law.Date
	Cites                             law.Citations
	Cause, Said                       string
	Explain                           string
}

// MissesView lists missed terms, with the form of one.
type MissesView struct {
	Rows  []MissRow
	Pager web.PagerView
	Ask   *MissAsk
}

// MissAsk asks why a term was missed.
type MissAsk struct {
	Title, Action, Version string
	Form                   *web.Form
}

// MoveRow is a term that a calendar moved.
type MoveRow struct {
	Matter, Href, Term string
	Was, Due, On       law.Date
}

func termCols(v ListView) []web.Col[TermRow] {
	return []web.Col[TermRow]{
		{Label: "事项", Cell: func(r TermRow) templ.Component { return web.A(r.Matter, r.Href) }},
		{Label: "期限", Wide: true, NoLabel: true, Cell: func(r TermRow) templ.Component { return web.Small(r.Term, r.Note) }},
		{Label: "谁应办", NoLabel: true, Cell: func(r TermRow) templ.Component { return web.Tag(r.Whose) }},
		{Label: "届满", Sort: v.Turn, Dir: v.Dir, Cell: func(r TermRow) templ.Component { return termDue(r) }},
		{Label: "承办", Cell: func(r TermRow) templ.Component { return web.Small(r.Holders, r.Unit) }},
		{Label: "督办", NoLabel: true, Cell: func(r TermRow) templ.Component { return termRemind(r) }},
	}
}

func tallyCols(head string) []web.Col[TallyRow] {
	num := func(f func(TallyRow) int64) func(TallyRow) templ.Component {
		return func(r TallyRow) templ.Component { return web.Count(f(r)) }
	}
	return []web.Col[TallyRow]{
		{Label: head, Wide: true, Cell: func(r TallyRow) templ.Component { return web.A(r.Name, r.Href) }},
		{Label: "超期", Num: true, Cell: func(r TallyRow) templ.Component { return lateCount(r.Late) }},
		{Label: "今天", Num: true, Cell: num(func(r TallyRow) int64 { return r.Today })},
		{Label: "3 个工作日内", Num: true, Cell: num(func(r TallyRow) int64 { return r.Soon })},
		{Label: "停表", Num: true, Cell: num(func(r TallyRow) int64 { return r.Still })},
		{Label: "合计", Num: true, Cell: num(func(r TallyRow) int64 { return r.All })},
	}
}

func reminderCols() []web.Col[ReminderRow] {
	return []web.Col[ReminderRow]{
		{Label: "编号", NoWrap: true, Cell: func(r ReminderRow) templ.Component { return web.A(r.Number, r.Href) }},
		{Label: "事项", NoLabel: true, Cell: func(r ReminderRow) templ.Component { return web.T("%s", r.About) }},
		{Label: "要求", Wide: true, NoLabel: true, Cell: func(r ReminderRow) templ.Component { return web.T("%s", r.Demand) }},
		{Label: "给谁", NoWrap: true, Cell: func(r ReminderRow) templ.Component { return web.T("%s", r.To) }},
		{Label: "状态", NoLabel: true, Cell: func(r ReminderRow) templ.Component { return web.Tag(r.State) }},
		{Label: "答复期限", Cell: func(r ReminderRow) templ.Component { return dueOf(r.AnswerBy) }},
	}
}

func missCols() []web.Col[MissRow] {
	return []web.Col[MissRow]{
		{Label: "事项", Cell: func(r MissRow) templ.Component { return web.A(r.Matter, r.Href) }},
		{Label: "期限", Wide: true, NoLabel: true, Cell: func(r MissRow) templ.Component { return missTerm(r) }},
		{Label: "届满", NoWrap: true, Cell: func(r MissRow) templ.Component { return web.Day(r.Due) }},
		{Label: "承办", Cell: func(r MissRow) templ.Component { return web.Small(r.Holders, r.Unit) }},
		{Label: "原因", Wide: true, Cell: func(r MissRow) templ.Component { return missCause(r) }},
	}
}
