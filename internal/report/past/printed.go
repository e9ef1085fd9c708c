package past

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/draft/prose"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/report/consistency"
	"fadu/internal/report/reading"
	"fadu/internal/store"
	"fadu/internal/web"
)

// printed is a printed report as the draft mechanism sees it: a row for what it is called, its year and its day of signing, and
// one for each figure.
type printed struct{}

// lineKind says what a row of the draft is.
type lineKind string

const (
	aTitle  lineKind = "报告名称"
	aYear   lineKind = "报告年份"
	aDay    lineKind = "签发日期"
	aFigure lineKind = "数字"
)

const printedKind = "report.past"

// Name is the list's code.
func (printed) Name() string { return printedKind }

// Label is what the list is called.
func (printed) Label() string { return "旧报告" }

// Permissions: whoever may bring a report in may confirm it; it changes no figure of the bureau.
func (printed) Permissions() (upload, publish access.Permission) {
	return access.ReportImport, access.ReportImport
}

// Landing is the list of reports.
func (printed) Landing() web.Link { return web.Link{Label: "旧报告", Href: Path} }

// Accepts are reports as they are kept.
func (printed) Accepts() string { return ".docx,.html,.htm,.txt,.md" }

// Columns describes a row.
func (printed) Columns() []draft.Column {
	kinds := []string{string(aTitle), string(aYear), string(aDay), string(aFigure)}
	return []draft.Column{
		{Key: "kind", Label: "类别", Kind: draft.Choice, Need: true, Choices: kinds, Note: "名称、年份、签发日期各一行，其余是数字"},
		{Key: "number", Label: "编号", Max: 20, Note: "数字在这份报告里的编号，组成部分、分子、分母用它", Example: "f1"},
		{Key: "name", Label: "数什么", Max: 200, Note: "数字数的是什么", Example: "行政处罚案件", Width: 30},
		{Key: "value", Label: "数或者内容", Max: 200, Note: "照印的写：814、150余万、近500、98.3", Example: "814"},
		{Key: "unit", Label: "计量单位", Max: 20, Note: "起、件、人次、%", Example: "起"},
		{Key: "period", Label: "统计期", Max: 40, Note: "2023、2023-01至11、截至2024-10、2018上半年、目标", Example: "2023"},
		{Key: "parts", Label: "组成部分", Max: 2000, Note: "合计由哪些编号的数字组成", Example: "f2、f3"},
		{Key: "numerator", Label: "分子", Max: 40, Note: "率的分子：数，或者另一个数字的编号"},
		{Key: "denominator", Label: "分母", Max: 40, Note: "率的分母：数，或者另一个数字的编号"},
		{Key: "plan", Label: "计划", Kind: draft.Choice, Choices: []string{"是", "否"}, Note: "说的是以后要做的填“是”，不参加核对"},
		{Key: "sentence", Label: "所在的句子", Max: 4000, Width: 60},
	}
}

// Read reads a report file. A workbook or a CSV with the list's headings is read as a table.
func (printed) Read(content []byte) (p draft.Parsed, ok bool, err error) {
	if isTable(content) {
		return p, false, nil
	}
	lines, err := prose.Lines(content)
	if err != nil {
		return p, true, err
	}
	r := reading.Read(lines)
	if len(r.Figures) == 0 {
		return p, true, fault.New(fault.Invalid, "文件里没有找到带计量单位的数字。扫描件请先转成文字")
	}
	if len(r.Figures) > draft.MaxRows-3 {
		return p, true, fault.New(fault.Invalid, "文件里的数字超过 %d 个，请分成几份", draft.MaxRows-3)
	}
	year, signed := "", ""
	if r.Year > 0 {
		year = strconv.Itoa(r.Year)
	}
	if !r.SignedOn.IsZero() {
		signed = r.SignedOn.String()
	}
	p.Rows = []*draft.Row{head(1, aTitle, r.Title), head(2, aYear, year), head(3, aDay, signed)}
	for i, f := range r.Figures {
		p.Rows = append(p.Rows, &draft.Row{Line: i + 4, Values: rowValues(f)})
	}
	p.Sheet = "数字"
	p.Notes = []string{fmt.Sprintf("找到 %d 个数字。名称、统计期、谁是谁的组成部分和分母是程序从文字里读的，请对照句子确认；不是数字的行去掉", len(r.Figures))}
	for _, f := range r.Findings {
		if len(f.Figures) == 0 { // of documents, not of figures
			p.Notes = append(p.Notes, f.Message)
		}
	}
	return p, true, nil
}

func head(line int, kind lineKind, value string) *draft.Row {
	return &draft.Row{Line: line, Values: map[string]string{"kind": string(kind), "value": value}}
}

