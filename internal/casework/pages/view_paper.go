package pages

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// The places of papers, numbers and their check.
const (
	NavSeries = "/w/series"
	NavVerify = "/v/"
)

// PaperView is a paper's page: what it says as it is printed, and at its side what it still needs.
type PaperView struct {
	Title, Number string
	Crumb         []web.Link
	State         web.TagView
	Meta          string
	Notices       []NoteView
	Sheet         SheetView
	// PreviewHref, SignedHref and CaseHref are empty where there is nothing to show.
	PreviewHref, SignedHref, CaseHref string
	// Print is empty for who may not print; PrintLabel says whether it is the original or a copy.
	Print, PrintLabel, PrintNote string
	// Copy fetches the editable copy, SlipHref shows the slip of a receipt printer; empty where there is none.
	Copy, SlipHref string
	// Retry finishes a paper whose making was interrupted.
	Retry string
	// Elements are what the law wants the paper to say.
	Elements     []TickView
	ElementsTag  web.TagView
	ElementsCite law.Citations
	Signatures   []web.FileView
	Seal         []web.FactView
	SealAction   string
	Delivery     []web.FactView
	Related      []web.FileView
	Verify       []web.FactView
	// Sign takes a signature here; nil when it is another's turn.
	Sign *SignView
	// HandOver registers that the paper reached the party; nil when it is not due here.
	HandOver *HandOverView
	// Refresh reloads the page while the paper is made; seconds.
	Refresh int
}

// printClass leaves the main button to what the paper waits for.
func (v PaperView) printClass() string {
	if v.Sign != nil || v.HandOver != nil && v.HandOver.Why == "" {
		return ""
	}
	return "primary"
}

// TickView is an element with whether it is there; Small says how the paper puts it.
type TickView struct {
	Label, Small string
	Done         bool
}

func (t TickView) icon() string {
	if t.Done {
		return "#done"
	}
	return "#todo"
}

// HandOverView registers that a paper other than the decision reached the party.
type HandOverView struct {
	Action string
	Form   *web.Form
	Now    string
	Ways   []web.Option
	// Why greys the button.
	Why string
}

// SheetView is the paper itself.
type SheetView struct {
	// Form is the layout of pre-printed forms; else it is a letter.
	Form          bool
	Organ, Title  string
	Number, Mark  string
	Blocks        []SheetBlock
	Copies        string
	Code, Address string
	QR            QRView
}

func (s SheetView) class() string {
	if s.Form {
		return "paper form"
	}
	return "paper"
}

// QRView is a QR code as one path of dark modules.
type QRView struct {
	Side int
	Path string
}

func (q QRView) viewBox() string {
	side := strconv.Itoa(q.Side + 4)
	return "-2 -2 " + side + " " + side
}

// SheetBlock is a part of the paper: exactly one of Rows, Lines, Signers and Issue is filled.
type SheetBlock struct {
	Label   string
	Rows    [][]SheetField
	Lines   []string
	Strong  bool
	Signers []SheetSigner
	Issue   *SheetIssue
	// Columns and Cells are a table.
	Columns []string
	Cells   [][]string
}

// SheetField is a name and its value.
type SheetField struct{ Label, Value string }

// SheetSigner is a line to sign. Made says how it was signed; empty leaves the line blank.
type SheetSigner struct{ Role, Made, Tail, Note string }

// SheetIssue is the close of a paper.
type SheetIssue struct{ Organ, Date, Seal string }

// SeriesView is the page of number blocks.
type SeriesView struct {
	Meta    string
	Notices []NoteView
	Rows    []SeriesRow
	Form    *web.Form
	// Open shows the form that issues a block.
	Units, Kinds, Years []web.Option
	// Sample is a number as it is written now.
	Sample string
	// Year is the year that the form offers first.
	Year    string
	Refusal *web.RefusalView
	// Ask is the act on one block that a reason is asked for; nil when none is in hand.
	Ask *AskView
}

// SeriesRow is a block of numbers.
type SeriesRow struct {
	Prefix, Kind, Unit, Organ string
	Year                      int64
	Range, Next               string
	Used, Left                int64
	State                     web.TagView
	Note                      string
	// Voids are numbers that are void, each with its reason and its paper if it had one.
	Voids []web.FileView
	// VoidHref and CloseHref lead to the forms; empty when there is nothing to do.
	VoidHref, CloseHref string
}

// name tells the block from the others on its page.
func (r SeriesRow) name() string {
	return fmt.Sprintf("%s〔%d〕%s，%s", r.Prefix, r.Year, r.Range, r.Unit)
}

// AskView asks for a reason or a note before an act.
type AskView struct {
	ID, Title, Text, Action, Label, Submit, Class string
	Field, Back                                   string
	Version                                       int64
	Form                                          *web.Form
	Options                                       []web.Option
}

func (a AskView) version() string { return strconv.FormatInt(a.Version, 10) }

func seriesCols() []web.Col[SeriesRow] {
	return []web.Col[SeriesRow]{
		{Label: "编号字样", Cell: func(r SeriesRow) templ.Component {
			return web.Small(r.Prefix+"〔"+strconv.FormatInt(r.Year, 10)+"〕", r.Kind)
		}},
		{Label: "单位", Wide: true, NoLabel: true, Cell: func(r SeriesRow) templ.Component { return web.Small(r.Unit, r.Organ) }},
		{Label: "起止号", Cell: func(r SeriesRow) templ.Component { return web.Small(r.Range, r.Next) }},
		{Label: "已用", Num: true, Cell: func(r SeriesRow) templ.Component { return web.Count(r.Used) }},
		{Label: "空号、作废", Cell: func(r SeriesRow) templ.Component { return seriesVoids(r) }},
		{Label: "剩余", Num: true, Cell: func(r SeriesRow) templ.Component { return web.Count(r.Left) }},
		{Label: "状态", NoLabel: true, Cell: func(r SeriesRow) templ.Component { return web.Join(web.Tag(r.State), web.Small("", r.Note)) }},
		{Label: "办理", NoLabel: true, Cell: func(r SeriesRow) templ.Component { return seriesActs(r) }},
	}
}

func voidTitle(n int) string { return fmt.Sprintf("%d 处", n) }

// VerifyView is the public page that checks a paper.
type VerifyView struct {
	Page web.PublicPage
	Form *web.Form
	// Title answers; empty before anything was asked.
	Title string
	OK    bool
	Facts []web.FactView
	Hint  string
}

func tickWord(t TickView) string {
	if t.Done {
		return "已写明"
	}
	return "缺"
}
