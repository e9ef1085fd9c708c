package app_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// decoders are the calls by which a file takes bytes from outside apart.
var decoders = map[string][]string{
	"json": {"Unmarshal", "NewDecoder"}, "xml": {"NewDecoder"}, "csv": {"NewReader"}, "zip": {"NewReader"}, "tar": {"NewReader"}, "gzip": {"NewReader"},
	"yaml": {"Unmarshal", "NewDecoder"}, "image": {"Decode"}, "hex": {"DecodeString", "Decode"}, "StdEncoding": {"DecodeString"}, "RawURLEncoding": {"DecodeString"}, "RawStdEncoding": {"DecodeString"},
}

var (
	parserName = regexp.MustCompile(`^(Parse|Decode)[A-Z]`)
	parserLine = regexp.MustCompile("(?m)^\\| `([^`]+\\.go)` \\| (.+) \\|$")
	targetName = regexp.MustCompile("`(Fuzz[A-Za-z]+)`")
)

// parses reports whether a file takes something apart that comes from outside.
func parses(s source) bool {
	found := false
	ast.Inspect(s.ast, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncDecl:
			found = found || parserName.MatchString(x.Name.Name)
		case *ast.SelectorExpr:
			on := ""
			switch base := x.X.(type) {
			case *ast.Ident:
				on = base.Name
			case *ast.SelectorExpr:
				on = base.Sel.Name
			}
			found = found || slices.Contains(decoders[on], x.Sel.Name)
		}
		return !found
	})
	return found
}

// adds reports whether a target brings seeds of its own.
func adds(f *ast.FuncDecl) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		x, ok := n.(*ast.SelectorExpr)
		found = found || ok && x.Sel.Name == "Add"
		return !found
	})
	return found
}

// TestParsersAreFuzzed holds the list of docs/testing.md: every file that decodes names its fuzz targets, or
// says why it needs none, and every target has kept seeds.
func TestParsersAreFuzzed(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join(root, "docs/testing.md"))
	if err != nil {
		t.Fatal(err)
	}
	listed, named := map[string]string{}, map[string]bool{}
	for _, m := range parserLine.FindAllStringSubmatch(string(doc), -1) {
		listed[m[1]] = m[2]
		for _, n := range targetName.FindAllStringSubmatch(m[2], -1) {
			named[n[1]] = true
		}
		if !strings.Contains(m[2], "`Fuzz") && !strings.HasPrefix(m[2], "none: ") {
			t.Errorf("%s: neither a target nor a reason", m[1])
		}
	}
	targets := map[string]bool{}
	for _, s := range allSources(t) {
		if s.test() {
			for _, d := range s.ast.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Fuzz") {
					targets[f.Name.Name] = true
					if kept, _ := filepath.Glob(filepath.Join(root, s.dir, "testdata/fuzz", f.Name.Name, "*")); len(kept) == 0 && !adds(f) {
						t.Errorf("%s: %s has no seeds, neither its own nor in testdata/fuzz", s.path, f.Name.Name)
					}
				}
			}
			continue
		}
		if !s.product() || s.generated() || !parses(s) {
			continue
		}
		if listed[s.path] == "" {
			t.Errorf("%s decodes and is not in docs/testing.md under Parsers: name its fuzz target, or write none: and why", s.path)
		}
		delete(listed, s.path)
	}
	for file := range listed {
		if _, err := os.Stat(filepath.Join(root, file)); err != nil {
			t.Errorf("docs/testing.md lists %s, which is not there", file)
		}
	}
	for n := range named {
		if !targets[n] {
			t.Errorf("docs/testing.md names %s, which is no fuzz target", n)
		}
	}
	for n := range targets {
		if !named[n] {
			t.Errorf("%s is not in docs/testing.md under Parsers", n)
		}
	}
}
