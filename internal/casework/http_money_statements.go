package casework

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showStatements(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderStatements(w, r, by, http.StatusOK, nil, nil)
}

func (s *Service) renderStatements(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form, notices []pages.NoteView) error {
	rows, err := s.Statements(r.Context(), by)
	if err != nil {
		return err
	}
	today := law.DateOf(s.DB.Now())
	v := pages.StatementsView{Form: f, Notices: notices, Columns: strings.Join(StatementColumns, "、")}
	for _, st := range rows {
		row := pages.StatementRow{Name: st.Name, Href: statementURL(st.ID), At: clock(store.FromMicros(st.At), today), Lines: fmt.Sprint(st.Lines), Matched: st.Counts[LineMatched] + st.Counts[LineSettled], Open: st.Open(), State: web.TagView{Label: "已对完", Kind: "ok"}}
		switch {
		case st.Done() < st.Lines:
			row.State = web.TagView{Label: fmt.Sprintf("中断，还有 %d 行", st.Lines-st.Done()), Kind: "late"}
		case st.Open() > 0:
			row.State = web.TagView{Label: "待处理", Kind: "soon"}
		}
		v.Rows = append(v.Rows, row)
	}
	return web.Render(w, r, status, pages.Statements(v))
}

func (s *Service) statementTemplate(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	b, err := StatementTemplate()
	if err != nil {
		return err
	}
	return web.Download(w, r, "非税对账单模板.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b)
}

func (s *Service) importStatementForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, draft.MaxFile+1<<20)
	if err != nil {
		return err
	}
	files := f.Files("file", "对账单", 1, draft.MaxFile)
	if len(files) == 0 && f.Err() == nil {
		f.Add("file", "请选择对账单文件")
	}
	var id int64
	if err = f.Err(); err == nil {
		var data []byte
		if data, err = files[0].Bytes(); err == nil {
			id, err = s.ImportStatement(r.Context(), by, files[0].Name, data)
		}
	}
	var e *fault.Error
	switch {
	case errors.As(err, &e) && e.Kind == fault.Invalid && f.Err() == nil: // about the file: name its lines
		if len(e.Fields) == 0 {
			f.Add("file", "%s", e.Message)
		}
		for _, bad := range e.Fields {
			f.Add("file", "%s：%s", bad.Name, bad.Message)
		}
		err = f.Err()
	case errors.As(err, &e) && e.Kind == fault.Conflict && e.Location != "":
		return s.renderStatements(w, r, by, http.StatusConflict, nil, []pages.NoteView{{Kind: "soon", Title: "没有重复导入：", Text: e.Message, Exit: web.Link{Label: "看导入的结果", Href: e.Location}}})
	}
	if status, ok := f.Take(err); ok {
		return s.renderStatements(w, r, by, status, f, nil)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "对账单已导入"})
	web.SeeOther(w, r, statementURL(id))
	return nil
}

// lineTabs are the views of a statement's lines.
var lineTabs = []string{"", LineMismatch, LineUnknown, LineMatched, LineSettled}

func (s *Service) showStatement(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这份对账单")
	}
	q := web.QueryForm(r)
	state, after, line := q.Choice("state", "结果", lineTabs[1:]...), q.Int("after", "行", 0, 1<<40), q.ID("line", "行")
	if err := q.Err(); err != nil {
		return err
	}
	return s.renderStatement(w, r, by, http.StatusOK, statementShown{id: id, state: state, after: after, line: line})
}

// statementShown says which lines of a statement are shown, and which one is settled.
type statementShown struct {
	id, after, line int64
	state           string
	form            *web.Form
	problem         string
}

