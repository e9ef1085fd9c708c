package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxText is how many characters of a text are indexed.
	maxText = 100_000
	// maxQuery is how many characters of a query are looked for.
	maxQuery = 100
)

// runs normalises s and returns its runs of letters and digits, reading at most limit characters.
func runs(s string, limit int) []string {
	s = strings.ToLower(norm.NFKC.String(clip(s, limit)))
	return strings.FieldsFunc(clip(s, limit), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
}

// clip returns at most the first n characters of s.
func clip(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// term is how one or two characters are written in the index: the kind, then four digits of base 36
// for each. Plain ASCII, since the engines' own ideas of letters end with the Unicode of their day, and
// names use rare characters.
func term(kind string, rs ...rune) string {
	b := []byte(kind + "_")
	for _, r := range rs {
		d := strconv.FormatInt(int64(r), 36)
		b = append(b, "0000"[len(d):]...)
		b = append(b, d...)
	}
	return string(b)
}

// pairs returns the terms of the neighbouring characters of a run.
func pairs(kind string, run []rune) []string {
	out := make([]string, 0, len(run))
	for i := range len(run) - 1 {
		out = append(out, term(kind, run[i], run[i+1]))
	}
	return out
}

// indexed returns all terms of a text's runs, each once.
func indexed(kind string, texts []string) []string {
	var out []string
	for _, s := range texts {
		run := []rune(s)
		out = append(out, pairs(kind, run)...)
		out = append(out, term(kind, run[len(run)-1]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
