package web

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// MoreName is what the button that adds a row sends: the list's name. Such a form is shown again and does nothing.
const MoreName = "_more"

// rowsMost bounds the rows of a list.
const rowsMost = 200

// RowCell is one input of every row of a list.
type RowCell struct {
	Label, Placeholder string
	// Options make it a choice; Wide gives it more room; Need marks it.
	Options []Option
	Wide    bool
	Need    bool
}

// RowsView is a list that is filled in row by row: things, people, pieces of evidence. In the record it is one text, a row a
// line, with sep between the cells; the same text may be pasted. Build it with Form.Rows.
type RowsView struct {
	field FieldView
	sep   string
	cells []RowCell
	text  string
	more  bool
	start int
	form  *Form
}

// Rows returns the list of the name, with what was sent of it.
func (f *Form) Rows(name, label, sep string, cells ...RowCell) RowsView {
	v := RowsView{field: f.Field(name, label), sep: sep, cells: cells, start: 2, form: f}
	if f != nil {
		v.text, v.more = f.rowText(name, sep), f.Value(MoreName) == name
	}
	return v
}

// Need marks the list as required.
func (v RowsView) Need() RowsView { v.field = v.field.Need(); return v }

// Hint is the explanation under the list.
func (v RowsView) Hint(s string) RowsView { v.field = v.field.Hint(s); return v }

// Default is the text from which the rows are filled while nothing was sent.
func (v RowsView) Default(text string) RowsView {
	if v.form == nil || !v.form.sent {
		v.text = text
	}
	return v
}

// RowText reads a list as its text: the rows that say something, a line each, then what was pasted; at most so many characters.
func (f *Form) RowText(name, sep string, maxRunes int) string {
	text := f.rowText(name, sep)
	if n := Length(text); n > maxRunes {
		f.Add(name, "最多 %d 个字，现在有 %d 个", maxRunes, n)
		return ""
	}
	return text
}

func (f *Form) rowText(name, sep string) string {
	text := rowsOf(f.values, name, sep)
	if pasted, problem := CleanText(f.Value(name), true); problem == "" && pasted != "" {
		text = append(text, pasted)
	}
	return strings.Join(text, "\n")
}

// rowsOf are the rows that were sent and say something.
func rowsOf(values map[string][]string, name, sep string) []string {
	var out []string
	for i := range rowsMost {
		var cells []string
		said := false
		for c := 0; ; c++ {
			sent, ok := values[cellName(name, i, c)]
			if !ok || len(sent) == 0 {
				break
			}
			text, _ := CleanText(sent[0], false)
			if sep == "，" { // there ；ends a line, too
				text = strings.ReplaceAll(text, "；", "、")
			}
			cells, said = append(cells, strings.ReplaceAll(text, sep, "、")), said || text != ""
		}
		if said {
			out = append(out, strings.TrimRight(strings.Join(cells, sep), sep))
		}
	}
	return out
}

func cellName(name string, row, cell int) string {
	return name + "." + strconv.Itoa(row) + "." + strconv.Itoa(cell)
}

// RowName is under which name the fault of the i-th row, from 0, is noted.
func RowName(name string, i int) string { return name + "." + strconv.Itoa(i) }

// row is a line of the list as it is drawn.
type rowView struct {
	id, label, problem string
	cells              []FieldView
}

// keptText is what was typed into the list, inside a form that is filled again.
func (v RowsView) keptText(ctx context.Context) string {
	k, _ := ctx.Value(refillKey).(*Kept)
	if k == nil {
		return ""
	}
	kept := rowsOf(k.Values, v.field.Name, v.sep)
	if pasted := strings.TrimSpace(k.Values.Get(v.field.Name)); pasted != "" {
		kept = append(kept, pasted)
	}
	return strings.Join(kept, "\n")
}

// explained is the list's field; of a stale form it names the rows that are stored, where they differ from what was typed.
func (v RowsView) explained(ctx context.Context) FieldView {
	if k, _ := ctx.Value(refillKey).(*Kept); k != nil && k.Stale != nil && v.text != "" && v.text != v.keptText(ctx) {
		v.field.stored = v.text
	}
	return v.field
}

// rows are the filled rows and one or more empty ones.
func (v RowsView) rows(ctx context.Context) []rowView {
	text := v.text
	if kept := v.keptText(ctx); kept != "" {
		text = kept
	}
	var lines []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	n := max(len(lines)+1, v.start)
	if v.more {
		n = max(len(lines)+2, v.start+1)
	}
	out := make([]rowView, min(n, rowsMost))
	for i := range out {
		var parts []string
		if i < len(lines) {
			parts = strings.SplitN(lines[i], v.sep, len(v.cells))
		}
		name := RowName(v.field.Name, i)
		out[i] = rowView{id: fieldID(name), label: v.field.Label + "第 " + strconv.Itoa(i+1) + " 行", problem: v.form.errorOf(name)}
		for c, cell := range v.cells {
			f := FieldView{Name: cellName(v.field.Name, i, c), Label: cell.Label, placeholder: cell.Placeholder, options: cell.Options, sent: true}
			if c < len(parts) {
				f.Value = strings.TrimSpace(parts[c])
			}
			if known := slices.ContainsFunc(cell.Options, func(o Option) bool { return o.Value == f.Value }); len(cell.Options) > 0 && f.Value != "" && !known {
				f.options = append(slices.Clone(cell.Options), Option{Value: f.Value, Label: f.Value}) // pasted: refused, and not lost
			}
			out[i].cells = append(out[i].cells, f)
		}
	}
	return out
}

func (c RowCell) class() string {
	if c.Wide {
		return "cell wide"
	}
	return "cell"
}

// pasteHint says how pasted lines are written.
func (v RowsView) pasteHint() string {
	labels := make([]string, len(v.cells))
	for i, c := range v.cells {
		labels[i] = c.Label
	}
	return "一行一项：" + strings.Join(labels, v.sep)
}
