package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"fadu/internal/planted"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// entryColumn is the column in which a row keeps the entry of its last change.
const entryColumn = "entry_id"

// Digest returns the SHA-256 of a row, in hex: over its table and, in the order of their names, its
// columns that are neither NULL, 0 nor empty, without the entry that holds the digest. So a column that
// a later migration adds with such a default changes nothing.
func Digest(r store.Row) string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "fadu row 1\n%s\n", r.Table)
	for _, c := range slices.Sorted(maps.Keys(r.Values)) {
		text := ""
		switch v := r.Values[c].(type) {
		case int64:
			text = strconv.FormatInt(v, 10)
		case float64:
			text = strconv.FormatFloat(v, 'f', -1, 64)
		case string:
			text = v
		case nil:
		default:
			text = fmt.Sprint(v)
		}
		if text == "" || text == "0" || c == entryColumn {
			continue
		}
		_, _ = fmt.Fprintf(h, "%s=%d:%s\n", c, len(text), text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// seal writes into the entries the digests of the rows that the closure wrote. Each row is under the
// entry that it points to; one that points to an earlier entry (a counter, a flag) is made to point to
// the last of these, which also tells what was deleted.
func seal(tx *store.Tx, es []*Entry) error {
	changes, err := tx.Changes()
	if err != nil || len(changes) == 0 || planted.Is(planted.RowsUnproven) {
		return err
	}
	rows := map[EntryID]map[string]string{}
	for _, e := range es {
		rows[e.ID] = map[string]string{}
	}
	last := es[len(es)-1].ID
	stray := map[string][]string{}
	for _, r := range changes {
		name := r.Table + "/" + r.Key
		if r.Deleted {
			rows[last][name] = ""
			continue
		}
		of, known := rows[EntryID(r.Int(entryColumn))]
		if !known {
			of = rows[last]
			stray[r.Table] = append(stray[r.Table], r.Key)
		}
		of[name] = Digest(r)
	}
	for _, table := range slices.Sorted(maps.Keys(stray)) {
		if err := tx.Repoint(table, entryColumn, int64(last), stray[table]); err != nil {
			return err
		}
	}
	for _, e := range es {
		if len(rows[e.ID]) == 0 {
			continue
		}
		text, err := json.Marshal(rows[e.ID])
		if err != nil {
			return err
		}
		e.Rows = string(text)
	}
	return nil
}

// KindSealed is the kind of an entry for rows that were written before entries told of rows.
const KindSealed = "ledger.sealed"

// sealAtOnce bounds the rows that one entry seals.
const sealAtOnce = 200

// SealOld makes entries for the rows whose own entry tells of no row at all, since a version wrote it
// that did not know of this, and returns how many they were. It vouches for the rows as they are now.
func SealOld(ctx context.Context, db *store.DB, by Actor, refs []Reference) (n int64, err error) {
	for _, ref := range refs {
		if ref.Column != entryColumn || ref.Unproven {
			continue
		}
		for after := ""; ; {
			count, next := 0, after
			err := db.Update(ctx, func(tx *store.Tx) error {
				rows, err := tx.Rows(ref.Table, after, sealAtOnce)
				if err != nil || len(rows) == 0 {
					return err
				}
				next = rows[len(rows)-1].Key
				old, err := unsealed(tx, rows)
				if count = len(old); err != nil || count == 0 {
					return err
				}
				id, err := Append(tx, by, Act{Kind: KindSealed, Subject: "ledger/" + ref.Table, Data: map[string]any{"rows": count}})
				if err != nil {
					return err
				}
				return tx.Repoint(ref.Table, entryColumn, int64(id), old)
			})
			if err != nil {
				return n, fmt.Errorf("ledger: seal %s: %w", ref.Table, err)
			}
			if next == after {
				break
			}
			n, after = n+int64(count), next
		}
	}
	return n, nil
}

// unsealed returns the keys of the rows whose entry tells of no row.
func unsealed(tx *store.Tx, rows []store.Row) (keys []string, err error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.Int(entryColumn)
	}
	var silent []int64
	if err := tx.DB().NewSelect().Model((*Entry)(nil)).Column("id").Where("id IN (?)", bun.List(ids)).Where("rows = ''").Scan(tx.Ctx, &silent); err != nil {
		return nil, err
	}
	for _, r := range rows {
		// The parts of a list had no entry at all before.
		if id := r.Int(entryColumn); id == 0 || slices.Contains(silent, id) {
			keys = append(keys, r.Key)
		}
	}
	return keys, nil
}
