package store

import (
	"context"
	"iter"

	"github.com/uptrace/bun"
)

// WalkPiece is how many rows a walk reads at a time.
const WalkPiece = 500

// Walk reads a list of any length for a file, piece by piece from the place after the last row, each piece in a
// transaction of its own, and holds no more than one: the one way in which lists leave. read returns what stands after a
// place (at first the zero one), where that ends, and whether there may be more.
func Walk[R, At any](ctx context.Context, db *DB, read func(tx *Tx, after At) (rows []R, end At, more bool, err error)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var at At
		for more := true; more; {
			var rows []R
			var end At
			err := db.View(ctx, func(tx *Tx) (err error) {
				rows, end, more, err = read(tx, at)
				return err
			})
			if err != nil {
				var none R
				yield(none, err)
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			at = end
		}
	}
}

// Each calls do for every row of a walk until one of them fails.
func Each[R any](rows iter.Seq2[R, error], do func(R) error) error {
	for r, err := range rows {
		if err == nil {
			err = do(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Piece reads the next rows of a walk with q, in the order of Keyset's columns; place is where a row stands.
func Piece[R any](tx *Tx, rows *[]R, after Cursor, q func(after Cursor, ok bool) *bun.SelectQuery, place func(R) Cursor) (end Cursor, more bool, err error) {
	if err := q(after, after != Cursor{}).Limit(WalkPiece).Scan(tx.Ctx, rows); err != nil || len(*rows) == 0 {
		return after, false, err
	}
	return place((*rows)[len(*rows)-1]), len(*rows) == WalkPiece, nil
}
