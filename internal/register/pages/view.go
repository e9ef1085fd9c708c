// Package pages are the pages of the registers.
package pages

import "fadu/internal/web"

// Nav is the address of the menu item.
const Nav = "/w/registers"

// HomeView lists the registers by group.
type HomeView struct {
	Form   *web.Form
	Groups []GroupView
	Design string
	Words  string
}

// GroupView is a group of registers.
type GroupView struct {
	Name string
	Rows []RegisterRow
}

// RegisterRow is a register on the home page.
type RegisterRow struct {
	Name, Href, Help, Flow, Enter, Quick string
}

// ListView is a list of records.
type ListView struct {
	Form                                         *web.Form
	Name, Href, Help, New, Quick, Export, Import string
	Tabs                                         []web.TabView
	Selects                                      []SelectView
	States, Units                                []web.Option
	Keep                                         map[string]string
	Heads                                        []string
	Rows                                         []Row
	Pager                                        web.PagerView
	Filtered                                     bool
}

// SelectView is a condition of a list.
type SelectView struct {
	Name, Label string
	Options     []web.Option
}

// Row is a record in a list; Cells follow the heads.
type Row struct {
	Href, Title, Day, Unit, By string
	Cells                      []string
	State                      web.TagView
	Due                        string
	Late                       bool
}

// Input is a field of a form, with the kind that draws it.
type Input struct {
	Kind  string
	Field web.FieldView
	// Lat and Lng are the names beside a place; Until is the second input of a period.
	Until web.FieldView
}

// EntryView is the form for a new record, a correction, a rectification or a check.
type EntryView struct {
	Form          *web.Form
	Title, Name   string
	Help, Action  string
	Href          string // of the list
	Up            string // where the way back leads, "" for the list
	UpLabel       string
	Version       string
	Inputs        []Input
	Units         []web.Option
	Submit, Other string
	OtherHref     string
	Same          bool
	Quick         bool
	Point         bool
}

// RecordView is one record.
type RecordView struct {
	Form             *web.Form
	ID, Title, Name  string
	Href, List, Help string
	State            web.TagView
	Facts            []web.FactView
	Photos           []PhotoGroup
	Files            []FileRow
	Same             []web.Link
	History          []web.LedgerView
	Version          string
	Acts             []ActView
	Entry            []EntryView
}

// PhotoGroup are the photos of a field.
type PhotoGroup struct {
	Label  string
	Photos []PhotoView
}

// PhotoView is a photo with what is said of it.
type PhotoView struct{ Href, Small, Alt, Note string }

// FileRow is a file, or a photo that can be taken out.
type FileRow struct {
	Name, Href, Field, Note, Remove string
	Gone                            bool
}

// ActView is an act on a record: Why greys it, Reason asks for one.
type ActView struct {
	Name, Label, Action, Why, Hint string
	Href                           string // a page with a form of its own
	Reason, Open, Plain            bool
	Form                           *web.Form
}

// BooksView lists the editions of registers.
type BooksView struct {
	Form *web.Form
	Rows []BookRow
}

// BookRow is an edition.
type BookRow struct {
	Href, Name, Code, Author, When, Origin string
	Edition                                int
	State                                  web.TagView
}

// BookView is one edition with what can be done with it.
type BookView struct {
	Form                 *web.Form
	Title, Href, Version string
	State                web.TagView
	Facts                []web.FactView
	Fields               []FieldRow
	Figures              []FigureRow
	Draft, InUse         bool
	Change               string
}

// FieldRow is a field of a definition.
type FieldRow struct{ Label, Kind, Need, Stage, Note string }

// FigureRow is an indicator of a definition.
type FigureRow struct{ Name, Measure string }

// DesignView is the page on which a register is designed.
type DesignView struct {
	Form                *web.Form
	Title, Code, Action string
	Flows, Groups       []web.Option
	Kinds, Stages       []web.Option
	Text                string
	Locked              bool
}

// ImportView is a batch of records that came in a file.
type ImportView struct {
	Form                              *web.Form
	Title, Name, List, Records, Batch string
	State                             web.TagView
	Facts                             []web.FactView
	Undo, Version, Changed            string
}
