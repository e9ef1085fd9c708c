package search

import (
	"slices"
	"strings"
	"testing"
)

// FuzzTerms: whatever part of a run of a text is asked for, all its terms are in the index of the text, and
// an index term is plain ASCII.
func FuzzTerms(f *testing.F) {
	f.Add("占道经营 解放北路18号", 2, 4)
	f.Add("𠮷田㙍 ＡＢＣ①", 0, 2)
	f.Add("İ̇ß\u0301", 0, 1)
	f.Fuzz(func(t *testing.T, text string, from, n int) {
		all := runs(text, maxText)
		for _, r := range all {
			if r == "" || strings.ContainsAny(r, " \t\n%_'\"") {
				t.Fatalf("%q：%q", text, r)
			}
		}
		if len(all) == 0 {
			return
		}
		terms := indexed("k", all)
		for _, x := range terms {
			if strings.IndexFunc(x, func(r rune) bool { return r >= 128 || r < '0' }) >= 0 {
				t.Fatalf("%q", x)
			}
		}
		run := []rune(all[0])
		from = int(uint(from) % uint(len(run)))
		end := from + 1 + int(uint(n)%uint(len(run)-from))
		for _, q := range runs(string(run[from:end]), maxQuery) {
			for _, want := range pairs("k", []rune(q)) {
				if !slices.Contains(terms, want) {
					t.Fatalf("%q 里有 %q，索引里没有 %s", text, q, want)
				}
			}
		}
	})
}
