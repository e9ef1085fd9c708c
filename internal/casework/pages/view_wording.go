package pages

import (
	"fadu/internal/web"

	"github.com/a-h/templ"
)

// NavWording is the place of the bureau's wording.
const NavWording = "/w/wording"

// WordingView is the page of how the bureau writes numbers and titles.
type WordingView struct {
	Form *web.Form
	// Now says how papers are made today.
	Now []web.FactView
	// Forms are the two forms of a number, each as an example; Ordinal is the one in use.
	Forms   []web.Option
	Ordinal string
	Today   string
	Titles  []TitleRow
	Past    []WordingRow
}

// TitleRow is the title of one kind of paper.
type TitleRow struct{ Name, Label, Title string }

// WordingRow is one version of the wording.
type WordingRow struct{ Since, Number, Titles, Document, Made string }

func wordingCols() []web.Col[WordingRow] {
	text := func(label string, f func(WordingRow) string) web.Col[WordingRow] {
		return web.Col[WordingRow]{Label: label, Wide: true, Cell: func(r WordingRow) templ.Component { return web.Small(f(r), "") }}
	}
	return []web.Col[WordingRow]{
		{Label: "起用", NoWrap: true, Cell: func(r WordingRow) templ.Component { return web.Small(r.Since, "登记 "+r.Made) }},
		text("文号", func(r WordingRow) string { return r.Number }),
		text("另定的名称", func(r WordingRow) string { return r.Titles }),
		text("依据", func(r WordingRow) string { return r.Document }),
	}
}
