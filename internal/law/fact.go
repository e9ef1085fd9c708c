package law

import (
	"fmt"
	"maps"
	"sort"
)

// Kind of a fact's value.
type factKind string

const (
	kindBool   factKind = "true/false"
	kindNumber factKind = "number"
	kindMoney  factKind = "money"
	kindText   factKind = "text"
	kindList   factKind = "list"
	kindDate   factKind = "date"
)

// Fact names, one vocabulary for records, the recheck door and scenes. A key is declared once, with its
// Chinese label, by Bool, Number, Amount, Text, List or Day.
type (
	BoolKey   struct{ key }
	NumberKey struct{ key }
	MoneyKey  struct{ key }
	TextKey   struct{ key }
	ListKey   struct{ key }
	DateKey   struct{ key }
)

type key struct {
	name, label string
	kind        factKind
	values      []string
}

// Name returns the fact's name as the recheck door spells it.
func (k key) Name() string { return k.name }

// Label returns what the fact is called in a file, for 案卷中没有记载：….
func (k key) Label() string { return k.label }

// Key is any declared fact key.
type Key interface {
	Name() string
	Label() string
	declared() key
}

func (k key) declared() key { return k }

// Bool declares a fact that is true or false.
func Bool(name, label string) BoolKey { return BoolKey{key{name, label, kindBool, nil}} }

// Number declares a whole number.
func Number(name, label string) NumberKey { return NumberKey{key{name, label, kindNumber, nil}} }

// Amount declares an amount of money.
func Amount(name, label string) MoneyKey { return MoneyKey{key{name, label, kindMoney, nil}} }

// Text declares a text; where values are given, they are the usual ones.
func Text(name, label string, values ...string) TextKey {
	return TextKey{key{name, label, kindText, values}}
}

// List declares a list of texts.
func List(name, label string) ListKey { return ListKey{key{name, label, kindList, nil}} }

// Day declares a date.
func Day(name, label string) DateKey { return DateKey{key{name, label, kindDate, nil}} }

// Facts maps fact names to values with the record each comes from. The zero value is empty and ready.
type Facts struct {
	values map[string]value
}

type value struct {
	v      any
	source string
}

func (f *Facts) put(k key, v any, source string) {
	if f.values == nil {
		f.values = map[string]value{}
	}
	f.values[k.name] = value{v, source}
}

// Clone returns the same facts, to which more can be stated apart.
func (f Facts) Clone() Facts { return Facts{maps.Clone(f.values)} }

// SetBool and its siblings state a fact and the record that it comes from ("case/123/step/told").
func (f *Facts) SetBool(k BoolKey, v bool, source string) { f.put(k.key, v, source) }

// SetNumber states a whole number.
func (f *Facts) SetNumber(k NumberKey, v int64, source string) { f.put(k.key, v, source) }

// SetMoney states an amount.
func (f *Facts) SetMoney(k MoneyKey, v Money, source string) { f.put(k.key, v, source) }

// SetText states a text.
func (f *Facts) SetText(k TextKey, v, source string) { f.put(k.key, v, source) }

// SetList states a list; a known empty list differs from an unstated one.
func (f *Facts) SetList(k ListKey, v []string, source string) { f.put(k.key, v, source) }

// SetDate states a date; the zero Date is a known "none".
func (f *Facts) SetDate(k DateKey, v Date, source string) { f.put(k.key, v, source) }

// Said is what is stated about a true/false fact; Unknown when nothing is.
func (f Facts) Said(k BoolKey) Tri {
	if v, ok := f.values[k.name].v.(bool); ok {
		return TriOf(v)
	}
	return Unknown
}

// Source returns the record a fact comes from, or "".
func (f Facts) Source(name string) string { return f.values[name].source }

