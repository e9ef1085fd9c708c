package web

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"fadu/internal/fault"
)

// Options of the outer middleware.
type Options struct {
	// HTTPS says that people reach the site by https, also behind a proxy: cookies become Secure and
	// browsers are told to stay with https.
	HTTPS bool
	// MaxBody bounds any request body in bytes; 0 means 64 MiB. ParseForm bounds more tightly.
	MaxBody int64
	// Patience is how long a sender may take for the next part of a body, and a reader for the next part of
	// an answer; 0 means 30 s.
	Patience time.Duration
	// Log receives one line a request; nil means slog.Default().
	Log *slog.Logger
	// Now measures how long requests take; nil leaves durations out.
	Now func() time.Time
}

// contentSecurityPolicy allows what we serve ourselves and nothing inline.
const contentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"worker-src 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"

type httpsKey struct{}

// Protect wraps the whole site: request id, access log without personal data, recovery, security
// headers, refusal of cross-site posts, a bound on bodies, compression.
func Protect(h http.Handler, o Options) http.Handler {
	if o.MaxBody <= 0 {
		o.MaxBody = 64 << 20
	}
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Fail(w, r, fault.New(fault.Forbidden, "这次提交来自别的网站，没有执行。请从本系统的页面上操作"))
	}))
	inner := compress(http.MaxBytesHandler(patient(cross.Handler(readable(h)), o.Patience), o.MaxBody))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := requestID()
		ctx := context.WithValue(r.Context(), requestIDKey, id)
		ctx = context.WithValue(ctx, httpsKey{}, o.HTTPS)
		r = r.WithContext(ctx)
		secureHeaders(w.Header(), o.HTTPS)
		w.Header().Set("X-Request-Id", id)
		rec := &recorder{ResponseWriter: w}
		var began time.Time
		if o.Now != nil {
			began = o.Now()
		}
		defer logRequest(o, r, rec, id, began)
		defer recoverFrom(rec, r, o.Log, id)
		if path := r.URL.Path; !utf8.ValidString(path) || strings.ContainsRune(path, 0) {
			Fail(rec, r, NoPage)
			return
		}
		inner.ServeHTTP(rec, r)
	})
}

// NoPage is the answer to an address that leads nowhere.
var NoPage = fault.New(fault.NotFound, "没有这个网址。请从首页进入，或者核对网址有没有抄错")

// RequestID returns the id of the request, which error pages show and the log has.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// requestID makes 40 random bits as 7KD4-92QM, short enough to read over the telephone.
func requestID() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	s := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").EncodeToString(b[:])
	return s[:4] + "-" + s[4:]
}

func secureHeaders(h http.Header, https bool) {
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()")
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// IsHTTPS reports whether the browser speaks TLS to us or to the proxy before us.
func IsHTTPS(r *http.Request) bool {
	on, _ := r.Context().Value(httpsKey{}).(bool)
	return on || r.TLS != nil
}

// logRequest leaves out the query and all headers: names are searched for there.
func logRequest(o Options, r *http.Request, rec *recorder, id string, began time.Time) {
	attrs := []slog.Attr{
		slog.String("ref", id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
		slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes),
	}
	if o.Now != nil {
		attrs = append(attrs, slog.Duration("took", o.Now().Sub(began)))
	}
	level := slog.LevelInfo
	if rec.status >= 500 {
		level = slog.LevelWarn
	}
	o.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

// recoverFrom turns a panic into an error page when nothing was sent yet.
func recoverFrom(rec *recorder, r *http.Request, log *slog.Logger, id string) {
	v := recover()
	if v == nil {
		return
	}
	if v == http.ErrAbortHandler {
		panic(v)
	}
	log.ErrorContext(r.Context(), "panic", "ref", id, "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
	if rec.status == 0 {
		Fail(rec, r, errPanic)
	}
}

var errPanic = panicError{}

// panicError stands for a panic whose text is already in the log.
type panicError struct{}

func (panicError) Error() string { return "panic, see the log" }

// recorder notes what was sent.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts bytes.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
