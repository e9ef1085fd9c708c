// Package pages draws the register of case numbers.
package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// Nav is where the register stands.
const Nav = "/w/numbers"

// View is the register of a year.
type View struct {
	Form                 *web.Form
	Year, Meta           string
	Years, Units, States []web.Option
	// Partly: the reader sees a part of the bureau, so the numbers are not all there.
	Partly      bool
	Export, PDF string
	// Open says how many gaps nobody explained, OpenHref leads to them.
	Open, OpenHref string
	Chips          []web.Link
	Rows           []Row
	Pager          web.PagerView
	Empty          web.EmptyView
	Ask            *AskView
}

// Row is a line of the register.
type Row struct {
	Name, Href, Party, Matter, Unit, Applicant string
	AppliedOn                                  law.Date
	State                                      web.TagView
	Remarks                                    []string
	Explain, ExplainHref                       string
}

// AskView asks why a number was not used.
type AskView struct {
	Name, Prefix, Year, Number, Back string
	Form                             *web.Form
}

func cols() []web.Col[Row] {
	return []web.Col[Row]{
		{Label: "案件号", Cell: func(r Row) templ.Component { return name(r) }},
		{Label: "申请", NoWrap: true, Cell: func(r Row) templ.Component { return web.Small(applied(r), r.Applicant) }},
		{Label: "当事人、案由", Wide: true, Cell: func(r Row) templ.Component { return web.Small(r.Party, r.Matter) }},
		{Label: "承办单位", Cell: func(r Row) templ.Component { return web.T("%s", r.Unit) }},
		{Label: "状态", NoLabel: true, Cell: func(r Row) templ.Component { return web.Tag(r.State) }},
		{Label: "去向", Wide: true, Cell: func(r Row) templ.Component { return remarks(r) }},
	}
}

func applied(r Row) string {
	if r.AppliedOn.IsZero() {
		return "—"
	}
	return r.AppliedOn.String()
}
