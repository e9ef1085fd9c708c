package draft

import "fadu/internal/store"

// BatchNames are the names of the batches' files, by identifier, for the ledger's pages.
func BatchNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(b Batch) (int64, string) { return int64(b.ID), b.FileName })
}
