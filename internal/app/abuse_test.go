package app_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app/apptest"
	"fadu/internal/demo"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// abused is a bureau at work that somebody means ill, with one person for every permission.
type abused struct {
	t     *testing.T
	p     *peopled
	site  *apptest.Site
	found map[string]string
	by    map[access.Role]*visitor
}

// newAbused serves a copy of the bureau of the permissions' test.
func newAbused(t *testing.T) *abused {
	t.Helper()
	p := mustPeopled(t)
	return p.abused(t, p.copied(t))
}

// newAbusedOnPostgreSQL serves the same bureau on the other engine.
func newAbusedOnPostgreSQL(t *testing.T) *abused {
	t.Helper()
	p, err := fillPeopled(testkit.PostgreSQLURL(t))
	if err != nil {
		t.Fatal(err)
	}
	site, err := p.open(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(site.Close(), os.RemoveAll(p.dir)); err != nil {
			t.Error(err)
		}
	})
	return p.abused(t, site)
}

func (p *peopled) abused(t *testing.T, site *apptest.Site) *abused {
	t.Helper()
	return &abused{t: t, p: p, site: site, by: map[access.Role]*visitor{}, found: sampled(t, site)}
}

// visitor is a client that says whatever a test wants, with or without a session.
type visitor struct {
	t   *testing.T
	url string
	c   *http.Client
}

// reply is an answer with its body read.
type reply struct {
	*http.Response
	body string
}

func (a *abused) visitor() *visitor { return newVisitor(a.t, a.site.URL) }

