package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// Nav is where the queue of legal review stands.
const Nav = "/w/reviews"

// QueueView is the reviewers' page: what waits, or (Done) what was given.
type QueueView struct {
	Tabs    []web.TabView
	Notes   []string
	Few     string
	Done    bool
	Waiting []WaitingRow
	Given   []GivenRow
	Pager   web.PagerView
	// Spent is shown instead of both, when it is there.
	Spent *SpentView
}

// SpentView is how long opinions took; Figure is where their records are.
type SpentView struct {
	From, Until, Figure string
	Rows                []SpentRow
}

// SpentRow is a group of opinions.
type SpentRow struct{ Outcome, Heeded, Count, Median, Mean, Most string }

func spentCols() []web.Col[SpentRow] {
	cell := func(label string, text func(SpentRow) string) web.Col[SpentRow] {
		return web.Col[SpentRow]{Label: label, NoWrap: true, Cell: func(r SpentRow) templ.Component { return web.T("%s", text(r)) }}
	}
	return []web.Col[SpentRow]{
		cell("意见", func(r SpentRow) string { return r.Outcome }), cell("采纳情况", func(r SpentRow) string { return r.Heeded }), cell("件数", func(r SpentRow) string { return r.Count }),
		cell("中位数", func(r SpentRow) string { return r.Median }), cell("平均", func(r SpentRow) string { return r.Mean }), cell("最长", func(r SpentRow) string { return r.Most }),
	}
}

// WaitingRow is a case that waits for an opinion.
type WaitingRow struct {
	Case, Href, Party, Cause, Unit, Round, Taker string
	On                                           law.Date
	Due                                          web.DueView
}

// GivenRow is an opinion.
type GivenRow struct {
	Case, Href, Round, Reviewer, Days string
	Outcome                           web.TagView
	On                                law.Date
	Late                              bool
}

func waitingCols() []web.Col[WaitingRow] {
	return []web.Col[WaitingRow]{
		{Label: "案件", Cell: func(r WaitingRow) templ.Component { return waitingCase(r) }},
		{Label: "案由", Wide: true, Cell: func(r WaitingRow) templ.Component { return web.T("%s", r.Cause) }},
		{Label: "承办单位", Cell: func(r WaitingRow) templ.Component { return web.T("%s", r.Unit) }},
		{Label: "送审", NoWrap: true, Cell: func(r WaitingRow) templ.Component { return web.Small(r.Round, r.On.String()) }},
		{Label: "领取人", NoWrap: true, Cell: func(r WaitingRow) templ.Component { return web.T("%s", r.Taker) }},
		{Label: "审核期限", Cell: func(r WaitingRow) templ.Component { return waitingDue(r) }},
	}
}

func givenCols() []web.Col[GivenRow] {
	return []web.Col[GivenRow]{
		{Label: "案件", Cell: func(r GivenRow) templ.Component { return web.A(r.Case, r.Href) }},
		{Label: "意见", Cell: func(r GivenRow) templ.Component { return web.Tag(r.Outcome) }},
		{Label: "送审", NoWrap: true, Cell: func(r GivenRow) templ.Component { return web.T("%s", r.Round) }},
		{Label: "审核人", Cell: func(r GivenRow) templ.Component { return web.T("%s", r.Reviewer) }},
		{Label: "签名日", NoWrap: true, Cell: func(r GivenRow) templ.Component { return web.Day(r.On) }},
		{Label: "用时", Cell: func(r GivenRow) templ.Component { return givenDays(r) }},
	}
}
