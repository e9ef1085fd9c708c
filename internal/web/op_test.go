package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fadu/internal/web"
)

func withKey(key string) context.Context {
	return web.WithViewer(context.Background(), web.Viewer{Name: "赵某某", OpKey: []byte(key)})
}

func TestOp(t *testing.T) {
	const key = "0123456789abcdef0123456789abcdef"
	token := web.Op(withKey(key))
	id, ok := web.CheckOp([]byte(key), token)
	if !ok || len(id) != 36 || id[14] != '7' {
		t.Fatalf("own token: %q %v", id, ok)
	}
	if other := web.Op(withKey(key)); other == token {
		t.Error("two forms carry the same token")
	}
	if web.Op(context.Background()) != "" {
		t.Error("a token without a session")
	}
	for name, bad := range map[string]struct{ key, token string }{
		"别人的会话": {"another-key-another-key-another!!", token},
		"没有会话":  {"", token},
		"空":     {key, ""},
		"没有签名":  {key, id},
		"换了编号":  {key, strings.Replace(token, id[:8], "00000000", 1)},
		"签名多一位": {key, token + "A"},
		"很长":    {key, token + strings.Repeat("x", 500)},
	} {
		if _, ok := web.CheckOp([]byte(bad.key), bad.token); ok {
			t.Errorf("%s：令牌被接受", name)
		}
	}
}

// A flash shows once, to the session that it was made for, and not when forged.
func TestFlash(t *testing.T) {
	show := func(key string, cookies []*http.Cookie) (body string, cleared bool) {
		r := httptest.NewRequest("GET", "/", nil).WithContext(withKey(key))
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		if err := web.Render(w, r, 200, web.Shell(web.PageMeta{Title: "页"})); err != nil {
			t.Fatal(err)
		}
		for _, c := range w.Result().Cookies() {
			cleared = cleared || c.MaxAge < 0
		}
		return w.Body.String(), cleared
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("POST", "/", nil).WithContext(withKey("key-1"))
	web.Notify(w, r, web.Flash{Text: "已登记 <b>", Href: "/list"})
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly {
		t.Fatalf("cookies %v", cookies)
	}
	if body, cleared := show("key-1", cookies); !strings.Contains(body, "已登记 &lt;b&gt;") || !cleared {
		t.Error("the note does not show, or is not cleared")
	}
	if body, cleared := show("key-2", cookies); strings.Contains(body, "已登记") || !cleared {
		t.Error("another session sees the note")
	}
	forged := *cookies[0]
	forged.Value = "eyJ0IjoiZ290Y2hhIn0." + strings.Split(forged.Value, ".")[1]
	if body, _ := show("key-1", []*http.Cookie{&forged}); strings.Contains(body, "gotcha") {
		t.Error("a forged note shows")
	}
}
