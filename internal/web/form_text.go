package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fadu/internal/law"
)

// cleanText trims, drops characters that nobody sees and refuses control characters: a name with a
// line feed or a reversed reading order must never reach a legal document.
func cleanText(s string, lines bool) (clean, problem string) {
	if !utf8.ValidString(s) {
		return "", "有认不出的字符，请重新输入"
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	for _, r := range s {
		switch {
		case invisible(r):
		case r == '\t', r == '\n' && !lines:
			b.WriteByte(' ')
		case r == '\n':
			b.WriteByte('\n')
		case unicode.IsControl(r) || reorders(r):
			return "", "有不能用的控制字符，请删去后重新输入"
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String()), ""
}

// TextProblem says what is wrong with the characters of a text of any length, in Chinese, or "".
func TextProblem(s string) string {
	_, problem := cleanText(s, true)
	return problem
}

// invisible are zero-width characters that come with text copied from chat programs.
func invisible(r rune) bool {
	return slices.Contains([]rune{0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}, r)
}

// reorders are the bidirectional controls, which can make a text read otherwise than it is stored.
func reorders(r rune) bool {
	return r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// narrow turns full-width digits, signs and spaces into their narrow forms, for numbers and dates.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～' && r != '，':
			return r - '！' + '!'
		case r == '　':
			return ' '
		case r == '。':
			return '.'
		case r == '—', r == '–', r == '－':
			return '-'
		}
		return r
	}, s)
}

var dateForm = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$`)

// parseDate reads 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日 and 20260302.
func parseDate(s string) (law.Date, error) {
	if m := dateForm.FindStringSubmatch(s); m != nil {
		s = fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3])
	} else if len(s) == 8 {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	return law.ParseDate(s)
}

func parseInt(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) }

func runes(s string) int { return utf8.RuneCountInString(s) }

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// Bytes prints a size as people say it: 512 KB, 8 MB.
func Bytes(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", (n+1<<9)>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}
