package performance

import (
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func rowsOf(tx *store.Tx, id casework.CaseID) ([]Performance, error) {
	var out []Performance
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

func contests(tx *store.Tx, id casework.CaseID) ([]Contest, error) {
	var out []Contest
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

// restOf is what of the fine is open.
func restOf(tx *store.Tx, c *casework.Case) (law.Money, error) {
	var n int64
	err := tx.DB().NewSelect().TableExpr("payment AS pm").ColumnExpr("CAST(COALESCE(SUM(pm.amount), 0) AS BIGINT)").Where("pm.case_id = ?", c.ID).Scan(tx.Ctx, &n)
	return c.Amount - law.Money(n), err
}

// used reports whether a receipt was entered before.
func used(tx *store.Tx, reference string) (bool, error) {
	n, err := tx.DB().NewSelect().TableExpr("performance AS pf").Where("pf.reference = ?", reference).Count(tx.Ctx)
	return n > 0, err
}
