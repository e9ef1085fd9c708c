package draft

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft/pages"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

const pageRows = 50

func (h site) show(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.renderBatch(w, r, by, http.StatusOK, nil)
}

func (h site) renderBatch(w http.ResponseWriter, r *http.Request, by access.Session, status int, f *web.Form) error {
	id, err := batchOf(r.PathValue("id"))
	if err != nil {
		return err
	}
	var v pages.BatchView
	err = h.s.db.View(r.Context(), func(tx *store.Tx) error {
		b, k, err := h.s.Get(tx, by, id)
		if err != nil {
			return err
		}
		v, err = h.batchView(tx, r, by, b, k)
		return err
	})
	if err != nil {
		return err
	}
	v.Form = f
	return web.Render(w, r, status, pages.Batch(v))
}

func (h site) batchView(tx *store.Tx, r *http.Request, by access.Session, b Batch, k Kind) (pages.BatchView, error) {
	here := h.Base + "/" + b.ID.String()
	v := pages.BatchView{
		Frame: h.frame(), ID: b.ID.String(), Name: k.Label() + "：" + b.FileName, State: stateTag(b), Notes: b.Notes, Open: b.State == Open,
		Meta: b.Uploader + " " + b.Uploaded().Format("2006-01-02 15:04") + " 上传", CanDiscard: b.State == Open, Continue: b.State == Publishing,
	}
	show := rowsToShow(r.URL.Query().Get("show"), b)
	v.Stats = stats(b, here)
	v.Tabs = tabs(b, here, show)
	after, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil {
		after = 0
	}
	rows, err := h.s.Rows(tx, b, show, after, pageRows+1)
	if err != nil {
		return v, err
	}
	link := func(line int) string {
		return web.Address(here, url.Values{"show": {string(show)}, "after": {strconv.Itoa(line)}})
	}
	if len(rows) > pageRows {
		rows = rows[:pageRows]
		v.Pager.Next = link(rows[pageRows-1].Line)
	}
	if after > 0 {
		v.Pager.Prev = web.Address(here, url.Values{"show": {string(show)}})
		v.Pager.Summary = "上一页回到开头"
	}
	for _, row := range rows {
		v.Rows = append(v.Rows, rowView(row, k.Columns(), here, b.State == Open))
	}
	v.Empty = emptyView(show, here)
	if b.Bad > 0 || b.Warned > 0 || b.Removed > 0 {
		v.ProblemsHref = here + "/problems"
	}
	v.Publish = h.publishAct(by, b, k)
	whole, err := objections(tx, k, b)
	if err != nil {
		return v, err
	}
	answerable := b.State == Open && v.Publish != nil && (v.Publish.Why == "" || b.Bad > 0)
	for _, o := range whole {
		v.Objections = append(v.Objections, pages.ObjectionView{Text: o.Text, Answer: o.Answer})
		if o.Answer == "" && answerable {
			v.Answerable = true
			if v.Publish.Why == "" {
				v.Publish.Why = "清单的总数与各分项对不上。核对后写明原因，才能发布"
			}
		}
	}
	if b.State == Published {
		v.Landing = landing(k, b)
	}
	if p, ok := k.(Previewer); ok && b.State == Open {
		v.Preview = p.Preview(b.ID)
	}
	v.Facts = facts(b)
	v.History, err = history(tx, b)
	return v, err
}

// landing is where the published records are found.
func landing(k Kind, b Batch) web.Link {
	switch l := k.(type) {
	case BatchLander:
		return l.LandingOf(b.ID)
	case Lander:
		return l.Landing()
	}
	return web.Link{}
}

// rowsToShow is which rows to show: those to mend as long as there are any.
func rowsToShow(asked string, b Batch) Show {
	switch s := Show(asked); s {
	case ShowAll, ShowBad, ShowWarned, ShowRemoved:
		return s
	}
	if b.Bad > 0 {
		return ShowBad
	}
	return ShowAll
}

