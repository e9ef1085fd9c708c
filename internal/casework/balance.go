package casework

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// balance is what of a case's money is open: a part of the fine that is not paid, or a surplus to be given
// back. There is a row only while there is something, so that to-dos and the cashier's lists begin here
// and not at every case that was ever closed. It follows from case and payments and is written with them.
type balance struct {
	bun.BaseModel `bun:"table:case_balance,alias:cb"`

	Case    CaseID    `bun:"case_id,pk"`
	Owing   law.Money `bun:"owing"`
	Surplus law.Money `bun:"surplus"`
	// PayFrom is when the term of payment began, as in the case.
	PayFrom int64 `bun:"pay_from"`
	// Gains is what of the confiscated gains is open.
	Gains law.Money `bun:"gains"`
}

// balanceOf reckons the balance of a case of which a sum of the fine and of the gains was paid, refunds taken off.
func balanceOf(c *Case, paid, gains law.Money) balance {
	b := balance{Case: c.ID, PayFrom: c.PayFrom, Gains: c.gainsOpen(gains)}
	if c.owes() || c.State == Closed || c.State == Revoked {
		b.Surplus = c.overpaid(paid) + c.gainsOver(gains)
	}
	if c.owes() {
		b.Owing = max(0, c.Amount-paid)
	}
	return b
}

// owes reports whether the fine of a case in its state is to be paid: the decision is served and not yet dealt with,
// also while it is demanded or enforced.
func (c *Case) owes() bool { return slices.Contains(owingStates, c.State) }

// owingStates are in balances, too.
var owingStates = []State{Delivered, Demanded, Enforcing, Halted}

// rebalance writes the balance of a case after its state, its amount or its payments changed.
func rebalance(tx *store.Tx, c *Case) error {
	if c.DeliveredAt == 0 {
		return nil // before the party has the decision nothing is owed
	}
	var paid, gains law.Money
	if err := tx.DB().NewSelect().Model((*Payment)(nil)).ColumnExpr("CAST(COALESCE(SUM(CASE WHEN "+ofFine+" THEN amount ELSE 0 END), 0) AS BIGINT)").
		ColumnExpr("CAST(COALESCE(SUM(CASE WHEN "+ofGains+" THEN amount ELSE 0 END), 0) AS BIGINT)").Where("case_id = ?", c.ID).Scan(tx.Ctx, &paid, &gains); err != nil {
		return err
	}
	b := balanceOf(c, paid, gains)
	if b.Owing == 0 && b.Surplus == 0 && b.Gains == 0 {
		_, err := tx.Exec("DELETE FROM case_balance WHERE case_id = ?", c.ID)
		return err
	}
	_, err := tx.DB().NewInsert().Model(&b).On("CONFLICT (case_id) DO UPDATE").Set("owing = EXCLUDED.owing").Set("surplus = EXCLUDED.surplus").Set("pay_from = EXCLUDED.pay_from").Set("gains = EXCLUDED.gains").Exec(tx.Ctx)
	return err
}

// balances are all balances as they follow from cases and payments.
const balances = `SELECT b.id AS case_id,
	CASE WHEN b.state IN ('delivered', 'demanded', 'enforcing', 'halted') AND b.amount > b.paid THEN b.amount - b.paid ELSE 0 END AS owing,
	CASE WHEN b.state = 'revoked' THEN b.paid + b.taken ELSE
		CASE WHEN b.paid > b.amount THEN b.paid - b.amount ELSE 0 END + CASE WHEN b.taken > b.gains THEN b.taken - b.gains ELSE 0 END END AS surplus, b.pay_from,
	CASE WHEN b.state IN ('delivered', 'demanded', 'enforcing', 'halted') AND b.gains > b.taken THEN b.gains - b.taken ELSE 0 END AS gains
FROM (SELECT c.id, c.pay_from, c.state, c.amount, c.gains,
		CAST(COALESCE((SELECT SUM(pm.amount) FROM payment AS pm WHERE pm.case_id = c.id AND pm.` + ofFine + `), 0) AS BIGINT) AS paid,
		CAST(COALESCE((SELECT SUM(pm.amount) FROM payment AS pm WHERE pm.case_id = c.id AND pm.` + ofGains + `), 0) AS BIGINT) AS taken
	FROM penalty_case AS c WHERE c.delivered_at <> 0 AND c.state IN ('delivered', 'demanded', 'enforcing', 'halted', 'closed', 'revoked')) AS b
WHERE b.state IN ('delivered', 'demanded', 'enforcing', 'halted') AND (b.amount > b.paid OR b.gains > b.taken)
	OR b.state = 'revoked' AND b.paid + b.taken <> 0 OR b.state <> 'revoked' AND (b.paid > b.amount OR b.taken > b.gains)`

// RecountBalances writes all balances anew, after cases were brought in that no command made.
func (s *Service) RecountBalances(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("DELETE FROM case_balance"); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO case_balance (case_id, owing, surplus, pay_from, gains) " + balances)
		return err
	})
}

// BalanceCheck compares every kept balance with its case and payments.
func (s *Service) BalanceCheck() ledger.Check {
	return ledger.Check{Name: "缴款余额", Run: func(ctx context.Context, db *store.DB) ([]string, error) {
		var wrong []int64
		err := db.View(ctx, func(tx *store.Tx) error {
			return tx.DB().NewRaw(`SELECT DISTINCT case_id FROM (
				SELECT * FROM (`+balances+` EXCEPT SELECT case_id, owing, surplus, pay_from, gains FROM case_balance) AS missing
				UNION ALL SELECT * FROM (SELECT case_id, owing, surplus, pay_from, gains FROM case_balance EXCEPT `+balances+`) AS spare) AS wrong ORDER BY case_id LIMIT 20`).Scan(tx.Ctx, &wrong)
		})
		var faults []string
		for _, id := range wrong {
			faults = append(faults, fmt.Sprintf("案件 %d：保存的应缴、多缴余额和缴款记录对不上", id))
		}
		return faults, err
	}}
}
