package casework

import (
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// What a change or a revocation leaves to do: the paper sealed and served, the publication withdrawn, what
// was paid too much given back.

// afterChange loads that for several cases.
func (s *Service) afterChange(tx *store.Tx, ids []CaseID, at map[CaseID]*todoCase) error {
	var open []Withdrawal
	if err := tx.DB().NewSelect().Model(&open).Where("case_id IN (?)", bun.List(ids)).Where("state = 'open'").Order("id").Scan(tx.Ctx); err != nil {
		return err
	}
	for _, w := range open {
		at[w.Case].withdrawals = append(at[w.Case].withdrawals, w)
	}
	var ps []Paper
	err := tx.DB().NewSelect().Model(&ps).ExcludeColumn("content").Where("case_id IN (?)", bun.List(ids)).Where("kind IN (?, ?)", ChangeDecision, PenaltyNotice).Where("state = ?", PaperIssued).Order("id").Scan(tx.Ctx)
	for _, p := range ps {
		at[p.Case].unserved = append(at[p.Case].unserved, p)
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
	return q.Where("(c.state = 'revoked' AND " + paidSum + " > 0 OR c.state IN ('delivered', 'closed') AND " + paidSum + " > c.amount)")
}

// changedCases chooses cases in which a change or a revocation left something to the desk.
func changedCases(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where(`(EXISTS (SELECT 1 FROM publication_withdrawal AS wd WHERE wd.case_id = c.id AND wd.state = 'open')
		OR EXISTS (SELECT 1 FROM paper AS np WHERE np.case_id = c.id AND np.kind IN ('change_decision', 'penalty_notice') AND np.state = 'issued' AND np.sealed_at = 0))`)
}
