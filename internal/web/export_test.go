package web_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"fadu/internal/law"
	"fadu/internal/web"
)

func unzip(t *testing.T, r io.Reader) string {
	t.Helper()
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var exportRows = [][]any{
	{"演城管罚字〔2026〕第37号", "=HYPERLINK(\"http://x\")", law.MustMoney("52000.5"), law.MustDate("2026-05-13"), true, int64(3), nil},
	{"+86 000", "＝1+1", law.Money(0), law.Date{}, false, 0, time.Date(2026, 5, 13, 1, 30, 0, 0, time.UTC)},
}

var exportHead = []string{"文号", "当事人", "罚款", "日期", "已缴", "件数", "时间"}

func TestCSV(t *testing.T) {
	for _, demo := range []bool{false, true} {
		r := httptest.NewRequest("GET", "/x", nil)
		r = r.WithContext(web.WithViewer(r.Context(), web.Viewer{Name: "赵某某", Demo: demo}))
		w := httptest.NewRecorder()
		if err := web.CSV(w, r, "案件 2026", web.Sheet{Head: exportHead, Rows: web.Rows(exportRows)}); err != nil {
			t.Fatal(err)
		}
		body, ok := strings.CutPrefix(w.Body.String(), "\ufeff")
		if !ok {
			t.Error("no byte order mark: Excel would show nonsense")
		}
		got, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{
			exportHead,
			{"演城管罚字〔2026〕第37号", "'=HYPERLINK(\"http://x\")", "52000.5", "2026-05-13", "是", "3", ""},
			{"'+86 000", "'＝1+1", "0", "", "否", "0", "2026-05-13 09:30"},
		}
		name := "%E6%A1%88%E4%BB%B6%202026.csv"
		if demo {
			want = [][]string{append(append([]string(nil), exportHead...), web.DemoMark), append(want[1], "演示"), append(want[2], "演示")}
			name = "%E6%BC%94%E7%A4%BA-" + name
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if cd := w.Header().Get("Content-Disposition"); !strings.HasSuffix(cd, "filename*=UTF-8''"+name) {
			t.Errorf("%s", cd)
		}
	}
}

func TestExcel(t *testing.T) {
	r := httptest.NewRequest("GET", "/x", nil)
	r = r.WithContext(web.WithViewer(r.Context(), web.Viewer{Name: "赵某某", Demo: true}))
	w := httptest.NewRecorder()
	if err := web.Excel(w, r, "案件.xlsx", web.Sheet{Name: "案件[2026]", Head: exportHead, Rows: web.Rows(exportRows)}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	tab := book.GetSheetName(0)
	if tab != "演示数据不作依据·案件-2026-" {
		t.Errorf("sheet %q", tab)
	}
	got, err := book.GetRows(tab)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		exportHead,
		{"演城管罚字〔2026〕第37号", "'=HYPERLINK(\"http://x\")", "52,000.50", "2026-05-13", "是", "3"},
		{"'+86 000", "'＝1+1", "0.00", "", "否", "0", "2026-05-13 09:30"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset} {
		if kind, err := book.GetCellType(tab, cell); err != nil || kind != want {
			t.Errorf("%s is of type %v, %v", cell, kind, err)
		}
	}
	if f, err := book.GetCellFormula(tab, "B2"); err != nil || f != "" {
		t.Errorf("a formula came through: %q %v", f, err)
	}
}

// aborted calls an export and reports its error and whether it cut the connection.
func aborted(f func() error) (err error, cut bool) {
	defer func() {
		if v := recover(); v != nil {
			cut = v == http.ErrAbortHandler
		}
	}()
	return f(), false
}

// A list that breaks off is an error page before the first row and a cut connection after it, not a
// short file that looks whole.
func TestExportBreaksOff(t *testing.T) {
	lost := errors.New("connection lost")
	for name, c := range map[string]struct {
		good int
		page bool
	}{"读第一行就失败": {0, true}, "读到一半失败": {3, false}} {
		broken := func(yield func([]any, error) bool) {
			for range c.good {
				if !yield([]any{"一"}, nil) {
					return
				}
			}
			yield(nil, lost)
		}
		for kind, export := range map[string]func(http.ResponseWriter, *http.Request, string, web.Sheet) error{"Excel": web.Excel, "CSV": web.CSV} {
			w := httptest.NewRecorder()
			err, cut := aborted(func() error {
				return export(w, httptest.NewRequest("GET", "/x", nil), "x", web.Sheet{Head: []string{"a"}, Rows: broken})
			})
			if c.page && (!errors.Is(err, lost) || w.Body.Len() > 0 || w.Header().Get("Content-Disposition") != "") {
				t.Errorf("%s %s: %v, %d bytes sent", name, kind, err, w.Body.Len())
			}
			if !c.page && !cut {
				t.Errorf("%s %s: the connection was not cut (%v)", name, kind, err)
			}
			if _, err := excelize.OpenReader(w.Body); err == nil {
				t.Errorf("%s %s: what was sent opens as a whole book", name, kind)
			}
		}
	}
}

func TestDownloadName(t *testing.T) {
	r := httptest.NewRequest("GET", "/x", nil)
	w := httptest.NewRecorder()
	if err := web.Download(w, r, "决定书\"186\"\r\nX: y.pdf", "application/pdf", []byte("%PDF")); err != nil {
		t.Fatal(err)
	}
	want := `attachment; filename="___-186---X- y.pdf"; filename*=UTF-8''%E5%86%B3%E5%AE%9A%E4%B9%A6-186---X-%20y.pdf`
	if got := w.Header().Get("Content-Disposition"); got != want {
		t.Errorf("%s", got)
	}
}
