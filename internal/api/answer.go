package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path"
	"strings"

	"fadu/internal/fault"
)

type failureKey struct{}

// keep hands an operation's error to serve past huma, which would word it in its own way.
func keep(ctx context.Context, out *answer, err error) (*answer, error) {
	f, ok := ctx.Value(failureKey{}).(*error)
	if err == nil || !ok {
		return out, err
	}
	*f = err
	return nil, nil
}

// serve answers one call. An error is returned, for access to hear and web to word; only a success is
// sent from here.
func (a *API) serve(op Operation, w http.ResponseWriter, r *http.Request) error {
	var failure error
	held := &response{header: http.Header{}, status: http.StatusOK}
	a.mux.ServeHTTP(held, r.WithContext(context.WithValue(r.Context(), failureKey{}, &failure)))
	if failure == nil {
		failure = held.failure(op)
	}
	if failure != nil {
		return a.atAPI(op, failure)
	}
	maps.Copy(w.Header(), held.header)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(held.status)
	_, _ = w.Write(held.body.Bytes()) // the caller may be gone
	return nil
}

// response holds what huma writes until it is known to be a success.
type response struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is http.ResponseWriter's.
func (r *response) Header() http.Header { return r.header }

// WriteHeader is http.ResponseWriter's.
func (r *response) WriteHeader(status int) { r.status = status }

// Write is http.ResponseWriter's.
func (r *response) Write(b []byte) (int, error) { return r.body.Write(b) }

// failure words what huma refused before the operation ran.
func (r *response) failure(op Operation) error {
	var fs fault.Fields
	switch {
	case r.status < http.StatusBadRequest:
		return nil
	case r.status == http.StatusRequestEntityTooLarge, strings.Contains(r.body.String(), "request body too large"):
		fs.Add("body", "请求体超过 %d KB，请分次提交", op.maxBody()>>10)
	case r.status == http.StatusBadRequest:
		fs.Add("body", "请求体是空的，应是 JSON")
	case r.status == http.StatusUnprocessableEntity && strings.Contains(r.body.String(), "content type"):
		fs.Add("Content-Type", "请求体应是 application/json")
	case r.status == http.StatusRequestTimeout:
		return fault.New(fault.Busy, "请求体太久没有发完，请重试")
	default:
		return fmt.Errorf("api: %s: huma answered %d: %s", op.ID, r.status, r.body.String())
	}
	return fs.Err()
}

// atAPI turns the page to which a fault points into the record's address here: the same path, or, where
// records are called otherwise here than on pages, what the operation calls them.
func (a *API) atAPI(op Operation, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || !strings.HasPrefix(f.Location, "/w/") {
		return err
	}
	here := *f
	here.Location = Base + strings.TrimPrefix(f.Location, "/w")
	u, err := url.Parse(here.Location)
	if err != nil {
		return &here
	}
	if _, pattern := a.mux.Handler(&http.Request{Method: http.MethodGet, URL: u}); pattern == "" {
		records, _, _ := strings.Cut(op.Path, "/{")
		here.Location = Base + records + "/" + path.Base(u.Path)
	}
	return &here
}
