package powers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/draft/prose"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers/pages"
	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/web"
)

// maxArticleRunes bounds one article.
const maxArticleRunes = 20000

// textList is the text of a law as the draft mechanism sees it: one row for each of its lines.
type textList struct{ s *Service }

// Name is the list's code.
func (textList) Name() string { return "power.texts" }

// Label is what the list is called.
func (textList) Label() string { return "法律法规条文" }

// Permissions are those of the slice's other lists.
func (textList) Permissions() (upload, publish access.Permission) {
	return access.PowerImport, access.PowerAdopt
}

// Landing is the list of laws.
func (textList) Landing() web.Link { return web.Link{Label: "法律法规", Href: pages.NavLaws} }

// Accepts are a bureau's own files.
func (textList) Accepts() string { return ".docx,.txt,.md" }

// Columns describes a line.
func (textList) Columns() []draft.Column {
	kinds := make([]string, len(statuteKinds))
	for i, k := range statuteKinds {
		kinds[i] = string(k)
	}
	return []draft.Column{
		{Key: "kind", Label: "类别", Kind: draft.Choice, Need: true, Choices: kinds, Note: "名称、文号等各一行，其余按编、章、节、条"},
		{Key: "number", Label: "编号", Kind: draft.Text, Max: 20, Note: "第一章、第十二条、第十二条之一", Example: "第一条"},
		{Key: "text", Label: "标题或者内容", Kind: draft.Text, Max: maxArticleRunes, Note: "一款一行，项以（一）开头另起一行", Width: 60},
		{Key: "note", Label: "说明", Kind: draft.Text, Max: 200, Note: "条号不连续而原文如此的，在这里写明", Width: 24},
		{Key: "at", Label: "原文行", Kind: draft.Text, Max: 10, Note: "在原文件第几行"},
		{Key: "doubt", Label: "读取时的疑点", Kind: draft.Text, Max: 200},
	}
}

// Read reads a statute file. A workbook is read as a table.
func (t textList) Read(content []byte) (p draft.Parsed, ok bool, err error) {
	if isTable(content) {
		return p, false, nil
	}
	lines, err := prose.Lines(content)
	if err != nil {
		return p, true, err
	}
	parsed := ParseStatute(lines)
	articles := 0
	for i, l := range parsed {
		if l.Kind == LineArticle {
			articles++
		}
		values := map[string]string{"kind": string(l.Kind), "number": l.Number, "text": l.Text, "doubt": l.Doubt}
		if l.At > 0 {
			values["at"] = strconv.Itoa(l.At)
		}
		p.Rows = append(p.Rows, &draft.Row{Line: i + 1, Values: values})
	}
	switch {
	case articles == 0:
		return p, true, fault.New(fault.Invalid, "文件里没有找到“第一条”。Word 自动编号的，请先把编号转成文字再上传")
	case len(p.Rows) > draft.MaxRows:
		return p, true, fault.New(fault.Invalid, "文件超过 %d 行，请分编导入", draft.MaxRows)
	}
	p.Sheet = "条文"
	p.Notes = []string{fmt.Sprintf("读出 %d 条。名称、文号、施行日期等读不出的，请在页面上补填", articles)}
	return p, true, nil
}

// isTable tells a workbook or a CSV with the list's headings from a statute.
func isTable(content []byte) bool {
	if strings.HasPrefix(string(content[:min(4, len(content))]), "PK") {
		_, err := prose.Docx(content)
		return err != nil && !prose.HasPart(content, "word/document.xml")
	}
	first, _, _ := strings.Cut(string(content[:min(400, len(content))]), "\n")
	return strings.Contains(first, "类别") && strings.Contains(first, "编号")
}

// Check names every doubtful line.
func (t textList) Check(tx *store.Tx, _ access.Session, rows []*draft.Row) error {
	if len(rows) == 0 {
		return nil
	}
	chunk, err := draft.Staging(tx, rows[0].ID)
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b *draft.Row) int { return a.Line - b.Line })
	for _, r := range rows {
		checkStatuteLine(r)
	}
	if !chunk {
		checkStatute(rows)
	}
	return nil
}

// checkStatuteLine checks what a line shows by itself.
func checkStatuteLine(r *draft.Row) {
	kind, number, text := LineKind(r.Text("kind")), r.Text("number"), r.Text("text")
	switch {
	case kind == LineUnclear:
		r.Bad("kind", "这一行没有归到任何一条，请选类别，并入上一条，或者去掉")
	case kind == LineArticle && text == "":
		r.Bad("text", "这一条没有内容：请补录；原文没有这一条的，去掉这一行")
	case kind == LineArticle:
		if _, err := ParseArticles(number); err != nil {
			r.Bad("number", "%v", err)
		} else if strings.Contains(text, "。第") && articleForm.MatchString(text[strings.Index(text, "。第")+len("。"):]) {
			r.Warn("text", "像是有两条连在一起，请看一看")
		}
	case slices.Contains(divideLines, kind):
		if text == "" {
			r.Bad("text", "缺标题")
		}
		if _, _, ok := divideNumber(number); !ok {
			r.Bad("number", "应写成“第一%s”", kind)
		}
	case kind == LineFrom && text == "":
		r.Bad("text", "请填写施行日期，例如 2024-01-01")
	case (kind == LineFrom || kind == LineUntil) && text != "":
		if _, err := draft.ParseDay(text); err != nil {
			r.Bad("text", "%v", err)
		}
	case kind == LineLevel && !slices.Contains(lawLevels, text):
		r.Bad("text", "请填写效力层级：%s", strings.Join(lawLevels, "、"))
	case kind != LineUntil && slices.Contains(headLines, kind) && text == "":
		r.Bad("text", "请填写%s", kind)
	}
	if d := r.Text("doubt"); d != "" && text != "" {
		r.Warn("text", "%s", d)
	}
}

