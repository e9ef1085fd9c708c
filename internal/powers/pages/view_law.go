package pages

import "fadu/internal/web"

// ParagraphView is one 款 with its 项; anchors are k1 and k1-x3.
type ParagraphView struct {
	Anchor, Text string
	Items        []PointView
}

// PointView is one 项, its 目 on lines of their own.
type PointView struct {
	Anchor string
	Lines  []string
}

// LawLineView is a division's heading or an article.
type LawLineView struct {
	// Level is 2 to 5 for a heading, 0 for an article.
	Level        int
	Anchor, Text string
	Number, Href string
	Paragraphs   []ParagraphView
}

// LawTextView is one version of a law with its text.
type LawTextView struct {
	ID, Title, Meta string
	Tags            []web.TagView
	Facts           []web.FactView
	Contents        []web.Link
	Lines           []LawLineView
	Versions        []VersionLine
	Affected        string
	AffectedHref    string
	NoText          string
	ImportHref      string
	Search          *web.Form
	// Change is the form that records an amendment or repeal; nil hides it.
	Change  *web.Form
	Kinds   []web.Option
	Version string
}

// ArticleView is one article.
type ArticleView struct {
	Title, Law, LawHref, Meta string
	Where                     string
	Line                      LawLineView
	Prev, Next                web.Link
	Versions                  []VersionLine
	Items                     []ItemRow
}

// HitView is an article found.
type HitView struct{ Law, Number, Href, Text, Span string }

// ArticleSearchView is the search in all articles.
type ArticleSearchView struct {
	Form *web.Form
	Hits []HitView
	Note string
}
