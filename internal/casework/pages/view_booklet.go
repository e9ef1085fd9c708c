package pages

import (
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/web"
)

// The places of booklets.
const (
	NavBooklets       = "/w/booklets"
	NavBookletNumbers = "/w/booklets/numbers"
)

// BookletsView is the list of booklets, with the form that registers one.
type BookletsView struct {
	Form           *web.Form // conditions
	States, Units  []web.Option
	Summary        string
	Rows           []BookletRow
	Pager          web.PagerView
	Empty          web.EmptyView
	Register       *web.Form
	MayRegister    bool
	Owners, Years  []web.Option
	Today, Problem string
}

// BookletRow is a booklet in the list.
type BookletRow struct {
	Label, Href, Kind, Unit, Holder, Printed string
	Blank, Used, Entered, Gone               int64
	State                                    web.TagView
}

func bookletCols() []web.Col[BookletRow] {
	return []web.Col[BookletRow]{
		{Label: "文书本", Cell: func(r BookletRow) templ.Component { return bookletTitle(r) }},
		{Label: "单位", Wide: true, NoLabel: true, Cell: func(r BookletRow) templ.Component { return web.Small(r.Unit, r.Printed) }},
		{Label: "领用人", Cell: func(r BookletRow) templ.Component { return web.T("%s", r.Holder) }},
		{Label: "未用", Num: true, Cell: func(r BookletRow) templ.Component { return web.Count(r.Blank) }},
		{Label: "待补录", Num: true, Cell: func(r BookletRow) templ.Component { return web.Count(r.Used) }},
		{Label: "已补录", Num: true, Cell: func(r BookletRow) templ.Component { return web.Count(r.Entered) }},
		{Label: "作废、遗失", Num: true, Cell: func(r BookletRow) templ.Component { return web.Count(r.Gone) }},
		{Label: "状态", NoLabel: true, Cell: func(r BookletRow) templ.Component { return web.Tag(r.State) }},
	}
}

// NumbersView is the register of numbers.
type NumbersView struct {
	Form                   *web.Form
	Tabs                   []web.TabView
	Keep                   map[string]string
	States, Rulings, Units []web.Option
	Summary, ExportHref    string
	Rows                   []NumberRow
	Pager                  web.PagerView
	Empty                  web.EmptyView
}

// NumberRow is a number in the register.
type NumberRow struct {
	DocNo, Href, Holder, Unit, Reason string
	State                             web.TagView
	// Used is when the paper was written, Entered when it was entered.
	Used, Entered  string
	Marks          []web.TagView
	Case, CaseHref string
}

func numberCols(flat bool) []web.Col[NumberRow] {
	cols := []web.Col[NumberRow]{
		{Label: "编号", Cell: func(r NumberRow) templ.Component { return web.A(r.DocNo, r.Href) }},
		{Label: "状态", NoLabel: true, Cell: func(r NumberRow) templ.Component { return numberMarks(r) }},
		{Label: "发生时间", NoWrap: true, Cell: func(r NumberRow) templ.Component { return web.T("%s", r.Used) }},
		{Label: "录入时间", NoWrap: true, Cell: func(r NumberRow) templ.Component { return web.T("%s", r.Entered) }},
		{Label: "案件", Wide: true, NoLabel: true, Cell: func(r NumberRow) templ.Component { return numberCase(r) }},
	}
	if !flat {
		cols = append(cols, web.Col[NumberRow]{Label: "领用人", Cell: func(r NumberRow) templ.Component { return web.Small(r.Holder, r.Unit) }})
	}
	return cols
}

// BookletView is one booklet with its numbers.
type BookletView struct {
	Title   string
	Facts   []web.FactView
	Notices []NoteView
	Acts    []web.Link
	Ask     *BookletAsk
	Rows    []NumberRow
	History []web.LedgerView
}

// NumberView is one number with what became of it.
type NumberView struct {
	Title, Booklet, BookletHref string
	State                       web.TagView
	Facts                       []web.FactView
	Notices                     []NoteView
	Photos                      []PhotoView
	Acts                        []web.Link
	Ask                         *BookletAsk
}

// BookletAsk is one form about a booklet or a number: it asks for what its act needs.
type BookletAsk struct {
	Title, Text, Action, Submit, Class, Back string
	Version                                  int64
	Form                                     *web.Form
	// Why is the label of the reason; WhyOptional lets it be left out; empty asks for none.
	Why         string
	WhyOptional bool
	Officers    []web.Option // who takes the booklet
	Now         string       // asks when the form was used
	Photos      bool
	Next        string // hint on the next blank number
}

func (a BookletAsk) version() string { return strconv.FormatInt(a.Version, 10) }

// EntryView enters a hand-written decision.
type EntryView struct {
	Title, Action, Back string
	Version             int64
	Form                *web.Form
	Refusal             *web.RefusalView
	Notices             []NoteView
	Now, Today          string
	// Case is the case that the paper belongs to, when it is open already.
	CaseID, CaseText                           string
	Values                                     map[string]string
	Sources, Areas, Officers                   []web.Option
	Kinds, IDKinds, Bases, Harms, PayBy, Lacks []web.Option
	Powers                                     []web.Option
	Presealed                                  bool
	Receipt, Limit                             string
}

func (v EntryView) version() string { return strconv.FormatInt(v.Version, 10) }
