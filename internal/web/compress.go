package web

import (
	"compress/gzip"
	"net/http"
	"slices"
	"strings"
	"sync"
)

var zippers = sync.Pool{New: func() any { w, _ := gzip.NewWriterLevel(nil, 5); return w }}

// compress gzips texts for readers that take it. Pages carry no secret that repeats from one answer to
// the next (form tokens differ each time), so their length betrays nothing (BREACH).
func compress(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" || r.Method == http.MethodHead || !acceptsGzip(r) {
			h.ServeHTTP(w, r)
			return
		}
		z := &zipped{ResponseWriter: w}
		h.ServeHTTP(z, r)
		z.close()
	})
}

func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}

// zipped decides by the answer's headers whether to compress.
type zipped struct {
	http.ResponseWriter
	gz      *gzip.Writer
	decided bool
}

var zippable = []string{"text/html", "text/css", "text/javascript", "text/csv", "text/plain", "application/javascript", "application/json", "application/problem+json", "image/svg+xml"}

// WriteHeader decides.
func (z *zipped) WriteHeader(status int) {
	if z.decided || status < 200 {
		z.ResponseWriter.WriteHeader(status)
		return
	}
	z.decided = true
	h := z.Header()
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	bodyless := status == http.StatusNoContent || status == http.StatusNotModified
	if !bodyless && h.Get("Content-Encoding") == "" && slices.Contains(zippable, kind) {
		h.Set("Content-Encoding", "gzip")
		h.Add("Vary", "Accept-Encoding")
		h.Del("Content-Length")
		h.Del("Accept-Ranges")
		z.gz = zippers.Get().(*gzip.Writer)
		z.gz.Reset(z.ResponseWriter)
	}
	z.ResponseWriter.WriteHeader(status)
}

// Write sends or compresses.
func (z *zipped) Write(b []byte) (int, error) {
	if !z.decided {
		if z.Header().Get("Content-Type") == "" {
			z.Header().Set("Content-Type", http.DetectContentType(b))
		}
		z.WriteHeader(http.StatusOK)
	}
	if z.gz != nil {
		return z.gz.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

// FlushError sends what was written so far, for events that arrive bit by bit.
func (z *zipped) FlushError() error {
	if z.gz != nil {
		if err := z.gz.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(z.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipped) close() {
	if z.gz == nil {
		return
	}
	_ = z.gz.Close() // the reader may be gone
	zippers.Put(z.gz)
	z.gz = nil
}
