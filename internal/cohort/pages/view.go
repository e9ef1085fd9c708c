// Package pages draws the screens of cohorts.
package pages

import "fadu/internal/web"

// The entries of the menu.
const (
	Nav     = "/w/cohorts"
	NavMine = "/w/my-cohorts"
)

// ListView are the cohorts.
type ListView struct {
	Form   *web.Form
	Adding bool
	Export string
	Stats  []web.StatView
	Rows   []CohortRow
	Pager  web.PagerView
}

// CohortRow is a cohort in the list.
type CohortRow struct {
	Title, Href, Days, Author, Of, All string
	State                              web.TagView
}

// CohortView is a cohort.
type CohortView struct {
	Title, Href, Meta, Aim, Why, Seen, Export string
	State                                     web.TagView
	Stats                                     []web.StatView
	Form, Query                               *web.Form
	Values                                    map[string]string
	Parts                                     []PartRow
	People                                    []PersonRow
	Pager                                     web.PagerView
	Open, Closed                              bool // for whoever manages it
	Units, Choices                            []web.Option
	History                                   []web.LedgerView
}

// PartRow is what belongs to a cohort.
type PartRow struct {
	ID, Kind, Title, Href, Says string
	Must                        web.TagView
}

// PersonRow is somebody on the roster.
type PersonRow struct {
	ID, Name, Unit, Lacks string
	Got                   []web.Link
	State                 web.TagView
}

// MineView are the cohorts that somebody is in.
type MineView struct{ Cohorts []MineCohort }

// MineCohort is one of them with what is left to do.
type MineCohort struct {
	Title, Days, Aim string
	State            web.TagView
	Parts            []MinePart
}

// MinePart is what belongs to it.
type MinePart struct {
	Kind, Title, Href, Says string
	Must, State             web.TagView
}
