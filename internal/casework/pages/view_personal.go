package pages

import "fadu/internal/web"

// PersonalView asks for a reason before personal data is shown or exported in full. Its title names nobody.
type PersonalView struct {
	Title, Meta, Action, Button string
	Form                        *web.Form
	// Keep are conditions that go along.
	Keep map[string]string
	// Facts are what was asked for, shown in this answer only.
	Facts []web.FactView
	Back  web.Link
}
