package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"fadu/internal/web"
	"fadu/internal/web/gallery"
)

// interactSite adds what the tests of behaviour post to.
type interactSite struct {
	*httptest.Server
	posts     atomic.Int32
	signature atomic.Pointer[web.Upload]
	png       atomic.Pointer[[]byte]
}

func newInteractSite(t *testing.T) *interactSite {
	s := &interactSite{}
	mux := http.NewServeMux()
	mux.Handle("/", gallerySite())
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		s.posts.Add(1)
		time.Sleep(300 * time.Millisecond) // long enough for a second click
		f, err := web.ParseForm(w, r, 4<<20)
		if err != nil {
			web.Fail(w, r, err)
			return
		}
		for _, u := range f.Files("signature", "签名", 1, 1<<20, "image/") {
			b, err := u.Bytes()
			if err != nil {
				t.Error(err)
			}
			s.signature.Store(&u)
			s.png.Store(&b)
		}
		r = r.WithContext(web.WithViewer(r.Context(), gallery.Viewer()))
		if _, ok := web.CheckOp(gallery.Viewer().OpKey, f.Op()); !ok {
			t.Error("the form came without its token")
		}
		web.Notify(w, r, web.Flash{Text: "第 186 号决定已作出。"})
		web.SeeOther(w, r, "/")
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, ctx context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return v
}

func open(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(url), chromedp.WaitReady(chromedp.CSS("main")), chromedp.Sleep(100*time.Millisecond))
}

