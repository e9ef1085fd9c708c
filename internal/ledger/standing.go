package ledger

import (
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"fadu/internal/store"
)

// Standing returns how many entries are numbered and their Merkle root, in hex, from the stored leaves.
func Standing(tx *store.Tx) (leaves int64, root string, err error) {
	var t tree
	for {
		var page []leaf
		if err := tx.DB().NewSelect().Model(&page).Where("seq > ?", t.size).Order("seq").Limit(5000).Scan(tx.Ctx); err != nil {
			return 0, "", err
		}
		if len(page) == 0 {
			r := t.root()
			return t.size, hex.EncodeToString(r[:]), nil
		}
		for _, l := range page {
			var h [32]byte
			if n, err := hex.Decode(h[:], []byte(l.Hash)); err != nil || n != len(h) || l.Seq != t.size+1 {
				return 0, "", fmt.Errorf("ledger: leaf %d is not whole; run fadu verify", l.Seq)
			}
			t.add(h)
		}
	}
}

// Backward looks at the newest entries, at most limit, in the order of their numbers and returns by how much
// the time goes back from one to a later one at most.
func Backward(tx *store.Tx, limit int) (most time.Duration, err error) {
	var at []int64
	err = tx.DB().NewSelect().TableExpr("ledger_leaf AS l").Join("JOIN ledger_entry AS e ON e.id = l.entry_id").Column("e.at").OrderExpr("l.seq DESC").Limit(int64(limit)).Scan(tx.Ctx, &at)
	if err != nil {
		return 0, err
	}
	earliest := int64(1<<63 - 1) // of the later entries
	for _, t := range at {
		if t > earliest {
			most = max(most, store.FromMicros(t).Sub(store.FromMicros(earliest)))
		}
		earliest = min(earliest, t)
	}
	return most, nil
}

// Waiting returns how many committed entries have no number yet and since when the oldest waits, as of the
// transaction; and when the newest entry was made (zero for an empty ledger).
func Waiting(tx *store.Tx) (n int64, oldest, newest time.Time, err error) {
	var last Entry
	err = tx.DB().NewSelect().Model(&last).Column("id", "at").Order("id DESC").Limit(1).Scan(tx.Ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, time.Time{}, nil
	}
	if err != nil || tx.Engine() == store.SQLite {
		return 0, time.Time{}, last.Time(), err
	}
	// The bound is asked first and stands on both sides: else all leaves would be read to find the few missing.
	var from int64
	if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT COALESCE(MAX(entry_id), 0) FROM ledger_leaf`).Scan(&from); err != nil {
		return 0, time.Time{}, last.Time(), err
	}
	from -= store.IDSpan(window)
	var at sql.NullInt64
	err = tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*), MIN(e.at) FROM ledger_entry e WHERE e.id > ? AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id AND l.entry_id > ?)`, from, from).Scan(&n, &at)
	if at.Valid {
		oldest = store.FromMicros(at.Int64)
	}
	return n, oldest, last.Time(), err
}
