package access

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// probe is a scoped table such as any slice has.
var probe = fstest.MapFS{"9000_create_probe.sql": &fstest.MapFile{Data: []byte(`-- +goose Up
CREATE TABLE probe (id BIGINT NOT NULL PRIMARY KEY, unit_id BIGINT NOT NULL, u1 BIGINT NOT NULL, u2 BIGINT NOT NULL, u3 BIGINT NOT NULL, u4 BIGINT NOT NULL, u5 BIGINT NOT NULL);
`)}}

var migrations = []fs.FS{Migrations, probe}

// cheap is the embedded policy with hashing that tests can afford.
func cheap(t testing.TB) *Policy {
	p, err := DefaultPolicy()
	if err != nil {
		t.Fatal(err)
	}
	p.Password.MemoryKiB, p.Password.Threads = 64, 1
	return &p
}

// bureau is a small bureau: 局 with 法制科, 第一中队 and 第二中队.
type bureau struct {
	t     testing.TB
	db    *store.DB
	clock *testkit.Clock
	s     *Service
	ctx   context.Context

	root, legal, first, second UnitID
}

const goodPassword = "Shan-Yu-2026"

func newBureau(t testing.TB, db *store.DB, clock *testkit.Clock) *bureau {
	s, err := New(db, Options{Bureau: "演示局", Demo: true, Policy: cheap(t), Nav: Nav()})
	if err != nil {
		t.Fatal(err)
	}
	b := &bureau{t: t, db: db, clock: clock, s: s, ctx: context.Background()}
	b.root = b.unit(0, "演示区城市管理局", "CG")
	b.legal = b.unit(b.root, "法制科", "CG-FZ")
	b.first = b.unit(b.root, "第一中队", "CG-1")
	b.second = b.unit(b.root, "第二中队", "CG-2")
	return b
}

func (b *bureau) unit(parent UnitID, name, code string) UnitID {
	b.t.Helper()
	id, err := b.s.AddUnit(b.ctx, System("test"), UnitInput{Parent: parent, Name: name, Code: code, From: law.MustDate("2020-01-01")})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func (b *bureau) account(login string, unit UnitID, roles ...Role) AccountID {
	b.t.Helper()
	id, err := b.s.CreateAccount(b.ctx, System("test"), AccountInput{Login: login, Name: "演示" + login, Unit: unit, Roles: roles, Password: goodPassword, Settled: true})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func (b *bureau) as(login string) Session {
	b.t.Helper()
	s, err := b.s.SessionFor(b.ctx, login)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func (b *bureau) load(id AccountID) Account {
	b.t.Helper()
	var a Account
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) {
		a, err = b.s.AccountByID(tx, id)
		return err
	})
	return a
}

func (b *bureau) unitByID(id UnitID) Unit {
	b.t.Helper()
	var u Unit
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) {
		u, err = b.s.UnitByID(tx, id)
		return err
	})
	return u
}

// events returns the kinds of the security log, oldest first.
func (b *bureau) events() []Event {
	b.t.Helper()
	var rows []eventRow
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		rows = nil
		return tx.DB().NewSelect().Model(&rows).Order("id").Scan(tx.Ctx)
	})
	out := make([]Event, len(rows))
	for i, r := range rows {
		out[i] = r.event()
	}
	return out
}

func (b *bureau) countEvents(k EventKind) int {
	n := 0
	for _, e := range b.events() {
		if e.Kind == k {
			n++
		}
	}
	return n
}

// serve starts the site with the package's own routes and some more.
func (b *bureau) serve(more ...Route) *site {
	mux := http.NewServeMux()
	b.s.Mount(mux, append(b.s.Routes(), more...))
	srv := httptest.NewServer(mux)
	b.t.Cleanup(srv.Close)
	return &site{bureau: b, url: srv.URL}
}

type site struct {
	*bureau
	url string
}

// browser is one person's browser: it keeps cookies and does not follow redirects.
type browser struct {
	*site
	c *http.Client
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{site: s, c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is an answer with its body read.
type answer struct {
	*http.Response
	body string
}

func (a answer) location() string { return a.Header.Get("Location") }

func (br *browser) do(method, path, contentType, body string, header ...string) answer {
	br.t.Helper()
	req, err := http.NewRequest(method, br.url+path, strings.NewReader(body))
	if err != nil {
		br.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := br.c.Do(req)
	if err != nil {
		br.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		br.t.Fatal(err)
	}
	return answer{res, string(text)}
}

func (br *browser) get(path string) answer {
	br.t.Helper()
	return br.do("GET", path, "", "")
}

// post sends a form as it stands: without a token unless the values have one.
func (br *browser) post(path string, values ...string) answer {
	br.t.Helper()
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	return br.do("POST", path, "application/x-www-form-urlencoded", form.Encode())
}

var opInput = regexp.MustCompile(`name="_op" value="([^"]+)"`)

// submit opens the page, takes its token and posts the form.
func (br *browser) submit(page, path string, values ...string) answer {
	br.t.Helper()
	m := opInput.FindStringSubmatch(br.get(page).body)
	if m == nil {
		br.t.Fatalf("%s has no form token", page)
	}
	return br.post(path, append(values, "_op", m[1])...)
}

func (br *browser) signIn(login, password string) answer {
	br.t.Helper()
	return br.post("/sign-in", "login", login, "password", password)
}

func (br *browser) mustSignIn(login string) {
	br.t.Helper()
	if a := br.signIn(login, goodPassword); a.StatusCode != http.StatusSeeOther {
		br.t.Fatalf("sign in %s: %d %s", login, a.StatusCode, a.body)
	}
}
