package pages

import "fadu/internal/web"

// AdjustRow is an adjustment in a list.
type AdjustRow struct {
	Kind, Codes, Href, Document, Effective, Proposed string
	State                                            web.TagView
}

// AdjustListView is the list of adjustments.
type AdjustListView struct {
	Form          *web.Form
	Kinds, States []web.Option
	Rows          []AdjustRow
	Pager         web.PagerView
	NewHref       string
	ImportHref    string
	ExportHref    string
}

// AdjustFormView is the form of a proposal, new or amended.
type AdjustFormView struct {
	Form            *web.Form
	Title, Action   string
	Version         string
	Kinds, Handling []web.Option
	Crumb           []web.Link
}

// AffectedRow is one thing touched.
type AffectedRow struct {
	ID, Version             string
	Kind, Label, Href, Note string
	Source, SourceHref      string
	State                   web.TagView
	Outcome                 string
	Outcomes                []web.Option
	Form                    *web.Form
	Open                    bool
}

// AdjustView is one adjustment.
type AdjustView struct {
	ID, Version, Title, Meta string
	State                    web.TagView
	Facts                    []web.FactView
	Items                    []ItemRow
	Affected                 []AffectedRow
	AffectedNote             string
	History                  []web.LedgerView
	Form                     *web.Form
	// The acts that the viewer may do now.
	EditHref                                string
	CanAttach, CanCheck, CanReturn, CanFile bool
	CanWithdraw                             bool
	CheckWhy                                string
}

// AffectedView is the list 受影响.
type AffectedView struct {
	Form   *web.Form
	States []web.Option
	Kinds  []web.Option
	Rows   []AffectedRow
	Pager  web.PagerView
	Count  string
}
