package access

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fadu/internal/law"
	"fadu/internal/testkit"
	"fadu/internal/web"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// chromium starts a headless browser, or skips the test where there is none.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the browser test of internal/access did not run")
	}
	if web.Asset("app.css") == "" {
		t.Skip("assets are not built: the browser test of internal/access did not run")
	}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestPagesInBrowser opens every page at the width of a desk and of a phone: none is wider than its
// screen, breaks the Content-Security-Policy or has a serious barrier. FADU_SHOTS keeps the pictures.
func TestPagesInBrowser(t *testing.T) {
	ctx := chromium(t)
	s := shown(t)
	axe, err := os.ReadFile("../../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Log("axe-core is not installed: accessibility was not checked")
	}
	dir := os.Getenv("FADU_SHOTS")
	if dir == "" {
		dir = t.TempDir()
	}
	l := &looker{t: t, ctx: ctx, s: s, axe: axe, dir: dir}
	l.watch()

	l.look("sign-in", "/sign-in")
	l.signIn("zhao.mou", "Wrong-pass-1")
	l.shoot("sign-in-wrong")
	for range 5 {
		l.signIn("zhao.mou", "Wrong-pass-1")
	}
	l.shoot("sign-in-locked")
	l.signIn("xt.guanli", goodPassword)
	unit, account := s.first.String(), s.as("zhao.mou").Account().String()
	for name, path := range map[string]string{
		"units": "/w/units", "units-ended": "/w/units?ended=1", "unit": "/w/units/" + unit, "unit-new": "/w/units/new", "accounts": "/w/accounts", "accounts-none": "/w/accounts?q=zzz",
		"account": "/w/accounts/" + account, "account-new": "/w/accounts/new", "me": "/w/me", "password": "/w/me/password", "forbidden": "/w/ledger",
	} {
		l.look(name, path)
	}
	l.submit("/w/accounts/new", `form[action="/w/accounts"] button`, "account-new-wrong")
	l.signOut()
	l.signIn("aq.guanli", goodPassword)
	l.look("account-roles", "/w/accounts/"+account)
	l.look("security", "/w/security")
	l.signOut()
	l.signIn("sj.guanli", goodPassword)
	l.look("ledger", "/w/ledger")
	l.do(chromedp.Click(chromedp.CSS("td details summary")))
	l.shoot("ledger-open")
	l.look("ledger-date", "/w/ledger?from=2026-13-01")
	l.signOut()
	l.signIn("xin.ren", goodPassword)
	l.shoot("first-password")
}

// shown is a site with something to see on every page.
func shown(t *testing.T) *site {
	db, clock := testkit.SQLite(t, migrations...)
	b := newBureau(t, db, clock)
	b.s.o.DemoAccounts = []DemoAccount{{"zhao.mou", goodPassword, "执法人员"}, {"xt.guanli", goodPassword, "系统管理员"}, {"aq.guanli", goodPassword, "安全保密管理员"}}
	b.s.o.Notices = []web.FactView{{Label: "通知", Text: "5月1日—5日放假，期间值班中队照常办理当场处罚"}}
	b.s.o.Phone = "000-0000000"
	b.s.o.Kinds = Kinds
	b.unit(b.first, "一组", "CG-1-1")
	old := b.unit(b.root, "机动中队", "CG-9")
	must(t, b.s.EndUnit(b.ctx, System("console"), old, 1, law.MustDate("2026-01-31"), b.first))
	b.account("zhao.mou", b.first, Officer)
	b.account("xt.guanli", b.root, SystemAdmin)
	b.account("aq.guanli", b.root, SecurityAdmin)
	b.account("sj.guanli", b.root, AuditAdmin)
	b.account("li.mou", b.second, Clerk, DisclosureClerk)
	off := b.account("tui.xiu", b.second, SquadLeader)
	must(t, b.s.Disable(b.ctx, System("console"), off, 1, "退休"))
	must(t, second(b.s.CreateAccount(b.ctx, System("console"), AccountInput{Login: "xin.ren", Name: "演示·新人", Unit: b.second, Password: goodPassword})))
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", web.Assets())
	b.s.Mount(mux, b.s.Routes())
	srv := httptest.NewServer(web.Protect(mux, web.Options{Log: slog.New(slog.DiscardHandler)}))
	t.Cleanup(srv.Close)
	return &site{bureau: b, url: srv.URL}
}

