package casework

import (
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The kinds of payment. Confiscated gains come in through the same channels as fines and are reckoned apart: no surcharge
// accrues on them, and no instalment plan is about them (行政处罚法第七十二条、第七十四条第二款).
const (
	PaidFine    = "fine"
	PaidRefund  = "refund" // of a fine
	PaidGains   = "gains"
	GainsRefund = "gains_refund"
)

// ofFine chooses in SQL what was paid on a fine or given back of it; ofGains the same of confiscated gains.
const (
	ofFine  = "kind IN ('fine', 'refund')"
	ofGains = "kind IN ('gains', 'gains_refund')"
)

// aboutGains reports whether money is of confiscated gains.
func (p Payment) aboutGains() bool { return p.Kind == PaidGains || p.Kind == GainsRefund }

// GainsPaid is what of the confiscated gains of a case was paid, refunds taken off, and the day of the last payment.
func GainsPaid(tx *store.Tx, id CaseID) (sum law.Money, last law.Date, err error) {
	all, err := allPayments(tx, id)
	for _, p := range all {
		if p.aboutGains() {
			sum += p.Amount
			if p.PaidOn.After(last) {
				last = p.PaidOn
			}
		}
	}
	return sum, last, err
}

// gainsOf is what was paid of gains among payments.
func gainsOf(all []Payment) (sum law.Money) {
	for _, p := range all {
		if p.aboutGains() {
			sum += p.Amount
		}
	}
	return sum
}

// gainsOver is what of paid gains is to be given back: all of it once the decision is revoked.
func (c *Case) gainsOver(paid law.Money) law.Money {
	switch {
	case c.State == Revoked:
		return paid
	case c.DeliveredAt == 0:
		return 0
	}
	return max(0, paid-c.Gains)
}

// gainsOpen is what of the gains is still to be paid.
func (c *Case) gainsOpen(paid law.Money) law.Money {
	if !c.owes() {
		return 0
	}
	return max(0, c.Gains-paid)
}

// paymentFor are the choices of what is paid or given back, where the case has both; the first is proposed.
func paymentFor(fine, gains law.Money) []web.Option {
	if gains <= 0 {
		return nil
	}
	out := []web.Option{{Value: PaidFine, Label: "罚款 " + fine.Grouped() + " 元"}, {Value: PaidGains, Label: "没收违法所得 " + gains.Grouped() + " 元"}}
	if fine <= 0 {
		out = out[1:]
	}
	return out
}

// proposedSum is what a form of payment begins with: the fine while there is one.
func proposedSum(fine, gains law.Money) law.Money {
	if fine > 0 {
		return fine
	}
	return gains
}

// paidUpText says that nothing is open, in the words of what the case was about.
func (c *Case) paidUpText() string {
	if c.Gains > 0 {
		return "罚款、没收的违法所得已经缴清。"
	}
	return "罚款已经缴清。"
}
