package powers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fadu/internal/law"
)

// LineKind says what a line of a statute is.
type LineKind string

// The kinds of lines. The first group says what the statute is, the second how it is divided.
const (
	LineTitle  LineKind = "名称"
	LineNumber LineKind = "文号"
	LineIssuer LineKind = "制定机关"
	LineLevel  LineKind = "效力层级"
	LineFrom   LineKind = "施行日期"
	LineUntil  LineKind = "失效日期"

	LinePart    LineKind = "编"
	LineSubPart LineKind = "分编"
	LineChapter LineKind = "章"
	LineSection LineKind = "节"
	LineArticle LineKind = "条"
	LineUnclear LineKind = "不明"
)

var (
	headLines    = []LineKind{LineTitle, LineNumber, LineIssuer, LineLevel, LineFrom, LineUntil}
	divideLines  = []LineKind{LinePart, LineSubPart, LineChapter, LineSection}
	statuteKinds = append(append(slices.Clone(headLines), divideLines...), LineArticle, LineUnclear)
)

// StatuteLine is one line of a statute as it is imported: what it is, its number as printed (第十二条,
// 第二章), its heading or text. At is the line in the file, 0 for one that the reader added.
type StatuteLine struct {
	Kind   LineKind
	Number string
	Text   string
	At     int
	// Doubt says what a person should look at.
	Doubt string
}

var (
	divideForm  = regexp.MustCompile(`^(第[零〇一二三四五六七八九十百千0-9]+(编|分编|章|节))[\s　]*(.*)$`)
	articleForm = regexp.MustCompile(`^(第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?)([\s　:：]*)(.*)$`)
	sinceForm   = regexp.MustCompile(`自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起(?:施|实)行`)
	numberForm  = regexp.MustCompile(`[^\s　，。；（）()、]{0,24}(?:令|公告)第?\s*[0-9零一二三四五六七八九十百千演示]+\s*号|[^\s　，。；（）()、]{1,12}〔\d{4}〕\d+号`)
	issuerForm  = regexp.MustCompile(`\d日([^\s，。；（）()\d]{2,40}?(?:人民代表大会常务委员会|人民代表大会|常务会议|人民政府))`)
	sessionForm = regexp.MustCompile(`第[零一二三四五六七八九十百]+届`)
)

// ParseStatute cuts lines into what a statute is made of. What it cannot place is kept as 不明, numbers that
// are missing between two articles get an empty line each: nothing is dropped in silence.
func ParseStatute(lines []string) []StatuteLine {
	p := &statuteParser{}
	for i, l := range withoutContents(lines) {
		if l != "" {
			p.line(i+1, l)
		}
	}
	return append(p.head(lines), p.withGaps()...)
}

// withoutContents blanks a table of contents: from 目录 to where its first line comes again.
func withoutContents(lines []string) []string {
	out := slices.Clone(lines)
	start := slices.IndexFunc(lines, func(l string) bool { return strings.Join(strings.Fields(l), "") == "目录" })
	if start < 0 {
		return out
	}
	first := ""
	for i := start + 1; i < len(lines); i++ {
		squeezed := strings.Join(strings.Fields(strings.ReplaceAll(lines[i], "　", " ")), "")
		switch {
		case squeezed == "":
		case articleForm.MatchString(lines[i]):
			return lines // articles before the first line came again: no table of contents
		case first == "":
			first = squeezed
		case squeezed == first:
			for j := start; j < i; j++ {
				out[j] = ""
			}
			return out
		}
	}
	return lines
}

type statuteParser struct {
	body     []StatuteLine
	preamble []StatuteLine
	last     int // number of the last article
}

func (p *statuteParser) line(at int, s string) {
	if m := divideForm.FindStringSubmatch(s); m != nil && len([]rune(m[3])) <= 60 && !strings.HasSuffix(m[3], "。") {
		p.body = append(p.body, StatuteLine{Kind: LineKind(m[2]), Number: m[1], Text: m[3], At: at})
		return
	}
	if m := articleForm.FindStringSubmatch(s); m != nil {
		doubt, is := p.isArticle(m)
		if is {
			as, _ := ParseArticles(m[1])
			if len(as) == 1 {
				p.last = as[0].No
			}
			p.body = append(p.body, StatuteLine{Kind: LineArticle, Number: m[1], Text: m[3], At: at})
			return
		}
		if n := len(p.body); n > 0 && p.body[n-1].Kind == LineArticle {
			p.body[n-1].Text += "\n" + s
			p.body[n-1].Doubt = doubt
			return
		}
	}
	switch n := len(p.body); {
	case n > 0 && p.body[n-1].Kind == LineArticle:
		p.body[n-1].Text = strings.TrimPrefix(p.body[n-1].Text+"\n"+s, "\n")
	case n > 0 && p.body[n-1].Text == "":
		p.body[n-1].Text = s // a heading's words on a line of their own
	case n > 0:
		p.body = append(p.body, StatuteLine{Kind: LineUnclear, Text: s, At: at})
	default:
		p.preamble = append(p.preamble, StatuteLine{Kind: LineUnclear, Text: s, At: at})
	}
}

