package exam

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/document"
	"fadu/internal/exam/bank"
	"fadu/internal/fault"
)

// Printed is a paper of questions for print: a set of the bank, or what an exam has frozen.
type Printed struct {
	Title   string
	Minutes int64
	Items   []PrintedItem
}

// PrintedItem is a question with what it gives.
type PrintedItem struct {
	Question bank.Question
	Points   float64 // 0: not stated
}

// mostPrinted bounds a printed paper.
const mostPrinted = 300

// sorts puts the items in the order of the types, each type in the order in which it came.
func (p Printed) sorts() []PrintedItem {
	out := slices.Clone(p.Items)
	slices.SortStableFunc(out, func(a, b PrintedItem) int {
		return slices.Index(bank.Types, a.Question.Type) - slices.Index(bank.Types, b.Question.Type)
	})
	return out
}

func (p Printed) total() (sum float64) {
	for _, it := range p.Items {
		sum += it.Points
	}
	return sum
}

func (p Printed) check() error {
	switch n := len(p.Items); {
	case n == 0:
		return fault.New(fault.Conflict, "没有可以打印的题目")
	case n > mostPrinted:
		return fault.New(fault.Conflict, "一张卷子最多 %d 道题，现在选了 %d 道，请用筛选缩小范围", mostPrinted, n)
	}
	return nil
}

var hanNumber = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}

// Paper is the paper with room to answer and the answer sheet at its end. It has no answer.
func (p Printed) Paper() document.Paper {
	items := p.sorts()
	out := document.Paper{Layout: document.Letter, Header: document.BlackHeader, Title: p.Title, Plain: true, HandFill: true}
	out.Blocks = append(out.Blocks, document.Fields{Rows: [][]document.Field{{{Label: "姓名"}, {Label: "单位"}}, {{Label: "执法证号或者工号"}, {Label: "得分"}}}})
	if head := p.head(); head != "" {
		out.Blocks = append(out.Blocks, document.Paragraph{Text: head, Style: document.Small})
	}
	section := 0
	for i, it := range items {
		if i == 0 || it.Question.Type != items[i-1].Question.Type {
			out.Blocks = append(out.Blocks, document.Paragraph{Text: hanNumber[section] + "、" + it.Question.Type.Label() + sectionNote(items[i:]), Style: document.Strong})
			section++
		}
		out.Blocks = append(out.Blocks, document.Paragraph{Text: printedText(i+1, it), Style: document.Small})
	}
	return sheet(out, items)
}

func (p Printed) head() string {
	var parts []string
	if p.Minutes > 0 {
		parts = append(parts, fmt.Sprintf("时间 %d 分钟", p.Minutes))
	}
	if sum := p.total(); sum > 0 {
		parts = append(parts, "满分 "+number(sum)+" 分")
	}
	return strings.Join(parts, "，")
}

// sectionNote says how many questions of the type follow, and what each gives when all give the same.
func sectionNote(rest []PrintedItem) string {
	n := 0
	same := rest[0].Points
	for _, it := range rest {
		if it.Question.Type != rest[0].Question.Type {
			break
		}
		if n++; it.Points != same {
			same = 0
		}
	}
	if same > 0 {
		return fmt.Sprintf("（共 %d 题，每题 %s 分）", n, number(same))
	}
	return fmt.Sprintf("（共 %d 题）", n)
}

// printedText is a question with its options, without its answer.
func printedText(n int, it PrintedItem) string {
	q := it.Question
	var b strings.Builder
	if q.Text != "" {
		fmt.Fprintf(&b, "%d．阅读材料，回答问题。\n%s\n", n, q.Text)
		b.WriteString(q.Stem)
	} else {
		fmt.Fprintf(&b, "%d．%s", n, strings.ReplaceAll(q.Stem, "____", "＿＿＿＿＿＿"))
	}
	if it.Points > 0 {
		b.WriteString("（" + number(it.Points) + " 分）")
	}
	if q.Type == bank.Judgement {
		b.WriteString("（　　）")
	}
	writeOptions(&b, q)
	if q.Type == bank.Drafting {
		b.WriteString("\n应制作：" + q.Paper)
	}
	for i, part := range q.Parts {
		fmt.Fprintf(&b, "\n（%d）%s", i+1, strings.ReplaceAll(part.Stem, "____", "＿＿＿＿＿＿"))
		if part.Points > 0 {
			b.WriteString("（" + number(part.Points) + " 分）")
		}
		writeOptions(&b, part.Question(q, i))
	}
	return b.String()
}

