package casework

import "fadu/internal/store"

// OpenOrdinary returns open cases of the ordinary procedure after an identifier, in its order, at most limit: for making
// their terms anew.
func OpenOrdinary(tx *store.Tx, after CaseID, limit int) ([]CaseID, error) {
	var out []CaseID
	err := tx.DB().NewSelect().Model((*Case)(nil)).Column("id").Where("c.closed_at = 0").Where("c.id > ?", after).Where("(c.procedure = ? OR c.state = ?)", ProcedureOrdinary, Ordinary).
		Order("c.id").Limit(int64(limit)).Scan(tx.Ctx, &out)
	return out, err
}
