package web

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"fadu/internal/fault"
)

// unreadable reports text that no record can hold: NUL, which databases take for an end, and bytes that are
// not UTF-8.
func unreadable(s string) bool { return strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) }

// readable refuses a query with text that no record can hold, before anything is looked up by it.
func readable(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A query that cannot be decoded is dropped by whoever reads it.
		if query, err := url.QueryUnescape(r.URL.RawQuery); err == nil && unreadable(query) {
			Fail(w, r, fault.New(fault.Invalid, "网址里有认不出的字符，请从页面上的链接进去"))
			return
		}
		h.ServeHTTP(w, r)
	})
}

// patient ends a request whose body, or an answer whose reader, makes no progress: each part that comes or
// goes has its own time, so that a large photo over a bad line is taken and a connection that only holds a
// place is not. The server's own limits bound the whole.
func patient(h http.Handler, wait time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = &patientBody{r.Body, c, wait}
		}
		h.ServeHTTP(&patientWriter{w, c, wait}, r)
	})
}

// past is a deadline that is over. It is set when a timer says so: the program's clock stands in tests.
var past = time.Unix(1, 0)

type patientBody struct {
	io.ReadCloser
	c    *http.ResponseController
	wait time.Duration
}

// Read waits so long for the next part and no longer.
func (b *patientBody) Read(p []byte) (int, error) {
	t := time.AfterFunc(b.wait, func() { _ = b.c.SetReadDeadline(past) }) // a connection without deadlines waits on
	defer t.Stop()
	return b.ReadCloser.Read(p)
}

type patientWriter struct {
	http.ResponseWriter
	c    *http.ResponseController
	wait time.Duration
}

// Write gives the reader so long to take the part.
func (w *patientWriter) Write(p []byte) (int, error) {
	t := time.AfterFunc(w.wait, func() { _ = w.c.SetWriteDeadline(past) })
	defer t.Stop()
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *patientWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
