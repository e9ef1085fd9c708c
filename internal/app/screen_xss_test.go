package app_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// tricks are texts that have run as scripts on somebody's page, each marked so that it can be seen when it
// becomes part of ours. window.__x is the trap.
var tricks = []string{
	`<script data-trap>window.__x=1</script>`,
	`</script><script data-trap>window.__x=2</script>`,
	`"><script data-trap>window.__x=3</script>`,
	`'><img data-trap src=x onerror=window.__x=4>`,
	`"><img data-trap src=x onerror="window.__x=5">`,
	`<svg data-trap onload=window.__x=6>`,
	`<svg data-trap/onload=window.__x=7//`,
	`" data-trap autofocus onfocus=window.__x=8 x="`,
	`' data-trap autofocus onfocus=window.__x=9 x='`,
	"` data-trap onmouseover=window.__x=10 x=`",
	`</textarea><script data-trap>window.__x=11</script>`,
	`</title><script data-trap>window.__x=12</script>`,
	`</style><script data-trap>window.__x=13</script>`,
	`--><script data-trap>window.__x=14</script><!--`,
	`]]><script data-trap>window.__x=15</script>`,
	`</option></select><img data-trap src=x onerror=window.__x=16>`,
	`javascript:window.__x=17`,
	`JaVaScRiPt&colon;window.__x=18`,
	`data:text/html,<script>window.__x=19</script>`,
	`<a data-trap href=javascript:window.__x=20>点</a>`,
	`<iframe data-trap srcdoc="<script>parent.__x=21</script>">`,
	`<math data-trap><mtext><mglyph><style><img src=x onerror=window.__x=22>`,
	`<details data-trap open ontoggle=window.__x=23>`,
	`<form data-trap action=javascript:window.__x=24><button>`,
	`<base data-trap href=//evil.invalid/>`,
	`<meta data-trap http-equiv=refresh content="0;url=javascript:window.__x=26">`,
	`<link data-trap rel=stylesheet href=//evil.invalid/x.css>`,
	`<object data-trap data=javascript:window.__x=28>`,
	`<body data-trap onload=window.__x=29>`,
	`<input data-trap autofocus onfocus=window.__x=30>`,
	`<img data-trap hx-get=/sign-out hx-trigger=load>`,
	`{{constructor.constructor('window.__x=32')()}}`,
	`${window.__x=33}#{window.__x=33}<%=33%>`,
	`+ADw-script+AD4-window.__x=34+ADw-/script+AD4-`,
	`%3Cscript%3Ewindow.__x=35%3C/script%3E`,
	`&lt;script&gt;window.__x=36&lt;/script&gt;`,
	`＜script data-trap＞window.__x=37＜/script＞`,
	`\u003cscript\u003ewindow.__x=38\u003c/script\u003e`,
	`<style data-trap>*{background:url(javascript:window.__x=39)}</style>`,
	`<x-trap style="animation:x" onanimationstart=window.__x=40>`,
	`<!--[if IE]><script>window.__x=41</script><![endif]-->`,
	`<noscript><p title="</noscript><img data-trap src=x onerror=window.__x=42>">`,
}

// trickery types tricks: a mark of the field, then as many tricks as it takes, beginning with another one
// in each field.
func trickery() func(field string, limit int) string {
	number := map[string]int{}
	return func(field string, limit int) string {
		n, ok := number[field]
		if !ok {
			n = len(number)
			number[field] = n
		}
		out := fmt.Sprintf("甲%04d乙", n)
		for i := range tricks {
			t := tricks[(n*5+i)%len(tricks)]
			if limit > 0 && len([]rune(out))+len([]rune(t)) > limit {
				continue
			}
			out += t
		}
		if rest := limit - len([]rune(out)); limit == 0 {
			out += strings.Repeat("W", 4000)
		} else if rest > 0 {
			out += strings.Repeat("W", rest)
		}
		return out
	}
}

