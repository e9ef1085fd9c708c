package reading

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/law"
	"fadu/internal/report/consistency"
)

// Report is what a text says.
type Report struct {
	Title    string   // the line that calls it a report or a summary; "" if none does
	Year     int      // that it tells of, 0 if it does not say
	SignedOn law.Date // zero if it does not say
	Figures  []Figure
	Findings []consistency.Finding // of the figures, and of documents under two titles
}

// Read finds the figures of a report, given as its lines, and holds them against each other. Figures under a heading about what is still to
// be done are found, too, and marked.
func Read(lines []string) Report {
	text := narrow(strings.Join(lines, "\n"))
	r := Report{Title: titleOf(text), Year: yearOf(text), SignedOn: signing(text)}
	all := sentences(text)
	from := 0
	for i, s := range all {
		s.text = headingMark.ReplaceAllString(s.text, "")
		found := append(figuresOf(s), themeDays(s, r.Year)...)
		for j := range found {
			found[j].sentence = i
			found[j].ID = "f" + strconv.Itoa(len(r.Figures)+j+1)
			if found[j].Period == "" {
				found[j].Period = periodAt(s.text, found[j].start, r.Year)
			}
		}
		r.Figures = append(r.Figures, found...)
		relate(r.Figures[from:], all, i)
		if !strings.HasPrefix(s.text, "其中") { // 共9起。其中…: the next sentence still tells of this one's total
			from = len(r.Figures) - len(found)
		}
	}
	for i := range r.Figures {
		r.Figures[i].SignedOn = r.SignedOn
	}
	r.Check()
	r.Findings = append(r.Findings, twoTitles(text)...)
	return r
}

// Check holds those figures that tell of what was done against each other, as they stand now.
func (r *Report) Check() {
	var done []consistency.Figure
	for i := range r.Figures {
		if !r.Figures[i].Plan {
			done = append(done, r.Figures[i].Figure)
		}
	}
	findings, err := consistency.Check(done)
	if err != nil { // the figures were numbered and related here
		findings = []consistency.Finding{{ID: "reading", Verdict: consistency.Explain, Message: err.Error(), Figures: []string{}}}
	}
	r.Findings = findings
}

// The words by which a report says of when a figure is, and how a period is written for them.
var periodMarks = regexp.MustCompile(`截[止至](\d{4}年)?(\d{1,2})月份?(?:底)?|(\d{4})年上半年|(\d{4})年以来|(\d{4})年(\d{1,2})月|(\d{4})年|今年(\d{1,2})月|["“]?七五["”]?普法`)

// periodAt is the period that was named last before a place of the sentence; else the report's year.
func periodAt(text string, at, year int) string {
	period := ""
	if year > 0 {
		period = strconv.Itoa(year)
	}
	inYear := func(written string) int {
		if written = strings.TrimSuffix(written, "年"); written != "" {
			return digits(written)
		}
		return year
	}
	for _, m := range periodMarks.FindAllStringSubmatchIndex(text, -1) {
		if m[0] >= at {
			break
		}
		switch g := func(i int) string { return group(text, m, i) }; {
		case g(2) != "":
			period = fmt.Sprintf("%d-01至%02d", inYear(g(1)), digits(g(2)))
		case g(3) != "":
			period = g(3) + "上半年"
		case g(4) != "":
			period = g(4) + "年以来"
			if digits(g(4)) == year {
				period = g(4)
			}
		case g(5) != "":
			period = fmt.Sprintf("%s-%02d", g(5), digits(g(6)))
		case g(7) != "":
			period = g(7)
		case g(8) != "" && year > 0:
			period = fmt.Sprintf("%d-%02d", year, digits(g(8)))
		default:
			period = "七五以来"
		}
	}
	if wanted.MatchString(text[:at]) {
		return "目标"
	}
	return period
}

// wanted finds words that make what follows a target: 让70%的问题用服务手段解决.
var wanted = regexp.MustCompile(`(让|力争|确保|争取|不低于|不少于|任务为|达不到|标准)[^;]*$`)

// themeDays are days that a report tells of as past: 12·4国家宪法日.
func themeDays(s sentence, year int) []Figure {
	if s.plan || year == 0 {
		return nil
	}
	var out []Figure
	for _, m := range themeDay.FindAllStringSubmatchIndex(s.text, -1) {
		day := dayOf(strconv.Itoa(year), group(s.text, m, 1), group(s.text, m, 2))
		if day.IsZero() {
			continue
		}
		f := Figure{Printed: s.text[m[0]:m[1]], Sentence: s.text, Paragraph: s.paragraph, start: m[0], end: m[1]}
		f.Name, f.Unit, f.Period = strings.Trim(f.Printed, "“”\""), "日期", day.String()
		out = append(out, f)
	}
	return out
}

var titles = regexp.MustCompile(`《([^《》]{8,60})》`)

// twoTitles finds documents whose titles differ by a few words put in: likely one document under two titles.
func twoTitles(text string) []consistency.Finding {
	var names []string
	for _, m := range titles.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	var out []consistency.Finding
	for i, a := range names {
		for _, b := range names[i+1:] {
			longer, shorter := a, b
			if len(longer) < len(shorter) {
				longer, shorter = b, a
			}
			extra, ok := putIn([]rune(longer), []rune(shorter))
			if ok && !slices.ContainsFunc([]string{"局", "委", "办", "中心", "队"}, func(w string) bool { return strings.HasSuffix(extra, w) }) {
				out = append(out, consistency.Finding{ID: "title", Verdict: consistency.Explain, Message: fmt.Sprintf("《%s》和《%s》像是同一份文件，只差“%s”；应统一名称", a, b, extra), Figures: []string{}})
			}
		}
	}
	return out
}

// putIn reports whether longer is shorter with one to six runes put in at one place, and gives them.
func putIn(longer, shorter []rune) (string, bool) {
	n := len(longer) - len(shorter)
	if n < 1 || n > 6 {
		return "", false
	}
	head := 0
	for head < len(shorter) && longer[head] == shorter[head] {
		head++
	}
	if !slices.Equal(longer[head+n:], shorter[head:]) {
		return "", false
	}
	return string(longer[head : head+n]), true
}
