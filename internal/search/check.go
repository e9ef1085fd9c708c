package search

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// digest is what a text says of itself: a flipped bit of it, or of its number or kind, shows.
func digest(kind string, id int64, body string) int64 {
	h := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%s", kind, id, body))
	return int64(binary.BigEndian.Uint64(h[:8]) | 1) // 0 is none
}

// Found is the result of Check.
type Found struct {
	// Damaged are the identifiers of texts that are not what was written.
	Damaged []int64
	// Texts is how many there are, Undigested how many are from a version that kept no digest.
	Texts, Undigested int
	// Index says that the index is not that of the texts.
	Index bool
}

// checkAtOnce bounds the texts that are held at a time.
const checkAtOnce = 2000

// Check compares every text with its digest, and the index with the texts: as sums, over the terms of all records, of a
// hash of term and record.
func Check(tx *store.Tx) (Found, error) {
	var out Found
	var want uint64
	for after := int64(-1 << 63); ; {
		var part []struct {
			ID     int64
			Kind   string
			Body   string
			Digest int64
		}
		if err := tx.DB().NewSelect().TableExpr("search_text").Column("id", "kind", "body", "digest").Where("id > ?", after).Order("id").Limit(checkAtOnce).Scan(tx.Ctx, &part); err != nil {
			return out, fmt.Errorf("search: check: %w", err)
		}
		if len(part) == 0 {
			break
		}
		for _, x := range part {
			after = x.ID
			out.Texts++
			switch {
			case x.Digest == 0:
				out.Undigested++
			case x.Digest != digest(x.Kind, x.ID, x.Body):
				out.Damaged = append(out.Damaged, x.ID)
			}
			for _, term := range indexed(x.Kind, strings.Fields(x.Body)) {
				want += mark(term, x.ID)
			}
		}
	}
	held, err := held(tx)
	out.Index = err != nil || held != want // an index that cannot be read is no index
	return out, nil
}

func mark(term string, id int64) uint64 {
	h := sha256.Sum256(fmt.Appendf(nil, "%s/%d", term, id))
	return binary.BigEndian.Uint64(h[:8])
}

// held is the sum over what the index has.
func held(tx *store.Tx) (sum uint64, err error) {
	q := `SELECT term, doc FROM search_held`
	if tx.Engine() == store.PostgreSQL {
		q = `SELECT unnest(tsvector_to_array(terms)), id FROM search_text`
	}
	rows, err := tx.DB().QueryContext(tx.Ctx, q)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var term string
		var id int64
		if err := rows.Scan(&term, &id); err != nil {
			return 0, err
		}
		sum += mark(term, id)
	}
	return sum, rows.Err()
}

// Forget takes texts out that are not what was written, whatever they say they are; their slice writes them anew.
func Forget(tx *store.Tx, ids []int64) error {
	for _, id := range ids {
		if _, err := tx.Exec(`DELETE FROM search_text WHERE id = ?`, id); err != nil {
			return fmt.Errorf("search: forget %d: %w", id, err)
		}
	}
	return nil
}

// Missing narrows q to the records that have no text; idCol is the column of their identifiers in q.
func Missing(q *bun.SelectQuery, idCol string) *bun.SelectQuery {
	return q.Where("NOT EXISTS (SELECT 1 FROM search_text WHERE search_text.id = ?)", bun.Ident(idCol))
}

// Rebuild makes the index anew from the texts.
func Rebuild(tx *store.Tx) error {
	if tx.Engine() == store.SQLite {
		if _, err := tx.Exec(`INSERT INTO search_index (search_index) VALUES ('delete-all')`); err != nil {
			return fmt.Errorf("search: rebuild: %w", err)
		}
	}
	for after := int64(-1 << 63); ; {
		var part []struct {
			ID   int64
			Kind string
			Body string
		}
		if err := tx.DB().NewSelect().TableExpr("search_text").Column("id", "kind", "body").Where("id > ?", after).Order("id").Limit(checkAtOnce).Scan(tx.Ctx, &part); err != nil {
			return fmt.Errorf("search: rebuild: %w", err)
		}
		if len(part) == 0 {
			return nil
		}
		for _, x := range part {
			after = x.ID
			q := `INSERT INTO search_index (terms, rowid) VALUES (?, ?)`
			if tx.Engine() == store.PostgreSQL {
				q = `UPDATE search_text SET terms = ?::tsvector WHERE id = ?`
			}
			if _, err := tx.Exec(q, strings.Join(indexed(x.Kind, strings.Fields(x.Body)), " "), x.ID); err != nil {
				return fmt.Errorf("search: rebuild %d: %w", x.ID, err)
			}
		}
	}
}
