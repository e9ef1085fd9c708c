package web

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fadu/internal/law"
)

// CleanText trims a text, drops characters that nobody sees, and says what must be changed where it has
// control characters, a reversed reading order or letters with whole towers of marks: such a text must
// never reach a legal document. A line feed stays only where there may be lines.
func CleanText(s string, lines bool) (clean, problem string) {
	if !utf8.ValidString(s) {
		return "", "有认不出的字符，请重新输入"
	}
	rs := []rune(strings.ReplaceAll(s, "\r\n", "\n"))
	var b strings.Builder
	marks, at := 0, 0
	for i, r := range rs {
		if invisible(r) && !joins(rs, i) {
			continue
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
			at++
		}
		switch {
		case r == utf8.RuneError:
			return "", fmt.Sprintf("第 %d 个字认不出来（显示为“�”），请删去后重新输入", at)
		case marks > maxMarks:
			return "", fmt.Sprintf("第 %d 个字上叠加的符号太多，请删去后重新输入", at)
		case r == '\t', r == '\n' && !lines:
			b.WriteByte(' ')
		case r == '\n':
			b.WriteByte('\n')
		case unicode.IsControl(r) || reorders(r):
			return "", fmt.Sprintf("第 %d 个字是看不见的控制字符（U+%04X），请删去后重新输入", at, r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String()), ""
}

// TextProblem says what is wrong with the characters of a text of any length, in Chinese, or "".
func TextProblem(s string) string {
	_, problem := CleanText(s, true)
	return problem
}

// maxMarks is more than any script puts on one letter; Tibetan comes nearest.
const maxMarks = 8

// Length counts the characters of a text as people see them: marks on a letter, variants of a character
// and the parts of one emoji are one.
func Length(s string) int {
	n, flags := 0, 0
	joined := false
	for _, r := range s {
		switch {
		case r == joiner:
			joined = true
			continue
		case unicode.Is(unicode.M, r), r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0020 && r <= 0xE007F, r == 0x200C:
			continue
		case joined && pictures(r):
		case r >= 0x1F1E6 && r <= 0x1F1FF: // two letters are one flag
			if flags++; flags%2 == 1 {
				n++
			}
			joined = false
			continue
		default:
			n++
		}
		joined, flags = false, 0
	}
	return n
}

// Visible drops zero-width characters that are no part of what is written.
func Visible(s string) string {
	rs := []rune(s)
	var b strings.Builder
	for i, r := range rs {
		if !invisible(r) || joins(rs, i) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Joining reports the characters that join others; see Visible.
func Joining(r rune) bool { return r == joiner || r == 0x200C }

const joiner = 0x200D

// pictures are the symbols that join to one emoji.
func pictures(r rune) bool {
	return r >= 0x1F000 || r >= 0x2190 && r <= 0x2BFF || r == 0x3030 || r == 0x303D || r == 0xFE0F
}

// joins reports a joiner that is part of what is written: inside an emoji, or between the letters of a
// script whose letters change their shape by it, as in Uyghur and Mongolian.
func joins(rs []rune, i int) bool {
	if rs[i] != joiner && rs[i] != 0x200C || i == 0 || i == len(rs)-1 {
		return false
	}
	before, after := rs[i-1], rs[i+1]
	return rs[i] == joiner && pictures(before) && pictures(after) || shaped(before) && shaped(after)
}

func shaped(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Mongolian, unicode.Tibetan, unicode.Devanagari)
}

// invisible are zero-width characters that come with text copied from chat programs.
func invisible(r rune) bool {
	return slices.Contains([]rune{0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}, r)
}

// printable returns the text with � in place of what no text may have, so that it can be shown again and
// reaches no database.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || reorders(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
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

// Under returns the names of the fields that begin with prefix, without it, in order.
func (f *Form) Under(prefix string) []string {
	if f == nil {
		return nil
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			out = append(out, rest)
		}
	}
	return out
}
