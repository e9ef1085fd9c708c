package web

import (
	"context"
	"fmt"
	"io"

	"github.com/a-h/templ"

	"fadu/internal/law"
)

// PanelView is a panel with all its parts. Flat leaves out the padded body, for tables.
type PanelView struct {
	Title, ID, Class, BodyClass string
	End, Foot                   templ.Component
	Flat                        bool
}

// EmptyView says why nothing is shown and offers a way on.
type EmptyView struct {
	Title, Why string
	Exit       Link
}

// TagView is a state in a word. Kind is "", blue, ok, soon, late or line; no label shows nothing.
type TagView struct{ Label, Kind string }

// ActView is an act of the law as a button. Lacks greys it and says what is missing, with articles; Why
// greys it for a reason that is not the law's. A greyed button keeps its place and its focus.
type ActView struct {
	Label string
	// Class is "primary" unless stated; " " is a plain button.
	Class            string
	Name, Value      string
	FormAction, Form string
	Lacks            []law.Finding
	Why              string
	// Dialog opens the dialog of that id instead of sending the form.
	Dialog string
}

func (v ActView) greyed() bool { return len(v.Lacks) > 0 || v.Why != "" }

func (v ActView) class() string { return "btn " + orElse(v.Class, "primary") }

func (v ActView) whyID() string { return "why-" + fieldID(v.Label + v.Value)[2:] }

func (v ActView) attrs() templ.Attributes {
	a := templ.Attributes{}
	for k, s := range map[string]string{"name": v.Name, "value": v.Value, "formaction": v.FormAction, "form": v.Form} {
		if s != "" {
			a[k] = s
		}
	}
	return a
}

// FormView is a form that changes something.
type FormView struct {
	Action, ID, Class string
	Multipart         bool
	Attrs             templ.Attributes
}

func (v FormView) attrs() templ.Attributes {
	a := templ.Attributes{}
	for k, s := range map[string]string{"id": v.ID, "class": v.Class} {
		if s != "" {
			a[k] = s
		}
	}
	if v.Multipart {
		a["enctype"] = "multipart/form-data"
	}
	for k, x := range v.Attrs {
		a[k] = x
	}
	return a
}

// FactView is a name with its value; Body replaces Text.
type FactView struct {
	Label, Text, Href string
	Body              templ.Component
}

// FileView is a line of a short list: a paper, a piece of evidence, a thing to do.
type FileView struct {
	Label, Href, Mute, Small string
	Tag                      TagView
	Due                      DueView
}

// LedgerView is a line of the record of a case: who did what when. Key marks the steps that count.
type LedgerView struct {
	Time, Who, Text, Hash string
	Key                   bool
}

// DialogView is a dialog for an act that cannot be taken back. Open shows it at once, when its form
// came back with something to mend.
type DialogView struct {
	ID, Title string
	Open      bool
}

// TabView is one view of a list.
type TabView struct {
	Label, Href string
	Count       int64
	Late        bool
	Current     bool
	// NoCount hides the count, for views that are not counted.
	NoCount bool
}

// T is text as a component, formatted as fmt.Sprintf does when there are arguments.
func T(format string, args ...any) templ.Component {
	s := format
	if len(args) > 0 {
		s = fmt.Sprintf(format, args...)
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, templ.EscapeString(s))
		return err
	})
}

// Join shows components one after the other.
func Join(parts ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for i, p := range parts {
			if i > 0 {
				if _, err := io.WriteString(w, " "); err != nil {
					return err
				}
			}
			if err := p.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

// Yuan shows an amount with its unit: 52,000 元.
func Yuan(m law.Money) templ.Component { return T("%s 元", m.Grouped()) }

// Day shows a date as documents print it; no date shows nothing.
func Day(d law.Date) templ.Component { return noWrap(d.Han()) }

// Count shows a number with thousands separators.
func Count(n int64) templ.Component { return T("%s", grouped(n)) }

// Tagged is Tag for use in Go.
func Tagged(label, kind string) templ.Component { return Tag(TagView{label, kind}) }

func joinSpace(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" && out != "" {
			out += " "
		}
		out += p
	}
	return out
}
