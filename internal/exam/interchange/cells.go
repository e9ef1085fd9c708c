package interchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/law"
	"fadu/internal/training/scene"
)

// Sep stands between the cells of a line, Or between spellings of one answer.
const (
	Sep = "｜"
	Or  = "；"
)

// Cells is a question as text by field: what the form shows and what a row of the Excel template has. Lists stand a line
// each.
type Cells map[string]string

// Fields are the names of the cells, in the order of the form.
var Fields = []string{"type", "topic", "chapter", "level", "points", "stem", "text", "options", "answer", "blanks", "pairs", "spare", "parts", "paper", "rubric", "policy", "precedence", "fatal", "refs", "basis", "rules", "explain", "from", "until"}

// ToCells writes a question as cells.
func ToCells(q bank.Question) Cells {
	c := Cells{
		"type": q.Type.Label(), "topic": q.Topic, "chapter": q.Chapter, "points": number(q.Points), "stem": q.Stem, "text": q.Text, "options": strings.Join(q.Options, "\n"), "answer": q.Answer,
		"spare": strings.Join(q.Spare, "\n"), "paper": q.Paper, "rubric": rubricText(q.Rubric, "\n"), "basis": q.Basis, "rules": strings.Join(q.Rules, " "), "explain": q.Explain,
		"from": q.From.String(), "until": q.Until.String(), "blanks": blanksText(q.Blanks, "\n"),
	}
	if q.Level > 0 {
		c["level"] = strconv.Itoa(q.Level)
	}
	var lines []string
	for _, p := range q.Pairs {
		lines = append(lines, p.Left+Sep+p.Right)
	}
	c["pairs"], lines = strings.Join(lines, "\n"), nil
	for _, p := range q.Parts {
		lines = append(lines, strings.TrimRight(strings.Join([]string{p.Type.Label(), p.Stem, strings.Join(p.Options, Or), partAnswer(p), number(p.Points), p.Model, rubricText(p.Rubric, Or)}, Sep), Sep))
	}
	c["parts"], lines = strings.Join(lines, "\n"), nil
	if q.Ordering != nil {
		c["policy"], c["precedence"], c["fatal"] = string(q.Ordering.Policy), strings.Join(q.Ordering.Precedence, " "), strings.Join(q.Ordering.Fatal, " ")
	}
	for _, r := range q.Refs {
		lines = append(lines, RefText(r))
	}
	c["refs"] = strings.Join(lines, "\n")
	return c
}

