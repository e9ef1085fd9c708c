package past

import (
	"net/http"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/report/consistency"
	"fadu/internal/report/past/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The addresses of this slice.
const (
	Path       = pages.Nav
	importPath = "/w/past-report-import"
)

// Routes are the pages of this slice.
func (s *Service) Routes() []access.Route {
	out := []access.Route{
		{Pattern: "GET " + Path, Allow: access.FigureRead, Handle: s.showList},
		{Pattern: "GET " + Path + "/{id}", Allow: access.FigureRead, Handle: s.showReport},
		{Pattern: "GET " + Path + "/{id}/xlsx", Allow: access.FigureExport, Handle: s.exportReport},
		{Pattern: "POST " + Path + "/{id}/withdraw", Allow: access.ReportImport, Handle: s.postWithdraw},
	}
	return append(out, s.drafts.Routes(draft.Site{Base: importPath, Current: Path, Title: "导入旧报告", Allow: access.ReportImport, Up: []web.Link{{Label: "旧报告", Href: Path}}})...)
}

// verdicts name what a check found and how it looks.
var verdicts = map[consistency.Verdict]web.TagView{
	consistency.Impossible: {Label: "不可能", Kind: "late"}, consistency.Explain: {Label: "要说明", Kind: "soon"}, consistency.Holds: {Label: "成立", Kind: "ok"},
}

func (s *Service) showList(w http.ResponseWriter, r *http.Request, by access.Session) error {
	scope := by.ScopeFor(access.FigureRead)
	v := pages.ListView{Empty: web.EmptyView{Title: "还没有旧报告", Why: "导入以前印发的报告，系统找出里面的数字，列出自相矛盾的、说不清的"}}
	if by.Can(access.ReportImport) {
		v.Import = importPath
	}
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		rows, prev, next, err := page(tx, scope, r.URL.Query().Get("after"))
		for _, x := range rows {
			v.Rows = append(v.Rows, rowOf(x))
		}
		for _, p := range []struct {
			cursor string
			to     *string
		}{{prev, &v.Pager.Prev}, {next, &v.Pager.Next}} {
			if p.cursor != "" {
				*p.to = Path + "?after=" + p.cursor
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.List(v))
}

func rowOf(x Report) pages.ReportRow {
	row := pages.ReportRow{Href: x.URL(), Title: x.Title, Year: yearText(x.Year), SignedOn: x.SignedOn.Han(), Figures: x.Figures, Impossible: x.Impossible, Unexplained: x.Unexplained, Confirmed: x.ConfirmedBy + " " + dayOfMicros(x.ConfirmedAt)}
	if x.Withdrawn != "" {
		row.State = web.TagView{Label: "已撤下", Kind: "line"}
	}
	return row
}

func yearText(year int) string {
	if year == 0 {
		return "—"
	}
	return strconv.Itoa(year) + "年"
}

func dayOfMicros(micros int64) string {
	return law.DateOf(store.FromMicros(micros)).String()
}

func (s *Service) showReport(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.render(w, r, by, http.StatusOK, nil)
}

func idOf(r *http.Request) (ReportID, error) {
	n, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return 0, fault.Missing(nounReport)
	}
	return ReportID(n), nil
}

// whole is a report with its lines and what the ledger says of it.
type whole struct {
	Report
	lines   []Line
	history []ledger.Entry
}

func (s *Service) whole(r *http.Request, by access.Session) (out whole, err error) {
	id, err := idOf(r)
	if err != nil {
		return out, err
	}
	scope := by.ScopeFor(access.FigureRead)
	err = s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		if out.Report, err = reportOf(tx, scope, id); err != nil {
			return err
		}
		if out.lines, err = linesOf(tx, out.Batch); err != nil {
			return err
		}
		out.history, err = ledger.History(tx, out.Subject(), 0, 20)
		return err
	})
	return out, err
}

