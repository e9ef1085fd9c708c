package testkit

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"fadu/internal/testkit/pageimage"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// Golden compares got with testdata/<name> of the package under test; with -update it writes the file.
func Golden(t testing.TB, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with: go test -run %s -update)", err, t.Name())
	}
	if bytes.Equal(want, got) {
		return
	}
	if !utf8.Valid(got) || !utf8.Valid(want) {
		t.Fatalf("%s: %d bytes differ from the golden file's %d", path, len(got), len(want))
	}
	t.Fatalf("%s differs (- golden, + now; if it should, -update):\n%s", path, cmp.Diff(string(want), string(got)))
}

// GoldenPages compares the pages of a PDF, as another program draws them, with the pictures testdata/pages/name-1.png and so
// on: a line that moved, a word or a frame that is missing is seen, another version of the renderer is not.
func GoldenPages(t testing.TB, name string, pdf []byte) {
	t.Helper()
	pages := pageimage.Of(t, pdf)
	for i, page := range pages {
		path := filepath.Join("testdata", "pages", fmt.Sprintf("%s-%d.png", name, i+1))
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, pageimage.Write(t, page), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("%v (write it with: go test -run %s -update)", err, t.Name())
		}
		if d := pageimage.Differ(pageimage.Read(t, want), page); d != "" {
			t.Errorf("%s, page %d: %s (accept it with -update)", name, i+1, d)
		}
	}
	if more := filepath.Join("testdata", "pages", fmt.Sprintf("%s-%d.png", name, len(pages)+1)); !*update {
		if _, err := os.Stat(more); err == nil {
			t.Errorf("%s: %s is a page that is no longer there", name, more)
		}
	}
}