// looker drives the browser.
type looker struct {
	t   *testing.T
	ctx context.Context
	s   *site
	axe []byte
	dir string
}

func (l *looker) do(actions ...chromedp.Action[chromedp.Void]) {
	l.t.Helper()
	if err := chromedp.Do(l.ctx, actions...); err != nil {
		l.t.Fatal(err)
	}
}

// watch notes what the Content-Security-Policy refuses from the first moment of every page.
func (l *looker) watch() {
	l.do(chromedp.Navigate("about:blank"))
	_, err := chromedp.Call(l.ctx, cdp.AddScriptToEvaluateOnNewDocument, cdp.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.refusedByPolicy = []; document.addEventListener("securitypolicyviolation", e => window.refusedByPolicy.push(e.violatedDirective + " " + e.blockedURI))`,
	})
	must(l.t, err)
}

func (l *looker) look(name, path string) {
	l.t.Helper()
	l.do(chromedp.Navigate(l.s.url+path), chromedp.WaitReady(chromedp.CSS("main")))
	l.shoot(name)
}

// shoot checks the page that is open and takes its picture at both widths.
func (l *looker) shoot(name string) {
	l.t.Helper()
	for _, width := range []int64{1366, 360} {
		l.do(chromedp.EmulateViewport(width, 768), chromedp.Sleep(100*time.Millisecond))
		if over := evaluate[int](l, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			l.t.Errorf("%s is %d px wider than a screen of %d", name, over, width)
		}
		if refused := evaluate[[]string](l, `window.refusedByPolicy || []`); len(refused) > 0 {
			l.t.Errorf("%s: refused by the Content-Security-Policy: %v", name, refused)
		}
		l.barriers(name)
		shot, err := chromedp.Run(l.ctx, chromedp.FullScreenshot(100))
		must(l.t, err)
		must(l.t, os.WriteFile(filepath.Join(l.dir, fmt.Sprintf("%s-%d.png", name, width)), shot, 0o644))
	}
	l.do(chromedp.EmulateViewport(1366, 768))
}

// barriers runs axe-core; anything serious or critical fails.
func (l *looker) barriers(name string) {
	l.t.Helper()
	if l.axe == nil {
		return
	}
	evaluate[any](l, string(l.axe)+"; 0")
	text, err := chromedp.Run(l.ctx, chromedp.Evaluate[string](`axe.run({resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160) + " " + n.failureSummary).join("; "))))`, chromedp.EvalAwaitPromise))
	must(l.t, err)
	var found []string
	must(l.t, json.Unmarshal([]byte(text), &found))
	if len(found) > 0 {
		l.t.Errorf("%s: %s", name, strings.Join(found, "\n"))
	}
}

func evaluate[T any](l *looker, script string) T {
	l.t.Helper()
	v, err := chromedp.Run(l.ctx, chromedp.Evaluate[T](script))
	must(l.t, err)
	return v
}

func (l *looker) signIn(login, password string) {
	l.t.Helper()
	script := fmt.Sprintf(`(() => { const f = document.querySelector(".login form"); f.login.value = %q; f.password.value = %q; f.submit(); return 0 })()`, login, password)
	l.do(chromedp.Navigate(l.s.url+"/sign-in"), chromedp.WaitReady(chromedp.CSS("main")))
	evaluate[int](l, script)
	l.do(chromedp.Sleep(300*time.Millisecond), chromedp.WaitReady(chromedp.CSS("main")))
}

func (l *looker) submit(path, button, name string) {
	l.t.Helper()
	l.do(chromedp.Navigate(l.s.url+path), chromedp.WaitReady(chromedp.CSS("main")), chromedp.Click(chromedp.CSS(button)), chromedp.Sleep(300*time.Millisecond))
	l.shoot(name)
}

func (l *looker) signOut() {
	l.t.Helper()
	evaluate[int](l, `(() => { document.querySelector('form[action="/sign-out"]').submit(); return 0 })()`)
	l.do(chromedp.Sleep(300 * time.Millisecond))
}
