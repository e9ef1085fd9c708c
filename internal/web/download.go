package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// DemoMark is what every page and export of a demo bureau says.
const DemoMark = "演示数据 不作依据"

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
