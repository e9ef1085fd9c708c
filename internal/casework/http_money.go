package casework

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// routesMoney are the pages of payments, receipts and statements.
func (s *Service) routesMoney() []access.Route {
	return []access.Route{
		{Pattern: "GET /w/money", Allow: access.MoneyReconcile, Handle: s.showMoney},
		{Pattern: "POST /w/money/hand-in", Allow: access.MoneyReconcile, Handle: s.onCashForm(MoneyCash)},
		{Pattern: "POST /w/money/deposit", Allow: access.MoneyReconcile, Handle: s.onCashForm(MoneyBank)},
		{Pattern: "GET /w/money/cases/{id}", Allow: access.MoneyReconcile, Handle: s.showMoneyCase},
		{Pattern: "POST /w/money/cases/{id}/payments", Allow: access.MoneyReconcile, Handle: s.moneyCaseForm(false)},
		{Pattern: "POST /w/money/cases/{id}/refunds", Allow: access.MoneyReconcile, Handle: s.moneyCaseForm(true)},
		{Pattern: "GET /w/payments/{id}", Allow: access.CaseRead, Handle: s.showPayment},
		{Pattern: "GET /w/money/receipts", Allow: access.MoneyReceipt, Handle: s.showReceipts},
		{Pattern: "POST /w/money/receipts", Allow: access.MoneyReceipt, Handle: s.issueReceiptsForm},
		{Pattern: "GET /w/money/receipts/{id}", Allow: access.MoneyReceipt, Handle: s.showBook},
		{Pattern: "POST /w/money/receipts/{id}/void", Allow: access.MoneyReceipt, Handle: s.voidReceiptForm},
		{Pattern: "POST /w/money/receipts/{id}/settle", Allow: access.MoneyReceipt, Handle: s.settleReceiptsForm},
		{Pattern: "GET /w/money/statements", Allow: access.MoneyReconcile, Handle: s.showStatements},
		{Pattern: "GET /w/money/statements/template", Allow: access.MoneyReconcile, Handle: s.statementTemplate},
		{Pattern: "POST /w/money/statements", Allow: access.MoneyReconcile, MaxBody: draft.MaxFile + 1<<20, Handle: s.importStatementForm},
		{Pattern: "GET /w/money/statements/{id}", Allow: access.MoneyReconcile, Handle: s.showStatement},
		{Pattern: "POST /w/money/statement-lines/{id}", Allow: access.MoneyReconcile, Handle: s.settleLineForm},
	}
}

// moneyTexts say what each view is, and what nothing in it means.
var moneyTexts = map[MoneyTab]struct {
	label, note, empty string
	cites              law.Citations
}{
	MoneyDue:    {"待缴", "已经交付、还没有缴清的罚款和没收的违法所得，按交付先后排列。自收到决定书之日起十五日内缴款。", "没有待缴的罚款", law.Citations{xzcf(67, 3)}},
	MoneyCash:   {"待上交", "当场收缴、还没有上交的现金。执法人员自收缴之日起二日内交至行政机关；收款的人自己不能经收。", "当场收缴的现金都已上交", law.Citations{xzcf(71)}},
	MoneyBank:   {"待缴付银行", "已经上交、还没有缴付银行的现金。行政机关在二日内缴付指定的银行。", "上交的现金都已缴付银行", law.Citations{xzcf(71)}},
	MoneyPaid:   {"缴款和退库", "登记和对账得来的全部缴款、退库，按日期排列。", "还没有缴款", law.Citations{xzcf(67)}},
	MoneyOdd:    {"不一致", "对账单上对不上的行，要人工核实处理。", "对账单都已对上", nil},
	MoneyRefund: {"待退库", "决定撤销、变更以后，多缴的罚款还没有退的。", "没有待退的罚款", law.Citations{xzqz(41)}},
}

// moneyShown is a view with the batch form that came back.
type moneyShown struct {
	filter  MoneyFilter
	query   *web.Form
	after   string
	batch   *web.Form
	problem string
}

func (s *Service) showMoney(w http.ResponseWriter, r *http.Request, by access.Session) error {
	q := web.QueryForm(r)
	f := MoneyFilter{Tab: MoneyTab(q.Text("tab", 10)), Words: q.Text("q", 100), Unit: access.UnitID(q.ID("unit", "单位")), From: q.Date("from", "起"), Until: q.Date("until", "止")}
	if f.Tab == "" {
		f.Tab = MoneyDue
	}
	if err := q.Err(); err != nil {
		return err
	}
	return s.renderMoney(w, r, by, http.StatusOK, moneyShown{filter: f, query: q, after: q.Value("after")})
}

