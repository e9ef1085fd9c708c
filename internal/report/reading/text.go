package reading

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"fadu/internal/law"
)

// sentence is one sentence of the report, with what its place says about it.
type sentence struct {
	text      string // wide ASCII made narrow, one rune for one
	paragraph int
	plan      bool // stands under a heading about what is still to be done
}

// narrow makes wide Latin letters, digits and marks narrow, rune by rune, so that places stay the same.
func narrow(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r != '\n' && unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text)
}

var (
	furniture    = regexp.MustCompile(`^((- ?)?·|更多>>|上一篇|下一篇|发布时间|来源[:]|字号|\(?\d*\)?$)`)
	bookmark     = regexp.MustCompile(`\[bookmark:[^\]]*\]`) // left by a word processor
	sentenceEnd  = regexp.MustCompile(`[。!?！？]`)
	headingMark  = regexp.MustCompile(`^(第?[一二三四五六七八九十]+[、章节]|\([一二三四五六七八九十]+\)|\d{1,2}[、.])`)
	chapterMark  = regexp.MustCompile(`^第?[一二三四五六七八九十]+[、章]`)
	planWords    = []string{"下一步", "下步", "安排", "工作思路", "意见建议", "工作打算", "工作计划"}
	signedHan    = regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})日$`)
	signedDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	yearMark     = regexp.MustCompile(`(\d{4})年`)
)

// sentences splits a report. Lines that stand twice (a page that carries its text twice) count once; menus, page
// numbers and the like are left out.
func sentences(text string) []sentence {
	var out []sentence
	seen := map[string]bool{}
	plan := false
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(bookmark.ReplaceAllString(line, ""))
		if line == "" || furniture.MatchString(line) || seen[line] {
			continue
		}
		seen[line] = true
		if heading(line) {
			if is := slices.ContainsFunc(planWords, func(w string) bool { return strings.Contains(line, w) }); is || chapterMark.MatchString(line) || !headingMark.MatchString(line) {
				plan = is && !strings.Contains(line, "成效")
			}
			continue
		}
		for _, s := range sentenceEnd.Split(line, -1) {
			if s = strings.TrimSpace(s); s != "" {
				out = append(out, sentence{s, i, plan})
			}
		}
	}
	return out
}

// heading reports whether the line is a title: short, and without the end of a sentence.
func heading(line string) bool {
	if signedHan.MatchString(line) || signedDigits.MatchString(line) {
		return true
	}
	return len([]rune(line)) <= 45 && !sentenceEnd.MatchString(line) && !strings.ContainsAny(line, ",;，；")
}

// signing finds the day of signing among the last lines that say something.
func signing(text string) law.Date {
	lines := strings.Split(text, "\n")
	for i, met := len(lines)-1, 0; i >= 0 && met < 6; i-- {
		line := strings.ReplaceAll(lines[i], " ", "")
		if line == "" {
			continue
		}
		met++
		for _, form := range []*regexp.Regexp{signedHan, signedDigits} {
			if m := form.FindStringSubmatch(line); m != nil {
				if d := dayOf(m[1], m[2], m[3]); !d.IsZero() {
					return d
				}
			}
		}
	}
	return law.Date{}
}

// dayOf makes a day of digits; one that does not exist is the zero day.
func dayOf(year, month, day string) law.Date {
	y, m, d := digits(year), digits(month), digits(day)
	date := law.NewDate(y, time.Month(m), d)
	if date.Year() != y || int(date.Month()) != m || date.Day() != d {
		return law.Date{}
	}
	return date
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

// titled ends what a report is called.
var titled = regexp.MustCompile(`(报告|总结|情况|汇报|小结)$`)

// titleOf is the first line that calls itself a report, among those before the text begins.
func titleOf(text string) string {
	met := 0
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || furniture.MatchString(line) {
			continue
		}
		if met++; met > 5 {
			break
		}
		if heading(line) && titled.MatchString(line) {
			return line
		}
	}
	return ""
}

// yearOf is the year that a report tells of: the first one with 年 in its first sentences, 0 if none.
func yearOf(text string) int {
	head := text
	if rs := []rune(head); len(rs) > 600 {
		head = string(rs[:600])
	}
	var kept []string
	for _, line := range strings.Split(head, "\n") {
		if !furniture.MatchString(strings.TrimSpace(line)) {
			kept = append(kept, line)
		}
	}
	if m := yearMark.FindStringSubmatch(strings.Join(kept, "\n")); m != nil {
		return digits(m[1])
	}
	return 0
}