// Names returns the stated facts' names, sorted.
func (f Facts) Names() []string {
	names := make([]string, 0, len(f.values))
	for n := range f.values {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// Tri is a truth value of Kleene's three-valued logic: what the file does not say stays Unknown unless
// the rest decides the matter.
type Tri int8

// The truth values, ordered so that And is min and Or is max.
const (
	False   Tri = -1
	Unknown Tri = 0
	True    Tri = 1
)

// TriOf returns the truth value of b.
func TriOf(b bool) Tri {
	if b {
		return True
	}
	return False
}

// Not negates t.
func (t Tri) Not() Tri { return -t }

// And is true when all are true and false when one is false.
func And(ts ...Tri) Tri {
	out := True
	for _, t := range ts {
		out = min(out, t)
	}
	return out
}

// Or is true when one is true and false when all are false.
func Or(ts ...Tri) Tri {
	out := False
	for _, t := range ts {
		out = max(out, t)
	}
	return out
}

// Reading is how a rule looks at the facts: it remembers which facts it wanted and did not find.
type Reading struct {
	// Date is the day of the step, which chooses the version of rules and numbers.
	Date    Date
	facts   Facts
	missing []Key
}

// Read opens the facts for one rule on the step's date.
func Read(f Facts, d Date) *Reading { return &Reading{Date: d, facts: f} }

func (r *Reading) get(k Key) (any, bool) {
	v, ok := r.facts.values[k.Name()]
	if !ok {
		r.missing = append(r.missing, k)
	}
	return v.v, ok
}

// Has reports whether the fact is stated.
func (r *Reading) Has(k Key) bool { _, ok := r.get(k); return ok }

// Is returns a true/false fact.
func (r *Reading) Is(k BoolKey) Tri {
	v, ok := r.get(k)
	if !ok {
		return Unknown
	}
	return TriOf(v.(bool))
}

// Number returns a whole number and whether it is stated.
func (r *Reading) Number(k NumberKey) (int64, bool) {
	v, ok := r.get(k)
	n, _ := v.(int64)
	return n, ok
}

// AtLeast compares a number.
func (r *Reading) AtLeast(k NumberKey, n int64) Tri {
	v, ok := r.Number(k)
	if !ok {
		return Unknown
	}
	return TriOf(v >= n)
}

// Money returns an amount and whether it is stated.
func (r *Reading) Money(k MoneyKey) (Money, bool) {
	v, ok := r.get(k)
	m, _ := v.(Money)
	return m, ok
}

// AtMost compares an amount.
func (r *Reading) AtMost(k MoneyKey, limit Money) Tri {
	v, ok := r.Money(k)
	if !ok {
		return Unknown
	}
	return TriOf(v <= limit)
}

// Text returns a text and whether it is stated.
func (r *Reading) Text(k TextKey) (string, bool) {
	v, ok := r.get(k)
	s, _ := v.(string)
	return s, ok
}

// OneOf reports whether a text is one of the values.
func (r *Reading) OneOf(k TextKey, values ...string) Tri {
	s, ok := r.Text(k)
	if !ok {
		return Unknown
	}
	for _, v := range values {
		if s == v {
			return True
		}
	}
	return False
}

// List returns a list and whether it is stated.
func (r *Reading) List(k ListKey) ([]string, bool) {
	v, ok := r.get(k)
	l, _ := v.([]string)
	return l, ok
}

// Day returns a date and whether it is stated; a stated zero Date means "none".
func (r *Reading) Day(k DateKey) (Date, bool) {
	v, ok := r.get(k)
	d, _ := v.(Date)
	return d, ok
}

// Vocabulary is a closed list of fact keys by name, for reading facts from outside.
type Vocabulary map[string]Key

// NewVocabulary collects keys; declaring one name twice with different meanings is an error.
func NewVocabulary(keys ...Key) (Vocabulary, error) {
	v := Vocabulary{}
	for _, k := range keys {
		if old, ok := v[k.Name()]; ok && old.declared().kind != k.declared().kind {
			return nil, fmt.Errorf("law: fact %q declared as %s and as %s", k.Name(), old.declared().kind, k.declared().kind)
		}
		v[k.Name()] = k
	}
	return v, nil
}

// Set states a fact from a decoded JSON value (json.Number for numbers). Unknown names and values of
// the wrong kind are errors in Chinese.
func (v Vocabulary) Set(f *Facts, name string, raw any, source string) error {
	k, ok := v[name]
	if !ok {
		return fmt.Errorf("没有“%s”这个事实名称", name)
	}
	d := k.declared()
	val, err := d.parse(raw)
	if err != nil {
		return err
	}
	f.put(d, val, source)
	return nil
}

func (k key) parse(raw any) (any, error) {
	wrong := func(want string) error { return fmt.Errorf("“%s”（%s）应是%s", k.name, k.label, want) }
	switch k.kind {
	case kindBool:
		if b, ok := raw.(bool); ok {
			return b, nil
		}
		return nil, wrong("true 或 false")
	case kindNumber:
		n, ok := raw.(interface{ Int64() (int64, error) })
		if !ok {
			return nil, wrong("整数")
		}
		i, err := n.Int64()
		if err != nil {
			return nil, wrong("整数")
		}
		return i, nil
	case kindMoney:
		n, ok := raw.(fmt.Stringer)
		if !ok {
			return nil, wrong("金额（元）")
		}
		m, err := ParseMoney(n.String())
		if err != nil {
			return nil, wrong("金额（元，最多两位小数）")
		}
		return m, nil
	case kindText:
		if s, ok := raw.(string); ok {
			return s, nil
		}
		return nil, wrong("文字")
	case kindList:
		out, ok := texts(raw)
		if !ok {
			return nil, wrong("文字列表")
		}
		return out, nil
	default:
		if raw == nil {
			return Date{}, nil
		}
		s, ok := raw.(string)
		if !ok {
			return nil, wrong("日期或 null")
		}
		d, err := ParseDate(s)
		if err != nil {
			return nil, wrong("日期，如 2026-03-02，或 null")
		}
		return d, nil
	}
}

// texts reads a list of texts.
func texts(raw any) ([]string, bool) {
	items, ok := raw.([]any)
	if !ok {
		return nil, false
	}
	out := make([]string, len(items))
	for i, it := range items {
		if out[i], ok = it.(string); !ok {
			return nil, false
		}
	}
	return out, true
}
