package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"fadu/internal/law/identity"
)

// takesNumber finds the fields that take an identity number by what their labels say.
var takesNumber = regexp.MustCompile(`证件号码|身份号码|身份证号|信用代码`)

// anyDocument are fields whose label speaks of a number and that take the number of whatever paper somebody shows.
var anyDocument = map[string]string{
	"POST /w/cases/{id}/acts/interview id_number": "证件的种类没有分列，护照、驾驶证的号码也填在这里",
}

// spelling is a way to write an identity number; refused is a word of the refusal, "" where it is taken.
type spelling struct {
	name, refused string
	write         func(good string) string
}

var spellings = []spelling{
	{"照抄", "", func(s string) string { return s }},
	{"全角", "", widened},
	{"小写", "", strings.ToLower},
	{"中间有空格", "", func(s string) string { return s[:6] + " " + s[6:14] + " " + s[14:] }},
	{"全角空格、不换行空格", "", func(s string) string { return "\u3000" + s[:6] + "\u00a0" + s[6:] + "\u00a0" }},
	{"零宽字符", "", func(s string) string { return s[:6] + "\u200b" + s[6:] }},
	{"连字符", "", func(s string) string { return s[:6] + "-" + s[6:] }},
	{"抄错一位", "校验", mistyped},
	{"少一位", "位", func(s string) string { return s[:17] }},
	{"多一位", "位", func(s string) string { return s + "0" }},
	{"字母 O", "数字|字母", func(s string) string { return s[:10] + "O" + s[11:] }},
	{"汉字", "位|数字|字母|字符", func(string) string { return "忘带了" }},
}

// old is a number of the fifteen digits of before 1999: no longer valid, and the page says what it became.
var old = spelling{"十五位旧号", "15位旧号已经停用", func(s string) string { return s[:6] + s[8:17] }}

// mistyped changes the last character.
func mistyped(s string) string {
	if strings.HasSuffix(s, "0") {
		return s[:17] + "1"
	}
	return s[:17] + "0"
}

// widened is what an input method writes when it is set to full width.
func widened(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + '！' - '!'
		}
		return r
	}, s)
}

// resident is a valid number that ends in X, of somebody born in the century of the old numbers.
func resident(serial int) string {
	for n := serial % 800; ; n++ {
		if body := fmt.Sprintf("99010719840229%03d", 100+n); identity.ResidentCheckChar(body) == "X" {
			return body + "X"
		}
	}
}

// organisation is a valid code of an organisation that does not exist.
func organisation() string {
	for n := 0; ; n++ {
		body := fmt.Sprintf("91990107MA%06d", n)
		if org := identity.OrgCodeCheckChar(body[8:]); org != "" {
			return body + org + identity.USCCCheckChar(body+org)
		}
	}
}

// numbers sends every spelling of an identity number in each field that takes one: what people write is
// taken, what is wrong is refused in Chinese at the field. Another field is wrong each time, so that nothing
// is done.
func (f *filling) numbers(form *seenForm) {
	f.t.Helper()
	for _, c := range form.controls {
		if !c.free() || c.kind == "hidden" || c.kind == "search" || c.readonly || !takesNumber.MatchString(c.label) || f.numbered[form.key+" "+c.name] || anyDocument[form.key+" "+c.name] != "" {
			continue
		}
		f.numbered[form.key+" "+c.name] = true
		v := f.proposal(form, false)
		for name, value := range recipes[form.key] {
			if _, always := strings.CutPrefix(name, "+"); !always && v.Has(name) && !strings.Contains(name, "kind") {
				v.Set(name, value)
			}
		}
		good, all := resident(f.n), append([]spelling{old}, spellings...)
		if strings.Contains(c.label, "信用代码") {
			good, all = organisation(), spellings
		}
		for _, d := range form.controls { // nothing else is too long, something is missing
			if _, fixed := f.recipe(form, d); d.free() && d.kind != "hidden" && !fixed {
				v.Set(d.name, "")
			}
		}
		for _, s := range all {
			f.spelled(form, c, v, s, s.write(good))
		}
	}
}

func (f *filling) spelled(form *seenForm, c *fieldSeen, v url.Values, s spelling, typed string) {
	f.t.Helper()
	v.Set(c.name, typed)
	if g := f.open(form); g != nil {
		for _, d := range g.controls {
			if d.name == "_op" || d.name == "version" || d.name == "_version" {
				v[d.name] = d.values
			}
		}
	}
	a := f.send(form, v, true)
	said, at := faultsOf(a)[c.name], fmt.Sprintf("%s %s，%s（%s）", form.key, c.name, s.name, typed)
	switch {
	case a.status != http.StatusUnprocessableEntity:
		f.t.Errorf("%s：%d，应因别的一项被退回：%.300s", at, a.status, textIn(mainOf(a.doc)))
	case s.refused == "" && said != "":
		f.t.Errorf("%s：拒绝了：%s", at, said)
	case s.refused != "" && (said == "" || !regexp.MustCompile(s.refused).MatchString(said)):
		f.t.Errorf("%s：说的是 %q，应说 %s", at, said, s.refused)
	}
}

// widen writes every date and amount of a form in full-width digits, and returns what they were.
func (f *filling) widen(form *seenForm, v url.Values) map[string]string {
	was := map[string]string{}
	for _, c := range form.controls {
		number := c.kind == "date" || c.kind == "datetime-local" || c.mode == "decimal" || c.mode == "numeric"
		if n := v.Get(c.name); number && strings.ContainsAny(n, "0123456789") && !c.readonly {
			was[c.name] = n
			v.Set(c.name, strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r + '０' - '0'
				}
				return r
			}, n))
		}
	}
	return was
}

// narrow writes refused ones in half-width digits again. A field whose refusal is gone with the next answer
// would have refused nothing but the digits.
func (f *filling) narrow(form *seenForm, v url.Values, wide, tried, bad map[string]string) bool {
	f.t.Helper()
	for name, message := range tried {
		if bad[name] == "" {
			f.t.Errorf("%s（%s）：%s 不认全角数字 %s：%s", form.key, form.page, name, v.Get(name), message)
		}
		delete(tried, name)
	}
	for name, n := range wide {
		if bad[name] != "" {
			v.Set(name, n)
			tried[name] = bad[name]
			delete(wide, name)
		}
	}
	return len(tried) > 0
}
