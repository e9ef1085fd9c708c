package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"fadu/internal/law"
)

// A book is written here and not by excelize, which keeps a sheet back until its last row is known: the
// rows as they come, then the small parts that name the sheets. What is read (imports) goes through excelize.

// sheetRows is what an Excel sheet holds, with its heading; cellUnits what a cell holds, in UTF-16 units.
const (
	sheetRows = 1 << 20
	cellUnits = 32767
)

// The formats of a book, by their place in bookStyles.
const (
	styleHead    = 1
	styleDate    = 2
	styleInstant = 3
	styleMoney   = 4
	styleText    = 5
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const bookStyles = xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
	`<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/><numFmt numFmtId="166" formatCode="#,##0.00"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF1F5"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

// bookParts are the parts that name the sheets; the heading of each is repeated on every printed page.
func bookParts(tabs []string, columns int) [][2]string {
	last := columnName(max(columns, 1))
	var types, sheets, titles, links strings.Builder
	for i, tab := range tabs {
		n := i + 1
		fmt.Fprintf(&types, `<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, sheetPart(n))
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(tab), n, n)
		fmt.Fprintf(&titles, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$A$1:$%s$1</definedName>`, i, escaped("'"+tab+"'"), last)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
	}
	return [][2]string{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + sheets.String() + `</sheets><definedNames>` + titles.String() + `</definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links.String() + fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`, len(tabs)+1)},
	}
}

func sheetPart(n int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", n) }

// writeBook writes the rows to as many sheets of at most limit rows, headings counted, as they need: heading frozen and
// filtered, columns as wide as asked, A4 across with as many pages as the rows need. begun is called when the first bytes can
// leave.
func writeBook(w io.Writer, s Sheet, rows iter.Seq2[[]any, error], mark bool, limit int, begun func() error) error {
	b := book{zip: zip.NewWriter(w), Sheet: s, mark: mark}
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	err := b.add("xl/styles.xml", bookStyles)
	if err == nil {
		err = b.begin()
	}
	if err == nil {
		err = b.zip.Flush()
	}
	if err == nil {
		err = begun()
	}
	if err != nil {
		return err
	}
	for row, err := range rows {
		if err == nil && b.line == limit {
			if err = b.end(); err == nil {
				err = b.begin()
			}
		}
		if err == nil {
			err = b.row(row)
		}
		if err != nil {
			return err
		}
	}
	if err := b.end(); err != nil {
		return err
	}
	for _, p := range bookParts(b.tabs, len(s.Head)) {
		if err := b.add(p[0], p[1]); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// blockBytes is how much of a sheet gathers before it is sent on.
const blockBytes = 1 << 15

// book is a file being written; line is the last line of the sheet in hand.
type book struct {
	Sheet
	zip  *zip.Writer
	mark bool
	tabs []string
	part io.Writer
	out  bytes.Buffer
	line int
}

func (b *book) add(name, text string) error {
	part, err := b.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	return err
}

// begin opens the next sheet and writes its heading.
func (b *book) begin() (err error) {
	n := len(b.tabs) + 1
	b.tabs = append(b.tabs, sheetName(b.Name, b.mark, n))
	if b.part, err = b.zip.Create(sheetPart(n)); err != nil {
		return err
	}
	out := &b.out
	out.WriteString(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(b.Head) > 0 {
		out.WriteString("<cols>")
		for i, h := range b.Head {
			width := float64(utf8.RuneCountInString(h)*2 + 4)
			if i < len(b.Widths) {
				width = b.Widths[i]
			}
			fmt.Fprintf(out, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
		}
		out.WriteString("</cols>")
	}
	out.WriteString(`<sheetData><row r="1">`)
	for i, h := range b.Head {
		inline(out, columnName(i+1)+"1", styleHead, h)
	}
	out.WriteString("</row>")
	b.line = 1
	return nil
}

func (b *book) row(row []any) error {
	b.line++
	at := strconv.Itoa(b.line)
	b.out.WriteString(`<row r="` + at + `">`)
	for i, v := range row {
		writeCell(&b.out, columnName(i+1)+at, v)
	}
	b.out.WriteString("</row>")
	if b.out.Len() < blockBytes {
		return nil
	}
	_, err := b.out.WriteTo(b.part)
	return err
}

// end closes the sheet in hand.
func (b *book) end() error {
	out := &b.out
	out.WriteString("</sheetData>")
	if n := len(b.Head); n > 0 {
		fmt.Fprintf(out, `<autoFilter ref="A1:%s%d"/>`, columnName(n), b.line)
	}
	out.WriteString(`<pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter>`)
	if b.mark {
		out.WriteString("<oddHeader>&amp;C" + DemoMark + "</oddHeader>")
	}
	out.WriteString("<oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>")
	_, err := out.WriteTo(b.part)
	return err
}

// writeCell types a value. Text is written in the sheet as text, never as a formula, in the format of
// text, so that long digits keep all their digits when the cell is edited.
func writeCell(out *bytes.Buffer, at string, v any) {
	switch x := v.(type) {
	case nil:
	case int:
		integer(out, at, int64(x))
	case int64:
		integer(out, at, x)
	case law.Money:
		sign, n := "", int64(x)
		if n < 0 {
			sign, n = "-", -n
		}
		number(out, at, styleMoney, fmt.Sprintf("%s%d.%02d", sign, n/100, n%100))
	case law.Date:
		if !x.IsZero() {
			number(out, at, styleDate, strconv.FormatInt(serial(time.Date(x.Year(), x.Month(), x.Day(), 0, 0, 0, 0, time.UTC)), 10))
		}
	case time.Time:
		if !x.IsZero() {
			x = x.In(law.Zone)
			day := serial(time.Date(x.Year(), x.Month(), x.Day(), 0, 0, 0, 0, time.UTC))
			minutes := x.Hour()*60 + x.Minute()
			number(out, at, styleInstant, strconv.FormatFloat(float64(day)+float64(minutes)/1440, 'f', -1, 64))
		}
	default:
		inline(out, at, styleText, cellText(v))
	}
}

// integer writes a number; a spreadsheet keeps 15 digits of one, so that a longer one becomes text.
func integer(out *bytes.Buffer, at string, n int64) {
	const most = 999_999_999_999_999
	if n > most || n < -most {
		inline(out, at, styleText, strconv.FormatInt(n, 10))
		return
	}
	number(out, at, 0, strconv.FormatInt(n, 10))
}

func number(out *bytes.Buffer, at string, style int, text string) {
	fmt.Fprintf(out, `<c r="%s" s="%d"><v>%s</v></c>`, at, style, text)
}

func inline(out *bytes.Buffer, at string, style int, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(out, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">`, at, style)
	_ = xml.EscapeText(out, []byte(cellSized(text))) // a Buffer does not fail
	out.WriteString("</t></is></c>")
}

// cellSized cuts a text that a cell cannot hold, and says so in it.
func cellSized(text string) string {
	if len(text) <= cellUnits || len(utf16.Encode([]rune(text))) <= cellUnits {
		return text
	}
	const note = "……（超出单元格长度，其余见系统）"
	units := utf16.Encode([]rune(text))[:cellUnits-utf8.RuneCountInString(note)]
	if utf16.IsSurrogate(rune(units[len(units)-1])) {
		units = units[:len(units)-1]
	}
	return string(utf16.Decode(units)) + note
}

// serial is a spreadsheet's number of a day.
func serial(day time.Time) int64 {
	return int64(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

// columnName is A, B, …, Z, AA, …
func columnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// sheetName fits Excel's rules, for the n-th sheet: at most 31 characters and none of []:*?/\.
func sheetName(name string, mark bool, n int) string {
	if name == "" {
		name = "表"
	}
	if mark {
		name = "演示数据不作依据·" + name
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, name)
	tail := ""
	if n > 1 {
		tail = fmt.Sprintf("（%d）", n)
	}
	if rs, most := []rune(name), 31-utf8.RuneCountInString(tail); len(rs) > most {
		name = string(rs[:most])
	}
	return name + tail
}
