package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Unit is what a term is counted in.
type Unit string

// The units. A fixed date is a day of the year after the one reported on, e.g. 1月31日.
const (
	Workdays Unit = "workday"
	Days     Unit = "day"
	Months   Unit = "month"
	Years    Unit = "year"
	Hours    Unit = "hour"
	Fixed    Unit = "date"
)

// Han returns the unit's measure word: 3 个工作日, 10 日.
func (u Unit) Han() string {
	return map[Unit]string{Workdays: "个工作日", Days: "日", Months: "个月", Years: "年", Hours: "小时"}[u]
}

// Term is one version of a statutory term. Its fields are explained in law/data/terms.yaml.
type Term struct {
	Code      string        `yaml:"code"`
	Names     []string      `yaml:"names"`
	Start     string        `yaml:"start"` // the event that starts it
	Count     int           `yaml:"count"`
	Unit      Unit          `yaml:"unit"`
	Roll      bool          `yaml:"roll"`
	Backward  bool          `yaml:"backward"`
	Month     int           `yaml:"month"` // of a fixed date
	Day       int           `yaml:"day"`
	RedLine   law.Citations `yaml:"red_line"`
	Extension string        `yaml:"extension"`
	Exclusion string        `yaml:"exclusion"`
	Article   string        `yaml:"article"`
	Cite      law.Citations `yaml:"cite"`
	From      law.Date      `yaml:"from"`
	Until     law.Date      `yaml:"until"`
	Mark      string        `yaml:"mark"`
	Note      string        `yaml:"note"`
}

// Name returns the term's first name.
func (t Term) Name() string { return t.Names[0] }

// Terms is a checked list of terms. It never changes and is safe for concurrent use.
type Terms struct {
	list   []Term
	byCode map[string][]int
	byName map[string]string // folded name or code → code
}

var statutory = sync.OnceValue(func() *Terms {
	t, err := LoadTerms(bytes.NewReader(law.TermData()))
	if err != nil {
		panic(err)
	}
	return t
})

// StatutoryTerms returns the embedded terms. A fault in them stops the program.
func StatutoryTerms() *Terms { return statutory() }

// LoadTerms reads terms as YAML and checks each: a code, names that no other code uses, a start event, a
// length, registered citations whose statute is in force throughout, and no two versions of one code in
// force on one day. The error lists every fault in Chinese.
func LoadTerms(r io.Reader) (*Terms, error) {
	t := &Terms{byCode: map[string][]int{}, byName: map[string]string{}}
	dec := yaml.NewDecoder(r)
	dec.KnownFields(true)
	if err := dec.Decode(&t.list); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("calendar: terms: %w", err)
	}
	if len(t.list) == 0 {
		return nil, errors.New("calendar: terms: 没有一条期限")
	}
	var faults []error
	for i, term := range t.list {
		for _, f := range term.faults() {
			faults = append(faults, fmt.Errorf("期限 %s（第%d条）：%s", term.Code, i+1, f))
		}
		for _, j := range t.byCode[term.Code] {
			o := t.list[j]
			if overlap(o, term) {
				faults = append(faults, fmt.Errorf("期限 %s：自 %s 和自 %s 起的版本施行期间重叠", term.Code, o.From, term.From))
			}
		}
		t.byCode[term.Code] = append(t.byCode[term.Code], i)
		for _, name := range append([]string{term.Code}, term.Names...) {
			if owner, taken := t.byName[law.FoldName(name)]; taken && owner != term.Code {
				faults = append(faults, fmt.Errorf("期限 %s 的名称“%s”已归 %s", term.Code, name, owner))
			}
			t.byName[law.FoldName(name)] = term.Code
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("calendar: terms: %w", errors.Join(faults...))
	}
	return t, nil
}

func overlap(a, b Term) bool {
	return (a.Until.IsZero() || !b.From.After(a.Until)) && (b.Until.IsZero() || !a.From.After(b.Until))
}

var codePattern = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)

