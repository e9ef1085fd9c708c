package pages

import "fadu/internal/web"

// DiplomaRow is a certificate in a list.
type DiplomaRow struct {
	Number, Href, Name, Unit, Exam, Issued, Until string
	State                                         web.TagView
}

// DiplomasView lists certificates.
type DiplomasView struct {
	Rows   []DiplomaRow
	States []web.Option
	Export string
	// All reports whether the list is of others too.
	All   bool
	Pager web.PagerView
	Form  *web.Form
}

// DiplomaView is a certificate.
type DiplomaView struct {
	Title, PDF, Check, Exam string
	State                   web.TagView
	Facts                   []web.FactView
}

// CheckView is what anybody is told about a certificate.
type CheckView struct {
	Page        web.PublicPage
	Form        *web.Form
	Title, Hint string
	OK          bool
	Facts       []web.FactView
}
