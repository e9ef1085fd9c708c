package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/web"
)

type sample struct {
	Seen
	Name   string    `json:"name"`
	On     law.Date  `json:"on"`
	At     time.Time `json:"at"`
	Amount law.Money `json:"amount"`
	Image  []byte    `json:"image"`
	Count  int       `json:"count"`
	Tags   []string  `json:"tags"`
	Yes    bool      `json:"yes"`
	Person int64     `json:"person,string"`
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, body string
		wrong      []string // "member：reason"; none: it is read
	}{
		{"全部正确", `{"version":3,"name":"甲","on":"2026-03-02","at":"2026-03-02T09:30:00+08:00","amount":50.5,"image":"aGk=","count":2,"tags":["a"],"yes":true}`, nil},
		{"空对象", `{}`, nil},
		{"编号写成文字", `{"person":"912352793770065920"}`, nil},
		{"编号写成数字", `{"person":12}`, nil},
		{"编号不是数字", `{"person":"甲"}`, []string{`person：应是整数，写成文字，例如 "123"`}},
		{"不是对象", `[1]`, []string{"body：应是一个 JSON 对象，请检查引号、逗号和括号"}},
		{"后面还有内容", `{} {}`, []string{"body：对象后面还有别的内容"}},
		{"少括号", `{"name":"甲"`, []string{"body：应是一个 JSON 对象，请检查引号、逗号和括号"}},
		{"不认识的项和大小写", `{"nmae":1,"Name":"甲"}`, []string{"nmae：没有这一项，请对照接口文档", "Name：没有这一项，请对照接口文档"}},
		{"写了两次", `{"name":"甲","name":"乙"}`, []string{"name：写了两次"}},
		{
			"类型都不对时一次说全", `{"version":"3","name":1,"on":"3月2日","at":"今天","count":1.5,"tags":"a","yes":"是"}`,
			[]string{"version：应是整数", "name：应是文字", "on：*", "at：应是带时区的时间，例如 2026-03-02T09:30:00+08:00", "count：应是整数", "tags：应是列表", "yes：应是true 或 false"},
		},
		{"金额超过两位小数", `{"amount":1.005}`, []string{"amount：*"}},
		{"不是 Base64", `{"image":"!!"}`, []string{"image：*"}},
		{"不是 UTF-8", "{\"name\":\"\xff\"}", []string{"body：不是 UTF-8 编码的文字"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got sample
			err := decode([]byte(c.body), &got)
			var f *fault.Error
			if len(c.wrong) == 0 {
				if err != nil {
					t.Fatal(err)
				}
				if c.name == "编号写成文字" && got.Person != 912352793770065920 {
					t.Errorf("读成 %d", got.Person)
				}
				return
			}
			if !errors.As(err, &f) || len(f.Fields) != len(c.wrong) {
				t.Fatalf("%v", err)
			}
			for i, want := range c.wrong {
				text := f.Fields[i].Name + "：" + f.Fields[i].Message
				name, any := strings.CutSuffix(want, "*")
				if text != want && !(any && strings.HasPrefix(text, name) && !isASCII(f.Fields[i].Message)) {
					t.Errorf("得到 %q，应为 %q", text, want)
				}
			}
		})
	}
}

// served is an API of three calls behind nothing but itself.
func served(t *testing.T) *API {
	t.Helper()
	a := New("测试", "说明")
	Post(a, Operation{ID: "double", Path: "/double", Allow: access.Public, Pure: true, MaxBody: 64}, func(_ context.Context, _ access.Session, _ string, in []json.RawMessage) (Made[[]json.RawMessage], error) {
		return Made[[]json.RawMessage]{Body: append(in, in...)}, nil
	})
	Post(a, Operation{ID: "change", Path: "/things/{id}/change", Allow: access.CaseHandle}, func(_ context.Context, _ access.Session, id string, in sample) (Made[sample], error) {
		switch in.Name {
		case "旧":
			return Made[sample]{}, &fault.Error{Kind: fault.Conflict, Message: "改过了", Location: "/w/things/" + id}
		case "违法":
			return Made[sample]{}, &law.Refusal{Findings: []law.Finding{{Rule: "X-1", Message: "缺"}}}
		}
		return Made[sample]{Location: thingAt(id), Body: in}, nil
	})
	type q struct {
		Words string `query:"q"`
	}
	Get(a, Operation{ID: "find", Path: "/things", Allow: access.CaseRead}, func(_ context.Context, _ access.Session, in q) (sample, error) {
		return sample{Name: in.Words}, nil
	})
	return a
}

