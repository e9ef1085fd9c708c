package app_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"fadu/internal/law/identity"
)

// filling is one way of filling in every field of every form, and what became of each.
type filling struct {
	*screens
	// text is what is typed into a field of at most so many characters; 0 is as much as there is.
	text func(field string, limit int) string
	// name is the file name of uploads, photo a picture.
	name  string
	photo []byte
	// became says of every field what was seen: "存下", "退回", "原样退回".
	became map[string]map[string]bool
	// typed are the texts that were stored or shown, by their field.
	typed map[string][]string
	// all are the texts that were sent with a mark, reported the pages that did not show one as it was.
	all      map[string]map[string]bool
	reported map[string]bool
	// answers are the pages that forms were answered with.
	answers []*answered
	// acted and expiredForms are the forms that were done, and that were sent without a session; expired
	// has their routes.
	acted, expiredForms map[*seenForm]bool
	expired             map[string]bool
	// cases counts the cases that were begun.
	cases int
	// numbered are the fields that took every spelling of an identity number, wide the dates and amounts
	// that took full-width digits, older the routes whose form was sent once more with the version before.
	numbered, wide, older map[string]bool
	// followed are the kinds of page that an act led to.
	followed map[string]bool
	// kinds are the pages that showed what was typed, one of a kind.
	kinds map[string]bool
	// other is the number of another case.
	other string
	// both counts the texts that were shown beside what is stored.
	both int
}

func (f *filling) recipe(form *seenForm, c *fieldSeen) (string, bool) {
	if c.name == "id_number" { // another party in each case
		body := fmt.Sprintf("99010719850615%03d", 100+f.cases)
		return body + identity.ResidentCheckChar(body), true
	}
	v, ok := recipes[form.key][c.name]
	if !ok {
		v, ok = recipes["*"][c.name]
	}
	return f.dated(v), ok
}

// open gets the form's page anew, with the values that it has now.
func (f *filling) open(form *seenForm) *seenForm {
	a := f.ask(form.who, http.MethodGet, form.page, "", nil, "")
	return f.again(form, a)
}

// again finds the form on an answered page, nil when it is not there any more.
func (s *screens) again(form *seenForm, a *answered) *seenForm {
	if a.doc == nil {
		return nil
	}
	var best *seenForm
	for n := range a.doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || attribute(n, "action") != form.action && !(attribute(n, "action") == "" && strings.HasPrefix(form.action, strings.Split(a.path, "?")[0])) {
			continue
		}
		g := *form
		g.controls = controlsOf(a.doc, n)
		if best == nil || len(common(g.controls, form.controls)) > len(common(best.controls, form.controls)) {
			best = &g
		}
	}
	return best
}

func common(a, b []*fieldSeen) []string {
	var out []string
	for _, x := range a {
		if slices.ContainsFunc(b, func(y *fieldSeen) bool { return x.name == y.name }) {
			out = append(out, x.name)
		}
	}
	return out
}

// became notes what was seen of a field.
func (f *filling) note(form *seenForm, name, what string) {
	k := form.key + " " + name
	if f.became[k] == nil {
		f.became[k] = map[string]bool{}
	}
	f.became[k][what] = true
}

// choose picks an option by its value or words.
func (c *fieldSeen) choose(want string) string {
	if slices.Contains(c.options, want) {
		return want
	}
	for i, l := range c.labels {
		if strings.Contains(l, want) {
			return c.options[i]
		}
	}
	return ""
}

// proposal is what would be sent the first time: text everywhere, else what the page proposes.
func (f *filling) proposal(form *seenForm, everything bool) url.Values {
	v := url.Values{}
	today := f.site.Clock.Now().Format("2006-01-02")
	for _, c := range form.controls {
		if !everything && f.inList(form, c, v) {
			continue
		}
		r, fixed := f.recipe(form, c)
		switch c.kind {
		case "hidden":
			v[c.name] = c.values
			if everything && c.free() {
				v.Set(c.name, f.text(form.key+" "+c.name, 0))
			}
		case "checkbox", "radio", "select":
			v[c.name] = slices.Clone(c.values)
			if fixed && c.choose(r) != "" {
				v[c.name] = []string{c.choose(r)}
			}
			if c.kind != "checkbox" && v.Get(c.name) == "" {
				for _, o := range c.options {
					if o != "" && (c.kind == "radio" || c.required) {
						v.Set(c.name, o)
						break
					}
				}
			}
		case "date", "datetime-local":
			v[c.name] = c.values
			if fixed {
				v.Set(c.name, r)
			}
			if c.required && v.Get(c.name) == "" {
				v.Set(c.name, today+map[string]string{"datetime-local": "T09:00"}[c.kind])
			}
		case "password", "file":
		default:
			switch {
			case everything:
				v.Set(c.name, f.text(form.key+" "+c.name, 0))
			case c.mode == "decimal" && fixed:
				v.Set(c.name, r)
			case c.mode == "decimal" && c.required && c.values[0] == "":
				v.Set(c.name, "1")
			case c.mode == "decimal" || c.readonly:
				v.Set(c.name, c.values[0])
			default:
				v.Set(c.name, f.text(form.key+" "+c.name, 200))
			}
		}
		if v.Get(c.name) == "" && (c.kind == "checkbox" || len(v[c.name]) == 0) {
			v.Del(c.name)
		}
	}
	for name, value := range recipes[form.key] {
		if name, always := strings.CutPrefix(name, "+"); always {
			v.Set(name, f.dated(value))
		}
	}
	return v
}