func (s *Service) renderMoney(w http.ResponseWriter, r *http.Request, by access.Session, status int, show moneyShown) error {
	f := show.filter
	page, err := s.Money(r.Context(), by, f, show.after)
	if err != nil {
		return err
	}
	text := moneyTexts[f.Tab]
	v := pages.MoneyView{
		Tab: string(f.Tab), Note: text.note, Cites: text.cites, Form: show.query, Dated: moneyViews[f.Tab].date != "", Keep: map[string]string{"tab": string(f.Tab)},
		Summary: moneySummary(text.label, page.Counts[f.Tab], page.Sum), Empty: web.EmptyView{Title: text.empty},
		Pager: web.PagerView{Summary: fmt.Sprintf("本页 %d 笔", len(page.Rows)), Prev: f.href(page.Prev), Next: f.href(page.Next)},
	}
	today := law.DateOf(s.DB.Now())
	for _, tab := range moneyTabs {
		v.Tabs = append(v.Tabs, web.TabView{Label: moneyTexts[tab].label, Href: pages.NavMoney + "?tab=" + string(tab), Count: int64(page.Counts[tab]), Current: tab == f.Tab, Late: tab == MoneyOdd && page.Counts[tab] > 0})
	}
	for _, row := range page.Rows {
		v.Rows = append(v.Rows, s.moneyRow(row, f.Tab, today))
	}
	if show.problem != "" {
		v.Notices = append(v.Notices, pages.NoteView{Kind: "late", Title: "有的没有办成：", Text: show.problem})
	}
	if by.Can(access.MoneyReceipt) {
		v.ReceiptsHref = pages.NavReceipts
	}
	v.Batch = batchView(f.Tab, show.batch, today)
	err = s.DB.View(r.Context(), func(tx *store.Tx) (err error) {
		v.Units, err = s.unitOptions(tx, by.ScopeFor(access.MoneyReconcile))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, status, pages.Money(v))
}

// moneySummary says how many and how much the whole list is, not only the page.
func moneySummary(label string, n int, sum law.Money) string {
	if n > store.CountLimit {
		return "共 " + web.CountText(store.CountLimit, true) + " 笔，缩小范围后显示合计"
	}
	out := fmt.Sprintf("共 %d 笔", n)
	if n > 0 {
		out += "，" + label + "合计 " + sum.String() + " 元"
	}
	return out
}

// href is the view's address with its conditions and a place in it; "" without one.
func (f MoneyFilter) href(after string) string {
	if after == "" {
		return ""
	}
	v := url.Values{"tab": {string(f.Tab)}, "after": {after}}
	for k, text := range map[string]string{"q": f.Words, "from": f.From.String(), "until": f.Until.String()} {
		if text != "" {
			v.Set(k, text)
		}
	}
	if f.Unit != 0 {
		v.Set("unit", f.Unit.String())
	}
	return pages.NavMoney + "?" + v.Encode()
}

func batchView(tab MoneyTab, f *web.Form, today law.Date) *pages.BatchView {
	out := &pages.BatchView{Form: f, Today: today.String()}
	switch tab {
	case MoneyCash:
		out.Action, out.Label, out.Submit, out.Hint = "/w/money/hand-in", "上交日期", "登记上交", "选中的各笔在同一天收到的，一起登记"
	case MoneyBank:
		out.Action, out.Label, out.Submit, out.Hint = "/w/money/deposit", "缴付日期", "登记缴付银行", "选中的各笔同一天缴付银行的，一起登记"
	default:
		return nil
	}
	if f != nil && f.Refused() != nil {
		refusal := web.RefusalOf(f.Refused())
		out.Refusal = &refusal
	}
	return out
}

var paymentTags = map[string]web.TagView{PaymentOpen: {Label: "未对账"}, PaymentReconciled: {Label: "已对上", Kind: "ok"}, PaymentMismatch: {Label: "不一致", Kind: "late"}}

// moneyRow is a line of a view.
func (s *Service) moneyRow(r MoneyRow, tab MoneyTab, today law.Date) pages.MoneyRow {
	out := pages.MoneyRow{Title: r.DocNo, Href: r.Case.URL(), Party: r.Case.PartyName, Unit: r.UnitName, Fine: r.Case.Amount.Grouped(), Paid: r.Paid.Grouped(), Rest: r.Outstanding().Grouped(), Officer: r.OfficerName}
	p := r.Payment
	switch tab {
	case MoneyDue:
		out.Act = web.Link{Label: "登记缴款", Href: moneyCaseURL(r.Case.ID)}
		if due, err := s.due(termPay, r.Case.payOn()); err == nil {
			t := payTermOf(&r.Case, due, r.Plans, []Payment{{Amount: r.Paid, PaidOn: today}})
			out.Due = web.DueOf(t.due, today, false, s.Calendar)
			if open := r.Case.gainsOpen(r.Gains); open > 0 {
				out.Rest += "；没收违法所得 " + open.Grouped()
			}
			if t.part != nil {
				out.Rest += fmt.Sprintf("（第 %d 期 %s 元）", t.part.Number, t.part.Open().Grouped())
			}
		}
		return out
	case MoneyRefund:
		out.Act = web.Link{Label: "登记退库", Href: moneyCaseURL(r.Case.ID)}
		return out
	case MoneyOdd:
		return lineRow(r)
	case MoneyCash:
		out.Due = web.DueOf(p.HandInDue, today, true, s.Calendar)
	case MoneyBank:
		out.Due = web.DueOf(p.DepositDue, today, true, s.Calendar)
	}
	out.Amount, out.PaidOn, out.Channel, out.Reference, out.State = p.Amount.Grouped(), p.PaidOn, payLabels[p.Channel], p.Reference, paymentTags[p.State]
	out.Pick = fmt.Sprintf("%d:%d", p.ID, p.Version)
	switch {
	case p.Kind == PaidGains:
		out.Channel = "没收违法所得，" + out.Channel
	case p.Kind == PaidRefund || p.Kind == GainsRefund:
		out.Channel, out.State = "退库", web.TagView{Label: "退库", Kind: "blue"}
	case p.Channel == PayCash:
		out.State = cashTag(p)
	}
	return out
}

// cashTag says where cash is; it is not on the treasury's statement by itself.
func cashTag(p Payment) web.TagView {
	switch {
	case p.HandedInOn.IsZero():
		return web.TagView{Label: "待上交", Kind: "soon"}
	case p.DepositedOn.IsZero():
		return web.TagView{Label: "待缴付银行", Kind: "soon"}
	}
	return web.TagView{Label: "已缴付银行", Kind: "ok"}
}

func moneyCaseURL(id CaseID) string { return "/w/money/cases/" + id.String() }

var lineTags = map[string]string{LineMatched: "ok", LineMismatch: "late", LineUnknown: "soon", LineSettled: "blue"}

func lineRow(r MoneyRow) pages.MoneyRow {
	l := r.Line
	out := pages.MoneyRow{Title: l.DocNo, Party: l.Payer, Amount: l.Amount.Grouped(), PaidOn: l.PaidOn, Reference: l.Reference, State: web.TagView{Label: lineStateLabels[l.State], Kind: lineTags[l.State]}, Note: l.Note}
	if r.Case.ID != 0 {
		out.Title, out.Href = r.DocNo, r.Case.URL()
	}
	if out.Title == "" {
		out.Title = "没有写文号"
	}
	if l.State == LineMismatch || l.State == LineUnknown {
		out.Act = web.Link{Label: "处理", Href: fmt.Sprintf("%s?line=%d#ask", statementURL(l.Statement), l.ID)}
	}
	return out
}

// onCashForm registers the marked payments one by one: those that cannot be done are named, the others
// are done.
func (s *Service) onCashForm(tab MoneyTab) func(http.ResponseWriter, *http.Request, access.Session) error {
	do, done := s.HandInCash, "上交"
	if tab == MoneyBank {
		do, done = s.DepositCash, "缴付银行"
	}
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		show := moneyShown{filter: MoneyFilter{Tab: tab}, query: web.NewForm(nil), batch: f}
		refs, on := cashRefs(f), f.RequiredDate("on", "日期")
		if status, ok := f.Take(f.Err()); ok {
			return s.renderMoney(w, r, by, status, show)
		}
		n := 0
		var problems []string
		for _, ref := range refs {
			err := do(r.Context(), by, ref[0], ref[1], on)
			var e *fault.Error
			switch {
			case err == nil:
				n++
			case errors.As(err, &e) && e.Kind == fault.Conflict:
				problems = append(problems, e.Message)
			default: // the day or the law: the same for all of them
				if status, ok := f.Take(err); ok {
					return s.renderMoney(w, r, by, status, show)
				}
				return err
			}
		}
		if len(problems) > 0 {
			show.problem, show.batch = fmt.Sprintf("已登记 %d 笔。%s", n, strings.Join(problems, "；")), nil
			return s.renderMoney(w, r, by, http.StatusConflict, show)
		}
		web.Notify(w, r, web.Flash{Text: fmt.Sprintf("已登记%s %d 笔", done, n)})
		web.SeeOther(w, r, pages.NavMoney+"?tab="+string(tab))
		return nil
	}
}

// cashRefs reads which payments were marked, with the versions that the person saw.
func cashRefs(f *web.Form) [][2]int64 {
	var out [][2]int64
	for _, v := range f.Values("payments") {
		id, version, _ := strings.Cut(v, ":")
		n, err1 := store.ParseID(id)
		ver, err2 := strconv.ParseInt(version, 10, 64)
		if err1 != nil || err2 != nil {
			f.Add("payments", "表单没有传完整，请刷新页面后再选")
			return nil
		}
		out = append(out, [2]int64{n, ver})
	}
	if len(out) == 0 {
		f.Add("payments", "请先选择要登记的款项")
	}
	return out
}

// showPayment leads to the case that a payment belongs to: the record behind a figure.
func (s *Service) showPayment(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := store.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.Missing("这笔缴款")
	}
	var p Payment
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		if err := tx.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(tx.Ctx); err != nil {
			return store.One(err, "这笔缴款")
		}
		return by.ScopeFor(access.CaseRead).Check(p.Levels, "这笔缴款")
	})
	if err != nil {
		return err
	}
	web.SeeOther(w, r, (&Case{ID: p.Case}).URL())
	return nil
}
