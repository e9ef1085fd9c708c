package casework

import (
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// What a change or a revocation leaves to do: the paper sealed and served, the publication withdrawn, what
// was paid too much given back.

// withdrawalsOf loads the publications of several cases that are still to be withdrawn.
func withdrawalsOf(tx *store.Tx, ids []CaseID, at map[CaseID]*todoCase) error {
	var open []Withdrawal
	err := tx.DB().NewSelect().Model(&open).Where("case_id IN (?)", bun.List(ids)).Where("state = 'open'").Order("id").Scan(tx.Ctx)
	for _, w := range open {
		at[w.Case].withdrawals = append(at[w.Case].withdrawals, w)
	}
	return err
}

// overpaid is what of the fine is to be given back.
func (c *todoCase) refund() law.Money {
	paid := law.Money(0)
	for _, p := range c.payments {
		paid += p.Amount
	}
	return c.overpaid(paid)
}

// addServing is a sealed paper about a change that the officers bring to the party.
func (t *todoList) addServing(c *todoCase) {
	for _, p := range c.unserved {
		if p.SealedAt != 0 {
			t.add(c, TodoItem{What: "送达" + p.Kind.Label(), Step: "serve/" + p.ID.String(), Href: p.ID.URL(), Action: "去登记", Group: TodoToday, Cite: law.Citations{xzcf(61, 1)}})
		}
	}
}

// addChangeDesk is what the desk does after a change or a revocation.
func (t *todoList) addChangeDesk(c *todoCase) error {
	for _, p := range c.unserved {
		if p.SealedAt == 0 {
			t.add(c, TodoItem{What: "登记用印：" + p.Kind.Label(), Step: "seal/" + p.ID.String(), Href: p.ID.URL(), Action: "去登记", Group: TodoToday})
		}
	}
	for _, w := range c.withdrawals {
		t.add(c, TodoItem{What: "撤回公开的处罚决定信息，没有公开过的写明", Step: "withdraw_publication", Action: "去登记", Due: w.Due, Workdays: true, Cite: law.Citations{xzcf(48, 2)}})
	}
	return nil
}

// addRefund is what the cashier gives back.
func (t *todoList) addRefund(c *todoCase) error {
	if over := c.refund(); over > 0 {
		t.add(c, TodoItem{What: "退还多缴的罚款 " + over.Grouped() + " 元", Step: "refund", Action: "登记退库", Group: TodoLater, Cite: law.Citations{xzqz(41)}})
	}
	return nil
}

// overpaidCases chooses cases in which more was paid than is owed.
func overpaidCases(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("c.id IN (SELECT cb.case_id FROM case_balance AS cb WHERE cb.surplus > 0)")
}

// changedCases chooses cases in which a change or a revocation left something to the desk.
func changedCases(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where(`c.id IN (SELECT wd.case_id FROM publication_withdrawal AS wd WHERE wd.state = 'open'
		UNION ALL SELECT np.case_id FROM paper AS np WHERE np.kind <> 'onspot_decision' AND np.kind IN ('change_decision', 'penalty_notice') AND np.sealed_at = 0 AND np.state = 'issued')`)
}
