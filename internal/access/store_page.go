package access

import (
	"slices"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// pageSize is how many rows a list page of this package shows.
const pageSize = 50

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
	q := store.Keyset(p.query, p.sort, p.id, p.desc, p.numeric, c, ok).Limit(pageSize + 1)
	if err := q.Scan(tx.Ctx); err != nil {
		return "", "", err
	}
	more := len(*p.rows) > pageSize
	if more {
		*p.rows = (*p.rows)[:pageSize]
	}
	back := ok && c.Back
	if back {
		slices.Reverse(*p.rows)
	}
	if len(*p.rows) == 0 {
		return "", "", nil
	}
	if back && more || ok && !back {
		first := p.place((*p.rows)[0])
		first.Back = true
		prev = first.Encode(filter)
	}
	if more && !back || back {
		next = p.place((*p.rows)[len(*p.rows)-1]).Encode(filter)
	}
	return prev, next, nil
}
