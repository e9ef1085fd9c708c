package app_test

import (
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTimeEntersAsAValue: one clock, in cmd; everything else is told the time.
func TestTimeEntersAsAValue(t *testing.T) {
	for _, s := range allSources(t) {
		if !s.product() || strings.HasPrefix(s.dir, "cmd/") {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since" || sel.Sel.Name == "Until" || sel.Sel.Name == "Local") && !monotonic[s.path] {
				t.Errorf("%s: time.%s; take the time from Tx.Now, a law.Date or the clock in Options", fset.Position(sel.Pos()), sel.Sel.Name)
			}
			return true
		})
	}
}

// monotonic are the files that measure how long something took, which no business rule sees.
var monotonic = map[string]bool{
	"internal/store/id.go": true, // identifiers are ordered by the machine's time, whatever Tx.Now is
}

// TestNoInit: what happens at start stands in app.go and main.go.
func TestNoInit(t *testing.T) {
	for _, s := range allSources(t) {
		for _, d := range s.ast.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: func init; wire it in app.go", fset.Position(f.Pos()))
			}
		}
	}
}

// TestNoCityInCode: a city is data. No identifier, text or comment of the program names one, but for the
// fictional 演示市.
func TestNoCityInCode(t *testing.T) {
	list, err := os.ReadFile("testdata/cities.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := strings.Fields(string(list))
	if len(names) < 300 {
		t.Fatalf("only %d cities", len(names))
	}
	known := map[string]bool{}
	for _, n := range names {
		known[n] = true
	}
	err = filepath.WalkDir(filepath.Join(root, "internal"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, ".templ") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			if name := cityIn(line, known); name != "" {
				t.Errorf("%s:%d names %s: local differences are data", strings.TrimPrefix(file, root+"/"), i+1, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// cityIn returns the place that a line names: a known name before 省, 市, 州, 区 and the like.
func cityIn(line string, known map[string]bool) string {
	runes := []rune(line)
	for i, r := range runes {
		if !strings.ContainsRune("省市州区地自", r) {
			continue
		}
		for n := 2; n <= 5 && n <= i; n++ {
			if name := string(runes[i-n : i]); known[name] && placeSuffix(string(runes[i:min(i+3, len(runes))])) {
				return name + string(r)
			}
		}
	}
	return ""
}

func placeSuffix(s string) bool {
	for _, suffix := range []string{"省", "市", "州", "区", "地区", "自治"} {
		if strings.HasPrefix(s, suffix) {
			return true
		}
	}
	return false
}

// slices of the second floor and of access: who knows one knows all.
var sliceRooms = []string{"access", "draft", "setting", "holiday", "org", "powers", "casework", "report"}
