package document

import (
	"fmt"
	"math"

	"github.com/signintech/gopdf"
)

// canvas draws on the pages of one PDF. It keeps the first error and draws nothing after it.
type canvas struct {
	pdf *gopdf.GoPdf
	set *setter
	// used are the characters drawn from each face; cut the fonts to draw them with, where they are not the whole. It is nil
	// in a sketch, which is for knowing the characters and has no pictures.
	used map[*face]map[rune]bool
	cut  map[*face][]byte
	err  error
}

func newCanvas(s *setter, cut map[*face][]byte) *canvas {
	c := &canvas{pdf: &gopdf.GoPdf{}, set: s, used: map[*face]map[rune]bool{}, cut: cut}
	c.pdf.Start(gopdf.Config{Unit: gopdf.UnitPT, PageSize: gopdf.Rect{W: pageWidth, H: pageHeight}})
	return c
}

func (c *canvas) fail(err error) {
	if c.err == nil && err != nil {
		c.err = err
	}
}

// line draws a broken line with its left edge at x. Characters of one face and one spacing go to the
// PDF as one run, so that the text is found and copied whole.
func (c *canvas) line(l Line, x, base float64, f font) {
	var run []rune
	var from *face
	var start, spacing float64
	put := func() {
		c.run(string(run), from, start, base, spacing, f)
		run = run[:0]
	}
	for i, r := range l.Runes {
		advance := float64(l.Advances[i]) / cell * f.pitch
		if mark, ok := drawn[r]; ok && mark != '□' {
			put()
			c.ticked(mark, x, base, f)
			x += advance
			continue
		} else if ok {
			r = mark
		}
		g := c.set.glyph(f.bold, r)
		extra := advance - float64(g.width)/cell*f.size
		if len(run) > 0 && (g.face != from || math.Abs(extra-spacing) > 0.001) {
			put()
		}
		switch {
		case g.face == nil:
			c.handFill(r, x, base, f)
		default:
			if len(run) == 0 {
				from, start, spacing = g.face, x, extra
			}
			run = append(run, r)
		}
		x += advance
	}
	put()
}

// ticked draws a mark, bold, in a box of the size of □.
func (c *canvas) ticked(mark rune, x, base float64, f font) {
	if g := c.set.glyph(true, mark); g.face != nil {
		c.run(string(mark), g.face, x, base, 0, f)
	}
	c.rect(x+0.12*f.size, base-0.76*f.size, 0.76*f.size, 0.76*f.size, 0.04*f.size, f.colour)
}

func (c *canvas) run(text string, from *face, x, base, spacing float64, f font) {
	if c.err != nil || text == "" {
		return
	}
	if f.ghost {
		from = c.set.press.ghost
	}
	if c.used[from] == nil {
		c.used[from] = map[rune]bool{}
		if data, ok := c.cut[from]; ok {
			c.fail(c.pdf.AddTTFFontData(from.name, data))
		} else {
			c.fail(c.pdf.AddTTFFontFromFontContainer(from.name, &c.set.press.fonts))
		}
	}
	for _, r := range text {
		c.used[from][r] = true
	}
	c.fail(c.pdf.SetFont(from.name, "", f.size))
	c.fail(c.pdf.SetCharSpacing(spacing))
	c.pdf.SetTextColor(f.colour.r, f.colour.g, f.colour.b)
	c.pdf.SetXY(x, base)
	c.fail(c.pdf.Text(text))
}

// handFill leaves a box in place of a character that no font has.
func (c *canvas) handFill(r rune, x, base float64, f font) {
	if !c.set.box(r) {
		c.fail(&MissingGlyphs{Runes: []rune{r}, Where: []string{"版面"}})
		return
	}
	side := float64(handFillWidth)/cell*f.pitch - 0.16*f.size
	c.dashed(2, 1.5)
	c.rect(x+0.08*f.size, base-0.95*f.size, side, 1.16*f.size, 0.6, black)
	c.solid()
	small := max(5, f.size*0.34)
	note := font{size: small, pitch: small, colour: grey}
	c.flushRight("手填", x+0.05*f.size+side, base+0.14*f.size, note)
}

// text draws a text at its natural width and returns where it ends.
func (c *canvas) text(text string, x, base float64, f font) float64 {
	l := Line{}
	for _, r := range clean(text) {
		if r == wordJoiner {
			continue
		}
		w := c.set.metric(f.bold)(r)
		l.Runes = append(l.Runes, r)
		l.Advances = append(l.Advances, w)
		l.Width += w
	}
	c.line(l, x, base, f)
	return x + float64(l.Width)/cell*f.pitch
}

// centred draws a text with its middle at x.
func (c *canvas) centred(text string, x, base float64, f font) {
	c.text(text, x-c.set.width(text, f)/2, base, f)
}

// flushRight draws a text that ends at x.
func (c *canvas) flushRight(text string, x, base float64, f font) {
	c.text(text, x-c.set.width(text, f), base, f)
}

func (c *canvas) rule(x1, y1, x2, y2, width float64, col colour) {
	c.pdf.SetLineWidth(width)
	c.pdf.SetStrokeColor(col.r, col.g, col.b)
	c.pdf.Line(x1, y1, x2, y2)
}

func (c *canvas) rect(x, y, w, h, width float64, col colour) {
	c.pdf.SetLineWidth(width)
	c.pdf.SetStrokeColor(col.r, col.g, col.b)
	c.pdf.RectFromUpperLeft(x, y, w, h)
}

func (c *canvas) fill(x, y, w, h float64, col colour) {
	c.pdf.SetFillColor(col.r, col.g, col.b)
	c.pdf.RectFromUpperLeftWithStyle(x, y, w, h, "F")
}

func (c *canvas) circle(x, y, radius, width float64, col colour) {
	c.pdf.SetLineWidth(width)
	c.pdf.SetStrokeColor(col.r, col.g, col.b)
	c.pdf.Oval(x-radius, y-radius, x+radius, y+radius)
}

func (c *canvas) dashed(on, off float64) { c.pdf.SetCustomLineType([]float64{on, off}, 0) }

func (c *canvas) solid() { c.pdf.SetLineType("solid") }

// picture draws a prepared image into the rectangle.
func (c *canvas) picture(p picture, x, y, w, h float64) {
	if c.err != nil || c.cut == nil {
		return
	}
	holder, err := gopdf.ImageHolderByBytes(p.data)
	if err == nil {
		err = c.pdf.ImageByHolder(holder, x, y, &gopdf.Rect{W: w, H: h})
	}
	if err != nil {
		c.fail(fmt.Errorf("document: draw picture: %w", err))
	}
}

// turned draws with the page turned by the angle (degrees, counter-clockwise) around a point.
func (c *canvas) turned(angle, x, y float64, draw func()) {
	c.pdf.Rotate(angle, x, y)
	draw()
	c.pdf.RotateReset()
}
