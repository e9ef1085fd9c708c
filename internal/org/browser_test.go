package org

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/testkit"
	"fadu/internal/web"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestPagesInBrowser opens the pages at the width of a desk and of a phone: none is wider than its
// screen, breaks the Content-Security-Policy or has a serious barrier. FADU_SHOTS keeps the pictures.
func TestPagesInBrowser(t *testing.T) {
	l := newLooker(t)
	s, p, c, sb := lived(t)
	l.site = s
	l.watch()
	l.signIn("fazhi")
	br := s.as("fazhi")
	batch := br.upload("org.person", "2026年3月新进人员.csv", []byte(personHead+"演示·丁,A11,执法人员,第一中队,队员,2024-01-01,13800001111,\n演示·戊,A11,执法人员,第八中队,队员,2024-01-01,,\n演示·己,A12,协警,第一中队,,2024-02-30,无,\n"))
	row := regexp.MustCompile(regexp.QuoteMeta(batch.to) + `/rows/\d+`).FindString(br.get(batch.to).body)
	person, card, subject := personPath(p), cardPath(c), subjectPath(sb)
	for _, x := range [][2]string{
		{"people", peoplePath},
		{"people-none", peoplePath + "?q=zzz"},
		{"person", person},
		{"person-new", peoplePath + "/new"},
		{"transfer", person + "/transfer"},
		{"leave", person + "/leave"},
		{"certificate", card},
		{"certificate-new", person + "/certificates"},
		{"suspend", card + "/suspend"},
		{"check", card + "/check"},
		{"subjects", subjectsPath},
		{"subject", subject},
		{"subject-new", subjectsPath + "/new"},
		{"import", ImportPath},
		{"batch", batch.to},
		{"row", row},
		{"identity", person + "/identity"},
	} {
		l.look(x[0], x[1])
	}
	l.look("person-new-wrong", peoplePath+"/new")
	l.do(chromedp.Click(chromedp.CSS("main form button[type=submit], main form .btn.primary")), chromedp.Sleep(400*time.Millisecond))
	l.shoot("person-new-wrong")
}

// looker drives the browser.
type looker struct {
	*site
	t   *testing.T
	ctx context.Context
	axe []byte
	dir string
}

func newLooker(t *testing.T) *looker {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the browser test of internal/org did not run")
	}
	if web.Asset("app.css") == "" {
		t.Skip("assets are not built: the browser test of internal/org did not run")
	}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	axe := testkit.Axe(t)
	dir := os.Getenv("FADU_SHOTS")
	if dir == "" {
		dir = t.TempDir()
	}
	return &looker{t: t, ctx: ctx, axe: axe, dir: dir}
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
	l.must(err)
}

func (l *looker) look(name, path string) {
	l.t.Helper()
	l.do(chromedp.Navigate(l.url+path), chromedp.WaitReady(chromedp.CSS("main")))
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
		l.must(err)
		l.must(os.WriteFile(filepath.Join(l.dir, fmt.Sprintf("%s-%d.png", name, width)), shot, 0o644))
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
	l.must(err)
	var found []string
	l.must(json.Unmarshal([]byte(text), &found))
	if len(found) > 0 {
		l.t.Errorf("%s: %s", name, strings.Join(found, "\n"))
	}
}

func evaluate[T any](l *looker, script string) T {
	l.t.Helper()
	v, err := chromedp.Run(l.ctx, chromedp.Evaluate[T](script))
	l.must(err)
	return v
}

func (l *looker) signIn(login string) {
	l.t.Helper()
	script := fmt.Sprintf(`(() => { const f = document.querySelector(".login form"); f.login.value = %q; f.password.value = %q; f.submit(); return 0 })()`, login, goodPassword)
	l.do(chromedp.Navigate(l.url+"/sign-in"), chromedp.WaitReady(chromedp.CSS("main")))
	evaluate[int](l, script)
	l.do(chromedp.Sleep(400*time.Millisecond), chromedp.WaitReady(chromedp.CSS("main")))
}
