package store_test

import (
	"context"
	"errors"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestNoLostUpdate: read, think, write back, from many sides at once; every acknowledged one counts.
func TestNoLostUpdate(t *testing.T) {
	const rounds, writers = 10, 5
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 1, "counter") })
		read := func(tx *store.Tx) (n int64, err error) {
			err = tx.DB().NewSelect().TableExpr("toy").Column("n").Where("id = 1").Scan(tx.Ctx, &n)
			return n, err
		}
		acknowledged := int64(0)
		for range rounds {
			errs := gather(t, db, writers, func(int) error {
				return db.Update(context.Background(), func(tx *store.Tx) error {
					n, err := read(tx)
					if err != nil {
						return err
					}
					_, err = tx.Exec("UPDATE toy SET n = ? WHERE id = 1", n+1)
					return err
				})
			})
			for _, err := range errs {
				if err == nil {
					acknowledged++
				}
			}
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			n, err := read(tx)
			if n != acknowledged {
				t.Errorf("the counter is at %d after %d acknowledged increments", n, acknowledged)
			}
			return err
		})
		_, _, _, retries, _, _ := db.Stats()
		t.Logf("%d of %d acknowledged, %d retries", acknowledged, rounds*writers, retries)
		if acknowledged < rounds*writers*9/10 {
			t.Errorf("only %d of %d got through", acknowledged, rounds*writers)
		}
		if db.Engine() == store.PostgreSQL && retries == 0 {
			t.Error("nothing was retried: the test did not make them collide")
		}
	})
}

// TestNoWriteSkew: two closures that each check what the other writes cannot both succeed.
func TestNoWriteSkew(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		for range 10 {
			testkit.Update(t, db, func(tx *store.Tx) error { _, err := tx.Exec("DELETE FROM toy"); return err })
			errs := gather(t, db, 2, func(i int) error {
				return db.Update(context.Background(), func(tx *store.Tx) error {
					n, err := tx.DB().NewSelect().TableExpr("toy").Count(tx.Ctx)
					if err != nil {
						return err
					}
					if n > 0 {
						return errors.New("already punished")
					}
					return insert(tx, int64(i+1), []string{"a", "b"}[i])
				})
			})
			if got := names(t, db); len(got) != 1 || (errs[0] == nil) == (errs[1] == nil) {
				t.Fatal(got, errs)
			}
		}
	})
}

func TestGroupCommit(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	before, batchesBefore, _, _, _, _ := db.Stats()
	errs := gather(t, db, 100, func(i int) error {
		return db.Update(context.Background(), func(tx *store.Tx) error { id := store.NewID(); return insert(tx, id, string(rune('一'+i))) })
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	updates, batches, _, _, _, _ := db.Stats()
	if u, b := updates-before, batches-batchesBefore; u != 101 || b != 2 {
		t.Fatalf("%d updates in %d batches", u, b)
	}
}

func TestClose(t *testing.T) {
	db, err := store.Open(context.Background(), store.Options{URL: testkit.SQLiteURL(t), Clock: testkit.NewClock().Now, Migrations: toys, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	results := make(chan error, 40)
	for i := range 40 {
		go func() {
			results <- db.Update(context.Background(), func(tx *store.Tx) error { return insert(tx, int64(i+1), string(rune('一'+i))) })
		}()
	}
	if err := <-results; err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 39 {
		<-results // everybody gets an answer
	}
	if err := db.Update(context.Background(), func(tx *store.Tx) error { return nil }); err == nil {
		t.Fatal("updated a closed database")
	}
}
