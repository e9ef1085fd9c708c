package pages

import (
	"maps"
	"slices"

	"fadu/internal/web"
)

// NavViews is the page on which lists are kept under names.
const NavViews = "/w/case-views"

// SavedViewsView is the page of saved views: those that there are, and the form that keeps the list from which one came.
type SavedViewsView struct {
	Rows []SavedViewRow
	// Form keeps Query under a name; without Save there is nothing to keep.
	Save  bool
	Form  *web.Form
	Query string
	// Says are the conditions and columns in words.
	Says string
	Back string
	// Open is the view whose form came back.
	Open string
}

// SavedViewRow is a view with the form that changes it.
type SavedViewRow struct {
	ID, Name, Href, Says, Version string
	// Mine views are changed here; of others only Default is settled. From is the unit that shares it.
	Mine, Shared, Default bool
	From                  string
	Form                  *web.Form
	// Query is what the view keeps; Renew is what the list from which one came would put in its place, "" when it is the same.
	Query, Renew string
}

func sortedKeep(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

func (r SavedViewRow) kept() string {
	if r.Renew != "" {
		return r.Renew
	}
	return r.Query
}

func ticked(on bool) string {
	if on {
		return "1"
	}
	return ""
}
