package access

import (
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// pageQuery is a list query to be cut into pages by sort column and identifier.
type pageQuery[R any] struct {
	query    *bun.SelectQuery
	rows     *[]R
	sort, id string
	desc     bool
	numeric  bool
	place    func(R) store.Cursor
}

// page fills p.rows with one page in the list's order and returns the tokens of the pages before and
// after it, "" when there is none.
func page[R any](tx *store.Tx, p pageQuery[R], after, filter string) (prev, next string, err error) {
	c, ok, err := store.DecodeCursor(after, filter)
	if err != nil {
		return "", "", err
	}
	q := store.Keyset(p.query, p.sort, p.id, p.desc, p.numeric, c, ok).Limit(store.PageLimit(tx.Ctx))
	if err := q.Scan(tx.Ctx); err != nil {
		return "", "", err
	}
	*p.rows, prev, next = store.PageOf(tx.Ctx, *p.rows, c, ok, filter, p.place)
	return prev, next, nil
}
