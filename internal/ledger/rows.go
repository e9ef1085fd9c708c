package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"fadu/internal/store"
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
	if err != nil || len(changes) == 0 {
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