func stats(b Batch, here string) []web.StatView {
	n := func(label string, count int, show Show, late bool) web.StatView {
		return web.StatView{Label: label, Value: strconv.Itoa(count), Unit: "行", Href: here + "?show=" + string(show), Late: late && count > 0}
	}
	return []web.StatView{n("共", b.Rows, ShowAll, false), n("要改", b.Bad, ShowBad, true), n("有提示", b.Warned, ShowWarned, false), n("已去掉", b.Removed, ShowRemoved, false)}
}

func tabs(b Batch, here string, show Show) []web.TabView {
	t := func(label string, s Show, n int) web.TabView {
		return web.TabView{Label: label, Href: here + "?show=" + string(s), Count: int64(n), Current: s == show, Late: s == ShowBad && n > 0}
	}
	return []web.TabView{t("要改", ShowBad, b.Bad), t("有提示", ShowWarned, b.Warned), t("全部", ShowAll, b.Rows), t("已去掉", ShowRemoved, b.Removed)}
}

func emptyView(show Show, here string) web.EmptyView {
	all := web.Link{Label: "看全部行", Href: here + "?show=all"}
	switch show {
	case ShowBad:
		return web.EmptyView{Title: "没有要改的行", Why: "其余的都可以发布", Exit: all}
	case ShowWarned:
		return web.EmptyView{Title: "没有带提示的行", Exit: all}
	case ShowRemoved:
		return web.EmptyView{Title: "没有去掉过行", Exit: all}
	}
	return web.EmptyView{Title: "这一页没有行", Why: "内容在作废 30 天后删除"}
}

func rowView(r Stored, columns []Column, here string, editable bool) pages.RowView {
	v := pages.RowView{Line: strconv.Itoa(r.Line), Href: here + "/rows/" + r.ID.String(), Mended: r.Mended, Editable: editable}
	for _, c := range columns {
		text := shown(c, r.Text(c.Key))
		bad := r.Wrong(c.Key)
		if text == "" && !bad {
			continue
		}
		if text == "" {
			text = "（空）"
		}
		v.Values = append(v.Values, pages.ValueView{Label: c.Label, Text: clip(text, 60), Bad: bad})
	}
	for _, p := range r.Problems {
		v.Problems = append(v.Problems, pages.ProblemView{Label: columnLabel(columns, p.Column), Text: p.Message, Warning: p.Warning})
	}
	return v
}

// publishAct is the button that publishes, greyed with its reason; nil when there is nothing to publish.
func (h site) publishAct(by access.Session, b Batch, k Kind) *web.ActView {
	if b.State != Open && b.State != Publishing {
		return nil
	}
	a := &web.ActView{Label: fmt.Sprintf("发布 %d 行", b.Rows-b.Removed)}
	if b.State == Publishing {
		a.Label = "继续发布"
	}
	_, publish := k.Permissions()
	switch {
	case !by.Can(publish):
		a.Why = "您可以上传和修改，发布要由有“" + permissionLabel(publish) + "”权限的人办理"
	case b.State == Open && b.Bad > 0:
		a.Why = fmt.Sprintf("还有 %d 行要改。改好或者去掉后再发布", b.Bad)
	case b.State == Open && b.Ready() == 0:
		a.Why = "没有要发布的行"
	}
	return a
}

func permissionLabel(p access.Permission) string {
	for _, l := range access.Permissions() {
		if l.Permission == p {
			return l.Label
		}
	}
	return string(p)
}

func facts(b Batch) []web.FactView {
	out := []web.FactView{{Label: "文件", Text: b.FileName}, {Label: "工作表", Text: b.Sheet}, {Label: "文件摘要", Text: b.Digest[:min(16, len(b.Digest))] + "…"}}
	if b.State == Published {
		out = append(out, web.FactView{Label: "发布", Text: b.Publisher + " " + b.PublishedTime().Format("2006-01-02 15:04")})
	}
	if b.Reason != "" {
		out = append(out, web.FactView{Label: "作废原因", Text: b.Reason})
	}
	return out
}

