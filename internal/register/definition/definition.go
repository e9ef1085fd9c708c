package definition

import (
	"slices"
	"strings"
)

// Kind is the type of a field.
type Kind string

// The types. A Number has a locked measure word; Money is in 分; a Period is two dates; a Person is somebody of the bureau
// or, without an account of theirs, a name; a Link leads to a record of any slice.
const (
	Text   Kind = "text"
	Long   Kind = "long"
	Number Kind = "number"
	Money  Kind = "money"
	Date   Kind = "date"
	Period Kind = "period"
	Person Kind = "person"
	Unit   Kind = "unit"
	Place  Kind = "place"
	Choice Kind = "choice"
	Tags   Kind = "tags"
	Link   Kind = "link"
	Photos Kind = "photos"
	Files  Kind = "files"
)

// KindNames are the types as the page of definitions offers them.
var KindNames = map[Kind]string{
	Text: "一行文字", Long: "多行文字", Number: "数量", Money: "金额", Date: "日期", Period: "起止日期", Person: "人员", Unit: "单位", Place: "地点", Choice: "单选", Tags: "多选标签", Link: "关联记录", Photos: "照片", Files: "附件",
}

// Kinds are the types in the order in which they are offered.
var Kinds = []Kind{Text, Long, Number, Money, Date, Period, Person, Unit, Place, Choice, Tags, Link, Photos, Files}

// Stored reports whether the values of the type stand in a record, rather than beside it as files.
func (k Kind) Stored() bool { return k != Photos && k != Files }

// Stage says when a field is filled in.
type Stage string

// AtEntry is the first entry; AtFix is when the rectification is reported; AtCheck is for who checks.
const (
	AtEntry Stage = ""
	AtFix   Stage = "fix"
	AtCheck Stage = "check"
)

// Field is one thing that a record says.
type Field struct {
	Key   string `yaml:"key" json:"key"`
	Label string `yaml:"label" json:"label"`
	Kind  Kind   `yaml:"type" json:"type"`
	Need  bool   `yaml:"need,omitempty" json:"need,omitempty"`
	// Slot is the typed column that holds the value: n1–n8, k1–k8, d1–d4, r1–r4. What is counted or summed has one; a slot is
	// never given to another field.
	Slot string `yaml:"slot,omitempty" json:"slot,omitempty"`
	// Measure is the locked measure word of a number.
	Measure string `yaml:"measure,omitempty" json:"measure,omitempty"`
	// Per is the choice by whose option the measure word of a number is locked; Words has one for each option.
	Per     string            `yaml:"per,omitempty" json:"per,omitempty"`
	Words   map[string]string `yaml:"words,omitempty" json:"words,omitempty"`
	Options []string          `yaml:"options,omitempty" json:"options,omitempty"`
	Min     *int64            `yaml:"min,omitempty" json:"min,omitempty"`
	Max     *int64            `yaml:"max,omitempty" json:"max,omitempty"`
	// To is what a link leads to: a noun of the program such as case, or another register as register:code.
	To    string `yaml:"to,omitempty" json:"to,omitempty"`
	Hint  string `yaml:"hint,omitempty" json:"hint,omitempty"`
	Stage Stage  `yaml:"stage,omitempty" json:"stage,omitempty"`
	// Proof is how many photos or files there must be at least before the record leaves its stage.
	Proof int `yaml:"proof,omitempty" json:"proof,omitempty"`
	// Quick puts the field on the quick form of phones; List shows it in the list; Filter offers it as a condition.
	Quick  bool `yaml:"quick,omitempty" json:"quick,omitempty"`
	List   bool `yaml:"list,omitempty" json:"list,omitempty"`
	Filter bool `yaml:"filter,omitempty" json:"filter,omitempty"`
}

// Flow is the way of a record through its states.
type Flow string

// A Plain record counts when it is entered; a Checked one when a second person has passed it; a Rectified one is a problem
// that is corrected, proven and struck off (销号).
const (
	Plain     Flow = "plain"
	Checked   Flow = "checked"
	Rectified Flow = "rectified"
)

// FlowNames are the ways as the page of definitions offers them.
var FlowNames = map[Flow]string{Plain: "登记即计入", Checked: "他人核对后计入", Rectified: "整改、核对、销号"}