func (t Term) faults() []string {
	var out []string
	must := func(ok bool, fault string) {
		if !ok {
			out = append(out, fault)
		}
	}
	must(codePattern.MatchString(t.Code), "规则码应是大写字母、数字和下划线")
	must(len(t.Names) > 0 && !slices.Contains(t.Names, ""), "没有名称")
	must(t.Start != "", "没有起算事件")
	must(t.Article != "", "没有写明依据（article）")
	must(len(t.Cite) > 0, "没有依据（cite）")
	must(!t.From.IsZero(), "没有施行日（from）")
	must(t.Until.IsZero() || !t.Until.Before(t.From), "施行期间倒置")
	must(slices.Contains([]string{"核", "转", "忆"}, t.Mark), "可信度标记应是核、转或者忆")
	switch t.Unit {
	case Fixed:
		must(t.Count == 0, "定日不应有数值")
		must(t.Month >= 1 && t.Month <= 12 && t.Day >= 1 && t.Day <= 31, "定日的月日不对")
	case Workdays, Days, Months, Years, Hours:
		must(t.Count > 0, "数值应大于0")
		must(t.Month == 0 && t.Day == 0, "只有定日才写月日")
	default:
		must(false, fmt.Sprintf("单位“%s”不对", t.Unit))
	}
	byCalendar := t.Unit == Days || t.Unit == Months || t.Unit == Years
	must(!t.Roll || byCalendar && !t.Backward, "只有按日、月、年顺算的期限才有末日顺延")
	must(len(t.RedLine) == 0 || byCalendar && !t.Roll && !t.Backward, "只有末日不顺延的期限才有顺延红线")
	must(!t.Backward || t.Unit == Workdays || t.Unit == Days, "倒推只按工作日或者日")
	for _, c := range slices.Concat(t.Cite, t.RedLine) {
		if err := law.CheckCitation(c); err != nil {
			out = append(out, err.Error())
		} else {
			must(inForce(c.Statute, t.From, t.Until), fmt.Sprintf("%s的施行期间不覆盖该期限", law.Title(c.Statute)))
		}
	}
	return out
}

// inForce reports whether the statute's versions cover from…until without a gap.
func inForce(code string, from, until law.Date) bool {
	for _, s := range law.Statutes() {
		if s.Code != code {
			continue
		}
		for day := from; ; {
			i := slices.IndexFunc(s.Versions, func(v law.StatuteVersion) bool { return day.Within(v.From, v.Until) })
			if i < 0 {
				return false
			}
			end := s.Versions[i].Until
			if end.IsZero() || (!until.IsZero() && !end.Before(until)) {
				return true
			}
			day = end.AddDays(1)
		}
	}
	return false
}

// List returns all terms in the order of the data, versions of one code one after another.
func (t *Terms) List() []Term { return slices.Clone(t.list) }

// LawNotLoaded says that a term began before the oldest law about it that the program holds.
type LawNotLoaded struct {
	Rule string
	// First is the day from which the oldest loaded version applies.
	First, Start law.Date
}

// Error says it in Chinese.
func (e *LawNotLoaded) Error() string {
	return fmt.Sprintf("“%s”已载入的规定自%s起施行，%s起算的适用当时的规定，本系统没有载入", e.Rule, e.First, e.Start)
}

// Unwrap makes it a fault.Invalid for whoever asks for a certain date.
func (e *LawNotLoaded) Unwrap() error { return fault.New(fault.Invalid, "%s", e.Error()) }

// Find returns the version of a rule, called by name or code, that applies to a term started on the day.
// An unknown rule is fault.Invalid; a day whose law is not loaded is *LawNotLoaded.
func (t *Terms) Find(rule string, start law.Date) (Term, error) {
	code, ok := t.byName[law.FoldName(rule)]
	if !ok {
		return Term{}, fault.New(fault.Invalid, "没有“%s”这条期限规则，请核对名称或者规则码", rule)
	}
	first := law.Date{}
	for _, i := range t.byCode[code] {
		term := t.list[i]
		if start.Within(term.From, term.Until) {
			return term, nil
		}
		if first.IsZero() || term.From.Before(first) {
			first = term.From
		}
	}
	return Term{}, &LawNotLoaded{rule, first, start}
}

// Named returns the last version of a rule, called by name or code, and whether there is one.
func (t *Terms) Named(rule string) (Term, bool) {
	var out Term
	versions := t.byCode[t.byName[law.FoldName(rule)]]
	for _, i := range versions {
		if out.Code == "" || t.list[i].From.After(out.From) {
			out = t.list[i]
		}
	}
	return out, len(versions) > 0
}
