package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

// dist is what tools/assets makes from web/src. Before that it holds only a placeholder: pages then
// come without style and script, and still work.
//
//go:embed all:dist
var dist embed.FS

// assetPrefix is where Assets is mounted.
const assetPrefix = "/assets/"

// manifest maps a source name (app.css) to its hashed file (app-1A2B3C4D.css).
var manifest = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	b, err := fs.ReadFile(dist, "dist/manifest.json")
	if err != nil {
		return m // the placeholder: no assets were built
	}
	if err := json.Unmarshal(b, &m); err != nil {
		panic("web: dist/manifest.json: " + err.Error())
	}
	return m
})

// Asset returns the address of a built asset by its source name, or "" when assets were not built.
func Asset(name string) string {
	if f := manifest()[name]; f != "" {
		return assetPrefix + f
	}
	return ""
}

// Assets serves the built assets under /assets/. Names carry a hash of the content, so a file may be
// kept for ever.
func Assets() http.Handler {
	known := map[string]bool{}
	for _, f := range manifest() {
		known[f] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), assetPrefix)
		if !known[name] {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		http.ServeFileFS(w, r, dist, "dist/"+name)
	})
}
