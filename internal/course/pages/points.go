package pages

import "fadu/internal/web"

// PointsView is somebody's account of points in a year.
type PointsView struct {
	Title, Action string
	Crumb, Links  []web.Link
	Form          *web.Form
	Stats         []web.StatView
	Sources       []web.FactView
	Rows          []PointRow
	Pager         web.PagerView
}

// PointRow is an entry of the account of points.
type PointRow struct{ Day, Source, About, Href, Points, Reason string }

// StandingsView are people beside the yearly target.
type StandingsView struct {
	Form                  *web.Form
	Action, Export, Rules string
	Units                 []web.Option
	Stats                 []web.StatView
	Rows                  []StandingRow
	Pager                 web.PagerView
}

// StandingRow is what somebody earned.
type StandingRow struct {
	Name, Href, Unit, Points, Lacks string
	State                           web.TagView
}

// RulesView are the rules of points.
type RulesView struct {
	Form             *web.Form
	Managing         bool
	Action, Tomorrow string
	Today            []RuleRow
	Editions         []EditionRow
}

// RuleRow is what a source gives; Field is the number of its fields in the form.
type RuleRow struct{ Source, Each, Per, Cap, Field string }

// EditionRow is an edition of the rules.
type EditionRow struct {
	From, Why, By, Seen, Withdraw string
	Rules                         []string
	State                         web.TagView
}
