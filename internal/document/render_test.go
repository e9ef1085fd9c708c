package document

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fadu/internal/law"
)

var (
	update = flag.Bool("update", false, "write the golden files instead of comparing with them")
	keep   = flag.String("keep", "", "folder in which the papers of the tests are left, to be looked at")
)

// press opens the press, or skips where the fonts were not built.
func press(t testing.TB, extra string) *Press {
	t.Helper()
	p, err := Open(extra)
	if err != nil {
		t.Skipf("not run: %v", err)
	}
	return p
}

func printed(t testing.TB, p *Press, paper Paper) Print {
	t.Helper()
	out, err := p.Print(paper, created)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// tool runs a program on a file, or skips where it is not installed.
func tool(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("not run: %s is not installed (Debian: poppler-utils, zbar-tools)", name)
	}
	cmd := exec.Command(name, args...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 && name != "zbarimg" { // zbar always talks
		t.Fatalf("%s: %v\n%s", name, err, &complaints)
	}
	return out
}

func save(t *testing.T, name string, pdf []byte) string {
	t.Helper()
	dir := *keep
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name+".pdf")
	if err := os.WriteFile(path, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// textOf extracts the text as a reader copies it, without the spaces of the layout and the watermark.
func textOf(t *testing.T, path string) string {
	t.Helper()
	return string(tool(t, "pdftotext", "-layout", path, "-"))
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with: go test -run %s -update)", err, t.Name())
	}
	if string(want) != got {
		t.Errorf("%s differs (- golden, + now):\n%s", path, cmp.Diff(string(want), got))
	}
}

func papers(t *testing.T) map[string]Paper {
	return map[string]Paper{
		"当场行政处罚决定书": onSpotForm(t),
		"行政处罚决定书":   decisionLetter(),
		"证据清单":      evidenceLetter(t),
		"作废的责令改正书":  voidedNotice(),
		"手写填写的空白表格": blankForm(),
	}
}

func TestPrint文书文字与页数(t *testing.T) {
	p := press(t, "")
	pages := map[string]int{"当场行政处罚决定书": 1, "行政处罚决定书": 2, "证据清单": 5, "作废的责令改正书": 1, "手写填写的空白表格": 1}
	for name, paper := range papers(t) {
		t.Run(name, func(t *testing.T) {
			out := printed(t, p, paper)
			path := save(t, name, out.PDF)
			if out.Pages != pages[name] {
				t.Errorf("%d pages, want %d", out.Pages, pages[name])
			}
			golden(t, name, textOf(t, path))
		})
	}
}

func TestPrint同一文书字节相同(t *testing.T) {
	for name, paper := range papers(t) {
		t.Run(name, func(t *testing.T) {
			first := printed(t, press(t, ""), paper)
			second := printed(t, press(t, ""), paper)
			if !bytes.Equal(first.PDF, second.PDF) {
				t.Error("two prints of one paper differ")
			}
			later, err := press(t, "").Render(paper, created.Add(time.Second))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Equal(first.PDF, later) {
				t.Error("the creation time is not in the file")
			}
		})
	}
}

func TestPrint可同时出具(t *testing.T) {
	p := press(t, "")
	want := printed(t, p, decisionLetter()).PDF
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got, err := p.Render(decisionLetter(), created)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("differs, or %v", err)
			}
		})
	}
	wg.Wait()
}

func TestPrint二维码可扫(t *testing.T) {
	p := press(t, "")
	for name, paper := range map[string]Paper{"当场行政处罚决定书": onSpotForm(t), "行政处罚决定书": decisionLetter()} {
		out := printed(t, p, paper)
		path := save(t, name, out.PDF)
		stem := filepath.Join(t.TempDir(), "page")
		tool(t, "pdftoppm", "-r", "150", "-png", path, stem)
		files, err := filepath.Glob(stem + "*.png")
		if err != nil || len(files) != out.Pages {
			t.Fatalf("%v %v", files, err)
		}
		got := strings.TrimSpace(string(tool(t, "zbarimg", "-q", "--raw", files[len(files)-1])))
		if got != paper.Verify.URL {
			t.Errorf("%s: scanned %q", name, got)
		}
	}
}

func TestPrint表头每页重复(t *testing.T) {
	out := printed(t, press(t, ""), evidenceLetter(t))
	text := textOf(t, save(t, "证据清单", out.PDF))
	pages := strings.Split(text, "\f")
	for i := range 3 {
		if !regexp.MustCompile(`序号\s+证据名称\s+份数\s+证明目的`).MatchString(pages[i]) {
			t.Errorf("page %d has no table heading:\n%s", i+1, pages[i])
		}
	}
	if n := strings.Count(text, "现场照片（演示）第"); n != 42 {
		t.Errorf("%d rows", n)
	}
	for i := 1; i <= 5; i++ {
		if want := fmt.Sprintf(`第 ?%d ?页 ?共 ?5 ?页`, i); !regexp.MustCompile(want).MatchString(pages[i-1]) {
			t.Errorf("page %d lacks %q", i, want)
		}
	}
}

