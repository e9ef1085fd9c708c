package jobs

import "fadu/internal/store"

// Counts returns how many jobs are in each state.
func Counts(tx *store.Tx) (map[State]int64, error) {
	var rows []struct {
		State State `bun:"state"`
		N     int64 `bun:"n"`
	}
	err := tx.DB().NewSelect().Model((*Record)(nil)).Column("state").ColumnExpr("COUNT(*) AS n").Group("state").Scan(tx.Ctx, &rows)
	out := map[State]int64{Pending: 0, Running: 0, Done: 0, Dead: 0}
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, err
}
