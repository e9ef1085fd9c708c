package pages

import "fadu/internal/web"

// PreviewName is what the button sends that shows the papers of an act: 1 for the page, the key of a paper for its PDF.
const PreviewName = "_preview"

// PreviewView are the papers of an act before it is done.
type PreviewView struct {
	// Offered: the act issues papers, so that they can be shown. Shown: they are asked for.
	Offered, Shown bool
	Hint           string
	Papers         []PreviewPaper
	Free           []FreeView
}

// PreviewPaper is a paper as it would be issued.
type PreviewPaper struct {
	Key, Title string
	Missing    []string
	Sheet      SheetView
}

// FreeView is a text that may be worded anew; Was is how the case's records word it.
type FreeView struct {
	Field        web.FieldView
	WasName, Was string
}
