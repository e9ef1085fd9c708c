package web

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/law"
)

// FieldView is one field of a form as a component shows it. Build it with Form.Field and refine it by
// the chained methods, each of which returns a changed copy.
type FieldView struct {
	Name, Label, Value, Error string
	Values                    []string

	id, hint, note, unit, width, complete, placeholder, accept, kind string
	min, max                                                         string
	maxRunes, rows                                                   int
	required, readonly, full, multiple, capture, sent, proposed      bool
	options                                                          []Option
	cites                                                            law.Citations
	// stored is what the record now has, where a stale form says something else.
	stored string
	attrs  templ.Attributes
}

// Option is one choice of a select, radio or check group. Small is a line below the label; Off greys
// the choice, and its Small should say why.
type Option struct {
	Value, Label, Small string
	Off                 bool
}

// Field returns the field with its value and error, ready for a component.
func (f *Form) Field(name, label string) FieldView {
	return FieldView{Name: name, Label: label, Value: f.Value(name), Values: f.Values(name), Error: f.errorOf(name), sent: f != nil && f.sent}
}

// Need marks the field as required.
func (v FieldView) Need() FieldView { v.required = true; return v }

// Hint is the explanation under the field.
func (v FieldView) Hint(s string) FieldView { v.hint = s; return v }

// Cite adds the legal basis behind the hint.
func (v FieldView) Cite(cs ...law.Citation) FieldView { v.cites = cs; return v }

// Note is small text behind the label; it replaces 选填. A space shows nothing.
func (v FieldView) Note(s string) FieldView { v.note = s; return v }

// Options are the choices of a select, radio or check group.
func (v FieldView) Options(options ...Option) FieldView { v.options = options; return v }

// Unit is shown behind the input: 元, 平方米.
func (v FieldView) Unit(s string) FieldView { v.unit = s; return v }

// Full makes the field a whole row of a grid.
func (v FieldView) Full() FieldView { v.full = true; return v }

// IsFull reports whether the field is a whole row of a grid.
func (v FieldView) IsFull() bool { return v.full }

// Width narrows the input: s, m or l.
func (v FieldView) Width(s string) FieldView { v.width = s; return v }

// Max is the most characters that the server takes. Browsers are not told: they would count otherwise (𠮷
// as two) and cut off what is pasted without a word.
func (v FieldView) Max(n int) FieldView { v.maxRunes = n; return v }

// Rows is the height of a text area.
func (v FieldView) Rows(n int) FieldView { v.rows = n; return v }

// Between bounds a date or number input; empty bounds are open. The server checks again.
func (v FieldView) Between(min, max string) FieldView { v.min, v.max = min, max; return v }

// Default is the value shown the first time; what was sent, also nothing, is kept.
func (v FieldView) Default(s string) FieldView {
	if v.Value == "" && !v.sent && s != "" {
		v.Value, v.Values = s, []string{s}
	}
	return v
}

// Propose is Default with a value that nobody saved, such as today: it is never named as what is stored.
func (v FieldView) Propose(s string) FieldView {
	v.proposed = v.Value == "" && !v.sent
	return v.Default(s)
}

// ReadOnly shows the value without letting it be changed.
func (v FieldView) ReadOnly() FieldView { v.readonly = true; return v }

// Attrs adds attributes to the input, for example those of htmx.
func (v FieldView) Attrs(a templ.Attributes) FieldView { v.attrs = a; return v }

// Accept lists the file types that a file field offers.
func (v FieldView) Accept(mime string) FieldView { v.accept = mime; return v }

// Multiple lets a file field take several files.
func (v FieldView) Multiple() FieldView { v.multiple = true; return v }

// Capture opens the camera on phones.
func (v FieldView) Capture() FieldView { v.capture = true; return v }

// Complete is the autocomplete hint of the browser.
func (v FieldView) Complete(s string) FieldView { v.complete = s; return v }

// Placeholder is an example shown in the empty input; never the only label.
func (v FieldView) Placeholder(s string) FieldView { v.placeholder = s; return v }

// ID replaces the element id, which is f- and the name.
func (v FieldView) ID(s string) FieldView { v.id = s; return v }

