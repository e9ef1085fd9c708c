// Package pageimage looks at the pages of a PDF as another program draws them, for tests.
package pageimage

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// Of renders a PDF's pages in grey at a low resolution. Without pdftoppm the test is skipped; in CI it fails.
func Of(t testing.TB, pdf []byte) []*image.Gray {
	t.Helper()
	program, err := exec.LookPath("pdftoppm")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftoppm（poppler-utils）没有安装")
		}
		t.Skip("pdftoppm（poppler-utils）没有安装，没有核对页面图像")
	}
	stem := filepath.Join(t.TempDir(), "page")
	cmd := exec.Command(program, "-r", "40", "-gray", "-png", "-", stem)
	cmd.Stdin = bytes.NewReader(pdf)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, said)
	}
	files, err := filepath.Glob(stem + "*.png")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	slices.Sort(files)
	var out []*image.Gray
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Read(t, data))
	}
	return out
}

// Read decodes a page that Write wrote.
func Read(t testing.TB, data []byte) *image.Gray {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewGray(img.Bounds())
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			out.Set(x, y, img.At(x, y))
		}
	}
	return out
}

// Write encodes a page as a small file.
func Write(t testing.TB, page *image.Gray) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, page); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Differ tells how two pages differ, or "": the mean grey of squares of eight pixels (5 mm), which another
// version of the renderer moves by little and a line that has moved by much.
func Differ(a, b *image.Gray) string {
	if a.Bounds() != b.Bounds() {
		return fmt.Sprintf("%v and %v", a.Bounds(), b.Bounds())
	}
	const side, most = 8, 28
	mean := func(m *image.Gray, x, y int) int {
		sum, n := 0, 0
		for dy := range side {
			for dx := range side {
				if p := image.Pt(x+dx, y+dy); p.In(m.Rect) {
					sum, n = sum+int(m.GrayAt(p.X, p.Y).Y), n+1
				}
			}
		}
		return sum / n
	}
	worst, at := 0, image.Point{}
	for y := 0; y < a.Rect.Dy(); y += side {
		for x := 0; x < a.Rect.Dx(); x += side {
			if d := mean(a, x, y) - mean(b, x, y); max(d, -d) > worst {
				worst, at = max(d, -d), image.Pt(x, y)
			}
		}
	}
	if worst <= most {
		return ""
	}
	return fmt.Sprintf("at %d mm from the left and %d mm from the top the grey differs by %d of 255", at.X*254/400, at.Y*254/400, worst)
}
