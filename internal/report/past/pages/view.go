// Package pages draws the screens of printed reports.
package pages

import (
	"fadu/internal/web"
)

// Nav is the entry of the menu.
const Nav = "/w/past-reports"

// ListView is the list of reports.
type ListView struct {
	Import string // "" without the permission
	Rows   []ReportRow
	Pager  web.PagerView
	Empty  web.EmptyView
}

// ReportRow is a report in the list.
type ReportRow struct {
	Href, Title, Year, SignedOn, Confirmed string
	Figures, Impossible, Unexplained       int
	State                                  web.TagView
}

// ReportView is one report.
type ReportView struct {
	Title, Href, Export, Batch, Withdrawn, Seen string
	Facts                                       []web.FactView
	Findings                                    []FindingRow
	Figures                                     []FigureRow
	History                                     []web.LedgerView
	Withdraw                                    bool
	Form                                        *web.Form
}

// FindingRow is what a check found.
type FindingRow struct {
	Verdict web.TagView
	Message string
	Figures []web.Link
}

// FigureRow is a figure with its sentence.
type FigureRow struct {
	Number, Name, Value, Period, Of, Sentence string
	Plan                                      bool
	Worst                                     web.TagView
}

// Anchor is the place of a figure on the page.
func Anchor(number string) string { return "figure-" + number }
