package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render answers with a page or a fragment. Nothing is sent before the whole component is rendered, so
// a fault while rendering still becomes a clean error page. Pages of a signed-in viewer are not stored
// by browsers.
func Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	ctx := r.Context()
	if m, err := r.Cookie(elderCookie); err == nil && m.Value == "1" {
		ctx = context.WithValue(ctx, elderKey, true)
	}
	ctx = context.WithValue(ctx, pathKey, r.URL.RequestURI())
	ctx = context.WithValue(ctx, rowsKey, RowsOf(r))
	if !IsHX(r) {
		if f, ok := takeFlash(w, r); ok {
			ctx = context.WithValue(ctx, flashKey, f)
		}
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer func() { buf.Reset(); buffers.Put(buf) }()
	if err := c.Render(ctx, buf); err != nil {
		return fmt.Errorf("render %s: %w", r.URL.Path, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	h.Add("Vary", "Cookie, HX-Request")
	if ViewerFrom(ctx).SignedIn() {
		h.Set("Cache-Control", "no-store")
	} else if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// A reader that went away is not our failure, and there is nobody left to tell.
		_, _ = w.Write(buf.Bytes())
	}
	return nil
}

// IsHX reports whether htmx asks for a part of a page; answer with the fragment alone.
func IsHX(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Request-Type") != "full"
}

// SeeOther sends the browser on after a successful POST.
func SeeOther(w http.ResponseWriter, r *http.Request, url string) {
	if r.Header.Get("HX-Request") == "true" {
		w.Header().Set("HX-Redirect", url)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(w, r, url, http.StatusSeeOther)
}

// LocalPath returns p when it is a path of this site, else the fallback: where to go after signing in
// comes from the address bar and must not lead elsewhere.
func LocalPath(p, fallback string) string {
	if !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\r\n\t") {
		return fallback
	}
	return p
}

const elderCookie = "fadu_elder"

// Elder switches the large-type mode of the public portal on (?on=1) and off and returns to ?back.
func Elder() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &http.Cookie{Name: elderCookie, Value: "1", Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: IsHTTPS(r)}
		if r.URL.Query().Get("on") != "1" {
			c.Value, c.MaxAge = "", -1
		}
		http.SetCookie(w, c)
		http.Redirect(w, r, LocalPath(r.URL.Query().Get("back"), "/"), http.StatusSeeOther)
	})
}

const rowsCookie = "fadu_rows"

// PageSizes are how many rows a page of a list may have; the reader chooses one.
var PageSizes = []int{20, 50, 100}

// defaultRows is the size for who chose nothing: store.DefaultPage, which this package cannot see.
const defaultRows = 50

// ChooseRows keeps how many rows the reader wants on a page of any list (?n=20) and returns to ?back.
func ChooseRows() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n, err := strconv.Atoi(r.URL.Query().Get("n")); err == nil && slices.Contains(PageSizes, n) {
			http.SetCookie(w, &http.Cookie{Name: rowsCookie, Value: strconv.Itoa(n), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: IsHTTPS(r)})
		}
		http.Redirect(w, r, LocalPath(r.URL.Query().Get("back"), "/"), http.StatusSeeOther)
	})
}

// RowsOf is how many rows the reader wants on a page, 0 when nothing was chosen.
func RowsOf(r *http.Request) int {
	if m, err := r.Cookie(rowsCookie); err == nil {
		if n, err := strconv.Atoi(m.Value); err == nil && slices.Contains(PageSizes, n) {
			return n
		}
	}
	return 0
}

// rowsHref leads to this list, from its beginning, with n rows a page.
func rowsHref(ctx context.Context, n int) string {
	path, query, _ := strings.Cut(pathFrom(ctx), "?")
	if q, err := url.ParseQuery(query); err == nil {
		for _, place := range []string{"after", "before"} {
			q.Del(place)
		}
		if query = q.Encode(); query != "" {
			path += "?" + query
		}
	}
	return "/rows?n=" + strconv.Itoa(n) + "&back=" + url.QueryEscape(path)
}

// rowsFrom is how many rows the pages of this reader's lists have.
func rowsFrom(ctx context.Context) int {
	if n, _ := ctx.Value(rowsKey).(int); n > 0 {
		return n
	}
	return defaultRows
}

func elderFrom(ctx context.Context) bool { on, _ := ctx.Value(elderKey).(bool); return on }

func pathFrom(ctx context.Context) string { p, _ := ctx.Value(pathKey).(string); return p }
