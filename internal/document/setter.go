package document

import (
	"slices"
	"strings"
)

// setter turns the blocks of one paper into rows. It remembers the glyphs it has looked up and the
// characters that are left to fill by hand.
type setter struct {
	press  *Press
	form   bool
	body   font // of running text
	narrow bool // a form is made to fit on one page
	known  map[glyphKey]glyph
	blanks map[rune]bool // characters that may be left as boxes
	filled []rune        // those that were met
	err    error         // first picture that cannot be printed
}

type glyphKey struct {
	bold bool
	r    rune
}

// glyph is how a character is drawn: by a face, with its advance in thousandths of an em; or, without a
// face, as a box to fill by hand.
type glyph struct {
	face  *face
	width int
}

// handFillWidth leaves room to write a character.
const handFillWidth = 1900

// drawn are characters that hardly a Chinese font has, and what stands for them in the text of the PDF: a
// box to tick as a square; a ticked or crossed one as the mark, with the box drawn around it.
var drawn = map[rune]rune{'☐': '□', '☑': '√', '☒': '×'}

// glyph looks a character up. One that no font has counts as a box; the canvas refuses to draw a box
// that the paper does not allow.
func (s *setter) glyph(bold bool, r rune) glyph {
	key := glyphKey{bold, r}
	g, ok := s.known[key]
	if ok {
		return g
	}
	g.face, g.width = s.press.find(bold, r)
	if g.face == nil {
		g.width = handFillWidth
	}
	s.known[key] = g
	return g
}

func (s *setter) metric(bold bool) Metric {
	return func(r rune) int {
		if mark, ok := drawn[r]; ok {
			r = mark
		}
		return s.glyph(bold, r).width
	}
}

// measure is a column of text: its left edge, its width and the font of running text in it.
type measure struct {
	x, width float64
	font     font
}

// row is one horizontal slice of the paper, which a page holds whole.
type row struct {
	height  float64
	keep    bool   // stays on the page of the row after it
	space   bool   // vanishes at the top of a page
	newPage bool   // begins a page
	lines   int    // lines of body text that it holds
	close   bool   // begins a part of the close: signatures; authority, date and seal; receipt; copies
	in      *group // the frame it belongs to
	draw    func(c *canvas, y float64)
}

// group is a frame around rows. On each page that holds some of them, frame is called with the slice of
// the page that they take; head is repeated at the top of every further page.
type group struct {
	head  []row
	frame func(c *canvas, top, bottom float64, first bool)
}

// pad is the room above and below the text of a cell.
func (s *setter) pad() float64 {
	if s.narrow {
		return 3
	}
	return cellPad
}

func gap(height float64) row { return row{height: height, space: true} }

// paragraph sets text in lines; every line of the text is a paragraph with its first line indented by
// the given number of characters. No first or last line stands alone on a page.
func (s *setter) paragraph(text string, m measure, indent int, align Align) []row {
	var rows []row
	parts := splitLines(text)
	for _, part := range parts {
		lines := s.lines(part, m, indent, align)
		if len(lines) == 0 && len(parts) > 1 { // a blank line, to write on
			rows = append(rows, row{height: m.font.leading})
		}
		for i, l := range lines {
			x := m.x
			if i == 0 && align == Left {
				x += float64(indent) * m.font.pitch
			}
			width := float64(l.Width) / cell * m.font.pitch
			switch align {
			case Center:
				x += (m.width - width) / 2
			case Right:
				x += m.width - width
			}
			rows = append(rows, row{
				height: m.font.leading,
				lines:  1,
				keep:   len(lines) > 1 && (i == 0 || i == len(lines)-2),
				draw:   func(c *canvas, y float64) { c.line(l, x, m.font.base(y), m.font) },
			})
		}
	}
	return rows
}

// lines breaks one paragraph in the given measure.
func (s *setter) lines(text string, m measure, indent int, align Align) []Line {
	width := m.font.cells(m.width)
	if align != Left {
		return BreakRagged(text, width, s.metric(m.font.bold))
	}
	return Break(text, width-indent*cell, width, s.metric(m.font.bold))
}

// width returns the natural width of a text.
func (s *setter) width(text string, f font) float64 {
	total := 0
	for _, r := range clean(text) {
		if r != wordJoiner {
			total += s.metric(f.bold)(r)
		}
	}
	return float64(total) / cell * f.pitch
}

// box notes that a character is left to fill by hand; it is false where the paper does not allow it.
func (s *setter) box(r rune) bool {
	if !s.blanks[r] {
		return false
	}
	if !slices.Contains(s.filled, r) {
		s.filled = append(s.filled, r)
	}
	return true
}

func splitLines(text string) []string { return strings.Split(clean(text), "\n") }
