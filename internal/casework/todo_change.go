package casework

import (
	"fadu/internal/law"

	"github.com/uptrace/bun"
)

// What a change or a revocation leaves to do: the paper sealed and served, the publication withdrawn, what
// was paid too much given back.

// refund is what of fine and gains is to be given back.
func (c *todoCase) refund() law.Money {
	paid := law.Money(0)
	for _, p := range c.payments {
		paid += p.Amount
	}
	return c.overpaid(paid) + c.gainsOver(c.gains)
}

// addServing is a sealed paper about a change that the officers bring to the party.
func (t *todoList) addServing(c *todoCase) error {
	for _, p := range c.unserved {
		if p.SealedAt != 0 {
			href := p.ID.URL()
			if c.ordinary() {
				href = c.URL() + "?step=send"
			}
			t.add(c, TodoItem{What: "送达" + p.Kind.Label(), Step: "serve/" + p.ID.String(), Href: href, Action: "去登记", Group: TodoToday, Cite: law.Citations{xzcf(61, 1)}})
		}
	}
	return nil
}

// addChangeDesk is what the desk does after a change or a revocation.
func (t *todoList) addChangeDesk(c *todoCase) error {
	for _, p := range c.unserved {
		if p.SealedAt == 0 {
			t.add(c, TodoItem{What: "登记用印：" + p.Kind.Label(), Step: "seal/" + p.ID.String(), Href: p.ID.URL(), Action: "去登记", Group: TodoToday})
		}
	}
	return nil
}

// addRefund is what the cashier gives back.
func (t *todoList) addRefund(c *todoCase) error {
	if over := c.refund(); over > 0 {
		what := "罚款"
		if c.gains > 0 {
			what = "款项"
		}
		t.add(c, TodoItem{What: "退还多缴的" + what + " " + over.Grouped() + " 元", Step: "refund", Action: "登记退库", Group: TodoLater, Cite: law.Citations{xzqz(41)}})
	}
	return nil
}

// overpaidCases chooses cases in which more was paid than is owed.
func overpaidCases(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("c.id IN (SELECT cb.case_id FROM case_balance AS cb WHERE cb.surplus > 0)")
}

// changePapers are the papers about a change or a revocation that are issued; there are few.
const changePapers = `SELECT np.case_id FROM paper AS np WHERE np.kind IN ('change_decision', 'penalty_notice') AND np.state = 'issued'`

// changedCases chooses cases in which such a paper is to be sealed, servingCases those in which it is to be served.
func changedCases(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("c.id IN (" + changePapers + " AND np.sealed_at = 0)")
}

func servingCases(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("c.id IN (" + changePapers + " AND np.sealed_at <> 0)")
}
