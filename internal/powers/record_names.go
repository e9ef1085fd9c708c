package powers

import (
	"strings"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// AdjustmentNames are the kinds and codes of adjustments, by identifier, for the ledger's pages.
func AdjustmentNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	var list []Adjustment
	if err := tx.DB().NewSelect().Model(&list).Where("a.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, wrap("names of adjustments", err)
	}
	if err := withCodes(tx, list); err != nil {
		return nil, err
	}
	out := make(map[int64]string, len(list))
	for _, a := range list {
		out[int64(a.ID)] = a.Kind.Label() + " " + clip(strings.Join(a.Codes, "、"), 30)
	}
	return out, nil
}
