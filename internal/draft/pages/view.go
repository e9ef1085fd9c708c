// Package pages are the pages of import batches.
package pages

import "fadu/internal/web"

// Frame is where the pages stand: the address of the list of batches, the menu item that is lit, the
// title and the way up.
type Frame struct {
	Base, Current, Title string
	Up                   []web.Link
	Guide                []string
}

func (f Frame) crumb(links ...web.Link) []web.Link {
	return append(append([]web.Link{}, f.Up...), append([]web.Link{{Label: f.Title, Href: f.Base}}, links...)...)
}

// ListView is the list of batches with the form that uploads a file.
type ListView struct {
	Frame
	Form      *web.Form
	Kinds     []web.Option
	Templates []web.FileView
	Limit     string
	// Accept are the endings of files; States offers to say the list's totals.
	Accept string
	States bool
	// Many lists are chosen from a select.
	Many  bool
	Rows  []BatchRow
	Pager web.PagerView
}

// BatchRow is a batch in the list.
type BatchRow struct {
	Href, File, Kind, Uploaded, Uploader, Result string
	State                                        web.TagView
}

// ObjectionView is something against the batch as a whole, with its answer.
type ObjectionView struct{ Text, Answer string }

// BatchView is one batch.
type BatchView struct {
	Frame
	Form                 *web.Form
	ID, Name, Meta       string
	Objections           []ObjectionView
	Answerable           bool
	State                web.TagView
	Stats                []web.StatView
	Notes                []string
	Tabs                 []web.TabView
	Columns              []string
	Rows                 []RowView
	Empty                web.EmptyView
	Pager                web.PagerView
	Facts                []web.FactView
	History              []web.LedgerView
	Publish              *web.ActView
	Continue, CanDiscard bool
	ProblemsHref         string
	Landing, Preview     web.Link
	Open                 bool
}

// RowView is a row of a batch in the list.
type RowView struct {
	Line, Href string
	Values     []ValueView
	Problems   []ProblemView
	Mended     bool
	Editable   bool
}

// ValueView is a value with its heading.
type ValueView struct {
	Label, Text string
	Bad         bool
}

// ProblemView is what is wrong: the column's heading and why.
type ProblemView struct {
	Label, Text string
	Warning     bool
}

// MendView is the form that mends one row.
type MendView struct {
	Frame
	Form                 *web.Form
	Batch, Name, Line    string
	Action, Remove, Back string
	Version              string
	Fields               []FieldView
	General              []ProblemView
	Warnings             []ProblemView
	Removed              bool
	Left                 string
}

// FieldView is a field of the row by the kind of its column.
type FieldView struct {
	Kind  string
	Field web.FieldView
}
