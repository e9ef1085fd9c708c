package web_test

import (
	"bytes"
	"context"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"fadu/internal/fault"
	"fadu/internal/web"
	"fadu/internal/web/gallery"
)

var update = flag.Bool("update", false, "write goldens")

// varying are the parts of a page that differ from one rendering or build to the next.
var varying = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile(`(name="_op" value=")[^"]*`), "${1}TOKEN"},
	{regexp.MustCompile(`<link rel="stylesheet"[^>]*>`), ""},
	{regexp.MustCompile(`<script src=[^>]*></script>`), ""},
	{regexp.MustCompile(`(编号 (<b>)?)[0-9A-Z]{4}-[0-9A-Z]{4}`), "${1}REF"},
}

func normal(html []byte) string {
	s := string(html)
	for _, v := range varying {
		s = v.pattern.ReplaceAllString(s, v.text)
	}
	// One element a line, so that a changed golden can be read.
	return regexp.MustCompile(`><`).ReplaceAllString(s, ">\n<") + "\n"
}

func golden(t *testing.T, name string, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs (-want +got), run with -update when it should:\n%s", file, d)
	}
}

func refusedForm() *web.Form {
	f := web.NewForm(nil)
	f.Take(gallery.Refused())
	return f
}

func signInForm() *web.Form {
	f := web.NewForm(map[string]string{"login": "demo-officer"})
	f.Add("password", "账号或密码不对。再错 3 次将锁定 15 分钟")
	return f
}

var galleryPages = map[string]func() templ.Component{
	"components": gallery.Components,
	"form":       func() templ.Component { return gallery.OnSpot(gallery.BadForm()) },
	"refused":    func() templ.Component { return gallery.OnSpot(refusedForm()) },
	"list":       func() templ.Component { return gallery.List(true) },
	"empty":      func() templ.Component { return gallery.List(false) },
	"home":       gallery.Home,
	"portal":     gallery.Portal,
	"signin":     func() templ.Component { return gallery.SignInPage(signInForm()) },
}

func TestGalleryGoldens(t *testing.T) {
	ctx := web.WithViewer(context.Background(), gallery.Viewer())
	for name, page := range galleryPages {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := page().Render(ctx, &b); err != nil {
				t.Fatal(err)
			}
			golden(t, name, normal(b.Bytes()))
		})
	}
}

// No page may carry what the Content-Security-Policy refuses.
func TestGalleryHasNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`(?i)\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|<script(?:>| [^s])`)
	ctx := web.WithViewer(context.Background(), gallery.Viewer())
	for name, page := range galleryPages {
		var b bytes.Buffer
		if err := page().Render(ctx, &b); err != nil {
			t.Fatal(err)
		}
		if found := inline.FindString(b.String()); found != "" {
			t.Errorf("%s has %q", name, found)
		}
	}
}

// gallerySite serves the gallery behind the real middleware.
func gallerySite() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", web.Assets())
	mux.Handle("GET /elder", web.Elder())
	for name, page := range galleryPages {
		path := "/" + name
		if name == "components" {
			path = "/{$}"
		}
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			ctx := r.Context()
			if name != "portal" && name != "signin" {
				ctx = web.WithViewer(ctx, gallery.Viewer())
			}
			r = r.WithContext(ctx)
			if err := web.Render(w, r, http.StatusOK, page()); err != nil {
				web.Fail(w, r, err)
			}
		})
	}
	mux.HandleFunc("GET /calculator", func(w http.ResponseWriter, r *http.Request) {
		q := web.QueryForm(r)
		if err := web.Render(w, r, http.StatusOK, gallery.Calculator(q.Value("party_kind"), q.Value("fine"))); err != nil {
			web.Fail(w, r, err)
		}
	})
	mux.HandleFunc("POST /post", func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(web.WithViewer(r.Context(), gallery.Viewer()))
		web.Notify(w, r, web.Flash{Text: "第 186 号已登记，第 48,220 条入账。", Href: "/list", Link: "打开"})
		web.SeeOther(w, r, "/")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(web.WithViewer(r.Context(), gallery.Viewer()))
		web.Fail(w, r, fault.Missing("这个页面"))
	})
	return web.Protect(mux, web.Options{})
}

func TestGallerySiteAnswers(t *testing.T) {
	site := gallerySite()
	for path, status := range map[string]int{"/": 200, "/form": 200, "/list": 200, "/home": 200, "/portal": 200, "/signin": 200, "/nowhere": 404} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != status {
			t.Errorf("GET %s: %d, want %d", path, w.Code, status)
		}
	}
}
