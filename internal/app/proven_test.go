package app_test

import (
	"testing"

	"fadu/internal/app"
)

// TestEveryRowIsProven: a table whose rows keep an entry is verified against it; one that is not proven
// says so.
func TestEveryRowIsProven(t *testing.T) {
	known := map[string]bool{}
	for _, r := range app.References() {
		known[r.Table] = true
	}
	watched := oneSite(t).App.DB.Watched()
	if len(watched) < 25 {
		t.Errorf("only %d tables are watched", len(watched))
	}
	for _, w := range watched {
		if !known[w.Name] {
			t.Errorf("%s keeps entries and is not among the slice's References", w.Name)
		}
	}
}
