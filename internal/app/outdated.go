package app

import (
	"net/http"
	"strings"

	"fadu/internal/web"
)

// upToDate refuses everything but the files of pages and the questions of watchers once a newer program has changed the
// database: what this one would show may be wrong, what it would write may be incomplete.
func (a *App) upToDate(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := a.DB.Outdated()
		if err == nil || strings.HasPrefix(r.URL.Path, "/assets/") || r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			h.ServeHTTP(w, r)
			return
		}
		web.Fail(w, r, err)
	})
}
