package draft

import (
	"fmt"
	"slices"
	"strings"
)

const (
	// maxHeaderRow is how many rows may stand above the headings (a title, notes).
	maxHeaderRow = 10
	// exampleMark at the beginning of a row's first value marks the row as the template's example.
	exampleMark = "示例"
)

// Parsed is what a file holds for a kind, before anything is checked against the database.
type Parsed struct {
	Sheet string
	Rows  []*Row
	// Notes tell what was left out and what looks odd.
	Notes []string
	// Stated are totals that the file says it has.
	Stated []Stated
}

// Parse reads a file as the kind's list. It fails, in words for its sender, when the file cannot be
// read or is another list; what is wrong with single cells stays with the rows. others are the other
// known kinds, to name the one that was meant.
func Parse(content []byte, kind Sheet, others ...Kind) (Parsed, error) {
	grids, err := readFile(content)
	if err != nil {
		return Parsed{}, err
	}
	columns := kind.Columns()
	best, head, err := choose(grids, columns, kind, others)
	if err != nil {
		return Parsed{}, err
	}
	p := grids[best].read(head, columns)
	p.Stated = statedIn(grids, best, head.row)
	if len(p.Rows) == 0 {
		return Parsed{}, errFile("表“%s”里没有要导入的内容（示例行不导入）", grids[best].name)
	}
	if len(p.Rows) > MaxRows {
		return Parsed{}, errTooMany(MaxRows)
	}
	return p, nil
}

// choose finds the sheet and the row of the headings.
func choose(grids []grid, columns []Column, kind Sheet, others []Kind) (int, header, error) {
	best, head := -1, header{}
	for i, g := range grids {
		h := findHeader(g, columns)
		if h.score > head.score || h.score > 0 && h.score == head.score && heading(g.name) == heading(kind.Label()) {
			best, head = i, h
		}
	}
	switch {
	case best < 0 || head.score < min(2, len(columns)):
		return best, head, errNoHeader(grids, kind, others)
	case len(head.missing) > 0:
		return best, head, errFile("表“%s”里缺少%s列。请用下载的模板填写，不要改动表头", grids[best].name, quoted(head.missing))
	case len(head.double) > 0:
		return best, head, errFile("表“%s”里%s列出现了两次，请删去多余的一列", grids[best].name, quoted(head.double))
	}
	return best, head, nil
}

// header says where a grid's headings stand and which column is which.
type header struct {
	row     int // index in grid.rows
	at      map[int]Column
	score   int
	missing []string // headings of needed columns
	double  []string
	unknown []string
}

func findHeader(g grid, columns []Column) header {
	best := header{}
	for i, r := range g.rows {
		if i == maxHeaderRow {
			break
		}
		h := match(r, columns)
		h.row = i
		if h.score > best.score {
			best = h
		}
	}
	return best
}

func match(r gridRow, columns []Column) header {
	h := header{at: map[int]Column{}}
	seen := map[string]bool{}
	for i, c := range r.cells {
		name := heading(c.text)
		if name == "" {
			continue
		}
		k := slices.IndexFunc(columns, func(col Column) bool {
			return heading(col.Label) == name || slices.ContainsFunc(col.Also, func(a string) bool { return heading(a) == name })
		})
		switch {
		case k < 0:
			h.unknown = append(h.unknown, clip(c.text, 20))
		case seen[columns[k].Key]:
			h.double = append(h.double, columns[k].Label)
		default:
			seen[columns[k].Key] = true
			h.at[i] = columns[k]
			h.score++
		}
	}
	for _, c := range columns {
		if c.Need && !seen[c.Key] {
			h.missing = append(h.missing, c.Label)
		}
	}
	return h
}

func errNoHeader(grids []grid, kind Sheet, others []Kind) error {
	for _, o := range others {
		for _, g := range grids {
			if h := findHeader(g, o.Columns()); len(h.missing) == 0 && h.score >= 2 {
				return errFile("这张表像是“%s”，不是“%s”。请在对应的那一类里导入", o.Label(), kind.Label())
			}
		}
	}
	names := make([]string, len(grids))
	for i, g := range grids {
		names[i] = g.name
	}
	labels := []string{}
	for _, c := range kind.Columns() {
		if c.Need {
			labels = append(labels, c.Label)
		}
	}
	return errFile("在%s里没有找到“%s”的表头。表头应有%s等列，请用下载的模板填写", quoted(names), kind.Label(), quoted(labels))
}

func quoted(names []string) string {
	return "“" + strings.Join(names, "”“") + "”"
}

// read takes the rows below the headings.
func (g grid) read(h header, columns []Column) Parsed {
	t := taking{g: &g, h: h}
	p := Parsed{Sheet: g.name}
	for _, r := range g.rows[h.row+1:] {
		if row := t.take(r); row != nil {
			p.Rows = append(p.Rows, row)
		}
	}
	p.Notes = t.notes()
	return p
}

// taking takes rows below the headings, one after the other.
type taking struct {
	g        *grid
	h        header
	examples int
}

// take reads one row by its columns; nil is one that is not imported.
func (t *taking) take(r gridRow) *Row {
	row, first := &Row{Line: r.line, Values: map[string]string{}}, ""
	for i, c := range r.cells {
		col, known := t.h.at[i]
		if !known || c.text == "" && c.trouble == "" {
			continue
		}
		if first == "" {
			first = c.text
		}
		row.Values[col.Key] = c.text
		switch {
		case c.trouble != "":
			row.Unread = append(row.Unread, Problem{Column: col.Key, Message: c.trouble})
		case c.date && col.Kind != Day:
			row.Unread = append(row.Unread, Problem{Column: col.Key, Message: "Excel 把这一格当成了日期，原来的写法已经丢失，请重新填写"})
		case c.number && col.Kind == Day:
			row.Values[col.Key] = t.g.serial(c.text)
		}
	}
	switch {
	case strings.HasPrefix(first, exampleMark):
		t.examples++
		return nil
	case len(row.Values) == 0 && len(row.Unread) == 0:
		return nil
	}
	return row
}

// notes tell what was left out and what looks odd.
func (t *taking) notes() (out []string) {
	if t.examples > 0 {
		out = append(out, fmt.Sprintf("略过示例行 %d 行", t.examples))
	}
	if len(t.h.unknown) > 0 {
		out = append(out, fmt.Sprintf("不认识的列没有导入：%s", quoted(t.h.unknown)))
	}
	if t.g.merged > 0 {
		out = append(out, fmt.Sprintf("表里有 %d 处合并单元格，合并处只有左上角那一格有值，请核对下面空着的格", t.g.merged))
	}
	return out
}
