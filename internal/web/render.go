package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
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
		c := &http.Cookie{Name: elderCookie, Value: "1", Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: isHTTPS(r)}
		if r.URL.Query().Get("on") != "1" {
			c.Value, c.MaxAge = "", -1
		}
		http.SetCookie(w, c)
		http.Redirect(w, r, LocalPath(r.URL.Query().Get("back"), "/"), http.StatusSeeOther)
	})
}

func elderFrom(ctx context.Context) bool { on, _ := ctx.Value(elderKey).(bool); return on }

func pathFrom(ctx context.Context) string { p, _ := ctx.Value(pathKey).(string); return p }
