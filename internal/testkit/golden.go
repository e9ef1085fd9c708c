package testkit

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

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
