package powers

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

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/search"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/web"
)

const password = "Shan-Yu-2026"

// site is this slice's pages behind the door, over a demo bureau with the starter data and two people:
// fa.zhi of 法制科 and zhi.fa, an officer.
type site struct {
	t   testing.TB
	s   *Service
	url string
}

func newSite(t testing.TB) *site {
	t.Helper()
	db, _, _ := siteData.SQLite(t)
	a, s := openAccess(t, db), New(db, Options{})
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", web.Assets())
	a.Mount(mux, append(a.Routes(), s.Routes()...))
	srv := httptest.NewServer(web.Protect(mux, web.Options{}))
	t.Cleanup(srv.Close)
	return &site{t, s, srv.URL}
}

var siteData = &testkit.Filled[map[string]access.Session]{
	Migrations: []fs.FS{access.Migrations, draft.Migrations, search.Migrations, setting.Migrations, Migrations},
	Fill: func(t testing.TB, db *store.DB, clock *testkit.Clock) map[string]access.Session {
		clock.Set(law.MustDate("2026-11-21").Time())
		who := fillPeople(t, db, map[string]access.Role{"fa.zhi": access.LegalAffairs, "zhi.fa": access.Officer})
		must(t, New(db, Options{}).ImportStarter(context.Background(), console))
		return who
	},
}

// visitor is one person's browser: it keeps cookies and does not follow redirects.
type visitor struct {
	*site
	c *http.Client
}

func (s *site) visitor(login string) *visitor {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	v := &visitor{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if login != "" {
		if status, _ := v.post("/sign-in", "login", login, "password", password); status != http.StatusSeeOther {
			s.t.Fatalf("登录 %s：%d", login, status)
		}
	}
	return v
}

func (v *visitor) send(req *http.Request) (int, string) {
	v.t.Helper()
	res, err := v.c.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func (v *visitor) get(path string, header ...string) (int, string) {
	v.t.Helper()
	req, err := http.NewRequest("GET", v.url+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return v.send(req)
}

func (v *visitor) post(path string, values ...string) (int, string) {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(values); i += 2 {
		form.Add(values[i], values[i+1])
	}
	req, err := http.NewRequest("POST", v.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(req)
}

var opInput = regexp.MustCompile(`name="_op" value="([^"]+)"`)

// submit opens the page, takes its form's token and posts.
func (v *visitor) submit(page, path string, values ...string) (int, string) {
	v.t.Helper()
	_, body := v.get(page)
	m := opInput.FindStringSubmatch(body)
	if m == nil {
		v.t.Fatalf("%s 没有表单", page)
	}
	return v.post(path, append(values, "_op", m[1])...)
}
