package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fadu/internal/law"

	"github.com/chromedp/chromedp"
)

// sheet is a page that people print, and what is right on paper.
type sheet struct {
	name string
	// list: its table's head is on every page. public: anybody's, without the name of who prints.
	// own: it brings the size of its paper and its own feet.
	list, public, own bool
}

var sheets = []sheet{
	{name: "GET /w/cases", list: true},
	{name: "GET /w/cases/{id}"},
	{name: "GET /w/figures"},
	{name: "GET /w/figures/{id}"},
	{name: "GET /w/powers", list: true},
	{name: "GET /w/powers/calculator"},
	{name: "GET /w/powers/{code}"},
	{name: "GET /w/org/people", list: true},
	{name: "GET /w/booklets/numbers", list: true},
	{name: "GET /w/booklets/{id}"},
	{name: "GET /w/series"},
	{name: "GET /w/money", list: true},
	{name: "GET /w/ledger", list: true},
	{name: "GET /w/ledger/checkpoints/{size}"},
	{name: "GET /w/papers/{id}", own: true},
	{name: "GET /w/papers/{id}/slip", own: true},
	{name: "GET /powers", list: true, public: true},
	{name: "GET /powers/{code}", public: true},
	{name: "GET /v/{code}", public: true},
}

// onlyOnScreen are words of the page's frame; on paper they would be noise.
var onlyOnScreen = []string{"关闭菜单", "退出登录", "跳到正文", "上一页", "下一页", "更多条件", "清空", "长者模式"}

// print makes a PDF of the page as its person would, and reads it back: nothing of the frame, nothing over
// the paper's edge, the heads of lists on every page, the page's number, and for whom and when.
func (b *pageBrowser) print(t *testing.T, w *walker, s screen, want sheet) {
	t.Helper()
	ctx, cancel := context.WithTimeout(w.tab, 3*time.Minute)
	defer cancel()
	if err := b.open(ctx, s); err != nil {
		t.Fatalf("%s：%v", s.path, err)
	}
	b.onPaper(t, ctx, s, want)
}

// onScreenAlone are pages that fill the screen and have no head on paper.
var onScreenAlone = map[string]bool{"GET /w/training/runs/{id}": true}

// onPaper prints the page that is open. Pages beyond sheets are printed at the end of their visit.
func (b *pageBrowser) onPaper(t *testing.T, ctx context.Context, s screen, want sheet) {
	t.Helper()
	heads, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("main .tbl thead th")].map(e => e.innerText.trim()).filter(s => s)`))
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if b.shots != "" {
		file = filepath.Join(b.shots, fileName(s)+".pdf")
	}
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	pages := paperPages(t, file)
	for i, p := range pages {
		where := fmt.Sprintf("%s 印出来的第 %d 页", s.path, i+1)
		for _, word := range onlyOnScreen {
			if strings.Contains(p.text, word) {
				t.Errorf("%s还有“%s”", where, word)
			}
		}
		if p.over != "" {
			t.Errorf("%s：“%s”伸出了纸边", where, p.over)
		}
		if foot := fmt.Sprintf("第%d页，共%d页", i+1, len(pages)); !want.own && !strings.Contains(p.text, foot) {
			t.Errorf("%s没有页码“%s”", where, foot)
		}
		for _, h := range heads {
			if want.list && !strings.Contains(p.text, strings.Join(strings.Fields(h), "")) {
				t.Errorf("%s的表头没有“%s”", where, h)
			}
		}
	}
	if first := pages[0].text; !want.own && !want.public && !strings.Contains(first, law.DateOf(s.site.Clock.Now()).String()) {
		t.Errorf("%s 印出来没有打印的日子：%s", s.path, first[:min(len(first), 300)])
	}
	if bureau := "演示市演示区城市管理综合执法局"; !want.own && !strings.Contains(pages[0].text, bureau) {
		t.Errorf("%s 印出来没有单位名称", s.path)
	}
}

// paperPage is a page of a PDF: its words without white space, and a word that leaves the paper.
type paperPage struct{ text, over string }

var (
	bboxPage = regexp.MustCompile(`(?s)<page width="([0-9.]+)" height="([0-9.]+)">(.*?)</page>`)
	bboxWord = regexp.MustCompile(`<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*?)</word>`)
)

// paperPages reads a PDF with pdftotext.
func paperPages(t *testing.T, file string) []paperPage {
	t.Helper()
	out, err := exec.Command("pdftotext", "-bbox", "-enc", "UTF-8", file, "-").Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") == "" {
		t.Skip("pdftotext is not installed (Debian: poppler-utils): what is printed was not read")
	}
	if err != nil {
		t.Fatal(err)
	}
	var pages []paperPage
	for _, m := range bboxPage.FindAllStringSubmatch(string(out), -1) {
		width, _ := strconv.ParseFloat(m[1], 64)
		var p paperPage
		for _, word := range bboxWord.FindAllStringSubmatch(m[3], -1) {
			left, _ := strconv.ParseFloat(word[1], 64)
			right, _ := strconv.ParseFloat(word[3], 64)
			if left < -0.5 || right > width+0.5 {
				p.over = word[5]
			}
			p.text += word[5]
		}
		pages = append(pages, p)
	}
	if len(pages) == 0 {
		t.Fatal("the PDF has no page")
	}
	return pages
}
