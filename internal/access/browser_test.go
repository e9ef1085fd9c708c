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
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestPagesInBrowser opens every page at the width of a desk and of a phone: none is wider than its
// screen, breaks the Content-Security-Policy or has a serious barrier. FADU_SHOTS keeps the pictures.
func TestPagesInBrowser(t *testing.T) {
	ctx := chromium(t)
	s := shown(t)
	axe := testkit.Axe(t)
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
	must(t, s.s.ProposeRoles(s.ctx, s.as("xt.guanli"), s.as("zhao.mou").Account(), 1, []Role{Officer, SquadLeader}, "新任中队长"))
	l.look("account-proposal", "/w/accounts/"+account)
	l.look("accounts-proposals", "/w/accounts")
	l.signOut()
	l.factor()
	l.late()
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
	b.s.o.DemoAccounts = []DemoAccount{{"zhao.mou", goodPassword, "演示赵某", "执法人员"}, {"xt.guanli", goodPassword, "演示系某", "系统管理员"}, {"aq.guanli", goodPassword, "演示安某", "安全保密管理员"}}
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

// factor sets a second factor up, signs in with it and looks at each page.
func (l *looker) factor() {
	l.t.Helper()
	l.signIn("li.mou", goodPassword)
	l.look("factor-none", factorPath)
	l.fill(factorPath+"/start", map[string]string{"password": goodPassword})
	l.look("factor-key", factorPath)
	if evaluate[int](l, `document.querySelector(".factor img").naturalWidth`) < 200 {
		l.t.Error("二维码没有显示")
	}
	key := evaluate[string](l, `document.querySelector("p.code").textContent`)
	l.fill(factorPath+"/confirm", map[string]string{"code": codeAt(l.t, key, l.s.clock.Now())})
	l.shoot("factor-recovery")
	l.look("factor-on", factorPath)
	l.signOut()
	l.s.clock.Advance(time.Minute)
	l.signIn("li.mou", goodPassword)
	l.shoot("code")
	l.fill(codePath, map[string]string{"code": "000000"})
	l.shoot("code-wrong")
	l.fill(codePath, map[string]string{"code": codeAt(l.t, key, l.s.clock.Now())})
	l.look("me-factor", "/w/me")
	l.signOut()
}

// late lets the session end while a form is filled in: the browser comes back to it with every value.
func (l *looker) late() {
	l.t.Helper()
	l.signIn("xt.guanli", goodPassword)
	l.do(chromedp.Navigate(l.s.url+"/w/units/new"), chromedp.WaitReady(chromedp.CSS("main")))
	l.s.clock.Advance(31 * time.Minute)
	typed := map[string]string{"parent": l.s.first.String(), "name": "𠮷祥㙍中队 <b>", "code": "CG-1-7", "from": "2026-03-01"}
	l.fill("/w/units", typed)
	l.shoot("late-sign-in")
	l.fill("/sign-in", map[string]string{"login": "xt.guanli", "password": goodPassword})
	l.shoot("late-form")
	for name, value := range typed {
		if got := evaluate[string](l, fmt.Sprintf(`document.querySelector('form[action="/w/units"] [name=%q]').value`, name)); got != value {
			l.t.Errorf("%s 带回来是 %q，填的是 %q", name, got, value)
		}
	}
	form := evaluate[string](l, "location.pathname + location.search")
	l.look("late-all", evaluate[string](l, `document.querySelector('.kept a[href^="/w/kept/"]').getAttribute("href")`))
	l.do(chromedp.Navigate(l.s.url+form), chromedp.WaitReady(chromedp.CSS("main")))
	l.fill("/w/units", nil)
	if path := evaluate[string](l, "location.pathname"); !strings.HasPrefix(path, "/w/units/") || path == "/w/units/new" {
		l.t.Errorf("带回来的表单交不上，停在 %s", path)
	}
	l.signOut()
}

// fill types into the form with that action and presses its first button.
func (l *looker) fill(action string, values map[string]string) {
	l.t.Helper()
	form := fmt.Sprintf(`document.querySelector('form[action=%q]')`, action)
	for name, value := range values {
		evaluate[int](l, fmt.Sprintf(`(() => { %s.querySelector('[name=%q]').value = %q; return 0 })()`, form, name, value))
	}
	evaluate[int](l, fmt.Sprintf(`(() => { %s.querySelector('button[type="submit"], button:not([type])').click(); return 0 })()`, form))
	l.do(chromedp.Sleep(400*time.Millisecond), chromedp.WaitReady(chromedp.CSS("main")))
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