func writeOptions(b *strings.Builder, q bank.Question) {
	for i, o := range q.Options {
		b.WriteString("\n" + bank.Letter(i) + "．" + o)
	}
	for i, p := range q.Pairs {
		fmt.Fprintf(b, "\n%d）%s　（　　）", i+1, p.Left)
	}
	if q.Type == bank.Match {
		for i, r := range q.Rights() {
			b.WriteString("\n" + bank.Letter(i) + "．" + r)
		}
	}
}

// columnsOfSheet are the cells in a row of the answer sheet.
const columnsOfSheet = 5

// sheet puts the answer sheet behind a paper: cells for letters and judgements, lines for what is written.
func sheet(out document.Paper, items []PrintedItem) document.Paper {
	out.Blocks = append(out.Blocks, document.Paragraph{Text: "答题卡", Style: document.Centred}, document.Fields{Rows: [][]document.Field{{{Label: "姓名"}, {Label: "单位"}, {Label: "得分"}}}})
	var cells []string
	var written []int
	for i, it := range items {
		switch q := it.Question; {
		case q.Type.Lettered() || q.Type == bank.Judgement:
			cells = append(cells, fmt.Sprint(i+1), "")
		default:
			written = append(written, i)
		}
	}
	t := document.Table{}
	for range columnsOfSheet {
		t.Columns = append(t.Columns, document.Column{Title: "题", Weight: 1, Align: document.Center}, document.Column{Title: "答案", Weight: 2, Align: document.Center})
	}
	for len(cells) > 0 {
		row := make([]string, 2*columnsOfSheet)
		n := copy(row, cells[:min(len(cells), len(row))])
		t.Rows, cells = append(t.Rows, row), cells[n:]
	}
	if len(t.Rows) > 0 {
		out.Blocks = append(out.Blocks, t)
	}
	for _, i := range written {
		out.Blocks = append(out.Blocks, document.Paragraph{Text: fmt.Sprintf("%d．", i+1) + strings.Repeat("\n　", answerLines(items[i].Question)), Style: document.Flush})
	}
	return out
}

// answerLines are the lines to write on.
func answerLines(q bank.Question) int {
	switch q.Type {
	case bank.Fill, bank.Match:
		return 1
	case bank.Drafting:
		return 20
	}
	n := 0
	for _, p := range q.Parts {
		if n++; p.Type == bank.Essay {
			n += 5
		}
	}
	return max(n, 3)
}

// Key is the answers with why and on what they rest, in the order of the paper.
func (p Printed) Key() document.Paper {
	out := document.Paper{Layout: document.Letter, Header: document.BlackHeader, Title: p.Title + "　答案", Plain: true, HandFill: true, Mark: "答案　阅卷人用"}
	for i, it := range p.sorts() {
		out.Blocks = append(out.Blocks, document.Paragraph{Text: keyText(i+1, it.Question), Style: document.Small})
	}
	return out
}

func keyText(n int, q bank.Question) string {
	lines := []string{fmt.Sprintf("%d．%s", n, rightText(q))}
	for i, part := range q.Parts {
		as := part.Question(q, i)
		text := rightText(as)
		if part.Type == bank.Essay {
			text = strings.TrimSpace(part.Model)
		}
		lines = append(lines, fmt.Sprintf("（%d）%s", i+1, text))
		lines = append(lines, rubricLines(part.Rubric)...)
	}
	lines = append(lines, rubricLines(q.Rubric)...)
	if q.Explain != "" {
		lines = append(lines, "解析："+q.Explain)
	}
	var rests []string
	for _, c := range cites(q.Refs) {
		rests = append(rests, c.Han())
	}
	if q.Basis != "" {
		rests = append(rests, q.Basis)
	}
	if len(rests) > 0 {
		lines = append(lines, "依据："+strings.Join(rests, "、"))
	}
	return strings.Join(lines, "\n")
}

func rubricLines(rubric []bank.Criterion) (out []string) {
	for _, c := range rubric {
		out = append(out, "评分点："+c.Text+"（"+number(c.Points)+" 分）")
	}
	return out
}

// rightText is the answer as people read it.
func rightText(q bank.Question) string {
	switch q.Type {
	case bank.Order:
		return strings.Join(strings.Split(q.Answer, ""), " → ")
	case bank.Match:
		var out []string
		for i, r := range q.Right() {
			out = append(out, fmt.Sprintf("%d）%s", i+1, r))
		}
		return strings.Join(out, "　")
	case bank.Fill:
		var out []string
		for _, accept := range q.Blanks {
			out = append(out, strings.Join(accept, " 或 "))
		}
		return strings.Join(out, "；")
	case bank.Material, bank.Analysis, bank.Drafting, bank.Essay:
		return q.Type.Label()
	}
	return q.Answer
}
