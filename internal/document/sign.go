package document

import "strings"

// blankLine is the shortest line on which one can sign.
const blankLine = 100.0

// rows keeps all signatures on one page, with the last lines of the text before them.
func (b Signatures) rows(s *setter, m measure) []row {
	var rows []row
	for _, one := range b.Signers {
		rows = append(rows, one.rows(s, m)...)
	}
	for i := range rows {
		rows[i].keep = i+1 < len(rows)
		rows[i].close = i == 0
	}
	return unworded(rows)
}

// rows sets 角色：______ 执法证号：… 日期 on one line, or the last parts on a second one where they do
// not fit, and the note below.
func (g Signer) rows(s *setter, m measure) []row {
	f := m.font
	label := g.Role + "："
	if g.Name != "" {
		label += g.Name + "　"
	}
	tail := ""
	if g.Certificate != "" {
		tail = "　执法证号：" + g.Certificate
	}
	if date := g.date(); date != "" {
		tail += "　" + date
	}
	ink := s.signature(g.Image)
	var rows []row
	if s.width(label, f) > 0.6*m.width { // a long role has its own lines
		rows = s.paragraph(label, m, 0, Left)
		for i := range rows {
			rows[i].keep = true
		}
		label = ""
	}
	labelEnd := m.x + s.width(label, f)
	tailWidth := s.width(tail, f)
	height := max(f.leading, 26)
	together := labelEnd+blankLine+tailWidth <= m.x+m.width
	lineEnd := m.x + m.width
	if together {
		lineEnd -= tailWidth
	}
	lineEnd = min(lineEnd, labelEnd+190)
	rows = append(rows, row{height: height, keep: !together || g.Note != "", draw: func(c *canvas, y float64) {
		base := f.base(y + height - f.leading)
		c.text(label, m.x, base, f)
		c.rule(labelEnd, base+3, lineEnd, base+3, innerLine, black)
		c.sign(ink, g.Written, labelEnd, lineEnd, y, base, f)
		if together {
			c.text(tail, lineEnd, base, f)
		}
	}})
	if !together {
		second := s.paragraph(strings.TrimLeft(tail, "　"), m, 0, Right)
		second[len(second)-1].keep = g.Note != ""
		rows = append(rows, second...)
	}
	if g.Note != "" {
		m.font = smallFont
		rows = append(rows, s.paragraph(g.Note, m, 2, Left)...)
	}
	return rows
}

// date returns what stands in the date's place.
func (g Signer) date() string {
	switch {
	case !g.Date.IsZero():
		return g.Date.Han()
	case g.Dated:
		return "　　年　　月　　日"
	}
	return ""
}

// signature prepares the drawn signature; one that cannot be read fails the paper.
func (s *setter) signature(image []byte) picture {
	if len(image) == 0 {
		return picture{}
	}
	p, err := signaturePicture(image)
	if err != nil && s.err == nil {
		s.err = err
	}
	return p
}

// sign puts the signature, or what is written in its place, on the line from x1 to x2.
func (c *canvas) sign(ink picture, written string, x1, x2, y, base float64, f font) {
	switch {
	case ink.width > 0:
		height := base + 6 - y
		w, h := ink.within(x2-x1-8, height)
		c.picture(ink, x1+4, base+6-h, w, h)
	case written != "":
		c.text(written, x1+8, base, f)
	}
}

// rows sets the receipt in a box of its own.
func (r Receipt) rows(s *setter, m measure) []row {
	return append([]row{gap(8)}, s.boxed(r.Label, formBody, []Block{r})...)
}

// content is the receipt inside its box.
func (r Receipt) content(s *setter, m measure) []row {
	rows := s.paragraph(r.Text, m, 0, Left)
	rows = append(rows, r.Signer.rows(s, m)...)
	rows[0].close = !r.Opinion
	for i := range rows[:len(rows)-1] {
		rows[i].keep = true
	}
	rows = unworded(rows)
	if r.Opinion { // a cell stands for itself
		rows[0].lines = leastLines
	}
	return rows
}
