package pages

import "fadu/internal/web"

// DeedFieldKind is what a field of a desk's form takes.
type DeedFieldKind string

// The kinds. Fixed takes nothing: it shows what the act rests on.
const (
	Long    DeedFieldKind = ""
	Line    DeedFieldKind = "line"
	Day     DeedFieldKind = "day"
	Instant DeedFieldKind = "moment"
	Number  DeedFieldKind = "number"
	Sum     DeedFieldKind = "sum"
	Tick    DeedFieldKind = "tick"
	OneOf   DeedFieldKind = "one_of"
	Fixed   DeedFieldKind = "fixed"
)

// DeedField is a field of a desk's form, named as the call's JSON names it.
type DeedField struct {
	Name, Label string
	Kind        DeedFieldKind
	Need        bool
	Hint, Unit  string
	// Max is the most characters, or the greatest number.
	Max, Rows int
	Options   []web.Option
	// Value is what the field shows the first time.
	Value string
}

// Words are options whose value is their label.
func Words(labels ...string) []web.Option {
	out := make([]web.Option, len(labels))
	for i, l := range labels {
		out[i] = web.Option{Value: l, Label: l}
	}
	return out
}

func (d DeedField) view(f *web.Form) web.FieldView {
	v := f.Field(d.Name, d.Label).Hint(d.Hint).Unit(d.Unit).Max(d.Max)
	if d.Need {
		v = v.Need()
	}
	return v
}

// wide fields take a whole row.
func (d DeedField) wide() bool { return d.Kind == Long || d.Kind == Tick || d.Kind == Fixed }

// fieldRows puts narrow fields that follow each other side by side.
func fieldRows(fields []DeedField) [][]DeedField {
	var out [][]DeedField
	for _, d := range fields {
		if n := len(out); n > 0 && !d.wide() && !out[n-1][0].wide() {
			out[n-1] = append(out[n-1], d)
			continue
		}
		out = append(out, []DeedField{d})
	}
	return out
}
