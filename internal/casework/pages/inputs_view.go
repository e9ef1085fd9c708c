package pages

import "fadu/internal/web"

// InputKind is how a field of a desk's form is drawn.
type InputKind int

// The kinds.
const (
	InputText InputKind = iota
	InputLong
	InputDate
	InputTime
	InputMoney
	InputNumber
	InputCheck
	InputSelect
	InputRadio
	InputFile
	InputRows
)

// Input is one field; WhenName shows it only while that other field has WhenValue.
type Input struct {
	Kind  InputKind
	Field web.FieldView
	// List is the field of a list of rows.
	List                web.RowsView
	WhenName, WhenValue string
}

// InputGroup is a group of fields; the first of a form may have no legend.
type InputGroup struct {
	Legend string
	Rows   []Input
}

// Words are options whose value is their label.
func Words(labels ...string) []web.Option {
	out := make([]web.Option, len(labels))
	for i, l := range labels {
		out[i] = web.Option{Value: l, Label: l}
	}
	return out
}
