package casework

import (
	"context"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The form of an act is read off the struct of its input, so that page and call cannot differ. The tags of a
// field: json is its name, doc its label unless label says it shorter, hint what stands below it, unit what stands
// behind it, propose what it starts with, of its choices (a|b), section begins a group, when:"kind=查封" shows it only
// with that choice; ask are the words long, need, select, radio, now (proposes today or this minute), hidden (for
// calls alone), and a number bounds its characters.

// Asked is what a form starts with: its input as proposed, the choices of select and radio fields by name, and
// what whoever fills it in reads above.
type Asked[In any] struct {
	In      In
	Options map[string][]web.Option
	Facts   []web.FactView
	// Hints and Labels are those that depend on the case, by field.
	Hints, Labels map[string]string
}

// Ask completes a desk's form from the struct In. start may be nil; do gets what was filled in. An input about a row
// beside the line has SetOf, which takes the row's name.
func Ask[In any](f Form, said string, start func(tx *store.Tx, at FormAt) (Asked[In], error), do func(ctx context.Context, by access.Session, id CaseID, version int64, in In) error) Form {
	f.Body = func(tx *store.Tx, at FormAt) (templ.Component, error) {
		var asked Asked[In]
		if start != nil {
			var err error
			if asked, err = start(tx, at); err != nil {
				return nil, err
			}
		}
		d := drawing{form: at.Form, options: asked.Options, hints: asked.Hints, labels: asked.Labels, today: at.Today, now: tx.Now}
		d.fields(reflect.ValueOf(asked.In))
		d.widen()
		return pages.Inputs(at.Facts(asked.Facts), d.groups), nil
	}
	f.Post = func(q Posted) (string, error) {
		var in In
		readInput(q.Form, reflect.ValueOf(&in).Elem())
		if row, ok := any(&in).(interface{ SetOf(string) }); ok { // the row beside the line that the form is about
			row.SetOf(q.Of)
		}
		if err := q.Form.Err(); err != nil {
			return "", err
		}
		return said, do(q.Context(), q.By, q.Case, q.Version, in)
	}
	return f
}

// Lacking answers with the fields of an input that have to be filled in and are not, name no choice of theirs or
// are longer than the form lets them be, as fault.Fields; nil when there are none. Calls go through it like forms.
func Lacking(in any) error { return lackingOf(in, nil) }

// lackingOf is Lacking for an input whose choices are these, too.
func lackingOf(in any, options map[string][]web.Option) error {
	var fs fault.Fields
	lacking(reflect.ValueOf(in), options, &fs)
	return fs.Err()
}

func lacking(v reflect.Value, options map[string][]web.Option, fs *fault.Fields) {
	for i := range v.NumField() {
		t := inputOf(v.Type().Field(i))
		all := append(t.options(), options[t.name]...)
		said := fmt.Sprint(v.Field(i).Interface())
		switch {
		case t.group:
			lacking(v.Field(i), options, fs)
		case len(all) > 0 && said != "" && !slices.ContainsFunc(all, func(o web.Option) bool { return o.Value == said }):
			fs.Add(t.name, "%s没有“%s”这一项", t.label, said)
		case !t.hidden() && v.Field(i).Kind() == reflect.String && utf8.RuneCountInString(said) > t.most():
			fs.Add(t.name, "%s最多 %d 个字，现在有 %d 个", t.label, t.most(), utf8.RuneCountInString(said))
		case !t.has("need") || !empty(v.Field(i)):
		case t.has("select") || t.has("radio"):
			fs.Add(t.name, "请选择%s", t.label)
		default:
			fs.Add(t.name, "请填写%s", t.label)
		}
	}
}

// inputTag is what the tags of a field say.
type inputTag struct {
	name, label string
	words       []string
	group       bool
	field       reflect.StructField
}

func inputOf(f reflect.StructField) inputTag {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	label := f.Tag.Get("label")
	if label == "" {
		label = f.Tag.Get("doc")
	}
	return inputTag{name, label, strings.Fields(f.Tag.Get("ask")), f.Anonymous, f}
}

func (t inputTag) has(word string) bool {
	return slices.Contains(t.words, word)
}

// options are the choices that the field's tag names.
func (t inputTag) options() []web.Option {
	of := t.field.Tag.Get("of")
	if of == "" {
		return nil
	}
	return pages.Words(strings.Split(of, "|")...)
}

// most is how many characters the field takes.
func (t inputTag) most() int {
	for _, w := range t.words {
		if n, err := strconv.Atoi(w); err == nil {
			return n
		}
	}
	if t.has("long") {
		return 1000
	}
	return 200
}

// hidden fields belong to calls or to the service alone.
func (t inputTag) hidden() bool { return t.name == "" || t.name == "-" || t.has("hidden") }

// drawing makes the views of an input's fields.
type drawing struct {
	form          *web.Form
	options       map[string][]web.Option
	hints, labels map[string]string
	today         law.Date
	now           time.Time
	groups        []pages.InputGroup
}

func (d *drawing) fields(v reflect.Value) {
	for i := range v.NumField() {
		t := inputOf(v.Type().Field(i))
		switch {
		case t.group:
			d.fields(v.Field(i))
		case !t.hidden():
			d.field(t, v.Field(i).Interface())
		}
	}
}

func (d *drawing) field(t inputTag, value any) {
	if section := t.field.Tag.Get("section"); section != "" || len(d.groups) == 0 {
		d.groups = append(d.groups, pages.InputGroup{Legend: section})
	}
	label, hint := orWord(d.labels[t.name], t.label), t.field.Tag.Get("hint")
	if own := d.hints[t.name]; own != "" {
		hint = strings.Trim(hint+"；"+own, "；")
	}
	view := d.form.Field(t.name, label).Hint(hint).Unit(t.field.Tag.Get("unit")).Options(append(t.options(), d.options[t.name]...)...)
	if t.has("need") {
		view = view.Need()
	}
	row := pages.Input{Kind: pages.InputText}
	row.WhenName, row.WhenValue, _ = strings.Cut(t.field.Tag.Get("when"), "=")
	choose := func(other pages.InputKind) pages.InputKind {
		switch {
		case t.has("radio"):
			return pages.InputRadio
		case t.has("select"):
			return pages.InputSelect
		}
		return other
	}
	switch x := value.(type) {
	case bool:
		row.Kind, view = pages.InputCheck, view.Default(map[bool]string{true: "1"}[x]).Full()
	case law.Date:
		row.Kind, view = pages.InputDate, view.Default(x.String())
		if t.has("now") && x.IsZero() {
			view = view.Propose(d.today.String())
		}
	case time.Time:
		row.Kind = pages.InputTime
		if t.has("now") && x.IsZero() {
			view = view.Propose(d.now.In(law.Zone).Format("2006-01-02T15:04"))
		}
	case law.Money:
		row.Kind, view = pages.InputMoney, view.Default(moneyText(x))
	case int:
		row.Kind, view = pages.InputNumber, view.Default(numberText(x))
	case []Thing:
		row.Kind, row.List = pages.InputRows, thingRows(d.form, t.name, label).Hint(hint).Default(ThingLines(x))
		if t.has("need") {
			row.List = row.List.Need()
		}
	case []QA:
		row.Kind, view = pages.InputLong, view.Default(TalkLines(x)).Max(8000).Rows(10).Full()
	case [][]byte:
		row.Kind, view = pages.InputFile, view.Accept("image/jpeg,image/png").Multiple().Full()
	default:
		view = orProposed(view.Max(t.most()), fmt.Sprint(value), t.field.Tag.Get("propose"))
		if row.Kind = choose(pages.InputText); t.has("long") {
			row.Kind, view = pages.InputLong, view.Rows(3).Full()
		}
	}
	row.Field = view
	last := &d.groups[len(d.groups)-1]
	last.Rows = append(last.Rows, row)
}

// orProposed starts a field with what its input has, else with the proposal of its tag, which nobody stored.
func orProposed(v web.FieldView, has, proposal string) web.FieldView {
	if has != "" {
		return v.Default(has)
	}
	return v.Propose(proposal)
}

// widen gives the whole width to a line of text that stands alone in its row: what asks for a sentence has room for it.
func (d *drawing) widen() {
	for _, g := range d.groups {
		for i := 0; i < len(g.Rows); i++ {
			r := &g.Rows[i]
			switch {
			case whole(*r):
			case i+1 < len(g.Rows) && !whole(g.Rows[i+1]) && g.Rows[i+1].WhenName == r.WhenName && g.Rows[i+1].WhenValue == r.WhenValue:
				i++ // the two share a row
			case r.Kind == pages.InputText:
				r.Field = r.Field.Full()
			}
		}
	}
}

// whole reports whether an input is a row of its own.
func whole(r pages.Input) bool { return r.Kind == pages.InputRows || r.Field.IsFull() }

func moneyText(m law.Money) string {
	if m == 0 {
		return ""
	}
	return m.String()
}

func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// picturesMost is how many photographs one form takes, each up to pictureMost bytes.
const (
	picturesMost = 9
	pictureMost  = 8 << 20
)

// readInput reads a posted form into an input by its tags; what is wrong is collected in the form.
func readInput(f *web.Form, v reflect.Value) {
	for i := range v.NumField() {
		t, field := inputOf(v.Type().Field(i)), v.Field(i)
		switch {
		case t.group:
			readInput(f, field)
		case !t.hidden():
			readOne(f, t, field)
		}
	}
}

func readOne(f *web.Form, t inputTag, field reflect.Value) {
	fail := func(err error) {
		if err != nil {
			f.Add(t.name, "%s", err.Error())
		}
	}
	switch x := field.Addr().Interface().(type) {
	case *bool:
		*x = f.Bool(t.name)
	case *law.Date:
		*x = f.Date(t.name, t.label)
	case *time.Time:
		*x = f.Time(t.name, t.label)
	case *law.Money:
		*x = f.Money(t.name, t.label)
	case *int:
		*x = int(f.Int(t.name, t.label, 0, 100000))
	case *[]Thing:
		things, err := ParseThings(f.RowText(t.name, "，", 4000))
		*x = things
		var line *lineFault
		if errors.As(err, &line) {
			f.Add(web.RowName(t.name, line.at), "%s", line.Error())
			return
		}
		fail(err)
	case *[]QA:
		talk, err := ParseTalk(f.Long(t.name, 8000))
		*x = talk
		fail(err)
	case *[][]byte:
		for _, up := range f.Files(t.name, t.label, picturesMost, pictureMost, "image/jpeg", "image/png") {
			b, err := up.Bytes()
			fail(err)
			*x = append(*x, b)
		}
	case encoding.TextUnmarshaler:
		if s := f.Text(t.name, 40); s != "" && x.UnmarshalText([]byte(s)) != nil {
			f.Add(t.name, "请选择%s", t.label)
		}
	default:
		if t.has("long") {
			field.SetString(f.Long(t.name, t.most()))
			return
		}
		field.SetString(f.Text(t.name, t.most()))
	}
}