func rowValues(f reading.Figure) map[string]string {
	return map[string]string{
		"kind": string(aFigure), "number": f.ID, "name": f.Name, "value": cmp.Or(f.Value.Text(), f.Printed), "unit": f.Unit, "period": f.Period, "parts": strings.Join(f.Parts, "、"),
		"numerator": f.Numerator.Text(), "denominator": f.Denominator.Text(), "plan": planText(f.Plan), "sentence": f.Sentence,
	}
}

func planText(plan bool) string {
	if plan {
		return "是"
	}
	return "否"
}

// isTable tells a workbook or a CSV with the list's headings from a report.
func isTable(content []byte) bool {
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return !prose.HasPart(content, "word/document.xml")
	}
	first, _, _ := bytes.Cut(content[:min(400, len(content))], []byte("\n"))
	return bytes.Contains(first, []byte("类别")) && bytes.Contains(first, []byte("编号")) && bytes.Contains(first, []byte(","))
}

// Check names what cannot be read in each row; over the whole batch it also holds the figures against each other. What the report
// prints is not put right here: contradictions are shown, and do not keep the report back.
func (printed) Check(tx *store.Tx, _ access.Session, rows []*draft.Row) error {
	if len(rows) == 0 {
		return nil
	}
	staging, err := draft.Staging(tx, rows[0].ID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		checkRow(r)
	}
	if staging {
		return nil
	}
	heads := map[lineKind]int{}
	for _, r := range rows {
		if k := lineKind(r.Text("kind")); k != aFigure {
			if heads[k]++; heads[k] > 1 {
				r.Bad("kind", "%s写了两次", k)
			}
		}
	}
	if heads[aTitle] == 0 {
		rows[0].Bad("kind", "没有“%s”这一行", aTitle)
	}
	compare(rows)
	return nil
}

func checkRow(r *draft.Row) {
	value := r.Text("value")
	switch lineKind(r.Text("kind")) {
	case aTitle:
		if value == "" {
			r.Bad("value", "请填写报告的名称")
		}
	case aYear:
		if n, err := strconv.Atoi(draft.CodeOf(value)); value != "" && (err != nil || n < 1949 || n > 2200) {
			r.Bad("value", "年份写成四位数字，例如 2023；说的不是一年的留空")
		}
	case aDay:
		if _, err := draft.ParseDay(value); value != "" && err != nil {
			r.Bad("value", "%v", err)
		}
	case aFigure:
		for _, need := range []struct{ key, what string }{{"number", "编号"}, {"name", "数什么"}, {"value", "数"}} {
			if r.Text(need.key) == "" {
				r.Bad(need.key, "请填写%s", need.what)
			}
		}
		if value != "" && r.Text("unit") != dateUnit {
			if _, err := consistency.ParseNumber(value); err != nil {
				r.Bad("value", "%v；照印的写，例如 814、150余万、近500", err)
			}
		}
	}
}

// dateUnit is the unit of a day that a report names: no number.
const dateUnit = "日期"

// compare holds the figures of a whole batch against each other and shows each finding at the figure that it judges.
func compare(rows []*draft.Row) {
	at := map[string]*draft.Row{}
	var lines []Line
	for _, r := range rows {
		if lineKind(r.Text("kind")) == aFigure {
			number := r.Text("number")
			if first := at[number]; first != nil && number != "" {
				r.Bad("number", "与第 %d 行的编号重复", first.Line)
				continue
			}
			at[number] = r
		}
		lines = append(lines, lineOf(r))
	}
	whole := true
	for _, r := range rows {
		for _, key := range []string{"parts", "numerator", "denominator"} {
			for _, id := range named(key, r.Text(key)) {
				if at[id] == nil {
					r.Bad(key, "没有编号“%s”的数字", id)
				}
			}
		}
		whole = whole && r.OK()
	}
	if !whole {
		return // what contradicts what can be said once each row is right
	}
	findings, err := judge(lines)
	if err != nil {
		rows[0].Bad("kind", "%v", err)
		return
	}
	for _, f := range findings {
		if row := rows[0]; f.Verdict != consistency.Holds {
			if len(f.Figures) > 0 && at[f.Figures[0]] != nil {
				row = at[f.Figures[0]]
			}
			row.Warn("value", "%s：%s", verdicts[f.Verdict].Label, f.Message)
		}
	}
}

// named are the figures that a cell names: of the parts all items, of a numerator what is no number itself.
func named(key, cell string) []string {
	if key == "parts" {
		return draft.Items(cell)
	}
	if cell == "" {
		return nil
	}
	if _, err := consistency.ParseNumber(cell); err == nil {
		return nil
	}
	return []string{cell}
}

