package access

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/web"
)

// counter is a slice with one act, that counts how often it was done.
func counter(b *bureau, done *[]string) []Route {
	return []Route{
		{Pattern: "GET /w/counter", Allow: CaseRead, Handle: func(w http.ResponseWriter, r *http.Request, s Session) error {
			return web.Render(w, r, http.StatusOK, web.OpField())
		}},
		{Pattern: "POST /w/counter", Allow: CaseHandle, Handle: func(w http.ResponseWriter, r *http.Request, s Session) error {
			f, err := web.ParseForm(w, r, 0)
			if err != nil {
				return err
			}
			in := struct{ What string }{f.Value("what")}
			to, _, err := b.db.Once(r.Context(), s.Once("counter.act", in), func(tx *store.Tx) (string, error) {
				*done = append(*done, in.What)
				return fmt.Sprintf("/w/counter?n=%d", len(*done)), nil
			})
			if err != nil {
				return err
			}
			web.SeeOther(w, r, to)
			return nil
		}},
		{Pattern: "POST /w/refused", Allow: CaseHandle, Handle: func(w http.ResponseWriter, r *http.Request, s Session) error {
			return refusal
		}},
		{Pattern: "POST /w/refused-form", Allow: CaseHandle, Handle: func(w http.ResponseWriter, r *http.Request, s Session) error {
			f, err := web.ParseForm(w, r, 0)
			if err != nil {
				return err
			}
			status, _ := f.Take(refusal)
			return web.Render(w, r, status, web.FormProblems(f))
		}},
		{Pattern: "POST /api/v1/counter", Allow: CaseHandle, Handle: func(w http.ResponseWriter, r *http.Request, s Session) error {
			*done = append(*done, OpKey(r)+" "+s.Actor().Via)
			w.WriteHeader(http.StatusNoContent)
			return nil
		}},
		{Pattern: "POST /api/v1/calc", Allow: Public, Pure: true, Handle: func(w http.ResponseWriter, r *http.Request, s Session) error {
			w.WriteHeader(http.StatusNoContent)
			return nil
		}},
	}
}

var refusal = &law.Refusal{Action: "当场作出处罚决定(简易程序)", Findings: []law.Finding{{Rule: "XZCF-51-1", Article: "行政处罚法第五十一条", Message: "罚款超过二百元", Level: law.Block}}}

// eachSite runs f against the site on both engines.
func eachSite(t *testing.T, f func(t *testing.T, s *site, done *[]string)) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		b := newBureau(t, db, clock)
		b.account("zhao.mou", b.first, Officer)
		b.account("kan.an", b.first, Supervisor)
		var done []string
		f(t, b.serve(counter(b, &done)...), &done)
	})
}

func want(t *testing.T, what string, a answer, status int, location string) {
	t.Helper()
	if a.StatusCode != status || location != "" && a.location() != location {
		t.Errorf("%s：%d %s，应为 %d %s\n%.300s", what, a.StatusCode, a.location(), status, location, a.body)
	}
}

func TestDoor(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		want(t, "没有登录", br.get("/w/counter?a=1&b=二"), 303, "/sign-in?next="+url.QueryEscape("/w/counter?a=1&b=二"))
		want(t, "没有登录的接口", br.do("POST", "/api/v1/counter", "application/json", "{}"), 401, "")
		want(t, "没有登录的提交", br.post("/w/counter"), 401, "")
		want(t, "公开而无副作用的接口", br.do("POST", "/api/v1/calc", "application/json", "{}"), 204, "")

		want(t, "登录", br.signIn("zhao.mou", goodPassword), 303, "/sign-in")
		want(t, "没有权限的页面", br.get("/w/accounts"), 403, "")
		want(t, "有权限的页面", br.get("/w/counter"), 200, "")
		want(t, "没有表单令牌", br.post("/w/counter", "what", "x"), 403, "")
		want(t, "伪造的令牌", br.post("/w/counter", "what", "x", "_op", "0198c5b2-0000-7000-8000-000000000000.AAAA"), 403, "")
		if len(*done) != 0 {
			t.Fatalf("被拒绝的提交也办了：%v", *done)
		}
		want(t, "正常提交", br.submit("/w/counter", "/w/counter", "what", "x"), 303, "/w/counter?n=1")

		other := s.browser()
		other.mustSignIn("zhao.mou")
		token := opInput.FindStringSubmatch(br.get("/w/counter").body)[1]
		want(t, "别的会话的令牌", other.post("/w/counter", "what", "x", "_op", token), 403, "")
		if s.countEvents(EventForbidden) != 1 || s.countEvents(EventBadToken) != 3 {
			t.Errorf("安全日志：越权 %d，令牌 %d", s.countEvents(EventForbidden), s.countEvents(EventBadToken))
		}

		look := s.browser()
		look.mustSignIn("kan.an")
		token = opInput.FindStringSubmatch(look.get("/w/counter").body)[1]
		want(t, "只能看的人提交", look.post("/w/counter", "what", "x", "_op", token), 403, "")
	})
}

// TestDoubleClick: the same form twice is one act; with other content after success it is a conflict.
func TestDoubleClick(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		token := opInput.FindStringSubmatch(br.get("/w/counter").body)[1]
		want(t, "第一次", br.post("/w/counter", "what", "x", "_op", token), 303, "/w/counter?n=1")
		want(t, "再按一次", br.post("/w/counter", "what", "x", "_op", token), 303, "/w/counter?n=1")
		want(t, "改了内容再按", br.post("/w/counter", "what", "y", "_op", token), 422, "")
		if len(*done) != 1 {
			t.Errorf("办了 %d 次", len(*done))
		}
	})
}

