// Package pages draws the screens of the question bank.
package pages

import (
	"fadu/internal/law"
	"fadu/internal/web"
)

// Nav is the entry of the menu.
const Nav = "/w/bank"

// ListView is the list of questions.
type ListView struct {
	Form                                   *web.Form
	Rows                                   []QuestionRow
	Topics, Types, Levels, States, Sources []web.Option
	Chips                                  []web.Link
	Meta, Summary, ExportHref              string
	CodeSort, ChangedSort                  string
	Newest                                 bool
	New                                    []web.Link // a blank form for each type
	Links                                  []web.Link
	Pager                                  web.PagerView
	Empty                                  web.EmptyView
}

// QuestionRow is a question in the list.
type QuestionRow struct {
	Href, Code, Stem, Type, Topic, Level, Changed string
	State, Waiting                                web.TagView
}

// QuestionView is a question with one of its versions.
type QuestionView struct {
	Title, Href, Meta, Seen string
	State, Waiting          web.TagView
	Form                    *web.Form
	Asked                   AskedView
	Facts                   []web.FactView
	Cites                   law.Citations
	Versions                []VersionRow
	Changes                 []ChangeRow
	ChangesTitle            string
	Uses                    []web.Link
	UseEmpty                string
	History                 []web.LedgerView
	Edit                    string
	// Approving shows the box for whoever may decide; OwnDraft says why its author may not.
	Approving, OwnDraft, Ending, Restoring bool
	Lacks                                  []string
	// Flags say which of the cited articles changed since; Rechecking shows the box for whoever may say that it is still right.
	Flags      []string
	Rechecking bool
}

// AskedView is what a question asks, with its answer.
type AskedView struct {
	Text, Stem, Answer, Explain string
	Paragraphs                  []string
	Options                     []OptionRow
	Parts                       []AskedView
	Pairs                       []PairRow
	Spare                       []string
	Rubric                      []CriterionRow
	Label, Points, Model, Paper string
}

// OptionRow is an option with its letter.
type OptionRow struct {
	Letter, Text string
	Right        bool
}

// PairRow is a pair.
type PairRow struct{ Left, Right string }

// CriterionRow is a point of a rubric.
type CriterionRow struct{ Text, Points string }

// VersionRow is a version in the list of versions.
type VersionRow struct {
	Number, Href, Author, Approver, Source, Remark string
	Shown                                          bool
	State                                          web.TagView
}

// ChangeRow is a field that two versions say otherwise.
type ChangeRow struct{ Label, Before, After string }

// FormView is the form of a question.
type FormView struct {
	Title, Action, Seen, Back, Type, TypeLabel string
	Form                                       *web.Form
	Cells                                      map[string]string
	Topics                                     []string
	Levels, Judgements, Policies               []web.Option
	Lettered, Order, Judgement, Fill, Match    bool
	Texted, Parted, Drafting                   bool
	PartTypes                                  []web.Option
}