func lineOf(r *draft.Row) Line {
	return Line{
		Line: r.Line, Kind: lineKind(r.Text("kind")), Number: r.Text("number"), Name: r.Text("name"), Value: r.Text("value"), Unit: r.Text("unit"), Period: r.Text("period"),
		Parts: strings.Join(draft.Items(r.Text("parts")), "、"), Numerator: r.Text("numerator"), Denominator: r.Text("denominator"), Plan: store.Flag(r.Text("plan") == "是"), Sentence: r.Text("sentence"),
	}
}

// judge holds the figures of a report against each other: those that tell of what was done.
func judge(lines []Line) ([]consistency.Finding, error) {
	byNumber := map[string]Line{}
	for _, l := range figuresOf(lines) {
		byNumber[l.Number] = l
	}
	number := func(cell string) (consistency.Number, error) {
		if l, ok := byNumber[cell]; ok {
			cell = l.Value
		}
		if cell == "" {
			return consistency.Number{}, nil
		}
		return consistency.ParseNumber(cell)
	}
	var figures []consistency.Figure
	signed, err := dayOf(lines)
	if err != nil {
		return nil, err
	}
	for _, l := range figuresOf(lines) {
		if bool(l.Plan) {
			continue
		}
		f := consistency.Figure{ID: l.Number, Name: l.Name, Unit: l.Unit, Period: l.Period, SignedOn: signed}
		if l.Unit != dateUnit {
			if f.Value, err = number(l.Value); err != nil {
				return nil, err
			}
		}
		if f.Numerator, err = number(l.Numerator); err != nil {
			return nil, err
		}
		if f.Denominator, err = number(l.Denominator); err != nil {
			return nil, err
		}
		for _, id := range draft.Items(l.Parts) {
			if !bool(byNumber[id].Plan) {
				f.Parts = append(f.Parts, id)
			}
		}
		figures = append(figures, f)
	}
	return consistency.Check(figures)
}

// valueOf is what the head line of a kind says.
func valueOf(lines []Line, kind lineKind) string {
	i := slices.IndexFunc(lines, func(l Line) bool { return l.Kind == kind })
	if i < 0 {
		return ""
	}
	return lines[i].Value
}

func dayOf(lines []Line) (law.Date, error) {
	text := valueOf(lines, aDay)
	if text == "" {
		return law.Date{}, nil
	}
	return draft.ParseDay(text)
}

// Stage writes the lines; nobody sees them before the report is there.
func (printed) Stage(tx *store.Tx, _ access.Session, batch draft.BatchID, rows []*draft.Row) error {
	entry, err := draft.BatchEntry(tx, batch)
	if err != nil {
		return err
	}
	lines := make([]Line, len(rows))
	for i, r := range rows {
		lines[i] = lineOf(r)
		lines[i].ID, lines[i].Batch, lines[i].Entry = store.NewID(), batch, entry
	}
	_, err = tx.DB().NewInsert().Model(&lines).Exec(tx.Ctx)
	return err
}

// Unstage deletes what Stage wrote.
func (printed) Unstage(tx *store.Tx, batch draft.BatchID) error {
	_, err := tx.Exec(`DELETE FROM past_line WHERE batch_id = ?`, batch)
	return err
}

// Finish makes the lines a report, with what the figures say against each other as they were confirmed.
func (printed) Finish(tx *store.Tx, by access.Session, batch draft.BatchID) error {
	lines, err := linesOf(tx, batch)
	if err != nil {
		return err
	}
	r := Report{ID: ReportID(store.NewID()), Batch: batch, Levels: by.Unit().Levels(), Title: valueOf(lines, aTitle), ConfirmedBy: by.Name(), ConfirmedAt: store.Micros(tx.Now), Version: 1}
	r.Figures = len(figuresOf(lines))
	r.Year, _ = strconv.Atoi(draft.CodeOf(valueOf(lines, aYear))) // nothing, or what the check has passed
	if r.SignedOn, err = dayOf(lines); err != nil {
		return err
	}
	if r.Findings, err = judge(lines); err != nil {
		return err
	}
	for _, f := range r.Findings {
		switch f.Verdict {
		case consistency.Impossible:
			r.Impossible++
		case consistency.Explain:
			r.Unexplained++
		}
	}
	r.Entry, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindConfirmed, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{"title": r.Title, "year": r.Year, "figures": r.Figures, "impossible": r.Impossible, "unexplained": r.Unexplained, "batch": batch.String()}})
	if err != nil {
		return err
	}
	_, err = tx.DB().NewInsert().Model(&r).Exec(tx.Ctx)
	return err
}

var (
	_ draft.Reader   = printed{}
	_ draft.Finisher = printed{}
	_ draft.Lander   = printed{}
)
