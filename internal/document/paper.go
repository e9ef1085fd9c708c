package document

import "fadu/internal/law"

// Layout is how a paper is set.
type Layout string

// The layouts.
const (
	Letter Layout = "letter" // 公文式: running text, 22 lines of 28 characters in 三号
	Form   Layout = "form"   // 表格式: bordered cells in 小四, as pre-printed and pre-numbered papers are
)

// Header is how the issuing authority stands above the title.
type Header string

// The headers.
const (
	RedHeader   Header = "red"   // red name over a red rule; number centred under the title
	BlackHeader Header = "black" // black name; number at the right under the title
)

// Paper is everything that is printed on one paper. Blocks come in their order of reading.
type Paper struct {
	Layout Layout
	Header Header
	Organ  string // the 执法主体 in whose name it is issued
	Title  string
	Number string // 文号; empty for papers without one
	Blocks []Block
	Copies string // 一式两份…, at the end of the last page
	Verify Verify
	// Demo prints 演示数据 不作依据 over every page.
	Demo bool
	// Void is the reason for which the number was voided; not empty, it prints 作废 over every page.
	Void string
	// Mark is boxed in the upper right corner of every page: 副本, 存根, 第二联 交当事人.
	Mark string
	// PageSign is who signs at the foot of every page but the last: 被询问人（逐页签名）.
	PageSign string
	// Plain is a paper that is not issued (an exam's questions): its Word document is no copy of anything.
	Plain bool
	// HandFill lets characters that no font has be left as boxes to fill by hand.
	HandFill bool
}

// Verify is how anyone can check the paper: a URL for the QR code and the code to type. Zero prints neither.
type Verify struct {
	URL  string
	Code string // as stored; printed in groups of four
}

// Block is a part of a paper: Fields, Paragraph, Table, Signatures, Issue, Receipt or Photos.
type Block interface {
	// texts yields every text of the block with the name of its place.
	texts(yield func(place, text string))
	// rows sets the block in the given measure.
	rows(s *setter, m measure) []row
}

// Field is a name and its value. An empty value is left blank to fill by hand. Weight is the value's
// share of its row in a form (0 counts as 1), so that a pre-printed form always looks the same.
type Field struct {
	Label, Value string
	Weight       int
}

// Fields are rows of fields: in a letter 标签：值 flush left, one row a line; in a form bordered cells.
// Label is the form's vertical cell at the left (当事人).
type Fields struct {
	Label string
	Rows  [][]Field
}

// Style is how a paragraph is set.
type Style string

// The styles.
const (
	Body    Style = ""        // first line indented by two characters, justified
	Flush   Style = "flush"   // not indented: 当事人：…
	Strong  Style = "strong"  // bold, indented: what was decided
	Centred Style = "centred" // each line centred
	Small   Style = "small"   // smaller, not indented: notes, 注意事项
)

// Paragraph is running text; every line of Text is a paragraph of its own. Label is the label cell in a
// form (违法事实); a letter does not print it.
type Paragraph struct {
	Label string
	Text  string
	Style Style
}

// Align is the place of a text in its cell.
type Align string

// The alignments.
const (
	Left   Align = ""
	Center Align = "center"
	Right  Align = "right"
)

// Column is a column of a table; Weight is its share of the width (0 counts as 1).
type Column struct {
	Title  string
	Weight int
	Align  Align
}

// Table is a grid; its heading is repeated on every page. Each row has one text per column.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]string
}

// Signer is a line to sign. Image is a PNG or JPEG of the signature drawn on a phone; without it the
// line is signed by hand, or bears Written (拒绝签名). Note stands below: why a signature is missing.
type Signer struct {
	Role        string // 当事人（签名或盖章）
	Name        string // printed name, where the paper needs one
	Certificate string // number of the enforcement certificate
	Image       []byte
	Written     string
	Note        string
	Date        law.Date // printed after the line; see Dated
	Dated       bool     // print the date, or a blank for it when Date is zero
}

// Signatures are the lines to sign, one below the other.
type Signatures struct {
	Label   string
	Signers []Signer
}

// Issue is the close of a paper: authority, date and the place of the seal over both. The seal itself is
// never printed; it is stamped after approval (用印).
type Issue struct {
	Organ string
	Date  law.Date // zero leaves 年 月 日 to fill by hand
	Seal  bool     // the paper is sealed: mark the place as 印章位置 待用印
}

// Receipt is the box in which the receiver signs (签收), or an opinion with its signature (审批意见).
type Receipt struct {
	Label  string
	Text   string
	Signer Signer
	// Opinion: the box is part of the body and not of the close.
	Opinion bool
}

// Photo is a picture with its caption: what it shows, and where, when and by whom it was taken.
type Photo struct {
	Image              []byte // JPEG or PNG
	Shows, Place, Time string
	By                 string
}

// Photos are set on pages of their own, two a page.
type Photos struct {
	Title string
	Items []Photo
}
