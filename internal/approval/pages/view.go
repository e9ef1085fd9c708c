// Package pages draws approvals: the inbox, the form with its signatures, mandates.
package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/web"
)

// Where the pages stand.
const (
	Nav         = "/w/approvals"
	NavMandates = Nav + "/mandates"
)

// InboxView is the inbox, or another view of forms.
type InboxView struct {
	Title, Current string
	Tabs           []web.TabView
	Rows           []FormRow
	Pager          web.PagerView
	Empty          web.EmptyView
	Mandates       bool
}

// FormRow is a form in a list.
type FormRow struct {
	Title, Href, Chain, Purpose, Turn, Asked string
	State                                    web.TagView
}

// StepRow is a line of the form: who, which opinion, when.
type StepRow struct {
	Label, Name, Opinion, On, Note string
	Scan                           string
	State                          web.TagView
}

// FormPage is one form.
type FormPage struct {
	Title   string
	Facts   []web.FactView
	Steps   []StepRow
	State   web.TagView
	Form    *web.Form
	Version string
	// Turn is the post whose turn it is; the addresses are "" for who may not.
	Turn, SignTo, EnterTo, WithdrawTo, PerformTo string
	// Signers are among whom a signature on paper is chosen.
	Signers []web.Option
	ActName string
	// LastSign: this signature carries the act out.
	LastSign bool
}

// MandateRow is a mandate in the list.
type MandateRow struct {
	Document, Who, Posts, Dates, EndTo, Version, Why string
	State                                            web.TagView
}

// MandatesView lists mandates with the form of a new one.
type MandatesView struct {
	Rows  []MandateRow
	Posts []web.Option
	Form  *web.Form
}

func formCols() []web.Col[FormRow] {
	return []web.Col[FormRow]{
		{Label: "事项", Cell: func(r FormRow) templ.Component { return web.A(r.Title, r.Href) }},
		{Label: "审批", NoLabel: true, Cell: func(r FormRow) templ.Component { return web.Small(r.Chain, r.Purpose) }},
		{Label: "状态", NoLabel: true, Cell: func(r FormRow) templ.Component { return web.Tag(r.State) }},
		{Label: "轮到", NoWrap: true, Cell: func(r FormRow) templ.Component { return web.T("%s", r.Turn) }},
		{Label: "报批", Cell: func(r FormRow) templ.Component { return web.T("%s", r.Asked) }},
	}
}

func stepCols() []web.Col[StepRow] {
	return []web.Col[StepRow]{
		{Label: "签批", NoWrap: true, Cell: func(r StepRow) templ.Component { return web.T("%s", r.Label) }},
		{Label: "意见", Wide: true, NoLabel: true, Cell: func(r StepRow) templ.Component { return stepOpinion(r) }},
		{Label: "签名", Cell: func(r StepRow) templ.Component { return web.Small(r.Name, r.Note) }},
		{Label: "日期", NoWrap: true, Cell: func(r StepRow) templ.Component { return web.T("%s", r.On) }},
	}
}

func mandateCols() []web.Col[MandateRow] {
	return []web.Col[MandateRow]{
		{Label: "文件", Wide: true, Cell: func(r MandateRow) templ.Component { return web.Small(r.Document, r.Why) }},
		{Label: "谁授权谁", Cell: func(r MandateRow) templ.Component { return web.T("%s", r.Who) }},
		{Label: "岗位", Cell: func(r MandateRow) templ.Component { return web.T("%s", r.Posts) }},
		{Label: "起止", Cell: func(r MandateRow) templ.Component { return web.T("%s", r.Dates) }},
		{Label: "状态", NoLabel: true, Cell: func(r MandateRow) templ.Component { return web.Tag(r.State) }},
		{Label: "终止", NoLabel: true, Cell: func(r MandateRow) templ.Component { return mandateEnd(r) }},
	}
}

func agreeNote(v FormPage) string {
	if v.LastSign {
		return "这是最后一签：" + v.ActName + "随即办理"
	}
	return "转下一栏"
}
