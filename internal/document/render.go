package document

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"fadu/internal/fault"
)

// Print is a rendered paper.
type Print struct {
	PDF   []byte
	Pages int
	// HandFill are the characters left as boxes to fill by hand; they belong into the ledger.
	HandFill []rune
}

// Render returns the paper as PDF; see Print.
func (p *Press) Render(paper Paper, created time.Time) ([]byte, error) {
	out, err := p.Print(paper, created)
	return out.PDF, err
}

// Print sets the paper and returns it as PDF with the number of its pages. The same paper and creation
// time give the same bytes. A character that no font has is refused as *MissingGlyphs, unless the paper
// allows boxes to fill by hand. Other errors: a picture that cannot be printed (fault.Invalid), a paper
// without title or with an unknown layout.
func (p *Press) Print(paper Paper, created time.Time) (Print, error) {
	s, err := p.prepare(paper)
	if err != nil {
		return Print{}, err
	}
	if paper.Demo || paper.Void != "" {
		if err := p.ghost.load(&p.fonts); err != nil {
			return Print{}, err
		}
	}
	pages := s.pages(paper)
	if s.err != nil {
		return Print{}, s.err
	}
	sketch := newCanvas(s, nil) // to know the characters: the fonts of the PDF hold no others
	sketch.draw(paper, pages)
	fonts, err := cutFor(sketch.used)
	if err = errors.Join(sketch.err, err); err != nil {
		return Print{}, fmt.Errorf("document: print %q: %w", paper.Title, err)
	}
	c := newCanvas(s, fonts)
	c.draw(paper, pages)
	if c.err != nil {
		return Print{}, fmt.Errorf("document: print %q: %w", paper.Title, c.err)
	}
	var b bytes.Buffer
	if _, err := c.pdf.WriteTo(&b); err != nil {
		return Print{}, fmt.Errorf("document: write %q: %w", paper.Title, err)
	}
	pdf, err := finish(b.Bytes(), paper, created)
	if err != nil {
		return Print{}, fmt.Errorf("document: finish %q: %w", paper.Title, err)
	}
	return Print{PDF: pdf, Pages: len(pages), HandFill: s.filled}, nil
}

// prepare refuses what no form of output can show, and returns the setter for the rest.
func (p *Press) prepare(paper Paper) (*setter, error) {
	if err := p.load(); err != nil {
		return nil, err
	}
	if err := paper.check(); err != nil {
		return nil, err
	}
	missing := p.missing(paper)
	if len(missing.Runes) > 0 && !paper.HandFill {
		return nil, &missing
	}
	s := &setter{press: p, form: paper.Layout == Form, known: map[glyphKey]glyph{}, blanks: map[rune]bool{}}
	for _, r := range missing.Runes {
		s.blanks[r] = true
	}
	return s, nil
}

func (p Paper) check() error {
	var wrong fault.Fields
	if p.Title == "" {
		wrong.Add("标题", "文书没有标题")
	}
	if p.Layout != Letter && p.Layout != Form {
		wrong.Add("版式", "没有“%s”这种版式，可用 letter（公文式）或 form（表格式）", p.Layout)
	}
	for _, b := range p.Blocks {
		t, ok := b.(Table)
		if !ok {
			continue
		}
		if len(t.Columns) == 0 {
			wrong.Add("表格", "没有列")
		}
		for i, r := range t.Rows {
			if len(r) != len(t.Columns) {
				wrong.Add("表格", "第 %d 行有 %d 格，表头有 %d 列", i+1, len(r), len(t.Columns))
			}
		}
	}
	return wrong.Err()
}

// tighter are the shares of the usual distance of lines down to which a letter is set where its close would
// otherwise begin a page (GB/T 9704-2012 7.3.5.4 lets the distance of lines be changed for this).
var tighter = []float64{0.97, 0.94, 0.91}

// pages sets the whole paper. A letter whose close would begin a page is set a little tighter if that saves
// the page. A form that runs over is set smaller, down to 五号, if it then fits on one page, as its
// pre-printed model does.
func (s *setter) pages(p Paper) [][]placed {
	if !s.form {
		pages := s.set(p, letterBody)
		if len(pages) == 1 || !onlyClose(pages[len(pages)-1]) {
			return pages
		}
		for _, k := range tighter {
			f := letterBody
			f.leading *= k
			if tight := s.set(p, f); len(tight) < len(pages) {
				return tight
			}
		}
		return pages
	}
	normal := s.set(p, formBody)
	if len(normal) == 1 {
		return normal
	}
	s.narrow = true
	for _, f := range formSmall {
		if pages := s.set(p, f); len(pages) == 1 {
			return pages
		}
	}
	s.narrow = false
	return s.set(p, formBody)
}

func (s *setter) set(p Paper, body font) [][]placed {
	s.body = body
	rows := s.header(p)
	first, next := float64(letterHead), float64(letterTop)
	if s.form {
		rows = append(rows, s.formRows(p)...)
		first, next = formHead, formTop
	} else {
		rows = append(rows, s.letterRows(p)...)
	}
	rows = append(rows, s.copies(p)...)
	keepClose(rows)
	return paginate(rows, first, next, textBottom)
}

// draw draws every page: what lies under the text, frames, text, footer.
func (c *canvas) draw(p Paper, pages [][]placed) {
	begun := map[*group]bool{}
	for n, page := range pages {
		c.pdf.AddPage()
		c.background(p)
		frames(page, func(g *group, top, bottom float64) {
			g.frame(c, top, bottom, !begun[g])
			begun[g] = true
		})
		for _, r := range page {
			if r.draw != nil {
				r.draw(c, r.y)
			}
		}
		c.footer(p, n+1, len(pages))
	}
}
