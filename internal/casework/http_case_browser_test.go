package casework_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"fadu/internal/law"
	"fadu/internal/web"
)

// The pages of a case are looked at in a browser at the widths of a desk and of a phone: nothing is wider
// than the screen, nothing breaks the page's own policy. FADU_SHOTS names a folder that keeps the pictures.
func TestCasePagesInBrowser(t *testing.T) {
	b := newPageBureau(t)
	ctx := chrome(t)
	lead, scene, ready := b.register(), b.onSite(), b.ready("100")
	issued := b.ready("100")
	b.done("zhao", issued+"?step=decide", nil)
	b.done("zhao", issued+"?step=sign", form("method", "on_paper"))
	delivered := b.ready("50")
	b.done("zhao", delivered+"?step=decide", nil)
	b.signAll(delivered)
	b.clock.Set(time.Date(2026, 5, 6, 9, 0, 0, 0, law.Zone))
	b.clients = map[string]*http.Client{}
	b.done("zhao", delivered+"?step=deliver", form("at", "2026-04-30T17:48"))
	for _, p := range []struct{ name, login, path string }{
		{"todo", "zhao", "/w/"},
		{"todo-desk", "clerk", "/w/"},
		{"todo-none", "cashier", "/w/"},
		{"list", "zhao", "/w/cases"},
		{"list-empty", "zhao", "/w/cases?q=" + url.QueryEscape("没有的") + "&state=open"},
		{"new", "zhao", "/w/cases/new"},
		{"lead", "zhao", lead},
		{"party", "zhao", scene + "?step=party"},
		{"tell", "zhao", ready + "?step=tell"},
		{"hear", "zhao", scene + "?step=hear"},
		{"photo", "zhao", ready + "?step=photo"},
		{"propose", "zhao", ready + "?step=propose"},
		{"refused", "zhao", scene + "?step=decide"},
		{"decide", "zhao", ready + "?step=decide"},
		{"decline", "zhao", scene + "?step=decline"},
		{"sign", "qian", issued},
		{"sign-party", "zhao", issued + "?step=sign_party"},
		{"deliver", "qian", issued + "?step=deliver"},
		{"cash", "zhao", delivered + "?step=collect"},
		{"pay", "cashier", delivered},
		{"file", "clerk", delivered + "?step=file"},
		{"order", "zhao", scene + "?step=order_paper"},
	} {
		for _, width := range []int64{1366, 360} {
			t.Run(p.name+"-"+strconv.FormatInt(width, 10), func(t *testing.T) { b.look(t, ctx, p.login, p.path, width, p.name) })
		}
	}
}

func chrome(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the browser tests of internal/casework did not run")
	}
	if web.Asset("app.css") == "" {
		t.Skip("assets are not built: the browser tests of internal/casework did not run")
	}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// look opens a page as somebody and takes its picture.
func (b *pageBureau) look(t *testing.T, ctx context.Context, login, path string, width int64, name string) {
	t.Helper()
	site, err := url.Parse(b.url)
	b.must(err)
	for _, c := range b.as(login).Jar.Cookies(site) {
		if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: c.Name, Value: c.Value, URL: b.url}); err != nil {
			t.Fatal(err)
		}
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 768), chromedp.Navigate(b.url+path), chromedp.WaitReady(chromedp.CSS("main")), chromedp.Sleep(80*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	over, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	b.must(err)
	if over > 0 {
		t.Errorf("the page is %d px wider than the screen", over)
	}
	if dir := os.Getenv("FADU_SHOTS"); dir != "" {
		shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		b.must(err)
		b.must(os.WriteFile(filepath.Join(dir, name+"-"+strconv.FormatInt(width, 10)+".png"), shot, 0o644))
	}
}

// Choosing a cause and filling in the circumstances brings what may be imposed, without sending the page;
// what travels in addresses is no personal data and no token.
func TestCasePenaltyIsComputedWhileTyping(t *testing.T) {
	b := newPageBureau(t)
	b.issueExemptions()
	ctx := chrome(t)
	c := b.onSite()
	b.look(t, ctx, "zhao", c+"?step=propose", 1366, "live")
	eval := func(js string) string {
		t.Helper()
		out, err := chromedp.Run(ctx, chromedp.Evaluate[string](js))
		b.must(err)
		return out
	}
	wait := func(js string) {
		t.Helper()
		for range 60 {
			if eval(`String(!!(`+js+`))`) == "true" {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatalf("没有等到 %s：%s", js, eval(`document.querySelector("#calculation").innerText + document.querySelector("#power-choices").innerText`))
	}
	eval(`(() => { const i = document.querySelector("[name=power_words]"); i.value = "摆摊"; i.dispatchEvent(new Event("input", {bubbles: true})); return "" })()`)
	wait(`document.querySelector("#power-choices [value='YS-001']")`)
	eval(`(() => { document.querySelector("#power-choices [value='YS-001']").click(); const set = (n, v) => { const i = document.querySelector("#step-form [name=" + n + "]"); i.value = v; i.dispatchEvent(new Event("change", {bubbles: true})) }; set("metric", "3"); set("harm", "none"); document.querySelector("#step-form [name=corrected][value='1']").click(); return "" })()`)
	wait(`document.querySelector("#calculation").innerText.includes("50—185 元")`)
	wait(`document.querySelector("#calculation").innerText.includes("改为不予处罚")`)
	if sent := eval(`performance.getEntriesByType("resource").map(e => decodeURIComponent(e.name)).filter(u => u.includes("/w/cases/") && /fact_text|_op|_version|水果/.test(u)).join(" ")`); sent != "" {
		t.Errorf("网址里带了不该带的：%s", sent)
	}
	eval(`(() => { const i = document.querySelector("#step-form [name=metric]"); i.value = "12"; i.dispatchEvent(new Event("change", {bubbles: true})); return "" })()`)
	wait(`document.querySelector("#calculation").innerText.includes("请转普通程序")`)
	if on := eval(`String(document.querySelector("#power-choices [value='YS-001']").checked)`); on != "true" {
		t.Error("选好的案由丢了")
	}
}
