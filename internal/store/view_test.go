package store_test

import (
	"context"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
)

func TestView(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 1, "x") })
		for _, q := range []string{"INSERT INTO toy (id, name) VALUES (2, 'y')", "UPDATE toy SET n = 1", "DELETE FROM toy", "CREATE TABLE z (id BIGINT)"} {
			err := db.View(context.Background(), func(tx *store.Tx) error {
				if tx.Writable() {
					t.Error("a view says that it is writable")
				}
				_, err := tx.Exec(q)
				return err
			})
			if err == nil {
				t.Errorf("a view did %s", q)
			}
		}
		// A view is one snapshot: what is committed meanwhile does not appear in it.
		testkit.View(t, db, func(tx *store.Tx) error {
			count := func() int64 {
				n, err := tx.DB().NewSelect().TableExpr("toy").Count(tx.Ctx)
				if err != nil {
					t.Fatal(err)
				}
				return int64(n)
			}
			before := count()
			done := make(chan error)
			go func() {
				done <- db.Update(context.Background(), func(tx *store.Tx) error { return insert(tx, 2, "y") })
			}()
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			if after := count(); before != 1 || after != 1 {
				t.Errorf("the snapshot moved from %d to %d", before, after)
			}
			return nil
		})
		if n := len(names(t, db)); n != 2 {
			t.Fatal(n)
		}
	})
}

func TestVersion(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 1, "x") })
		write := func(version int64) error {
			return db.Update(context.Background(), func(tx *store.Tx) error {
				res, err := tx.Exec("UPDATE toy SET n = n + 1, version = version + 1 WHERE id = ? AND version = ?", 1, version)
				return store.Updated(res, err, "这件玩具")
			})
		}
		if err := write(1); err != nil {
			t.Fatal(err)
		}
		if err := write(1); !fault.Is(err, fault.Conflict) {
			t.Fatalf("a stale write got %v", err)
		}
		err := db.Update(context.Background(), func(tx *store.Tx) error {
			_, err := tx.Exec("UPDATE nowhere SET n = 1")
			return store.Updated(nil, err, "x")
		})
		if err == nil || fault.Is(err, fault.Conflict) {
			t.Fatalf("a broken statement got %v", err)
		}
	})
}

func TestDuplicate(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 1, "x") })
		for _, c := range []struct {
			name string
			do   func(*store.Tx) error
			want bool
		}{
			{"主键重复", func(tx *store.Tx) error { return insert(tx, 1, "y") }, true},
			{"唯一列重复", func(tx *store.Tx) error { return insert(tx, 2, "x") }, true},
			{"空值", func(tx *store.Tx) error { _, err := tx.Exec("INSERT INTO toy (id) VALUES (3)"); return err }, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.Update(context.Background(), c.do)
				if err == nil || store.Duplicate(err) != c.want {
					t.Fatalf("%v: duplicate %v", err, store.Duplicate(err))
				}
			})
		}
		err := db.View(context.Background(), func(tx *store.Tx) error {
			var n int64
			return store.One(tx.DB().NewSelect().TableExpr("toy").Column("n").Where("id = 9").Scan(tx.Ctx, &n), "这件玩具")
		})
		if !fault.Is(err, fault.NotFound) {
			t.Fatal(err)
		}
	})
}

// TestFlag: a flag is 0 or 1 in the column and a condition may say so on both engines.
func TestFlag(t *testing.T) {
	type toy struct {
		bun.BaseModel `bun:"table:toy"`
		ID            int64      `bun:"id,pk"`
		Name          string     `bun:"name"`
		N             store.Flag `bun:"n"`
		Version       int64      `bun:"version"`
	}
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error {
			_, err := tx.DB().NewInsert().Model(&[]toy{{ID: 1, Name: "yes", N: true}, {ID: 2, Name: "no"}}).Exec(tx.Ctx)
			return err
		})
		testkit.View(t, db, func(tx *store.Tx) error {
			var got []toy
			if err := tx.DB().NewSelect().Model(&got).Where("n = ?", store.Flag(true)).Scan(tx.Ctx); err != nil {
				return err
			}
			if len(got) != 1 || got[0].Name != "yes" || !bool(got[0].N) {
				t.Errorf("%+v", got)
			}
			return nil
		})
	})
}
