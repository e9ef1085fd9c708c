package definition

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Values are what a record says, by field key, each as one canonical text: a whole number, yuan, 2026-03-02,
// 2026-03-02/2026-03-09, an option, options joined by 、, or id:name for somebody or something else.
type Values map[string]string

// Ref is what a person, unit or link names; ID is 0 for a name alone.
type Ref struct {
	ID    int64
	Label string
}

// Text is the reference as it is kept.
func (r Ref) Text() string { return strconv.FormatInt(r.ID, 10) + ":" + r.Label }

// RefOf reads what Text wrote.
func RefOf(s string) Ref {
	id, label, ok := strings.Cut(s, ":")
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || n < 0 {
		return Ref{Label: s}
	}
	return Ref{n, label}
}

// Look finds what words name in a person, unit or link field; its error is said at the field.
type Look func(f Field, words string) (Ref, error)

const (
	maxText = 200
	maxLong = 4000
	most    = int64(1) << 50
)

// Read checks what was put in for one stage and returns it in its canonical form, with every fault at its field. Fields of
// other stages are not looked at.
func (d *Definition) Read(raw map[string]string, stage Stage, today law.Date, look Look) (Values, fault.Fields) {
	out := Values{}
	var bad fault.Fields
	for _, f := range d.At(stage) {
		if !f.Kind.Stored() {
			continue
		}
		v := strings.TrimSpace(raw[f.Key])
		if v == "" {
			if f.Need {
				bad.Add(f.Key, "请填写%s", f.Label)
			}
			continue
		}
		clean, err := f.read(v, look)
		if err != nil {
			bad.Add(f.Key, "%s", err)
			continue
		}
		out[f.Key] = clean
	}
	if day := d.DayOf(out); stage == AtEntry && !d.Future && day.After(today) {
		f, _ := d.Field(d.Day)
		bad.Add(d.Day, "%s是 %s，晚于今天。还没有发生的事不登记", f.Label, day.Han())
	}
	return out, bad
}

// DayOf is the day by which the record is counted.
func (d *Definition) DayOf(v Values) law.Date {
	first, _, _ := strings.Cut(v[d.Day], "/")
	day, _ := law.ParseDate(first)
	return day
}

// TitleOf names a record by its values.
func (d *Definition) TitleOf(v Values) string {
	var parts []string
	for _, key := range d.Title {
		if f, ok := d.Field(key); ok && v[key] != "" {
			parts = append(parts, f.Show(v[key]))
		}
	}
	title := strings.Join(parts, " ")
	if utf8.RuneCountInString(title) > maxText {
		title = string([]rune(title)[:maxText])
	}
	return title
}

func (f Field) read(v string, look Look) (string, error) {
	switch f.Kind {
	case Text, Place:
		return v, f.short(v, maxText)
	case Long:
		return v, f.short(v, maxLong)
	case Number:
		return f.number(v)
	case Money:
		m, err := law.ParseMoney(strings.TrimSuffix(narrowed(v), "元"))
		if err != nil || m < 0 {
			return "", fmt.Errorf("%s应写成元，最多两位小数，例如 185.50", f.Label)
		}
		return m.String(), f.between(int64(m))
	case Date:
		d, err := ParseDay(v)
		if err != nil {
			return "", fmt.Errorf("%s应是真实的日期，例如 2026-03-02", f.Label)
		}
		return d.String(), nil
	case Period:
		return f.period(v)
	case Choice:
		if !slices.Contains(f.Options, v) {
			return "", fmt.Errorf("%s只能是：%s", f.Label, strings.Join(f.Options, "、"))
		}
		return v, nil
	case Tags:
		return f.tags(v)
	case Person, Unit, Link:
		if err := f.short(v, maxText); err != nil {
			return "", err
		}
		ref, err := look(f, v)
		return ref.Text(), err
	}
	return "", fmt.Errorf("%s不能在这里填写", f.Label)
}

func (f Field) short(v string, limit int) error {
	if n := utf8.RuneCountInString(v); n > limit {
		return fmt.Errorf("%s最多 %d 个字，现在有 %d 个", f.Label, limit, n)
	}
	if strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
		return fmt.Errorf("%s里有不能保存的字符", f.Label)
	}
	return nil
}

func (f Field) number(v string) (string, error) {
	s := strings.TrimSpace(strings.TrimSuffix(strings.ReplaceAll(narrowed(v), ",", ""), f.Measure))
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > most || n < -most {
		return "", fmt.Errorf("%s应是整数，单位是%s", f.Label, f.Measure)
	}
	return strconv.FormatInt(n, 10), f.between(n)
}

func (f Field) between(n int64) error {
	low := int64(0)
	if f.Min != nil {
		low = *f.Min
	}
	show := func(n int64) string {
		if f.Kind == Money {
			return law.Money(n).String() + " 元"
		}
		return strconv.FormatInt(n, 10) + " " + f.Measure
	}
	switch {
	case n < low:
		return fmt.Errorf("%s最少 %s", f.Label, show(low))
	case f.Max != nil && n > *f.Max:
		return fmt.Errorf("%s最多 %s", f.Label, show(*f.Max))
	}
	return nil
}

func (f Field) period(v string) (string, error) {
	from, until, ok := strings.Cut(strings.NewReplacer("至", "/", "～", "/", "~", "/").Replace(v), "/")
	if !ok {
		until = from
	}
	a, errA := ParseDay(from)
	b, errB := ParseDay(until)
	switch {
	case errA != nil || errB != nil:
		return "", fmt.Errorf("%s应写成起止两个日期，例如 2026-03-02 至 2026-03-09", f.Label)
	case b.Before(a):
		return "", fmt.Errorf("%s的止日早于起日", f.Label)
	}
	return a.String() + "/" + b.String(), nil
}

func (f Field) tags(v string) (string, error) {
	var out []string
	for _, t := range strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("、,，;；\n", r) }) {
		t = strings.TrimSpace(t)
		if t == "" || slices.Contains(out, t) {
			continue
		}
		if !slices.Contains(f.Options, t) {
			return "", fmt.Errorf("%s没有“%s”，只能选：%s", f.Label, t, strings.Join(f.Options, "、"))
		}
		out = append(out, t)
	}
	return strings.Join(out, "、"), nil
}

// Show prints a canonical value as people read it.
func (f Field) Show(v string) string {
	switch f.Kind {
	case Number:
		return v + " " + f.Measure
	case Money:
		m, err := law.ParseMoney(v)
		if err != nil {
			return v
		}
		return m.Grouped() + " 元"
	case Period:
		a, b, _ := strings.Cut(v, "/")
		if a == b {
			return a
		}
		return a + " 至 " + b
	case Person, Unit, Link:
		return RefOf(v).Label
	}
	return v
}

// Items are the options of a tags value.
func Items(v string) []string {
	if v == "" {
		return nil
	}
	return strings.Split(v, "、")
}

var dayForm = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)

// ParseDay reads a day as people write it.
func ParseDay(s string) (law.Date, error) {
	m := dayForm.FindStringSubmatch(strings.TrimSpace(narrowed(s)))
	if m == nil {
		return law.Date{}, fmt.Errorf("“%s”不是日期", s)
	}
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	return law.ParseDate(fmt.Sprintf("%s-%02d-%02d", m[1], month, day))
}

// narrowed turns full-width digits and signs into half-width ones.
func narrowed(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		if r == '　' {
			return ' '
		}
		return r
	}, s)
}
