package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fadu/internal/access"
)

const evil = "https://evil.example"

// forgery is a request that another site, or a page without our token, makes the browser of a signed-in
// person send.
type forgery struct {
	name    string
	always  bool
	body    func(op string) (contentType, body string)
	headers []string
	query   func(op string) string
}

func formBody(fields ...string) func(string) (string, string) {
	return func(op string) (string, string) {
		q := url.Values{"version": {"1"}, "_version": {"1"}}
		for i := 0; i < len(fields); i += 2 {
			q.Set(fields[i], strings.ReplaceAll(fields[i+1], "OP", op))
		}
		return formType, q.Encode()
	}
}

func fixedBody(contentType, body string) func(string) (string, string) {
	return func(string) (string, string) { return contentType, body }
}

const partBoundary = "x"

var partBody = fixedBody("multipart/form-data; boundary="+partBoundary, "--x\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1\r\n--x--\r\n")

// onPages are the forgeries of a page's form; the first four also have the right token, as after a leak.
var onPages = []forgery{
	{name: "别的网站的 Origin", always: true, body: formBody("_op", "OP"), headers: []string{"Origin", evil}},
	{name: "Origin 为 null", body: formBody("_op", "OP"), headers: []string{"Origin", "null"}},
	{name: "浏览器说跨站", always: true, body: formBody("_op", "OP"), headers: []string{"Sec-Fetch-Site", "cross-site"}},
	{name: "同一上级域名的别的网站", body: formBody("_op", "OP"), headers: []string{"Sec-Fetch-Site", "same-site"}},
	{name: "没有令牌", always: true, body: formBody()},
	{name: "没有令牌，来处是别的网站", body: formBody(), headers: []string{"Referer", evil + "/x"}},
	{name: "编造的令牌", body: formBody("_op", "0190a000-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")},
	{name: "别人的令牌", body: formBody("_op", "OTHER")},
	{name: "令牌放在网址里", body: formBody(), query: func(op string) string { return "?_op=" + url.QueryEscape(op) }},
	{name: "分段表单没有令牌", body: partBody},
	{name: "JSON 冒充纯文本", always: true, body: fixedBody("text/plain", `{"version":1}`)},
}

// onCalls are the forgeries of a call with the browser's cookie.
var onCalls = []forgery{
	{name: "表单", always: true, body: formBody()},
	{name: "JSON 冒充纯文本", always: true, body: fixedBody("text/plain", `{"version":1}`)},
	{name: "分段表单", body: partBody},
	{name: "没有类型", body: fixedBody("", `{"version":1}`)},
	{name: "别的网站的 Origin", always: true, body: fixedBody("application/json", `{"version":1}`), headers: []string{"Origin", evil}},
	{name: "浏览器说跨站", always: true, body: fixedBody("application/json", `{"version":1}`), headers: []string{"Sec-Fetch-Site", "cross-site"}},
	{name: "没有幂等键", always: true, body: fixedBody("application/json", `{"version":1}`), headers: []string{"Idempotency-Key", ""}},
}

// crossSite reports a forgery that tells by its headers that another site sent it.
func (f forgery) crossSite() bool {
	return len(f.headers) > 0 && f.headers[0] != "Referer" && f.headers[0] != "Idempotency-Key"
}

// TestForgedRequests: every route that changes something is asked in every forged way by somebody who has
// the permission; none is accepted and nothing changes. The table is the router's own.
func TestForgedRequests(t *testing.T) {
	a := newAbused(t)
	a.gather()
	other := a.of(access.Officer).op()
	ops := map[*visitor]string{}
	tried := 0
	before, entries := a.state(), a.entries()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		for _, rt := range a.site.App.Routes() {
			m, pattern, _ := strings.Cut(rt.Pattern, " ")
			if m != method {
				continue
			}
			path, _ := pathOf(pattern, a.found)
			api := strings.HasPrefix(pattern, "/api/")
			who := a.holder(rt)
			if ops[who] == "" {
				ops[who] = who.op()
			}
			all := onPages
			if api {
				all = onCalls
			}
			for i, f := range all {
				if !f.always && i%3 != tried%3 { // the rest take turns
					continue
				}
				if !f.crossSite() && (rt.Allow == access.Public || rt.Pure) {
					continue // nobody's rights are used: there is nothing but the origin to check
				}
				tried++
				forge(t, who, f, method, path, api, ops[who], other, tried)
			}
		}
	}
	if tried < 800 {
		t.Errorf("只试了 %d 次", tried)
	}
	a.unchanged(before, "伪造的请求")
	if n := a.entries(); n != entries {
		t.Errorf("总账多了 %d 笔", n-entries)
	}
}

func forge(t *testing.T, who *visitor, f forgery, method, path string, api bool, op, other string, n int) {
	t.Helper()
	kind, body := f.body(op)
	body = strings.ReplaceAll(body, "OTHER", url.QueryEscape(other))
	if f.query != nil {
		path += f.query(op)
	}
	headers := []string{"Content-Type", kind}
	if api {
		headers = append(headers, "Idempotency-Key", fmt.Sprint("forged-", n))
	}
	got := who.do(method, path, body, append(headers, f.headers...)...)
	want := http.StatusForbidden
	if api && !f.crossSite() {
		want = http.StatusUnprocessableEntity
	}
	switch {
	case got.StatusCode != want:
		t.Errorf("%s %s，%s：答复 %d，应是 %d：%.200s", method, path, f.name, got.StatusCode, want, got.body)
	case want == http.StatusUnprocessableEntity && !strings.Contains(got.body, "Content-Type") && !strings.Contains(got.body, "Idempotency-Key"):
		t.Errorf("%s %s，%s：没有说请求头不对：%.200s", method, path, f.name, got.body)
	}
}

// TestAskingChangesNothing: no page, file or call that is only asked for changes a business record, whatever
// its query says.
func TestAskingChangesNothing(t *testing.T) {
	a := newAbused(t)
	a.gather()
	before := a.state()
	a.each(http.MethodGet, func(rt access.Route, path string) {
		who := a.holder(rt)
		for _, q := range []string{"", "?_method=DELETE&_op=" + url.QueryEscape("x") + "&version=1&state=disabled&reason=x"} {
			if got := who.do("GET", path+q, "", "X-HTTP-Method-Override", "DELETE"); got.StatusCode >= 500 {
				t.Errorf("%s：%d", path+q, got.StatusCode)
			}
		}
		if got := who.do(http.MethodHead, path, ""); got.StatusCode >= 500 || got.body != "" {
			t.Errorf("HEAD %s：%d", path, got.StatusCode)
		}
	})
	a.unchanged(before, "看过一遍")
}