// rowCell finds the cells of a list that is filled in row by row.
var rowCell = regexp.MustCompile(`^(\w+)\.(\d+)\.\d+$`)

// inList fills in the first row of a list, and leaves empty its other rows and the field into which the whole is pasted.
// It reports whether the control belongs to a list.
func (f *filling) inList(form *seenForm, c *fieldSeen, v url.Values) bool {
	m := rowCell.FindStringSubmatch(c.name)
	if m == nil {
		return slices.ContainsFunc(form.controls, func(d *fieldSeen) bool { return strings.HasPrefix(d.name, c.name+".0.") })
	}
	v[c.name] = slices.Clone(c.values)
	switch {
	case c.kind == "select" && (m[2] == "0" || v.Get(c.name) != ""):
		for _, o := range c.options {
			if v.Get(c.name) == "" {
				v.Set(c.name, o)
			}
		}
	case c.free() && (m[2] == "0" || v.Get(c.name) != ""):
		v.Set(c.name, f.text(form.key+" "+c.name, 40))
	}
	return true
}

// dated puts the clock's day and times a little earlier into a recipe.
func (f *filling) dated(value string) string {
	now := f.site.Clock.Now()
	if login, ok := strings.CutPrefix(value, "$account "); ok {
		by, err := f.site.App.Access.SessionFor(context.Background(), login)
		if err != nil {
			f.t.Fatal(err)
		}
		return strconv.FormatInt(int64(by.Account()), 10)
	}
	return strings.NewReplacer("$other", f.other, "$TODAY", now.Format("2006-01-02"), "$EARLIER", now.Add(-20*time.Minute).Format("2006-01-02T15:04"), "$LATER", now.Add(-5*time.Minute).Format("2006-01-02T15:04"), "$NEXT", now.AddDate(0, 0, 10).Format("2006-01-02"), "$AFTER", now.AddDate(0, 0, 14).Format("2006-01-02")).Replace(value)
}

// send posts the values as the form's page does.
func (f *filling) send(form *seenForm, v url.Values, files bool) *answered {
	return f.post(form, f.encoded(form, v, files))
}

// encoding is a form's body and its type.
type encoding struct {
	body []byte
	kind string
}

func (f *filling) post(form *seenForm, e encoding) *answered {
	a := f.ask(form.who, http.MethodPost, form.action, e.kind, e.body, form.page)
	f.answers = append(f.answers, a)
	return a
}

func (f *filling) encoded(form *seenForm, v url.Values, files bool) encoding {
	for _, values := range v {
		for _, typed := range values {
			if m := mark.FindString(typed); m != "" {
				if f.all[m] == nil {
					f.all[m] = map[string]bool{}
				}
				f.all[m][typed] = true
			}
		}
	}
	body, kind := []byte(v.Encode()), "application/x-www-form-urlencoded"
	if form.enctype == "multipart/form-data" {
		body, kind = f.parts(form, v, files)
	}
	return encoding{body, kind}
}

