package web

import (
	"context"
	"net/url"
	"slices"
)

// Viewer is who looks at a page and what the shell shows around it. Access fills it from the session;
// the zero Viewer is somebody who is not signed in.
type Viewer struct {
	Name, UnitName, RoleLabel, Bureau string
	// Demo marks a bureau whose data is invented; every page and export then says so.
	Demo bool
	Nav  []NavGroup
	// OpKey is the session's secret for form tokens and flash messages.
	OpKey []byte
	// At is the moment of the page, for paper: 2026-07-10 09:00.
	At string
	// Search is the placeholder of the global search box; empty hides the box.
	Search string
	// Menu are links under the viewer's name; SignOut is the path that a POST to ends the session.
	Menu    []Link
	SignOut string
	// Home is where the brand leads, /w/ unless stated.
	Home string
}

// SignedIn reports whether the viewer has a session.
func (v Viewer) SignedIn() bool { return v.Name != "" }

// Link is a label that leads somewhere; with an empty Href it is only shown.
type Link struct{ Label, Href string }

// Address is a path with a query.
func Address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// NavGroup is a headed part of the side navigation.
type NavGroup struct {
	Label string
	Items []NavItem
}

// NavItem is one place in the side navigation. Icon names a symbol of the sprite without its "i-".
type NavItem struct {
	Label, Href, Icon string
	// Short is the label in the bottom bar, two characters or so; empty means Label.
	Short string
	// Count is shown when positive; Late draws it in the colour of what is overdue.
	Count int
	Late  bool
	// Phone puts the item into the bottom bar of phones, which holds five.
	Phone bool
}

type contextKey int

const (
	viewerKey contextKey = iota
	requestIDKey
	flashKey
	elderKey
	rowsKey
	pathKey
	keptKey
	typedKey
	refillKey
)

// WithViewer returns a context that carries the viewer to the components.
func WithViewer(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey, v)
}

// ViewerFrom returns the viewer, or the zero Viewer.
func ViewerFrom(ctx context.Context) Viewer {
	v, _ := ctx.Value(viewerKey).(Viewer)
	return v
}

func (v Viewer) home() string {
	if v.Home != "" {
		return v.Home
	}
	return "/w/"
}

// phoneItems are the items of the bottom bar: the marked ones, at most five.
func (v Viewer) phoneItems() []NavItem {
	var items []NavItem
	for _, g := range v.Nav {
		for _, it := range g.Items {
			if it.Phone && len(items) < 5 {
				items = append(items, it)
			}
		}
	}
	return slices.Clip(items)
}

func iconOf(name string) string {
	switch name {
	case "todo", "up", "case", "law", "me", "chart", "people", "search", "money", "paper":
		return "#i-" + name
	}
	return "#i-paper"
}
