package casework

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// bookletForm bounds a form with photographs of a paper.
const (
	bookletPictures = 8
	bookletForm     = bookletPictures*photoBytes + 1<<20
)

// routesBooklet are the pages of booklets, of their numbers and of what was written by hand.
func (s *Service) routesBooklet() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/booklets", Allow: access.CaseRead, Handle: s.showBooklets},
		{Pattern: "POST /w/booklets", Allow: access.SeriesManage, Handle: s.registerBookletForm},
		{Pattern: "GET /w/booklets/numbers", Allow: access.CaseRead, Handle: s.showNumbers},
		{Pattern: "GET /w/booklets/numbers/export", Allow: access.CaseExport, Handle: s.exportNumbers},
		{Pattern: "GET /w/booklets/{id}", Allow: access.CaseRead, Handle: s.showBooklet},
		{Pattern: "POST /w/booklets/{id}/issue", Allow: access.SeriesManage, Handle: s.onBookletForm("issue")},
		{Pattern: "POST /w/booklets/{id}/return", Allow: access.SeriesManage, Handle: s.onBookletForm("return")},
		{Pattern: "POST /w/booklets/{id}/check", Allow: access.SeriesManage, Handle: s.onBookletForm("check")},
		{Pattern: "POST /w/booklets/{id}/close", Allow: access.SeriesManage, Handle: s.onBookletForm("close")},
		{Pattern: "GET /w/booklets/{id}/photos/{photo}", Allow: access.CaseRead, Handle: s.serveBookletPhoto},
		{Pattern: "GET /w/booklets/{id}/numbers/{number}", Allow: access.CaseRead, Handle: s.showNumber},
		{Pattern: "POST /w/booklets/{id}/numbers/{number}/report", Handle: s.onNumberForm("report")},
		{Pattern: "POST /w/booklets/{id}/numbers/{number}/void", MaxBody: bookletForm, Handle: s.onNumberForm("void")},
		{Pattern: "POST /w/booklets/{id}/numbers/{number}/lose", Handle: s.onNumberForm("lose")},
		{Pattern: "POST /w/booklets/{id}/numbers/{number}/restore", Allow: access.SeriesManage, Handle: s.onNumberForm("restore")},
		{Pattern: "GET /w/booklets/{id}/numbers/{number}/entry", Allow: access.CaseHandle, Handle: s.showEntry},
		{Pattern: "POST /w/booklets/{id}/numbers/{number}/entry", Allow: access.CaseHandle, MaxBody: bookletForm, Handle: s.enterForm},
	}
}

func (s *Service) showBooklets(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.renderBooklets(w, r, by, http.StatusOK, web.QueryForm(r), nil)
}

func (s *Service) renderBooklets(w http.ResponseWriter, r *http.Request, by access.Session, status int, q, register *web.Form) error {
	f := BookletFilter{State: BookletState(q.Choice("state", "状态", "stock", "issued", "closed")), Unit: access.UnitID(q.ID("unit", "单位"))}
	if err := q.Err(); err != nil {
		return err
	}
	page, err := s.Booklets(r.Context(), by, f, q.Value("after"))
	if err != nil {
		return err
	}
	v := pages.BookletsView{
		Form: q, States: options([]BookletState{BookletStock, BookletIssued, BookletClosed}, bookletStateLabels), Register: register, MayRegister: by.Can(access.SeriesManage),
		Summary: "共 " + web.CountText(int64(min(page.Total, store.CountLimit)), page.Total > store.CountLimit) + " 本，新登记的在前", Today: law.DateOf(s.DB.Now()).String(),
		Pager: web.PagerView{Summary: fmt.Sprintf("本页 %d 本", len(page.Rows)), Prev: turnHref(pages.NavBooklets, q, page.Prev), Next: turnHref(pages.NavBooklets, q, page.Next)},
		Empty: web.EmptyView{Title: "没有文书本", Why: "内勤登记印好的文书本，发给执法人员，没电没网时手写使用。"},
	}
	year := s.DB.Now().Year()
	for _, y := range []int{year, year - 1, year + 1} {
		v.Years = append(v.Years, web.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)})
	}
	for _, b := range page.Rows {
		v.Rows = append(v.Rows, pages.BookletRow{
			Label: b.Label(), Href: b.ID.URL(), Kind: b.Kind.Label(), Unit: b.UnitName, Holder: orWord(b.HolderName, "—"), Printed: joinDot(b.Printer, b.Edition.String()),
			Blank: b.Numbers[NumberBlank], Used: b.Numbers[NumberUsed], Entered: b.Numbers[NumberEntered], Gone: b.Numbers[NumberVoided] + b.Numbers[NumberLost], State: bookletTag(b.State),
		})
	}
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		if v.Units, err = s.unitOptions(tx, by.ScopeFor(access.CaseRead)); err != nil {
			return err
		}
		v.Owners, err = s.unitOptions(tx, by.ScopeFor(access.SeriesManage))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Booklets(v))
}

