package document

// gridCell is a cell of one row of a grid.
type gridCell struct {
	text  string
	width float64
	align Align
	bold  bool
}

// wholeLines is the number of lines up to which a row of a grid is kept on one page.
const wholeLines = 12

// gridRow sets a row of cells, each text in the middle of its height, with a rule above and between
// them, at least as high as least. The outer frame is the group's. A row of many lines may go over a page break and is then set
// from the top, line by line.
func (s *setter) gridRow(cells []gridCell, x float64, f font, g *group, least float64) []row {
	set := make([][]Line, len(cells))
	fonts := make([]font, len(cells))
	most := 1
	for i, c := range cells {
		fonts[i] = f
		fonts[i].bold = f.bold || c.bold
		set[i] = s.cellLines(c, fonts[i])
		most = max(most, len(set[i]))
	}
	if most <= wholeLines {
		height := max(least, float64(most)*f.leading+2*s.pad())
		return []row{{height: height, in: g, lines: most, draw: func(c *canvas, y float64) {
			at := x
			for i, cl := range cells {
				c.cellBorder(at, x, y, cl.width, height, true)
				c.block(set[i], at, cl.width, y, y+height, cl.align, fonts[i])
				at += cl.width
			}
		}}}
	}
	var rows []row
	for n := range most {
		rows = append(rows, row{height: f.leading, in: g, lines: 1, keep: n == 0 || n == most-2, draw: func(c *canvas, y float64) {
			at := x
			for i, cl := range cells {
				c.cellBorder(at, x, y, cl.width, f.leading, n == 0)
				if n < len(set[i]) {
					c.block(set[i][n:n+1], at, cl.width, y, y+f.leading, cl.align, fonts[i])
				}
				at += cl.width
			}
		}})
	}
	return rows
}

// cellLines breaks a cell's text; its line feeds begin new lines.
func (s *setter) cellLines(c gridCell, f font) []Line {
	var lines []Line
	m := measure{0, c.width - 2*cellPad, f}
	for _, part := range splitLines(c.text) {
		lines = append(lines, s.lines(part, m, 0, c.align)...)
	}
	return lines
}

// cellBorder draws a cell's left border, and its upper one where the row begins; the first cell's left
// border is the frame.
func (c *canvas) cellBorder(at, rowLeft, y, width, height float64, begins bool) {
	if begins {
		c.rule(at, y, at+width, y, innerLine, black)
	}
	if at > rowLeft {
		c.rule(at, y, at, y+height, innerLine, black)
	}
}

// rows sets the table over the measure; caption and heading stay with the first row, and the heading is
// repeated on every page.
func (t Table) rows(s *setter, m measure) []row {
	f := tableBody
	sum := 0
	for _, c := range t.Columns {
		sum += max(c.Weight, 1)
	}
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = m.width * float64(max(c.Weight, 1)) / float64(sum)
	}
	g := &group{frame: func(c *canvas, top, bottom float64, _ bool) {
		c.rect(m.x, top, m.width, bottom-top, frameLine, black)
	}}
	var head []gridCell
	for i, c := range t.Columns {
		head = append(head, gridCell{c.Title, widths[i], Center, true})
	}
	g.head = unworded(s.gridRow(head, m.x, f, g, 0))
	g.head = append(g.head, row{in: g, draw: func(c *canvas, y float64) {
		c.rule(m.x, y, m.x+m.width, y, innerLine, black)
	}})
	for i := range g.head {
		g.head[i].keep = true
	}
	var rows []row
	if t.Caption != "" {
		rows = s.paragraph(t.Caption, measure{m.x, m.width, m.font.strong()}, 0, Center)
		for i := range rows {
			rows[i].keep = true
		}
	}
	rows = append(rows, g.head...)
	for _, r := range t.Rows {
		var cells []gridCell
		for i, c := range t.Columns {
			text := ""
			if i < len(r) {
				text = r[i]
			}
			cells = append(cells, gridCell{text, widths[i], c.Align, false})
		}
		rows = append(rows, s.gridRow(cells, m.x, f, g, 0)...)
	}
	return append(rows, gap(8))
}
