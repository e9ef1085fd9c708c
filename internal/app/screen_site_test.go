package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"fadu/internal/app/apptest"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// screens is a bureau whose every page is opened and whose every form is filled in, by an actor of each role.
type screens struct {
	t      *testing.T
	site   *apptest.Site
	found  map[string]string
	people []*sitter
	by     map[string]*sitter
	mux    *http.ServeMux
	// forms are the forms seen, by what they are: one instance of each, in the order of sight.
	forms []*seenForm
	known map[string]*seenForm
	// queries are the names of all parameters that pages' links and search forms have, by route.
	queries map[string]map[string]bool
	pages   []*answered
	n       int
}

// sitter is somebody at a screen without scripts.
type sitter struct {
	actor actor
	c     *http.Client
	// knows says that the browser knows whose it was last.
	knows bool
}

// answered is a page as it was received.
type answered struct {
	who, method, path, pattern string
	status                     int
	header                     http.Header
	body                       []byte
	doc                        *html.Node
}

// seenForm is a form that a page offers: which page, whose, and the controls in it.
type seenForm struct {
	key, page, action, method, enctype string
	who                                *sitter
	controls                           []*fieldSeen
}

// fieldSeen is one named control of a form.
type fieldSeen struct {
	name, label, kind, mode, accept string
	values                          []string
	options, labels                 []string
	required, readonly              bool
}

// newScreens opens a copy of the bureau with a month of work.
func newScreens(t *testing.T) *screens {
	t.Helper()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	s := &screens{t: t, site: p.copied(t), mux: http.NewServeMux(), known: map[string]*seenForm{}, by: map[string]*sitter{}, queries: map[string]map[string]bool{}}
	s.found = sampled(t, s.site)
	for _, rt := range s.site.App.Routes() {
		s.mux.HandleFunc(rt.Pattern, func(http.ResponseWriter, *http.Request) {})
	}
	for _, a := range p.actors {
		if a.token == "" && a.unit != foreignUnit && (a.role != "" || a.login == "") {
			s.people = append(s.people, &sitter{actor: a, c: newJar(t)})
		}
	}
	for _, p := range s.people {
		if p.actor.login != "" {
			s.session(p)
		}
	}
	return s
}

