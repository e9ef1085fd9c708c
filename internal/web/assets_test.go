package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"fadu/internal/web"
)

func TestAssets(t *testing.T) {
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		web.Assets().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	for _, path := range []string{"/assets/manifest.json", "/assets/placeholder.txt", "/assets/../assets.go", "/assets/", "/assets/app.css"} {
		if w := get(path); w.Code != 404 {
			t.Errorf("%s: %d, only built files are served", path, w.Code)
		}
	}
	if web.Asset("nothing.css") != "" {
		t.Error("an asset that was not built has an address")
	}
	css := web.Asset("app.css")
	if css == "" {
		t.Skip("assets are not built")
	}
	w := get(css)
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d %v", css, w.Code, w.Header())
	}
	if !strings.Contains(w.Body.String(), ".refusal") {
		t.Error("the style sheet lacks the components")
	}
}
