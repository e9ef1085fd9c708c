package powers

import (
	"fmt"

	"fadu/internal/powers/pages"
)

// Chart geometry in units of the drawing, which scales with its place.
const (
	boxWide   = 250
	boxTop    = 12
	boxGap    = 30
	mainLeft  = 20
	sideLeft  = 350
	noteRunes = 19
	noteLine  = 17
	labelLine = 26

	// On a phone the boxes stand below each other, side boxes set in, so that nothing is drawn smaller
	// than it is written.
	narrowWide  = 236
	narrowLeft  = 6
	narrowSide  = 34
	narrowRunes = 16
)

// drawing is a chart with places: the main way down the middle, side boxes right of where they branch off.
func drawing(c FlowChart, id string) pages.ChartView {
	v := pages.ChartView{ID: id, Title: c.Title, Width: mainLeft*2 + boxWide}
	boxes := make([]pages.ChartBox, len(c.Nodes))
	y := boxTop
	for i, n := range c.Nodes {
		if !n.Side {
			boxes[i] = boxOf(n, mainLeft, y, boxWide, noteRunes)
			y += boxes[i].H + boxGap
		}
	}
	below := y
	free := boxTop // the first free place of the right column
	for i, n := range c.Nodes {
		if !n.Side {
			continue
		}
		v.Width = sideLeft + boxWide + mainLeft
		at := free
		for _, e := range c.Edges {
			if e.To == i && !c.Nodes[e.From].Side {
				at = max(at, boxes[e.From].Y)
				break
			}
		}
		boxes[i] = boxOf(n, sideLeft, at, boxWide, noteRunes)
		free = at + boxes[i].H + boxGap/2
	}
	v.Boxes, v.Height = boxes, max(below, free)+boxTop-boxGap/2
	last := -1
	for i, n := range c.Nodes {
		if n.Side {
			continue
		}
		if last >= 0 {
			v.Arrow(boxes[last], boxes[i])
		}
		last = i
	}
	for _, e := range c.Edges {
		if !c.Nodes[e.From].Side && c.Nodes[e.To].Side {
			branch(&v, boxes[e.From], boxes[e.To])
		}
	}
	v.Words = wordsOf(c)
	return v
}

// narrow is the same chart in one column: each side box below the box that it branches from.
func narrow(c FlowChart, id string) pages.ChartView {
	v := pages.ChartView{ID: id, Title: c.Title, Narrow: true, Width: narrowSide + narrowWide + narrowLeft}
	y, last := boxTop, -1
	place := func(i, x int) pages.ChartBox {
		b := boxOf(c.Nodes[i], x, y, narrowWide, narrowRunes)
		y += b.H + boxGap
		v.Boxes = append(v.Boxes, b)
		return b
	}
	placed := make([]bool, len(c.Nodes))
	for i, n := range c.Nodes {
		if n.Side {
			continue
		}
		from := place(i, narrowLeft)
		if last >= 0 {
			v.Arrow(v.Boxes[last], from)
		}
		last = len(v.Boxes) - 1
		for _, e := range c.Edges {
			if e.From == i && c.Nodes[e.To].Side && !placed[e.To] {
				placed[e.To] = true
				x := narrowLeft + (narrowSide-narrowLeft)/2
				to := place(e.To, narrowSide)
				v.Paths = append(v.Paths, fmt.Sprintf("M%d %dV%dH%d", x, from.Y+from.H, to.Y+to.H/2, to.X))
				v.Heads = append(v.Heads, fmt.Sprintf("M%d %dl-8 -4v8z", to.X, to.Y+to.H/2))
			}
		}
	}
	v.Height = y + boxTop - boxGap
	return v
}

// boxOf places a box with its note cut into lines.
func boxOf(n FlowNode, x, y, wide, runes int) pages.ChartBox {
	b := pages.ChartBox{X: x, Y: y, W: wide, MidX: x + wide/2, Label: n.Label, LabelY: y + labelLine}
	b.H = labelLine + 14
	note := []rune(n.Note)
	for len(note) > 0 {
		k := min(runes, len(note))
		b.Notes = append(b.Notes, pages.ChartNote{Y: y + labelLine + noteLine*(len(b.Notes)+1) + 2, Text: string(note[:k])})
		note = note[k:]
	}
	b.H += noteLine * len(b.Notes)
	if n.Side {
		b.Class = "branch"
	}
	if n.End {
		b.Class += " end"
	}
	return b
}

// branch leads from the right edge of a box to the left edge of one beside it.
func branch(v *pages.ChartView, from, to pages.ChartBox) {
	x1, y1 := from.X+from.W, from.Y+from.H/2
	x2, y2 := to.X, to.Y+to.H/2
	mid := (x1 + x2) / 2
	v.Paths = append(v.Paths, fmt.Sprintf("M%d %dH%dV%dH%d", x1, y1, mid, y2, x2))
	v.Heads = append(v.Heads, fmt.Sprintf("M%d %dl-8 -4v8z", x2, y2))
}

// wordsOf says the chart in sentences.
func wordsOf(c FlowChart) []string {
	out := make([]string, 0, len(c.Nodes))
	for i, n := range c.Nodes {
		text := n.Label
		if n.Note != "" {
			text += "：" + n.Note
		}
		next := ""
		for _, e := range c.Edges {
			if e.From != i {
				continue
			}
			if next != "" {
				next += "，或者"
			}
			if e.Label != "" {
				next += e.Label + "后"
			}
			next += "到“" + c.Nodes[e.To].Label + "”"
		}
		if next != "" {
			text += "。然后" + next
		}
		out = append(out, text)
	}
	return out
}
