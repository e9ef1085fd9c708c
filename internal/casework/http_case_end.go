package casework

import (
	"fmt"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) postCash(q posted) (web.Flash, error) {
	f := q.form
	in := CashInput{
		Amount: f.RequiredMoney("amount", "收缴金额"), ReceiptNo: f.Required("receipt_no", "专用票据号码", 40), HardLater: f.Bool("hard_later"), Why: f.Text("why", 300),
		Remote: f.Bool("remote"), Difficult: f.Bool("difficult"), Asked: f.Bool("asked"),
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记当场收缴，两个工作日内上交"}, s.CollectCash(q.Context(), q.by, q.id, q.version, in)
}

func paymentInput(f *web.Form) PaymentInput {
	return PaymentInput{Channel: f.RequiredChoice("channel", "渠道", channelOrder...), Amount: f.RequiredMoney("amount", "金额"), PaidOn: f.RequiredDate("paid_on", "日期"), Reference: f.Required("reference", "流水号", 60), Note: f.Text("note", 200), For: f.Text("for", 10)}
}

func (s *Service) postPayment(q posted) (web.Flash, error) {
	in := paymentInput(q.form)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记缴款"}, s.RecordPayment(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postRefund(q posted) (web.Flash, error) {
	in := paymentInput(q.form)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记退库"}, s.Refund(q.Context(), q.by, q.id, in)
}

func (s *Service) postHandIn(q posted) (web.Flash, error) {
	id, on, err := cashDay(q)
	if err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记上交"}, s.HandInCash(q.Context(), q.by, id, q.version, on)
}

func (s *Service) postDeposit(q posted) (web.Flash, error) {
	id, on, err := cashDay(q)
	if err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记缴付银行"}, s.DepositCash(q.Context(), q.by, id, q.version, on)
}

// cashDay reads which cash payment the form is about, and the day.
func cashDay(q posted) (int64, law.Date, error) {
	id, err := store.ParseID(q.PathValue("payment"))
	if err != nil {
		return 0, law.Date{}, fault.Missing("这笔收缴")
	}
	on := q.form.RequiredDate("on", "日期")
	return id, on, q.form.Err()
}

func (s *Service) postFiling(q posted) (web.Flash, error) {
	return web.Flash{Text: "已备案"}, s.FileWithBureau(q.Context(), q.by, q.id, q.version)
}

func (s *Service) postClosing(q posted) (web.Flash, error) {
	note := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已结案"}, s.Close(q.Context(), q.by, q.id, q.version, note)
}

func (s *Service) postOrdinary(q posted) (web.Flash, error) {
	why := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已转普通程序"}, s.ToOrdinary(q.Context(), q.by, q.id, q.version, why)
}

func (s *Service) postCorrection(q posted) (web.Flash, error) {
	f := q.form
	in := CorrectionInput{Item: f.Text("item", 100), Was: f.Text("was", 200), Becomes: f.Text("becomes", 200), Why: f.Long("why", 500), SlipOnly: f.Bool("slip_only")}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	id, err := s.CorrectPaper(q.Context(), q.by, q.id, q.version, in)
	return paperFlash("已出具补正（更正）书", id), err
}

func (s *Service) postRevocation(q posted) (web.Flash, error) {
	why := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	id, err := s.Revoke(q.Context(), q.by, q.id, q.version, why)
	return paperFlash("已撤销决定，缴过的罚款要登记退库", id), err
}

func (v *caseView) cashBody() templ.Component {
	f := v.frame("collect", "cash", "当场收缴罚款", "已收现金，开出票据")
	f.Explain, f.Cite = "作出决定的与收缴的分离，现金是例外；扫码缴入非税账户不算当场收缴。", law.Citations{xzcf(67), xzcf(68), xzcf(69), xzcf(70)}
	out := pages.CashView{StepForm: f, Next: v.receipt}
	rest := v.outstandingNow()
	switch {
	case f.Locked != "" || f.Over:
	case rest <= 0:
		out.Locked = "罚款已经缴清。"
	case v.by.Person() != v.Case.Lead && v.by.Person() != v.Case.Assist:
		out.Locked = "当场收缴由本案执法人员用本人账号登记。"
	}
	out.Amount = rest.String()
	if most, ok := law.Limit("onspot_cash", v.today); ok {
		out.Small = v.Case.Amount <= most.Money()
		out.Grounds = cashGrounds(v.Case.Amount, most.Money(), v.handInText())
	}
	return pages.Cash(out)
}

// handInText says until when cash taken today must be handed in.
func (v *caseView) handInText() string {
	d, err := v.s.due(termHandIn, v.today)
	if err != nil {
		return "二个工作日内"
	}
	return dayText(d, v.today) + "前"
}

// cashGrounds are the three lawful grounds, each with whether it holds.
func cashGrounds(amount, most law.Money, until string) []pages.GroundView {
	small := pages.GroundView{Mark: "na", Label: fmt.Sprintf("罚款 %s 元，超过 %s 元，不能只凭数额收现金", amount.Grouped(), most.Grouped()), Cite: law.Citations{item(xzcf(68), 1)}}
	if amount <= most {
		small.Mark, small.Label = "done", fmt.Sprintf("罚款 %s 元，在 %s 元以下：可以当场收缴", amount.Grouped(), most.Grouped())
	}
	return []pages.GroundView{
		small,
		{Mark: "todo", Label: "不当场收缴事后难以执行：要写明理由", Cite: law.Citations{item(xzcf(68), 2)}},
		{Mark: "todo", Label: "边远、水上、交通不便，缴纳确有困难，当事人提出：三项都要有", Cite: law.Citations{xzcf(69)}},
		{Mark: "todo", Label: "当面开财政专用票据，" + until + "上交", Cite: law.Citations{xzcf(70), xzcf(71)}},
	}
}

func (v *caseView) paymentBody() templ.Component {
	f := v.frame("pay", "payments", "缴纳罚款", "登记缴款")
	f.Explain, f.Cite = "当事人十五日内到指定银行或者用电子支付缴纳。到账以非税系统和回单为准。", law.Citations{xzcf(67, 3)}
	f.Facts = v.moneyFacts()
	rest, gains := max(0, v.outstandingNow()), v.Case.gainsOpen(gainsOf(v.GainsPayments))
	if f.Locked == "" && !f.Over && rest+gains <= 0 {
		f.Locked = v.Case.paidUpText()
	}
	return pages.Payment(pages.PaymentView{StepForm: f, Channels: options(channelOrder, payLabels), Amount: proposedSum(rest, gains).String(), For: paymentFor(rest, gains), From: v.Case.DecidedOn.String(), Today: v.today.String()})
}

func (v *caseView) refundBody() templ.Component {
	f := pages.StepForm{Title: "登记退库", Explain: "决定撤销的，退还已缴的罚款；变更后数额减少的，退还多缴的部分。按原渠道退。", Action: v.Case.URL() + "/refunds", Submit: "登记退库", Version: v.Case.Version, Form: v.form, Facts: v.moneyFacts()}
	over, gains := v.overpaid(), v.Case.gainsOver(gainsOf(v.GainsPayments))
	if over+gains <= 0 {
		f.Locked = "没有要退还的罚款。"
	} else if !v.by.ScopeFor(access.MoneyReconcile).CoversLevels(v.Case.Levels) {
		f.Locked = "退库由有“" + permissionLabel(string(access.MoneyReconcile)) + "”权限的人登记。"
	}
	return pages.Payment(pages.PaymentView{StepForm: f, Channels: options(channelOrder, payLabels), Amount: proposedSum(over, gains).String(), For: paymentFor(over, gains), From: v.Case.DecidedOn.String(), Today: v.today.String()})
}

// cashInHand is the cash payment that the step is about: the one named, else the first that waits.
func (v *caseView) cashInHand(waits func(Payment) bool) *Payment {
	for i, p := range v.Payments {
		if p.Channel == PayCash && p.Kind == "fine" && (p.ID == v.item || v.item == 0 && waits(p)) {
			return &v.Payments[i]
		}
	}
	return nil
}

func (v *caseView) handInBody() templ.Component {
	f := v.frame("hand_in", "", "上交当场收缴的罚款", "登记上交")
	f.Explain, f.Cite = "当场收缴的罚款二个工作日内交至单位，由收缴人以外的人经收。", law.Citations{xzcf(71)}
	p := v.cashInHand(func(p Payment) bool { return p.HandedInOn.IsZero() })
	out := pages.DayView{StepForm: f, Label: "上交日期", Today: v.today.String()}
	v.aboutCash(&out, p, "hand-in")
	if p != nil && out.Locked == "" && !out.Over && !p.HandedInOn.IsZero() {
		out.Locked = "已于" + dayText(p.HandedInOn, v.today) + "上交。"
	}
	if p != nil && out.Locked == "" && !out.Over && p.Officer == v.by.Person() {
		out.Why = "收缴的人不能经收自己上交的款项，由财务人员登记"
	}
	return pages.CashDay(out)
}

func (v *caseView) depositBody() templ.Component {
	f := v.frame("deposit", "", "缴付银行", "登记缴付银行")
	f.Explain, f.Cite = "单位收到后二个工作日内缴付指定的银行。", law.Citations{xzcf(71)}
	p := v.cashInHand(func(p Payment) bool { return !p.HandedInOn.IsZero() && p.DepositedOn.IsZero() })
	out := pages.DayView{StepForm: f, Label: "缴付日期", Today: v.today.String()}
	v.aboutCash(&out, p, "deposit")
	if p != nil && out.Locked == "" && !out.Over && p.HandedInOn.IsZero() {
		out.Locked = "还没有上交，不能缴付银行。"
	}
	if p != nil && out.Locked == "" && !out.Over && !p.DepositedOn.IsZero() {
		out.Locked = "已于" + dayText(p.DepositedOn, v.today) + "缴付银行。"
	}
	return pages.CashDay(out)
}

// aboutCash fills in which payment a form about cash is for.
func (v *caseView) aboutCash(out *pages.DayView, p *Payment, path string) {
	if p == nil {
		out.Locked = "没有要办的当场收缴。"
		return
	}
	out.Action = fmt.Sprintf("%s/payments/%d/%s", v.Case.URL(), p.ID, path)
	out.Version, out.From = p.Version, p.PaidOn.String()
	out.Facts = []web.FactView{{Label: "金额", Text: p.Amount.Grouped() + " 元"}, {Label: "专用票据", Text: p.ReceiptNo}, {Label: "收缴", Text: joinDot(v.names[p.Officer], dayText(p.PaidOn, v.today))}}
	if p.HandedInOn.IsZero() {
		out.Facts = append(out.Facts, web.FactView{Label: "上交期限", Body: web.Due(web.DueOf(p.HandInDue, v.today, true, v.s.Calendar))})
	} else {
		out.From = p.HandedInOn.String()
		out.Facts = append(out.Facts, web.FactView{Label: "上交", Text: dayText(p.HandedInOn, v.today)})
	}
}

func (v *caseView) fileBody() templ.Component {
	f := v.frame("file", "filing", "报所属机关备案", "登记备案")
	f.Explain, f.Cite = "当场作出的处罚决定，三个工作日内报所属行政机关备案。", law.Citations{xzcf(52, 3), law.Cite("MOHURD55", 14, 2)}
	f.Facts = append(partyRecord(v.Case.Party), v.penaltyRecord()...)
	if v.Case.FiledAt != 0 {
		f.Locked = "已备案：" + clock(store.FromMicros(v.Case.FiledAt), v.today)
	}
	return pages.Decide(f)
}

func (v *caseView) closeBody() templ.Component {
	f := v.frame("close", "closing", "结案", "结案")
	f.Explain, f.Cite = "罚款缴清或者警告已经作出、当场收缴的已经上交、已经备案的，结案。", law.Citations{law.Cite("MOHURD55", 31)}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "说明", Optional: true})
}

