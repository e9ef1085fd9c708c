// Package pages are the pages of people, certificates and 执法主体.
package pages

import "fadu/internal/web"

// The menu items that are lit.
const (
	NavPeople   = "/w/org/people"
	NavSubjects = "/w/org/subjects"
)

// FormView is any form of this slice: groups of fields, one button.
type FormView struct {
	Current      string
	Crumb        []web.Link
	Title, Meta  string
	Form         *web.Form
	Notices      []NoticeView
	Facts        []web.FactView
	Action       string
	Hidden       map[string]string
	Groups       []Group
	Button       string
	ButtonClass  string
	Back         web.Link
	Confirmation string
}

// NoticeView is a remark above a form or page. Kind is as in web.Notice.
type NoticeView struct{ Kind, Title, Text string }

// Group is some fields under a heading.
type Group struct {
	Legend, Hint string
	Fields       []Field
}

// Field is a field by its kind: text, area, date, select, seg, radio, checks, check, fixed.
type Field struct {
	Kind string
	View web.FieldView
}

// PeopleView is the list of people.
type PeopleView struct {
	Form                        *web.Form
	Units, Kinds, Holdings      []web.Option
	Tabs                        []web.TabView
	Chips                       []web.Link
	Summary                     string
	Rows                        []PersonRow
	Pager                       web.PagerView
	Empty                       web.EmptyView
	NewHref, ExportHref         string
	CertificatesHref, ImportRef string
	PracticeHref                string
	Keep                        map[string]string
	Ending                      []web.StatView
}

// PersonRow is a person in the list, with the standing today.
type PersonRow struct {
	Name, Href, StaffNumber, Kind, Unit, Post, Phone string
	Certificate                                      string
	State                                            web.TagView
	Until                                            web.DueView
	Note                                             string
}

// Act is a link to a form, greyed when Why says why not.
type Act struct{ Label, Href, Class, Why string }

// PersonView is one person.
type PersonView struct {
	Name, Meta  string
	Notices     []NoticeView
	Acts        []Act
	Facts       []web.FactView
	Cards       []CardView
	CardActs    []Act
	Postings    []PostingRow
	Absences    []SpanRow
	History     []web.LedgerView
	HistoryMore web.Link
	ExportDone  bool
}

// CardView is a certificate on its holder's page.
type CardView struct {
	Number, Href string
	State        web.TagView
	Facts        []web.FactView
	Reasons      []string
	Warnings     []string
}

// PostingRow is a posting in the timeline.
type PostingRow struct {
	From, Until, Unit, Post, Kind, Reason string
	Tags                                  []web.TagView
	Acts                                  []Act
}

// SpanRow is a span of days with its reason: an absence, a suspension, a validity, a check.
type SpanRow struct {
	From, Until, Reason, Note string
	Tag                       web.TagView
	Acts                      []Act
}

// CertificateView is one certificate.
type CertificateView struct {
	Number, Meta string
	Holder       web.Link
	Notices      []NoticeView
	Acts         []Act
	Facts        []web.FactView
	Validities   []SpanRow
	Suspensions  []SpanRow
	Checks       []SpanRow
	History      []web.LedgerView
}

// SubjectsView is the list of 执法主体.
type SubjectsView struct {
	Rows    []SubjectRow
	NewHref string
	Import  string
	Unbound []string
}

// SubjectRow is a 执法主体 in the list.
type SubjectRow struct {
	Name, Href, Basis, Prefix, ReviewOrgan, Court, Units string
	State                                                web.TagView
}

// SubjectView is one 执法主体.
type SubjectView struct {
	Name, Meta string
	Notices    []NoticeView
	Acts       []Act
	Facts      []web.FactView
	Bindings   []SpanRow
	History    []web.LedgerView
}