func number(x float64) string {
	if x == 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func blanksText(blanks [][]string, sep string) string {
	var lines []string
	for _, b := range blanks {
		lines = append(lines, strings.Join(b, Or))
	}
	return strings.Join(lines, sep)
}

// partAnswer writes the answer of a part; blanks of a fill are parted by Or, their spellings by a slash.
func partAnswer(p bank.Part) string {
	if p.Type != bank.Fill {
		return p.Answer
	}
	var out []string
	for _, b := range p.Blanks {
		out = append(out, strings.Join(b, "/"))
	}
	return strings.Join(out, Or)
}

func rubricText(rubric []bank.Criterion, sep string) string {
	var out []string
	for _, r := range rubric {
		if sep == Or {
			out = append(out, r.Text+"="+number(r.Points))
		} else {
			out = append(out, r.Text+Sep+number(r.Points))
		}
	}
	return strings.Join(out, sep)
}

// reader turns cells into a question and notes what cannot be read at its field.
type reader struct {
	c      Cells
	faults []bank.Fault
}

func (r *reader) bad(field, format string, args ...any) {
	r.faults = append(r.faults, bank.Fault{Field: field, Message: fmt.Sprintf(format, args...)})
}

// FromCells reads a question; what cannot be read is named at its field. Whether it can be asked is bank's to say.
func FromCells(c Cells) (bank.Question, []bank.Fault) {
	r := &reader{c: c}
	q := bank.Question{
		Topic: r.text("topic"), Chapter: r.text("chapter"), Stem: r.text("stem"), Text: r.text("text"), Paper: r.text("paper"), Basis: r.text("basis"), Explain: r.text("explain"),
		Points: r.number("points", c["points"]), From: r.day("from"), Until: r.day("until"), Rules: words(c["rules"]),
	}
	var ok bool
	if q.Type, ok = bank.TypeOf(r.text("type")); !ok || !slices.Contains(bank.Types, q.Type) {
		r.bad("type", "题型“%s”不认得，可以写：%s", r.text("type"), typeNames())
	}
	q.Level = r.level()
	switch q.Type {
	case bank.Single, bank.Multiple, bank.Order:
		q.Options, q.Answer = lines(c["options"]), letters(c["answer"])
		if q.Type == bank.Order {
			q.Ordering = r.ordering()
		} else {
			q.Answer = sorted(q.Answer)
		}
	case bank.Judgement:
		q.Answer = r.judgement("answer", c["answer"])
	case bank.Fill:
		for _, l := range lines(c["blanks"]) {
			q.Blanks = append(q.Blanks, split(l, Or))
		}
	case bank.Match:
		q.Pairs, q.Spare = r.pairs(), lines(c["spare"])
	case bank.Material, bank.Analysis:
		q.Parts = r.parts()
	case bank.Drafting:
		q.Rubric = r.rubric("rubric", lines(c["rubric"]), Sep)
	}
	q.Refs = r.refs()
	return q, r.faults
}

func typeNames() string {
	var out []string
	for _, t := range bank.Types {
		out = append(out, t.Label())
	}
	return strings.Join(out, "、")
}

func (r *reader) text(field string) string { return strings.TrimSpace(r.c[field]) }

func lines(s string) []string { return split(strings.ReplaceAll(s, "\r", ""), "\n") }

func split(s, sep string) (out []string) {
	for _, p := range strings.Split(s, sep) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

func words(s string) (out []string) {
	return append(out, strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n\r\t、，,；;　", r) })...)
}

// letters reads ABD, a b d, A、B、Ｄ.
func letters(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		if r >= 'Ａ' && r <= 'Ｚ' {
			r += 'A' - 'Ａ'
		}
		if !strings.ContainsRune(" ,，、;；\n\r\t　", r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func sorted(letters string) string {
	rs := []rune(letters)
	slices.Sort(rs)
	return string(rs)
}

func (r *reader) number(field, text string) float64 {
	text = strings.TrimSuffix(strings.TrimSpace(width.Narrow.String(text)), "分")
	if text == "" {
		return 0
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= 1000) {
		r.bad(field, "分值“%s”应是 0 至 1000 的数", text)
		return 0
	}
	return n
}

func (r *reader) day(field string) law.Date {
	text := width.Narrow.String(r.text(field))
	if text == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(text)
	if err != nil {
		r.bad(field, "日期“%s”应写成 2026-03-01", text)
	}
	return d
}

var levels = map[string]int{"": 0, "1": 1, "2": 2, "3": 3, "易": 1, "中": 2, "难": 3, "容易": 1, "中等": 2, "较难": 3, "简单": 1, "一般": 2, "困难": 3}

func (r *reader) level() int {
	n, ok := levels[r.text("level")]
	if !ok {
		r.bad("level", "难度“%s”应写 1、2、3，或者易、中、难", r.text("level"))
	}
	return n
}

func (r *reader) judgement(field, text string) string {
	truth, ok := grade.JudgementOf(text)
	switch {
	case !ok:
		r.bad(field, "判断题的答案“%s”应写“对”或者“错”", strings.TrimSpace(text))
		return ""
	case truth:
		return "对"
	}
	return "错"
}

func (r *reader) pairs() (out []bank.Pair) {
	for i, l := range lines(r.c["pairs"]) {
		left, right, ok := strings.Cut(l, Sep)
		if !ok {
			r.bad("pairs", "第 %d 对没有写成“左项%s右项”", i+1, Sep)
		}
		out = append(out, bank.Pair{Left: strings.TrimSpace(left), Right: strings.TrimSpace(right)})
	}
	return out
}

func (r *reader) ordering() *bank.Ordering {
	o := bank.Ordering{Policy: grade.OrderPolicy(r.text("policy"))}
	for _, w := range words(r.c["precedence"]) {
		o.Precedence = append(o.Precedence, letters(w))
	}
	for _, w := range words(r.c["fatal"]) {
		o.Fatal = append(o.Fatal, letters(w))
	}
	if o.Policy == "" && len(o.Precedence)+len(o.Fatal) == 0 {
		return nil
	}
	return &o
}

func (r *reader) rubric(field string, items []string, sep string) (out []bank.Criterion) {
	for i, l := range items {
		at := strings.LastIndex(l, sep)
		if at < 0 {
			r.bad(field, "第 %d 个评分点没有写成“内容%s分值”", i+1, sep)
			continue
		}
		out = append(out, bank.Criterion{Text: strings.TrimSpace(l[:at]), Points: r.number(field, l[at+len(sep):])})
	}
	return out
}

// parts reads a part a line: 题型｜题干｜选项；…｜答案｜分值｜参考答案｜评分点=分值；…
func (r *reader) parts() (out []bank.Part) {
	for i, l := range lines(r.c["parts"]) {
		cells := append(strings.Split(l, Sep), make([]string, 7)...)
		for n := range cells {
			cells[n] = strings.TrimSpace(cells[n])
		}
		if strings.Join(cells[1:], "") == "" {
			continue // the form's row that nobody filled in has its type alone
		}
		t, ok := bank.TypeOf(cells[0])
		if !ok {
			r.bad("parts", "第 %d 问的题型“%s”不认得", i+1, cells[0])
		}
		p := bank.Part{Type: t, Stem: cells[1], Options: split(cells[2], Or), Points: r.number("parts", cells[4]), Model: cells[5], Rubric: r.rubric("parts", split(cells[6], Or), "=")}
		switch t {
		case bank.Judgement:
			p.Answer = r.judgement("parts", cells[3])
		case bank.Fill:
			for _, b := range split(cells[3], Or) {
				p.Blanks = append(p.Blanks, split(b, "/"))
			}
		case bank.Essay:
		case bank.Order:
			p.Answer = letters(cells[3])
		default:
			p.Answer = sorted(letters(cells[3]))
		}
		out = append(out, p)
	}
	return out
}

func (r *reader) refs() (out []string) {
	for _, l := range lines(strings.ReplaceAll(strings.ReplaceAll(r.c["refs"], "；", "\n"), "、", "\n")) {
		ref, err := ParseRef(l)
		if err != nil {
			r.bad("refs", "%s", err)
			continue
		}
		out = append(out, ref)
	}
	return out
}

// RefText prints an article as people write it: 行政处罚法第五十一条.
func RefText(ref string) string {
	c, err := scene.Ref(ref)
	if err != nil || c.Section != "" {
		return ref
	}
	return c.Han()
}

var articleForm = regexp.MustCompile(`^第(\d+)条(?:第(\d+)款)?(?:第(\d+)项)?$`)

// ParseRef reads an article as scenes write it (XZCF-51) or as people do (《行政处罚法》第五十一条第一款).
func ParseRef(text string) (string, error) {
	text = strings.TrimSpace(text)
	if _, err := scene.Ref(text); err == nil {
		return text, nil
	}
	plain := strings.TrimPrefix(strings.NewReplacer("《", "", "》", "", " ", "").Replace(text), "中华人民共和国")
	code, rest := "", ""
	for _, s := range law.Statutes() {
		for _, title := range []string{s.Title, law.Title(s.Code)} {
			title = strings.TrimPrefix(strings.Trim(title, "《》"), "中华人民共和国")
			if tail, ok := strings.CutPrefix(plain, title); ok && title != "" && (code == "" || len(tail) < len(rest)) {
				code, rest = s.Code, tail
			}
		}
	}
	m := articleForm.FindStringSubmatch(grade.Normalise(rest))
	if code == "" || m == nil {
		return "", fmt.Errorf("“%s”不是条文，应写成“行政处罚法第五十一条第一款”或者 XZCF-51-1，每行一条；法规库里没有的，写在其他依据", text)
	}
	ref := code
	for _, n := range m[1:] {
		if n != "" {
			ref += "-" + n
		} else if n == "" && len(m[3]) > 0 && len(m[2]) == 0 {
			ref += "-0"
		}
	}
	_, err := scene.Ref(ref)
	return ref, err
}