func newJar(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// as returns one of the accounts that the demo shows.
func (s *screens) as(login string) *sitter {
	p := s.by[login]
	if p == nil {
		p = &sitter{actor: actor{label: login, login: login}, c: newJar(s.t)}
		s.by[login] = p
		s.session(p)
	}
	return p
}

// session plants a session of the account in its browser: what a sign-in leaves behind.
func (s *screens) session(p *sitter) {
	s.t.Helper()
	s.n++
	raw := sha256.Sum256(fmt.Appendf(nil, "screen %d", s.n))
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	sum := sha256.Sum256([]byte(token))
	testkit.Update(s.t, s.site.App.DB, func(tx *store.Tx) error {
		var id, epoch int64
		if err := tx.DB().NewRaw(`SELECT id, epoch FROM account WHERE login = ?`, p.actor.login).Scan(tx.Ctx, &id, &epoch); err != nil {
			return err
		}
		now := store.Micros(tx.Now)
		_, err := tx.Exec(`INSERT INTO session (id, token, account, epoch, created_at, seen_at, ip, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, store.NewID(), hex.EncodeToString(sum[:]), id, epoch, now, now, "127.0.0.1", "test")
		return err
	})
	u, err := url.Parse(s.site.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	p.c.Jar.SetCookies(u, []*http.Cookie{{Name: "fadu_session", Value: token, Path: "/"}})
}

// ask sends a request as a browser does.
func (s *screens) ask(p *sitter, method, path, contentType string, body []byte, referer string) *answered {
	s.t.Helper()
	header := map[string]string{}
	if referer != "" {
		header["Referer"] = s.site.URL + referer
	}
	a := s.askWith(p, method, path, contentType, body, header)
	if method == http.MethodGet && p.actor.login != "" && a.status == http.StatusSeeOther && strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
		s.session(p)
		a = s.askWith(p, method, path, contentType, body, header)
	}
	return a
}

func (s *screens) askWith(p *sitter, method, path, contentType string, body []byte, header map[string]string) *answered {
	s.t.Helper()
	req, err := http.NewRequest(method, s.site.URL+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatalf("%s %q: %v", method, path, err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if method == http.MethodPost {
		req.Header.Set("Origin", s.site.URL)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := p.c.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	a := &answered{who: p.actor.label, method: method, path: path, status: res.StatusCode, header: res.Header, pattern: s.patternOf(method, path)}
	if a.body, err = io.ReadAll(res.Body); err != nil {
		s.t.Fatal(err)
	}
	if a.status >= 500 {
		s.t.Errorf("%s %s %s：%d %.400s", p.actor.label, method, path, a.status, a.body)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		if a.doc, err = html.Parse(bytes.NewReader(a.body)); err != nil {
			s.t.Fatal(err)
		}
	}
	return a
}

func (s *screens) patternOf(method, path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return ""
	}
	_, pattern := s.mux.Handler(&http.Request{Method: method, URL: u, Host: "x"})
	return pattern
}

var digits = regexp.MustCompile(`\d{6,}`)

// kindOfPage is what two pages have in common that differ in their record or in their filter alone.
func (s *screens) kindOfPage(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return path
	}
	kind := s.patternOf(http.MethodGet, path)
	for _, k := range []string{"step", "kind", "tab", "act"} {
		if u.Query().Has(k) {
			kind += " " + k + "=" + u.Query().Get(k)
		}
	}
	if len(u.Query()) > 0 {
		kind += " narrowed"
	}
	return kind
}

// crawl opens every page of every role: each route of the table, then what the pages lead to, at most so
// many records of a kind.
func (s *screens) crawl(each int) {
	s.t.Helper()
	s.pages = nil
	for _, p := range s.people {
		seen, count := map[string]bool{}, map[string]int{}
		var queue []string
		add := func(path string) {
			if i := strings.IndexByte(path, '#'); i >= 0 {
				path = path[:i]
			}
			if seen[path] || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/assets/") || strings.HasPrefix(path, "/elder") {
				return
			}
			seen[path] = true
			kind := s.kindOfPage(path)
			if count[kind]++; count[kind] <= each {
				queue = append(queue, path)
			}
		}
		for _, rt := range s.site.App.Routes() {
			if method, pattern, _ := strings.Cut(rt.Pattern, " "); method == http.MethodGet && p.actor.may(rt.Allow) && !strings.HasPrefix(pattern, "/api/v1/openapi") {
				if path, ok := pathOf(pattern, s.found); ok {
					add(path)
				}
			}
		}
		for len(queue) > 0 {
			path := queue[0]
			queue = queue[1:]
			a := s.ask(p, http.MethodGet, path, "", nil, "")
			if to := a.header.Get("Location"); a.status == http.StatusSeeOther {
				add(to)
				continue
			}
			s.pages = append(s.pages, a)
			s.examine(p, a, add)
		}
	}
}

// examine collects the page's links and forms.
func (s *screens) examine(p *sitter, a *answered, add func(string)) {
	if a.doc == nil {
		return
	}
	for n := range a.doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "a" && add != nil {
			if href := attribute(n, "href"); strings.HasPrefix(href, "?") {
				base, _, _ := strings.Cut(a.path, "?")
				add(base + href)
			} else if strings.HasPrefix(href, "/") {
				add(href)
			}
		}
		if n.Data == "form" {
			s.note(p, a, n)
		}
	}
}

// note keeps a form that was not seen before.
func (s *screens) note(p *sitter, a *answered, n *html.Node) {
	f := &seenForm{page: a.path, action: attribute(n, "action"), method: strings.ToUpper(attribute(n, "method")), enctype: attribute(n, "enctype"), who: p}
	if f.action == "" || strings.HasPrefix(f.action, "?") {
		base, _, _ := strings.Cut(a.path, "?")
		f.action = base + f.action
	}
	if f.method == "" {
		f.method = http.MethodGet
	}
	if !pressable(a.doc, n) {
		return // a step that only explains
	}
	f.controls = controlsOf(a.doc, n)
	f.key = f.method + " " + s.formPattern(f)
	if f.method == http.MethodGet {
		q := s.queries[f.key]
		if q == nil {
			q = map[string]bool{}
			s.queries[f.key] = q
		}
		for _, c := range f.controls {
			q[c.name] = true
		}
	}
	var names []string
	for _, c := range f.controls {
		if c.free() {
			names = append(names, c.name)
		}
	}
	slices.Sort(names)
	id := f.key + " " + strings.Join(names, " ")
	if s.known[id] == nil {
		s.known[id] = f
		s.forms = append(s.forms, f)
	}
}

// pressable reports whether a form has a button.
func pressable(doc, form *html.Node) bool {
	for n := range doc.Descendants() {
		if n.Data != "button" && attribute(n, "type") != "submit" || attribute(n, "type") == "button" {
			continue
		}
		if id := attribute(n, "form"); id != "" && id == attribute(form, "id") {
			return true
		}
		for p := n.Parent; p != nil; p = p.Parent {
			if p == form {
				return true
			}
		}
	}
	return false
}

// formPattern is the route of a form; the acts of a case are told apart.
func (s *screens) formPattern(f *seenForm) string {
	pattern := s.patternOf(f.method, f.action)
	if _, path, ok := strings.Cut(pattern, " "); ok {
		pattern = path
	}
	if strings.HasSuffix(pattern, "/cases/{id}/") || pattern == "" || strings.Contains(pattern, "{kind}") {
		u, _ := url.Parse(f.action)
		pattern = digits.ReplaceAllString(u.Path, "{id}")
	}
	return pattern
}

// free reports a field into which anything can be typed; hidden ones are written by the page's script or
// by whoever writes the request by hand.
func (c *fieldSeen) free() bool {
	switch c.kind {
	case "text", "search", "tel", "email", "url", "textarea", "":
		return true
	case "hidden":
		return c.name != "_op" && c.name != "version" && c.name != "_version" && c.name != "password"
	}
	return false
}

func controlsOf(doc, form *html.Node) []*fieldSeen {
	id := attribute(form, "id")
	by := map[string]*fieldSeen{}
	var out []*fieldSeen
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || attribute(n, "name") == "" || hasAttribute(n, "disabled") || !slices.Contains([]string{"input", "select", "textarea", "button"}, n.Data) {
			continue
		}
		inside := hasAttribute(n, "form") && id != "" && attribute(n, "form") == id
		for p := n.Parent; p != nil && !inside && !hasAttribute(n, "form"); p = p.Parent {
			inside = p == form
		}
		if !inside || n.Data == "button" || attribute(n, "type") == "submit" {
			continue
		}
		c := by[attribute(n, "name")]
		if c == nil {
			c = &fieldSeen{name: attribute(n, "name"), kind: n.Data, mode: attribute(n, "inputmode"), accept: attribute(n, "accept"), required: hasAttribute(n, "required"), readonly: hasAttribute(n, "readonly")}
			if n.Data == "input" {
				c.kind = attribute(n, "type")
			}
			by[c.name] = c
			out = append(out, c)
		}
		if c.label == "" {
			c.label = labelOf(doc, attribute(n, "id"))
		}
		c.add(n)
	}
	return out
}

// labelOf is what the label of the control says.
func labelOf(doc *html.Node, id string) string {
	for n := range doc.Descendants() {
		if id != "" && n.Data == "label" && attribute(n, "for") == id {
			return textIn(n)
		}
	}
	return ""
}

func (c *fieldSeen) add(n *html.Node) {
	switch c.kind {
	case "radio", "checkbox":
		c.options, c.labels = append(c.options, attribute(n, "value")), append(c.labels, textIn(n.Parent))
		if hasAttribute(n, "checked") {
			c.values = append(c.values, attribute(n, "value"))
		}
	case "select":
		for o := range n.Descendants() {
			if o.Type == html.ElementNode && o.Data == "option" && !hasAttribute(o, "disabled") {
				c.options, c.labels = append(c.options, attribute(o, "value")), append(c.labels, textIn(o))
				if hasAttribute(o, "selected") {
					c.values = append(c.values, attribute(o, "value"))
				}
			}
		}
	case "textarea":
		c.values = append(c.values, strings.TrimPrefix(rawText(n), "\n"))
	default:
		c.values = append(c.values, attribute(n, "value"))
	}
}

// rawText is what an element says.
func rawText(n *html.Node) string {
	var b strings.Builder
	for o := range n.Descendants() {
		if o.Type == html.TextNode {
			b.WriteString(o.Data)
		}
	}
	return b.String()
}

// textIn is rawText without white space.
func textIn(n *html.Node) string { return strings.Join(strings.Fields(rawText(n)), "") }

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func mainOf(doc *html.Node) *html.Node {
	if doc == nil {
		return &html.Node{}
	}
	for n := range doc.Descendants() {
		if n.Data == "main" {
			return n
		}
	}
	return doc
}

func enctypeOf(doc *html.Node, action string) string {
	for n := range doc.Descendants() {
		if n.Data == "form" && attribute(n, "action") == action {
			return attribute(n, "enctype")
		}
	}
	return ""
}
