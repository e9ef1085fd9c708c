// Package pages are the fields of the forms of the decision desk; the case's page draws the frame around them.
package pages

import "fadu/internal/web"

// DraftView draws up what is to be decided.
type DraftView struct {
	Form *web.Form
	// Values are what the last draft or the papers of the file say.
	Values                             map[string]string
	Kinds                              []string
	KindOptions, Grounds, Lenient, Law []web.Option
	// Exhibits are the admitted evidence of the case, Faultless what of it proves that the party was not at fault.
	Exhibits, Faultless []web.Option
	// Channel is where fines are paid as the bureau decided; empty where each draft says it.
	Channel string
	// FaultAsked: the draft answers whether the party proved that it was not at fault.
	FaultAsked bool
	// Questions tell whether the decision is major.
	Questions []Question
	// Found are the circumstances for which the law wants a lighter penalty.
	Found []web.Option
	// Fined are other fines of the party for acts of the same days; with any, the form asks whether it was the same act.
	Fined []web.FactView
	// Answers are what the decision will say of the defence, taken from its written review.
	Answers []web.FactView
	// Rests are power, tier, range and comparison, as they stand today.
	Rests []web.FactView
}

// Question is answered with yes or no, and proposes neither.
type Question struct{ Name, Label string }

// DiscussionView takes the minutes of a discussion.
type DiscussionView struct {
	Form         *web.Form
	Values       map[string]string
	Rows         []MemberRow
	Heads, Votes []web.Option
	Today, Least string
	// Extension: what is discussed is the term, not the decision.
	Extension bool
}

// MemberRow is the place of one member in the order of speaking.
type MemberRow struct{ Member, Says, Vote, Label string }

// TextView is one long text above which stands what it is about.
type TextView struct {
	Form              *web.Form
	Name, Label, Hint string
	Need              bool
	Facts             []web.FactView
}
