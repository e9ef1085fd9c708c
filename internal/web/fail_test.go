package web_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/web"
	"fadu/internal/web/gallery"
)

func failWith(err error, method, path string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	web.Fail(w, r, err)
	return w
}

func TestFailStatus(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		says   string
	}{
		{fault.New(fault.Invalid, "有 1 处要改"), 422, "有 1 处要改"},
		{gallery.Refused(), 422, "还缺 3 项"},
		{fault.New(fault.Forbidden, "需要“法制”权限"), 403, "需要“法制”权限"},
		{fault.Missing("案件"), 404, "没有找到案件"},
		{fault.Stale("案件"), 409, "刚被别人改过"},
		{fault.New(fault.TooMany, "15 分钟后再试"), 429, "15 分钟后再试"},
		{fault.New(fault.Busy, "请稍候"), 503, "请稍候"},
		{fault.New(fault.Full, "只能查看"), 507, "只能查看"},
		{fmt.Errorf("issue paper 186: %w", fault.Missing("文书")), 404, "没有找到文书"},
		{errors.New("dial tcp 10.0.0.1: secret"), 500, "已经办成的不会再办一次"},
	} {
		w := failWith(c.err, "POST", "/w/cases")
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%v: %d, want %d and %q", c.err, w.Code, c.status, c.says)
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%v: the page tells what only the log may", c.err)
		}
	}
}

func TestFailRefusalShowsEveryArticle(t *testing.T) {
	body := failWith(gallery.Refused(), "POST", "/w/cases/1").Body.String()
	for _, want := range []string{"现在不能当场作出处罚决定", "没有法制审核同意的意见", "第五十八条第一款", "规则 XZCF-42-1", "第五十五条"} {
		if !strings.Contains(body, want) {
			t.Errorf("the refusal does not say %s", want)
		}
	}
}

func TestFailAPI(t *testing.T) {
	w := failWith(gallery.Refused(), "POST", "/api/v1/cases")
	var p web.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if w.Code != 422 || w.Header().Get("Content-Type") != "application/problem+json" || p.Type != "refused" || len(p.Findings) != 3 || p.Findings[1].Article == "" {
		t.Errorf("%d %+v", w.Code, p)
	}
	e := &fault.Error{Kind: fault.Conflict, Message: "已经提交过", Location: "/w/cases/7"}
	if err := json.Unmarshal(failWith(e, "POST", "/api/v1/cases").Body.Bytes(), &p); err != nil || p.Type != "conflict" || p.Location != "/w/cases/7" {
		t.Errorf("%+v %v", p, err)
	}
	if w := failWith(fault.New(fault.Unauthentic, "请先登录"), "GET", "/api/v1/cases"); w.Code != 401 {
		t.Errorf("API without a session: %d", w.Code)
	}
}

func TestFailWithoutSession(t *testing.T) {
	e := fault.New(fault.Unauthentic, "请先登录")
	w := failWith(e, "GET", "/w/cases?q=%E9%9F%A6")
	if w.Code != 303 || w.Header().Get("Location") != "/sign-in?next=%2Fw%2Fcases%3Fq%3D%25E9%259F%25A6" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if w := failWith(e, "POST", "/w/cases"); w.Code != 401 {
		t.Errorf("POST: %d", w.Code)
	}
	if w := failWith(e, "GET", "/w/part", "HX-Request", "true"); w.Header().Get("HX-Redirect") != "/sign-in" {
		t.Errorf("htmx: %v", w.Header())
	}
}

func TestFailForHTMXIsAFragment(t *testing.T) {
	body := failWith(fault.Missing("案件"), "GET", "/w/x", "HX-Request", "true").Body.String()
	if strings.Contains(body, "<html") || !strings.Contains(body, "没有找到案件") {
		t.Errorf("%s", body)
	}
}

func TestProtect(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	old := slog.Default()
	slog.SetDefault(logger)
	defer slog.SetDefault(old)
	mux := http.NewServeMux()
	mux.HandleFunc("/ok", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("好", 500)) })
	mux.HandleFunc("/panic", func(http.ResponseWriter, *http.Request) { panic("王某 990101") })
	mux.HandleFunc("/fault", func(w http.ResponseWriter, r *http.Request) { web.Fail(w, r, errors.New("disk on fire")) })
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		if _, err := web.ParseForm(w, r, 1<<30); err != nil {
			web.Fail(w, r, err)
		}
	})
	site := web.Protect(mux, web.Options{HTTPS: true, MaxBody: 1000, Log: logger})
	send := func(method, path, body string, head ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		for i := 0; i+1 < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w
	}

	w := send("GET", "/ok?q=韦某某", "", "Accept-Encoding", "br, gzip")
	for name, part := range map[string]string{
		"Content-Security-Policy": "script-src 'self'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
		"Strict-Transport-Security": "max-age", "Content-Encoding": "gzip", "X-Request-Id": "-",
	} {
		if !strings.Contains(w.Header().Get(name), part) {
			t.Errorf("%s: %q", name, w.Header().Get(name))
		}
	}
	if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	if got := unzip(t, w.Body); got != strings.Repeat("好", 500) {
		t.Errorf("unzipped %d bytes", len(got))
	}
	if strings.Contains(log.String(), "韦某某") || strings.Contains(log.String(), "q=") {
		t.Error("the access log has what was searched for")
	}

	if w := send("POST", "/ok", "a=1", "Sec-Fetch-Site", "cross-site"); w.Code != 403 || !strings.Contains(w.Body.String(), "来自别的网站") {
		t.Errorf("cross-site: %d", w.Code)
	}
	if w := send("POST", "/ok", "a=1", "Sec-Fetch-Site", "same-origin"); w.Code != 200 {
		t.Errorf("same-origin: %d", w.Code)
	}
	if w := send("POST", "/big", "a="+strings.Repeat("x", 2000), "Content-Type", "application/x-www-form-urlencoded"); w.Code != 413 {
		t.Errorf("body over the bound: %d", w.Code)
	}

	w = send("GET", "/panic", "")
	ref := w.Header().Get("X-Request-Id")
	if w.Code != 500 || !strings.Contains(w.Body.String(), ref) || strings.Contains(w.Body.String(), "王某") {
		t.Errorf("panic: %d", w.Code)
	}
	if !strings.Contains(log.String(), ref) || !strings.Contains(log.String(), "王某") {
		t.Error("the panic is not in the log under its reference")
	}
	w = send("GET", "/fault", "")
	if ref := w.Header().Get("X-Request-Id"); w.Code != 500 || !strings.Contains(w.Body.String(), ref) || !strings.Contains(log.String(), "disk on fire") {
		t.Errorf("fault: %d %s", w.Code, ref)
	}
}

func TestLocalPath(t *testing.T) {
	for in, want := range map[string]string{
		"/w/cases?q=1": "/w/cases?q=1", "": "/", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "javascript:alert(1)": "/", "/a\r\nX: y": "/",
	} {
		if got := web.LocalPath(in, "/"); got != want {
			t.Errorf("%q → %q", in, got)
		}
	}
}
