package performance

import (
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// restOf is what of the fine is open.
func restOf(tx *store.Tx, c *casework.Case) (law.Money, error) {
	var n int64
	err := tx.DB().NewSelect().TableExpr("payment AS pm").ColumnExpr("CAST(COALESCE(SUM(pm.amount), 0) AS BIGINT)").Where("pm.case_id = ?", c.ID).Where("pm.kind IN (?, ?)", casework.PaidFine, casework.PaidRefund).Scan(tx.Ctx, &n)
	return c.Amount - law.Money(n), err
}

// used reports whether a receipt was entered before, for a surcharge or for a fine.
func used(tx *store.Tx, reference string) (bool, error) {
	for _, table := range []string{"performance AS t", "payment AS t"} {
		if n, err := tx.DB().NewSelect().TableExpr(table).Where("t.reference = ?", reference).Count(tx.Ctx); n > 0 || err != nil {
			return true, err
		}
	}
	return false, nil
}
