package document

import "strings"

// formRows sets the blocks in bordered cells over the whole measure. A block with a label gets its own
// cell; those without follow one another in a shared one.
func (s *setter) formRows(p Paper) []row {
	var rows []row
	for i := 0; i < len(p.Blocks); {
		switch b := p.Blocks[i].(type) {
		case Fields:
			rows = append(rows, s.formFields(b)...)
			i++
		case Table:
			rows = append(rows, b.rows(s, measure{marginLeft, measureWidth, tableBody})...)
			i++
		case Photos:
			rows = append(rows, b.rows(s, measure{marginLeft, measureWidth, s.body})...)
			i++
		default:
			label := labelOf(b)
			j := i + 1
			for label == "" && j < len(p.Blocks) && shares(p.Blocks[j]) {
				j++
			}
			rows = append(rows, s.boxed(label, s.body, p.Blocks[i:j])...)
			i = j
		}
	}
	return rows
}

// labelOf returns the label of a block that has a cell of its own, or "".
func labelOf(b Block) string {
	switch b := b.(type) {
	case Paragraph:
		return b.Label
	case Signatures:
		return b.Label
	case Receipt:
		return b.Label
	}
	return ""
}

// shares reports a block that may follow another in one cell.
func shares(b Block) bool {
	switch b.(type) {
	case Fields, Table, Photos, Receipt:
		return false
	}
	return labelOf(b) == ""
}

// boxed sets blocks in one bordered cell over the whole measure, with a label cell at its left if there
// is a label. A cell that goes on on the next page repeats its label with 续.
func (s *setter) boxed(label string, f font, blocks []Block) []row {
	x, left := float64(marginLeft), 0.0
	if label != "" {
		left = labelWidth
	}
	g := &group{}
	inner := measure{x + left + cellPad + 2, measureWidth - left - 2*(cellPad+2), f}
	var rows []row
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case Receipt:
			rows = append(rows, b.content(s, inner)...)
		case Signatures:
			if close, ok := follower(blocks, i); ok && s.narrow {
				rows = append(rows, s.beside(b, close, inner))
				i++
				continue
			}
			rows = append(rows, b.rows(s, inner)...)
		default:
			rows = append(rows, b.rows(s, inner)...)
		}
	}
	labelCell := measure{0, labelWidth - 2*cellPad, f}
	names := s.lines(label, labelCell, 0, Center)
	pad := max(s.pad(), (float64(len(names))*f.leading-total(rows))/2+2)
	rows = append(append([]row{{height: pad, keep: true}}, rows...), row{height: pad})
	rows[len(rows)-2].keep = true
	for i := range rows {
		rows[i].in = g
	}
	g.frame = func(c *canvas, top, bottom float64, first bool) {
		c.rect(x, top, measureWidth, bottom-top, frameLine, black)
		if label == "" {
			return
		}
		c.rule(x+left, top, x+left, bottom, innerLine, black)
		lines := names
		if !first {
			lines = s.lines(label+"（续）", labelCell, 0, Center)
		}
		c.block(lines, x, left, top, bottom, Center, f)
	}
	return rows
}

func follower(blocks []Block, i int) (Issue, bool) {
	if i+1 == len(blocks) {
		return Issue{}, false
	}
	close, ok := blocks[i+1].(Issue)
	return close, ok
}

// beside sets the signatures at the left of authority, date and seal.
func (s *setter) beside(b Signatures, close Issue, m measure) row {
	left, right := m, m
	left.width = m.width * 0.58
	right.x += left.width
	right.width -= left.width
	one, two := b.rows(s, left), close.rows(s, right)
	high := max(total(one), total(two))
	return row{height: high, close: true, draw: func(c *canvas, y float64) {
		for _, column := range [][]row{one, two} {
			at := y + high - total(column)
			for _, r := range column {
				r.draw(c, at)
				at += r.height
			}
		}
	}}
}

// block draws lines in the middle of a cell's height.
func (c *canvas) block(lines []Line, x, width, top, bottom float64, align Align, f font) {
	y := top + (bottom-top-float64(len(lines))*f.leading)/2
	for _, l := range lines {
		w := float64(l.Width) / cell * f.pitch
		at := x + cellPad
		switch align {
		case Center:
			at = x + (width-w)/2
		case Right:
			at = x + width - cellPad - w
		}
		c.line(l, at, f.base(y), f)
		y += f.leading
	}
}

// formFields sets rows of label and value cells; the fields' own label is a narrow cell at the left with
// its characters one below the other.
func (s *setter) formFields(f Fields) []row {
	x, width := float64(marginLeft), float64(measureWidth)
	side := strings.Split(clean(f.Label), "")
	if f.Label != "" {
		x += sideWidth
		width -= sideWidth
	}
	g := &group{frame: func(c *canvas, top, bottom float64, _ bool) {
		c.rect(marginLeft, top, measureWidth, bottom-top, frameLine, black)
		if f.Label == "" {
			return
		}
		c.rule(x, top, x, bottom, innerLine, black)
		step := min(s.body.leading, (bottom-top-2)/float64(len(side)))
		y := top + (bottom-top-step*float64(len(side)))/2
		for _, ch := range side {
			c.centred(ch, marginLeft+sideWidth/2, s.body.base(y-(s.body.leading-step)/2), s.body)
			y += step
		}
	}}
	least := 0.0
	if f.Label != "" { // room for the label
		least = (float64(len(side))*15 + 4) / float64(max(1, len(f.Rows)))
	}
	var rows []row
	for _, fields := range f.Rows {
		rows = append(rows, s.gridRow(fieldCells(fields, width), x, s.body, g, least)...)
	}
	return rows
}

// fieldCells shares the width among the values of one row by their weights.
func fieldCells(fields []Field, width float64) []gridCell {
	sum := 0
	for _, f := range fields {
		sum += max(f.Weight, 1)
	}
	left := width - labelWidth*float64(len(fields))
	var cells []gridCell
	for _, f := range fields {
		cells = append(cells,
			gridCell{text: f.Label, width: labelWidth, align: Center},
			gridCell{text: f.Value, width: left * float64(max(f.Weight, 1)) / float64(sum)})
	}
	return cells
}