func TestAPIDoor(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		post := func(contentType string, header ...string) answer {
			return br.do("POST", "/api/v1/counter", contentType, "{}", header...)
		}
		want(t, "没有键", post("application/json"), 422, "")
		want(t, "键太长", post("application/json", "Idempotency-Key", strings.Repeat("x", 129)), 422, "")
		want(t, "键有空格", post("application/json", "Idempotency-Key", "a b"), 422, "")
		want(t, "不是 JSON", post("text/plain", "Idempotency-Key", "k1"), 422, "")
		want(t, "来自别的网站", post("application/json", "Idempotency-Key", "k1", "Origin", "https://evil.example"), 403, "")
		want(t, "浏览器说是跨站", post("application/json", "Idempotency-Key", "k1", "Sec-Fetch-Site", "cross-site"), 403, "")
		a := post("application/json; charset=utf-8", "Idempotency-Key", "k1")
		want(t, "正常", a, 204, "")
		if fmt.Sprint(*done) != "[k1 api]" {
			t.Errorf("办了 %v", *done)
		}
		a = post("application/json")
		if a.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(a.body, `"Idempotency-Key"`) {
			t.Errorf("错误不是 problem+json：%s %s", a.Header.Get("Content-Type"), a.body)
		}
	})
}

func TestRefusalsAreKept(t *testing.T) {
	eachSite(t, func(t *testing.T, s *site, done *[]string) {
		br := s.browser()
		br.mustSignIn("zhao.mou")
		want(t, "直接返回", br.submit("/w/counter", "/w/refused"), 422, "")
		want(t, "在表单里显示", br.submit("/w/counter", "/w/refused-form"), 422, "")
		n := 0
		for _, e := range s.events() {
			if e.Kind == EventRefused {
				n++
				if fmt.Sprint(e.Rules) != "[XZCF-51-1]" || e.Detail != string(refusal.Action) || e.Unit != s.first || e.Name != "演示zhao.mou" {
					t.Errorf("%+v", e)
				}
			}
		}
		if n != 2 {
			t.Errorf("记了 %d 条", n)
		}
	})
}

func TestNextStaysHere(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"本站页面", "/w/cases?q=1", "/w/cases?q=1"},
		{"空", "", ""},
		{"别的网站", "https://evil.example/", ""},
		{"双斜线", "//evil.example", ""},
		{"反斜线", `/\evil.example`, ""},
		{"换行", "/w\r\nSet-Cookie: x", ""},
		{"登录页自己", "/sign-in?next=/w", ""},
		{"退出", "/sign-out", ""},
		{"相对路径", "w/cases", ""},
		{"脚本", "javascript:alert(1)", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := localNext(tc.in); got != tc.want {
				t.Errorf("%q → %q", tc.in, got)
			}
		})
	}
}

func FuzzLocalNext(f *testing.F) {
	for _, s := range []string{"/w", "//x", `/\x`, "/\t/x", "http://x", ""} {
		f.Add(s)
	}
	here, err := url.Parse("http://fadu.example/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got := localNext(in)
		if got == "" {
			return
		}
		to, err := here.Parse(got)
		if err == nil && to.Host != here.Host {
			t.Errorf("%q 去了 %s", in, to.Host)
		}
	})
}

func TestClientIP(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, tc := range []struct{ name, remote, forwarded, want string }{
		{"直接", "192.0.2.1:5", "", "192.0.2.1"},
		{"直接而伪造", "192.0.2.1:5", "198.51.100.1", "192.0.2.1"},
		{"经过代理", "10.0.0.1:5", "198.51.100.1", "198.51.100.1"},
		{"经过两层代理", "10.0.0.1:5", "198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"代理前又伪造", "10.0.0.1:5", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
		{"代理写了乱码", "10.0.0.1:5", "x", "10.0.0.1"},
		{"IPv6", "[2001:db8::1]:5", "", "2001:db8::1"},
		{"映射的 IPv4", "[::ffff:192.0.2.1]:5", "", "192.0.2.1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = tc.remote
			if tc.forwarded != "" {
				r.Header.Set("X-Forwarded-For", tc.forwarded)
			}
			if got := clientIP(r, trusted); got != tc.want {
				t.Errorf("得到 %s", got)
			}
		})
	}
	if place("2001:db8::1") != place("2001:db8::ffff:2") || place("192.0.2.1") == place("192.0.2.2") || place("") == "" {
		t.Error("计数的地方不对")
	}
}

func TestWrongRoutesStopTheStart(t *testing.T) {
	ok := func(http.ResponseWriter, *http.Request, Session) error { return nil }
	for name, rt := range map[string]Route{
		"没有方法":  {Pattern: "/w/x", Handle: ok},
		"没有的权限": {Pattern: "GET /w/x", Allow: "case.reed", Handle: ok},
		"没有处理":  {Pattern: "GET /w/x"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("没有停下")
				}
			}()
			(&Service{}).Mount(http.NewServeMux(), []Route{rt})
		})
	}
	if _, err := New(nil, Options{DemoAccounts: []DemoAccount{{}}}); err == nil {
		t.Error("正式库也显示演示账号")
	}
	if _, err := New(nil, Options{Nav: []NavItem{{Allow: "x"}}}); err == nil {
		t.Error("导航可以要求没有的权限")
	}
}
