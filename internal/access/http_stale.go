package access

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// outOfDate reports a write that came too late: on a version that is no more, or, from a form that carries
// one, into any conflict.
func outOfDate(err error, r *http.Request) bool {
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != fault.Conflict {
		return false
	}
	return e.Stale || r.PostForm.Has("version") || r.PostForm.Has("_version")
}

// outdated answers a form whose record somebody else has changed meanwhile: with 409 and the form's page as
// it is now, on which the form holds what was typed and names what is stored instead. It reports whether
// it answered.
func (s *Service) outdated(w http.ResponseWriter, r *http.Request, mux *http.ServeMux, rt Route, who Session, answer error) bool {
	if rt.api() || rt.secret || web.IsHX(r) || !unsafe(r.Method) {
		return false
	}
	var e *fault.Error
	errors.As(answer, &e)
	page := formPage(r, mux, e.Form)
	if page == nil {
		return false
	}
	kept := web.Kept{Action: r.URL.Path, Stale: &web.Stale{Message: e.Message, Page: page.RequestURI()}}
	id, k, err := s.keepTyped(w, r, rt, who.account.ID)
	kept.Values, kept.Files = k.Values, k.Files
	if err == nil {
		kept.Href = keptPath + formatID(id)
	} else {
		s.log.WarnContext(r.Context(), "access: a stale form was not kept", "err", err)
	}
	if e.Location != "" {
		web.Fail(w, r.WithContext(web.WithTyped(r.Context(), kept.Href)), answer)
		return true
	}
	if kept.Stale.Last, err = s.lastChange(r); err != nil {
		s.log.WarnContext(r.Context(), "access: the last change was not found", "err", err)
	}
	again := r.Clone(web.WithKept(r.Context(), kept))
	again.Method, again.URL, again.RequestURI, again.Body = http.MethodGet, page, page.RequestURI(), http.NoBody
	again.ContentLength, again.Form, again.PostForm, again.MultipartForm = 0, nil, nil, nil
	again.Header.Del("Content-Type")
	out := &heldAnswer{header: w.Header().Clone()}
	mux.ServeHTTP(out, again)
	if out.status != 0 && out.status != http.StatusOK { // the form is gone: the plain answer says what is known
		web.Fail(w, r.WithContext(web.WithTyped(r.Context(), kept.Href)), answer)
		return true
	}
	for name, values := range out.header {
		w.Header()[name] = values
	}
	w.WriteHeader(web.Status(answer))
	_, _ = w.Write(out.body.Bytes()) // the reader may be gone
	return true
}

// formPage is the page that has the form: the one that is named, the one that it was sent from, or else the
// nearest above the form's own address.
func formPage(r *http.Request, mux *http.ServeMux, named string) *url.URL {
	u, err := url.Parse(named)
	if named == "" || err != nil {
		u = pageOf(r, mux)
	}
	for p := r.URL.Path; u == nil && strings.Count(p, "/") > 1; p = path.Dir(p) {
		at := &url.URL{Path: p}
		if _, pattern := mux.Handler(&http.Request{Method: http.MethodGet, URL: at, Host: r.Host}); strings.HasPrefix(pattern, "GET ") {
			u = at
		}
	}
	if u == nil {
		return nil
	}
	q := u.Query()
	q.Del(keptParam)
	return &url.URL{Path: u.Path, RawQuery: q.Encode()}
}

// lastChange says when, by whom and how one of the records that the form names was last changed. The
// newest entry is it: the form has just been refused for being older.
func (s *Service) lastChange(r *http.Request) (string, error) {
	var subjects []string
	add := func(id string) {
		if id != "" && len(id) < 100 {
			for _, kind := range s.o.Subjects {
				subjects = append(subjects, kind+"/"+id)
			}
		}
	}
	for _, part := range strings.Split(r.URL.Path, "/") {
		if part != "" && part != "w" {
			add(part)
		}
	}
	for _, name := range []string{"item", "code"} {
		add(r.PostForm.Get(name))
	}
	if len(subjects) == 0 {
		return "", nil
	}
	var last string
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		e, ok, err := ledger.Newest(tx, subjects)
		if err == nil && ok {
			last = e.Time().Format("2006-01-02 15:04:05") + " " + e.Actor + "，" + orKind(s.o.Kinds[e.Kind], e.Kind)
		}
		return err
	})
	return last, err
}

func orKind(label, kind string) string {
	if label == "" {
		return kind
	}
	return label
}

// heldAnswer keeps a page until it is known whether it is sent.
type heldAnswer struct {
	header http.Header
	body   bytes.Buffer
	status int
}

// Header returns the headers of the page.
func (a *heldAnswer) Header() http.Header { return a.header }

// Write keeps a part of the page.
func (a *heldAnswer) Write(b []byte) (int, error) { return a.body.Write(b) }

// WriteHeader keeps the status.
func (a *heldAnswer) WriteHeader(status int) { a.status = status }