// isArticle tells an article's beginning from a sentence that begins with a reference to an article.
func (p *statuteParser) isArticle(m []string) (doubt string, is bool) {
	as, err := ParseArticles(m[1])
	if err != nil {
		return m[1] + "不是条号的写法", true
	}
	next := as[0].No == p.last+1 || as[0].No == p.last && as[0].Suffix > 0
	if m[2] != "" || m[3] == "" {
		return "", true
	}
	refers := strings.IndexAny(m[3][:min(3, len(m[3]))], "第、至和或与") == 0 || strings.HasPrefix(m[3], "规定的") || strings.HasPrefix(m[3], "的规定")
	if refers || !next && as[0].No <= p.last {
		return fmt.Sprintf("“%s”在行首，按引用处理，没有另起一条", m[1]), false
	}
	return "", true
}

// maxGap is how many missing articles get a line each; a greater jump is one doubt.
const maxGap = 20

// withGaps adds an empty line for each number that is missing between two articles.
func (p *statuteParser) withGaps() []StatuteLine {
	var out []StatuteLine
	last := 0
	for _, l := range p.body {
		if l.Kind == LineArticle {
			if as, err := ParseArticles(l.Number); err == nil {
				no := as[0].No
				if gap := no - last - 1; gap > 0 && gap <= maxGap {
					for n := last + 1; n < no; n++ {
						out = append(out, StatuteLine{Kind: LineArticle, Number: Article{No: n}.Han(), Doubt: "文件里没有这一条"})
					}
				}
				last = max(last, no)
			}
		}
		out = append(out, l)
	}
	return out
}

// head reads what the statute is from the lines before the first division or article, and its day from
// there or from the last article. What it finds nothing for is left empty, to be filled in by a person.
func (p *statuteParser) head(lines []string) []StatuteLine {
	found := map[LineKind]StatuteLine{}
	set := func(k LineKind, text string, at int) {
		if _, ok := found[k]; !ok && text != "" {
			found[k] = StatuteLine{Kind: k, Text: strings.TrimSpace(text), At: at}
		}
	}
	var rest []StatuteLine
	bracket := 0
	for i, l := range p.preamble {
		text := strings.ReplaceAll(l.Text, " ", "")
		inside := bracket > 0 || strings.HasPrefix(text, "（") || strings.HasPrefix(text, "(")
		bracket += strings.Count(text, "（") + strings.Count(text, "(") - strings.Count(text, "）") - strings.Count(text, ")")
		if m := issuerForm.FindStringSubmatch(text); m != nil {
			set(LineIssuer, sessionForm.ReplaceAllString(m[1], ""), l.At)
		}
		set(LineNumber, numberForm.FindString(text), l.At)
		set(LineFrom, sinceDate(text), l.At)
		switch {
		case i == 0 && !inside:
			set(LineTitle, text, l.At)
		case !inside && numberForm.FindString(text) != text:
			rest = append(rest, l)
		}
	}
	if n := len(lines); n > 0 {
		for i := n - 1; i >= 0 && i > n-12; i-- {
			set(LineFrom, sinceDate(lines[i]), i+1)
		}
	}
	set(LineLevel, levelOf(found[LineTitle].Text, found[LineIssuer].Text), 0)
	out := make([]StatuteLine, 0, len(headLines)+len(rest))
	for _, k := range headLines {
		l := found[k]
		l.Kind = k
		out = append(out, l)
	}
	return append(out, rest...)
}

func sinceDate(s string) string {
	m := sinceForm.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	d, err := law.ParseDate(fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3]))
	if err != nil {
		return ""
	}
	return d.String()
}

// levelOf guesses the level from who made it and what it is called; a person confirms it.
func levelOf(title, issuer string) string {
	switch {
	case strings.HasPrefix(issuer, "全国人民代表大会"):
		return "法律"
	case strings.HasPrefix(issuer, "国务院"):
		return "行政法规"
	case strings.Contains(issuer, "人民代表大会"):
		return "地方性法规"
	case strings.Contains(issuer, "人民政府") && strings.HasSuffix(title, "办法"):
		return "地方政府规章"
	}
	return ""
}
