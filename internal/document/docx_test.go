package document

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// office converts Word documents to PDF by LibreOffice, which knows nothing of how they were written, and
// returns the PDFs' paths by name. It has a profile of its own and two minutes.
func office(t *testing.T, files map[string][]byte) map[string]string {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("not run: soffice is not installed (Debian: libreoffice-writer)")
	}
	dir, out := t.TempDir(), t.TempDir()
	if *keep != "" {
		out = *keep
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to", "pdf:writer_pdf_Export", "--outdir", out}
	paths := map[string]string{}
	for name, data := range files {
		path := filepath.Join(dir, "稿-"+name+".docx")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(out, "稿-"+name+".docx"), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		args = append(args, path)
		paths[name] = filepath.Join(out, "稿-"+name+".pdf")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "soffice", args...)
	cmd.WaitDelay = 5 * time.Second
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	return paths
}

func docx(t *testing.T, p *Press, paper Paper) []byte {
	t.Helper()
	out, err := p.Docx(paper, created)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	footLine = regexp.MustCompile(`第\d+页共\d+页`)
	spaces   = regexp.MustCompile(`[\s　]+`)
)

// bodyText is the text of a PDF in its order of reading without blanks and without what every page
// repeats: heads, feet and marks.
func bodyText(t *testing.T, path string, paper Paper, mode ...string) string {
	t.Helper()
	raw := spaces.ReplaceAllString(string(tool(t, "pdftotext", append(mode, path, "-")...)), "")
	number, code := regexp.QuoteMeta(spaces.ReplaceAllString(paper.Number, "")), GroupCode(paper.Verify.Code)
	raw = footLine.ReplaceAllString(raw, "§")
	for _, foot := range []string{"扫码验真§?或在公示门户输入验证码§?" + code + "§?", "(" + number + ")?(验证码" + code + ")?§", "§(" + number + ")?(验证码" + code + ")?"} {
		raw = regexp.MustCompile(foot).ReplaceAllString(raw, "§")
	}
	raw = strings.ReplaceAll(raw, "§", "")
	for _, s := range []string{demoText, informal, paper.Mark, "作废：" + paper.Void} {
		if s = spaces.ReplaceAllString(s, ""); s != "" {
			raw = strings.ReplaceAll(raw, s, "")
		}
	}
	for _, block := range paper.Blocks {
		if table, ok := block.(Table); ok { // its heading once: pages break elsewhere
			head := ""
			for _, c := range table.Columns {
				head += c.Title
			}
			before, after, _ := strings.Cut(raw, head)
			raw = before + head + strings.ReplaceAll(after, head, "")
		}
	}
	return hung.ReplaceAllString(raw, "")
}

// hung are marks that LibreOffice 7.4, with some fonts, hangs into the margin at the end of a line and then leaves out
// of its PDF; the DOCX has them.
var hung = regexp.MustCompile(`[、，。；：]`)

// words are the texts of a paper in their order, as they are printed.
func wordsOf(paper Paper) []string {
	var out []string
	paper.Void, paper.Mark = "", ""
	paper.Verify.Code = ""
	paper.texts(func(_, text string) {
		for _, line := range strings.Split(strings.NewReplacer("☐", "□", "☑", "√", "☒", "×", string(wordJoiner), "").Replace(clean(text)), "\n") {
			if line = spaces.ReplaceAllString(line, ""); line != "" {
				out = append(out, line)
			}
		}
	})
	return out
}

// The editable copy, as another program reads it, says what the PDF says, in the same order.
func TestDocx与PDF文字顺序相同(t *testing.T) {
	p := press(t, "")
	all := papers(t)
	files := map[string][]byte{}
	for name, paper := range all {
		files[name] = docx(t, p, paper)
	}
	copies := office(t, files)
	for name, paper := range all {
		t.Run(name, func(t *testing.T) {
			own := save(t, name, printed(t, p, paper).PDF)
			if paper.Layout == Letter && !strings.Contains(name, "清单") { // no cells, which have no order of reading between them
				got, want := bodyText(t, copies[name], paper, "-layout"), bodyText(t, own, paper, "-layout")
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("(- PDF, + DOCX)\n%s", d)
				}
			}
			got, want := bodyText(t, copies[name], paper, "-raw"), bodyText(t, own, paper, "-raw")
			if sortRunes(got) != sortRunes(want) {
				t.Errorf("other characters:\nPDF  %s\nDOCX %s", want, got)
			}
			at := 0
			for _, word := range wordsOf(paper) {
				word = hung.ReplaceAllString(word, "")
				n := strings.Index(got[at:], word)
				if n < 0 {
					t.Fatalf("%q is not in its place in:\n%s", word, got[at:])
				}
				at += n + len(word)
			}
		})
	}
}