func newVisitor(t *testing.T, base string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, base, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// signIn opens a session for the login.
func (v *visitor) signIn(login string) *visitor {
	v.t.Helper()
	if r := v.form("/sign-in", "login", login, "password", demo.Password); r.StatusCode != http.StatusSeeOther {
		v.t.Fatalf("%s 登录不了：%d %.300s", login, r.StatusCode, r.body)
	}
	return v
}

// do sends a request; headers come in pairs.
func (v *visitor) do(method, target, body string, headers ...string) reply {
	v.t.Helper()
	req, err := http.NewRequest(method, v.url+target, strings.NewReader(body))
	if err != nil {
		v.t.Fatalf("%s %q: %v", method, target, err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := v.c.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatalf("%s %s: %v", method, target, err)
	}
	return reply{res, string(text)}
}

func (v *visitor) get(target string) reply { v.t.Helper(); return v.do("GET", target, "") }

const formType = "application/x-www-form-urlencoded"

// form posts fields that come in pairs.
func (v *visitor) form(target string, fields ...string) reply {
	v.t.Helper()
	q := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		q.Add(fields[i], fields[i+1])
	}
	return v.do("POST", target, q.Encode(), "Content-Type", formType)
}

var opField = regexp.MustCompile(`name="_op" value="([^"]+)"`)

// op is a fresh form token of the visitor's session.
func (v *visitor) op() string {
	v.t.Helper()
	m := opField.FindStringSubmatch(v.get("/w/me/password").body)
	if m == nil {
		v.t.Fatal("没有找到表单令牌")
	}
	return m[1]
}

// of returns somebody of the first squad who has the role, signed in.
func (a *abused) of(role access.Role) *visitor {
	a.t.Helper()
	if a.by[role] == nil {
		a.by[role] = a.visitor().signIn(a.p.login(role))
	}
	return a.by[role]
}

func (p *peopled) login(role access.Role) string {
	i := slices.IndexFunc(p.actors, func(x actor) bool { return x.role == role && x.unit == ownUnit })
	return p.actors[i].login
}

// holder returns somebody who may use the route.
func (a *abused) holder(rt access.Route) *visitor {
	a.t.Helper()
	if rt.Allow == access.Public || rt.Allow == "" {
		return a.of(access.SquadLeader)
	}
	for _, r := range []access.Role{access.SquadLeader, access.LegalAffairs} {
		if info, _ := access.Catalogue().Find(r); slices.Contains(info.Permissions, rt.Allow) {
			return a.of(r)
		}
	}
	for _, info := range access.Catalogue().Roles {
		if slices.Contains(info.Permissions, rt.Allow) {
			return a.of(info.Code)
		}
	}
	a.t.Fatalf("%s：没有哪个角色能用", rt.Pattern)
	return nil
}

// gather signs in whoever is needed for the whole table, so that nobody's sign-in is taken for a change.
func (a *abused) gather() {
	a.t.Helper()
	a.of(access.Officer)
	for _, rt := range a.site.App.Routes() {
		a.holder(rt)
	}
}

// each calls f with every route of the table that takes the method, its path filled with samples.
func (a *abused) each(method string, f func(rt access.Route, path string)) {
	a.t.Helper()
	n := 0
	for _, rt := range a.site.App.Routes() {
		m, pattern, _ := strings.Cut(rt.Pattern, " ")
		path, ok := pathOf(pattern, a.found)
		if !ok {
			a.t.Errorf("%s：样本里没有记录", rt.Pattern)
		}
		if m == method && ok {
			n++
			f(rt, path)
		}
	}
	if n < 50 {
		a.t.Errorf("只有 %d 条 %s 路由", n, method)
	}
}

// passing are tables that asking alone may change: sessions, counters of attempts, logs, and the ledger,
// where reads are entered too.
var passing = regexp.MustCompile(`^(sqlite_.*|search_.*|.*_fts.*|session|sign_in_guard|security_event|kept_form|once|op_result|idempotent.*|ledger_.*|job.*|api_token|goose.*)$`)

// state is a digest of every business table.
func (a *abused) state() map[string]string {
	a.t.Helper()
	out := map[string]string{}
	testkit.View(a.t, a.site.App.DB, func(tx *store.Tx) error {
		var tables []string
		q := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
		if a.site.App.DB.Engine() == store.PostgreSQL {
			q = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
		}
		if err := tx.DB().NewRaw(q).Scan(tx.Ctx, &tables); err != nil {
			return err
		}
		for _, name := range tables {
			if passing.MatchString(name) {
				continue
			}
			sum, err := tableSum(tx, name)
			if err != nil {
				return err
			}
			out[name] = sum
		}
		return nil
	})
	if len(out) < 25 {
		a.t.Fatalf("只看到 %d 张业务表：%v", len(out), out)
	}
	return out
}

func tableSum(tx *store.Tx, name string) (string, error) {
	rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT * FROM "`+name+`"`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	h, n := sha256.New(), 0
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return "", err
		}
		for _, v := range values {
			fmt.Fprintf(h, "%v|", *v.(*any))
		}
		n++
	}
	return fmt.Sprintf("%d rows %x", n, h.Sum(nil)[:8]), rows.Err()
}

// unchanged fails for every business table that differs.
func (a *abused) unchanged(before map[string]string, what string) {
	a.t.Helper()
	for name, now := range a.state() {
		if now != before[name] {
			a.t.Errorf("%s以后 %s 变了：%s → %s", what, name, before[name], now)
		}
	}
}

// entries counts the ledger.
func (a *abused) entries() (n int) {
	a.t.Helper()
	if err := a.site.App.Access.Close(context.Background()); err != nil { // the reads are written
		a.t.Fatal(err)
	}
	testkit.View(a.t, a.site.App.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT COUNT(*) FROM ledger_entry`).Scan(tx.Ctx, &n)
	})
	return n
}

func (v *visitor) cookies() []*http.Cookie {
	v.t.Helper()
	u, err := url.Parse(v.url)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.c.Jar.Cookies(u)
}

func mustPeopled(t *testing.T) *peopled {
	t.Helper()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// database is every byte of the database's files.
func (s *surface) database() string {
	s.t.Helper()
	var b strings.Builder
	for _, name := range []string{"fadu.db", "fadu.db-wal"} {
		content, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil && name == "fadu.db" {
			s.t.Fatal(err)
		}
		b.Write(content)
	}
	return b.String()
}
