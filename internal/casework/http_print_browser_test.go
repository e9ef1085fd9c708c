package casework_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"fadu/internal/casework"
	"fadu/internal/law"
)

// What a person prints from the browser is on paper of the right size, has the records and no menus, and
// repeats the heading of a table on every page. FADU_SHOTS names a folder that keeps the PDFs.
func TestPagesPrintWell(t *testing.T) {
	for _, program := range []string{"pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("not run: %s is not installed (Debian: poppler-utils)", program)
		}
	}
	d := newDesk(t)
	ctx := chrome(t)
	for range 18 {
		d.register()
	}
	id, paper := d.street.decided(law.Yuan(100), casework.PayCode)
	const a4, across = "210x297", "297x210" // mm
	for _, c := range []struct {
		name, path, size string
		says             []string
		most             int // pages
	}{
		{"print-todo", "/w/", a4, []string{"我的待办"}, 6},
		{"print-list", "/w/cases", across, []string{"案件", "当事人"}, 4},
		{"print-case", (&casework.Case{ID: id}).URL(), a4, []string{"演城管当罚字〔2026〕第1号", "承办机构", "办案留痕"}, 6},
		{"print-paper", paper.URL(), a4, []string{"当场行政处罚决定书", "演城管当罚字〔2026〕第1号", "救济途径", "演示数据不作依据"}, 1},
		{"print-slip", paper.URL() + "/slip", "58x297", []string{"当场行政处罚决定书", "演城管当罚字〔2026〕第1号"}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.look(t, ctx, "zhao", c.path, 1366, c.name)
			pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
			d.must(err)
			dir := os.Getenv("FADU_SHOTS")
			if dir == "" {
				dir = t.TempDir()
			}
			path := filepath.Join(dir, c.name+".pdf")
			d.must(os.WriteFile(path, pdf, 0o600))
			info, err := exec.Command("pdfinfo", "-l", "99", path).Output()
			d.must(err)
			sizes := regexp.MustCompile(`size:\s+([\d.]+) x ([\d.]+)`).FindAllStringSubmatch(string(info), -1)
			if len(sizes) == 0 || len(sizes) > c.most {
				t.Errorf("%d pages", len(sizes))
			}
			for i, s := range sizes {
				if got := whole(s[1]) + "x" + whole(s[2]); got != c.size {
					t.Errorf("page %d is %s, want %s", i+1, got, c.size)
				}
			}
			out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
			d.must(err)
			text := regexp.MustCompile(`[ 　]+`).ReplaceAllString(string(out), "")
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not on paper:\n%s", want, text)
				}
			}
			for _, menu := range []string{"退出登录", "跳到正文", "导出", "下一页", "打印正本", "取打印数据", "http://", "/w/"} {
				if strings.Contains(text, menu) {
					t.Errorf("%q is printed", menu)
				}
			}
			pages := strings.Split(strings.TrimRight(text, "\f"), "\f")
			for i, page := range pages {
				if strings.TrimSpace(page) == "" {
					t.Errorf("page %d is empty", i+1)
				}
				if c.name == "print-list" && !strings.Contains(page, "当事人") {
					t.Errorf("page %d has no heading", i+1)
				}
			}
		})
	}
}

// whole is a length in points in whole millimetres.
func whole(points string) string {
	n, _ := strconv.ParseFloat(points, 64)
	return strconv.Itoa(int(n*25.4/72 + 0.5))
}
