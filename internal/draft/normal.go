package draft

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"fadu/internal/law"
	"fadu/internal/web"

	"golang.org/x/text/width"
)

// ordinarySpace is made once: making it costs more than cleaning a cell.
var ordinarySpace = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\t", " ")

// clean takes away what copying leaves behind: zero-width signs, control characters, no-break and
// ideographic spaces at the ends. What belongs to the writing stays: joiners inside an emoji or a Uyghur word,
// the letters of a flag. Line breaks inside a cell become \n.
func clean(s string) string {
	s = ordinarySpace.Replace(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', web.Joining(r), r >= 0xE0020 && r <= 0xE007F:
			return r
		case unicode.IsControl(r), r == '\ufeff', r == '\ufffd', unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, web.Visible(s))
	return strings.TrimSpace(s)
}

// Narrow turns full-width letters, digits and signs into half-width ones: ２０２６ becomes 2026.
func Narrow(s string) string { return width.Narrow.String(s) }

// CodeOf returns an identifying number as it is compared and stored: half-width, without any space.
func CodeOf(s string) string {
	return strings.Join(strings.Fields(Narrow(clean(s))), "")
}

// Items splits a list at 、，,；; and line breaks and leaves out empty items.
func Items(s string) []string {
	parts := strings.FieldsFunc(clean(s), func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) })
	out := make([]string, 0, len(parts))
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

var dayShapes = []*regexp.Regexp{
	regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$`),
	regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})(?: 0?0:00(?::00)?)?$`),
	regexp.MustCompile(`^(\d{4})\.(\d{1,2})\.(\d{1,2})$`),
	regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})日$`),
	regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`),
}

// ParseDay reads a day as people write it: 2026-3-2, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302, also
// with full-width digits. Nothing is guessed: two-digit years and days without year are errors.
func ParseDay(s string) (law.Date, error) {
	if len(s) == 10 { // as it stands in most files; the shapes below cost twenty times as much
		if d, err := law.ParseDate(s); err == nil && d.Year() >= 1900 && d.Year() <= 2200 {
			return d, nil
		}
	}
	t := strings.TrimSpace(Narrow(clean(s)))
	if t == "" {
		return law.Date{}, nil
	}
	t = strings.NewReplacer(" 年", "年", "年 ", "年", " 月", "月", "月 ", "月", " 日", "日").Replace(t)
	for _, shape := range dayShapes {
		m := shape.FindStringSubmatch(t)
		if m == nil {
			continue
		}
		y, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		day, _ := strconv.Atoi(m[3])
		d, err := law.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, month, day))
		if err != nil {
			return law.Date{}, fmt.Errorf("没有“%s”这一天", clean(s))
		}
		if d.Year() < 1900 || d.Year() > 2200 {
			return law.Date{}, fmt.Errorf("年份 %d 不合理", d.Year())
		}
		return d, nil
	}
	return law.Date{}, fmt.Errorf("“%s”不是日期，应写成 2026-03-02 或 2026年3月2日", clip(clean(s), 20))
}

// clip shortens a text for a message.
func clip(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	return string(rs[:n]) + "…"
}

// heading brings a column heading to the form in which headings are compared: without the mark of need,
// spaces and what stands in brackets.
func heading(s string) string {
	s = Narrow(clean(s))
	if i := strings.IndexAny(s, "(["); i > 0 {
		s = s[:i]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("*:：", r) {
			return -1
		}
		return r
	}, s)
}
