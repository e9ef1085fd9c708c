package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/demo"
	"fadu/internal/law/identity"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// surface is a bureau with known personal data, its log, and what looks for the data.
type surface struct {
	t       *testing.T
	app     *app.App
	url     string
	dir     string
	log     *lockedBuffer
	secrets []string
	c       *http.Client
}

// lockedBuffer is a log that requests write to side by side.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newSurface(t *testing.T) *surface {
	t.Helper()
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	dir := p.copyTo(t)
	s := &surface{t: t, dir: dir, log: &lockedBuffer{}}
	clock := testkit.NewClock()
	clock.Set(peopledMorning())
	server := httptest.NewUnstartedServer(nil)
	s.url = "http://" + server.Listener.Addr().String()
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if s.app, err = app.Open(context.Background(), app.Config{Data: dir, Clock: clock.Now, NoSync: true, Base: s.url, Log: log}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.app.Close() })
	server.Config.Handler = s.app.Handler()
	server.Start()
	t.Cleanup(server.Close)
	s.plant()
	s.c = s.client()
	return s
}

func (s *surface) client() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// plant gives the staff identity numbers and private telephones, and gathers these and the parties' data.
func (s *surface) plant() {
	s.t.Helper()
	testkit.Update(s.t, s.app.DB, func(tx *store.Tx) error {
		var people []int64
		if err := tx.DB().NewRaw(`SELECT id FROM org_person_row ORDER BY id`).Scan(tx.Ctx, &people); err != nil {
			return err
		}
		for i, id := range people {
			first := fmt.Sprintf("9901071985%02d%02d%03d", i%12+1, i%28+1, i)
			if _, err := tx.Exec(`UPDATE org_person_row SET identity_number = ?, phone = ? WHERE id = ?`, first+identity.ResidentCheckChar(first), fmt.Sprintf("1770001%04d", i), id); err != nil {
				return err
			}
		}
		return nil
	})
	numbers := 0
	testkit.View(s.t, s.app.DB, func(tx *store.Tx) error {
		for _, q := range []string{
			`SELECT identity_number FROM org_person_row WHERE identity_number <> ''`, `SELECT party_id_number FROM penalty_case WHERE party_id_kind = 'resident_id'`,
			`SELECT phone FROM org_person_row WHERE phone <> ''`, `SELECT party_phone FROM penalty_case WHERE party_phone <> ''`,
			`SELECT party_address FROM penalty_case WHERE party_address <> '' AND party_kind = 'citizen'`, `SELECT party_name FROM penalty_case WHERE party_kind = 'citizen' AND party_name <> ''`,
		} {
			var values []string
			if err := tx.DB().NewRaw(q).Scan(tx.Ctx, &values); err != nil {
				return err
			}
			if strings.Contains(q, "_number") {
				numbers += len(values)
			}
			s.secrets = append(s.secrets, values...)
		}
		return nil
	})
	if numbers < 50 {
		s.t.Fatalf("只埋了 %d 个身份号码", numbers)
	}
}

// hits are the planted values in a text, which for a PDF is what can be read in it.
func (s *surface) hits(kind string, body []byte) (out []string) {
	s.t.Helper()
	text := string(body)
	if strings.HasPrefix(kind, "application/pdf") {
		read, err := apptest.PDFText(body)
		if errors.Is(err, apptest.ErrNoPDFText) {
			s.t.Skip(err)
		}
		if err != nil {
			s.t.Fatal(err)
		}
		text += strings.Join(strings.Fields(read), "")
	}
	for _, v := range s.secrets {
		if strings.Contains(text, v) || strings.Contains(text, url.QueryEscape(v)) {
			out = append(out, v)
		}
	}
	return out
}

// get asks and looks through headers and body.
func (s *surface) get(c *http.Client, path string) (kind string, body []byte, hits []string) {
	s.t.Helper()
	header, body := s.ask(c, path)
	kind = header.Get("Content-Type")
	return kind, body, append(s.hits("", []byte(fmt.Sprint(header))), s.hits(kind, body)...)
}

// ask asks.
func (s *surface) ask(c *http.Client, path string) (header http.Header, body []byte) {
	s.t.Helper()
	res, err := c.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		s.t.Fatal(err)
	}
	return res.Header, body
}

var (
	linked = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)"`)
	mapped = regexp.MustCompile(`sourceMappingURL=(\S+)`)
)

// public are the addresses from which the crawl begins: every route of the table with its sample, also
// those that only answer that one must sign in, every paper's public check, and what is not there.
func (s *surface) public() []string {
	s.t.Helper()
	site := &apptest.Site{App: s.app}
	found := sampled(s.t, site)
	out := []string{"/nothing", "/w/nothing", "/api/v1/nothing", "/assets/nothing.js", "/elder", "/v/?code=1", "/v/ZZZZ-ZZZZ-ZZZZ-ZZZZZ", "/api/v1/papers/1", "/robots.txt", "/sitemap.xml", "/w/cases?q=" + url.QueryEscape("演示")}
	for _, rt := range s.app.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		path, ok := pathOf(pattern, found)
		if !ok {
			s.t.Errorf("%s：没有样本", rt.Pattern)
		}
		if method == http.MethodGet {
			out = append(out, path)
		}
	}
	testkit.View(s.t, s.app.DB, func(tx *store.Tx) error {
		var codes []string
		err := tx.DB().NewRaw(`SELECT code FROM paper WHERE code <> ''`).Scan(tx.Ctx, &codes)
		for _, c := range codes {
			out = append(out, "/v/"+url.PathEscape(c), "/api/v1/papers/"+url.PathEscape(c))
		}
		return err
	})
	return out
}

