package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fadu/internal/report/consistency"
)

// Figure is a figure found in a text.
type Figure struct {
	consistency.Figure
	Printed   string // as it stands in the text, with its measure word
	Sentence  string
	Paragraph int  // line of the text, from 0
	Plan      bool // stands under a heading about what is still to be done
	start     int  // place in the sentence, in bytes
	end       int
	sentence  int
}

// Measure words, longest first: a measure is read to its end (人次 before 人).
const measures = `平方米|人/台|人次|批次|大类|公里|车次|册次|万元|等奖|年度|个|件|起|次|人|名|份|条|家|辆|处|块|篇|期|项|场|册|部|站|户|幅|张|台|套|宗|例|位|所|间|棵|元|分|吨|米|%|‰|类|种`

var (
	arabic = regexp.MustCompile(`(?:(超过|不到|不足|将近|近|约|大约|不少于)\s?)?([0-9][0-9,]*(?:\.[0-9]+)?)(余|多)?(万|亿)?(余|多)?(` + measures + `)?(以上|左右)?`)
	han    = regexp.MustCompile(`(超过|不到|不足|近|约)?([一二两三四五六七八九十百]+)(余|多)?(个|部|篇|起|位|名|家|场|处|项|件|等奖)`)
	share  = regexp.MustCompile(`(不到|不足|近|约|超过)?([百千万十]+)分之([一二两三四五六七八九十百]+)`)

	// what looks like a figure and is none: dates, days of the year, numbers of documents, marks of paragraphs, hotlines
	noFigure = regexp.MustCompile(`\d{4}年(?:度|底)?(?:\d{1,2}月(?:份)?(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日|份)|[〔\[(（]\d{4}[〕\])）]\d+号(?:文第\d+项)?|[“"]?\d{1,2}[.·．•]\d{1,2}[”"]?(?:城市管理日|国家宪法日|宪法日|国际禁毒日|[^0-9]{0,4}日)|\d{4,5}(?:热线|专线)|[“"]\d{3,4}[”"]|\d{4}[-—–]\d{4}年度?|\d{4}版|\d{4}-\d{2}-\d{2}|第\d+项|\d{4}自查|\d{4}全`)
	themeDay = regexp.MustCompile(`(\d{1,2})[.·．•](\d{1,2})[”"]?([^0-9,，、"“”]{0,4}日)`)
)

var hanDigits = map[rune]int64{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// hanNumber reads 二十三, 十, 百, 万: numbers up to a hundred thousand.
func hanNumber(s string) int64 {
	var total, digit int64
	scale := map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 10000}
	for _, r := range s {
		if unit, ok := scale[r]; ok {
			if digit == 0 {
				digit = 1
			}
			if unit == 10000 && total > 0 { // 十万
				total, digit = total*unit, 0
				continue
			}
			total, digit = total+digit*unit, 0
			continue
		}
		digit = hanDigits[r]
	}
	return total + digit
}

// finder gathers the figures of one sentence; no two of them share a place.
type finder struct {
	sentence
	taken [][]int
	out   []Figure
}

// figuresOf finds the figures of one sentence, in their order.
func figuresOf(s sentence) []Figure {
	f := &finder{sentence: s, taken: noFigure.FindAllStringIndex(s.text, -1)}
	f.shares()
	f.arabic()
	f.han()
	slices.SortFunc(f.out, func(a, b Figure) int { return a.start - b.start })
	nameAll(s.text, f.out)
	for i := range f.out {
		x := &f.out[i]
		switch {
		case x.Unit != "":
		case strings.Contains(x.Name, "率"):
			x.Unit = "次"
		case i > 0: // 分别为63.8万、44.6万
			x.Unit = f.out[i-1].Unit
		}
	}
	return f.out
}

// add takes a figure at a place that is still free.
func (f *finder) add(place []int, value consistency.Number, unit string) {
	start, end := place[0], place[1]
	if slices.ContainsFunc(f.taken, func(t []int) bool { return start < t[1] && t[0] < end }) {
		return
	}
	x := Figure{Printed: f.text[start:end], Sentence: f.text, Paragraph: f.paragraph, Plan: f.plan, start: start, end: end}
	x.Value, x.Unit = value, unit
	f.taken, f.out = append(f.taken, []int{start, end}), append(f.out, x)
}

// shares finds 十万分之六.
func (f *finder) shares() {
	for _, m := range share.FindAllStringSubmatchIndex(f.text, -1) {
		if of := hanNumber(group(f.text, m, 2)); of > 0 {
			f.add(m, consistency.Ratio(hanNumber(group(f.text, m, 3)), of, group(f.text, m, 1)), "比例")
		}
	}
}

