// Package pages are the fields of the forms of the filing desk; the case's page draws the frame around them.
package pages

import "fadu/internal/web"

// AssignView names the two officers.
type AssignView struct {
	Form         *web.Form
	Options      []web.Option
	Lead, Assist string
	// Replace: officers are named already, so that a change needs a reason. Barred are those who cannot handle the
	// case today, with the reasons.
	Replace bool
	Barred  []web.FactView
}

// CheckView records what a check of the lead found.
type CheckView struct {
	Form       *web.Form
	Informants []web.Option
	// Values are what the last check said; Found and Today bound its day.
	Values       map[string]string
	Found, Today string
}

// ExtendView grants more time for the check; Due says when the term ends.
type ExtendView struct {
	Form *web.Form
	Due  string
	Most int64
}

// DeclineView decides not to file; Letter is the number of the letter of an informant who is to be told.
type DeclineView struct {
	Form   *web.Form
	Letter string
	Today  string
}

// TextView is one long text.
type TextView struct {
	Form              *web.Form
	Name, Label, Hint string
	Need              bool
	// Facts are what the decision rests on.
	Facts []web.FactView
}
