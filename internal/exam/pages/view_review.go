package pages

import (
	"slices"

	"fadu/internal/law"
	"fadu/internal/web"
)

// ReviewRow is a draft that waits, whole.
type ReviewRow struct {
	Value, Code, Href, About, Basis string
	Asked                           AskedView
	Cites                           law.Citations
	Lacks                           []string
	Own                             bool
}

// ReviewView are the drafts that wait.
type ReviewView struct {
	Action string
	Form   *web.Form
	Rows   []ReviewRow
	More   bool
}

func (v ReviewView) ticked(value string) bool { return slices.Contains(v.Form.Values("tick"), value) }