func (s *Service) render(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	x, err := s.whole(r, by)
	if err != nil {
		return err
	}
	v := pages.ReportView{
		Title: x.Title, Href: x.URL(), Form: web.NewForm(nil), Seen: strconv.FormatInt(x.Version, 10), Withdrawn: x.Withdrawn,
		Facts: []web.FactView{{Label: "说的是", Text: yearText(x.Year)}, {Label: "签发", Text: orDash(x.SignedOn.Han())}, {Label: "数字", Text: strconv.Itoa(x.Report.Figures) + " 个"}, {Label: "确认", Text: x.ConfirmedBy + "，" + dayOfMicros(x.ConfirmedAt)}},
	}
	if f != nil {
		v.Form, v.Seen = f, f.Value("version")
	}
	if by.Can(access.FigureExport) {
		v.Export = x.URL() + "/xlsx"
	}
	if by.Can(access.ReportImport) {
		v.Batch = importPath + "/" + x.Batch.String()
		v.Withdraw = x.Withdrawn == ""
	}
	for _, f := range x.Findings {
		v.Findings = append(v.Findings, pages.FindingRow{Verdict: verdicts[f.Verdict], Message: f.Message, Figures: anchors(f.Figures)})
	}
	for _, l := range figuresOf(x.lines) {
		v.Figures = append(v.Figures, pages.FigureRow{Number: l.Number, Name: l.Name, Value: shown(l), Period: l.Period, Of: of(l), Sentence: l.Sentence, Plan: bool(l.Plan), Worst: worst(x.Findings, l.Number)})
	}
	for _, e := range x.history {
		v.History = append(v.History, web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: Kinds[e.Kind], Key: true})
	}
	return web.Render(w, r, status, pages.Report(v))
}

func orDash(s string) string {
	if s == "" {
		return "没有写明"
	}
	return s
}

// shown is the number with its measure word.
func shown(l Line) string {
	if l.Unit == dateUnit {
		return l.Period
	}
	return l.Value + l.Unit
}

// of says what a total or a rate is of.
func of(l Line) string {
	var out []string
	if l.Parts != "" {
		out = append(out, "由 "+l.Parts+" 组成")
	}
	if l.Numerator != "" {
		out = append(out, "分子 "+l.Numerator)
	}
	if l.Denominator != "" {
		out = append(out, "分母 "+l.Denominator)
	}
	return strings.Join(out, "，")
}

// anchors are links to figures on the same page; of many the first ones.
func anchors(numbers []string) (out []web.Link) {
	const most = 12
	for i, n := range numbers {
		if i == most {
			return append(out, web.Link{Label: "等 " + strconv.Itoa(len(numbers)) + " 个", Href: "#figures"})
		}
		out = append(out, web.Link{Label: n, Href: "#" + pages.Anchor(n)})
	}
	return out
}

// worst is the gravest finding that judges the figure; one that names many is no mark of each.
func worst(findings []consistency.Finding, number string) (tag web.TagView) {
	for _, f := range findings {
		if len(f.Figures) == 0 || f.Figures[0] != number || f.Verdict == consistency.Holds {
			continue
		}
		if tag.Label == "" || f.Verdict == consistency.Impossible {
			tag = verdicts[f.Verdict]
		}
	}
	return tag
}

func (s *Service) postWithdraw(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	err = s.Withdraw(r.Context(), by, id, f.RequiredInt("version", "版本", 0, 1<<62), f.Text("reason", 200))
	switch status, ok := f.Take(err); {
	case ok:
		return s.render(w, r, by, status, f)
	case err != nil:
		return fault.Moved(err, Report{ID: id}.URL())
	}
	web.Notify(w, r, web.Flash{Text: "已撤下；内容和理由都留着"})
	web.SeeOther(w, r, Report{ID: id}.URL())
	return nil
}

func (s *Service) exportReport(w http.ResponseWriter, r *http.Request, by access.Session) error {
	x, err := s.whole(r, by)
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "数字"}
	for _, c := range (printed{}).Columns() { // as in the template: it can be mended and brought in again
		sheet.Head = append(sheet.Head, c.Label)
	}
	sheet.Head = append(sheet.Head, "核对")
	var rows [][]any
	for _, l := range x.lines {
		plan := ""
		if l.Kind == aFigure {
			plan = planText(bool(l.Plan))
		}
		rows = append(rows, []any{string(l.Kind), l.Number, l.Name, l.Value, l.Unit, l.Period, l.Parts, l.Numerator, l.Denominator, plan, l.Sentence, strings.Join(said(x.Findings, l.Number), "；")})
	}
	sheet.Rows = func(yield func([]any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	return web.Excel(w, r, x.Title+"-数字.xlsx", sheet)
}

// said are the findings that judge a figure, in words.
func said(findings []consistency.Finding, number string) (out []string) {
	for _, f := range findings {
		if number != "" && len(f.Figures) > 0 && f.Figures[0] == number {
			out = append(out, verdicts[f.Verdict].Label+"："+f.Message)
		}
	}
	return out
}
