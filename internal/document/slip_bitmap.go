package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/skip2/go-qrcode"
	"golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Bitmap is a picture of black dots; Bits has a row of whole bytes after the other, the left dot highest.
type Bitmap struct {
	Width, Height int // dots; Width is a multiple of 8
	Bits          []byte
}

func newBitmap(width, height int) *Bitmap {
	width = (width + 7) / 8 * 8
	return &Bitmap{width, height, make([]byte, width/8*height)}
}

// At reports a black dot.
func (b *Bitmap) At(x, y int) bool {
	return x >= 0 && y >= 0 && x < b.Width && y < b.Height && b.Bits[y*b.Width/8+x/8]&(0x80>>(x%8)) != 0
}

func (b *Bitmap) set(x, y int) {
	if x >= 0 && y >= 0 && x < b.Width && y < b.Height {
		b.Bits[y*b.Width/8+x/8] |= 0x80 >> (x % 8)
	}
}

// drawn draws a line of text and returns it with the text that can be read there: a character that is left
// to fill by hand is a box.
func (w *slipSetter) drawn(text string, bold bool, scale int) (*Bitmap, string) {
	size := SlipCell * scale
	height := slipLine - SlipCell + size
	width := 0
	for _, r := range text {
		width += slipMetric(r) * size / cell
	}
	says := ""
	ink := image.NewAlpha(image.Rect(0, 0, width, height))
	x := 0
	for _, r := range text {
		mark, ticked := drawn[r]
		if ticked {
			r = mark
		}
		advance := slipMetric(r) * size / cell
		g := w.set.glyph(bold, r)
		switch {
		case r == ' ' || r == '　':
		case g.face == nil && !w.set.box(r):
			w.fail(&MissingGlyphs{Runes: []rune{r}, Where: []string{"小票"}})
		case g.face == nil:
			frame(ink, x+1, 1, advance-2, size)
			r = '□'
		default:
			left := (advance - g.width*size/cell) / 2
			w.fail(g.face.ink(ink, r, size, x+max(0, left), size*9/10))
		}
		if ticked {
			frame(ink, x+1, 1, advance-2, size-2)
		}
		x += advance
		says += string(r)
	}
	// a bitmap is as wide as the line's text and stands where the printer is told to align it
	out := newBitmap(width, height)
	for y := range height {
		for x := range width {
			if ink.AlphaAt(x, y).A >= 0x60 {
				out.set(x, y)
			}
		}
	}
	return out, says
}

// ink draws a glyph with its origin at x and its baseline at y.
func (f *face) ink(into *image.Alpha, r rune, size, x, y int) error {
	f.outlines.Do(func() { f.parsed, f.unparsed = sfnt.Parse(f.glyphs.GetTTFParser().FontData()) })
	if f.unparsed != nil {
		return fmt.Errorf("字体“%s”不能用来画小票: %w", f.name, f.unparsed)
	}
	var buf sfnt.Buffer
	glyph, err := f.parsed.GlyphIndex(&buf, r)
	var segments sfnt.Segments
	if err == nil {
		segments, err = f.parsed.LoadGlyph(&buf, glyph, fixed.I(size), &sfnt.LoadGlyphOptions{})
	}
	if err != nil {
		return fmt.Errorf("字体“%s”里的“%c”画不出: %w", f.name, r, err)
	}
	pen := vector.NewRasterizer(into.Rect.Dx(), into.Rect.Dy())
	at := func(p fixed.Point26_6) (float32, float32) {
		return float32(x) + float32(p.X)/64, float32(y) + float32(p.Y)/64
	}
	for _, s := range segments {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			pen.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			pen.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			pen.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			pen.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	pen.Draw(into, into.Rect, image.Opaque, image.Point{})
	return nil
}

// frame draws the sides of a box, two dots thick.
func frame(into *image.Alpha, x, y, w, h int) {
	for i := range 2 {
		for d := range w {
			into.SetAlpha(x+d, y+i, color.Alpha{A: 255})
			into.SetAlpha(x+d, y+h-1-i, color.Alpha{A: 255})
		}
		for d := range h {
			into.SetAlpha(x+i, y+d, color.Alpha{A: 255})
			into.SetAlpha(x+w-1-i, y+d, color.Alpha{A: 255})
		}
	}
}

// inked turns a drawn signature into dots, no larger than the given size.
func inked(p picture, width, height int) (*Bitmap, error) {
	img, err := png.Decode(bytes.NewReader(p.data))
	if err != nil {
		return nil, fmt.Errorf("document: signature on a slip: %w", err)
	}
	wide, high := p.within(float64(width), float64(height))
	size := image.Rect(0, 0, max(1, int(wide)), max(1, int(high)))
	paper := image.NewGray(size)
	draw.Draw(paper, size, image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(paper, size, img, img.Bounds(), draw.Over, nil)
	out := newBitmap(size.Dx(), size.Dy())
	for y := range size.Dy() {
		for x := range size.Dx() {
			if paper.GrayAt(x, y).Y < 0xc0 {
				out.set(x, y)
			}
		}
	}
	return out, nil
}

// qrLine is the check's QR code, by the printer's command or as a bitmap with its quiet zone.
func qrLine(url string, setup SlipSetup) (SlipLine, error) {
	code, err := qrcode.New(url, qrcode.Medium)
	if err != nil {
		return SlipLine{}, fmt.Errorf("document: QR code: %w", err)
	}
	code.DisableBorder = true
	bits := code.Bitmap()
	quiet := 2 * slipModule
	side := len(bits)*slipModule + 2*quiet
	line := SlipLine{Align: Center, Height: side, Side: side, QR: url}
	if !setup.RasterQR {
		return line, nil
	}
	line.QR = ""
	line.Bitmap = newBitmap(side, side)
	for y := range len(bits) * slipModule {
		for x := range len(bits) * slipModule {
			if bits[y/slipModule][x/slipModule] {
				line.Bitmap.set(x+quiet, y+quiet)
			}
		}
	}
	return line, nil
}