// TestTextIsShownAsText types tricks into every field of every form that any role's pages have, and into
// file names, pictures, cells, parameters and calls; then it opens every page that shows one of them, and
// every page that a form was answered with, in a real browser as wide as a phone: nothing runs, the page's
// own policy has nothing to refuse, what was typed stands there as it was typed, and no long text makes a
// page wider than the screen. On the way the session ends once in the middle of each form (see expire), each
// form with a version is sent stale (see stale), identity numbers, dates and amounts are written as people
// write them (see numbers, widen), and a route whose form was on no page is named (see unseen).
func TestTextIsShownAsText(t *testing.T) {
	s := newScreens(t)
	f := newFilling(s, trickery())
	f.name, f.photo = `现场"><img data-trap src=x onerror=window.__x=1>';--`, trickyPhotograph()
	s.crawl(1)
	f.calls() // while everybody has an account
	f.everyForm()
	f.parameters()
	s.crawl(1)
	f.laterForms()
	f.covered()
	f.everyRoute()
	pages := f.marked(append(f.answers, s.pages...))
	t.Logf("%d forms with %d fields, %d pages with what was typed", len(f.forms), len(f.became), len(pages))
	newTheatre(s, 360).show(pages, f.harmless)
}

// harmless fails for a page on which something ran, got in or made it wider than the screen.
func (f *filling) harmless(a *answered, v sight) {
	image := strings.HasPrefix(a.header.Get("Content-Type"), "image/")
	if v.X != nil || len(v.Refused) > 0 && !image || len(v.Traps) > 0 { // the browser's own page around a picture has a style
		f.t.Errorf("%s %s %.300s（%d）：执行了 %v，策略拒绝 %v，混进来 %.400v", a.who, a.method, a.path, a.status, v.X, v.Refused, v.Traps)
	}
	if v.Over > 0 && a.doc != nil {
		f.t.Errorf("%s %s %.300s（%d）：在 360 像素宽的屏幕上宽出 %d：%s", a.who, a.method, a.path, a.status, v.Over, v.Wide)
	}
}

// newFilling fills in forms with texts.
func newFilling(s *screens, text func(field string, limit int) string) *filling {
	return &filling{screens: s, text: text, name: "现场", photo: photograph(), became: map[string]map[string]bool{}, typed: map[string][]string{}, all: map[string]map[string]bool{}, reported: map[string]bool{}, acted: map[*seenForm]bool{}, expiredForms: map[*seenForm]bool{}, expired: map[string]bool{}, numbered: map[string]bool{}, wide: map[string]bool{}, older: map[string]bool{}, followed: map[string]bool{}, kinds: map[string]bool{}}
}

// last are acts after which other forms of the same record are gone.
var last = []string{"/disable", "/end", "/leave", "/revoke", "/withdraw", "/cancel", "/void", "/close", "/annul", "/password", "/roles", "/discard", "/publish", "/decline", "/settle", "/lose", "/return", "/transfer", "/renew", "/postings/{posting}", "/absences/{absence}", "/suspensions/{suspension}"}

// everyForm fills in each form twice: with text everywhere, which is refused, and rightly, which is done.
// Acts that end a record come last. Then a case is worked from the lead to its close, and every other act
// that its pages offer on the way is done with a case of its own.
func (f *filling) everyForm() {
	f.t.Helper()
	for _, p := range f.people {
		f.signIn(p)
	}
	f.everyCase() // while the bureau is as it was
	f.tryAll(f.forms)
}

// laterForms are those that pages have now that acts were done.
func (f *filling) laterForms() {
	before := len(f.expiredForms)
	for range 2 {
		var fresh []*seenForm
		for _, form := range f.forms {
			if !f.expiredForms[form] {
				fresh = append(fresh, form)
			}
		}
		f.tryAll(fresh)
	}
	f.t.Logf("%d forms appeared later", len(f.expiredForms)-before)
}