func (v FieldView) elementID() string {
	if v.id != "" {
		return v.id
	}
	return fieldID(v.Name)
}

func fieldID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		if r == ' ' || r == '#' || r == '"' {
			return '-'
		}
		return r
	}, name)
}

func (v FieldView) hintID() string  { return v.elementID() + "-h" }
func (v FieldView) errorID() string { return v.elementID() + "-e" }

func (v FieldView) storedID() string { return v.elementID() + "-s" }

func (v FieldView) hasHint() bool { return v.hint != "" || len(v.cites) > 0 }

// described lists the ids that explain the field, for aria-describedby.
func (v FieldView) described() string {
	var ids []string
	if v.Error != "" {
		ids = append(ids, v.errorID())
	}
	if v.stored != "" {
		ids = append(ids, v.storedID())
	}
	if v.hasHint() {
		ids = append(ids, v.hintID())
	}
	return strings.Join(ids, " ")
}

func (v FieldView) marker() string {
	switch {
	case v.note != "":
		return strings.TrimSpace(v.note)
	case v.required || v.readonly:
		return ""
	}
	return "选填"
}

func (v FieldView) class() string {
	c := "field"
	if v.Error != "" {
		c += " bad"
	}
	if v.full {
		c += " full"
	}
	return c
}

func (v FieldView) inputClass() string {
	if v.width != "" {
		return "input w-" + v.width
	}
	return "input"
}

// control are the attributes that every input of the field has.
func (v FieldView) control() templ.Attributes {
	a := templ.Attributes{"id": v.elementID(), "name": v.Name}
	put := func(on bool, name string, value any) {
		if on {
			a[name] = value
		}
	}
	put(v.required && !v.readonly, "required", true)
	put(v.readonly, "readonly", true)
	put(v.Error != "", "aria-invalid", "true")
	put(v.described() != "", "aria-describedby", v.described())
	put(v.complete != "", "autocomplete", v.complete)
	put(v.placeholder != "", "placeholder", v.placeholder)
	put(v.min != "", "min", v.min)
	put(v.max != "", "max", v.max)
	for k, x := range v.attrs {
		a[k] = x
	}
	return a
}

// choice are the attributes of the i-th radio or check box of a group; the first carries the id, so
// that the error summary can lead to it.
func (v FieldView) choice(i int, o Option) templ.Attributes {
	a := templ.Attributes{"name": v.Name, "value": o.Value}
	if i == 0 {
		a["id"] = v.elementID()
	}
	if o.Off {
		a["disabled"] = true
	}
	if v.has(o.Value) {
		a["checked"] = true
	}
	for k, x := range v.attrs {
		a[k] = x
	}
	return a
}

func (v FieldView) has(value string) bool {
	if v.Values == nil {
		return v.Value == value && value != ""
	}
	return contains(v.Values, value)
}

func (v FieldView) checked() bool {
	switch v.Value {
	case "", "0", "false", "off":
		return false
	}
	return true
}

func joinBar(values []string) string { return strings.Join(values, "|") }

func (f *Form) hasFaults() bool { return f != nil && (len(f.faults) > 0 || f.problem != "") }

func (f *Form) faultTitle() string {
	if len(f.faults) == 0 {
		return "这次没有办成"
	}
	return "有 " + strconv.Itoa(len(f.faults)) + " 处要改"
}

// LiveView makes a part of a page follow a form: it is fetched again from URL (a GET that returns the
// fragment) whenever one of the included inputs changes.
type LiveView struct {
	URL string
	// Form is the id of the form that is watched.
	Form string
	// Include are the names of the inputs that are sent; leave out personal data, they travel in the
	// address.
	Include []string
}

// Live returns the attributes for the element that is replaced from inside; give it aria-live too.
func Live(v LiveView) templ.Attributes {
	inputs := make([]string, len(v.Include))
	for i, n := range v.Include {
		inputs[i] = "#" + v.Form + " [name='" + n + "']"
	}
	return templ.Attributes{
		"hx-get":     v.URL,
		"hx-include": strings.Join(inputs, ", "),
		"hx-trigger": "change from:#" + v.Form + ", input delay:500ms from:#" + v.Form,
		"hx-sync":    "this:replace",
		"aria-live":  "polite",
	}
}
