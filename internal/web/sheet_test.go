package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fadu/internal/law"
	"fadu/internal/web"
)

// longSheet is a list of n cases that is made while it is read; read counts its rows.
func longSheet(n int, read *int, wait func(i int)) web.Sheet {
	return web.Sheet{Name: "案件", Head: []string{"文号", "当事人", "证件号码", "罚款", "发现时间", "地点"}, Widths: []float64{28, 20, 24, 12, 18, 30}, Rows: func(yield func([]any, error) bool) {
		for i := range n {
			if wait != nil {
				wait(i)
			}
			*read++
			row := []any{
				fmt.Sprintf("演城管当罚字〔2026〕第%d号", i+1), "演示当事人", fmt.Sprintf("9901011988%08d", i), law.Yuan(int64(i%200 + 1)),
				time.Date(2026, 5, 1, 0, i%1440, 0, 0, law.Zone), "演示区青石路小学门前人行道",
			}
			if !yield(row, nil) {
				return
			}
		}
	}}
}

// counter is a reader that keeps only the size of what it got, and sees how much memory stands behind it.
type counter struct {
	http.ResponseWriter
	sent  int64
	most  uint64
	calls int
}

func (c *counter) Write(b []byte) (int, error) {
	c.sent += int64(len(b))
	if c.calls++; c.calls%32 == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		c.most = max(c.most, m.HeapAlloc)
	}
	return len(b), nil
}

func TestExcel十万行内存不随行数增长(t *testing.T) {
	const rows = 100_000
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	c := &counter{ResponseWriter: httptest.NewRecorder()}
	read := 0
	if err := web.Excel(c, httptest.NewRequest("GET", "/x", nil), "案件", longSheet(rows, &read, nil)); err != nil {
		t.Fatal(err)
	}
	if read != rows || c.sent < 1<<20 || c.calls < 64 {
		t.Errorf("%d rows read, %d bytes in %d writes", read, c.sent, c.calls)
	}
	const most = 24 << 20 // the rows' text alone is over 60 MB
	if c.most > before.HeapAlloc+most {
		t.Errorf("the heap grew from %d to %d bytes", before.HeapAlloc, c.most)
	}
	t.Logf("%d bytes sent, heap %d → at most %d", c.sent, before.HeapAlloc, c.most)
}

