package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/deadline"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// What a term of the street asks for, the step where it is done and what the button is called.
var (
	dutyWhat = map[string]string{
		termFile: "报局备案", termPay: "缴纳罚款", clockPayParts: "缴纳罚款", termHandIn: "上交当场收缴的罚款", termDeposit: "缴付银行", clockCorrection: "复查改正情况", termWithdraw: "撤回公开的处罚决定信息，没有公开过的写明",
	}
	dutyStep   = map[string]string{termFile: "file", termPay: "pay", clockPayParts: "pay", termHandIn: "hand_in", termDeposit: "deposit", clockCorrection: "recheck", termWithdraw: "withdraw_publication"}
	dutyAction = map[string]string{termFile: "去看", termPay: "去看", clockPayParts: "去看", termHandIn: "去看", clockCorrection: "记复查"}
)

// within gives the item the term's last day and basis.
func (it TodoItem) within(r deadline.Row) TodoItem {
	it.Due, it.Workdays, it.Cite = r.Due, bool(r.Workdays), r.Cites()
	return it
}

// addTerms adds the running terms: those that the person holds, those that are the desk's and the cashier's to see to.
// Each list begins at the terms, the nearest first, and costs what it shows.
func (t *todoList) addTerms(tx *store.Tx) error {
	if person := t.by.Person(); person != 0 && t.by.Can(access.CaseRead) {
		rows, more, err := deadline.Mine(tx, TermsKind, person)
		if err == nil {
			t.cut = t.cut || more
			err = t.each(tx, rows, t.ownTerm)
		}
		if err != nil {
			return err
		}
	}
	for _, src := range []struct {
		allow access.Permission
		terms []string
		add   func(*todoCase, deadline.Row)
	}{{access.CaseFile, []string{termFile, termWithdraw}, t.deskTerm}, {access.MoneyReconcile, []string{termHandIn, termDeposit}, t.cashTerm}} {
		if !t.by.Can(src.allow) {
			continue
		}
		rows, err := deadline.Running(tx, t.by.ScopeFor(src.allow), TermsKind, todoLimit+1, src.terms...)
		if err != nil {
			return err
		}
		if len(rows) > todoLimit {
			t.cut, rows = true, rows[:todoLimit]
		}
		if err := t.each(tx, rows, src.add); err != nil {
			return err
		}
	}
	return nil
}

// each loads the cases of the terms, once, and calls add for each term.
func (t *todoList) each(tx *store.Tx, rows []deadline.Row, add func(*todoCase, deadline.Row)) error {
	var ids []CaseID
	at := map[CaseID]*todoCase{}
	for _, r := range rows {
		if id := CaseID(r.Ref); at[id] == nil {
			ids, at[id] = append(ids, id), &todoCase{}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var cases []Case
	if err := tx.DB().NewSelect().Model(&cases).Where("c.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return err
	}
	files, err := t.s.todoCases(tx, cases)
	if err != nil {
		return err
	}
	for i := range files {
		at[files[i].ID] = &files[i]
	}
	if slices.ContainsFunc(rows, func(r deadline.Row) bool { return r.Term == clockPayParts }) {
		plans, err := plansOf(tx, ids...)
		if err != nil {
			return err
		}
		for id, c := range at {
			c.plans = plans[id]
		}
	}
	for _, r := range rows {
		add(at[CaseID(r.Ref)], r)
	}
	return nil
}

// ownTerm is a term that the person holds.
func (t *todoList) ownTerm(c *todoCase, r deadline.Row) {
	it := TodoItem{What: dutyWhat[r.Term], Step: dutyStep[r.Term], Action: dutyAction[r.Term]}.within(r)
	switch {
	case r.State == timing.RanOut:
		t.add(c, TodoItem{What: r.Term + "已经期满，可以办下一步", Action: "去办理", Group: TodoToday, Cite: r.Cites()})
		return
	case c.ordinary() || it.What == "":
		it.What, it.Step, it.Action = r.Term, "", "去办理"
		if r.Whose == timing.Owed {
			it.What = "当事人" + r.Term
		}
		it.What = strings.TrimSpace(it.What + " " + whatOf(r.Of))
	case r.Term == termFile && c.State != Delivered, r.Term == termDeposit, r.Term == termWithdraw: // not yet, or not theirs
		return
	case r.Term == termHandIn:
		it.What += " " + c.payment(r).Amount.Grouped() + " 元"
	case r.Term == termPay:
		it.What = "督促" + it.What + " " + c.Amount.Grouped() + " 元"
	case r.Term == clockPayParts:
		it.What = "督促缴纳罚款"
		if x := payTermOf(&c.Case, law.Date{}, c.plans, c.payments); x.part != nil {
			it.What = fmt.Sprintf("督促缴纳第 %d 期罚款 %s 元", x.part.Number, x.part.Open().Grouped())
		}
	}
	t.add(c, it)
}

// payment is the one that a term of cash is about.
func (c *todoCase) payment(r deadline.Row) Payment {
	id, _ := strconv.ParseInt(strings.TrimPrefix(r.Of, "payment/"), 10, 64)
	for _, p := range c.payments {
		if p.ID == id {
			return p
		}
	}
	return Payment{Amount: law.Money(0)}
}

func (t *todoList) deskTerm(c *todoCase, r deadline.Row) {
	switch {
	case r.Term == termWithdraw:
		t.add(c, TodoItem{What: dutyWhat[r.Term], Step: dutyStep[r.Term], Action: "去登记"}.within(r))
	case c.State == Delivered:
		t.add(c, TodoItem{What: "当场处罚报局备案", Step: dutyStep[r.Term], Action: "去备案"}.within(r))
	}
}

func (t *todoList) cashTerm(c *todoCase, r deadline.Row) {
	it := TodoItem{What: "经收当场收缴的罚款", Step: dutyStep[r.Term], Action: "登记上交"}.within(r)
	if r.Term == termDeposit {
		it.What, it.Action = "罚款缴付银行", "登记缴付"
	}
	it.What += " " + c.payment(r).Amount.Grouped() + " 元"
	t.add(c, it)
}