func (v *caseView) ordinaryBody() templ.Component {
	f := v.frame("to_ordinary", "ordinary", "转普通程序", "转普通程序")
	f.Explain, f.Cite = "不符合当场处罚条件的，按普通程序立案调查，已有的记录都留在案卷里。", law.Citations{xzcf(51), xzcf(54)}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "转普通程序的理由"})
}

func (v *caseView) correctionBody() templ.Component {
	f := v.frame("correct_paper", "correction", "补正、更正决定书", "出具补正（更正）书")
	f.Explain, f.Cite = "交付以后发现漏载或者文字、计算错误，不影响当事人权益的，由负责人批准后补正、更正并送达。", law.Citations{law.Cite("MOHURD55", 28)}
	out := pages.CorrectionView{StepForm: f}
	if v.Decision != nil {
		out.Facts = []web.FactView{{Label: "决定书", Text: v.Decision.DocNo}}
	}
	return pages.Correction(out)
}

func (v *caseView) revokeBody() templ.Component {
	f := v.frame("revoke", "revocation", "撤销决定", "撤销，出具撤销决定书")
	f.Class = "danger"
	f.Explain, f.Cite = "决定确有错误的，由负责人撤销。编号不再使用；已公开的三个工作日内撤回，缴过的罚款办理退库。", law.Citations{xzcf(75, 2), xzcf(48, 2)}
	if v.Decision != nil {
		f.Facts = []web.FactView{{Label: "决定书", Text: v.Decision.DocNo}}
	}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "撤销的事实和理由"})
}
