package casework

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

func (s *Service) showMoneyCase(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	return s.renderMoneyCase(w, r, by, id, http.StatusOK, nil)
}

// moneyOf is a case with its money, in the scope of money.reconcile.
type moneyOf struct {
	MoneyRow
	payments []Payment
}

func (s *Service) moneyOf(r *http.Request, by access.Session, id CaseID) (moneyOf, error) {
	scope, err := by.Require(access.MoneyReconcile)
	if err != nil {
		return moneyOf{}, err
	}
	var out moneyOf
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		rows := []MoneyRow{{Case: *c}}
		if err := s.fillMoney(tx, rows); err != nil {
			return err
		}
		out.MoneyRow = rows[0]
		out.Case.hide(by)
		out.payments, err = allPayments(tx, id)
		return err
	})
	if err == nil {
		err = s.saw(r.Context(), by, "casework.case_read", id.Subject(), out.Case.UnitID)
	}
	return out, err
}

func (s *Service) renderMoneyCase(w http.ResponseWriter, r *http.Request, by access.Session, id CaseID, status int, f *web.Form) error {
	m, err := s.moneyOf(r, by, id)
	if err != nil {
		return err
	}
	today := law.DateOf(s.DB.Now())
	v := pages.MoneyCaseView{Title: orWord(m.DocNo, m.Case.leadTitle()), CaseHref: m.Case.URL(), Facts: []web.FactView{
		{Label: "当事人", Text: m.Case.PartyName}, {Label: "环节", Text: m.Case.StateLabel()}, {Label: "决定日期", Text: m.Case.DecidedOn.Han()}, {Label: "罚款", Text: m.Case.Amount.Grouped() + " 元"}, {Label: "已缴", Text: m.Paid.Grouped() + " 元"},
	}}
	if m.Case.Gains > 0 {
		v.Facts = append(v.Facts, web.FactView{Label: "没收违法所得", Text: m.Case.Gains.Grouped() + " 元，已缴 " + m.Gains.Grouped() + " 元"})
	}
	if m.Case.State != Revoked {
		v.Facts = append(v.Facts, web.FactView{Label: "待缴", Text: max(0, m.Outstanding()).Grouped() + " 元"})
	}
	if due, err := s.due(termPay, m.Case.payOn()); err == nil && m.Case.DeliveredAt != 0 {
		v.Facts = append(v.Facts, planFacts(&m.Case, due, m.Plans, slices.DeleteFunc(slices.Clone(m.payments), Payment.aboutGains), today)...)
	}
	for _, p := range m.payments {
		row := m.MoneyRow
		row.Payment = p
		v.Rows = append(v.Rows, s.moneyRow(row, MoneyPaid, today))
	}
	v.Body = m.form(f, today)
	return web.Render(w, r, status, pages.MoneyCase(v))
}

// form registers a payment, or after a revocation a refund.
func (m moneyOf) form(f *web.Form, today law.Date) templ.Component {
	c := m.Case
	step := pages.StepForm{
		Title: "登记缴款", Explain: "照银行回单或者非税系统的记录登记；对账单导入的会自动登记，不用重复。", Cite: law.Citations{xzcf(67, 3)},
		Action: moneyCaseURL(c.ID) + "/payments", Submit: "登记缴款", Version: c.Version, Form: f,
	}
	amount, gains := max(0, m.Outstanding()), c.gainsOpen(m.Gains)
	over, gainsOver := c.overpaid(m.Paid), c.gainsOver(m.Gains)
	switch {
	case over+gainsOver > 0:
		step.Title, step.Explain, step.Cite = "登记退库", "决定撤销或者变更后，多缴的罚款经财政退还；照退库凭证登记。", law.Citations{xzqz(41)}
		step.Action, step.Submit, amount = moneyCaseURL(c.ID)+"/refunds", "登记退库", over
		gains = gainsOver
	case c.State == Revoked:
		step.Locked = "决定已经撤销，没有要退的罚款。"
	case !c.owes():
		step.Locked = "案件现在是“" + c.StateLabel() + "”，不能登记缴款。"
	case amount+gains <= 0:
		step.Locked = c.paidUpText()
	}
	return pages.Payment(pages.PaymentView{StepForm: step, Channels: options(channelOrder, payLabels), Amount: proposedSum(amount, gains).String(), For: paymentFor(amount, gains), From: c.DecidedOn.String(), Today: today.String()})
}

// moneyCaseForm registers a payment or a refund and goes back to the view that it came from.
func (s *Service) moneyCaseForm(refund bool) func(http.ResponseWriter, *http.Request, access.Session) error {
	return func(w http.ResponseWriter, r *http.Request, by access.Session) error {
		id, err := pathCase(r)
		if err != nil {
			return err
		}
		f, err := web.ParseForm(w, r, 0)
		if err != nil {
			return err
		}
		version, err := versionOf(f)
		if err != nil {
			if _, hidden := s.moneyOf(r, by, id); hidden != nil {
				return hidden
			}
			return err
		}
		in, done, back := paymentInput(f), "已登记缴款", MoneyDue
		if err = f.Err(); err == nil && refund {
			done, back = "已登记退库", MoneyRefund
			err = s.Refund(r.Context(), by, id, in)
		} else if err == nil {
			err = s.RecordPayment(r.Context(), by, id, version, in)
		}
		if status, ok := f.Take(err); ok {
			return s.renderMoneyCase(w, r, by, id, status, f)
		}
		if err != nil {
			return fault.Moved(err, moneyCaseURL(id))
		}
		web.Notify(w, r, web.Flash{Text: done, Href: moneyCaseURL(id), Link: "看这一笔"})
		web.SeeOther(w, r, pages.NavMoney+"?tab="+string(back))
		return nil
	}
}
