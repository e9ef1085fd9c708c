package demo

import (
	"fmt"

	"fadu/internal/access"
	"fadu/internal/casework"
)

type says = map[string]any

// pay registers what came in at the bank.
func pay(w *Walk) error {
	return w.by("cashier", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.RecordPayment(w.ctx, by, id, v, casework.PaymentInput{
			Channel: casework.PayBank, Amount: w.matter.fine, PaidOn: w.today(), Reference: fmt.Sprintf("演银%s%06d", w.today().String(), w.number), Note: "银行回单",
		})
	})
}

// deed does an act of a desk whose forms are lists of fields.
func deed(login string, desk func(w *Walk) doer, act string, in says) func(w *Walk) error {
	return func(w *Walk) error {
		who := login
		if who == "" {
			who = w.lead
		}
		return w.by(who, func(by access.Session, id casework.CaseID, v int64) error {
			all := says{"version": v}
			for k, x := range in {
				all[k] = x
			}
			return desk(w).Do(w.ctx, by, id, act, all)
		})
	}
}

func askClosing(w *Walk) error {
	return deed("", ending, "ask_closing", says{"outcome": "罚款" + w.matter.fine.Grouped() + "元", "performed": "已经履行", "measures": "无", "published": "处罚决定已按规定公示"})(w)
}

var approveClosing = deed("deputy", ending, "approve_closing", says{"note": "同意结案"})
