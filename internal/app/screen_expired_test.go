package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"fadu/internal/demo"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// notKept are forms that hold nothing but passwords and codes, or nothing at all: they come back empty.
var notKept = map[string]string{
	"POST /sign-in": "本来就没有登录", "POST /sign-in/code": "还没有登录", "POST /sign-out": "已经退出了",
	"POST /w/me/password": "只有密码", "POST /w/accounts/{id}/password": "只有密码",
	"POST /w/me/second-factor/start": "只有密码", "POST /w/me/second-factor/confirm": "只有验证码", "POST /w/me/second-factor/recovery": "只有验证码", "POST /w/me/second-factor/stop": "只有验证码",
}

// signIn signs in by the password, so that the browser knows whose it was.
func (f *filling) signIn(p *sitter) {
	f.t.Helper()
	if p.actor.login == "" {
		return
	}
	body := url.Values{"login": {p.actor.login}, "password": {demo.Password}}.Encode()
	if a := f.ask(p, http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", []byte(body), "/sign-in"); a.status != http.StatusSeeOther {
		f.t.Fatalf("%s 登录不了：%d", p.actor.label, a.status)
	}
	p.knows = true
}

// entries counts what the ledger has, without who looked at what: that is written a moment later.
func (s *screens) entries() (n int) {
	testkit.View(s.t, s.site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT COUNT(*) FROM ledger_entry WHERE kind NOT LIKE '%!_read' ESCAPE '!'`).Scan(tx.Ctx, &n)
	})
	return n
}

// expire ends the session while the form is filled in. Nothing is done; signed in again, its holder is back
// at the form with all that was typed and chosen, and is told which files to choose again.
func (f *filling) expire(form *seenForm) {
	f.t.Helper()
	pattern := f.patternOf(form.method, form.action)
	if form.method != http.MethodPost || form.who.actor.login == "" || notKept[pattern] != "" {
		return
	}
	f.expired[pattern] = true
	if !form.who.knows {
		f.signIn(form.who)
	}
	g := f.open(form)
	if g == nil {
		return
	}
	v := f.proposal(g, false)
	for _, c := range g.controls { // not what the page proposed
		if n := len(c.options); n > 0 {
			v.Set(c.name, c.options[n-1])
			if c.options[n-1] == "" {
				v.Set(c.name, c.options[0])
			}
		}
	}
	sent := f.encoded(g, v, true)
	testkit.Update(f.t, f.site.App.DB, func(tx *store.Tx) error {
		_, err := tx.Exec(`DELETE FROM session`)
		return err
	})
	before := f.entries()
	a := f.post(g, sent)
	next := ""
	for n := range mainOrAll(a.doc).Descendants() {
		if n.Data == "input" && attribute(n, "name") == "next" {
			next = attribute(n, "value")
		}
	}
	if a.status != http.StatusUnauthorized || next == "" || !strings.Contains(textIn(a.doc), "刚才填的内容已经保留") {
		f.t.Errorf("%s（%s）：没有说保留：%d %q %.300s", g.key, g.page, a.status, next, textIn(mainOf(a.doc)))
		return
	}
	f.session(form.who)
	back := f.ask(form.who, http.MethodGet, next, "", nil, "")
	h := f.again(g, back)
	if h == nil {
		f.t.Errorf("%s（%s）：回来的页面 %s 没有这张表单（%d）", g.key, g.page, next, back.status)
		return
	}
	f.compare(g, h, v)
	if files := slices.ContainsFunc(g.controls, func(c *fieldSeen) bool { return c.kind == "file" }); files && !strings.Contains(textIn(back.doc), "文件不保留，请重新选择") {
		f.t.Errorf("%s（%s）：没有说文件要重新选", g.key, g.page)
	}
	if after := f.entries(); after != before {
		f.t.Errorf("%s（%s）：没有登录就办了，留痕多了 %d 条", g.key, g.page, after-before)
	}
}

// compare holds the form that came back against what was sent.
func (f *filling) compare(g, h *seenForm, v url.Values) {
	f.t.Helper()
	for _, c := range g.controls {
		if c.name == "_op" || c.kind == "file" || c.kind == "password" || c.kind == "hidden" && c.name != "version" && c.name != "_version" {
			continue
		}
		i := slices.IndexFunc(h.controls, func(d *fieldSeen) bool { return d.name == c.name })
		if i < 0 {
			f.t.Errorf("%s（%s）：回来的表单没有 %s 一项", g.key, g.page, c.name)
			continue
		}
		got, want := h.controls[i].values, v[c.name]
		if rows := h.rowsOf(c.name); len(rows) > 0 && strings.Contains(onlyWords(strings.Join(rows, "")), onlyWords(strings.Join(want, ""))) {
			continue // what was pasted comes back as rows
		}
		if c.kind == "radio" && len(got) > 1 {
			got = got[len(got)-1:]
		}
		if strings.Join(got, "|") != strings.Join(want, "|") && strings.Join(want, "") != strings.Join(got, "") {
			f.t.Errorf("%s（%s）：%s 填的是 %.80q，回来是 %.80q", g.key, g.page, c.name, want, got)
		}
	}
}

// rowsOf are the cells of the list into which the control takes what is pasted.
func (s *seenForm) rowsOf(name string) (out []string) {
	for _, c := range s.controls {
		if strings.HasPrefix(c.name, name+".") {
			out = append(out, c.values...)
		}
	}
	return out
}

func onlyWords(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

func mainOrAll(doc *html.Node) *html.Node {
	if doc == nil {
		return &html.Node{}
	}
	return doc
}
