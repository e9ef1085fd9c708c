package exam

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fadu/internal/draft"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/grade"
	"fadu/internal/exam/interchange"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Accepts are files of other makers.
func (questionList) Accepts() string { return ".gift,.txt,.xml,.zip" }

// Read reads a file: a table, with a column for each option if it has them, GIFT, Aiken, QTI or Moodle XML.
func (l questionList) Read(content []byte) (p draft.Parsed, ok bool, err error) {
	items, format, other, err := interchange.Read(content)
	switch {
	case err != nil:
		return p, true, fault.New(fault.Invalid, "%v", err)
	case other && len(items) > draft.MaxRows:
		return p, true, fault.New(fault.Invalid, "文件里有 %d 道题，一次最多 %d 道，请分成几个文件", len(items), draft.MaxRows)
	case !other:
		p, err = draft.Parse(content, wide{l})
		for _, r := range p.Rows {
			foldOptions(r.Values)
		}
		return p, true, err
	}
	left := 0
	for i, it := range items {
		r := rowOf(i+1, it)
		if r.Out {
			left++
		}
		p.Rows = append(p.Rows, r)
	}
	p.Sheet = string(format)
	p.Notes = append(p.Notes, fmt.Sprintf("按 %s 读出 %d 道题", format, len(items)))
	if left > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf("其中 %d 道没有收，原因在“已去掉”里，可以恢复以后补写", left))
	}
	return p, true, nil
}

// rowOf is an item of a file with its fate. What has no counterpart here at all is left out; what can be mended waits.
func rowOf(line int, it interchange.Item) *draft.Row {
	r := &draft.Row{Line: line, Values: map[string]string{}}
	for k, v := range interchange.ToCells(it.Question) {
		if v != "" {
			r.Values[k] = v
		}
	}
	at := ""
	if it.Line > 0 {
		at = fmt.Sprintf("第 %d 行", it.Line)
	}
	if r.Values[place] = strings.TrimSpace(it.Name + " " + at); r.Values[place] == "" {
		r.Values[place] = fmt.Sprintf("第 %d 题", line)
	}
	for _, lost := range it.Lost {
		r.Unread = append(r.Unread, draft.Problem{Message: "收下时有改动：" + lost, Warning: true})
	}
	if it.Refused != "" && !it.Unsound {
		r.Unread, r.Out = append(r.Unread, draft.Problem{Message: it.Refused}), it.Question.Type == ""
	}
	return r
}

// wide is the table with a column for each option, as many bureaus keep it.
type wide struct{ questionList }

const optionKey = "option_"

// Columns are those of the list and one for each option.
func (w wide) Columns() []draft.Column {
	out := w.questionList.Columns()
	for n := range 10 {
		l := bank.Letter(n)
		out = append(out, draft.Column{Key: optionKey + l, Label: "选项" + l, Also: []string{l, "答案" + l, "选项 " + l}, Kind: draft.Text, Max: 1000})
	}
	return out
}

// foldOptions puts options that stand in columns of their own into the one column, a line each.
func foldOptions(values map[string]string) {
	var out []string
	for n := range 10 {
		if v := strings.TrimSpace(values[optionKey+bank.Letter(n)]); v != "" {
			out = append(out, strings.ReplaceAll(v, "\n", " "))
		}
		delete(values, optionKey+bank.Letter(n))
	}
	if strings.TrimSpace(values["options"]) == "" && len(out) > 0 {
		values["options"] = strings.Join(out, "\n")
	}
}

// gap is a blank as people write it: two underscores or more.
var gap = regexp.MustCompile(`[_＿]{2,}`)

// folded brings the cells of a row to the form of the bank, and says what was changed on the way.
func folded(values map[string]string) (c interchange.Cells, notes []string) {
	c = interchange.Cells{}
	for _, f := range interchange.Fields {
		c[f] = values[f]
	}
	switch t, _ := bank.TypeOf(strings.TrimSpace(c["type"])); t {
	case bank.Fill:
		if s := gap.ReplaceAllString(c["stem"], "____"); s != c["stem"] {
			c["stem"], notes = s, append(notes, "题干里的空统一写成四个下划线")
		}
		if strings.TrimSpace(c["blanks"]) == "" && strings.TrimSpace(c["answer"]) != "" {
			c["blanks"], notes = blanksIn(c["answer"], strings.Count(c["stem"], "____")), append(notes, "“答案”一栏收作各空的答案")
		}
		c["answer"] = ""
	case bank.Judgement:
		options := strings.Split(strings.TrimSpace(c["options"]), "\n")
		if c["options"] == "" {
			break
		}
		if n := strings.Index("AB", strings.ToUpper(strings.TrimSpace(c["answer"]))); n >= 0 && len(options) == 2 && strings.TrimSpace(c["answer"]) != "" {
			c["answer"] = strings.TrimSpace(options[n])
		}
		c["options"], notes = "", append(notes, "判断题的选项没有收，只收答案")
	}
	return c, notes
}

