package store_test

import (
	"fmt"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
)

type thing struct {
	bun.BaseModel `bun:"table:thing,alias:t"`

	ID   int64   `bun:"id,pk"`
	Name string  `bun:"name"`
	N    int     `bun:"n"`
	F    float64 `bun:"f"`
}

func TestArgumentsComeOutAsTheyWere(t *testing.T) {
	names := []string{"", "'", "''", `"`, `\`, `\'`, "?", "$1", ";", "--", "/*", "\x01'x'", "𠮷㙍😀", "%_", "NULL", "123", "912255724845793280", "a\nb\tc"}
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		create(t, db)
		for i, name := range names {
			in := thing{ID: 912255724845793280 + int64(i), Name: name, N: -i, F: float64(i) / 8}
			testkit.Update(t, db, func(tx *store.Tx) error {
				_, err := tx.DB().NewInsert().Model(&in).Exec(tx.Ctx)
				return err
			})
			testkit.View(t, db, func(tx *store.Tx) error {
				var out thing
				if err := tx.DB().NewSelect().Model(&out).Where("name = ?", name).Where("id = ?", in.ID).Scan(tx.Ctx); err != nil {
					return fmt.Errorf("%q: %w", name, err)
				}
				if out != in {
					t.Errorf("wrote %+v, read %+v", in, out)
				}
				return nil
			})
		}
	})
}

func create(t *testing.T, db *store.DB) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec(`CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL, n INTEGER NOT NULL, f DOUBLE PRECISION NOT NULL)`)
		return err
	})
}

func TestStatementInsideItself(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		if db.Engine() == store.PostgreSQL {
			return // one result at a time on its connections
		}
		create(t, db)
		testkit.Update(t, db, func(tx *store.Tx) error {
			for i := range 3 {
				if _, err := tx.Exec(`INSERT INTO thing (id, name, n, f) VALUES (?, ?, 0, 0)`, i, fmt.Sprint(i)); err != nil {
					return err
				}
			}
			const ask = `SELECT id FROM thing WHERE name >= ? ORDER BY id`
			outer, err := tx.DB().QueryContext(tx.Ctx, ask, "1")
			if err != nil {
				return err
			}
			defer func() { _ = outer.Close() }()
			var seen []int64
			for outer.Next() {
				var id, first int64
				if err := outer.Scan(&id); err != nil {
					return err
				}
				if err := tx.DB().QueryRowContext(tx.Ctx, ask, "0").Scan(&first); err != nil {
					return err
				}
				seen = append(seen, id, first)
			}
			if fmt.Sprint(seen) != "[1 0 2 0]" {
				t.Errorf("saw %v", seen)
			}
			return outer.Err()
		})
	})
}

func TestStatementAfterTheSchemaChanged(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		create(t, db)
		count := func() (n int) {
			testkit.View(t, db, func(tx *store.Tx) error {
				return tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM thing WHERE name = ?`, "甲").Scan(&n)
			})
			return n
		}
		for want := range 3 {
			if got := count(); got != want {
				t.Fatalf("%d, not %d", got, want)
			}
			testkit.Update(t, db, func(tx *store.Tx) error {
				if _, err := tx.Exec(fmt.Sprintf(`ALTER TABLE thing ADD COLUMN extra%d TEXT NOT NULL DEFAULT ''`, want)); err != nil {
					return err
				}
				_, err := tx.Exec(`INSERT INTO thing (id, name, n, f) VALUES (?, ?, ?, ?)`, want, "甲", want, 0.5)
				return err
			})
		}
	})
}

func TestMoreStatementsThanAreKept(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		create(t, db)
		testkit.Update(t, db, func(tx *store.Tx) error {
			for round := range 2 {
				for i := range 450 {
					var n int
					if err := tx.DB().QueryRowContext(tx.Ctx, fmt.Sprintf(`SELECT COUNT(*) + %d FROM thing WHERE name <> ?`, i), "x").Scan(&n); err != nil || n != i {
						return fmt.Errorf("round %d, statement %d: %d, %w", round, i, n, err)
					}
				}
			}
			return nil
		})
	})
}