// arabic finds 3.1万余份, 150余万元, 98.3%.
func (f *finder) arabic() {
	for _, m := range arabic.FindAllStringSubmatchIndex(f.text, -1) {
		scale, unit := group(f.text, m, 4), group(f.text, m, 6)
		if unit == "万元" {
			scale, unit = "万", "元"
		}
		mark := unit == "" && strings.HasSuffix(f.text[:m[0]], "平均分") // 平均分98.7
		if mark {
			unit = "分"
		}
		if unit == "" && scale == "" || followedBy(f.text[m[1]:], "年", "月", "日", "号", "时", "届") {
			continue
		}
		before := strings.Replace(group(f.text, m, 1), "不少于", "超过", 1)
		number := before + strings.ReplaceAll(group(f.text, m, 2), ",", "") + group(f.text, m, 3) + scale + group(f.text, m, 5) + group(f.text, m, 7)
		if value, err := consistency.ParseNumber(number); err == nil {
			f.add(m, value, unit)
		}
	}
}

// han finds 五个, 两部, 一起.
func (f *finder) han() {
	for _, m := range han.FindAllStringSubmatchIndex(f.text, -1) {
		number := group(f.text, m, 1) + consistency.Whole(hanNumber(group(f.text, m, 2))).Text() + group(f.text, m, 3)
		if value, err := consistency.ParseNumber(number); err == nil && !ordinal(f.text[:m[0]]) {
			f.add(m, value, group(f.text, m, 4))
		}
	}
}

func group(text string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return text[m[2*i]:m[2*i+1]]
}

func followedBy(after string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(after, w) })
}

// ordinal reports whether a Chinese number says which one, or is a turn of phrase, not how many.
func ordinal(before string) bool {
	return slices.ContainsFunc([]string{"第", "每", "成为", "逐", "另", "同", "某", "之", "进", "这", "各", "哪"}, func(w string) bool { return strings.HasSuffix(before, w) })
}

// What ends the words that belong to a figure, and what may be dropped at their ends.
const clauseMarks = ",;:()、。“”《》"

var (
	openers = []string{"其中", "目前", "截止目前", "截至目前", "全年", "今年以来", "一年来", "并", "已", "及", "和", "共", "总", "累计", "先后", "办理", "组织开展了", "组织开展", "开展了", "开展", "完成", "达到", "向", "对", "让", "将", "的", "以", "在"}
	closers = []string{"共计", "总共", "合计", "共", "达到", "达不到", "达", "分别为", "分别", "增加到", "为", "是", "有", "的", "了", "和", "及", "与", "以上", "左右"}
)

// dated is when, not what.
var dated = regexp.MustCompile(`^\d{4}年(?:以来|上半年|下半年|全年)?`)

// trimmed drops words at both ends that do not say what is counted.
func trimmed(name string) string {
	name = dated.ReplaceAllString(strings.TrimSpace(name), "")
	for again := true; again; {
		again = false
		for _, w := range openers {
			if rest, ok := strings.CutPrefix(name, w); ok {
				name, again = rest, true
			}
		}
		for _, w := range closers {
			if rest, ok := strings.CutSuffix(name, w); ok && !strings.HasSuffix(name, "行为") {
				name, again = rest, true
			}
		}
	}
	return name
}

// nameAll says what each figure of a sentence counts: the words before it, those behind it where there are none (118项行政
// 处罚权), or what the figure before it counts (获赞4089次、1373次).
func nameAll(text string, all []Figure) {
	used := 0
	for i := range all {
		f := &all[i]
		until := len(text)
		if i+1 < len(all) {
			until = all[i+1].start
		}
		before := trimmed(lastClause(text[used:f.start], clauseMarks))
		if utf8.RuneCountInString(before) == 1 { // 违法建筑(构)物
			before = trimmed(lastClause(text[used:f.start], ",;:、。"))
		}
		after := text[f.end:until]
		if at := strings.IndexAny(after, clauseMarks); at >= 0 {
			after = after[:at]
		}
		used = f.end
		switch short := utf8.RuneCountInString(before) <= 2; {
		case !short, before != "" && (i+1 < len(all) && f.end+len(after) == until): // what follows is the next one's
			f.Name = before
		case before+trimmed(after) != "":
			f.Name, used = before+trimmed(after), f.end+len(after)
		case i > 0 && f.Unit != "" && all[i-1].Unit != f.Unit:
			f.Name = all[i-1].Name + "（" + f.Unit + "）"
		case i > 0:
			f.Name = all[i-1].Name
		default:
			f.Name = f.Printed
		}
	}
}

// lastClause is what stands behind the last mark.
func lastClause(text, marks string) string {
	at := strings.LastIndexAny(text, marks)
	if at < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return text[at+size:]
}
