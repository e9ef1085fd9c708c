package app_test

import (
	"go/ast"
	"testing"
)

// maxLines is how long a function of the program may be, from its first line to its last.
const maxLines = 60

// TestFunctionsAreShort: a function that does not fit on a screen is read by nobody.
func TestFunctionsAreShort(t *testing.T) {
	for _, s := range allSources(t) {
		if !s.product() || s.generated() {
			continue
		}
		for _, d := range s.ast.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1; n > maxLines {
				t.Errorf("%s: %s has %d lines, at most %d", fset.Position(f.Pos()), f.Name.Name, n, maxLines)
			}
		}
	}
}

// maxFileLines is how long a file of the program may be: it holds one idea.
const maxFileLines = 400

// TestFilesAreShort: a longer one holds two.
func TestFilesAreShort(t *testing.T) {
	for _, s := range allSources(t) {
		if n := fset.Position(s.ast.End()).Line; s.product() && !s.generated() && n > maxFileLines {
			t.Errorf("%s has %d lines", s.path, n)
		}
	}
}
