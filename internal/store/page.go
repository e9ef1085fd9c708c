package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/fault"

	"github.com/uptrace/bun"
)

// Totals beyond this many rows are shown as "1000+".
const CountLimit = 1000

// Cursor is a place in a sorted list: the last row's sort value and identifier.
type Cursor struct {
	Sort string `json:"s"`
	ID   int64  `json:"i"`
	// Back pages towards the beginning.
	Back bool `json:"b,omitempty"`
}

// Encode prints c as a token bound to the filter it belongs to.
func (c Cursor) Encode(filter string) string {
	b, _ := json.Marshal(c)
	sum := sha256.Sum256(append([]byte(filter+"\x00"), b...))
	return base64.RawURLEncoding.EncodeToString(append(sum[:6], b...))
}

// DecodeCursor reads a token; "" is the beginning (ok false). A token of another filter is Invalid.
func DecodeCursor(token, filter string) (c Cursor, ok bool, err error) {
	if token == "" {
		return c, false, nil
	}
	bad := fault.New(fault.Invalid, "翻页位置与当前筛选条件不符，请从第一页看起")
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) < 7 {
		return c, false, bad
	}
	sum := sha256.Sum256(append([]byte(filter+"\x00"), b[6:]...))
	if string(sum[:6]) != string(b[:6]) || json.Unmarshal(b[6:], &c) != nil || strings.ContainsRune(c.Sort, 0) {
		return Cursor{}, false, bad // PostgreSQL takes no zero character
	}
	return c, true, nil
}

// Keyset orders q by sortCol and idCol and starts after the cursor. Sort values are compared as the
// column's own type: pass numeric columns with numeric true.
func Keyset(q *bun.SelectQuery, sortCol, idCol string, desc, numeric bool, c Cursor, ok bool) *bun.SelectQuery {
	backwards := ok && c.Back
	down := desc != backwards
	op, dir := ">", "ASC"
	if down {
		op, dir = "<", "DESC"
	}
	if ok {
		var sort any = c.Sort
		if numeric {
			var n int64
			_, _ = fmt.Sscan(c.Sort, &n)
			sort = n
		}
		q = q.Where("(?, ?) "+op+" (?, ?)", bun.Ident(sortCol), bun.Ident(idCol), sort, c.ID)
	}
	return q.OrderExpr("? "+dir+", ? "+dir, bun.Ident(sortCol), bun.Ident(idCol))
}

// KeysetByID is Keyset for rows in the order of their identifiers alone, which is that of their making.
func KeysetByID(q *bun.SelectQuery, idExpr string, desc bool, c Cursor, ok bool) *bun.SelectQuery {
	down := desc != (ok && c.Back)
	op, dir := ">", "ASC"
	if down {
		op, dir = "<", "DESC"
	}
	if ok {
		q = q.Where("? "+op+" ?", bun.Safe(idExpr), c.ID)
	}
	return q.OrderExpr("? "+dir, bun.Safe(idExpr))
}

// CountUpTo counts rows of q, stopping at CountLimit+1.
func CountUpTo(tx *Tx, q *bun.SelectQuery) (int, error) {
	n, err := tx.idb.NewSelect().TableExpr("(?) AS counted", q.ColumnExpr("1 AS one").Limit(CountLimit+1)).Count(tx.Ctx)
	return int(n), err
}

// DefaultPage is how many rows a page of a list has for who chose nothing.
const DefaultPage = 50

type pageSizeKey struct{}

// WithPageSize says how many rows the reader wants on a page.
func WithPageSize(ctx context.Context, rows int) context.Context {
	return context.WithValue(ctx, pageSizeKey{}, rows)
}

// PageSize is how many rows a page of any list has for this reader.
func PageSize(ctx context.Context) int {
	if n, ok := ctx.Value(pageSizeKey{}).(int); ok && n > 0 {
		return n
	}
	return DefaultPage
}

// PageOf cuts rows, read by Keyset with one more than the size, to a page in the list's order and makes
// the tokens of its neighbours, "" where there is none. place is where a row stands.
func PageOf[R any](ctx context.Context, rows []R, c Cursor, ok bool, filter string, place func(R) Cursor) (page []R, prev, next string) {
	size := PageSize(ctx)
	more := len(rows) > size
	rows = rows[:min(size, len(rows))]
	back := ok && c.Back
	if back {
		slices.Reverse(rows)
	}
	if len(rows) == 0 {
		return rows, "", ""
	}
	if ok && (!back || more) {
		first := place(rows[0])
		first.Back = true
		prev = first.Encode(filter)
	}
	if back || more {
		next = place(rows[len(rows)-1]).Encode(filter)
	}
	return rows, prev, next
}

// PageLimit is what to read for PageOf: a row more than a page has.
func PageLimit(ctx context.Context) int64 { return int64(PageSize(ctx)) + 1 }
