package document

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fadu/internal/testkit/pageimage"

	"pgregory.net/rapid"
)

// pagesOf renders the pages of a PDF file.
func pagesOf(t *testing.T, path string) []*image.Gray {
	t.Helper()
	pdf, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return pageimage.Of(t, pdf)
}

func TestPrint版面图像对照(t *testing.T) {
	p := press(t, "")
	for name, paper := range papers(t) {
		t.Run(name, func(t *testing.T) {
			for i, page := range pagesOf(t, save(t, name, printed(t, p, paper).PDF)) {
				path := filepath.Join("testdata", "pages", fmt.Sprintf("%s-%d.png", name, i+1))
				if *update {
					if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(path, pageimage.Write(t, page), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatalf("%v (write it with -update)", err)
				}
				if d := pageimage.Differ(pageimage.Read(t, want), page); d != "" {
					t.Errorf("page %d: %s (look at it with -keep, accept it with -update)", i+1, d)
				}
			}
		})
	}
}

// The comparison sees what it is for: a moved line, a missing word, a missing frame.
func TestPrint图像对照看得出差别(t *testing.T) {
	p := press(t, "")
	first := pagesOf(t, save(t, "原样", printed(t, p, decisionLetter()).PDF))[0]
	for name, change := range map[string]func(*Paper){
		"少一个字段":  func(p *Paper) { p.Blocks[0] = Fields{Rows: p.Blocks[0].(Fields).Rows[:2]} },
		"标题换字":   func(p *Paper) { p.Title = "责令改正通知书" },
		"没有红头":   func(p *Paper) { p.Header = BlackHeader },
		"没有演示水印": func(p *Paper) { p.Demo = false },
	} {
		paper := decisionLetter()
		paper.Blocks = slices.Clone(paper.Blocks)
		change(&paper)
		if pageimage.Differ(first, pagesOf(t, save(t, "改动", printed(t, p, paper).PDF))[0]) == "" {
			t.Errorf("%s: not seen", name)
		}
	}
	moved := image.NewGray(first.Rect)
	for y := range first.Rect.Dy() {
		for x := range first.Rect.Dx() {
			moved.SetGray(x, y, color.Gray{255})
			if y >= 5 {
				moved.SetGray(x, y, first.GrayAt(x, y-5))
			}
		}
	}
	if pageimage.Differ(first, moved) == "" {
		t.Error("3 mm lower: not seen")
	}
}

var wordBox = regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>`)

// lineBox is a line of a page as another program measures it, in points.
type lineBox struct {
	left, right, top, bottom float64
	text                     string
}

// lines reads the lines of each page of a PDF.
func linesOf(t *testing.T, path string) [][]lineBox {
	t.Helper()
	var out [][]lineBox
	for i, page := range strings.Split(string(tool(t, "pdftotext", "-bbox", path, "-")), "<page ") {
		if i == 0 {
			continue
		}
		var lines []lineBox
		for _, m := range wordBox.FindAllStringSubmatch(page, -1) {
			var n [4]float64
			for k := range n {
				n[k], _ = strconv.ParseFloat(m[k+1], 64)
			}
			text := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(m[5])
			at := slices.IndexFunc(lines, func(l lineBox) bool { return max(l.top-n[1], n[1]-l.top) < 4 })
			if at < 0 {
				lines = append(lines, lineBox{n[0], n[2], n[1], n[3], text})
				continue
			}
			l := &lines[at]
			l.left, l.right, l.text = min(l.left, n[0]), max(l.right, n[2]), l.text+text
		}
		out = append(out, lines)
	}
	return out
}

// A full page is 22 lines of 28 characters, 28 mm from the left and 37 mm from the top (GB/T 9704-2012 5.2).
func TestPrint版心实测(t *testing.T) {
	paper := Paper{Layout: Letter, Header: BlackHeader, Title: "演示", Blocks: []Block{Paragraph{Style: Flush, Text: strings.Repeat("柳", 28*60)}}}
	pages := linesOf(t, save(t, "版心", printed(t, press(t, ""), paper).PDF))
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	lines := pages[1]
	lines = slices.DeleteFunc(lines, func(l lineBox) bool { return !strings.HasPrefix(l.text, "柳") })
	if len(lines) != letterLines {
		t.Errorf("%d lines", len(lines))
	}
	within := func(what string, got, want float64) {
		if max(got-want, want-got) > 1*mm {
			t.Errorf("%s is at %.1f mm, want %.1f", what, got/mm, want/mm)
		}
	}
	for i, l := range lines {
		if n := len([]rune(l.text)); n != letterCells {
			t.Errorf("line %d has %d characters", i+1, n)
		}
		within("the left edge", l.left, marginLeft)
		within("the right edge", l.right, marginLeft+measureWidth)
		if i > 0 {
			within("the line", l.top-lines[i-1].top, 225*mm/letterLines)
		}
	}
	middle := (lines[0].top + lines[len(lines)-1].bottom) / 2
	within("the middle of the text", middle, (37+225.0/2)*mm)
}

// Whatever the text: on paper, as another program reads it, no line begins or ends with a mark that must
// not, none runs out of the measure, and no character is lost.
func TestPrint禁则实测(t *testing.T) {
	p := press(t, "")
	plain := []rune("当事人城管执法条例规定处罚决定元日月第号，。、；：？！（）《》“”〔〕—…￥%0123456789")
	text := rapid.SliceOfN(rapid.SampledFrom(plain), 0, 110)
	for seed := range 20 { // each a whole paper of forty paragraphs
		var parts []string
		for i := range 40 {
			parts = append(parts, "甲"+string(text.Example(40*seed+i))+"乙")
		}
		paper := Paper{Layout: Letter, Header: BlackHeader, Title: "禁则", Blocks: []Block{Paragraph{Text: strings.Join(parts, "\n")}}}
		out, err := p.Print(paper, created)
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for n, page := range linesOf(t, save(t, "禁则", out.PDF)) {
			slices.SortFunc(page, func(a, b lineBox) int { return int(a.top - b.top) })
			for _, l := range page {
				if strings.HasPrefix(l.text, "禁则") || regexp.MustCompile(`^第\d+页共\d+页$`).MatchString(l.text) {
					continue
				}
				all += l.text
				runes := []rune(l.text)
				first, last := runes[0], runes[len(runes)-1]
				if strings.ContainsRune(notAtStart, first) && !longMarks(parts) {
					t.Errorf("page %d: line begins with %c: %s", n+1, first, l.text)
				}
				if strings.ContainsRune(notAtEnd, last) && !longMarks(parts) {
					t.Errorf("page %d: line ends with %c: %s", n+1, last, l.text)
				}
				right := l.right
				if strings.ContainsRune(halfEmpty, last) {
					right -= measureWidth / letterCells / 2 // its box is measured whole, its ink ends in the left half
				}
				if l.left < marginLeft-1 || right > marginLeft+measureWidth+2 {
					t.Errorf("page %d: line from %.1f to %.1f: %s", n+1, l.left, l.right, l.text)
				}
			}
		}
		if want := strings.Join(parts, ""); all != want {
			t.Errorf("text changed:\n%s\n%s", want, all)
		}
	}
}

// longMarks reports a run of marks longer than a line, which has to be cut somewhere.
func longMarks(parts []string) bool {
	for _, s := range parts {
		g := glued([]rune(s))
		n := 0
		for _, joined := range g {
			if n++; !joined {
				n = 1
			}
			if n >= letterCells-2 {
				return true
			}
		}
	}
	return false
}
