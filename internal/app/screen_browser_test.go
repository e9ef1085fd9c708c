package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"fadu/internal/web"
)

// theatre shows recorded answers in a real browser: the very bytes and headers, also of answers to forms,
// on a host of their own; styles, scripts and pictures come from the site itself.
type theatre struct {
	t    *testing.T
	url  string
	tabs []context.Context

	mu    sync.Mutex
	shown []*answered
}

// watch notes in the page what must not happen: an injected script sets __x, the policy refuses something.
const watch = `window.__refused = []; document.addEventListener("securitypolicyviolation", e => window.__refused.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample)); for (const f of ["alert", "confirm", "prompt"]) window[f] = () => { window.__x = f }`

// tabsOf starts a browser with so many tabs. Without it or built assets the test is skipped by name, but
// never in CI.
func tabsOf(t *testing.T, tabs int) []context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	missing := ""
	if err != nil {
		missing = "chromium is not installed (Debian: chromium)"
	} else if web.Asset("app.css") == "" {
		missing = "the assets are not built (make assets)"
	}
	if missing != "" {
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	var out []context.Context
	for range tabs {
		tab, cancel := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
		t.Cleanup(cancel)
		tab, cancel = context.WithTimeout(tab, 8*time.Minute)
		t.Cleanup(cancel)
		if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch}); err != nil {
			t.Fatal(err)
		}
		out = append(out, tab)
	}
	return out
}

func newTheatre(s *screens, width int64) *theatre {
	s.t.Helper()
	th := &theatre{t: s.t, tabs: tabsOf(s.t, 2)}
	site, err := url.Parse(s.site.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(site)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, ok := strings.CutPrefix(r.URL.Path, "/shown/")
		if !ok {
			proxy.ServeHTTP(w, r)
			return
		}
		i, err := strconv.Atoi(n)
		th.mu.Lock()
		defer th.mu.Unlock()
		if err != nil || i >= len(th.shown) {
			http.NotFound(w, r)
			return
		}
		a := th.shown[i]
		for k, v := range a.header {
			if k != "Set-Cookie" && k != "Content-Length" && k != "Content-Encoding" {
				w.Header()[k] = v
			}
		}
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body)
	}))
	s.t.Cleanup(server.Close)
	th.url = server.URL
	for _, tab := range th.tabs {
		if err := chromedp.Do(tab, chromedp.EmulateViewport(width, 768)); err != nil {
			s.t.Fatal(err)
		}
	}
	return th
}

// sight is what a browser says of an open page.
type sight struct {
	X       any      `json:"x"`
	Refused []string `json:"refused"`
	Traps   []string `json:"traps"`
	Over    int      `json:"over"`
	Wide    string   `json:"wide"`
	Ready   bool     `json:"ready"`
}

const happened = `JSON.stringify({x: window.__x === undefined ? null : String(window.__x), refused: window.__refused || ["没有监视"], ready: document.readyState === "complete" && !location.href.startsWith("about:"),
	traps: [...document.querySelectorAll("[data-trap], x-trap, iframe, object, embed, base, [onload], [onerror], [onfocus]")].map(e => e.outerHTML.slice(0, 120))
		.concat([...document.querySelectorAll("[href], [src], [action], [formaction]")].filter(e => /^\s*(javascript|data:text|vbscript)/i.test(e.getAttribute("href") || e.getAttribute("src") || e.getAttribute("action") || e.getAttribute("formaction") || "")).map(e => e.outerHTML.slice(0, 120))),
	over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
	wide: (w => { const e = [...document.querySelectorAll("main *")].find(e => e.getBoundingClientRect().right > w + 1 && (() => { for (let p = e.parentElement; p; p = p.parentElement) if (/(auto|scroll|hidden|clip)/.test(getComputedStyle(p).overflowX)) return false; return true })()); return e ? e.outerHTML.slice(0, 160) : "" })(document.documentElement.clientWidth)})`

// show opens the answers in the tabs, side by side, and gives what each looks like.
func (th *theatre) show(pages []*answered, each func(*answered, sight)) {
	th.t.Helper()
	th.mu.Lock()
	first := len(th.shown)
	th.shown = append(th.shown, pages...)
	th.mu.Unlock()
	work, got := make(chan int), make(chan struct{})
	var mu sync.Mutex
	for _, tab := range th.tabs {
		go func() {
			for i := range work {
				v, err := th.look(tab, fmt.Sprintf("%s/shown/%d", th.url, first+i))
				mu.Lock()
				if err != nil {
					th.t.Errorf("%s %s %s：%v", pages[i].who, pages[i].method, pages[i].path, err)
				} else {
					each(pages[i], v)
				}
				mu.Unlock()
			}
			got <- struct{}{}
		}()
	}
	for i := range pages {
		work <- i
	}
	close(work)
	for range th.tabs {
		<-got
	}
}

func (th *theatre) look(tab context.Context, address string) (v sight, err error) {
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		return v, err
	}
	for range 200 {
		var text string
		if text, err = chromedp.Run(tab, chromedp.Evaluate[string](happened)); err != nil {
			return v, err
		}
		if err = json.Unmarshal([]byte(text), &v); err != nil || v.Ready {
			return v, err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return v, fmt.Errorf("没有打开")
}
