package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func TestOnceInParallel(t *testing.T) {
	const posts = 50
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		o := store.Once{Actor: 7, Route: "POST /w/toys", Key: "k1", Body: []byte("name=x")}
		locations, fresh := make([]string, posts), atomic.Int64{}
		errs := gather(t, db, posts, func(i int) error {
			loc, replayed, err := db.Once(context.Background(), o, func(tx *store.Tx) (string, error) {
				id := store.NewID()
				return fmt.Sprintf("/w/toys/%d", id), insert(tx, id, fmt.Sprintf("toy %d", id))
			})
			if err == nil && !replayed {
				fresh.Add(1)
			}
			locations[i] = loc
			return err
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		for _, l := range locations {
			if l == "" || l != locations[0] {
				t.Fatalf("replies differ: %q and %q", locations[0], l)
			}
		}
		if n := len(names(t, db)); n != 1 || fresh.Load() != 1 {
			t.Fatalf("%d rows, %d said that they were the first", n, fresh.Load())
		}
	})
}

func TestOnce(t *testing.T) {
	testkit.Both(t, toys, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		post := func(o store.Once, id int64, fail error) (string, bool, error) {
			return db.Once(context.Background(), o, func(tx *store.Tx) (string, error) {
				return fmt.Sprintf("/w/toys/%d", id), errors.Join(insert(tx, id, fmt.Sprint(id)), fail)
			})
		}
		o := store.Once{Actor: 7, Route: "POST /w/toys", Key: "k", Body: []byte("a")}
		if _, _, err := post(o, 1, fault.New(fault.Invalid, "有 1 处要改")); !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		// A failure is not remembered: the corrected form reuses its key.
		o.Body = []byte("b")
		if loc, replayed, err := post(o, 2, nil); err != nil || replayed || loc != "/w/toys/2" {
			t.Fatal(loc, replayed, err)
		}
		if loc, replayed, err := post(o, 3, nil); err != nil || !replayed || loc != "/w/toys/2" {
			t.Fatal(loc, replayed, err)
		}
		// The same key for something else is refused and points to what was made.
		other := o
		other.Body = []byte("c")
		_, _, err := post(other, 4, nil)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Reused || f.Location != "/w/toys/2" {
			t.Fatalf("%+v", err)
		}
		// Keys belong to their actor and route; no key means no memory.
		for i, p := range []store.Once{{Actor: 8, Route: o.Route, Key: "k"}, {Actor: 7, Route: "POST /w/other", Key: "k"}, {Actor: 7}, {Actor: 7}} {
			if _, replayed, err := post(p, int64(10+i), nil); err != nil || replayed {
				t.Fatal(p, replayed, err)
			}
		}
		clock.Set(clock.Now().AddDate(0, 0, store.Keep))
		testkit.Update(t, db, store.ForgetKeys)
		if _, replayed, err := post(o, 20, nil); err != nil || !replayed {
			t.Fatal("a key was forgotten too early", err)
		}
		clock.Set(clock.Now().AddDate(0, 0, 1))
		testkit.Update(t, db, store.ForgetKeys)
		if _, replayed, err := post(o, 21, nil); err != nil || replayed {
			t.Fatal("a key was not forgotten", err)
		}
	})
}
