package powers

import (
	"fadu/internal/search"
	"fadu/internal/store"
)

// Reindex writes the texts of powers and articles that have none in the index, and returns how many they were.
func Reindex(tx *store.Tx) (int, error) {
	var items []itemRow
	if err := search.Missing(tx.DB().NewSelect().Model(&items), "p.id").Scan(tx.Ctx); err != nil {
		return 0, wrap("reindex", err)
	}
	for _, r := range items {
		if err := search.Put(tx, searchKind, int64(r.ID), r.words()); err != nil {
			return 0, err
		}
	}
	var lines []lineRow
	if err := search.Missing(tx.DB().NewSelect().Model(&lines).Where("n.kind = ?", LineArticle), "n.id").Scan(tx.Ctx); err != nil {
		return 0, wrap("reindex", err)
	}
	for _, l := range lines {
		if err := search.Put(tx, articleKind, l.ID, l.words()); err != nil {
			return 0, err
		}
	}
	return len(items) + len(lines), nil
}

// words are what an article is found by.
func (l lineRow) words() string { return l.Number + " " + l.Text }
