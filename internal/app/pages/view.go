// Package pages draws the public portal's own pages: its start, what the system is, and the list of
// calls that other programs may make.
package pages

import (
	"strings"

	"fadu/internal/web"
)

// StartView is the portal's first page.
type StartView struct {
	Page web.PublicPage
	Form *web.Form
	// Interface is where the calls are described; SignIn leads to the work area.
	Interface string
	SignIn    web.Link
}

// InterfaceView lists the calls of the API.
type InterfaceView struct {
	Page     web.PublicPage
	Document string
	Groups   []CallGroup
}

// CallGroup is a heading with its calls.
type CallGroup struct {
	Name  string
	Calls []Call
}

// Call is one operation; Allow is the permission in words.
type Call struct{ Method, Path, Summary, Detail, Allow string }

// parts are the path's pieces, each with its slash.
func (c Call) parts() []string { return strings.SplitAfter(c.Path, "/") }

// SystemView is the page of the program's state.
type SystemView struct{ Rows []CheckRow }

// CheckRow is one check: what was seen and how to go on.
type CheckRow struct {
	Name, Text, How string
	State           web.TagView
}