func (f *filling) tryAll(forms []*seenForm) {
	order := slices.DeleteFunc(slices.Clone(forms), func(form *seenForm) bool {
		return form.method != http.MethodPost || form.key == "POST /sign-out" || f.acted[form]
	})
	end := func(form *seenForm) int {
		return boolInt(slices.ContainsFunc(last, func(tail string) bool { return strings.HasSuffix(form.key, tail) }))
	}
	slices.SortStableFunc(order, func(a, b *seenForm) int { return end(a) - end(b) })
	for _, form := range order {
		f.refuse(form)
	}
	for _, form := range order {
		f.earnest(form)
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// refuse sends the form without a session and then with text everywhere: neither is done.
func (f *filling) refuse(form *seenForm) {
	f.expire(form)
	f.expiredForms[form] = true
	if g := f.open(form); g != nil {
		f.echo(g)
		f.numbers(g)
	}
}

// earnest does the form's act; the page that it leads to may have forms of its own.
func (f *filling) earnest(form *seenForm) {
	if f.acted[form] {
		return
	}
	f.acted[form] = true
	g := f.open(form)
	if g == nil {
		return
	}
	a := f.act(g)
	if to := a.header.Get("Location"); a.status == http.StatusSeeOther && strings.HasPrefix(to, "/w/") {
		f.follow(form.who, to)
	}
}

// follow opens the page after an act and, one of a kind, what it leads to.
func (f *filling) follow(p *sitter, to string) {
	f.t.Helper()
	f.examine(p, f.ask(p, http.MethodGet, to, "", nil, ""), func(next string) {
		kind := p.actor.label + " " + f.kindOfPage(next)
		if path, _, _ := strings.Cut(to, "?"); !strings.HasPrefix(next, "/w/papers/") && !strings.HasPrefix(next, path) || f.followed[kind] {
			return
		}
		f.followed[kind] = true
		f.examine(p, f.ask(p, http.MethodGet, next, "", nil, ""), nil)
	})
}

// everyCase works a case through and does on the way what else its pages offer.
func (f *filling) everyCase() {
	f.t.Helper()
	type other struct {
		form  *seenForm
		stage int
		at    string
	}
	var others []other
	usual := map[string]bool{}
	for _, u := range lineOfWork {
		usual["/"+u.path] = true
	}
	at := f.register()
	for stage := 0; ; stage++ {
		for _, form := range f.stageForms(at) {
			if form.method != http.MethodPost {
				continue
			}
			f.refuse(form)
			f.acted[form] = strings.HasPrefix(form.action, at)
			if _, act, ok := strings.Cut(form.key, "{id}"); ok && !usual[act] && f.acted[form] {
				others = append(others, other{form, stage, at})
			}
		}
		if stage == len(lineOfWork) {
			break
		}
		f.work(at, stage, stage+1)
	}
	for _, o := range others {
		if !strings.HasPrefix(o.form.page, o.at) {
			continue
		}
		again := f.register()
		f.work(again, 0, o.stage)
		g := *o.form
		g.page, g.action = strings.Replace(g.page, o.at, again, 1), strings.Replace(g.action, o.at, again, 1)
		if h := f.open(&g); h != nil {
			f.act(h)
		}
	}
}

// parameters opens every page with tricks in every parameter that its forms and links have, and addresses
// that lead nowhere.
func (f *filling) parameters() {
	f.t.Helper()
	all := f.text("parameters", 0)
	for _, key := range slices.Sorted(maps.Keys(f.queries)) {
		_, path, _ := strings.Cut(key, " ")
		path, ok := pathOf(path, f.found)
		if !ok {
			continue
		}
		q := url.Values{}
		for name := range f.queries[key] {
			q.Set(name, all)
		}
		p := f.whoMay(path)
		for name := range f.queries[key] {
			f.became[key+" "+name] = map[string]bool{"原样退回": true}
		}
		f.answers = append(f.answers, f.ask(p, http.MethodGet, path+"?"+q.Encode(), "", nil, ""))
		for name := range f.queries[key] { // one by one too: a wrong one may hide the others
			f.answers = append(f.answers, f.ask(p, http.MethodGet, path+"?"+url.Values{name: {all}}.Encode(), "", nil, ""))
		}
	}
	p := f.people[0]
	for _, path := range []string{"/", "/w/", "/v/", "/powers/", "/w/cases/", "/w/papers/", "/w/laws/1/", "/w/figures/", "/w/settings/", "/api/v1/cases/", "/api/v1/", "/sign-in?next="} {
		f.answers = append(f.answers, f.ask(p, http.MethodGet, path+url.PathEscape(all), "", nil, ""))
	}
	f.answers = append(f.answers, f.ask(&sitter{c: newJar(f.t)}, http.MethodGet, "/w/cases?q="+url.QueryEscape(all), "", nil, ""))
}

// calls sends every call of a program with tricks in every text, by its own description; what is stored
// shows on pages, and an answer is opened as a page.
func (f *filling) calls() {
	f.t.Helper()
	var d apiDocument
	if err := json.Unmarshal(f.ask(f.people[0], http.MethodGet, "/api/v1/openapi.json", "", nil, "").body, &d); err != nil {
		f.t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		op, ok := d.Paths[path]["post"]
		at, sample := pathOf(path, f.found)
		if !ok || !sample || strings.HasSuffix(path, "end-terms") || strings.HasSuffix(path, "end_terms") { // the only plan is for its form
			continue
		}
		body := map[string]any{}
		for _, c := range op.Body.Content {
			for name, p := range d.schema(c.Schema).Properties {
				if p = d.schema(p); fmt.Sprint(p.Type) == "string" && p.Format == "" {
					body[name] = f.text("POST "+path+" "+name, 200)
				} else if name == "version" {
					body[name] = 1
				}
			}
		}
		for _, p := range f.people[:6] {
			f.call(p, at, body)
		}
	}
	day := f.site.Clock.Now().Add(-time.Hour).Format(time.RFC3339)
	if a := f.call(f.as("officer102"), "/api/v1/leads", map[string]any{"summary": f.text("POST /api/v1/leads summary", 1000), "place": f.text("POST /api/v1/leads place", 200), "found_at": day, "source": "patrol", "area": "990107"}); a.status >= 300 {
		f.t.Errorf("接口登记线索：%d %s", a.status, a.body)
	}
}

func (f *filling) call(p *sitter, path string, body map[string]any) *answered {
	b, err := json.Marshal(body)
	if err != nil {
		f.t.Fatal(err)
	}
	f.n++
	a := f.askWith(p, http.MethodPost, path, "application/json", b, map[string]string{"Idempotency-Key": fmt.Sprintf("screen-%d", f.n)})
	f.answers = append(f.answers, a)
	return a
}

// apiDocument is what the calls need of the OpenAPI document.
type apiDocument struct {
	Paths map[string]map[string]struct {
		Body struct {
			Content map[string]struct {
				Schema apiSchema `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]apiSchema `json:"schemas"`
	} `json:"components"`
}

type apiSchema struct {
	Ref        string               `json:"$ref"`
	Type       any                  `json:"type"`
	Format     string               `json:"format"`
	Properties map[string]apiSchema `json:"properties"`
}

func (d apiDocument) schema(s apiSchema) apiSchema {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return d.Components.Schemas[name]
	}
	return s
}

// uncovered are fields that are not typed into here, each with why.
var uncovered = map[string]string{
	"POST /w/cases/{id}/plan-end why":                           "样本里只有一份批准过的分期，轮到这张表单时已经不在",
	"POST /w/registers/records/{id}/cancel reason":              "样本里的记录轮到这张表单时已经往下办了；办这一步的调用以前填（见 rare）",
	"POST /w/registers/records/{id}/files/{file}/remove reason": "同上",
	"POST /w/sittings/{id}/thaw thaw_reason":                    "同上",
	"POST /w/me/password login":                                 "只读，给浏览器的密码管理器认账号用",
	"POST /w/deadlines/reminders/{id}/close closing":            "发了、答复了才有，在别的表单都试过以后；内容和答复一样显示",
}

// covered fails for a field of a form that any page showed and nobody typed into, and for one that came
// back without what was typed.
func (f *filling) covered() {
	f.t.Helper()
	stored := 0
	for _, form := range f.forms {
		for _, c := range form.controls {
			k := form.key + " " + c.name
			if !c.free() || form.key == "POST /sign-out" || uncovered[k] != "" {
				continue
			}
			got := f.became[k]
			switch {
			case got == nil:
				f.t.Errorf("%s（%s 的页面 %s）没有填过：这张表单没有走到", k, form.who.actor.label, form.page)
			case got["退回时丢了填的内容"]:
				f.t.Errorf("%s 退回时丢了填的内容", k)
			}
			if got["存下"] {
				stored++
			}
		}
	}
	f.t.Logf("存下的 %d 项", stored)
}

// mark begins what was typed into a field.
var mark = regexp.MustCompile(`甲\d{4}乙`)

// marked are the pages that show what was typed, one for each page's kind and the fields on it. Where a
// field shows, it shows as it was typed; lists may shorten.
func (f *filling) marked(pages []*answered) []*answered {
	f.t.Helper()
	var out []*answered
	known := f.kinds
	for _, a := range pages {
		fresh := false
		for text := range textsOf(a.doc) {
			for _, m := range mark.FindAllString(text, -1) {
				if k := a.pattern + " " + fmt.Sprint(a.status) + m; !known[k] {
					known[k], fresh = true, true
				}
			}
			f.literal(a, text)
		}
		if kind := a.header.Get("Content-Type"); a.doc == nil && (strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "image/")) && !strings.Contains(a.header.Get("Content-Disposition"), "attachment") {
			if k := a.method + a.pattern + kind; !known[k] {
				known[k], fresh = true, true
			}
		}
		if k := a.method + a.pattern + fmt.Sprint(a.status); !known[k] && a.doc != nil && a.pattern != "" {
			known[k], fresh = true, true
		}
		if fresh {
			out = append(out, a)
		}
	}
	return out
}

// literal compares a text of a page with what was typed.
func (f *filling) literal(a *answered, text string) {
	at := mark.FindStringIndex(text)
	if at == nil || f.reported[a.pattern] {
		return
	}
	shown := squeezed(text[at[0]:])
	m := text[at[0]:at[1]]
	for typed := range f.all[m] {
		if listed(text[at[0]:], typed, len(m)) {
			return
		}
		want := squeezed(typed)
		n := 0
		for n < len(shown) && n < len(want) && shown[n] == want[n] {
			n++
		}
		if n == len(want) || n == len(shown) || strings.HasPrefix(shown[n:], "…") || n >= len(m)+20 {
			return
		}
	}
	if len(f.all[m]) > 0 {
		f.reported[a.pattern] = true
		f.t.Errorf("%s %s %s：没有照原样显示：%.200s\n写的是 %.300q", a.who, a.method, a.path, text[at[0]:], slices.Collect(maps.Keys(f.all[m])))
	}
}

// listed reports whether a text shows more than the mark of what was typed, up to a sign that parts a list:
// a reader of lists shows one entry of it.
func listed(text, typed string, mark int) bool {
	n := 0
	for n < len(text) && n < len(typed) && text[n] == typed[n] {
		n++
	}
	next, _ := utf8.DecodeRuneInString(typed[n:])
	return n > mark && strings.ContainsRune("、,，;；", next)
}

// squeezed is a text without white space; nor what parts a list, which may be put together otherwise.
func squeezed(s string) string {
	return strings.NewReplacer("、", "", ",", "", "，", "", ";", "", "；", "").Replace(strings.Join(strings.Fields(s), ""))
}

// trickyPhotograph is a picture whose own description is a trick.
func trickyPhotograph() []byte {
	jpg := photograph()
	words := strings.Join(tricks[:12], "")
	comment := append([]byte{0xFF, 0xFE, byte((len(words) + 2) >> 8), byte(len(words) + 2)}, words...)
	exif := exifWith(words)
	return slices.Concat(jpg[:2], exif, comment, jpg[2:])
}

// exifWith is an APP1 segment with one entry, ImageDescription.
func exifWith(words string) []byte {
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0E\x00\x02")
	tiff = binary.BigEndian.AppendUint32(tiff, uint32(len(words)+1))
	tiff = binary.BigEndian.AppendUint32(tiff, 26)
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = append(append(tiff, words...), 0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append([]byte{0xFF, 0xE1, byte((len(body) + 2) >> 8), byte(len(body) + 2)}, body...)
}

// statement is a bank's list with tricks in its cells.
func (f *filling) statement() []byte {
	cell := func(n int) string {
		return `"` + strings.ReplaceAll(f.text(fmt.Sprint("statement ", n), 80), `"`, `""`) + `"`
	}
	return fmt.Appendf(nil, "缴款日期,流水号,决定书文号,金额,缴款人\n2026-01-30,%s,%s,100,%s\n", cell(1), cell(2), cell(3))
}
