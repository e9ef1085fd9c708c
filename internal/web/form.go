package web

import (
	"errors"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// defaultFormBytes bounds a form without files.
const defaultFormBytes = 1 << 20

// memoryBytes of a multipart form stay in memory; larger files go to temporary files, which net/http
// removes with the request.
const memoryBytes = 8 << 20

// Form is what was posted: values read by typed getters that collect what is wrong, so that one answer
// names every field to mend, and that are kept for showing the form again. A nil *Form is an empty one
// for showing.
type Form struct {
	values map[string][]string
	files  map[string][]*multipart.FileHeader
	faults fault.Fields
	// refused and problem are what a service answered to the values; see Take.
	refused *law.Refusal
	problem string
	// sent tells a posted form from one shown for the first time.
	sent bool
	// noted hears of a refusal; see WithRefusals.
	noted func(*law.Refusal)
}

// NewForm returns a form that shows the given values.
func NewForm(values map[string]string) *Form {
	f := &Form{values: map[string][]string{}}
	for k, v := range values {
		f.values[k] = []string{v}
	}
	return f
}

// FormOf returns a form that shows the given values, several of a field, too.
func FormOf(values map[string][]string) *Form { return &Form{values: values} }

// ParseForm reads an urlencoded or multipart body of at most maxBytes (0: 1 MiB). Its errors are
// fault.Invalid.
func ParseForm(w http.ResponseWriter, r *http.Request, maxBytes int64) (*Form, error) {
	if maxBytes <= 0 {
		maxBytes = defaultFormBytes
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBytes)
	// ParseForm first: ParseMultipartForm alone drops its error for a form that is not multipart.
	err := r.ParseForm()
	if err == nil {
		if err = r.ParseMultipartForm(memoryBytes); errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &fault.Error{Kind: fault.Invalid, Err: tooLarge, Message: fmt.Sprintf("内容太大，一次最多 %s。请减少或压缩照片、附件后再交", Bytes(tooLarge.Limit))}
	case err != nil:
		return nil, &fault.Error{Kind: fault.Invalid, Err: err, Message: "表单没有传完整，请返回重新提交"}
	}
	f := &Form{values: r.PostForm, sent: true, noted: refusalsTo(r.Context())}
	f.refuseUnprintable()
	if r.MultipartForm != nil {
		f.files = r.MultipartForm.File
	}
	return f, nil
}

// refuseUnprintable marks every field with characters that no text may have, whatever reads it later.
func (f *Form) refuseUnprintable() {
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		for i, v := range f.values[name] {
			if clean := printable(v); clean != v {
				_, problem := CleanText(v, true)
				f.Add(name, "%s", problem)
				f.values[name][i] = clean
			}
		}
	}
}

// QueryForm reads the query string with the same getters, for filters.
func QueryForm(r *http.Request) *Form {
	f := &Form{values: map[string][]string(r.URL.Query())}
	for _, values := range f.values {
		for i, v := range values {
			values[i] = printable(v)
		}
	}
	return f
}

// Has reports whether the field was sent with something in it.
func (f *Form) Has(name string) bool { return strings.TrimSpace(f.Value(name)) != "" }

// Value returns the first value of the field as sent.
func (f *Form) Value(name string) string {
	if f == nil || len(f.values[name]) == 0 {
		return ""
	}
	return f.values[name][0]
}

// Values returns all values of the field as sent.
func (f *Form) Values(name string) []string {
	if f == nil {
		return nil
	}
	return f.values[name]
}

// Set replaces the field's value for showing the form again.
func (f *Form) Set(name, value string) {
	if f.values == nil {
		f.values = url.Values{}
	}
	f.values[name] = []string{value}
}

// Op returns the form token as sent; access checks it.
func (f *Form) Op() string { return f.Value(OpName) }

// Add notes that a field is wrong and how to mend it.
func (f *Form) Add(name, format string, args ...any) { f.faults.Add(name, format, args...) }

// Err returns a fault.Invalid with every wrong field, or nil.
func (f *Form) Err() error { return f.faults.Err() }

// Take puts a service's answer into the form so that it can be shown again with what the user typed:
// wrong fields or a refusal by law. It reports the status to answer with; ok is false for nil and for
// any other error, which the handler returns.
func (f *Form) Take(err error) (status int, ok bool) {
	var refusal *law.Refusal
	var bad *fault.Error
	switch {
	case err == nil:
		return 0, false
	case errors.As(err, &refusal):
		f.refused = refusal
		if f.noted != nil {
			f.noted(refusal)
		}
	case errors.As(err, &bad) && bad.Kind == fault.Invalid:
		for _, field := range bad.Fields {
			if f.errorOf(field.Name) == "" {
				f.faults = append(f.faults, field)
			}
		}
		if len(bad.Fields) == 0 {
			f.problem = bad.Message
		}
	default:
		return 0, false
	}
	return Status(err), true
}

// Refused returns the refusal taken from a service, or nil.
func (f *Form) Refused() *law.Refusal {
	if f == nil {
		return nil
	}
	return f.refused
}

func (f *Form) errorOf(name string) string {
	if f == nil {
		return ""
	}
	for _, e := range f.faults {
		if e.Name == name {
			return e.Message
		}
	}
	return ""
}

// Text reads a line of at most maxRunes characters (0: 200), trimmed.
func (f *Form) Text(name string, maxRunes int) string {
	return f.text(name, maxRunes, 200, false)
}

// Long reads text of several lines of at most maxRunes characters (0: 4000), trimmed.
func (f *Form) Long(name string, maxRunes int) string {
	return f.text(name, maxRunes, 4000, true)
}

// Required is Text that must not be empty.
func (f *Form) Required(name, label string, maxRunes int) string {
	return f.need(name, label, f.Text(name, maxRunes))
}

