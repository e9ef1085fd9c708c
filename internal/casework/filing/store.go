package filing

import (
	"fadu/internal/casework"
	"fadu/internal/store"
)

// last returns the check of the lead that counts, nil before there is one.
func last(tx *store.Tx, id casework.CaseID) (*Check, error) {
	var out []Check
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	return &out[0], nil
}

func insert(tx *store.Tx, row *Check) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

// twin returns another case of the bureau, of whatever unit, that was filed for the same act of the same party
// and place; 0 when there is none. It crosses scopes on purpose: one act is punished once (处罚法二十九).
func twin(tx *store.Tx, c *casework.Case) (casework.CaseID, error) {
	if c.PartyKey == "" || c.ActFrom.IsZero() {
		return 0, nil
	}
	var ids []casework.CaseID
	err := tx.DB().NewSelect().TableExpr("penalty_case AS c").Column("c.id").Where("c.party_key = ?", c.PartyKey).Where("c.id <> ?", c.ID).
		Where("c.filed_on <> ''").Where("c.act_from = ?", c.ActFrom).Where("c.place = ?", c.Place).Where("c.state NOT IN ('withdrawn', 'merged', 'revoked')").
		Order("c.id").Limit(1).Scan(tx.Ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}