func bookletTag(st BookletState) web.TagView {
	return web.TagView{Label: st.Label(), Kind: map[BookletState]string{BookletIssued: "ok", BookletClosed: "line"}[st]}
}

// turnHref is a list's address with its conditions and a place in it; "" without one.
func turnHref(base string, q *web.Form, after string) string {
	if after == "" {
		return ""
	}
	return base + "?" + numberQuery(q, after).Encode()
}

// numberKeys are the conditions that travel in the addresses of these lists.
var numberKeys = []string{"q", "state", "ruling", "unit", "booklet", "late", "unconfirmed", "from", "until"}

func numberQuery(q *web.Form, after string) url.Values {
	v := url.Values{}
	for _, k := range numberKeys {
		if q.Has(k) {
			v.Set(k, q.Value(k))
		}
	}
	if after != "" {
		v.Set("after", after)
	}
	return v
}

func (s *Service) registerBookletForm(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := web.ParseForm(w, r, 0)
	if err != nil {
		return err
	}
	in := BookletInput{
		Unit: access.UnitID(f.RequiredID("unit", "使用单位")), Kind: OnSpotDecision, Year: f.RequiredInt("year", "年度", 2000, 2200), Prefix: f.Required("prefix", "字样", 20),
		First: f.RequiredInt("first", "起号", 1, 1<<40), Last: f.RequiredInt("last", "止号", 1, 1<<40), Printer: f.Required("printer", "印制单位", 60),
		Edition: f.RequiredDate("edition", "印制日期"), Presealed: f.Bool("presealed"), ReviewFirst: f.Bool("review_first"), Note: f.Text("note", 100),
	}
	var id BookletID
	if err = f.Err(); err == nil {
		id, err = s.RegisterBooklet(r.Context(), by, in)
	}
	if status, ok := f.Take(err); ok {
		return s.renderBooklets(w, r, by, status, web.NewForm(nil), f)
	}
	if err != nil {
		return err
	}
	web.Notify(w, r, web.Flash{Text: "已登记，接着发给执法人员"})
	web.SeeOther(w, r, id.URL())
	return nil
}

// numberFilterOf reads the conditions of the register of numbers.
func numberFilterOf(q *web.Form) (NumberFilter, error) {
	f := NumberFilter{
		Words: q.Text("q", 60), State: NumberState(q.Choice("state", "状态", "blank", "used", "entered", "void", "lost")), Ruling: Ruling(q.Choice("ruling", "负责人处理", "pending", "kept", "corrected", "revoked")),
		Unit: access.UnitID(q.ID("unit", "单位")), Booklet: BookletID(q.ID("booklet", "文书本")), Late: q.Bool("late"), Unconfirmed: q.Bool("unconfirmed"), From: q.Date("from", "使用日期"), Until: q.Date("until", "使用日期"),
	}
	return f, q.Err()
}

func (s *Service) showNumbers(w http.ResponseWriter, r *http.Request, by access.Session) error {
	q := web.QueryForm(r)
	f, err := numberFilterOf(q)
	if err != nil {
		return err
	}
	page, err := s.BookletNumbers(r.Context(), by, f, q.Value("after"))
	if err != nil {
		return err
	}
	v := pages.NumbersView{
		Form: q, States: options(numberStateOrder, numberStateLabels), Rulings: options(rulingOrder, rulingLabels), Keep: map[string]string{},
		Summary: "共 " + web.CountText(int64(min(page.Total, store.CountLimit)), page.Total > store.CountLimit) + " 个号",
		Pager:   web.PagerView{Summary: fmt.Sprintf("本页 %d 个", len(page.Rows)), Prev: turnHref(pages.NavBookletNumbers, q, page.Prev), Next: turnHref(pages.NavBookletNumbers, q, page.Next)},
		Empty:   web.EmptyView{Title: "没有符合条件的号"},
	}
	for _, k := range []string{"late", "unconfirmed", "booklet"} {
		if q.Has(k) {
			v.Keep[k] = q.Value(k)
		}
	}
	current := numberQuery(q, "").Encode()
	for _, t := range [][2]string{{"待补录", "state=used"}, {"待确认", "unconfirmed=1"}, {"待负责人处理", "ruling=pending"}, {"迟录", "late=1"}, {"已补录", "state=entered"}, {"全部", ""}} {
		v.Tabs = append(v.Tabs, web.TabView{Label: t[0], Href: pages.NavBookletNumbers + "?" + t[1], NoCount: true, Current: current == t[1]})
	}
	today := law.DateOf(s.DB.Now())
	for _, n := range page.Rows {
		row := numberRow(n.BookletNumber, today)
		row.Holder, row.Unit, row.Case = n.HolderName, n.UnitName, orWord(n.PartyName, "看案件")
		v.Rows = append(v.Rows, row)
	}
	if by.Can(access.CaseExport) {
		v.ExportHref = pages.NavBookletNumbers + "/export?" + current
	}
	if err := s.DB.View(r.Context(), func(tx *store.Tx) error {
		v.Units, err = s.unitOptions(tx, by.ScopeFor(access.CaseRead))
		return err
	}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pages.BookletNumbers(v))
}

