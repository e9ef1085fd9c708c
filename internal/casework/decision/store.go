package decision

import (
	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/store"
)

// last returns the draft that counts and what it says; nil before there is one, and when the case was told, heard or investigated anew since.
func last(tx *store.Tx, id casework.CaseID) (*Draft, DraftInput, error) {
	d, in, err := drawnLast(tx, id)
	if err != nil || d == nil {
		return nil, DraftInput{}, err
	}
	since, err := casework.StandsSince(tx, id)
	if err != nil || d.ID < since {
		return nil, DraftInput{}, err
	}
	return d, in, nil
}

// drawnLast returns the newest draft, also one that does not count any more.
func drawnLast(tx *store.Tx, id casework.CaseID) (*Draft, DraftInput, error) {
	var out []Draft
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(out) == 0 {
		return nil, DraftInput{}, err
	}
	in, err := out[0].read()
	return &out[0], in, err
}

// minutes returns the discussion that counts, with who spoke in order and who signed; nil before there is one.
func minutes(tx *store.Tx, id casework.CaseID) (*Discussion, error) {
	var out []Discussion
	err := tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id DESC").Limit(1).Scan(tx.Ctx)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	d := &out[0]
	if err := tx.DB().NewSelect().Model(&d.Opinions).Where("case_id = ?", id).Where("discussion_id = ?", d.ID).Order("spoke").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	var signed []Signature
	if err := tx.DB().NewSelect().Model(&signed).Where("case_id = ?", id).Where("discussion_id = ?", d.ID).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	d.Signed = map[access.AccountID]bool{}
	for _, s := range signed {
		d.Signed[s.Account] = true
	}
	return d, nil
}

func insert(tx *store.Tx, rows ...any) error {
	for _, row := range rows {
		if _, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx); err != nil {
			return err
		}
	}
	return nil
}
