package pages

import (
	"strconv"

	"fadu/internal/web"
)

// PortalView is the public list of powers.
type PortalView struct {
	Page  web.PublicPage
	Form  *web.Form
	Tabs  []web.TabView
	Keep  map[string]string
	Rows  []ItemRow
	Total int
	Pager web.PagerView
	Empty web.EmptyView
}

// ChartBox is a drawn box; the note is cut into lines that fit.
type ChartBox struct {
	X, Y, W, H, MidX, LabelY int
	Label                    string
	Notes                    []ChartNote
	Class                    string
}

// ChartNote is one line of a note.
type ChartNote struct {
	Y    int
	Text string
}

// ChartView is a flow chart ready to be drawn, with its steps in words.
type ChartView struct {
	ID, Title string
	// Narrow marks the drawing for phones.
	Narrow        bool
	Width, Height int
	Boxes         []ChartBox
	// Paths are the ways, Heads the points of their arrows.
	Paths []string
	Heads []string
	Words []string
}

// GuideView is a power's page for the public.
type GuideView struct {
	Page      web.PublicPage
	Title     string
	Meta      string
	Facts     []web.FactView
	Parts     []GuidePart
	Materials []string
	Charts    []ChartView
	// Narrow are the same charts for phones, in the same order.
	Narrow []ChartView
	Foot   string
}

// GuidePart is a heading with its lines.
type GuidePart struct {
	Title string
	Lines []string
}

// GuideFormView is the form that edits a guide.
type GuideFormView struct {
	Form             *web.Form
	Code, Name, Seen string
	Versions         []web.LedgerView
	Public           string
}

// Arrow leads from the lower edge of a box to the upper edge of the next.
func (v *ChartView) Arrow(from, to ChartBox) {
	v.Paths = append(v.Paths, "M"+strconv.Itoa(from.MidX)+" "+strconv.Itoa(from.Y+from.H)+"V"+strconv.Itoa(to.Y))
	v.Heads = append(v.Heads, "M"+strconv.Itoa(to.MidX)+" "+strconv.Itoa(to.Y)+"l-4 -8h8z")
}
