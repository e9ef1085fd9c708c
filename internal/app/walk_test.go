package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/web"
)

// walker is somebody at a screen: a browser for each person, in front of one running bureau.
type walker struct {
	t    *testing.T
	site *apptest.Site
	root context.Context
	tabs map[string]context.Context
	// tab is the person's who acts now.
	tab context.Context
	axe string
	// shots keeps the pictures; dir has the files that are uploaded.
	shots, dir string
	n          int

	mu     sync.Mutex
	faults []string
}

// newWalker starts a bureau with a few cases and a browser.
func newWalker(t *testing.T) *walker {
	t.Helper()
	ctx, axe := chromium(t)
	w := &walker{t: t, root: ctx, tabs: map[string]context.Context{}, axe: axe, shots: os.Getenv("FADU_SHOTS"), dir: t.TempDir()}
	w.bureau()
	return w
}

// chromium starts a browser and reads axe. Without Chromium or built assets the test is skipped by name,
// but never in CI.
func chromium(t *testing.T) (ctx context.Context, axe string) {
	t.Helper()
	if testing.Short() {
		t.Skip("tests in a browser are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	source, axeErr := os.ReadFile(root + "/web/node_modules/axe-core/axe.min.js")
	for what, missing := range map[string]bool{"chromium is not installed (Debian: chromium)": err != nil, "the assets are not built (make assets)": web.Asset("app.css") == "", "axe-core is not installed (make assets)": axeErr != nil} {
		if !missing {
			continue
		}
		if os.Getenv("CI") != "" {
			t.Fatalf("did not run: %s", what)
		}
		t.Skipf("did not run: %s", what)
	}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true), chromedp.UserDataDir(t.TempDir()))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // starts the browser
		t.Fatal(err)
	}
	return ctx, string(source) + "; 0"
}

// bureau fills a demo up to the day before the walk and serves it on that day.
func (w *walker) bureau() {
	ctx, data := context.Background(), w.t.TempDir()
	cfg := app.Config{Data: data, Base: "http://localhost", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	p := demo.District(law.MustDate("2026-07-09"))
	p.Cases, p.Ordinary = 12, 0
	w.check(demo.Fill(ctx, cfg, p, func(string) {}))
	site, err := apptest.Serve(cfg)
	w.check(err)
	w.t.Cleanup(func() {
		if err := site.Close(); err != nil {
			w.t.Error(err)
		}
	})
	site.Clock.Set(law.MustDate("2026-07-10").Start().Add(9 * time.Hour))
	w.site = site
	w.check(os.WriteFile(filepath.Join(w.dir, "现场.jpg"), photograph(), 0o600))
}

func (w *walker) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// as gives the screen to a person, who signs in by the form when it is for the first time.
func (w *walker) as(login string) {
	w.t.Helper()
	w.enter(login, login)
}

// enter gives the screen to a device of a person, who signs in on each of them.
func (w *walker) enter(device, login string) {
	w.t.Helper()
	if tab, ok := w.tabs[device]; ok {
		w.tab = tab
		return
	}
	ctx, cancel := chromedp.NewContext(w.root, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.hear))
	w.t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 25*time.Minute)
	w.t.Cleanup(cancel)
	w.tabs[device], w.tab = ctx, ctx
	w.check(w.watchPolicy())
	w.open("/sign-in")
	w.fill("login", login)
	w.fill("password", demo.Password)
	w.press("/sign-in", "")
	w.await(`!location.pathname.startsWith("/sign-in")`, "登录")
}

