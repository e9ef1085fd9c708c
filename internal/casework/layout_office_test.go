package casework

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"fadu/internal/document"
	"fadu/internal/law"
)

// pictured are the papers whose code is read back from their picture: those of the street and one of each layout.
var pictured = append([]PaperKind{"filing_approval", "interview_record", "seizure_decision", "thing_list", "review_opinion", "penalty_decision", "hearing_announcement"}, paperOrder...)

// TestEveryPaperOpensElsewhere: the editable copy of each kind of paper is opened by LibreOffice and has every
// Chinese character of the PDF as often; the PDF's code is read back from its picture.
func TestEveryPaperOpensElsewhere(t *testing.T) {
	for program, pkg := range map[string]string{"soffice": "libreoffice-writer", "zbarimg": "zbar-tools", "pdftoppm": "poppler-utils"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s（%s）没有安装", program, pkg)
			}
			t.Skipf("%s（%s）没有安装，没有用别的程序打开文书", program, pkg)
		}
	}
	s := New(Deps{Press: press(t), BaseURL: "http://fadu.example", Demo: true})
	at := time.Date(2026, 3, 2, 10, 30, 0, 0, law.Zone)
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to", "pdf:writer_pdf_Export", "--outdir", filepath.Join(dir, "out")}
	pdfs := map[PaperKind][]byte{}
	contents := map[PaperKind]Content{}
	for _, kind := range paperOrder {
		contents[kind] = noticeOf(kind)
	}
	for _, form := range PaperForms {
		contents[form.Kind] = sampleContent(t, form.Kind)
	}
	for kind, content := range contents {
		layout, err := s.layout(content)
		if err != nil {
			t.Fatal(err)
		}
		if pdfs[kind], err = s.Press.Render(layout, at); err != nil {
			t.Fatal(err)
		}
		copied, err := s.Press.Docx(layout, at)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, string(kind)+".docx")
		if err := os.WriteFile(file, copied, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if said, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice：%v\n%s", err, said)
	}
	for kind := range contents {
		t.Run(kind.Label(), func(t *testing.T) {
			opened, err := os.ReadFile(filepath.Join(dir, "out", string(kind)+".pdf"))
			if err != nil {
				t.Fatalf("LibreOffice 没有打开：%v", err)
			}
			has := hanOf(textOf(t, opened))
			pages := document.PageCount(pdfs[kind])
			lacks := ""
			for r, n := range hanOf(textOf(t, pdfs[kind])) {
				if has[r] < n-3*(pages-1) { // the PDF has its number, the demo's mark and the head of a table again on each further page
					lacks += string(r)
				}
			}
			if lacks != "" {
				t.Errorf("编辑稿里少了“%s”", lacks)
			}
			if !slices.Contains(pictured, kind) {
				return
			}
			if code, _ := codeIn(t, pdfs[kind]); !strings.HasPrefix(code, "http://fadu.example/v/") {
				t.Errorf("二维码读出来是“%s”", code)
			}
		})
	}
}

// hanOf counts the Chinese characters.
func hanOf(text []byte) map[rune]int {
	out := map[rune]int{}
	for _, r := range string(text) {
		if unicode.Is(unicode.Han, r) {
			out[r]++
		}
	}
	return out
}

// codeIn reads the QR code of a PDF from a picture of its pages, and counts them.
func codeIn(t *testing.T, pdf []byte) (code string, pages int) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("pdftoppm", "-r", "200", "-gray", "-png", "-", filepath.Join(dir, "page"))
	cmd.Stdin = bytes.NewReader(pdf)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm：%v %s", err, said)
	}
	pictures, err := filepath.Glob(filepath.Join(dir, "page*.png"))
	if err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command("zbarimg", append([]string{"-q", "--raw"}, pictures...)...).Output() // 4: a page without one
	if keep := os.Getenv("FADU_SHOTS"); keep != "" {
		for _, p := range pictures {
			_ = os.Rename(p, filepath.Join(keep, strings.ReplaceAll(t.Name(), "/", "_")+filepath.Base(p)))
		}
	}
	return strings.TrimSpace(string(out)), len(pictures)
}