// Papers of every length around the edge of a page, as another program reads their pages: the close, the QR
// code and the note on copies always have two lines of the body with them, or a row of the table.
func TestPrint落款不独占一页(t *testing.T) {
	p := press(t, "")
	line := func(s string) bool { return strings.Contains(s, "柳") }
	close := func(of ...Block) func([]Block) []Block {
		return func(body []Block) []Block { return append(body, of...) }
	}
	signers := Signatures{Signers: []Signer{{Role: "执法人员（签名）", Certificate: "99010700123"}, {Role: "当事人（签名或盖章）", Dated: true}}}
	issue := Issue{Organ: "演示区城市管理综合执法局", Date: law.MustDate("2026-05-13"), Seal: true}
	receipt := Receipt{Label: "签收", Text: "本通知书已收到。", Signer: Signer{Role: "当事人（签名或盖章）", Dated: true}}
	for name, c := range map[string]struct {
		layout Layout
		close  func([]Block) []Block
		table  bool
	}{
		"公文，签名和印章":    {Letter, close(signers, issue), false},
		"公文，只有印章":     {Letter, close(issue), false},
		"公文，印章后有回执":   {Letter, close(issue, receipt), false},
		"公文，表格后签名":    {Letter, close(signers, issue), true},
		"表格式，签名和印章":   {Form, close(signers, issue), false},
		"表格式，签名在自己一栏": {Form, close(Signatures{Label: "签名", Signers: signers.Signers}, receipt), false},
	} {
		t.Run(name, func(t *testing.T) {
			over := false
			from, to := 8, 25 // around the end of the first page
			if c.layout == Form {
				from, to = 27, 34
			}
			for n := from; n < to; n++ {
				body := []Block{Paragraph{Label: "事实", Text: strings.TrimSpace(strings.Repeat("柳青石路有人摆卖水果。\n", n))}}
				if c.table {
					var rows [][]string
					for i := range n {
						rows = append(rows, []string{strconv.Itoa(i + 1), "柳条筐"})
					}
					body = []Block{Paragraph{Text: "柳氏物品如下："}, Table{Columns: []Column{{Title: "编次"}, {Title: "名称", Weight: 4}}, Rows: rows}}
				}
				paper := Paper{
					Layout: c.layout, Header: BlackHeader, Title: "通知书（演示）", Number: "演城管通字〔2026〕第9号", Copies: "本通知书一式两份：一份交当事人，一份存入案卷。",
					Blocks: c.close(body), Verify: Verify{URL: "http://localhost:8080/v/7KD4", Code: "7KD4"},
				}
				pages := linesOf(t, save(t, "落款", printed(t, p, paper).PDF))
				over = over || len(pages) > 1
				all := 0
				for i, page := range pages {
					words, head := 0, false
					for _, l := range page {
						if line(l.text) {
							words++
						}
						if strings.Contains(l.text, "编次") {
							head = true
						}
					}
					all += words
					if words < min(2, n) {
						t.Errorf("%d lines: page %d of %d has %d of them: %v", n, i+1, len(pages), words, page)
					}
					if c.table && !head {
						t.Errorf("%d rows: page %d has no heading", n, i+1)
					}
				}
				if want := n + btoi(c.table); all != want {
					t.Errorf("%d of %d lines", all, want)
				}
			}
			if !over {
				t.Error("no paper ran over one page")
			}
		})
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// One line too many is no reason for another page: the lines stand a little closer.
func TestPrint差一行收紧行距(t *testing.T) {
	p := press(t, "")
	closer := false
	for n := 5; n < 20; n++ {
		paper := Paper{Layout: Letter, Header: BlackHeader, Title: "通知书（演示）", Copies: "一式两份。", Blocks: []Block{
			Paragraph{Text: strings.TrimSpace(strings.Repeat("柳青石路有人摆卖水果。\n", n))},
			Issue{Organ: "演示区城市管理综合执法局", Date: law.MustDate("2026-05-13"), Seal: true},
		}}
		s := &setter{press: p, known: map[glyphKey]glyph{}}
		usual, pages := s.set(paper, letterBody), s.pages(paper)
		switch {
		case len(usual) == 1 && len(pages) != 1:
			t.Errorf("%d lines: %d pages", n, len(pages))
		case len(usual) == 2 && len(pages) == 1:
			closer = true
			for _, r := range pages[0] {
				if r.lines == 1 && (r.height > letterBody.leading || r.height < 0.9*letterBody.leading) {
					t.Errorf("%d lines: a line is %.1f high", n, r.height)
				}
			}
		}
	}
	if !closer {
		t.Error("no paper was set closer")
	}
}

func TestPrint版心(t *testing.T) {
	f := letterBody
	if cells := f.cells(measureWidth); cells != letterCells*cell {
		t.Errorf("%d cells a line", cells)
	}
	if lines := (textBottom - letterTop) / f.leading; lines < letterLines-0.001 || lines > letterLines+0.001 {
		t.Errorf("%f lines a page", lines)
	}
}

func TestPrint填写不全被拒(t *testing.T) {
	p := press(t, "")
	for name, paper := range map[string]Paper{
		"没有标题":   {Layout: Letter},
		"没有这种版式": {Layout: "poster", Title: "公告"},
		"表格缺一格":  {Layout: Letter, Title: "清单", Blocks: []Block{Table{Columns: []Column{{Title: "甲"}, {Title: "乙"}}, Rows: [][]string{{"1"}}}}},
		"签名不是图片": {Layout: Letter, Title: "笔录", Blocks: []Block{Signatures{Signers: []Signer{{Role: "当事人", Image: []byte("not an image")}}}}},
	} {
		if _, err := p.Print(paper, created); err == nil {
			t.Errorf("%s: printed", name)
		} else {
			t.Log(err)
		}
	}
}

func TestGroupCode(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "7KD4": "7KD4", "7KD492QMF3XA": "7KD4-92QM-F3XA",
		"7KD492QMF3XA8H2VK": "7KD4-92QM-F3XA-8H2VK", "7KD4-92QM": "7KD4-92QM", "7KD492": "7KD4-92",
	} {
		if got := GroupCode(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func BenchmarkPrint(b *testing.B) {
	p := press(b, "")
	paper := decisionLetter()
	for b.Loop() {
		if _, err := p.Print(paper, created); err != nil {
			b.Fatal(err)
		}
	}
}