func history(tx *store.Tx, b Batch) ([]web.LedgerView, error) {
	es, err := ledger.History(tx, b.ID.Subject(), 0, 30)
	if err != nil {
		return nil, err
	}
	out := make([]web.LedgerView, len(es))
	for i, e := range es {
		out[i] = web.LedgerView{Time: e.Time().Format("01-02 15:04"), Who: e.Actor, Text: Kinds[e.Kind] + lineOf(e), Key: e.Kind == kindPublished}
	}
	return out, nil
}

func (h site) publish(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.act(w, r, by, func(id BatchID, _ *web.Form) (string, error) {
		res, err := h.s.Publish(r.Context(), by, id)
		return fmt.Sprintf("已发布 %d 行", res.Rows), err
	})
}

func (h site) withdraw(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.act(w, r, by, func(id BatchID, _ *web.Form) (string, error) {
		return "已退回修改", h.s.Withdraw(r.Context(), by, id)
	})
}

func (h site) discard(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.act(w, r, by, func(id BatchID, f *web.Form) (string, error) {
		return "批次已作废", h.s.Discard(r.Context(), by, id, f.Text("reason", 200))
	})
}

func (h site) acknowledge(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return h.act(w, r, by, func(id BatchID, f *web.Form) (string, error) {
		return "已写明原因", h.s.Acknowledge(r.Context(), by, id, f.Text("why", 200))
	})
}

// act does something with a batch and shows it again; a clash with other people's work is told on the
// batch's page.
func (h site) act(w http.ResponseWriter, r *http.Request, by access.Session, do func(BatchID, *web.Form) (string, error)) error {
	id, err := batchOf(r.PathValue("id"))
	if err != nil {
		return err
	}
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	done, err := do(id, f)
	if status, ok := f.Take(invalidIf(err)); ok {
		if fault.Is(err, fault.Conflict) {
			status = http.StatusConflict
		}
		return h.renderBatch(w, r, by, status, f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: done})
	web.SeeOther(w, r, h.Base+"/"+id.String())
	return nil
}

// invalidIf lets a form show a conflict's words as it shows those of a wrong input.
func invalidIf(err error) error {
	var e *fault.Error
	if errors.As(err, &e) && e.Kind == fault.Conflict {
		return fault.New(fault.Invalid, "%s", e.Message)
	}
	return err
}

// problems sends the rows that have problems as a list to work through outside.
func (h site) problems(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := batchOf(r.PathValue("id"))
	if err != nil {
		return err
	}
	var b Batch
	var k Kind
	err = h.s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		b, k, err = h.s.Get(tx, by, id)
		return err
	})
	if err != nil {
		return err
	}
	columns := k.Columns()
	sheet := web.Sheet{Name: k.Label() + "问题清单", Head: []string{"行", "列", "问题", "是否必须改"}, Widths: []float64{8, 16, 60, 12}}
	for _, c := range columns {
		sheet.Head, sheet.Widths = append(sheet.Head, c.Label), append(sheet.Widths, 16)
	}
	sheet.Rows = func(yield func([]any, error) bool) {
		for after, more := 0, true; more; {
			var rows []Stored
			err := h.s.db.View(r.Context(), func(tx *store.Tx) (err error) {
				rows, err = h.s.Rows(tx, b, showProblems, after, longPiece)
				return err
			})
			if err != nil {
				yield(nil, err)
				return
			}
			for _, row := range rows {
				after = row.Line
				for _, line := range problemLines(row, columns) {
					if !yield(line, nil) {
						return
					}
				}
			}
			more = len(rows) == longPiece
		}
	}
	return web.Excel(w, r, k.Label()+"问题清单", sheet)
}

// problemLines are the lines of the list of problems about a row.
func problemLines(row Stored, columns []Column) (out [][]any) {
	if row.Removed && len(row.Problems) == 0 {
		row.Problems = []Problem{{Message: "已去掉"}}
	}
	for _, p := range row.Problems {
		must := "必须改"
		switch {
		case row.Removed:
			must = "已去掉"
		case p.Warning:
			must = "提示"
		}
		line := []any{row.Line, columnLabel(columns, p.Column), p.Message, must}
		for _, c := range columns {
			line = append(line, shown(c, row.Text(c.Key)))
		}
		out = append(out, line)
	}
	return out
}
