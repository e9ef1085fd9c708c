package pages

import "fadu/internal/web"

// NavMotions is the list of what one person asks for and another approves.
const NavMotions = "/w/motions"

// CorrectView is the form in which the correction of an item is asked for.
type CorrectView struct {
	Title, Back, Act, Version string
	Items, Kinds              []web.Option
	Form                      *web.Form
}

// MotionRow is a motion in a list.
type MotionRow struct {
	Title, Href, Exam, Who, Author, At, Reason string
	State                                      web.TagView
}

// MotionsView lists motions.
type MotionsView struct {
	Rows   []MotionRow
	States []web.Option
	Pager  web.PagerView
	Form   *web.Form
}

// ChangeRow is a candidate whose result a motion changes.
type ChangeRow struct {
	Name, Href, Old, New, Was, Is string
}

// MotionView is a motion with what it changes.
type MotionView struct {
	Title, Exam, Back, Act, Version string
	State                           web.TagView
	Facts, Counts                   []web.FactView
	Changes                         []ChangeRow
	Scored, Waits                   bool
	Approve, Withdraw               bool
	Form                            *web.Form
}
