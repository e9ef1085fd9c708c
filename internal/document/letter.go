package document

import "strings"

// letterRows sets the blocks as running text.
func (s *setter) letterRows(p Paper) []row {
	m := measure{marginLeft, measureWidth, s.body}
	var rows []row
	for _, b := range p.Blocks {
		rows = append(rows, b.rows(s, m)...)
	}
	return rows
}

// leastLines are the lines of text that a close takes with it to another page.
const leastLines = 2

// keepClose ties every part of the close to the last lines of text before it: signatures, authority, date and
// seal, the receipt and the note on copies never stand on a page without text, nor does the QR code, which
// is at the foot of the last page (GB/T 9704-2012 7.3.5.4: no 此页无正文).
func keepClose(rows []row) {
	for i, r := range rows {
		if !r.close || r.newPage {
			continue
		}
		for j, lines := i-1, 0; j >= 0 && lines < leastLines; j-- {
			rows[j].keep = true
			lines += rows[j].lines
			if rows[j].newPage {
				break
			}
		}
	}
}

// onlyClose reports a page that has nothing but the close and the lines tied to it.
func onlyClose(page []placed) bool {
	for _, r := range page[:max(0, len(page)-1)] {
		if !r.keep {
			return false
		}
	}
	return true
}

// unworded takes the rows for no text of the body.
func unworded(rows []row) []row {
	for i := range rows {
		rows[i].lines = 0
	}
	return rows
}

// rows sets the fields flush left, one row of them a line: 当事人：张某　住址：….
func (f Fields) rows(s *setter, m measure) []row {
	var rows []row
	for _, r := range f.Rows {
		var parts []string
		for _, one := range r {
			value := one.Value
			if value == "" {
				value = strings.Repeat("＿", 6)
			}
			parts = append(parts, one.Label+"："+value)
		}
		rows = append(rows, s.paragraph(strings.Join(parts, "　"), m, 0, Left)...)
	}
	return rows
}

// rows keeps a heading, and a text that ends with a colon, on the page of what follows.
func (p Paragraph) rows(s *setter, m measure) []row {
	rows := p.lines(s, m)
	heading := p.Style == Strong && len(rows) == 1 && !strings.HasSuffix(p.Text, "。")
	if n := len(rows); n > 0 && (heading || strings.HasSuffix(p.Text, "：")) {
		rows[n-1].keep = true
	}
	return rows
}

func (p Paragraph) lines(s *setter, m measure) []row {
	switch p.Style {
	case Flush:
		return s.paragraph(p.Text, m, 0, Left)
	case Strong:
		m.font = m.font.strong()
		return s.paragraph(p.Text, m, 2, Left)
	case Centred:
		return s.paragraph(p.Text, m, 0, Center)
	case Small:
		m.font = smallFont
		return s.paragraph(p.Text, m, 0, Left)
	}
	return s.paragraph(p.Text, m, 2, Left)
}

// rows sets authority and date at the right, the place of the seal over both: the authority centred over
// the date, the date four characters from the edge (GB/T 9704-2012 7.3.5.1).
func (i Issue) rows(s *setter, m measure) []row {
	f := m.font
	date := i.Date.Han()
	if date == "" {
		date = "　　年　　月　　日"
	}
	name := f
	for name.size > 9 && s.width(i.Organ, name) > m.width {
		name = name.sized(name.size - 0.5)
	}
	organWidth, dateWidth := s.width(i.Organ, name), s.width(date, f)
	middle := m.x + m.width - 4*f.pitch - dateWidth/2
	middle = min(middle, m.x+m.width-organWidth/2)
	const radius = sealDiameter / 2
	above, below := f.leading, 0.0
	if i.Seal {
		middle = min(middle, m.x+m.width-radius)
		above = radius - f.leading/2
		below = max(0, radius-1.5*f.leading)
	}
	end := row{height: above + 2*f.leading + below, close: true}
	end.draw = func(c *canvas, y float64) {
		y += above
		if i.Seal {
			c.sealPlace(middle, y+f.leading/2, radius)
		}
		c.centred(i.Organ, middle, f.base(y), name)
		c.centred(date, middle, f.base(y+f.leading), f)
	}
	return []row{end}
}

// sealPlace marks where the seal is stamped, pale enough to vanish under it.
func (c *canvas) sealPlace(x, y, radius float64) {
	c.dashed(3, 2.5)
	c.circle(x, y, radius, 0.8, paleRed)
	c.solid()
	c.centred("印章位置", x, y-radius*0.52, sealFont)
	c.centred("待用印", x, y-radius*0.52+sealFont.leading, sealFont)
}
