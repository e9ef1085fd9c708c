package app_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// pageBrowser is one browser with a few tabs.
type pageBrowser struct {
	tabs  chan *walker
	js    string
	shots string

	mu       sync.Mutex
	sessions map[string]*http.Cookie
	titles   map[string]string // title → the pattern that has it
}

func newPageBrowser(t *testing.T) *pageBrowser {
	t.Helper()
	root, axe := chromium(t)
	js, err := os.ReadFile("testdata/examine.js")
	if err != nil {
		t.Fatal(err)
	}
	const tabs = 2
	b := &pageBrowser{tabs: make(chan *walker, tabs), js: string(js), shots: os.Getenv("FADU_SHOTS"), sessions: map[string]*http.Cookie{}, titles: map[string]string{}}
	for range tabs {
		w := &walker{t: t, axe: axe}
		ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.hear))
		t.Cleanup(cancel)
		w.tab = ctx
		if err := w.watchPolicy(); err != nil {
			t.Fatal(err)
		}
		b.tabs <- w
	}
	return b
}

// session signs the person in once.
func (b *pageBrowser) session(s screen) (*http.Cookie, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := s.base + " " + s.login
	if c := b.sessions[key]; c != nil {
		return c, nil
	}
	person, err := s.site.Browser(s.login)
	if err != nil {
		return nil, err
	}
	kept, err := person.Cookies()
	for _, c := range kept {
		if strings.HasSuffix(c.Name, "session") {
			b.sessions[key] = c
			return c, nil
		}
	}
	return nil, fmt.Errorf("%s：登录后没有会话 %w", s.login, err)
}

// widths are a desk's screen, that of a desk at twice the size, and a phone's.
var widths = []int64{1366, 683, 360}

// visit opens the page as its person and examines it at every width.
func (b *pageBrowser) visit(t *testing.T, w *walker, s screen) {
	t.Helper()
	w.mu.Lock()
	w.faults = nil // of a page before that was not examined to its end
	w.mu.Unlock()
	ctx, cancel := context.WithTimeout(w.tab, 3*time.Minute)
	defer cancel()
	if err := b.open(ctx, s); err != nil {
		t.Fatalf("%s：%v", s.path, err)
	}
	for _, width := range widths {
		if err := b.examine(t, ctx, w, s, width); err != nil {
			t.Fatalf("%s，%d 像素：%v", s.path, width, err)
		}
	}
	b.faults(t, ctx, w, s)
	if s.status == http.StatusOK && strings.HasPrefix(s.name, "GET ") && !slices.ContainsFunc(sheets, func(x sheet) bool { return x.name == s.name }) {
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(widths[0], 768)); err != nil {
			t.Fatal(err)
		}
		b.onPaper(t, ctx, s, sheet{name: s.name, public: !strings.HasPrefix(s.path, "/w/"), own: onScreenAlone[s.name]})
	}
}

func (b *pageBrowser) open(ctx context.Context, s screen) error {
	if _, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		return err
	}
	if s.login != "" {
		c, err := b.session(s)
		if err != nil {
			return err
		}
		for _, c := range []*http.Cookie{c, s.cookie} {
			if c == nil {
				continue
			}
			if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: s.base}); err != nil {
				return err
			}
		}
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(widths[0], 768), chromedp.Navigate(s.base+s.path), chromedp.WaitReady(chromedp.CSS("main"))); err != nil || !s.submit {
		return err
	}
	const send = `document.body.dataset.left = "1"; document.querySelector("main form[method=post]").submit()`
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](send)); err != nil {
		return err
	}
	for {
		// A page that is just being left has no answer.
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!!document.querySelector("main") && !document.body.dataset.left && document.readyState === "complete"`))
		if err == nil && ok || ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// seen is what a page says of itself.
type seen struct {
	Title  string
	Status int
	Faults []string
}

func (b *pageBrowser) examine(t *testing.T, ctx context.Context, w *walker, s screen, width int64) error {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 768)); err != nil {
		return err
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[seen](fmt.Sprintf("(%s)(%d)", b.js, width), chromedp.EvalAwaitPromise))
	if err != nil {
		return err
	}
	for _, f := range got.Faults {
		t.Errorf("%s 在 %d 像素：%s", s.path, width, f)
	}
	if width == widths[0] {
		b.note(t, s, got)
	}
	if width != 683 {
		if err := b.accessible(t, ctx, w, s, width); err != nil {
			return err
		}
	}
	return b.picture(ctx, s, width)
}

// note holds the page against what was asked for, and its title against the other pages'.
func (b *pageBrowser) note(t *testing.T, s screen, got seen) {
	t.Helper()
	if got.Status != s.status {
		t.Errorf("%s：答复 %d，应是 %d", s.path, got.Status, s.status)
	}
	if !strings.HasPrefix(s.name, "GET ") {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if other, ok := b.titles[got.Title]; ok {
		t.Errorf("%s 与 %s 的标题一样：%s", s.name, other, got.Title)
	}
	b.titles[got.Title] = s.name
}

// accessible runs axe, which is put into a page once.
func (b *pageBrowser) accessible(t *testing.T, ctx context.Context, w *walker, s screen, width int64) error {
	t.Helper()
	if width == widths[0] {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](w.axe)); err != nil {
			return err
		}
	}
	const run = `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"]}).then(r => r.violations.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + " :: " + n.failureSummary).join("\n   ")))`
	faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](run, chromedp.EvalAwaitPromise))
	for _, f := range faults {
		t.Errorf("%s 在 %d 像素：%s", s.path, width, f)
	}
	return err
}

// picture keeps the page's looks when FADU_SHOTS names a folder.
func (b *pageBrowser) picture(ctx context.Context, s screen, width int64) error {
	if b.shots == "" || width == 683 {
		return nil
	}
	shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.shots, fmt.Sprintf("%s-%d.png", fileName(s), width)), shot, 0o644)
}

// fileName is a screen's name for a picture of it.
func fileName(s screen) string {
	return strings.NewReplacer("GET /", "page_", "/", "_", "{", "", "}", "", "$", "", " ", "").Replace(s.name)
}

// faults are what the page's console, its policy and its files complained of.
func (b *pageBrowser) faults(t *testing.T, ctx context.Context, w *walker, s screen) {
	t.Helper()
	refused, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`window.refusedByPolicy`))
	if err != nil || len(refused) > 0 {
		t.Errorf("%s：内容安全策略拒绝了 %v %v", s.path, refused, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.faults {
		if s.status >= 400 && strings.HasPrefix(f, "network: Failed to load resource: the server responded with a status of "+fmt.Sprint(s.status)) {
			continue // the page itself
		}
		t.Errorf("%s：%s", s.path, f)
	}
	w.faults = nil
}
