package ending

import (
	"fadu/internal/casework"
	"fadu/internal/store"
)

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func last(tx *store.Tx, id casework.CaseID, act string) (*Record, error) {
	var out []Record
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Where("act = ?", act).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return &out[0], nil
}

// links are those of a case in both directions, oldest first.
func links(tx *store.Tx, id casework.CaseID) ([]Link, error) {
	var out []Link
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ? OR other_id = ?", id, id).Order("id").Scan(tx.Ctx)
}

// numbered finds a case by the number under which it was filed; 0 when there is none.
func numbered(tx *store.Tx, no string) (casework.CaseID, error) {
	var ids []casework.CaseID
	err := tx.DB().NewSelect().TableExpr("penalty_case AS c").Column("c.id").Where("c.case_no = ?", no).Limit(1).Scan(tx.Ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// paid is what of fine and gains was taken and not given back.
func paid(tx *store.Tx, id casework.CaseID) (n int64, err error) {
	err = tx.DB().NewSelect().TableExpr("payment AS pm").ColumnExpr("CAST(COALESCE(SUM(pm.amount), 0) AS BIGINT)").Where("pm.case_id = ?", id).Scan(tx.Ctx, &n)
	return n, err
}
