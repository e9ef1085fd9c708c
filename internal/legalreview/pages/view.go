// Package pages are the fields of the forms of legal review; the case's page draws the frame around them.
package pages

import "fadu/internal/web"

// OpinionView gives an opinion point by point.
type OpinionView struct {
	Form *web.Form
	// About is what was submitted: everything the first time, what changed the second.
	About  []web.FactView
	Points []PointView
}

// PointView is one of the points, with what the program found beside it.
type PointView struct {
	Number, Name   string
	Finding, Cite  string
	Found, Missing []string
}

// TextView is one long text above which stands what it is about.
type TextView struct {
	Form              *web.Form
	Name, Label, Hint string
	Default           string
	Facts             []web.FactView
}

// DifferenceView records what a head said about a difference.
type DifferenceView struct{ Form *web.Form }
