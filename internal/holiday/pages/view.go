// Package pages are the pages of the calendar of working days.
package pages

import (
	"fadu/internal/law"
	"fadu/internal/web"
)

// Nav is the menu item that is lit.
const Nav = "/w/calendar"

// YearsView lists the years loaded, the newest first. Missing names the year that is lacking.
type YearsView struct {
	Years   []YearRow
	Missing string
	Faults  []string
	Import  string
}

// YearRow is a year with the notices that it rests on and its days off, days worked instead and workdays.
type YearRow struct {
	Year, Href            string
	Sources               []string
	Off, Worked, Workdays int64
	Origin                web.TagView
}

// YearView is a year as twelve sheets, with what the bureau loaded for it.
type YearView struct {
	Title    string
	Sources  []string
	Months   []Month
	Loadings []Loading
}

// Loading is one published notice with the terms that it moved.
type Loading struct {
	Title, Who, Href string
	Moves            []MoveRow
	More             bool
}

// MoveRow is a term that moved.
type MoveRow struct {
	Record, Href, Term string
	Was, Due           law.Date
}

// PreviewView is what a draft would make of the years that it touches. Bad rows are left out.
type PreviewView struct {
	Back  string
	Bad   int
	Years []PreviewYear
}

// PreviewYear is one of them.
type PreviewYear struct {
	Title  string
	Months []Month
}

// Month is a sheet; a Week begins on Monday.
type Month struct {
	Title string
	Weeks []Week
}

// Week is a row of a sheet.
type Week [7]Day

// Day is a day of the month; no Number, none of this month. Changed marks what a draft says.
type Day struct {
	Number, Name                string
	Off, Holiday, Work, Changed bool
}