func TestExcel十万行一行不少(t *testing.T) {
	const rows = 100_000
	w := httptest.NewRecorder()
	read := 0
	if err := web.Excel(w, httptest.NewRequest("GET", "/x", nil), "案件", longSheet(rows, &read, nil)); err != nil {
		t.Fatal(err)
	}
	sheet := zipPart(t, w.Body.Bytes(), "xl/worksheets/sheet1.xml")
	var all struct {
		Rows []struct {
			Line  int `xml:"r,attr"`
			Cells []struct {
				At    string `xml:"r,attr"`
				Text  string `xml:"is>t"`
				Value string `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
		Filter struct {
			Ref string `xml:"ref,attr"`
		} `xml:"autoFilter"`
	}
	if err := xml.Unmarshal([]byte(sheet), &all); err != nil {
		t.Fatal(err)
	}
	if len(all.Rows) != rows+1 || all.Filter.Ref != "A1:F100001" {
		t.Fatalf("%d lines, filter %q", len(all.Rows), all.Filter.Ref)
	}
	for i, r := range all.Rows[1:] {
		if want := fmt.Sprintf("演城管当罚字〔2026〕第%d号", i+1); r.Line != i+2 || len(r.Cells) != 6 || r.Cells[0].Text != want || r.Cells[2].Text != fmt.Sprintf("9901011988%08d", i) || r.Cells[3].Value != fmt.Sprintf("%d.00", i%200+1) {
			t.Fatalf("line %d: %+v", i+2, r)
		}
	}
}

// The first bytes arrive while the list is still being read.
func TestExcel边读边发(t *testing.T) {
	for kind, export := range map[string]func(http.ResponseWriter, *http.Request, string, web.Sheet) error{"Excel": web.Excel, "CSV": web.CSV} {
		arrived := make(chan struct{})
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			read := 0
			if err := export(w, r, "案件", longSheet(10, &read, func(i int) {
				if i == 1 {
					<-arrived // the second row waits until the reader has something in hand
				}
			})); err != nil {
				t.Error(err)
			}
		}))
		res, err := http.Get(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 2)
		if _, err := io.ReadFull(res.Body, first); err != nil {
			t.Fatal(err)
		}
		close(arrived)
		rest, err := io.ReadAll(res.Body)
		if err != nil || len(rest) == 0 {
			t.Errorf("%s: %d bytes after the first, %v", kind, len(rest), err)
		}
		res.Body.Close()
		srv.Close()
	}
}

// Who cancels a download stops the reading of the list, too.
func TestExcel取消下载即停(t *testing.T) {
	const rows = 5_000_000
	read, ended := 0, make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		_ = web.Excel(w, r, "案件", longSheet(rows, &read, nil))
	}))
	defer srv.Close()
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.ReadFull(res.Body, make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("the export went on")
	}
	if read >= 1<<20-1 { // it would end there by itself, with the sheet full
		t.Errorf("%d rows were read for a reader who had gone", read)
	}
}

func TestExcel公式与长数字都是文本(t *testing.T) {
	evil := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=HYPERLINK(\"http://x\",\"点\")", "=cmd|' /C calc'!A0", "</t></is></c><c><f>1</f></c>", "990101198801010019"}
	var row []any
	for _, s := range evil {
		row = append(row, s)
	}
	row = append(row, int64(1234567890123456789), 42, strings.Repeat("长", 40000), "\x01\uFFFF")
	w := httptest.NewRecorder()
	if err := web.Excel(w, httptest.NewRequest("GET", "/x", nil), "x", web.Sheet{Name: "表", Head: []string{"甲", "乙"}, Rows: web.Rows([][]any{row})}); err != nil {
		t.Fatal(err)
	}
	raw := w.Body.Bytes()
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for i := range row {
		at, _ := excelize.CoordinatesToCellName(i+1, 2)
		if f, err := book.GetCellFormula("表", at); err != nil || f != "" {
			t.Errorf("%s: a formula %q, %v", at, f, err)
		}
		text, err := book.GetCellValue("表", at)
		if err != nil {
			t.Fatal(err)
		}
		if i < 9 && !strings.HasPrefix(text, "'") {
			t.Errorf("%s: %q can become a formula again when it is typed or saved as CSV", at, text)
		}
		if text == "" {
			t.Errorf("%s is empty", at)
		}
		if kind, _ := book.GetCellType("表", at); i != 13 && kind != excelize.CellTypeInlineString {
			t.Errorf("%s: type %v", at, kind)
		}
	}
	if text, _ := book.GetCellValue("表", "M2"); text != "1234567890123456789" {
		t.Errorf("long number %q", text)
	}
	if text, _ := book.GetCellValue("表", "O2"); !strings.HasSuffix(text, "（超出单元格长度，其余见系统）") {
		t.Errorf("a cut text does not say so: …%q", text[max(0, len(text)-60):])
	}
	if sheet := zipPart(t, raw, "xl/worksheets/sheet1.xml"); strings.Contains(sheet, "<f") || !strings.Contains(sheet, `<autoFilter ref="A1:B2"/>`) || !strings.Contains(sheet, `state="frozen"`) {
		t.Error("a formula, no filter, or no frozen heading")
	}
}

func zipPart(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// LibreOffice, which knows nothing of how the book was written, reads it.
func TestExcel用LibreOffice打开(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("not run: soffice is not installed (Debian: libreoffice-calc)")
	}
	if parts, _ := filepath.Glob("/usr/lib/libreoffice/program/libsclo.so"); len(parts) == 0 {
		t.Skip("not run: LibreOffice without its spreadsheet (Debian: libreoffice-calc)")
	}
	w := httptest.NewRecorder()
	if err := web.Excel(w, httptest.NewRequest("GET", "/x", nil), "x", web.Sheet{Name: "案件", Head: exportHead, Rows: web.Rows(exportRows)}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "案件.xlsx"), w.Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", `csv:Text - txt - csv (StarCalc):44,34,76`, "--outdir", dir, filepath.Join(dir, "案件.xlsx")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "案件.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if want := "文号,当事人,罚款,日期,已缴,件数,时间\n演城管罚字〔2026〕第37号,\"'=HYPERLINK(\"\"http://x\"\")\",\"52,000.50\",2026-05-13,是,3,\n'+86 000,'＝1+1,0.00,,否,0,2026-05-13 09:30\n"; string(got) != want {
		t.Errorf("%s", got)
	}
}
