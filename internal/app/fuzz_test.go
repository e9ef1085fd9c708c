package app_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"fadu/internal/app/apptest"
)

// fuzzing is the bureau of tests with the cookies of a person, asked without a network.
type fuzzing struct {
	site   *apptest.Site
	who    string
	cookie []string
	mu     sync.Mutex
	n      int
}

func newFuzzing(f *testing.F, login string) *fuzzing {
	f.Helper()
	site, err := apptest.Open(f.TempDir(), "")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = site.Close() })
	x := &fuzzing{site: site, who: login}
	w := x.send(f, http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", []byte(url.Values{"login": {login}, "password": {"Fadu-Demo-2026"}}.Encode()))
	for _, c := range w.Result().Cookies() {
		x.cookie = append(x.cookie, c.Name+"="+c.Value)
	}
	if w.Code != http.StatusSeeOther || len(x.cookie) == 0 {
		f.Fatalf("%s 登录不了：%d", login, w.Code)
	}
	return x
}

func (x *fuzzing) send(t testing.TB, method, target, contentType string, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	r, err := http.NewRequest(method, x.site.URL, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	path, query, _ := strings.Cut(target, "?")
	r.URL.Path, r.URL.RawQuery, r.RequestURI, r.RemoteAddr = path, query, target, "127.0.0.1:1"
	r.Header.Set("Cookie", strings.Join(x.cookie, "; "))
	if method != http.MethodGet {
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Origin", x.site.URL)
		x.mu.Lock()
		x.n++
		r.Header.Set("Idempotency-Key", fmt.Sprintf("fuzz-%s-%d", x.who, x.n))
		x.mu.Unlock()
	}
	w := httptest.NewRecorder()
	x.site.App.Handler().ServeHTTP(w, r)
	if w.Code >= http.StatusInternalServerError {
		t.Fatalf("%s %s %q：%d %.400s", method, target, body, w.Code, w.Body)
	}
	return w
}

// plain are the routes of a method without placeholders, in order.
func (x *fuzzing) plain(method, prefix string) []string {
	var out []string
	for _, rt := range x.site.App.Routes() {
		m, path, _ := strings.Cut(rt.Pattern, " ")
		if m == method && strings.HasPrefix(path, prefix) && path != "/assets/" { // files, not pages
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

func inHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// FuzzAddress opens every page that can be opened, with anything in place of its placeholders and as its
// query: filters, sorts, cursors, dates, searches. It answers, or says in Chinese what is wrong.
func FuzzAddress(f *testing.F) {
	x := newFuzzing(f, "head")
	paths := x.plain(http.MethodGet, "/")
	for i := range paths {
		f.Add(uint(i), "1", "q=%E5%8D%A0%E9%81%93&on=2026-07-20&state=open&kind=add&sort=-found&after=AAAA&before=1&unit=1&page=2")
	}
	for _, q := range []string{"q=%00", "q=%ff%fe", "on=2026-02-30", "after=%27%3B--", "before=-1", "q=" + strings.Repeat("%F0%A0%AE%B7", 200), "from=2026-12-31&until=2026-01-01", "sort=id;drop table", "only.month=%25&by=x", "code=YS-001&act=2026-11-20&metric=1e9&party=x"} {
		for i := 0; i < len(paths); i += 9 {
			f.Add(uint(i), "..", q)
		}
	}
	f.Fuzz(func(t *testing.T, n uint, part, query string) {
		path := paths[n%uint(len(paths))]
		for strings.Contains(path, "{") {
			before, rest, _ := strings.Cut(path, "{")
			_, after, _ := strings.Cut(rest, "}")
			path = before + strings.NewReplacer("/", "_", "?", "_", "{", "_", "}", "_").Replace(part) + after
		}
		w := x.send(t, http.MethodGet, path+"?"+query, "", nil)
		if w.Code >= 400 && !inHan(w.Body.String()) && !strings.HasPrefix(path, "/assets/") {
			t.Fatalf("%s?%s：%d %.300s", path, query, w.Code, w.Body)
		}
	})
}

// FuzzBody sends every call of the interface any body: it answers 2xx or names what is wrong in Chinese.
func FuzzBody(f *testing.F) {
	x := newFuzzing(f, "legal")
	paths := x.plain(http.MethodPost, "/api/v1/")
	bodies := []string{
		`{"version":1,"text":"相符"}`, `{}`, `null`, `[]`, `[{"rule":"CF_PAY","start":"2026-03-02"}]`, `{"version":"x","on":"2026-02-30"}`, "{", "\xff", `{"codes":["YS-001","\u0000"],"kind":"cancel","basis_title":"\u202e"}`,
		`{"kind":"cancel","codes":["YS-001"],"basis_title":"通知","basis_number":"1号","basis_date":"2025-12-01","effective_on":"2026-02-01","handling":"continue","handling_document":"同"}`,
		`{"act_date":"2026-01-04","party":"citizen","metric":"1.5","prior":0,"corrected":true,"harm":"none"}`,
	}
	for i := range paths {
		for _, b := range bodies {
			f.Add(uint(i), "YS-001", []byte(b))
		}
	}
	f.Fuzz(func(t *testing.T, n uint, part string, body []byte) {
		path := paths[n%uint(len(paths))]
		for strings.Contains(path, "{") {
			before, rest, _ := strings.Cut(path, "{")
			_, after, _ := strings.Cut(rest, "}")
			path = before + strings.NewReplacer("/", "_", "?", "_", "{", "_", "}", "_").Replace(part) + after
		}
		w := x.send(t, http.MethodPost, path, "application/json", body)
		if w.Code >= 400 && !inHan(w.Body.String()) {
			t.Fatalf("%s %q：%d %.300s", path, body, w.Code, w.Body)
		}
	})
}

// FuzzImport uploads any file to every list: people, powers, laws, adjustments, calendars. It becomes a batch
// with its bad rows named, or is refused in Chinese.
func FuzzImport(f *testing.F) {
	x := newFuzzing(f, "legal")
	type list struct{ page, kind string }
	var lists []list
	for _, page := range x.plain(http.MethodGet, "/w/") {
		if !strings.HasSuffix(page, "/import") {
			continue
		}
		body := x.send(f, http.MethodGet, page, "", nil).Body.String()
		for _, part := range strings.Split(body, "/template?kind=")[1:] {
			kind, _, _ := strings.Cut(part, `"`)
			lists = append(lists, list{page, kind})
		}
	}
	if len(lists) < 5 {
		f.Fatalf("只找到 %d 类清单", len(lists))
	}
	for i, l := range lists {
		w := x.send(f, http.MethodGet, l.page+"/template?kind="+l.kind, "", nil)
		f.Add(uint(i), "行政处罚 3、合计 4", w.Body.Bytes())
		for _, s := range []string{"类别,编号,标题或者内容\n条,第一条,甲\n", "第一条　甲\n第三条　乙", "\xd0\xd5\xc3\xfb\n\xd5\xc5", "PK\x03\x04", ""} {
			f.Add(uint(i), "", []byte(s))
		}
	}
	if files, err := filepath.Glob("../powers/data/*.csv"); err == nil {
		for i, name := range files {
			if b, err := os.ReadFile(name); err == nil && len(b) < 20_000 {
				f.Add(uint(i), "", b)
			}
		}
	}
	f.Fuzz(func(t *testing.T, n uint, stated string, file []byte) {
		l := lists[n%uint(len(lists))]
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		w, err := m.CreateFormFile("file", "清单.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(file)
		_, after, _ := strings.Cut(x.send(t, http.MethodGet, l.page, "", nil).Body.String(), `name="_op" value="`)
		op, _, _ := strings.Cut(after, `"`)
		for k, v := range map[string]string{"kind": l.kind, "stated": stated, "_op": op} {
			_ = m.WriteField(k, v)
		}
		_ = m.Close()
		answer := x.send(t, http.MethodPost, l.page, m.FormDataContentType(), body.Bytes())
		if answer.Code >= 400 && !inHan(answer.Body.String()) {
			t.Fatalf("%s %q：%d %.300s", l.kind, file, answer.Code, answer.Body)
		}
	})
}
