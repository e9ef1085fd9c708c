package pages

import "fadu/internal/web"

// DutiesView lists the sittings that somebody marks.
type DutiesView struct {
	Rows []SittingRow
}

// ProgressRow is an item that people mark, with how far they are.
type ProgressRow struct {
	Number, Stem, Points, Href   string
	All, None, Once, Third, Done int64
	Left                         int64
	Apart                        string
}

// MineRow is a mark that the marker gave.
type MineRow struct {
	Number, Href, Item, Score, At, State, Note string
}

// DutyView is a sitting for one of its markers.
type DutyView struct {
	Title string
	Items []ProgressRow
	Mine  []MineRow
	Pager web.PagerView
}

// PointRow is a point of a rubric in the form of a marker.
type PointRow struct {
	Name, Label, Most, Given string
}

// ScriptView is an answer that is marked: nothing of it tells whose it is.
type ScriptView struct {
	Title, Exam, Back, Act, Item, Stem, About, Text string
	Model, Refs, Points, Version, Note              string
	Answer                                          []web.FactView
	Criteria                                        []PointRow
	Lacks                                           []string
	Checked, Open                                   bool
	Form                                            *web.Form
}

// ShareRow is a marker with what the marker has done.
type ShareRow struct {
	Name, Mean, State, Marker string
	Marks                     int64
}

// MarkingView is how far the marking of a sitting is.
type MarkingView struct {
	Title, Back, Version string
	State                web.TagView
	Items                []ProgressRow
	Shares               []ShareRow
	Appoint              bool
	Form                 *web.Form
}
