package pages

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// NavScenes and NavDrafts are where scenes are written.
const (
	NavScenes = Nav + "/scenes"
	NavDrafts = Nav + "/drafts"
)

// Field is a field of a form, ready to be drawn.
type Field = templ.Component

// FieldRow is a row of fields: Cols is 0 for one below the other.
type FieldRow struct {
	Label  string
	Cols   int
	Fields []Field
}

// Section is a part of a form; Fold hides it unless it is Open.
type Section struct {
	Title, Hint string
	Rows        []FieldRow
	Fold, Open  bool
}

// DraftsView lists the scenes that are being written.
type DraftsView struct {
	Rows   []DraftRow
	Form   *web.Form
	States []web.Option
	New    string
	Pager  web.PagerView
}

// DraftRow is a scene that is being written.
type DraftRow struct {
	Href, Title, Origin, Author, Saved string
	SetOn                              law.Date
	State                              web.TagView
}

// NewDraftView begins a scene.
type NewDraftView struct {
	Form            *web.Form
	Figures, Places []web.Option
	Today           string
}

// DraftView is a scene that is being written, as a whole.
type DraftView struct {
	Title, Href, Origin, Returned, Version, Saved, Scene, NewBeat string
	State                                                         web.TagView
	Form                                                          *web.Form
	Writing, Waiting                                              bool
	Undo                                                          int
	Parts                                                         []PartLinks
	Faults                                                        []web.Link
	Amended                                                       []string
	Graph                                                         GraphView
	Beats                                                         []BeatLine
	Saves                                                         []SaveRow
}

func (v DraftView) submitWhy() string {
	if n := len(v.Faults); n > 0 {
		return "检查出 " + strconv.Itoa(n) + " 处问题，改好再送审"
	}
	return ""
}

// PartLinks are the forms of a kind.
type PartLinks struct {
	Label, Href, New string
	Items            []web.Link
}

// BeatLine is a beat in the list.
type BeatLine struct {
	ID, Href, Speaker, Say, End, To string
	Choices, Faults                 int
}

// SaveRow is a save of a draft.
type SaveRow struct {
	Number          int
	What, Who, When string
	Current         bool
}

// GraphView is a scene as a drawing.
type GraphView struct {
	Width, Height float64
	Nodes         []GraphNode
	Edges         []GraphEdge
}

// GraphNode is a beat; X and Y are its middle.
type GraphNode struct {
	ID, Href, Speaker, Say, End, Anywhere string
	X, Y, W, H                            float64
	Start, Lost, Dead                     bool
	Faults                                int
}

// GraphEdge leads from one beat to another.
type GraphEdge struct {
	X1, Y1, X2, Y2 float64
	Span, Count    int
	Back, Event    bool
	Quality, Says  string
}

func (n GraphNode) class() string {
	c := "node"
	for _, k := range []struct {
		on   bool
		name string
	}{{n.Start, "start"}, {n.End == "成功", "won"}, {n.End != "" && n.End != "成功", "ended"}, {n.Lost, "lost"}, {n.Dead, "dead"}, {n.Faults > 0, "faulty"}} {
		if k.on {
			c += " " + k.name
		}
	}
	return c
}

// says is what the drawing says of a beat to who cannot see it.
func (n GraphNode) says() string {
	s := n.ID
	if n.Start {
		s += "，从这里开始"
	}
	if n.End != "" {
		s += "，结局：" + n.End
	}
	if n.Lost {
		s += "，到不了"
	}
	if n.Dead {
		s += "，走不出去"
	}
	if n.Anywhere != "" {
		s += "，随时可能因为“" + n.Anywhere + "”到这里"
	}
	if n.Faults > 0 {
		s += fmt.Sprintf("，%d 处要改", n.Faults)
	}
	return s
}

// below is the second line of a beat.
func (n GraphNode) below() string {
	switch {
	case n.Lost:
		return "到不了"
	case n.Dead:
		return "走不出去"
	case n.End != "":
		return "结局：" + n.End
	case n.Speaker != "":
		return cut(n.Speaker+"："+n.Say, 12)
	}
	return cut(n.Say, 12)
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func (e GraphEdge) class() string {
	c := "edge"
	switch {
	case e.Event:
		c += " by-event"
	case e.Quality == "优" || e.Quality == "良":
		c += " good"
	case e.Quality == "差" || e.Quality == "禁":
		c += " bad"
	}
	return c
}

// path goes down to the next layer straight, past others in a bow, and back up at the side.
func (e GraphEdge) path(h float64) string {
	y1, y2 := e.Y1+h/2, e.Y2-h/2-4
	if e.Back {
		y1, y2 = e.Y1, e.Y2
		side := max(e.X1, e.X2) + 84 + 40
		return fmt.Sprintf("M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", e.X1+84, y1, side, y1, side, y2, e.X2+88, y2)
	}
	bow := 0.0
	if e.Span > 1 {
		bow = 104 + 8*float64(min(e.Span, 8))
		if e.X2 < e.X1 {
			bow = -bow
		}
	}
	pull := min((y2-y1)/2, 56)
	if e.Span > 1 {
		pull = (y2 - y1) / 3
	}
	return fmt.Sprintf("M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", e.X1, y1, e.X1+bow, y1+pull, e.X2+bow, y2-pull, e.X2, y2)
}

// EditView is the form of one part of a draft.
type EditView struct {
	Title, Draft, Action, Back, Version, Part, Beat, Item, Up, UpLabel string
	Form                                                               *web.Form
	Sections                                                           []Section
	Notes                                                              []string
	Bands                                                              []StageView
	Choices                                                            *ChoicesView
	Open, Remove                                                       bool
	Leads                                                              int
}

func (v EditView) another() string {
	return map[string]string{"beat": "保存，再写一节", "choice": "保存，再写一个选择", "tool": "保存，再写一个工具", "event": "保存，再写一件事", "rule": "保存，再写一条"}[v.Part]
}

// ChoicesView are the choices and events of a beat.
type ChoicesView struct {
	New, NewEvent string
	Rows          []ChoiceRow
	Events        []web.Link
}

// TrialView is a draft as its author plays it.
type TrialView struct {
	Title, Href, Back, Broken, Stuck        string
	Beat, Speaker, Say, Band, End           string
	Events                                  []string
	Stage                                   StageView
	Choices, Tools                          []TrialOption
	Silence, Wait, Again, Other, Undo, Edit string
	State                                   []web.FactView
	Log                                     []TrialStep
	Score                                   string
	Passed                                  bool
	Fatal                                   []string
	Dims                                    []DimRow
}

// TrialOption is something to do with what an officer does not see of it.
type TrialOption struct {
	ID, Text, Href, Goto, Why, Note, Edit string
	Quality                               web.TagView
}

// TrialStep is an act of a trial.
type TrialStep struct {
	Beat, Act, Mood string
	Quality         web.TagView
	Broken          []string
}
