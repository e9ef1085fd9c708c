package pages

import "fadu/internal/web"

// NavParties is where parties are looked for.
const NavParties = "/w/parties"

// PartiesView is the search for parties.
type PartiesView struct {
	Form *web.Form
	// Asked: words were given; All: every case with them was looked at.
	Asked, All bool
	Rows       []PartyRow
}

// PartyRow is a party that was found.
type PartyRow struct{ Name, Href, Kind, Identity, Count, Last string }

// PartyCasesView is a party with all its cases.
type PartyCasesView struct {
	Title, Kind string
	// Known: its identity is established.
	Known          bool
	Facts, Figures []web.FactView
	Rows           []PartyCaseRow
	Pager          web.PagerView
	// History is nil for who handles no cases.
	History    *PartyHistoryView
	ExportHref string
	Back       web.Link
}

// PartyCaseRow is a case of the party.
type PartyCaseRow struct {
	Title, Href, Cause, Procedure, Found, Decided, Unit string
	State                                               web.TagView
	Penalty, Amount, Owing, Ending                      string
}

// PartyHistoryView is what the city has of the last two years.
type PartyHistoryView struct {
	Since  string
	Powers []PartyPowerRow
	Others []web.FileView
	More   bool
}

// PartyPowerRow is how often the party did what one power is about.
type PartyPowerRow struct{ Name, Punished, Spared, Last, First string }
