package consistency

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"fadu/internal/law"
)

// span is what a printed period covers: both days belong to it. A period that cannot be read is the zero span.
type span struct {
	from, until law.Date
	day         bool // one day, not a stretch
}

func (s span) known() bool { return !s.until.IsZero() }

// year reports whether the stretch starts on 1 January and stays in that year: what an annual report counts.
func (s span) year() bool {
	return !s.day && !s.from.IsZero() && s.from.Month() == time.January && s.from.Day() == 1 && s.until.Year() == s.from.Year()
}

// The ways in which reports write a period. “截至” and “以来” leave one end open.
var (
	periodMark = strings.NewReplacer("年度", "-", "年", "-", "月份", "-", "月", "-", "日", "", "/", "-", ".", "-", "—", "至", "–", "至", "~", "至", "到", "至", " ", "")
	halfYear   = regexp.MustCompile(`^(\d{4})-?([上下])半-?$`)
	quarter    = regexp.MustCompile(`^(\d{4})-?第?([一二三四1-4])季度?$`)
	oneDate    = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$`)
	shortUntil = regexp.MustCompile(`^(\d{1,2})(?:-(\d{1,2}))?$`)
	yearToYear = regexp.MustCompile(`^(\d{4})-(\d{4})$`)
	numerals   = strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4")
)

// parsePeriod reads 2024, 2024年, 2024-10, 2024年10月3日, 2023-01至11, 2016-2018, 2018上半年, 截至2024-11, 2016年以来.
// What it does not know gives the zero span: a period is never guessed.
func parsePeriod(s string) span {
	s = strings.TrimSpace(norm.NFKC.String(s))
	for _, word := range []string{"累计至", "截至", "截止", "到"} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			end := stretch(periodMark.Replace(strings.TrimSuffix(strings.TrimSuffix(rest, "底"), "末")))
			return span{until: end.until, day: end.day}
		}
	}
	if rest, ok := strings.CutSuffix(s, "以来"); ok {
		return span{from: stretch(periodMark.Replace(rest)).from}
	}
	s = strings.NewReplacer("上半年", "上半", "下半年", "下半").Replace(s)
	return stretch(periodMark.Replace(s))
}

func stretch(s string) span {
	s = strings.TrimSuffix(strings.TrimRight(s, "-"), "全")
	if m := halfYear.FindStringSubmatch(s); m != nil {
		return months(number(m[1]), map[string]int{"上": 1, "下": 7}[m[2]], 6)
	}
	if m := quarter.FindStringSubmatch(s); m != nil {
		return months(number(m[1]), number(numerals.Replace(m[2]))*3-2, 3)
	}
	if m := yearToYear.FindStringSubmatch(s); m != nil {
		return between(one(m[1]), one(m[2]))
	}
	first, last, isRange := strings.Cut(s, "至")
	if !isRange {
		return one(s)
	}
	first, last = strings.TrimRight(first, "-"), strings.TrimRight(last, "-")
	if m := shortUntil.FindStringSubmatch(last); m != nil { // 2023-01至11 and 2023-01-05至20
		parts := strings.Split(first, "-")
		if m[2] == "" && len(parts) > 1 {
			last = strings.Join(parts[:len(parts)-1], "-") + "-" + m[1]
		} else {
			last = parts[0] + "-" + last
		}
	}
	return between(one(first), one(last))
}

func between(a, b span) span {
	if !a.known() || !b.known() || b.until.Before(a.from) {
		return span{}
	}
	return span{from: a.from, until: b.until}
}

func one(s string) span {
	m := oneDate.FindStringSubmatch(s)
	if m == nil {
		return span{}
	}
	year, month, day := number(m[1]), number(m[2]), number(m[3])
	switch {
	case year < 1900 || year > 2200 || month > 12 || m[2] != "" && month == 0:
		return span{}
	case m[2] == "":
		return months(year, 1, 12)
	case m[3] == "":
		return months(year, month, 1)
	}
	d := law.NewDate(year, time.Month(month), day)
	if d.Day() != day || int(d.Month()) != month {
		return span{}
	}
	return span{from: d, until: d, day: true}
}

// months is n months of a year from the given one.
func months(year, month, n int) span {
	from := law.NewDate(year, time.Month(month), 1)
	return span{from: from, until: from.AddMonths(n).AddDays(-1)}
}

// number reads the digits of a pattern; no digits are nought.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