var numberKinds = map[NumberState]string{NumberUsed: "late", NumberEntered: "ok", NumberVoided: "line", NumberLost: "soon"}

func numberRow(n BookletNumber, today law.Date) pages.NumberRow {
	out := pages.NumberRow{DocNo: n.DocNo, Href: n.URL(), Reason: n.Reason, State: web.TagView{Label: n.State.Label(), Kind: numberKinds[n.State]}}
	if n.UsedAt != 0 {
		out.Used = clock(store.FromMicros(n.UsedAt), today)
	}
	if n.EnteredAt != 0 {
		out.Entered = clock(store.FromMicros(n.EnteredAt), today)
	}
	if n.LateEntry() {
		out.Marks = append(out.Marks, web.TagView{Label: "迟录", Kind: "soon"})
		out.Reason = n.LateWhy
	}
	if n.State == NumberEntered && n.ConfirmedAt == 0 {
		out.Marks = append(out.Marks, web.TagView{Label: "待确认", Kind: "soon"})
	}
	if n.Ruling != RulingNone {
		out.Marks = append(out.Marks, web.TagView{Label: n.Ruling.Label(), Kind: map[Ruling]string{RulingPending: "late"}[n.Ruling]})
	}
	if n.Case != 0 {
		out.Case, out.CaseHref = "看案件", (&Case{ID: n.Case}).URL()
	}
	return out
}

// numberColumns are the columns of the Excel export.
var numberColumns = []struct {
	head  string
	width float64
	cell  func(NumberRow) any
}{
	{"编号", 30, func(r NumberRow) any { return r.DocNo }},
	{"状态", 12, func(r NumberRow) any { return r.State.Label() }},
	{"使用单位", 20, func(r NumberRow) any { return r.UnitName }},
	{"领用人", 14, func(r NumberRow) any { return r.HolderName }},
	{"发生时间", 18, func(r NumberRow) any { return whenCell(r.UsedAt) }},
	{"录入时间", 18, func(r NumberRow) any { return whenCell(r.EnteredAt) }},
	{"录入人", 14, func(r NumberRow) any { return r.EnteredName }},
	{"迟录", 8, func(r NumberRow) any { return r.LateEntry() }},
	{"迟录原因", 30, func(r NumberRow) any { return r.LateWhy }},
	{"另一名确认时间", 18, func(r NumberRow) any { return whenCell(r.ConfirmedAt) }},
	{"查出的问题", 60, func(r NumberRow) any { return flaws(r.Faults()) }},
	{"负责人处理", 16, func(r NumberRow) any { return r.Ruling.Label() }},
	{"处理说明", 30, func(r NumberRow) any { return r.RulingNote }},
	{"原因", 30, func(r NumberRow) any { return r.Reason }},
}

func whenCell(micros int64) any {
	if micros == 0 {
		return nil
	}
	return store.FromMicros(micros)
}

func (s *Service) exportNumbers(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := numberFilterOf(web.QueryForm(r))
	if err != nil {
		return err
	}
	sheet := web.Sheet{Name: "手工文书号码"}
	for _, c := range numberColumns {
		sheet.Head, sheet.Widths = append(sheet.Head, c.head), append(sheet.Widths, c.width)
	}
	sheet.Rows = web.Lines(func(yield func(NumberRow) error) error { return s.ExportNumbers(r.Context(), by, f, yield) }, func(row NumberRow) []any {
		cells := make([]any, len(numberColumns))
		for i, c := range numberColumns {
			cells[i] = c.cell(row)
		}
		return cells
	})
	return web.Excel(w, r, "手工文书号码-"+law.DateOf(s.DB.Now()).String()+".xlsx", sheet)
}
