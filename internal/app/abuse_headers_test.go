package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/web"
)

// always are headers that every answer carries with exactly this value.
var always = map[string]string{
	"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
	"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}

// held are pictures and instructions that the browser may keep for the session of who may see them; signing
// out clears them.
var held = regexp.MustCompile(`/(photos|evidence|plans|files)/\d+`)

// checkHeaders holds one answer against the design. personal: somebody is signed in, so that nothing but
// assets may stay in a cache.
func checkHeaders(t *testing.T, what string, r reply, personal bool) {
	t.Helper()
	h := r.Header
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf(what+"（%d）："+format, append([]any{r.StatusCode}, args...)...)
	}
	csp := h.Get("Content-Security-Policy")
	framed := csp == web.FramedPolicy && strings.HasPrefix(r.Request.URL.Path, "/w/courses/") // a PDF in our own chapter
	for name, want := range always {
		if framed && name == "X-Frame-Options" {
			want = "SAMEORIGIN"
		}
		if got := h.Get(name); got != want {
			fail("%s 是 %q", name, got)
		}
	}
	for _, want := range []string{"default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
		if !strings.Contains(csp, want) && csp != web.UntrustedPolicy && !framed {
			fail("内容安全策略没有 %s：%s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe") && !framed || strings.Contains(csp, "http:") || strings.Contains(csp, "*") {
		fail("内容安全策略放宽了：%s", csp)
	}
	for _, name := range []string{"Server", "X-Powered-By", "X-AspNet-Version", "Access-Control-Allow-Origin"} {
		if h.Get(name) != "" {
			fail("有 %s：%s", name, h.Get(name))
		}
	}
	if r.StatusCode >= 500 {
		fail("出错：%.200s", r.body)
	}
	if kind := h.Get("Content-Type"); strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8") {
		fail("没有写明字符集：%s", kind)
	}
	if h.Get("X-Request-Id") == "" || len(h.Values("Content-Security-Policy")) != 1 {
		fail("没有请求编号，或者内容安全策略不是一条")
	}
	for _, c := range r.Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode && c.SameSite != http.SameSiteStrictMode || c.Path == "" || c.Domain != "" {
			fail("Cookie %s 的属性不对：%s", c.Name, c)
		}
	}
	cache := h.Get("Cache-Control")
	path := r.Request.URL.Path
	switch {
	case !personal || cache == "" && r.StatusCode/100 == 3 || path == "/api/v1/" || strings.HasPrefix(path, "/assets/") || r.body == "" || held.MatchString(path) && strings.Contains(cache, "private"):
	case path == "/api/v1/openapi.json" && cache == "no-cache":
	case !strings.Contains(cache, "no-store"):
		fail("可以缓存：%q", cache)
	}
}

// TestHeaders: every route of the table, asked by somebody who may and by nobody, files, what is not there,
// wrong methods and refusals answer with the headers of the design.
func TestHeaders(t *testing.T) {
	a := newAbused(t)
	nobody := a.visitor()
	n := 0
	for _, rt := range a.site.App.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		path, _ := pathOf(pattern, a.found)
		if rt.Pattern == "POST /sign-out" {
			continue // its answer is looked at below
		}
		if method != http.MethodGet {
			checkHeaders(t, rt.Pattern+"，没有令牌", a.holder(rt).do(method, path, "x=1", "Content-Type", formType), true)
		} else {
			checkHeaders(t, rt.Pattern, a.holder(rt).get(path), rt.Bare == nil)
		}
		checkHeaders(t, rt.Pattern+"，未登录", nobody.do(method, path, "", "Content-Type", formType), false)
		n++
	}
	if n < 300 {
		t.Errorf("只问了 %d 条路由", n)
	}
	leader := a.of(access.SquadLeader)
	for _, c := range []struct {
		method, path, body string
		want               int
	}{
		{"GET", "/nothing", "", 404},
		{"GET", "/w/nothing", "", 404},
		{"GET", "/api/v1/nothing", "", 404},
		{"GET", "/assets/nothing.js", "", 404},
		{"GET", web.Asset("app.js"), "", 200},
		{"DELETE", "/w/cases", "", 405},
		{"PUT", "/api/v1/cases", "{}", 405},
		{"TRACE", "/", "", 405},
		{"OPTIONS", "/w/cases", "", 405},
		{"POST", "/w/cases/new", "summary=" + strings.Repeat("长", 1<<20), 413},
		{"GET", "/w/cases/1", "", 404},
		{"GET", "/w/cases?after=x", "", 422},
	} {
		r := leader.do(c.method, c.path, c.body, "Content-Type", formType)
		if r.StatusCode != c.want && !(c.want == 413 && r.StatusCode == 422) {
			t.Errorf("%s %s：%d，应是 %d", c.method, c.path, r.StatusCode, c.want)
		}
		checkHeaders(t, c.method+" "+c.path, r, c.want != 405 && !strings.HasPrefix(c.path, "/assets"))
	}
	if r := leader.form("/sign-out", "_op", leader.op()); r.Header.Get("Clear-Site-Data") == "" {
		t.Errorf("退出登录没有让浏览器清掉缓存：%d %v", r.StatusCode, r.Header)
	}
}

// TestHeadersOverTLS: with https every answer says to stay with it, and cookies go over it alone.
func TestHeadersOverTLS(t *testing.T) {
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	site, err := apptest.Serve(app.Config{Data: p.copyTo(t), HTTPS: true})
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	site.Clock.Set(peopledMorning())
	v := newVisitor(t, site.URL)
	in := v.form("/sign-in", "login", p.login(access.SquadLeader), "password", "Fadu-Demo-2026")
	if len(in.Cookies()) == 0 {
		t.Fatalf("没有登录：%d", in.StatusCode)
	}
	for _, r := range []reply{in, v.get("/"), v.get("/nothing"), v.get("/w/"), v.get(web.Asset("app.css")), v.get("/elder?on=1"), v.do("POST", "/w/cases/new", "")} {
		if r.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s：没有 HSTS", r.Request.URL.Path)
		}
		for _, c := range r.Cookies() {
			if !c.Secure || !strings.HasPrefix(c.Name, "__Host-") && c.Value != "" && c.Name != "fadu_elder" {
				t.Errorf("%s：Cookie %s", r.Request.URL.Path, c)
			}
		}
	}
}

// TestRoutesStandInTheTable: nothing is served that is not in the table which the permissions' test reads;
// only the door mounts, and the operator's own address.
func TestRoutesStandInTheTable(t *testing.T) {
	mounts := regexp.MustCompile(`\.Handle(Func)?\("`)
	files := 0
	err := filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			if d != nil && d.IsDir() && err == nil {
				return filepath.SkipDir
			}
			return err
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testkit") || strings.Contains(path, "/gallery/") || strings.Contains(path, "/bench/") {
			return nil
		}
		files++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, watch, _ := strings.Cut(string(b), "func (a *App) Watch()")
		watched, _, _ := strings.Cut(watch, "\n}\n")
		if n := len(mounts.FindAll(b, -1)) - len(mounts.FindAllString(watched, -1)); n > 0 {
			t.Errorf("%s 在路由表以外登记了 %d 个地址", path, n)
		}
		return nil
	})
	if err != nil || files < 200 {
		t.Errorf("看了 %d 个文件：%v", files, err)
	}
}
