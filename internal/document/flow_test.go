package document

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is set: rows keep their order, none is lost, none runs over the page's end, what belongs
// together stays together where a page can hold it, and a frame that goes on has its head again.
func TestPaginate性质(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const first, next, bottom = 100, 50, 600
		head := []row{{height: 20, keep: true}}
		var g *group
		var rows []row
		for range rapid.IntRange(1, 80).Draw(t, "rows") {
			r := row{height: float64(rapid.IntRange(1, 120).Draw(t, "height"))}
			switch rapid.IntRange(0, 9).Draw(t, "kind") {
			case 0:
				r.space = true
			case 1, 2:
				r.keep = true
			case 3:
				g = &group{head: head}
			case 4:
				g = nil
			case 5:
				r.newPage = true
			}
			r.in = g
			rows = append(rows, r)
		}
		pages := paginate(rows, first, next, bottom)
		i := 0
		for n, page := range pages {
			for j, r := range page {
				if r.y+r.height > bottom+0.01 && !r.space {
					t.Fatalf("page %d: row at %.0f + %.0f", n, r.y, r.height)
				}
				if j > 0 && r.y != page[j-1].y+page[j-1].height {
					t.Fatalf("page %d: gap before row %d", n, j)
				}
				if j == 0 && n > 0 && r.height == 20 && r.keep && i > 0 && rows[i-1].in != nil && rows[i-1].in == rows[i].in {
					continue // the repeated head
				}
				for rows[i].space && rows[i].height != r.height {
					i++ // vanished at the top
				}
				if rows[i].height != r.height || rows[i].in != r.in {
					t.Fatalf("page %d: row %d out of order", n, i)
				}
				i++
			}
		}
		for ; i < len(rows); i++ {
			if !rows[i].space {
				t.Fatalf("row %d lost", i)
			}
		}
	})
}

func TestForm长栏目续到下页(t *testing.T) {
	p := press(t, "")
	paper := onSpotForm(t)
	long := strings.Repeat("当事人在青石路小学门前人行道摆卖水果，经执法人员指出后当场改正。", 60)
	paper.Blocks[2] = Paragraph{Label: "违法事实及证据", Text: long}
	out := printed(t, p, paper)
	if out.Pages < 3 {
		t.Fatalf("%d pages", out.Pages)
	}
	text := textOf(t, save(t, "长栏目", out.PDF))
	if n := strings.Count(text, "（续）"); n != 1 && n != 2 {
		t.Errorf("label repeated %d times", n)
	}
	if n := strings.Count(strings.Join(strings.Fields(text), ""), "当场改正"); n < 60 {
		t.Errorf("%d of 60 sentences", n)
	}
}

func TestTable长格跨页(t *testing.T) {
	p := press(t, "")
	long := strings.Repeat("询问笔录所载内容经当事人核对无误。", 130)
	paper := Paper{Layout: Letter, Title: "证据清单", Blocks: []Block{
		Table{Columns: []Column{{Title: "名称"}, {Title: "内容", Weight: 3}}, Rows: [][]string{{"询问笔录", long}, {"照片", "三张"}}},
	}}
	out := printed(t, p, paper)
	text := textOf(t, save(t, "长格", out.PDF))
	if out.Pages < 2 || strings.Count(text, "三张") != 1 || strings.Count(text, "名称") != out.Pages {
		t.Errorf("%d pages:\n%s", out.Pages, text)
	}
}

// The picture of each page has ink where it must be and none near the paper's edge, where printers
// cannot print.
func TestPrint页面图像(t *testing.T) {
	p := press(t, "")
	for name, paper := range papers(t) {
		t.Run(name, func(t *testing.T) {
			paper.Demo, paper.Void = false, ""
			path := save(t, name+"-无水印", printed(t, p, paper).PDF)
			stem := filepath.Join(t.TempDir(), "page")
			tool(t, "pdftoppm", "-r", "72", "-png", path, stem)
			files, err := filepath.Glob(stem + "*.png")
			if err != nil || len(files) == 0 {
				t.Fatal(files, err)
			}
			for n, file := range files {
				img := decodeFile(t, file)
				if b := inkBounds(img); b.Min.X < 25 || b.Min.Y < 25 || b.Max.X > 595-25 || b.Max.Y > 842-25 {
					t.Errorf("page %d: ink in %v", n+1, b)
				} else if b.Dx() < 400 {
					t.Errorf("page %d: hardly any ink: %v", n+1, b)
				}
			}
			if red := hasRed(decodeFile(t, files[0])); red != (paper.Header == RedHeader || name == "当场行政处罚决定书") {
				t.Errorf("red on page 1: %v", red)
			}
		})
	}
}

func decodeFile(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func inkBounds(img image.Image) image.Rectangle {
	var b image.Rectangle
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 200 {
				b = b.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return b
}

func hasRed(img image.Image) bool {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, g, b, _ := img.At(x, y).RGBA(); r > g+0x2000 && r > b+0x2000 && img.At(x, y) != (color.RGBA{}) {
				return true
			}
		}
	}
	return false
}
