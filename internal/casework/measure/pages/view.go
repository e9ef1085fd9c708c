// Package pages draws the store-room of things that were taken.
package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// Nav is where the store-room stands.
const Nav = "/w/store"

// StockView is the list of the store-room.
type StockView struct {
	Form   *web.Form
	Tabs   []web.TabView
	Keep   map[string]string
	Chips  []web.Link
	Rows   []StockRow
	Pager  web.PagerView
	Empty  web.EmptyView
	Export string
}

// StockRow is a thing.
type StockRow struct {
	Code, Href, Name, Amount, Trait string
	Case, CaseHref, Party           string
	Measure, Shelf, Days, Labels    string
	HeldOn                          law.Date
	Due                             web.DueView
	State                           web.TagView
}

// ThingView is one thing with its moves.
type ThingView struct {
	Row           StockRow
	Trait, Number string
	Moves         []MoveRow
	MoveHref      string
	DisposeHref   string
}

// MoveRow is a line of the store-room's ledger.
type MoveRow struct {
	Kind, At, Place, Handler, Keeper, Receiver, Basis, Condition, PaperHref string
}

// LabelsView are labels to print.
type LabelsView struct {
	Meta   string
	Labels []LabelView
}

// LabelView is a label for a thing.
type LabelView struct {
	QR                                               web.QRView
	Code, Name, Amount, Case, Measure, Shelf, HeldOn string
}

func stockCols() []web.Col[StockRow] {
	return []web.Col[StockRow]{
		{Label: "财物", Wide: true, Cell: func(r StockRow) templ.Component { return stockThing(r) }},
		{Label: "标签", NoWrap: true, Cell: func(r StockRow) templ.Component { return web.T("%s", r.Code) }},
		{Label: "案件", Cell: func(r StockRow) templ.Component { return stockCase(r) }},
		{Label: "措施", NoWrap: true, Cell: func(r StockRow) templ.Component { return web.T("%s", r.Measure) }},
		{Label: "库位", Cell: func(r StockRow) templ.Component { return web.T("%s", r.Shelf) }},
		{Label: "在库", Cell: func(r StockRow) templ.Component { return web.Small(r.Days, r.HeldOn.String()+"起") }},
		{Label: "期限", Cell: func(r StockRow) templ.Component { return stockDue(r) }},
		{Label: "状态", NoLabel: true, Cell: func(r StockRow) templ.Component { return stockState(r) }},
	}
}

func moveCols() []web.Col[MoveRow] {
	return []web.Col[MoveRow]{
		{Label: "动作", NoWrap: true, Cell: func(r MoveRow) templ.Component { return moveKind(r) }},
		{Label: "时间", NoWrap: true, Cell: func(r MoveRow) templ.Component { return web.T("%s", r.At) }},
		{Label: "经手、保管", Cell: func(r MoveRow) templ.Component { return web.Small(r.Handler+"、"+r.Keeper, r.Receiver) }},
		{Label: "库位", Cell: func(r MoveRow) templ.Component { return web.T("%s", r.Place) }},
		{Label: "依据、状况", Wide: true, Cell: func(r MoveRow) templ.Component { return web.Small(r.Basis, r.Condition) }},
	}
}
