package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

// openFailing opens a durable database on each engine whose every step can be made to fail.
func openFailing(t *testing.T, f func(t *testing.T, db *store.DB, nth *testkit.Nth)) {
	for engine, at := range map[string]func(testing.TB) string{"SQLite": testkit.SQLiteURL, "PostgreSQL": testkit.PostgreSQLURL} {
		t.Run(engine, func(t *testing.T) {
			nth := &testkit.Nth{}
			o := store.Options{URL: at(t), Clock: testkit.NewClock().Now, Migrations: toys, Under: store.Under{Driver: testkit.FailingSQLite, Dial: nth.Dial}}
			testkit.FailSQLite(nth)
			db, err := store.Open(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			f(t, db, nth)
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestNthOperationFails: whichever statement, write, sync or answer of the server fails, once or for good,
// the update happened wholly or not at all; one that was acknowledged happened; the same key then succeeds
// exactly once.
func TestNthOperationFails(t *testing.T) {
	openFailing(t, func(t *testing.T, db *store.DB, nth *testkit.Nth) {
		for _, sticky := range []bool{false, true} {
			failures := map[string]int{}
			for n := 1; ; n++ {
				id := int64(1000*n + map[bool]int{true: 1}[sticky])
				o := store.Once{Actor: 1, Route: "toy", Key: fmt.Sprint(id), Body: []byte("x")}
				act := func(tx *store.Tx) (string, error) {
					return fmt.Sprint(id), errors.Join(insert(tx, id, fmt.Sprint(id)), insert(tx, id+10, fmt.Sprint(id+10)))
				}
				nth.Arm(n, sticky)
				_, _, err := db.Once(context.Background(), o, act)
				steps, fired := nth.Disarm()
				kept := there(t, db, id, id+10)
				switch {
				case err == nil && !kept:
					t.Fatalf("第 %d 步（%s）失败：答复成功，却没有保存", n, fired)
				case err != nil:
					failures[fired]++
				}
				if _, _, err := db.Once(context.Background(), o, act); err != nil || !there(t, db, id, id+10) {
					t.Fatalf("第 %d 步（%s）失败以后重试：%v", n, fired, err)
				}
				if fired == "" {
					if n < 5 || len(failures) == 0 {
						t.Fatalf("只有 %d 步，失败 %v", steps, failures)
					}
					t.Logf("sticky %v：%d 步，失败 %v", sticky, steps, failures)
					break
				}
				if n > 500 {
					t.Fatal("没有尽头")
				}
			}
		}
	})
}

// there reports whether both rows are there; one without the other is a fault.
func there(t *testing.T, db *store.DB, ids ...int64) bool {
	t.Helper()
	all := names(t, db)
	n := 0
	for _, id := range ids {
		if slices.Contains(all, fmt.Sprint(id)) {
			n++
		}
	}
	if n != 0 && n != len(ids) {
		t.Fatalf("办了一半：%d 行中有 %d 行", len(ids), n)
	}
	return n > 0
}

// TestSyncedBeforeAcknowledged: SQLite has synced its log before an update is acknowledged; without that
// a power loss takes acknowledged work.
func TestSyncedBeforeAcknowledged(t *testing.T) {
	nth := &testkit.Nth{Only: func(step string) bool { return step == "file sync" }}
	testkit.FailSQLite(nth)
	db, err := store.Open(context.Background(), store.Options{URL: testkit.SQLiteURL(t), Clock: testkit.NewClock().Now, Migrations: toys, Under: store.Under{Driver: testkit.FailingSQLite}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(5) {
		nth.Arm(0, false)
		testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, i+1, fmt.Sprint(i)) })
		if n, _ := nth.Disarm(); n == 0 {
			t.Errorf("第 %d 次保存没有等写到磁盘就答复了", i+1)
		}
	}
	// A sync that fails is a save that failed.
	nth.Arm(1, false)
	err = db.Update(context.Background(), func(tx *store.Tx) error { return insert(tx, 9, "九") })
	nth.Disarm()
	if err == nil || slices.Contains(names(t, db), "九") {
		t.Errorf("写盘失败：%v，%v", err, names(t, db))
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