// Definition is one register in one edition.
type Definition struct {
	Code    string `yaml:"code" json:"code"`
	Edition int    `yaml:"edition" json:"edition"`
	Name    string `yaml:"name" json:"name"`
	Group   string `yaml:"group" json:"group"`
	// Help says what belongs into the register and what does not.
	Help string `yaml:"help" json:"help"`
	// Measure is the measure word of its records.
	Measure string `yaml:"measure" json:"measure"`
	Flow    Flow   `yaml:"flow" json:"flow"`
	// Day is the field with the day of the act, by which records are counted and sorted; Title the fields that name a record.
	Day   string   `yaml:"day" json:"day"`
	Title []string `yaml:"title" json:"title"`
	// Due is how many working days there are from the day to the end of the rectification; 0 for none.
	Due int `yaml:"due,omitempty" json:"due,omitempty"`
	// Future lets the day of a record lie ahead: a plan, a term.
	Future bool `yaml:"future,omitempty" json:"future,omitempty"`
	// Role narrows a sealed register to the holders of one role.
	Role string `yaml:"role,omitempty" json:"role,omitempty"`
	// Same says that a record may be the same event as one of another register, so that both count once.
	Same bool `yaml:"same,omitempty" json:"same,omitempty"`
	// Stock makes the records movements of things.
	Stock      *Stock      `yaml:"stock,omitempty" json:"stock,omitempty"`
	Fields     []Field     `yaml:"fields" json:"fields"`
	Indicators []Indicator `yaml:"indicators" json:"indicators"`
}

// Stock says which fields move things in and out: what, how many, and which options of the direction take away.
type Stock struct {
	Item      string   `yaml:"item" json:"item"`
	Quantity  string   `yaml:"quantity" json:"quantity"`
	Direction string   `yaml:"direction" json:"direction"`
	Out       []string `yaml:"out" json:"out"`
}

// Takes reports whether the direction takes things away.
func (s Stock) Takes(direction string) bool { return slices.Contains(s.Out, direction) }

// Moves is what a record moves: which thing, and how many are added, or taken away where the number is below zero.
func (d *Definition) Moves(v Values) (item string, by int64) {
	n, _ := d.Field(d.Stock.Quantity)
	thing, _ := d.Field(d.Stock.Item)
	by = n.Amount(v[n.Key])
	if d.Stock.Takes(v[d.Stock.Direction]) {
		by = -by
	}
	return thing.Show(v[thing.Key]), by
}

// Indicator is a figure that is counted from the records: a count, a sum of a number, or a rate.
type Indicator struct {
	ID      string `yaml:"id" json:"id"`
	Name    string `yaml:"name" json:"name"`
	Measure string `yaml:"measure,omitempty" json:"measure,omitempty"`
	// Sum is the field that is added up; without it records are counted.
	Sum string `yaml:"sum,omitempty" json:"sum,omitempty"`
	// Where narrows the records; Met makes the figure a rate of those that also meet it.
	Where []Condition `yaml:"where,omitempty" json:"where,omitempty"`
	Met   []Condition `yaml:"met,omitempty" json:"met,omitempty"`
	// Why explains the figure where its name does not.
	Why string `yaml:"why,omitempty" json:"why,omitempty"`
}

// Condition is one test of a record: a field has one of the values, or a number lies between bounds. The field state is the
// state of the record.
type Condition struct {
	Field string   `yaml:"field" json:"field"`
	Is    []string `yaml:"is,omitempty" json:"is,omitempty"`
	From  *int64   `yaml:"from,omitempty" json:"from,omitempty"`
	To    *int64   `yaml:"to,omitempty" json:"to,omitempty"`
}

// StateField names the state of a record in conditions.
const StateField = "state"

// Field returns the field of the key.
func (d *Definition) Field(key string) (Field, bool) {
	i := slices.IndexFunc(d.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return Field{}, false
	}
	return d.Fields[i], true
}

// At are the fields of a stage.
func (d *Definition) At(stage Stage) []Field {
	var out []Field
	for _, f := range d.Fields {
		if f.Stage == stage {
			out = append(out, f)
		}
	}
	return out
}

// Proofs are the fields whose photos or files must be there before the record leaves the stage.
func (d *Definition) Proofs(stage Stage) []Field {
	return slices.DeleteFunc(d.At(stage), func(f Field) bool { return f.Proof == 0 })
}

// Pictures reports whether records have photos or files.
func (d *Definition) Pictures() bool {
	return slices.ContainsFunc(d.Fields, func(f Field) bool { return !f.Kind.Stored() })
}

// PlaceField returns the field of the place, if there is one.
func (d *Definition) PlaceField() (Field, bool) {
	for _, f := range d.Fields {
		if f.Kind == Place {
			return f, true
		}
	}
	return Field{}, false
}

// Indexed reports whether records are found by the field's values.
func (f Field) Indexed() bool {
	return f.Filter && (f.Kind == Choice || f.Kind == Tags || f.Kind == Unit || f.Kind == Person || f.Kind == Link)
}

// Counted are the states in which a record counts unless an indicator says otherwise.
func (d *Definition) Counted() []State {
	switch d.Flow {
	case Checked:
		return []State{Closed}
	case Rectified:
		return []State{Recorded, Fixing, Pending, Returned, Closed}
	}
	return []State{Recorded}
}

// StateName is what a state is called in this register.
func (d *Definition) StateName(s State) string {
	if s == Closed && d.Flow == Checked {
		return "已核"
	}
	return stateNames[s]
}

// stem is the letter of a slot.
func stem(slot string) string { return strings.TrimRight(slot, "0123456789") }