// divideNumber reads 第二章 as 2, 章.
func divideNumber(s string) (int, string, bool) {
	m := divideForm.FindStringSubmatch(s)
	if m == nil {
		return 0, "", false
	}
	n, err := ParseHanNumeral(strings.TrimSuffix(strings.TrimPrefix(m[1], "第"), m[2]))
	return n, m[2], err == nil
}

// checkStatute checks the lines against each other: each head line once, divisions and articles numbered
// one after the other.
func checkStatute(rows []*draft.Row) {
	count := map[LineKind]int{}
	var last Article
	divides := map[LineKind]int{}
	seen := map[Article]int{}
	for _, r := range rows {
		kind := LineKind(r.Text("kind"))
		count[kind]++
		if slices.Contains(headLines, kind) && count[kind] > 1 {
			r.Bad("kind", "%s写了两次", kind)
		}
		if slices.Contains(divideLines, kind) {
			checkDivide(r, kind, divides)
		}
		if kind != LineArticle {
			continue
		}
		as, err := ParseArticles(r.Text("number"))
		if err != nil {
			continue
		}
		checkOrder(r, last, as[0], seen)
		seen[as[0]] = r.Line
		if as[0].No > last.No || as[0].No == last.No && as[0].Suffix > last.Suffix {
			last = as[0]
		}
	}
	for _, k := range headLines {
		if count[k] == 0 && k != LineUntil && len(rows) > 0 {
			rows[0].Bad("kind", "没有%s这一行；请在表里加上，或者重新上传带%s的文件", k, k)
		}
	}
}

// checkOrder looks at an article's number after the one before.
func checkOrder(r *draft.Row, last, a Article, seen map[Article]int) {
	if line, twice := seen[a]; twice {
		r.Bad("number", "%s与第 %d 行重复", a.Han(), line)
		return
	}
	follows := a.No == last.No+1 && a.Suffix == 0 || a.No == last.No && a.Suffix == last.Suffix+1
	if follows {
		return
	}
	text := fmt.Sprintf("%s在%s后面，条号不连续", a.Han(), last.Han())
	if last.No == 0 {
		text = fmt.Sprintf("第一个条号是%s", a.Han())
	}
	if r.Text("note") != "" {
		r.Warn("number", "%s；说明：%s", text, r.Text("note"))
		return
	}
	r.Bad("number", "%s。改正条号，补上缺的条，或者在“说明”里写明原文如此", text)
}

// checkDivide looks at a division's number: it goes on from the one before, or begins anew under a higher
// division.
func checkDivide(r *draft.Row, kind LineKind, divides map[LineKind]int) {
	n, unit, ok := divideNumber(r.Text("number"))
	if !ok {
		return
	}
	if unit != string(kind) {
		r.Bad("number", "类别是%s，编号写的是%s", kind, unit)
		return
	}
	if n != divides[kind]+1 && n != 1 {
		r.Warn("number", "%s的编号不连续", kind)
	}
	divides[kind] = n
	for _, lower := range divideLines[slices.Index(divideLines, kind)+1:] {
		if lower == LineSection || n == 1 {
			divides[lower] = 0
		}
	}
}

// Stage writes the lines; nobody sees them before the batch is published.
func (t textList) Stage(tx *store.Tx, _ access.Session, batch draft.BatchID, rows []*draft.Row) error {
	lines := make([]lineRow, len(rows))
	for i, r := range rows {
		l := lineRow{ID: store.NewID(), Batch: int64(batch), Line: r.Line, Kind: LineKind(r.Text("kind")), Number: r.Text("number"), Text: strings.TrimSpace(r.Values["text"])}
		if l.Kind == LineArticle {
			as, err := ParseArticles(l.Number)
			if err != nil {
				return wrap("stage article", err)
			}
			l.No, l.Suffix = as[0].No, as[0].Suffix
			if err := search.Put(tx, articleKind, l.ID, l.words()); err != nil {
				return err
			}
		}
		lines[i] = l
	}
	return wrap("stage lines", insertAll(tx, lines))
}

// Unstage deletes what Stage wrote.
func (t textList) Unstage(tx *store.Tx, batch draft.BatchID) error {
	var ids []int64
	if err := tx.DB().NewSelect().Model((*lineRow)(nil)).Column("n.id").Where("n.batch_id = ?", batch).Where("n.text_id = 0").Scan(tx.Ctx, &ids); err != nil {
		return wrap("unstage lines", err)
	}
	for _, id := range ids {
		if err := search.Delete(tx, articleKind, id); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`DELETE FROM law_line WHERE batch_id = ? AND text_id = 0`, batch)
	return wrap("unstage lines", err)
}

// Finish makes the lines a text of their version of the law.
func (t textList) Finish(tx *store.Tx, by access.Session, batch draft.BatchID) error {
	return t.s.publishText(tx, by, batch)
}

var (
	_ draft.Reader   = textList{}
	_ draft.Finisher = textList{}
	_ draft.Lander   = textList{}
)

// dayOf reads a date that the check has passed.
func dayOf(s string) law.Date {
	d, _ := draft.ParseDay(s)
	return d
}
