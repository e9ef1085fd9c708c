package measure

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/measure/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Routes are the pages of the store-room.
func (s *Service) Routes() []access.Route {
	return []access.Route{
		{Pattern: "GET " + pages.Nav, Allow: access.CaseCustody, Handle: s.showStock},
		{Pattern: "GET " + pages.Nav + "/export", Allow: access.CaseCustody, Handle: s.exportStock},
		{Pattern: "GET " + pages.Nav + "/labels", Allow: access.CaseCustody, Handle: s.showLabels},
		{Pattern: "GET " + pages.Nav + "/things/{code}", Allow: access.CaseCustody, Handle: s.showThing},
	}
}

func missing() error { return fault.Missing("这件财物") }

func stockFilter(f *web.Form) (StockFilter, error) {
	out := StockFilter{View: f.Choice("view", "视图", ViewLate, ViewConfiscated, ViewGone), Words: f.Text("q", 60)}
	return out, f.Err()
}

func (f StockFilter) address(at, after string) string {
	q := url.Values{}
	for k, v := range map[string]string{"view": f.View, "q": f.Words, "after": after} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if len(q) == 0 {
		return at
	}
	return at + "?" + q.Encode()
}

func (s *Service) showStock(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	f, err := stockFilter(form)
	if err != nil {
		return err
	}
	rows, prev, next, err := s.Stock(r.Context(), by, f, form.Value("after"))
	if err != nil {
		return err
	}
	v := pages.StockView{Form: form, Export: f.address(pages.Nav+"/export", ""), Keep: map[string]string{"view": f.View}}
	today := law.DateOf(s.cases.DB.Now())
	for _, t := range rows {
		v.Rows = append(v.Rows, s.stockRow(t, today))
	}
	for _, x := range []struct{ view, label string }{{"", "在库"}, {ViewLate, "超期在库"}, {ViewConfiscated, "没收待处理"}, {ViewGone, "已出库"}} {
		v.Tabs = append(v.Tabs, web.TabView{Label: x.label, Href: StockFilter{View: x.view, Words: f.Words}.address(pages.Nav, ""), Current: x.view == f.View, NoCount: true})
	}
	turn := func(after string) string {
		if after == "" {
			return ""
		}
		return f.address(pages.Nav, after)
	}
	if f.Words != "" {
		v.Chips = []web.Link{{Label: "查找：" + f.Words, Href: StockFilter{View: f.View}.address(pages.Nav, "")}}
	}
	v.Pager = web.PagerView{Summary: fmt.Sprintf("本页 %d 件", len(rows)), Prev: turn(prev), Next: turn(next)}
	v.Empty = web.EmptyView{Title: "仓库里没有财物", Why: "实施登记保存、查封、扣押以后，财物出现在这里，直到退还、处理或者移送。"}
	if f != (StockFilter{}) {
		v.Empty = web.EmptyView{Title: "没有符合条件的财物", Why: "换一个视图，或者去掉查找的字。", Exit: web.Link{Label: "看全部在库", Href: pages.Nav}}
	}
	return web.Render(w, r, http.StatusOK, pages.Stock(v))
}

func (s *Service) stockRow(t Stock, today law.Date) pages.StockRow {
	out := pages.StockRow{
		Code: t.Code, Href: pages.Nav + "/things/" + t.Code, Name: t.Name, Amount: t.Amount, Trait: t.Trait, Case: caseWord(t), CaseHref: caseURL(t), Party: t.PartyName,
		Measure: t.Word(), Shelf: t.Shelf, HeldOn: t.HeldOn, State: web.TagView{Label: thingLabel(t.State)},
	}
	if t.there() {
		out.State.Kind, out.Days = "blue", fmt.Sprintf("%d 日", t.HeldOn.DaysUntil(today))
	}
	if t.State == Held {
		out.Due = web.DueOf(t.Until, today, t.Kind == preservation, s.cases.Calendar)
		out.Labels = pages.Nav + "/labels?" + url.Values{"measure": {t.Of()}}.Encode()
	}
	return out
}