// thingAt is where a thing is.
func thingAt(id string) string { return Base + "/things/" + id }

func ask(t *testing.T, a *API, method, path, body string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for _, rt := range a.Routes() {
		mux := http.NewServeMux()
		var err error
		mux.HandleFunc(rt.Pattern, func(w http.ResponseWriter, r *http.Request) { err = rt.Handle(w, r, access.Session{}) })
		if _, pattern := mux.Handler(r); pattern == "" {
			continue
		}
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		return w, err
	}
	t.Fatalf("no route for %s %s", method, path)
	return nil, nil
}

func TestServe(t *testing.T) {
	a := served(t)
	t.Run("数组照次序答复，数字不改写", func(t *testing.T) {
		w, err := ask(t, a, "POST", "/api/v1/double", `[{"n":1.10}, 1e400]`)
		if err != nil || strings.TrimSpace(w.Body.String()) != `[{"n":1.10},1e400,{"n":1.10},1e400]` {
			t.Errorf("%v %s", err, w.Body)
		}
	})
	for name, c := range map[string]struct{ path, body, kind, field string }{
		"请求体太大":   {"/api/v1/double", `["` + strings.Repeat("x", 80) + `"]`, "invalid", "body"},
		"请求体空":    {"/api/v1/double", "", "invalid", "body"},
		"不是数组":    {"/api/v1/double", "{}", "invalid", "body"},
		"记录已变":    {"/api/v1/things/7/change", `{"name":"旧"}`, "conflict", ""},
		"依法不能办":   {"/api/v1/things/7/change", `{"name":"违法"}`, "refused", ""},
		"写错了一个字段": {"/api/v1/things/7/change", `{"name":3}`, "invalid", "name"},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := ask(t, a, "POST", c.path, c.body)
			if err == nil || w.Body.Len() > 0 {
				t.Fatalf("%v；已经写出 %q", err, w.Body)
			}
			p := web.ProblemOf(err, "")
			if p.Type != c.kind || (c.field != "" && (len(p.Fields) != 1 || p.Fields[0].Name != c.field)) {
				t.Errorf("%+v", p)
			}
			if c.kind == "conflict" && p.Location != "/api/v1/things/7" {
				t.Errorf("Location %q", p.Location)
			}
		})
	}
	t.Run("办成的答复带 Location", func(t *testing.T) {
		w, err := ask(t, a, "POST", "/api/v1/things/7/change", `{"name":"甲","amount":3}`)
		if err != nil || w.Code != http.StatusOK || w.Header().Get("Location") != "/api/v1/things/7" || !strings.Contains(w.Body.String(), `"amount":3,`) {
			t.Errorf("%v %d %v %s", err, w.Code, w.Header(), w.Body)
		}
	})
	t.Run("查询参数", func(t *testing.T) {
		w, err := ask(t, a, "GET", "/api/v1/things?q=%E7%94%B2", "")
		if err != nil || !strings.Contains(w.Body.String(), `"name":"甲"`) {
			t.Errorf("%v %s", err, w.Body)
		}
	})
}

func TestDocument(t *testing.T) {
	b, err := served(t).Document()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]struct{ Parameters []struct{ Name string } }
		Components struct {
			Schemas map[string]struct {
				Required   []string
				Properties map[string]struct{ Type any }
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || len(doc.Paths) != 3 {
		t.Errorf("%s", b)
	}
	names := func(path string) (out []string) {
		for _, p := range doc.Paths[path]["post"].Parameters {
			out = append(out, p.Name)
		}
		return out
	}
	if got := strings.Join(names("/api/v1/things/{id}/change"), " "); got != "Idempotency-Key id" && got != "id Idempotency-Key" {
		t.Errorf("参数 %s", got)
	}
	if got := names("/api/v1/double"); len(got) != 0 {
		t.Errorf("不改数据的调用不要键：%v", got)
	}
	s := doc.Components.Schemas["Sample"]
	if s.Properties["amount"].Type != "number" || s.Properties["on"].Type != "string" || s.Properties["version"].Type != "integer" || !slices.Equal(s.Required, []string{"version"}) {
		t.Errorf("%+v", s)
	}
	if len(doc.Components.Schemas["Problem"].Properties) == 0 {
		t.Error("文档里没有 Problem")
	}
}