func TestInteraction(t *testing.T) {
	ctx := browser(t)
	s := newInteractSite(t)
	watchPolicy(t, ctx)
	do(t, ctx, chromedp.EmulateViewport(1366, 900))

	t.Run("签名画在板上，随表单交来；双击只交一次；下一页有提示", func(t *testing.T) {
		open(t, ctx, s.URL+"/form")
		box := eval[[]float64](t, ctx, `(() => { const c = document.querySelector("#onspot canvas"); c.scrollIntoView({block: "center"}); const r = c.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] })()`)
		x, y := box[0], box[1]
		do(t, ctx, chromedp.MouseEvent("mousePressed", x+60, y+60, chromedp.ButtonLeft, chromedp.ClickCount(1)))
		for i := range 12 {
			do(t, ctx, chromedp.MouseEvent("mouseMoved", x+60+float64(i)*20, y+60+float64(i%3)*15, chromedp.ButtonLeft))
		}
		do(t, ctx, chromedp.MouseEvent("mouseReleased", x+300, y+80, chromedp.ButtonLeft, chromedp.ClickCount(1)), chromedp.Sleep(200*time.Millisecond))
		if state := eval[string](t, ctx, `document.querySelector("[data-pad-state]").textContent`); !strings.HasPrefix(state, "已签") {
			t.Fatalf("pad says %q", state)
		}
		// Two clicks at once on the plain button of the footer.
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`(() => { const b = document.querySelector("#decide footer button[type=submit]"); b.click(); b.click(); })()`), chromedp.WaitVisible(chromedp.CSS(".toast.float")))
		if n := s.posts.Load(); n != 1 {
			t.Errorf("%d posts reached the server, want 1", n)
		}
		if u := s.signature.Load(); u == nil || u.Type != "image/png" {
			t.Errorf("signature arrived as %+v", u)
		} else if dir := os.Getenv("FADU_SHOTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "signature.png"), *s.png.Load(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		refusedByPolicy(t, ctx)
		open(t, ctx, s.URL+"/")
		if n := eval[int](t, ctx, `document.querySelectorAll(".toast").length`); n != 0 {
			t.Error("the note shows a second time")
		}
	})

	t.Run("太短的笔画不算签名", func(t *testing.T) {
		open(t, ctx, s.URL+"/form")
		box := eval[[]float64](t, ctx, `(() => { const c = document.querySelector("#onspot canvas"); c.scrollIntoView({block: "center"}); const r = c.getBoundingClientRect(); return [r.left, r.top] })()`)
		do(t, ctx, chromedp.MouseClickXY(box[0]+50, box[1]+50), chromedp.Sleep(100*time.Millisecond))
		if n := eval[int](t, ctx, `document.querySelector("#onspot input[name=signature]").files.length`); n != 0 {
			t.Error("a dot was taken for a signature")
		}
	})

	t.Run("计算随填随算，只带指定的字段", func(t *testing.T) {
		open(t, ctx, s.URL+"/form")
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-fine").select()`), chromedp.SendKeys(chromedp.CSS("#f-fine"), "150"), chromedp.Sleep(1200*time.Millisecond))
		if text := eval[string](t, ctx, `document.querySelector("#calculator").textContent`); !strings.Contains(text, "150 元") || !strings.Contains(text, "公民") {
			t.Errorf("calculator shows %q", text)
		}
		sent := eval[string](t, ctx, `performance.getEntriesByType("resource").map(e => e.name).filter(n => n.includes("/calculator")).pop()`)
		if strings.Contains(sent, "name=") || !strings.Contains(sent, "fine=150") {
			t.Errorf("asked for %s", sent)
		}
		refusedByPolicy(t, ctx)
	})

	t.Run("只与单位有关的字段，选公民时收起也不提交", func(t *testing.T) {
		open(t, ctx, s.URL+"/form")
		if !eval[bool](t, ctx, `document.querySelector("[data-when]").hidden && document.querySelector("[data-when]").disabled`) {
			t.Error("the part for organisations shows for a citizen")
		}
		do(t, ctx, chromedp.Click(chromedp.CSS(`#onspot .seg input[value="单位"]`)))
		if eval[bool](t, ctx, `document.querySelector("[data-when]").hidden || document.querySelector("[data-when]").disabled`) {
			t.Error("the part for organisations stays hidden")
		}
	})

	t.Run("变灰的按钮点了不交，展开缺项", func(t *testing.T) {
		open(t, ctx, s.URL+"/form")
		before := s.posts.Load()
		do(t, ctx, chromedp.Click(chromedp.CSS(`#decide footer [aria-disabled="true"]`)), chromedp.Sleep(100*time.Millisecond))
		if s.posts.Load() != before || !eval[bool](t, ctx, `document.querySelector("#decide footer details.why").open`) {
			t.Error("a greyed button did something, or did not say why")
		}
	})

	t.Run("对话框：有脚本是模态的，Esc 关闭", func(t *testing.T) {
		open(t, ctx, s.URL+"/")
		do(t, ctx, chromedp.Click(chromedp.CSS(`[data-dialog="void"]`)))
		if !eval[bool](t, ctx, `document.querySelector("#void").matches(":modal")`) {
			t.Error("the dialog is not modal")
		}
		do(t, ctx, chromedp.KeyEvent("\x1b"), chromedp.Sleep(50*time.Millisecond))
		if eval[bool](t, ctx, `document.querySelector("#void").open`) {
			t.Error("Escape does not close the dialog")
		}
	})

	t.Run("斜杠到搜索框，正在打字时不抢", func(t *testing.T) {
		open(t, ctx, s.URL+"/")
		do(t, ctx, chromedp.KeyEvent("/"))
		if id := eval[string](t, ctx, `document.activeElement.id`); id != "omni" {
			t.Errorf("focus is on %q", id)
		}
		do(t, ctx, chromedp.Focus(chromedp.CSS("#f-title")), chromedp.KeyEvent("/"))
		if id := eval[string](t, ctx, `document.activeElement.id`); id != "f-title" {
			t.Errorf("focus went to %q while typing", id)
		}
	})

	t.Run("手机菜单打开、Esc 关闭", func(t *testing.T) {
		do(t, ctx, chromedp.EmulateViewport(360, 740))
		open(t, ctx, s.URL+"/list")
		do(t, ctx, chromedp.Click(chromedp.CSS(".menu-btn")), chromedp.WaitVisible(chromedp.CSS("#side")))
		do(t, ctx, chromedp.KeyEvent("\x1b"), chromedp.WaitNotVisible(chromedp.CSS("#side")))
	})
}

func TestWithoutScript(t *testing.T) {
	ctx := browser(t)
	s := newInteractSite(t)
	do(t, ctx, chromedp.EmulateViewport(1366, 900), chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(s.URL+"/"), chromedp.WaitVisible(chromedp.CSS("main")))
	do(t, ctx, chromedp.Click(chromedp.CSS(`[data-dialog="void"]`)), chromedp.WaitVisible(chromedp.CSS("#void")))
	do(t, ctx, chromedp.Click(chromedp.CSS(`#void [data-close]`)), chromedp.WaitNotVisible(chromedp.CSS("#void")))
	do(t, ctx, chromedp.Navigate(s.URL+"/form"), chromedp.WaitVisible(chromedp.CSS("#f-uscc")), chromedp.WaitVisible(chromedp.CSS("#f-signature")))
	do(t, ctx, chromedp.Click(chromedp.CSS("#decide footer button[type=submit]")), chromedp.WaitVisible(chromedp.CSS(".toast.float")))
	if n := s.posts.Load(); n != 1 {
		t.Errorf("%d posts, want 1", n)
	}
}