// watchPolicy notes what the Content-Security-Policy refuses from the first moment of every page.
func (w *walker) watchPolicy() error {
	if err := chromedp.Do(w.tab, chromedp.Navigate("about:blank")); err != nil {
		return err
	}
	_, err := chromedp.Call(w.tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.refusedByPolicy = []; document.addEventListener("securitypolicyviolation", e => window.refusedByPolicy.push(e.violatedDirective + " " + e.blockedURI + " " + e.sourceFile + ":" + e.lineNumber))`,
	})
	return err
}

// hear notes what a page writes to the console as an error.
func (w *walker) hear(ev any) {
	text := ""
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		text = "exception: " + ev.ExceptionDetails.Text
		if ev.ExceptionDetails.Exception != nil {
			text += " " + ev.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" {
			text = "console.error"
			for _, a := range ev.Args {
				text += " " + string(a.Value) + a.Description
			}
		}
	case *log.EventEntryAdded:
		if ev.Entry.Level == "error" {
			text = string(ev.Entry.Source) + ": " + ev.Entry.Text + " " + ev.Entry.URL
		}
	}
	if text != "" {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.faults = append(w.faults, text)
	}
}

func (w *walker) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	w.check(chromedp.Do(w.tab, steps...))
}

func evaluate[T any](w *walker, js string) T {
	w.t.Helper()
	v, err := chromedp.Run(w.tab, chromedp.Evaluate[T](js))
	if err != nil {
		w.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// await waits until something is so on the page.
func (w *walker) await(js, what string) {
	w.t.Helper()
	for range 400 {
		// A page that is just being left has no answer.
		if ok, err := chromedp.Run(w.tab, chromedp.Evaluate[bool](`document.readyState === "complete" && !!(`+js+`)`)); err == nil && ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Fatalf("没有等到%s（%s）：%s", what, js, evaluate[string](w, `location.href + " " + document.querySelector("main, body").innerText.slice(0, 1500)`))
}

// says waits until the page shows the words.
func (w *walker) says(words ...string) {
	w.t.Helper()
	for _, s := range words {
		quoted, _ := json.Marshal(strings.Join(strings.Fields(s), ""))
		w.await(`document.body.innerText.replace(/\s+/g, "").includes(`+string(quoted)+`)`, "“"+s+"”")
	}
}

func (w *walker) open(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.site.URL+path), chromedp.WaitReady(chromedp.CSS("main")))
	w.settle()
}

// settle waits until the page's scripts had their say.
func (w *walker) settle() { time.Sleep(80 * time.Millisecond) }

// fill types into a field or chooses in it, by the value or by the words of a label.
func (w *walker) fill(name, value string) {
	w.t.Helper()
	n, _ := json.Marshal(name)
	v, _ := json.Marshal(value)
	problem := evaluate[string](w, `((name, value) => {
		const all = [...document.querySelectorAll("main [name], form [name]")].filter(e => e.name === name && e.type !== "hidden" && !e.disabled);
		if (!all.length) return "没有这一项，有 " + [...document.querySelectorAll("main [name]")].map(e => e.name).join(" ");
		const squeeze = s => s.replace(/\s+/g, "");
		const e = all[0];
		e.scrollIntoView({block: "center"});
		if (e.type === "checkbox" && value === "") {
			if (e.checked) e.click();
			return "";
		}
		if (e.type === "radio" || e.type === "checkbox") {
			const hit = all.find(x => x.value === value) || all.find(x => squeeze(x.closest("label").innerText).includes(squeeze(value)));
			if (!hit) return "没有“" + value + "”可选：" + all.map(x => x.closest("label").innerText).join("、");
			if (!hit.checked) hit.click();
			return "";
		}
		if (e.tagName === "SELECT") {
			const hit = [...e.options].find(o => o.value === value) || [...e.options].find(o => squeeze(o.text).includes(squeeze(value)));
			if (!hit) return "没有“" + value + "”可选：" + [...e.options].map(o => o.text).join("、");
			e.value = hit.value;
		} else {
			e.focus();
			e.value = value;
		}
		e.dispatchEvent(new Event("input", {bubbles: true}));
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return "";
	})(`+string(n)+`, `+string(v)+`)`)
	if problem != "" {
		w.t.Fatalf("%s=%s：%s", name, value, problem)
	}
}

// press clicks a form's button as a person does: the one named, else the one that submits it.
func (w *walker) press(action, button string) {
	w.t.Helper()
	a, _ := json.Marshal(action)
	b, _ := json.Marshal(button)
	problem := evaluate[string](w, `((action, name) => {
		const form = [...document.forms].find(f => f.getAttribute("method") === "post" && f.getAttribute("action") === action);
		if (!form) return "没有提交到这里的表单，有 " + [...document.forms].map(f => f.getAttribute("action")).join(" ");
		const all = [...form.elements].filter(e => e.type === "submit");
		const hit = name ? all.find(e => e.name === name) : all.find(e => e.classList.contains("primary")) || all.find(e => !e.name) || all[0];
		if (!hit) return "表单没有按钮";
		if (hit.getAttribute("aria-disabled") === "true") return "按钮是灰的：" + document.querySelector("main").innerText.slice(0, 800);
		document.body.dataset.left = "1";
		hit.scrollIntoView({block: "center"});
		hit.click();
		return "";
	})(`+string(a)+`, `+string(b)+`)`)
	if problem != "" {
		w.t.Fatalf("%s：%s", action, problem)
	}
}

// send presses the button and waits for the page that follows.
func (w *walker) send(action string) {
	w.t.Helper()
	w.press(action, "")
	w.await(`!document.body.dataset.left && document.querySelector("main")`, "下一页")
	if bad := evaluate[string](w, `[...document.querySelectorAll("main .error, main .summary, main .refusal h2")].filter(e => e.offsetParent && e.closest(".errors, .error, .summary")).map(e => e.innerText).join("；")`); bad != "" {
		w.t.Fatalf("%s 被退回：%s", action, bad)
	}
	w.settle()
	w.site.Clock.Advance(time.Minute)
}

// draw signs on the pad with the mouse.
func (w *walker) draw() {
	w.t.Helper()
	box := evaluate[[]float64](w, `(() => { const c = document.querySelector("main canvas"); c.scrollIntoView({block: "center"}); const r = c.getBoundingClientRect(); return [r.left, r.top, r.width, r.height] })()`)
	x, y := box[0], box[1]
	w.do(chromedp.MouseEvent("mousePressed", x+40, y+60, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	for i := range 12 {
		w.do(chromedp.MouseEvent("mouseMoved", x+40+float64(i)*box[2]/16, y+40+float64(i%3)*20, chromedp.ButtonLeft))
	}
	w.do(chromedp.MouseEvent("mouseReleased", x+40+12*box[2]/16, y+80, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	w.await(`document.querySelector("[data-pad-state]").textContent.startsWith("已签")`, "笔画")
}

// look examines the open page on a desk's and on a phone's screen: nothing wider than the screen, nothing
// refused by the page's own policy, no error on the console but those of which the words are expected, no serious fault of accessibility.
func (w *walker) look(name string, expected ...string) {
	w.t.Helper()
	w.n++
	for _, width := range []int64{1366, 360} {
		w.do(chromedp.EmulateViewport(width, 768))
		w.settle()
		if over := evaluate[int](w, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
			w.t.Errorf("%s at %d px: %d px wider than the screen", name, width, over)
		}
		w.accessible(fmt.Sprintf("%s at %d px", name, width))
		if w.shots != "" {
			evaluate[any](w, `window.scrollTo(0, 0)`)
			shot, err := chromedp.Run(w.tab, chromedp.FullScreenshot(100))
			w.check(err)
			w.check(os.WriteFile(filepath.Join(w.shots, fmt.Sprintf("walk-%02d-%s-%d.png", w.n, name, width)), shot, 0o644))
		}
	}
	w.do(chromedp.EmulateViewport(1366, 768))
	if refused := evaluate[[]string](w, `window.refusedByPolicy`); len(refused) > 0 {
		w.t.Errorf("%s: refused by the Content-Security-Policy: %v", name, refused)
	}
	w.forget(expected...)
	w.quiet(name)
}

// forget takes no notice of errors with these words.
func (w *walker) forget(words ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = slices.DeleteFunc(w.faults, func(f string) bool {
		return slices.ContainsFunc(words, func(s string) bool { return strings.Contains(f, s) })
	})
}

// quiet fails when something was written to the console since the last time.
func (w *walker) quiet(where string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.faults {
		w.t.Errorf("%s: %s", where, f)
	}
	w.faults = nil
}

func (w *walker) accessible(where string) {
	w.t.Helper()
	if !evaluate[bool](w, `typeof axe === "object"`) {
		evaluate[any](w, w.axe)
	}
	result, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`axe.run({resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.filter(v => v.impact === "serious" || v.impact === "critical").map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160) + " :: " + n.failureSummary).join("\n   "))))`, chromedp.EvalAwaitPromise))
	w.check(err)
	var faults []string
	w.check(json.Unmarshal([]byte(result), &faults))
	for _, f := range faults {
		w.t.Errorf("%s: %s", where, f)
	}
}

// address is the path of the open page.
func (w *walker) address() string { return evaluate[string](w, `location.pathname`) }

// follow clicks the link with the words.
func (w *walker) follow(words string) {
	w.t.Helper()
	q, _ := json.Marshal(strings.Join(strings.Fields(words), ""))
	if !evaluate[bool](w, `(words => { const a = [...document.querySelectorAll("main a")].find(a => a.textContent.replace(/\s+/g, "").includes(words)); if (!a) return false; document.body.dataset.left = "1"; a.click(); return true })(`+string(q)+`)`) {
		w.t.Fatalf("没有“%s”的链接：%s", words, evaluate[string](w, `document.querySelector("main").innerText.slice(0, 1500)`))
	}
	w.await(`!document.body.dataset.left && document.querySelector("main")`, "“"+words+"”的页面")
	w.settle()
}
