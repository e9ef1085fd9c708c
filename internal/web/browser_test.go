package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"fadu/internal/web"
)

// browser starts a headless chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the browser tests of internal/web did not run")
	}
	if web.Asset("app.css") == "" {
		t.Skip("assets are not built (npm --prefix web ci --ignore-scripts; go run ./tools/assets): the browser tests of internal/web did not run")
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

// watchPolicy notes what the Content-Security-Policy refuses from the first moment of every page.
func watchPolicy(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.refusedByPolicy = []; document.addEventListener("securitypolicyviolation", e => window.refusedByPolicy.push(e.violatedDirective + " " + e.blockedURI + " " + e.sourceFile + ":" + e.lineNumber))`,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// refusedByPolicy fails the test when the page broke its own policy.
func refusedByPolicy(t *testing.T, ctx context.Context) {
	t.Helper()
	refused, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`window.refusedByPolicy`))
	if err != nil {
		t.Fatal(err)
	}
	if len(refused) > 0 {
		t.Errorf("refused by the Content-Security-Policy: %v", refused)
	}
}

// shotFolder keeps the pictures when FADU_SHOTS names a folder, to be looked at.
func shotFolder(t *testing.T) string {
	if dir := os.Getenv("FADU_SHOTS"); dir != "" {
		return dir
	}
	return t.TempDir()
}

func TestGalleryInBrowser(t *testing.T) {
	ctx := browser(t)
	site := httptest.NewServer(gallerySite())
	defer site.Close()
	axe, axeErr := os.ReadFile("../../web/node_modules/axe-core/axe.min.js")
	if axeErr != nil {
		t.Log("axe-core is not installed (npm --prefix web ci): accessibility was not checked")
	}
	dir := shotFolder(t)
	watchPolicy(t, ctx)
	paths := map[string]string{"components": "/", "form": "/form", "refused": "/refused", "list": "/list", "empty": "/empty", "home": "/home", "portal": "/portal", "signin": "/signin", "missing": "/nowhere"}
	for name, path := range paths {
		for _, width := range []int64{1366, 360} {
			t.Run(fmt.Sprintf("%s-%d", name, width), func(t *testing.T) {
				look(t, ctx, site.URL+path, width, filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)))
				if axeErr == nil {
					checkAccess(t, ctx, axe)
				}
				refusedByPolicy(t, ctx)
			})
		}
	}
	t.Run("长者模式", func(t *testing.T) {
		for _, width := range []int64{1366, 360} {
			look(t, ctx, site.URL+"/elder?on=1&back=/portal", width, filepath.Join(dir, fmt.Sprintf("elder-%d.png", width)))
			if size := eval[string](t, ctx, `getComputedStyle(document.documentElement).fontSize`); size != "21px" {
				t.Errorf("the root's letters are %s high", size)
			}
			if axeErr == nil {
				checkAccess(t, ctx, axe)
			}
		}
		open(t, ctx, site.URL+"/elder?on=0&back=/portal")
		if eval[bool](t, ctx, `document.documentElement.hasAttribute("data-mode")`) {
			t.Error("the mode does not end")
		}
	})
	t.Run("打印", func(t *testing.T) {
		open(t, ctx, site.URL+"/list")
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "list.pdf"), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		shown := eval[[]string](t, ctx, `[...document.querySelectorAll(".topbar, .side, .filters, .pager, .btn")].filter(e => e.offsetParent).map(e => e.className)`)
		if len(shown) > 0 {
			t.Errorf("printed too: %v", shown)
		}
		if !eval[bool](t, ctx, `!!document.querySelector(".demo-bar").offsetParent`) {
			t.Error("the paper does not say that it is of a demo")
		}
	})
}

// look opens a page, takes its picture and fails when it is wider than the screen.
func look(t *testing.T, ctx context.Context, url string, width int64, file string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 768), chromedp.Navigate(url), chromedp.WaitReady(chromedp.CSS("main")), chromedp.Sleep(150*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	overflow, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil {
		t.Fatal(err)
	}
	if overflow > 0 {
		t.Errorf("the page is %d px wider than the screen", overflow)
	}
	shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, shot, 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkAccess runs axe-core; anything serious or critical fails.
func checkAccess(t *testing.T, ctx context.Context, axe []byte) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](string(axe)+"; 0")); err != nil {
		t.Fatal(err)
	}
	result, err := chromedp.Run(ctx, chromedp.Evaluate[string](`axe.run({resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html.slice(0, 160) + " :: " + n.failureSummary)}))))`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var violations []struct {
		ID, Impact string
		Nodes      []string
	}
	if err := json.Unmarshal([]byte(result), &violations); err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		text := fmt.Sprintf("%s %s: %s", v.Impact, v.ID, strings.Join(v.Nodes, "\n   "))
		if v.Impact == "serious" || v.Impact == "critical" {
			t.Error(text)
		} else {
			t.Log(text)
		}
	}
}