func (s *Service) renderStatement(w http.ResponseWriter, r *http.Request, by access.Session, status int, show statementShown) error {
	sts, err := s.statements(r.Context(), by, show.id)
	if err != nil {
		return err
	}
	if len(sts) == 0 {
		return fault.Missing("这份对账单")
	}
	rows, more, err := s.StatementLines(r.Context(), by, show.id, show.state, show.after)
	if err != nil {
		return err
	}
	st := sts[0]
	today := law.DateOf(s.DB.Now())
	v := pages.StatementView{Title: st.Name, Meta: fmt.Sprintf("%s 导入，%d 行", clock(store.FromMicros(st.At), today), st.Lines), Pager: web.PagerView{Summary: fmt.Sprintf("本页 %d 行", len(rows))}}
	if n := st.Lines - st.Done(); n > 0 {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "late", Title: "导入中断：", Text: fmt.Sprintf("还有 %d 行没有核对。请再导入一次同一份文件，已核对的不会重复。", n)})
	}
	if show.problem != "" {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "late", Title: "没有办成：", Text: show.problem})
	}
	at := statementURL(show.id) + "?state=" + show.state
	for _, state := range lineTabs {
		tab := web.TabView{Label: lineStateLabels[state], Href: statementURL(show.id), Count: st.Counts[state], Current: state == show.state, Late: state == LineMismatch && st.Counts[state] > 0}
		if state == "" {
			tab.Label, tab.Count = "全部", st.Done()
		} else {
			tab.Href += "?state=" + state
		}
		v.Tabs = append(v.Tabs, tab)
	}
	for _, row := range rows {
		out := lineRow(row)
		out.Officer, out.Note = out.Note, fmt.Sprint(row.Line.Line)
		if out.Act.Href != "" {
			out.Act.Href = fmt.Sprintf("%s&line=%d#ask", at, row.Line.ID)
		}
		v.Rows = append(v.Rows, out)
	}
	if more {
		v.Pager.Next = fmt.Sprintf("%s&after=%d", at, rows[len(rows)-1].Line.Line)
	}
	if show.after > 0 {
		v.Pager.Prev = at
	}
	if show.line != 0 {
		if v.Ask, err = s.lineAsk(r, show, at); err != nil {
			return err
		}
	}
	return web.Render(w, r, status, pages.StatementPage(v))
}

// lineAsk is the form that settles one line; nil when nothing is to be settled.
func (s *Service) lineAsk(r *http.Request, show statementShown, back string) (*pages.AskView, error) {
	var l StatementLine
	err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		return store.One(tx.DB().NewSelect().Model(&l).Where("id = ?", show.line).Where("statement_id = ?", show.id).Scan(tx.Ctx), "这一行对账单")
	})
	if err != nil || l.State != LineMismatch && l.State != LineUnknown {
		return nil, err
	}
	return &pages.AskView{
		Title: fmt.Sprintf("处理第 %d 行", l.Line), Text: fmt.Sprintf("流水号 %s，%s 缴款 %s 元：%s。先按核实的情况登记缴款、更正或者联系退款，再写明处理结果。", l.Reference, l.PaidOn.Han(), l.Amount.Grouped(), l.Note),
		Action: fmt.Sprintf("/w/money/statement-lines/%d", l.ID), Field: "note", Label: "怎样处理的", Submit: "处理完毕", Class: "primary", Back: back, Version: l.Version, Form: show.form,
	}, nil
}

func (s *Service) settleLineForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这一行对账单")
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	version, err := versionOf(f)
	if err != nil {
		return err
	}
	var l StatementLine
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		return store.One(tx.DB().NewSelect().Model(&l).Where("id = ?", id).Scan(tx.Ctx), "这一行对账单")
	})
	if err != nil {
		return err
	}
	note := f.RequiredLong("note", "怎样处理的", 300)
	if err = f.Err(); err == nil {
		err = s.SettleLine(r.Context(), by, id, version, note)
	}
	show := statementShown{id: l.Statement, line: id, form: f}
	if status, ok := f.Take(err); ok {
		return s.renderStatement(w, r, by, status, show)
	}
	if err != nil {
		return fault.Moved(err, statementURL(l.Statement))
	}
	web.Notify(w, r, web.Flash{Text: "已记下处理结果"})
	web.SeeOther(w, r, statementURL(l.Statement))
	return nil
}
