package web

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"fadu/internal/law"
	"fadu/internal/planted"
)

// Sheet is a table to export, the one way in which lists leave as files. Rows are read once, as they are
// sent, and no row is held after it was sent, so that a long list takes no more memory than a short one;
// reading stops when the reader goes away. A row's cells are string, int, int64, law.Money, law.Date,
// time.Time, bool, fmt.Stringer or nil.
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

// errGone tells who hands out rows that nobody takes any more.
var errGone = errors.New("the reader went away")

// Lines makes a sheet's rows of what each hands out one by one; what fails there fails the sheet.
func Lines[R any](each func(func(R) error) error, cells func(R) []any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		err := each(func(r R) error {
			if !yield(cells(r), nil) {
				return errGone
			}
			return nil
		})
		if err != nil && !errors.Is(err, errGone) {
			yield(nil, err)
		}
	}
}

// neutral disarms text that a spreadsheet would run as a formula, also in its full-width spelling.
func neutral(s string) string {
	if s == "" || planted.Is(planted.FormulaLet) {
		return s
	}
	r, _ := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
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
	return stream(w, r, withExt(name, ".csv"), "text/csv; charset=utf-8", s, func(w io.Writer, rows iter.Seq2[[]any, error], begun func() error) error {
		return writeCSV(w, s.Head, rows, mark, begun)
	})
}

func writeCSV(w io.Writer, head []string, rows iter.Seq2[[]any, error], mark bool, begun func() error) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	write := func(cells []string, last string) error {
		if mark {
			cells = append(cells, last)
		}
		return out.Write(cells)
	}
	if err := write(append([]string(nil), head...), DemoMark); err != nil {
		return err
	}
	if out.Flush(); out.Error() != nil {
		return out.Error()
	}
	if err := begun(); err != nil {
		return err
	}
	for row, err := range rows {
		if err == nil {
			cells := make([]string, len(row), len(row)+1)
			for i, v := range row {
				cells[i] = cellText(v)
			}
			err = write(cells, "演示")
		}
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Excel answers with the sheet as .xlsx, row by row (see writeBook). In a demo bureau the sheet's name
// and its printed head say so, which leaves the table itself as it is.
func Excel(w http.ResponseWriter, r *http.Request, name string, s Sheet) error {
	mark := ViewerFrom(r.Context()).Demo && !s.Template
	return stream(w, r, withExt(name, ".xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", s, func(w io.Writer, rows iter.Seq2[[]any, error], begun func() error) error {
		return writeBook(w, s, rows, mark, sheetRows, begun)
	})
}

// stream sends a sheet while it is read. What fails before the first row is told on a page; what fails
// later cuts the connection, so that the browser calls the download failed: the status is sent, and a
// short list must not look like a whole one.
func stream(w http.ResponseWriter, r *http.Request, name, contentType string, s Sheet,
	write func(w io.Writer, rows iter.Seq2[[]any, error], begun func() error) error,
) error {
	next, stop := iter.Pull2(s.Rows)
	defer stop()
	first, err, more := next()
	if err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	ctx := r.Context()
	rows := func(yield func([]any, error) bool) {
		for row, err := first, error(nil); more; row, err, more = next() {
			if err == nil {
				err = ctx.Err()
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
	downloadHeaders(w, r, name, contentType)
	if r.Method == http.MethodHead {
		return nil
	}
	begun := func() error { // the first bytes leave at once, before the list is read
		if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) {
			return err
		}
		return nil
	}
	if err := write(w, rows, begun); err != nil {
		if !errors.Is(err, context.Canceled) && ctx.Err() == nil {
			slog.ErrorContext(ctx, "export cut", "ref", RequestID(ctx), "name", name, "err", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

func withExt(name, ext string) string {
	if strings.HasSuffix(strings.ToLower(name), ext) {
		return name
	}
	return name + ext
}
