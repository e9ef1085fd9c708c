package access

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// weakText holds the words that passwords are made of when they are guessed first: a line each, in small
// letters, without digits and signs, which people only add.
//
//go:embed data/weak_words.txt
var weakText string

// leftOver is how many characters of a password must remain when everything that is guessed first is taken
// out of it.
const leftOver = 4

// weakWords are the words, longest first, so that a long one is taken out before a part of it.
var weakWords = sync.OnceValue(func() []string {
	words := strings.Fields(weakText)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
})

// keyboard are the runs under the fingers, and those of the alphabet and the digits; backwards they count
// too.
var keyboard = func() []string {
	rows := []string{"qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "0123456789", "!@#$%^&*()", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!qaz@wsx#edc$rfv%tgb^yhn&ujm", "qazwsxedcrfvtgbyhnujmikolp", "147258369", "159357", "112233445566778899", "1q2w3e4r5t6y7u8i9o0p"}
	for _, r := range slices.Clone(rows) {
		rs := []rune(r)
		slices.Reverse(rs)
		rows = append(rows, string(rs))
	}
	return rows
}()

// leet is how signs and digits stand for letters.
var leet = strings.NewReplacer("@", "a", "4", "a", "$", "s", "5", "s", "0", "o", "1", "i", "!", "i", "3", "e", "7", "t", "8", "b")

// weak reports a password of which nothing is left but a few characters once the words, runs of the keyboard,
// years, dates and repetitions are taken out: Admin@2026, P@ssw0rd123, Chengguan123!.
func weak(low string) bool {
	return min(unguessed(low), unguessed(leet.Replace(low))) < leftOver
}

// unguessed counts what remains: different letters, digits and other characters.
func unguessed(s string) int {
	for _, w := range weakWords() {
		s = strings.ReplaceAll(s, w, " ")
	}
	s = withoutRuns(s)
	s = dates.ReplaceAllString(s, " ")
	seen := map[rune]bool{}
	for _, r := range s {
		if r > ' ' && !strings.ContainsRune(filling, r) {
			seen[r] = true
		}
	}
	return len(seen)
}

// filling are the signs that people put between and after words to satisfy a rule.
const filling = "@#!.-_*&+$%?~,:;/\\ "

var dates = regexp.MustCompile(`(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?|[01]\d[0-3]\d|\d{1,3}`)

// withoutRuns takes out runs of three and more neighbours on the keyboard, in the alphabet or in counting.
func withoutRuns(s string) string {
	rs := []rune(s)
	for i := 0; i < len(rs); {
		n := 0
		for j := i + 3; j <= len(rs) && slices.ContainsFunc(keyboard, func(k string) bool { return strings.Contains(k, string(rs[i:j])) }); j++ {
			n = j - i
		}
		for j := i; j < i+n; j++ {
			rs[j] = ' '
		}
		i += max(n, 1)
	}
	return string(rs)
}
