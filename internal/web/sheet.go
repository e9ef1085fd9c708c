package web

import (
	"encoding/csv"
	"fmt"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fadu/internal/law"
)

// Sheet is a table to export. Rows are read once, as they are sent; a row's cells are string, int,
// int64, law.Money, law.Date, time.Time, bool, fmt.Stringer or nil.
type Sheet struct {
	Name   string
	Head   []string
	Widths []float64 // of columns, in characters; none: by the heading
	Rows   iter.Seq2[[]any, error]
	// Template marks an empty form to fill in and send back; it is not data and carries no demo mark.
	Template bool
}

// Rows makes a sheet's rows of a slice.
func Rows(rows [][]any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// neutral disarms text that a spreadsheet would run as a formula, also in its full-width spelling.
func neutral(s string) string {
	if s == "" {
		return s
	}
	r, _ := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("=+-@\t\r＝＋－＠", r) {
		return "'" + s
	}
	return s
}

// cellText prints a cell for CSV.
func cellText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return neutral(x)
	case int:
		return strconv.Itoa(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case law.Money:
		return x.String()
	case law.Date:
		return x.String()
	case time.Time:
		if x.IsZero() {
			return ""
		}
		return x.In(law.Zone).Format("2006-01-02 15:04")
	case bool:
		return yesNo(x)
	case fmt.Stringer:
		return neutral(x.String())
	}
	return neutral(fmt.Sprint(v))
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// CSV answers with the sheet as UTF-8 with a byte order mark, which Excel needs. A demo bureau's export
// has a last column that says so.
func CSV(w http.ResponseWriter, r *http.Request, name string, s Sheet) error {
	mark := ViewerFrom(r.Context()).Demo && !s.Template
	downloadHeaders(w, r, withExt(name, ".csv"), "text/csv; charset=utf-8")
	if _, err := w.Write([]byte("\ufeff")); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	write := func(cells []string, last string) error {
		if mark {
			cells = append(cells, last)
		}
		return out.Write(cells)
	}
	if err := write(append([]string(nil), s.Head...), DemoMark); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	for row, err := range s.Rows {
		if err == nil {
			cells := make([]string, len(row), len(row)+1)
			for i, v := range row {
				cells[i] = cellText(v)
			}
			err = write(cells, "演示")
		}
		if err != nil {
			return fmt.Errorf("export %s: %w", name, err)
		}
	}
	out.Flush()
	return out.Error()
}

// Excel answers with the sheet as .xlsx, streamed by rows into a temporary file of excelize. In a demo
// bureau the sheet's name and its printed head say so, which leaves the table itself as it is.
func Excel(w http.ResponseWriter, r *http.Request, name string, s Sheet) error {
	mark := ViewerFrom(r.Context()).Demo && !s.Template
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // removes temporary files only
	if err := fillBook(book, s, mark); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	downloadHeaders(w, r, withExt(name, ".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	if err := book.Write(w); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	return nil
}

func fillBook(book *excelize.File, s Sheet, mark bool) error {
	tab := sheetName(s.Name, mark)
	if err := book.SetSheetName("Sheet1", tab); err != nil {
		return err
	}
	if mark {
		if err := book.SetHeaderFooter(tab, &excelize.HeaderFooterOptions{OddHeader: "&C" + DemoMark}); err != nil {
			return err
		}
	}
	styles, err := newSheetStyles(book)
	if err != nil {
		return err
	}
	out, err := book.NewStreamWriter(tab)
	if err != nil {
		return err
	}
	head := make([]any, len(s.Head))
	for i, h := range s.Head {
		width := float64(utf8.RuneCountInString(h)*2 + 4)
		if i < len(s.Widths) {
			width = s.Widths[i]
		}
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: styles.head, Value: h}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	line := 1
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		line++
		cells := make([]any, len(row))
		for i, v := range row {
			cells[i] = styles.cell(v)
		}
		if err := out.SetRow("A"+strconv.Itoa(line), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

// sheetStyles are the formats of a book, by number.
type sheetStyles struct{ head, date, money, instant int }

func newSheetStyles(book *excelize.File) (s sheetStyles, err error) {
	day, instant, money := "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00"
	for _, x := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&s.head, &excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF1F5"}}, Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&s.date, &excelize.Style{CustomNumFmt: &day}},
		{&s.instant, &excelize.Style{CustomNumFmt: &instant}},
		{&s.money, &excelize.Style{CustomNumFmt: &money}},
	} {
		if *x.id, err = book.NewStyle(x.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// cell types a value. Money is a spreadsheet number, which is the only place where an amount becomes a
// floating one: the format shows its two decimals, and nobody calculates law with it.
func (s sheetStyles) cell(v any) any {
	switch x := v.(type) {
	case nil:
		return nil
	case int, int64:
		return x
	case law.Money:
		return excelize.Cell{StyleID: s.money, Value: float64(x) / 100}
	case law.Date:
		if x.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: s.date, Value: time.Date(x.Year(), x.Month(), x.Day(), 0, 0, 0, 0, time.UTC)}
	case time.Time:
		if x.IsZero() {
			return nil
		}
		x = x.In(law.Zone)
		return excelize.Cell{StyleID: s.instant, Value: time.Date(x.Year(), x.Month(), x.Day(), x.Hour(), x.Minute(), 0, 0, time.UTC)}
	}
	return cellText(v)
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

func withExt(name, ext string) string {
	if strings.HasSuffix(strings.ToLower(name), ext) {
		return name
	}
	return name + ext
}
