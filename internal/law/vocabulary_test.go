package law

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"
)

// declared reads the names of the facts that the vocabulary files declare.
func declared(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, file := range []string{"vocabulary.go", "vocabulary_file.go", "vocabulary_ordinary.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			if fn, ok := call.Fun.(*ast.Ident); !ok || !regexp.MustCompile(`^(Bool|Number|Amount|Text|List|Day)$`).MatchString(fn.Name) {
				return true
			}
			name, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
			return true
		})
	}
	return names
}

func TestEveryDeclaredFactIsInTheVocabulary(t *testing.T) {
	names := declared(t)
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			t.Errorf("fact %s is declared twice", name)
		}
		seen[name] = true
		if Words()[name] == nil {
			t.Errorf("fact %s is declared and left out of the vocabulary", name)
		}
	}
	if len(names) < 100 || len(Words()) != len(seen) {
		t.Errorf("%d facts declared, %d in the vocabulary", len(seen), len(Words()))
	}
}

func TestFactLabels(t *testing.T) {
	labels := map[string]string{}
	for name, k := range Words() {
		if k.Label() == "" {
			t.Errorf("fact %s has no label", name)
		}
		if other, dup := labels[k.Label()]; dup {
			t.Errorf("facts %s and %s have one label %s", name, other, k.Label())
		}
		labels[k.Label()] = name
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(name) {
			t.Errorf("fact name %q", name)
		}
	}
}

func TestTheVocabularyCannotBeChangedByItsReaders(t *testing.T) {
	delete(Words(), "officers")
	if Words()["officers"] == nil {
		t.Error("a reader removed a fact from the vocabulary")
	}
}

func TestClaimedAndStated(t *testing.T) {
	var f Facts
	f.SetBool(Urgent, false, "test")
	r := Read(f, MustDate("2026-03-02"))
	if r.Claimed(Urgent) != False || r.Claimed(Approved) != False || !r.Stated(Approved, Urgent) || r.Stated(Approved) {
		t.Error("an unstated exception is not plainly absent")
	}
	if len(r.missing) != 0 {
		t.Errorf("asking whether something is stated counts it as missed: %v", r.missing)
	}
}

func TestNoteIsNoWarning(t *testing.T) {
	j, err := NewJudge([]Rule{{
		ID: "XZCF-1", Name: "说明", Actions: []Action{"某行为"}, Cite: Citations{Cite("XZCF", 1)}, From: MustDate("2021-07-15"),
		Check: func(*Reading) Outcome { return NoteThat("顺带说明 %d", 1) },
	}})
	if err != nil {
		t.Fatal(err)
	}
	got := j.Judge("某行为", MustDate("2026-03-02"), Facts{})
	if got.Answer != Allow || len(got.Findings) != 1 || got.Findings[0].Level != Note || got.Findings[0].Message != "顺带说明 1" {
		t.Errorf("%+v", got)
	}
	if !j.InForce("某行为", MustDate("2021-07-15")) || j.InForce("某行为", MustDate("2021-07-14")) || j.InForce("别的", MustDate("2026-03-02")) {
		t.Error("a rule is in force on the wrong day")
	}
}
