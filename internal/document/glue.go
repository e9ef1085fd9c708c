package document

import (
	"strings"
	"unicode"
)

// glued says for each position i of the text whether a line must not be broken between i-1 and i.
// Position 0 is always glued.
func glued(text []rune) []bool {
	g := make([]bool, len(text))
	for i := range text {
		g[i] = i == 0 || !breakable(text, i)
	}
	glueNumbers(text, g)
	glueDocumentNumbers(text, g)
	return g
}

// breakable looks at the two neighbours of a possible break and, for doubled marks, at the run's length.
func breakable(text []rune, i int) bool {
	prev, next := text[i-1], text[i]
	switch {
	case prev == wordJoiner || next == wordJoiner:
		return false
	case isSpace(next):
		return false // the break comes after the spaces
	case strings.ContainsRune(notAtStart, next), strings.ContainsRune(notAtEnd, beforeSpaces(text, i)):
		return false
	case isSpace(prev):
		return true
	case isWord(prev) && isWord(next):
		return false
	case prev == next && strings.ContainsRune(doubled, prev):
		return runBefore(text, i)%2 == 0
	}
	return true
}

// beforeSpaces returns the last character before i that is no space or joiner, since those vanish at a line's end.
func beforeSpaces(text []rune, i int) rune {
	for j := i - 1; j >= 0; j-- {
		if !isSpace(text[j]) && text[j] != wordJoiner {
			return text[j]
		}
	}
	return ' '
}

// runBefore returns how many equal characters end just before i.
func runBefore(text []rune, i int) int {
	n := 0
	for j := i - 1; j >= 0 && text[j] == text[i-1]; j-- {
		n++
	}
	return n
}

// glueNumbers keeps a number with what belongs to it: 第 before, the unit after (also over one space),
// the other end of a range, and the bracketed year of a document number: 〔2026〕第186号 stays whole.
func glueNumbers(text []rune, g []bool) {
	for i, r := range text {
		if !isDigit(r) {
			continue
		}
		if i > 0 && text[i-1] == '第' {
			g[i] = true
			if i > 1 && text[i-2] == '〕' {
				g[i-1] = true
			}
		}
		if i > 1 && text[i-1] == '〕' && isDigit(text[i-2]) {
			g[i] = true
		}
		if i > 1 && strings.ContainsRune("—～至－", text[i-1]) && isDigit(text[i-2]) {
			g[i-1], g[i] = true, true
		}
		if i+1 < len(text) && !isDigit(text[i+1]) {
			glueUnit(text, g, i+1)
		}
	}
}

// glueUnit glues the unit that begins at i, or at i+1 after one space, to the number before i.
func glueUnit(text []rune, g []bool, i int) {
	start := i
	if text[i] == ' ' && i+1 < len(text) {
		start = i + 1
	}
	rest := text[start:]
	for _, u := range units {
		unit := []rune(u)
		if len(unit) > len(rest) || string(rest[:len(unit)]) != u {
			continue
		}
		for j := i; j < start+len(unit); j++ {
			g[j] = true
		}
		return
	}
}

// glueDocumentNumbers keeps the letters of a document number with its year: 演城管当罚字〔2026〕第186号. They
// end with 字, 发, 函 or the like, and begin behind a mark or a word that introduces a number.
func glueDocumentNumbers(text []rune, g []bool) {
	for i := 1; i < len(text); i++ {
		if text[i] != '〔' || !strings.ContainsRune("字发函令办通告决", text[i-1]) {
			continue
		}
		g[i] = true
		for j := i - 1; j > 0 && i-j < mostLetters && isHan(text[j-1]) && !strings.ContainsRune(introducing, text[j-1]); j-- {
			g[j] = true
		}
	}
}

// mostLetters is the most characters before the year of a document number; introducing are the last
// characters of words that stand before one.
const (
	mostLetters = 9
	introducing = "是据按照依由见与和及至以对在即为的了书件文"
)

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
