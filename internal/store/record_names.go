package store

import "github.com/uptrace/bun"

// Names reads rows of T by their identifiers and returns what name calls each; those that are not there are
// left out.
func Names[T any](tx *Tx, ids []int64, name func(T) (int64, string)) (map[int64]string, error) {
	var rows []T
	if err := tx.DB().NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	out := make(map[int64]string, len(rows))
	for _, r := range rows {
		id, text := name(r)
		out[id] = text
	}
	return out, nil
}