func sortRunes(s string) string {
	counts := map[rune]int{}
	for _, r := range s {
		counts[r]++
	}
	var b strings.Builder
	for r := rune(0); r < 0x30000; r++ {
		for range counts[r] {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Every page of the copy says that it is no original, and demo papers that they are void.
func TestDocx每页都标明非正式文本(t *testing.T) {
	p := press(t, "")
	paper := evidenceLetter(t)
	paper.Demo, paper.Void, paper.Mark = true, "当事人姓名录错（演示）", "副本"
	path := office(t, map[string][]byte{"标记": docx(t, p, paper)})["标记"]
	pages := strings.Split(strings.TrimRight(textOf(t, path), "\f\n"), "\f")
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		page = spaces.ReplaceAllString(page, "")
		for _, want := range []string{"非正式文本", "以出具的PDF正本为准", "演示数据不作依据", "作废：当事人姓名录错（演示）", "副本", "扫码验真", "7KD4-92QM-F3XA"} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d lacks %s", i+1, want)
			}
		}
		if !footLine.MatchString(page) {
			t.Errorf("page %d has no number of pages:\n%s", i+1, page)
		}
	}
	if n := strings.Count(strings.Join(pages, ""), "证明目的"); n < 3 {
		t.Errorf("the heading of the table stands %d times", n)
	}
}

func TestDocx字节确定且是合法XML(t *testing.T) {
	for name, paper := range papers(t) {
		first, second := docx(t, press(t, ""), paper), docx(t, press(t, ""), paper)
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two copies differ", name)
		}
		z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			dec := xml.NewDecoder(r)
			for {
				if _, err := dec.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s %s: %v", name, f.Name, err)
				}
			}
		}
	}
}

// A missing character is refused, left to fill by hand, or taken from the bureau's font, as in the PDF.
func TestDocx缺字与PDF一致(t *testing.T) {
	p := press(t, "")
	paper := namedParty("演示𠮷明")
	var m *MissingGlyphs
	if _, err := p.Docx(paper, created); !errors.As(err, &m) || string(m.Runes) != string(rare) {
		t.Errorf("printed, or %v", err)
	}
	paper.HandFill = true
	boxes := docx(t, p, paper)
	if xml := part(t, boxes, "word/document.xml"); strings.ContainsRune(xml, rare) || strings.Count(xml, "手填") != 2 {
		t.Error("no box, or the character that could not be printed")
	}
	paper.HandFill = false
	extra := press(t, extraFont(t, rare))
	filled := docx(t, extra, paper)
	if xml := part(t, filled, "word/document.xml"); strings.Count(xml, string(rare)) != 2 || !strings.Contains(xml, `w:eastAsia="Extra`) {
		t.Error("the character of the extra font is not there, or has no font of its own")
	}
	copies := office(t, map[string][]byte{"手填": boxes, "补字": filled})
	paper.HandFill = true
	own := save(t, "手填", printed(t, p, paper).PDF)
	if got, want := bodyText(t, copies["手填"], paper, "-raw"), bodyText(t, own, paper, "-raw"); sortRunes(got) != sortRunes(want) {
		t.Errorf("PDF  %s\nDOCX %s", want, got)
	}
}

func TestDocx文字不成为标记(t *testing.T) {
	paper := voidedNotice()
	paper.Title = `</w:t></w:r><w:r>&<"标题">`
	paper.Blocks[1] = Paragraph{Text: "甲<w:br/>乙 & 丙 ]]> ＜丁＞"}
	xml := part(t, docx(t, press(t, ""), paper), "word/document.xml")
	if strings.Contains(xml, "<w:br/>") || !strings.Contains(xml, "甲&lt;w:br/&gt;乙 &amp; 丙") || strings.Contains(xml, `&<"标题">`) {
		t.Error("text came through as markup")
	}
}

func part(t *testing.T, file []byte, name string) string {
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
