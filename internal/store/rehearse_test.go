package store_test

import (
	"context"
	"errors"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// A rehearsal leaves nothing: no row, no key, nothing after a commit; what the closure refuses is told as ever.
func TestRehearse(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		o := store.Once{Actor: 7, Route: "POST /w/toys", Key: "k", Body: []byte("a")}
		told := false
		post := func(ctx context.Context, fail error) (replayed bool, err error) {
			_, replayed, err = db.Once(ctx, o, func(tx *store.Tx) (string, error) {
				tx.AfterCommit(func() { told = true })
				return "/w/toys/1", errors.Join(insert(tx, 1, "x"), fail)
			})
			return replayed, err
		}
		rehearsal := store.Rehearse(context.Background())
		if _, err := post(rehearsal, fault.New(fault.Invalid, "有 1 处要改")); !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if _, err := post(rehearsal, nil); !errors.Is(err, store.ErrRehearsed) || told || len(names(t, db)) != 0 {
			t.Fatal(err, told, names(t, db))
		}
		if replayed, err := post(context.Background(), nil); err != nil || replayed || !told || len(names(t, db)) != 1 {
			t.Fatal(replayed, err, told)
		}
		if _, err := post(rehearsal, nil); errors.Is(err, store.ErrRehearsed) { // the row is there: its key plays no part
			t.Fatal(err)
		}
	})
}