// TestDisclosure: whoever has not signed in finds no identity number, telephone, address or name of a party
// anywhere: pages, JSON, files, headers, errors, source maps, and what they lead to.
func TestDisclosure(t *testing.T) {
	s := newSurface(t)
	queue, seen, papers := s.public(), map[string]bool{}, 0
	for len(queue) > 0 && len(seen) < 3000 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		kind, body, hits := s.get(s.c, path)
		if len(hits) > 0 {
			t.Errorf("没有登录就在 %s 看到 %v", path, hits)
		}
		if strings.HasPrefix(path, "/v/") && bytes.Contains(body, []byte("演示文书，无效力")) {
			papers++
		}
		for _, m := range linked.FindAllSubmatch(body, -1) {
			if strings.HasPrefix(kind, "text/html") {
				queue = append(queue, strings.ReplaceAll(string(m[1]), "&amp;", "&"))
			}
		}
		for _, m := range mapped.FindAllSubmatch(body, -1) {
			queue = append(queue, "/assets/"+string(m[1]))
		}
		if strings.HasSuffix(path, ".js") {
			queue = append(queue, path+".map")
		}
	}
	if len(seen) < 150 || papers < 10 {
		t.Errorf("只走了 %d 个地址，验真 %d 份文书", len(seen), papers)
	}
	if hits := s.hits("", []byte(s.log.String())); len(hits) > 0 {
		t.Errorf("日志里有 %v", hits)
	}
	t.Logf("走了 %d 个地址，找 %d 个值", len(seen), len(s.secrets))
}

// TestNothingPersonalIsLogged: people at work, who search by number and see papers in full, leave nothing
// personal in the log, in the security log, in titles, file names and addresses. The papers themselves
// prove that the search would find it.
func TestNothingPersonalIsLogged(t *testing.T) {
	s := newSurface(t)
	sign := func(login string) *http.Client {
		c := s.client()
		res, err := c.PostForm(s.url+"/sign-in", url.Values{"login": {login}, "password": {demo.Password}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s 登录不了：%d", login, res.StatusCode)
		}
		return c
	}
	leader, auditor := sign("leader1"), sign("auditor")
	found := sampled(t, &apptest.Site{App: s.app})
	var number string
	testkit.View(t, s.app.DB, func(tx *store.Tx) error {
		return tx.DB().NewRaw(`SELECT party_id_number FROM penalty_case WHERE id = `+found["/w/cases/{id}"]).Scan(tx.Ctx, &number)
	})
	if _, _, hits := s.get(leader, "/w/papers/"+found["/w/papers/{id}"]+"/pdf"); len(hits) == 0 {
		t.Fatal("文书的 PDF 里找不到当事人：搜寻本身不灵")
	}
	title := regexp.MustCompile(`<title>[^<]*</title>`)
	file := regexp.MustCompile(`href="([^"]*)"`)
	paths := []string{"/w/cases/" + number, "/w/cases/" + number + "/photos/1"}
	for _, rt := range s.app.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if path, ok := pathOf(pattern, found); ok && method == http.MethodGet {
			paths = append(paths, path)
		}
	}
	if len(paths) < 200 {
		t.Errorf("只走了 %d 个地址", len(paths))
	}
	for _, path := range paths {
		header, body := s.ask(leader, path)
		kind := header.Get("Content-Type")
		if hits := s.hits("", title.Find(body)); len(hits) > 0 {
			t.Errorf("%s 的标题里有 %v", path, hits)
		}
		for _, m := range file.FindAllSubmatch(body, -1) {
			if hits := s.hits("", m[1]); len(hits) > 0 && strings.HasPrefix(kind, "text/html") {
				t.Errorf("%s 的链接 %s 里有 %v", path, m[1], hits)
			}
		}
	}
	s.get(leader, "/w/cases?q="+number) // typed by hand into an address, as people do
	for _, login := range []string{number, s.secrets[0]} {
		res, err := s.c.PostForm(s.url+"/sign-in", url.Values{"login": {login}, "password": {"x"}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
	}
	if hits := s.hits("", []byte(s.log.String())); len(hits) > 0 {
		t.Errorf("日志里有 %v", hits)
	}
	if !strings.Contains(s.log.String(), "request") {
		t.Error("没有记日志，查不出什么")
	}
	if err := s.app.Access.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	_, body, hits := s.get(auditor, "/w/ledger")
	if len(hits) > 0 || !bytes.Contains(body, []byte("查看案件")) {
		t.Errorf("审计员的总账上有 %v，或者没有查看记录", hits)
	}
	s.eachEvent(func(text string) {
		if hits := s.hits("", []byte(text)); len(hits) > 0 {
			t.Errorf("安全日志 %s 里有 %v", text, hits)
		}
	})
}

// eachEvent calls f with every line of the security log.
func (s *surface) eachEvent(f func(string)) {
	s.t.Helper()
	testkit.View(s.t, s.app.DB, func(tx *store.Tx) error {
		es, _, _, err := s.app.Access.Events(tx, access.System("test"), access.EventFilter{}, "")
		for _, e := range es {
			f(fmt.Sprint(e))
		}
		return err
	})
}