func orNone(text string) string {
	if text == "" {
		return "无"
	}
	return text
}

func caseURL(t Stock) string { return (&casework.Case{ID: t.Case}).URL() }

func caseWord(t Stock) string {
	if t.CaseNo == "" {
		return "未立案的线索"
	}
	return t.CaseNo
}

func (s *Service) exportStock(w http.ResponseWriter, r *http.Request, by access.Session) error {
	f, err := stockFilter(web.QueryForm(r))
	if err != nil {
		return err
	}
	today := law.DateOf(s.cases.DB.Now())
	sheet := web.Sheet{
		Name:   "涉案财物",
		Head:   []string{"标签", "名称", "数量", "特征", "措施", "案件", "当事人", "库位", "开始日", "期限", "在库（日）", "状态"},
		Widths: []float64{14, 24, 10, 24, 12, 26, 20, 18, 12, 12, 10, 14},
	}
	sheet.Rows = web.Lines(func(yield func(Stock) error) error { return s.Export(r.Context(), by, f, yield) }, func(t Stock) []any {
		days := any(nil)
		if t.there() {
			days = t.HeldOn.DaysUntil(today)
		}
		return []any{t.Code, t.Name, t.Amount, t.Trait, t.Word(), caseWord(t), t.PartyName, t.Shelf, t.HeldOn, t.Until, days, thingLabel(t.State)}
	})
	return web.Excel(w, r, "涉案财物-"+today.String()+".xlsx", sheet)
}

func (s *Service) showLabels(w http.ResponseWriter, r *http.Request, by access.Session) error {
	form := web.QueryForm(r)
	rows, err := s.Labels(r.Context(), by, form.Text("measure", 40), form.Text("code", 40))
	if err != nil {
		return err
	}
	if err := form.Err(); err != nil {
		return err
	}
	v := pages.LabelsView{Meta: fmt.Sprintf("%d 张，贴在财物上；扫码看这件财物的记录，要登录", len(rows))}
	for _, t := range rows {
		qr, err := web.QR(s.cases.BaseURL + pages.Nav + "/things/" + t.Code)
		if err != nil {
			return err
		}
		v.Labels = append(v.Labels, pages.LabelView{QR: qr, Code: t.Code, Name: t.Name, Amount: t.Amount, Case: caseWord(t), Measure: t.Word() + "，清单第 " + strconv.FormatInt(t.Number, 10) + " 件", Shelf: t.Shelf, HeldOn: t.HeldOn.Han()})
	}
	return web.Render(w, r, http.StatusOK, pages.Labels(v))
}

func (s *Service) showThing(w http.ResponseWriter, r *http.Request, by access.Session) error {
	t, moves, names, err := s.ByLabel(r.Context(), by, r.PathValue("code"))
	if err != nil {
		return err
	}
	today := law.DateOf(s.cases.DB.Now())
	v := pages.ThingView{Row: s.stockRow(t, today), Trait: orNone(t.Trait), Number: strconv.FormatInt(t.Number, 10)}
	if t.State == Held {
		step := map[string]string{seizure: "store_thing", preservation: "store_preserved"}[t.Kind]
		v.MoveHref = caseURL(t) + "?" + url.Values{"step": {step}, "of": {t.Of()}}.Encode()
	}
	if t.State == Confiscated || t.State == Forfeited {
		v.DisposeHref = caseURL(t) + "?step=dispose"
	}
	for _, m := range moves {
		row := pages.MoveRow{Kind: moveLabel(m.Kind), At: store.FromMicros(m.At).In(law.Zone).Format("2006-01-02 15:04"), Place: m.Place, Handler: names[org.PersonID(m.Handler)], Keeper: names[org.PersonID(m.Keeper)], Receiver: m.Receiver, Basis: m.Basis, Condition: m.Condition}
		if m.Paper != 0 {
			row.PaperHref = m.Paper.URL()
		}
		v.Moves = append(v.Moves, row)
	}
	return web.Render(w, r, http.StatusOK, pages.Thing(v))
}
