package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"fadu/internal/app/apptest"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// openSite is the bureau of tests, running.
func openSite(t *testing.T) *apptest.Site {
	t.Helper()
	site, err := apptest.Open(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site
}

// call asks without sign-in and without a key.
func call(t *testing.T, method, url, body string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(b)
}

func TestRecheckOverHTTP(t *testing.T) {
	site := openSite(t)
	at := site.URL + "/api/v1/calc/"
	t.Run("照次序答复，答不了的一项不妨碍其余", func(t *testing.T) {
		questions := []string{`{"id":"b","rule":"当场处罚决定备案","start":"2026-03-02"}`, `{"id":7,"rule":"没有的期限","start":"2026-03-02"}`, `"不是对象"`, `{"rule":"缴纳罚款期限","start":"2026-03-02"}`}
		status, _, body := call(t, "POST", at+"deadline", "["+strings.Join(questions, ",")+"]")
		var got []json.RawMessage
		if err := json.Unmarshal([]byte(body), &got); status != 200 || err != nil || len(got) != 4 {
			t.Fatalf("%d %v %s", status, err, body)
		}
		for i, q := range questions {
			if want := site.App.Door.Answer("deadline", json.RawMessage(q)); !bytes.Equal(want, got[i]) {
				t.Errorf("第 %d 个：%s，命令行答 %s", i, got[i], want)
			}
		}
		if !strings.Contains(string(got[0]), `"id":"b"`) || !strings.Contains(string(got[1]), `"error"`) || !strings.Contains(string(got[2]), `{"id":null,"error"`) || strings.Contains(string(got[3]), "error") {
			t.Errorf("%s", body)
		}
	})
	for name, c := range map[string]struct {
		kind, body, has string
		status          int
	}{
		"空数组":     {"guard", "[]", "[]", 200},
		"没有这种重算":  {"weather", "[]", "deadline", 404},
		"不是数组":    {"guard", "{}", `"name":"body"`, 422},
		"不是 JSON": {"guard", "[", `"name":"body"`, 422},
		"没有请求体":   {"guard", "", `"name":"body"`, 422},
		"问题太多":    {"guard", "[" + strings.Repeat("0,", 10_000) + "0]", "10000", 422},
		"刚好一万个":   {"identity", "[" + strings.Repeat("0,", 9_999) + "0]", `"error"`, 200},
		"请求体太大":   {"guard", `["` + strings.Repeat("x", 1<<20) + `"]`, "1024 KB", 422},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := call(t, "POST", at+c.kind, c.body)
			if status != c.status || !strings.Contains(body, c.has) {
				t.Fatalf("%d，应为 %d：%.300s", status, c.status, body)
			}
			if kind := header.Get("Content-Type"); (status == 200) != (kind == "application/json") || status != 200 && kind != "application/problem+json" {
				t.Errorf("Content-Type %s", kind)
			}
		})
	}
}

func TestCheckPaperOverHTTP(t *testing.T) {
	site := openSite(t)
	if status, _, body := call(t, "GET", site.URL+"/api/v1/papers/"+store.NewCode(), ""); status != 200 || !strings.Contains(body, `"known":false`) || !strings.Contains(body, `"demo":true`) {
		t.Errorf("没有出具过的：%d %s", status, body)
	}
	if status, _, body := call(t, "GET", site.URL+"/api/v1/papers/ABC", ""); status != 422 || !strings.Contains(body, `"name":"code"`) {
		t.Errorf("写错的：%d %s", status, body)
	}
}

// TestOpenAPI keeps the list of calls and checks that the document holds together.
func TestOpenAPI(t *testing.T) {
	site := openSite(t)
	status, _, body := call(t, "GET", site.URL+"/api/v1/openapi.json", "")
	if status != 200 {
		t.Fatal(status)
	}
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]struct{ OperationID, Summary string }
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatal(err)
	}
	routes := map[string]string{}
	for _, rt := range site.App.Routes() {
		routes[rt.Pattern] = string(rt.Allow)
	}
	var lines []string
	seen := map[string]bool{}
	for path, ops := range doc.Paths {
		for method, op := range ops {
			pattern := strings.ToUpper(method) + " " + path
			allow, ok := routes[pattern]
			if !ok || op.Summary == "" || seen[op.OperationID] {
				t.Errorf("%s：没有路由、没有说明或者编号重复", pattern)
			}
			seen[op.OperationID] = true
			lines = append(lines, fmt.Sprintf("%-45s %-22s %-16s %s", pattern, op.OperationID, allow, op.Summary))
		}
	}
	slices.Sort(lines)
	testkit.Golden(t, "openapi.txt", []byte(strings.Join(lines, "\n")+"\n"))
	for rest := body; ; {
		_, after, found := strings.Cut(rest, `"$ref":"#/components/schemas/`)
		if !found {
			break
		}
		name, tail, _ := strings.Cut(after, `"`)
		if doc.Components.Schemas[name] == nil {
			t.Errorf("没有定义 %s", name)
		}
		rest = tail
	}
	status, header, page := call(t, "GET", site.URL+"/api/v1/", "")
	if status != 200 || strings.Contains(page, "https://") || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("说明页：%d", status)
	}
	for _, text := range []string{"/api/v1/openapi.json", "当场作出处罚决定", "演示数据 不作依据"} {
		if !strings.Contains(page, text) {
			t.Errorf("说明页没有“%s”", text)
		}
	}
}

func TestPortal(t *testing.T) {
	site := openSite(t)
	code := store.NewCode()
	for name, c := range map[string]struct {
		path, location string
		status         int
		has            []string
	}{
		"首页":        {"/", "", 200, []string{"验文书", `action="/powers"`, "/sign-in", "长者模式", "演示数据 不作依据"}},
		"输入验证码":     {"/?code=" + strings.ToLower(code[:4]+"-"+code[4:16]) + "%" + fmt.Sprintf("%02x", code[16]), "/v/", 303, nil},
		"验证码少了几位":   {"/?code=7KD4", "", 422, []string{"验证码应有 17 位，现有 4 位", `aria-invalid="true"`}},
		"关于":        {"/about", "", 200, []string{"演示库"}},
		"没有登录的进工作台": {"/w/", "/sign-in", 303, nil},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, body := call(t, "GET", site.URL+c.path, "")
			if status != c.status || !strings.HasPrefix(header.Get("Location"), c.location) {
				t.Fatalf("%d %s", status, header.Get("Location"))
			}
			for _, text := range c.has {
				if !strings.Contains(body, text) {
					t.Errorf("没有“%s”", text)
				}
			}
		})
	}
	t.Run("验证码带到验真页", func(t *testing.T) {
		_, header, _ := call(t, "GET", site.URL+"/?code="+strings.ReplaceAll(code, "%", "%25"), "")
		if status, _, body := call(t, "GET", site.URL+header.Get("Location"), ""); status != 200 && status != 404 || strings.Contains(body, "有误") {
			t.Errorf("%s：%d", header.Get("Location"), status)
		}
	})
}