// RequiredLong is Long that must not be empty.
func (f *Form) RequiredLong(name, label string, maxRunes int) string {
	return f.need(name, label, f.Long(name, maxRunes))
}

func (f *Form) need(name, label, value string) string {
	if value == "" && f.errorOf(name) == "" {
		f.Add(name, "请填写%s", label)
	}
	return value
}

func (f *Form) text(name string, maxRunes, standard int, lines bool) string {
	if maxRunes <= 0 {
		maxRunes = standard
	}
	s, problem := CleanText(f.Value(name), lines)
	if problem != "" {
		if f.errorOf(name) == "" { // ParseForm said it already
			f.Add(name, "%s", problem)
		}
		return ""
	}
	if n := Length(s); n > maxRunes || len(s) > 16*maxRunes {
		f.Add(name, "最多 %d 个字，现在有 %d 个", maxRunes, n)
		return ""
	}
	return s
}

// Bool reads a check box.
func (f *Form) Bool(name string) bool {
	switch f.Value(name) {
	case "", "0", "false", "off":
		return false
	}
	return true
}

// Choice reads one of the allowed values; empty is let through.
func (f *Form) Choice(name, label string, allowed ...string) string {
	v := f.Value(name)
	if v == "" {
		return ""
	}
	for _, a := range allowed {
		if v == a {
			return v
		}
	}
	f.Add(name, "%s只能从给出的选项里选", label)
	return ""
}

// RequiredChoice is Choice that must not be empty.
func (f *Form) RequiredChoice(name, label string, allowed ...string) string {
	v := f.Choice(name, label, allowed...)
	if v == "" && f.errorOf(name) == "" {
		f.Add(name, "请选择%s", label)
	}
	return v
}

// Choices reads several of the allowed values, each once; none allowed means any.
func (f *Form) Choices(name string, allowed ...string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, v := range f.Values(name) {
		if seen[v] || (len(allowed) > 0 && !contains(allowed, v)) {
			continue
		}
		seen[v] = true
		out = append(out, v)
	}
	return out
}

// Date reads a day in any of the usual spellings; empty is no date.
func (f *Form) Date(name, label string) law.Date {
	s := strings.TrimSpace(narrow(f.Value(name)))
	if s == "" {
		return law.Date{}
	}
	d, err := parseDate(s)
	if err != nil {
		f.Add(name, "%s应是真实的日期，例如 2026-03-02", label)
	}
	return d
}

// RequiredDate is Date that must be given.
func (f *Form) RequiredDate(name, label string) law.Date {
	d := f.Date(name, label)
	if d.IsZero() && f.errorOf(name) == "" {
		f.Add(name, "请填写%s", label)
	}
	return d
}

// Time reads a day and time of the bureau's zone as datetime-local sends it; empty is the zero Time.
func (f *Form) Time(name, label string) time.Time {
	s := strings.TrimSpace(narrow(f.Value(name)))
	if s == "" {
		return time.Time{}
	}
	s = strings.Replace(s, " ", "T", 1)
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, s, law.Zone); err == nil {
			return t
		}
	}
	f.Add(name, "%s应写明日期和时间，例如 2026-03-02 14:30", label)
	return time.Time{}
}

// RequiredTime is Time that must be given.
func (f *Form) RequiredTime(name, label string) time.Time {
	t := f.Time(name, label)
	if t.IsZero() && f.errorOf(name) == "" {
		f.Add(name, "请填写%s", label)
	}
	return t
}

// Money reads yuan with at most two decimals; empty is 0. A negative amount is wrong.
func (f *Form) Money(name, label string) law.Money {
	s := strings.TrimSpace(narrow(f.Value(name)))
	s = strings.TrimSuffix(strings.NewReplacer("，", ",", "￥", "", "¥", "").Replace(s), "元")
	if s == "" {
		return 0
	}
	m, err := law.ParseMoney(strings.TrimSpace(s))
	if err != nil || m < 0 {
		f.Add(name, "%s应写成元，最多两位小数，例如 200 或 185.50", label)
		return 0
	}
	return m
}

// RequiredMoney is Money that must be given.
func (f *Form) RequiredMoney(name, label string) law.Money {
	f.need(name, label, strings.TrimSpace(f.Value(name)))
	return f.Money(name, label)
}

// Decimal reads a number as its text of at most so many characters, in half-width digits; whoever takes it
// says what it must be.
func (f *Form) Decimal(name string, maxRunes int) string {
	return strings.TrimSpace(narrow(f.Text(name, maxRunes)))
}

// Int reads a whole number between min and max; empty is 0.
func (f *Form) Int(name, label string, min, max int64) int64 {
	s := strings.TrimSpace(narrow(f.Value(name)))
	if s == "" {
		return 0
	}
	n, err := parseInt(s)
	if err != nil || n < min || n > max {
		f.Add(name, "%s应是 %d 到 %d 的整数", label, min, max)
		return 0
	}
	return n
}

// RequiredInt is Int that must be given.
func (f *Form) RequiredInt(name, label string, min, max int64) int64 {
	f.need(name, label, strings.TrimSpace(f.Value(name)))
	return f.Int(name, label, min, max)
}

// ID reads the identifier of another record; empty is 0.
func (f *Form) ID(name, label string) int64 {
	s := strings.TrimSpace(f.Value(name))
	if s == "" {
		return 0
	}
	n, err := parseInt(s)
	if err != nil || n <= 0 {
		f.Add(name, "%s不对，请重新选择", label)
		return 0
	}
	return n
}

// RequiredID is ID that must be given.
func (f *Form) RequiredID(name, label string) int64 {
	n := f.ID(name, label)
	if n == 0 && f.errorOf(name) == "" {
		f.Add(name, "请选择%s", label)
	}
	return n
}
