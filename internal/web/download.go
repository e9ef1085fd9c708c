package web

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// DemoMark is what every page and export of a demo bureau says.
const DemoMark = "演示数据 不作依据"

// UntrustedPolicy is the content policy of what people sent in: whatever it is, it runs nothing and loads
// nothing, even when it is opened by itself.
const UntrustedPolicy = "default-src 'none'; sandbox"

// FramedPolicy lets our own pages show a PDF in a frame; it runs nothing and loads nothing.
const FramedPolicy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"

// Picture answers with a picture that somebody sent in. The browser may keep it for the session; signing out
// clears it.
func Picture(w http.ResponseWriter, r *http.Request, contentType string, at time.Time, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Security-Policy", UntrustedPolicy)
	h.Set("Cache-Control", "private, max-age=3600")
	http.ServeContent(w, r, "", at, bytes.NewReader(body))
}

// Download answers with a file to save. In a demo bureau its name begins with 演示-.
func Download(w http.ResponseWriter, r *http.Request, name, contentType string, body []byte) error {
	downloadHeaders(w, r, name, contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := w.Write(body); err != nil {
		return fmt.Errorf("send %s: %w", name, err)
	}
	return nil
}

// Stream answers with a file that is made while it is sent. When that fails, the connection breaks off, so
// that nobody takes a part for the whole.
func Stream(w http.ResponseWriter, r *http.Request, name, contentType string, send func(io.Writer) error) error {
	downloadHeaders(w, r, name, contentType)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := send(w); err != nil {
		slog.ErrorContext(r.Context(), "web: stream broke off", "name", name, "err", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// Inline answers with a file to look at in the browser, for example a PDF.
func Inline(w http.ResponseWriter, r *http.Request, name, contentType string, body []byte) error {
	w.Header().Set("Content-Disposition", disposition("inline", exportName(r, name)))
	return Download(w, r, name, contentType, body)
}

func downloadHeaders(w http.ResponseWriter, r *http.Request, name, contentType string) {
	h := w.Header()
	if h.Get("Content-Disposition") == "" {
		h.Set("Content-Disposition", disposition("attachment", exportName(r, name)))
		h.Set("Content-Security-Policy", UntrustedPolicy)
	}
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "private, no-store")
}

func exportName(r *http.Request, name string) string {
	if ViewerFrom(r.Context()).Demo && !strings.HasPrefix(name, "演示") {
		return "演示-" + name
	}
	return name
}

// disposition names the file for all browsers: an ASCII fallback and the real name (RFC 6266, 5987).
func disposition(how, name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || reorders(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf("%s; filename=%q; filename*=UTF-8''%s", how, plain, strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
}
