package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
	"pgregory.net/rapid"
)

type listed struct {
	bun.BaseModel `bun:"table:listed"`
	ID            int64  `bun:"id,pk"`
	Name          string `bun:"name"`
	N             int64  `bun:"n"`
}

// TestKeyset: the pages of a list, put together, are the list: forwards and backwards, with ties, by a
// text or a number, rising or falling.
func TestKeyset(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec("CREATE TABLE listed (id BIGINT PRIMARY KEY, name TEXT NOT NULL, n BIGINT NOT NULL)")
			return err
		})
		rapid.Check(t, func(r *rapid.T) {
			rows := rapid.SliceOfNDistinct(rapid.Custom(func(r *rapid.T) listed {
				return listed{
					ID:   rapid.Int64Range(1, 1<<60).Draw(r, "id"),
					Name: rapid.SampledFrom([]string{"", "a", "B", "中队", "中队一", "'"}).Draw(r, "name"),
					N:    rapid.SampledFrom([]int64{-10, 0, 2, 10, 1 << 55}).Draw(r, "n"),
				}
			}), 0, 25, func(l listed) int64 { return l.ID }).Draw(r, "rows")
			size := rapid.Int64Range(1, 7).Draw(r, "size")
			desc, byNumber := rapid.Bool().Draw(r, "desc"), rapid.Bool().Draw(r, "by number")
			testkit.Update(t, db, func(tx *store.Tx) error {
				if _, err := tx.Exec("DELETE FROM listed"); err != nil || len(rows) == 0 {
					return err
				}
				_, err := tx.DB().NewInsert().Model(&rows).Exec(tx.Ctx)
				return err
			})
			p := pager{desc: desc, numeric: byNumber, size: size}
			slices.SortFunc(rows, p.compare)
			testkit.View(t, db, func(tx *store.Tx) error {
				if got := p.walk(r, tx, false); !slices.Equal(got, rows) {
					r.Fatalf("forwards: got %v, want %v", got, rows)
				}
				if len(rows) > 0 {
					// Backwards from the last row shows all before it.
					if got := p.walk(r, tx, true, rows[len(rows)-1]); !slices.Equal(got, rows[:len(rows)-1]) {
						r.Fatalf("backwards: got %v, want %v", got, rows[:len(rows)-1])
					}
				}
				return nil
			})
		})
	})
}

type pager struct {
	desc, numeric bool
	size          int64
}

func (p pager) compare(a, b listed) int {
	c := cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	if p.numeric {
		c = cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.ID, b.ID))
	}
	if p.desc {
		return -c
	}
	return c
}

func (p pager) column() string {
	if p.numeric {
		return "n"
	}
	return "name"
}

func (p pager) cursor(l listed, back bool) store.Cursor {
	if p.numeric {
		return store.Cursor{Sort: strconv.FormatInt(l.N, 10), ID: l.ID, Back: back}
	}
	return store.Cursor{Sort: l.Name, ID: l.ID, Back: back}
}

// walk reads page after page, each from the token of the one before, and returns all rows in the
// list's order.
func (p pager) walk(r *rapid.T, tx *store.Tx, back bool, from ...listed) []listed {
	all := []listed{}
	token := ""
	if len(from) > 0 {
		token = p.cursor(from[0], back).Encode("f")
	}
	for range 100 {
		c, ok, err := store.DecodeCursor(token, "f")
		if err != nil {
			r.Fatal(err)
		}
		var page []listed
		if err := store.Keyset(tx.DB().NewSelect().Model(&page), p.column(), "id", p.desc, p.numeric, c, ok).Limit(p.size).Scan(tx.Ctx); err != nil {
			r.Fatal(err)
		}
		if len(page) == 0 {
			return all
		}
		token = p.cursor(page[len(page)-1], back).Encode("f")
		if back {
			slices.Reverse(page)
			all = append(page, all...)
		} else {
			all = append(all, page...)
		}
	}
	r.Fatal("paging never ends")
	return nil
}

func TestCursor(t *testing.T) {
	c := store.Cursor{Sort: "违停, 2026", ID: 1 << 60, Back: true}
	token := c.Encode("state=open")
	if got, ok, err := store.DecodeCursor(token, "state=open"); err != nil || !ok || got != c {
		t.Fatal(got, ok, err)
	}
	if _, ok, err := store.DecodeCursor("", "state=open"); ok || err != nil {
		t.Fatal(ok, err)
	}
	for name, bad := range map[string]string{"别的筛选": token, "改了一位": "A" + token[1:], "截断": token[:8], "不是编码": "你好", "空白": " "} {
		filter := "state=open"
		if name == "别的筛选" {
			filter = "state=closed"
		}
		if name == "改了一位" && token[0] == 'A' {
			bad = "B" + token[1:]
		}
		if _, _, err := store.DecodeCursor(bad, filter); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCountUpTo(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error {
			for i := range int64(5) {
				if err := insert(tx, i+1, fmt.Sprint(i)); err != nil {
					return err
				}
			}
			return nil
		})
		count := func() (n int) {
			testkit.View(t, db, func(tx *store.Tx) (err error) {
				n, err = store.CountUpTo(tx, tx.DB().NewSelect().TableExpr("toy").Where("id > 1"))
				return err
			})
			return n
		}
		if n := count(); n != 4 {
			t.Fatal(n)
		}
		testkit.Update(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO toy (id, name) WITH RECURSIVE s(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM s WHERE i < 1300) SELECT i, 'n' || i FROM s")
			return err
		})
		if n := count(); n != store.CountLimit+1 {
			t.Fatal(n)
		}
	})
}
