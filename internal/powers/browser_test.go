package powers

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
	"fadu/internal/web"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestPagesInBrowser opens the pages at the width of a desk and of a phone: none is wider than its
// screen, breaks the Content-Security-Policy or has a serious barrier. FADU_SHOTS keeps the pictures.
func TestPagesInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil || web.Asset("app.css") == "" {
		t.Skip("chromium or the built assets are missing: the browser test of internal/powers did not run")
	}
	s := newSite(t)
	adoptCodes(t, s.s, "2025-01-01", "YS-001", "YS-002", "CG-171", "CG-382")
	issueCodes(t, s.s, "2025-01-01", "YS-001")
	adjustment, err := s.s.Propose(context.Background(), console, cancelYS001("2026-12-01"))
	must(t, err)
	_, err = s.s.drafts.Publish(context.Background(), console, importText(t, s.s, statuteFile("演示市公园条例", "演示令第3号", "2024年3月1日", "为了管理公园，制定本条例。", "禁止下列行为：\n（一）擅自摆卖；\n（二）攀折花木。")))
	must(t, err)
	parks := view(t, s.s, func(tx *store.Tx) ([]LawText, error) { return s.s.Laws(tx, "演示市公园条例", law.Date{}) })
	lawHref := lawURL(parks[0].ID)
	l := newLooker(t, path, s.url)
	l.signIn("fa.zhi")
	for _, p := range [][2]string{
		{"powers", "/w/powers"},
		{"powers-none", "/w/powers?q=zzz"},
		{"powers-bbq", "/w/powers?q=%E7%83%A7%E7%83%A4"},
		{"item", "/w/powers/YS-001"},
		{"item-old", "/w/powers/CG-382"},
		{"item-unchecked", "/w/powers/CG-347"},
		{"item-library", "/w/powers/CG-171"},
		{"calculator", "/w/powers/calculator"},
		{"calculator-result", "/w/powers/calculator?code=YS-001&act=2026-11-20&party=citizen&metric=0.5&prior=0&corrected=yes&harm=no"},
		{"calculator-milder", "/w/powers/calculator?code=CG-382&act=2026-07-20&decision=2026-11-20&party=citizen&corrected=yes"},
		{"calculator-new-law", "/w/powers/calculator?code=CG-382&new=CG-171&act=2026-07-20&decision=2026-11-20&party=citizen&metric=3&prior=0&corrected=yes&harm=no"},
		{"calculator-wrong", "/w/powers/calculator?code=CG-171&act=2026-07-20&party=citizen"},
		{"issue", "/w/powers/issue"},
		{"import", ImportPath},
		{"laws", "/w/laws"},
		{"law", "/w/laws?cite=STHJ-1132-3"},
		{"portal", "/powers"},
		{"portal-item", "/powers/YS-001"},
		{"adjustments", "/w/powers/adjustments"},
		{"adjustment-new", "/w/powers/adjustments/new?code=YS-001"},
		{"adjustment", adjustment.adjustURL()},
		{"affected", "/w/powers/affected"},
		{"guide", "/w/powers/item/YS-001/guide"},
		{"law-text", lawHref},
		{"law-article", lawHref + "/2"},
		{"law-search", "/w/laws/search?q=%E6%91%86%E5%8D%96"},
	} {
		l.look(p[0], p[1])
	}
	l.open("/w/powers/YS-001")
	l.do(chromedp.SetValue(chromedp.CSS(`#calc [name="metric"]`), "6"), chromedp.Click(chromedp.CSS(`#calc input[name="party"][value="citizen"] + span`)))
	l.do(chromedp.SetValue(chromedp.CSS(`#calc [name="prior"]`), "0"), chromedp.Click(chromedp.CSS(`#calc input[name="corrected"][value="yes"] + span`)), chromedp.Click(chromedp.CSS(`#calc input[name="harm"][value="no"] + span`)))
	l.do(chromedp.Sleep(900 * time.Millisecond))
	l.shoot("item-live")
	if got := evaluate[string](l, `document.querySelector("#calc-result").innerText`); !strings.Contains(got, "185—365 元") {
		t.Errorf("随填随算没有结果：%s", got)
	}
}

// looker drives the browser.
type looker struct {
	t   *testing.T
	ctx context.Context
	url string
	axe []byte
	dir string
}

func newLooker(t *testing.T, chromium, url string) *looker {
	t.Helper()
	alloc, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(chromium), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	axe := testkit.Axe(t)
	dir := os.Getenv("FADU_SHOTS")
	if dir == "" {
		dir = t.TempDir()
	}
	l := &looker{t, ctx, url, axe, dir}
	l.do(chromedp.Navigate("about:blank"))
	_, err := chromedp.Call(l.ctx, cdp.AddScriptToEvaluateOnNewDocument, cdp.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.refusedByPolicy = []; document.addEventListener("securitypolicyviolation", e => window.refusedByPolicy.push(e.violatedDirective + " " + e.blockedURI))`,
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *looker) do(actions ...chromedp.Action[chromedp.Void]) {
	l.t.Helper()
	if err := chromedp.Do(l.ctx, actions...); err != nil {
		l.t.Fatal(err)
	}
}

func (l *looker) open(path string) {
	l.t.Helper()
	l.do(chromedp.Navigate(l.url+path), chromedp.WaitReady(chromedp.CSS("main")))
}

func (l *looker) look(name, path string) {
	l.t.Helper()
	l.open(path)
	l.shoot(name)
}

// shoot checks the page that is open and takes its picture at both widths.
func (l *looker) shoot(name string) {
	l.t.Helper()
	for _, width := range []int64{1366, 360} {
		l.do(chromedp.EmulateViewport(width, 768), chromedp.Sleep(80*time.Millisecond))
		if over := evaluate[int](l, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			l.t.Errorf("%s is %d px wider than a screen of %d", name, over, width)
		}
		if refused := evaluate[[]string](l, `window.refusedByPolicy || []`); len(refused) > 0 {
			l.t.Errorf("%s: refused by the Content-Security-Policy: %v", name, refused)
		}
		l.barriers(name)
		shot, err := chromedp.Run(l.ctx, chromedp.FullScreenshot(100))
		if err == nil {
			err = os.WriteFile(filepath.Join(l.dir, fmt.Sprintf("%s-%d.png", name, width)), shot, 0o644)
		}
		if err != nil {
			l.t.Fatal(err)
		}
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
	if err != nil {
		l.t.Fatal(err)
	}
	var found []string
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		l.t.Fatal(err)
	}
	if len(found) > 0 {
		l.t.Errorf("%s: %s", name, strings.Join(found, "\n"))
	}
}

func evaluate[T any](l *looker, script string) T {
	l.t.Helper()
	v, err := chromedp.Run(l.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		l.t.Fatal(err)
	}
	return v
}

func (l *looker) signIn(login string) {
	l.t.Helper()
	l.open("/sign-in")
	evaluate[int](l, fmt.Sprintf(`(() => { const f = document.querySelector(".login form"); f.login.value = %q; f.password.value = %q; f.submit(); return 0 })()`, login, password))
	l.do(chromedp.Sleep(300*time.Millisecond), chromedp.WaitReady(chromedp.CSS("main")))
}
