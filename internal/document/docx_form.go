package document

import "strings"

// formBlock gathers the i-th block, with those that share its cell, as rows of the form and returns the
// next one; see setter.formRows.
func (w *word) formBlock(i int) int {
	switch b := w.paper.Blocks[i].(type) {
	case Fields:
		w.formFields(b)
		return i + 1
	case Table:
		w.grid(b)
		return i + 1
	case Photos:
		w.photos(b)
		return i + 1
	case Receipt:
		if b.Opinion {
			w.boxed(b.Label, []Block{b})
			return i + 1
		}
		w.table()
		w.out.WriteString(w.thin(8))
		w.boxed(b.Label, []Block{b})
		w.table()
		return i + 1
	}
	label := labelOf(w.paper.Blocks[i])
	j := i + 1
	for label == "" && j < len(w.paper.Blocks) && shares(w.paper.Blocks[j]) {
		j++
	}
	w.boxed(label, w.paper.Blocks[i:j])
	return j
}

// boxed is one row: the label cell, if there is one, and a cell with the blocks. In a form made to fit,
// the close stands beside the signatures.
func (w *word) boxed(label string, blocks []Block) {
	f := w.set.body
	if !w.set.form {
		f = formBody
	}
	left := 0.0
	var cells []wordCell
	if label != "" {
		left = labelWidth
		cells = append(cells, wordCell{to: left, content: w.text(label, f, para{align: Center})})
	}
	width := measureWidth - left - 2*cellPad
	content := ""
	for i := 0; i < len(blocks); i++ {
		if close, ok := follower(blocks, i); ok && w.set.narrow {
			if signatures, ok := blocks[i].(Signatures); ok {
				split := left + (measureWidth-left)*0.58
				cells = append(cells,
					wordCell{from: left, to: split, content: content + w.content(signatures, split-left-2*cellPad, f), bare: true},
					wordCell{from: split, to: measureWidth, content: w.content(close, measureWidth-split-2*cellPad, f), joined: true})
				content = ""
				if i += 2; i < len(blocks) {
					w.rows = append(w.rows, wordRow{cells: cells})
					w.boxed(label, blocks[i:])
					return
				}
				break
			}
		}
		content += w.content(blocks[i], width, f)
	}
	if content != "" {
		cells = append(cells, wordCell{from: left, to: measureWidth, content: content})
	}
	w.rows = append(w.rows, wordRow{cells: cells})
}

// formFields are rows of label and value cells, with the fields' own label over all of them at the left.
func (w *word) formFields(f Fields) {
	x := 0.0
	if f.Label != "" {
		x = sideWidth
	}
	body := w.set.body
	for n, row := range f.Rows {
		at := x
		var cells []wordCell
		if f.Label != "" {
			side := wordCell{to: x, merge: "continue"}
			if n == 0 {
				label := strings.Join(strings.Split(clean(f.Label), ""), "\n") // one below the other
				side.merge, side.content = "restart", w.text(label, body, para{align: Center})
			}
			cells = append(cells, side)
		}
		for _, c := range fieldCells(row, measureWidth-x) {
			cells = append(cells, wordCell{from: at, to: at + c.width, content: w.text(c.text, body, para{align: c.align})})
			at += c.width
		}
		cells[len(cells)-1].to = measureWidth
		w.rows = append(w.rows, wordRow{cells: cells, whole: true, height: body.leading + 2*w.set.pad()})
	}
}

// grid is a table of its own, its heading repeated on every page.
func (w *word) grid(t Table) {
	w.table()
	f := tableBody
	if t.Caption != "" {
		w.out.WriteString(w.text(t.Caption, w.set.body.strong(), para{align: Center, keep: true}))
	}
	sum := 0
	for _, c := range t.Columns {
		sum += max(c.Weight, 1)
	}
	row := func(texts []string, head bool) wordRow {
		r := wordRow{head: head, whole: true}
		at := 0.0
		for i, c := range t.Columns {
			to := at + measureWidth*float64(max(c.Weight, 1))/float64(sum)
			font, align := f, c.Align
			if head {
				font, align = f.strong(), Center
			}
			text := ""
			if i < len(texts) {
				text = texts[i]
			}
			r.cells = append(r.cells, wordCell{from: at, to: to, content: w.text(text, font, para{align: align})})
			at = to
		}
		return r
	}
	var titles []string
	for _, c := range t.Columns {
		titles = append(titles, c.Title)
	}
	w.rows = append(w.rows, row(titles, true))
	for _, texts := range t.Rows {
		w.rows = append(w.rows, row(texts, false))
	}
	w.table()
	w.out.WriteString(w.thin(8))
}
