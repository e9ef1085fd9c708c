package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
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
// small parts first, the rows as they come, each in the file's last part. What is read (imports) goes
// through excelize.

// sheetRows is what an Excel sheet holds, with its heading; cellUnits what a cell holds, in UTF-16 units.
const (
	sheetRows = 1 << 20
	cellUnits = 32767
)

var errSheetFull = errors.New("超出一张 Excel 工作表的行数，请缩小范围分次导出")

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

// bookParts are the parts before the rows, in their order.
func bookParts(tab string, columns int) [][2]string {
	quoted := "'" + tab + "'"
	last := columnName(max(columns, 1))
	return [][2]string{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="` + escaped(tab) + `" sheetId="1" r:id="rId1"/></sheets>` +
			// the heading is repeated on every printed page
			`<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">` + escaped(quoted) + `!$A$1:$` + last + `$1</definedName></definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", bookStyles},
	}
}

// writeBook writes the sheet: heading frozen and filtered, columns as wide as asked, A4 across with as
// many pages as the rows need. begun is called when the first bytes can leave.
func writeBook(w io.Writer, s Sheet, rows iter.Seq2[[]any, error], mark bool, begun func() error) error {
	book := zip.NewWriter(w)
	book.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, p := range bookParts(sheetName(s.Name, mark), len(s.Head)) {
		part, err := book.Create(p[0])
		if err == nil {
			_, err = io.WriteString(part, p[1])
		}
		if err != nil {
			return err
		}
	}
	part, err := book.Create("xl/worksheets/sheet1.xml")
	if err == nil {
		err = book.Flush()
	}
	if err == nil {
		err = begun()
	}
	if err != nil {
		return err
	}
	if err := writeSheet(part, s, rows, mark); err != nil {
		return err
	}
	return book.Close()
}

// blockBytes is how much of a sheet gathers before it is sent on.
const blockBytes = 1 << 15

func writeSheet(part io.Writer, s Sheet, rows iter.Seq2[[]any, error], mark bool) error {
	out := new(bytes.Buffer)
	out.WriteString(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(s.Head) > 0 {
		out.WriteString("<cols>")
		for i, h := range s.Head {
			width := float64(utf8.RuneCountInString(h)*2 + 4)
			if i < len(s.Widths) {
				width = s.Widths[i]
			}
			fmt.Fprintf(out, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
		}
		out.WriteString("</cols>")
	}
	out.WriteString(`<sheetData><row r="1">`)
	for i, h := range s.Head {
		inline(out, columnName(i+1)+"1", styleHead, h)
	}
	out.WriteString("</row>")
	line := 1
	for row, err := range rows {
		if err == nil && line == sheetRows {
			err = errSheetFull
		}
		if err != nil {
			return err
		}
		line++
		at := strconv.Itoa(line)
		out.WriteString(`<row r="` + at + `">`)
		for i, v := range row {
			writeCell(out, columnName(i+1)+at, v)
		}
		out.WriteString("</row>")
		if out.Len() >= blockBytes {
			if _, err := out.WriteTo(part); err != nil {
				return err
			}
		}
	}
	out.WriteString("</sheetData>")
	if n := len(s.Head); n > 0 {
		fmt.Fprintf(out, `<autoFilter ref="A1:%s%d"/>`, columnName(n), line)
	}
	out.WriteString(`<pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter>`)
	if mark {
		out.WriteString("<oddHeader>&amp;C" + DemoMark + "</oddHeader>")
	}
	out.WriteString("<oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>")
	_, err := out.WriteTo(part)
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

// sheetName fits Excel's rules: at most 31 characters and none of []:*?/\.
func sheetName(name string, mark bool) string {
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
	if rs := []rune(name); len(rs) > 31 {
		name = string(rs[:31])
	}
	return name
}
