package pages

import (
	"github.com/a-h/templ"

	"fadu/internal/web"
)

// DeskField is a field of a desk's form, drawn by the component of its kind.
type DeskField struct {
	view web.FieldView
	draw func(web.FieldView) templ.Component
}

// InLine is a line of text.
func InLine(v web.FieldView) DeskField { return DeskField{v, web.TextField} }

// InDay is a day.
func InDay(v web.FieldView) DeskField { return DeskField{v, web.DateField} }

// InMoment is a day and time.
func InMoment(v web.FieldView) DeskField { return DeskField{v, web.TimeField} }

// InMoney is an amount in yuan.
func InMoney(v web.FieldView) DeskField { return DeskField{v, web.MoneyField} }

// InSelect is one of a list.
func InSelect(v web.FieldView) DeskField { return DeskField{v, web.SelectField} }

// InLong is text of several lines, on a line of its own.
func InLong(v web.FieldView) DeskField { return DeskField{v.Full(), web.TextArea} }

// InRows is a list that is filled in row by row.
func InRows(v web.RowsView) DeskField {
	return DeskField{draw: func(web.FieldView) templ.Component { return web.RowsField(v) }}
}

// InRadio is one of a few choices, one a line.
func InRadio(v web.FieldView) DeskField { return DeskField{v.Full(), web.RadioField} }

// InChecks is any of a few choices.
func InChecks(v web.FieldView) DeskField { return DeskField{v.Full(), web.ChecksField} }

// InTick is one box, on a line of its own.
func InTick(v web.FieldView) DeskField { return DeskField{v.Full(), web.CheckField} }
