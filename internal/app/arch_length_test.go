package app_test

import (
	"go/ast"
	"testing"
)

// maxLines is how long a function of the program may be, from its first line to its last.
const maxLines = 60

// longFunctions are those that are longer, by their reason. Nothing is added without one.
var longFunctions = map[string]string{
	"internal/casework/todo_items.go todoCases": "one list of conditions and terms, being rewritten with the kept counts",
}

// TestFunctionsAreShort: a function that does not fit on a screen is read by nobody.
func TestFunctionsAreShort(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range allSources(t) {
		if !s.product() || s.generated() {
			continue
		}
		for _, d := range s.ast.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1
			name := s.path + " " + f.Name.Name
			switch {
			case n <= maxLines:
			case longFunctions[name] != "":
				seen[name] = true
			default:
				t.Errorf("%s: %s has %d lines, at most %d", fset.Position(f.Pos()), f.Name.Name, n, maxLines)
			}
		}
	}
	for name := range longFunctions {
		if !seen[name] {
			t.Errorf("%s is no longer too long: take it off the list", name)
		}
	}
}