func (f *filling) parts(form *seenForm, v url.Values, files bool) ([]byte, string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range v {
		for _, value := range values {
			_ = w.WriteField(name, value)
		}
	}
	for _, c := range form.controls {
		if c.kind != "file" || !files {
			continue
		}
		name, data := f.name+".jpg", f.photo
		if path := strings.Split(form.action, "?")[0]; strings.HasSuffix(path, "/import") || strings.HasSuffix(path, "-import") {
			name, data = f.name+".xlsx", f.book(path+"/template?kind="+v.Get("kind"))
		} else if strings.HasSuffix(path, "/statements") {
			name, data = f.name+".csv", f.statement()
		} else if strings.Contains(c.name, "signature") {
			name, data = f.name+".png", signature()
		}
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", fmt.Sprintf(`form-data; name="%s"; filename="%s"`, c.name, strings.NewReplacer(`\`, `\\`, `"`, "%22", "\n", "%0A", "\r", "%0D").Replace(name)))
		h.Set("Content-Type", "application/octet-stream")
		if part, err := w.CreatePart(h); err == nil {
			_, _ = part.Write(data)
		}
	}
	_ = w.Close()
	return b.Bytes(), w.FormDataContentType()
}

var atMost = regexp.MustCompile(`最多 ?(\d+)`)

// faults are the fields that a page says are wrong, with what it says.
func faultsOf(a *answered) map[string]string {
	out := map[string]string{}
	if a.doc == nil {
		return out
	}
	for n := range a.doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "p" && attribute(n, "class") == "error" {
			id := strings.TrimSuffix(strings.TrimPrefix(attribute(n, "id"), "f-"), "-e")
			out[id] = strings.TrimSpace(rawText(n))
		}
	}
	return out
}

// echo sends text in every field, also in those that take none, with a version long past: the page that
// comes back shows what was typed.
func (f *filling) echo(form *seenForm) {
	v := f.proposal(form, true)
	for _, n := range []string{"version", "_version"} {
		if v.Has(n) {
			v.Set(n, "999")
		}
	}
	f.outcome(form, v, f.send(form, v, true))
}

// outcome notes what an answer did with what was typed.
func (f *filling) outcome(form *seenForm, v url.Values, a *answered) {
	bad := faultsOf(a)
	back := map[string]bool{}
	for text := range textsOf(a.doc) {
		back[text] = true
	}
	for _, c := range form.controls {
		if !c.free() || !v.Has(c.name) {
			continue
		}
		typed := v.Get(c.name)
		switch {
		case a.status == http.StatusSeeOther:
			f.note(form, c.name, "存下")
			f.typed[form.key+" "+c.name] = append(f.typed[form.key+" "+c.name], typed)
		case bad[c.name] != "":
			f.note(form, c.name, "退回："+bad[c.name])
			if c.kind != "hidden" && typed != "" && !back[typed] && !back[strings.ReplaceAll(typed, "\n", "")] {
				f.note(form, c.name, "退回时丢了填的内容")
			}
		case a.doc != nil && back[typed]:
			f.note(form, c.name, "原样退回")
		default:
			f.note(form, c.name, fmt.Sprintf("答复 %d", a.status))
		}
	}
}

// textsOf yields every text and every attribute of a page.
func textsOf(doc *html.Node) func(func(string) bool) {
	return func(yield func(string) bool) {
		if doc == nil {
			return
		}
		for n := range doc.Descendants() {
			switch {
			case n.Type == html.ElementNode && n.Data == "textarea":
				if !yield(strings.TrimPrefix(rawText(n), "\n")) {
					return
				}
			case n.Type == html.TextNode:
				if !yield(n.Data) {
					return
				}
			case n.Type == html.ElementNode:
				for _, a := range n.Attr {
					if !yield(a.Val) {
						return
					}
				}
			}
		}
	}
}

// act fills the form in and presses its button; what the page refuses is mended as it says, until the act
// is done. It returns the last answer.
func (f *filling) act(form *seenForm) *answered {
	v := f.proposal(form, false)
	wide := f.widen(form, v)
	tries, tried := map[string]int{}, map[string]string{}
	var a *answered
	for range 8 {
		a = f.send(form, v, true)
		f.outcome(form, v, a)
		if a.status == http.StatusSeeOther {
			f.narrow(form, v, wide, tried, nil)
			for name := range wide {
				f.wide[form.key+" "+name] = true
			}
			f.stale(form, v)
		}
		if a.status != http.StatusUnprocessableEntity {
			return a
		}
		bad := faultsOf(a)
		if len(bad) == 0 {
			return a
		}
		mended := f.narrow(form, v, wide, tried, bad)
		for _, c := range form.controls {
			if message := bad[c.name]; message != "" && tried[c.name] == "" {
				tries[c.name]++
				mended = f.mend(form, c, v, message, tries[c.name]) || mended
			}
		}
		if g := f.again(form, a); g != nil {
			for _, c := range g.controls {
				if c.name == "_op" || c.name == "_version" || c.name == "version" {
					v[c.name] = c.values
				}
			}
		}
		if !mended {
			return a
		}
	}
	return a
}

// mend changes what was refused: shorter, then what the recipe or the page has, then something plain.
func (f *filling) mend(form *seenForm, c *fieldSeen, v url.Values, message string, try int) bool {
	r, fixed := f.recipe(form, c)
	now := f.site.Clock.Now()
	plain := []string{"1", "演示", now.Format("2006-01-02"), ""}
	switch c.kind {
	case "radio", "select", "checkbox":
		if fixed && try == 1 && c.choose(r) != "" {
			v.Set(c.name, c.choose(r))
			return true
		}
		options := slices.DeleteFunc(slices.Clone(c.options), func(o string) bool { return o == "" })
		if try > len(options) {
			return false
		}
		v.Set(c.name, options[try-1])
		return true
	case "date", "datetime-local":
		days := []int{0, -30, 30, 90, -400}
		if try > len(days) {
			return false
		}
		v.Set(c.name, now.Add(time.Duration(days[try-1])*24*time.Hour).Format("2006-01-02")+map[string]string{"datetime-local": "T08:30"}[c.kind])
		return true
	}
	m := atMost.FindStringSubmatch(message)
	switch {
	case try == 1 && m != nil && !fixed:
		n, _ := strconv.Atoi(m[1])
		v.Set(c.name, f.text(form.key+" "+c.name, n))
	case try <= 2 && fixed:
		v.Set(c.name, r)
	case try <= 2 && c.values[0] != "":
		v.Set(c.name, c.values[0])
	case try-1 < len(plain):
		v.Set(c.name, plain[try-1])
	default:
		return false
	}
	return true
}
