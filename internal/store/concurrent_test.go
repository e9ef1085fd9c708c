package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

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
		if acknowledged < rounds*writers {
			t.Errorf("only %d of %d got through", acknowledged, rounds*writers)
		}
		if db.Engine() == store.PostgreSQL && retries == 0 {
			t.Error("nothing was retried: the test did not make them collide")
		}
	})
}

// TestEveryWriterFinishes: writers of two processes who all read what all change end without an error, and nobody is made to
// repeat more than once.
func TestEveryWriterFinishes(t *testing.T) {
	const writers = 24
	for engine, at := range map[string]func(testing.TB) string{"SQLite": testkit.SQLiteURL, "PostgreSQL": testkit.PostgreSQLURL} {
		t.Run(engine, func(t *testing.T) {
			var dbs [2]*store.DB
			o := store.Options{URL: at(t), Clock: testkit.NewClock().Now, Migrations: toys, NoSync: true}
			for i := range dbs {
				var err error
				if dbs[i], err = store.Open(context.Background(), o); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = dbs[i].Close() })
			}
			errs := make([]error, writers)
			var wg sync.WaitGroup
			for i := range writers {
				wg.Go(func() {
					errs[i] = dbs[i%2].Update(context.Background(), func(tx *store.Tx) error {
						n, err := tx.DB().NewSelect().TableExpr("toy").Count(tx.Ctx)
						if err != nil {
							return err
						}
						time.Sleep(30 * time.Millisecond) // long enough to meet another one, if one can be met
						_, err = tx.Exec("INSERT INTO toy (id, name, n) VALUES (?, ?, ?)", i+1, fmt.Sprint(i), n)
						return err
					})
				})
			}
			wg.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Error(err)
			}
			var seen []int64
			testkit.View(t, dbs[0], func(tx *store.Tx) error {
				return tx.DB().NewSelect().TableExpr("toy").Column("n").Order("n").Scan(tx.Ctx, &seen)
			})
			for i, n := range seen {
				if n != int64(i) || len(seen) != writers {
					t.Fatalf("as if not one after the other: %v", seen)
				}
			}
			_, _, _, one, _, _ := dbs[0].Stats()
			_, _, _, other, _, _ := dbs[1].Stats()
			if retries := one + other; retries > writers || (retries == 0) != (engine == "SQLite") {
				t.Errorf("%d retries of %d writers", retries, writers)
			}
		})
	}
}

// TestConflictPassedOver: a closure that pays no heed to a failure to serialise, or takes it for something else, is repeated all
// the same: nothing of what it did can be kept.
func TestConflictPassedOver(t *testing.T) {
	for what, after := range map[string]func(*store.Tx) error{
		"reads on":           func(tx *store.Tx) error { return insert(tx, 2, "second") },
		"says nothing":       func(*store.Tx) error { return nil },
		"says another thing": func(*store.Tx) error { return nil },
	} {
		t.Run(what, func(t *testing.T) {
			db, _ := testkit.PostgreSQL(t, toys...)
			testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 1, "first") })
			tries := 0
			err := db.Update(context.Background(), func(tx *store.Tx) error {
				tries++
				if _, err := tx.DB().NewSelect().TableExpr("toy").Count(tx.Ctx); err != nil {
					return err
				}
				if tries == 1 { // somebody changes the row that this closure is about to change
					done := make(chan error)
					go func() {
						done <- db.Update(context.Background(), func(tx *store.Tx) error { _, err := tx.Exec("UPDATE toy SET n = 7 WHERE id = 1"); return err })
					}()
					if err := <-done; err != nil {
						return err
					}
				}
				_, err := tx.Exec("UPDATE toy SET n = n + 1 WHERE id = 1")
				if tries == 1 && err == nil {
					t.Error("nobody was met")
				}
				if what == "says another thing" && err != nil {
					return errors.New("no such row")
				}
				return after(tx)
			})
			if err != nil || tries != 2 {
				t.Errorf("%d tries: %v", tries, err)
			}
			var n int64
			testkit.View(t, db, func(tx *store.Tx) error {
				return tx.DB().NewSelect().TableExpr("toy").Column("n").Where("id = 1").Scan(tx.Ctx, &n)
			})
			if n != 8 {
				t.Errorf("the row is at %d", n)
			}
		})
	}
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