// blanksIn reads the answers of a fill from one cell: for one blank its spellings, for more one after the other.
func blanksIn(answer string, n int) string {
	if n <= 1 {
		return strings.ReplaceAll(strings.TrimSpace(answer), "\n", interchange.Or)
	}
	parts := strings.FieldsFunc(answer, func(r rune) bool { return strings.ContainsRune("；;|｜\n", r) })
	return strings.Join(parts, "\n")
}

// core is what makes two questions the same: type, stem, options in whatever order, and what is right.
func core(q bank.Question) string {
	norm := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = grade.Normalise(s)
		}
		return out
	}
	parts := []string{string(q.Type), grade.Normalise(q.Stem), grade.Normalise(q.Text)}
	options := norm(q.Options)
	var right []string
	for _, l := range q.Answer {
		if n := int(l - 'A'); n >= 0 && n < len(options) {
			right = append(right, options[n])
		} else {
			right = append(right, string(l))
		}
	}
	if q.Type != bank.Order {
		slices.Sort(right)
	}
	slices.Sort(options)
	parts = append(append(append(parts, options...), "\x01"), right...)
	for _, b := range q.Blanks {
		parts = append(parts, strings.Join(norm(b), "\x02"))
	}
	for _, p := range q.Pairs {
		parts = append(parts, grade.Normalise(p.Left)+"\x02"+grade.Normalise(p.Right))
	}
	for _, p := range q.Parts {
		parts = append(parts, string(p.Type)+"\x02"+grade.Normalise(p.Stem)+"\x02"+p.Answer)
	}
	return strings.Join(parts, "\x00")
}

// liked is a version of the bank that asks the same stem.
type liked struct {
	Code   string `bun:"code"`
	Number int    `bun:"number"`
	State  State  `bun:"state"`
	version
}

// version is the part of it that is compared.
type version struct {
	Type    bank.Type `bun:"type"`
	Stem    string    `bun:"stem"`
	Content string    `bun:"content"`
}

// like holds versions of the bank by what they ask.
type like struct{ same, stem map[string]liked }

func (l like) find(q bank.Question) (same, sameStem liked) {
	return l.same[core(q)], l.stem[string(q.Type)+grade.Normalise(q.Stem)]
}

// likes are the versions of the bank with the stems of the questions; those that are staged by another batch do not count.
func likes(tx *store.Tx, asked []bank.Question, batch int64) (out like, err error) {
	out = like{map[string]liked{}, map[string]liked{}}
	var heads []string
	for _, q := range asked {
		heads = append(heads, string([]rune(q.Stem)[:min(60, len([]rune(q.Stem)))]))
	}
	slices.Sort(heads)
	heads = slices.Compact(heads)
	for len(heads) > 0 {
		n := min(len(heads), store.WalkPiece)
		var rows []liked
		q := tx.DB().NewSelect().TableExpr("exam_question_version AS ev").Join("JOIN exam_question AS eq ON eq.id = ev.question_id").
			ColumnExpr("ev.code, ev.number, ev.state, ev.type, ev.stem, ev.content").Where("ev.type IN (?)", bun.List(bank.Types)).Where("substr(ev.stem, 1, 60) IN (?)", bun.List(heads[:n])).
			Where("(eq.state <> ? OR eq.batch_id = ?)", Staged, batch).Where("ev.state <> ?", Returned).Order("ev.id")
		if err := q.Scan(tx.Ctx, &rows); err != nil {
			return out, err
		}
		for _, r := range rows {
			asks, err := Version{Content: r.Content, Code: r.Code}.Asks()
			if err != nil {
				return out, err
			}
			out.same[core(asks)], out.stem[string(r.Type)+grade.Normalise(r.Stem)] = r, r
		}
		heads = heads[n:]
	}
	return out, nil
}
