package store_test

import (
	"errors"
	"testing"

	"fadu/internal/store"
	"fadu/internal/testkit"
)

func TestMemo(t *testing.T) {
	type key struct{ id int }
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		asked := 0
		ask := func(tx *store.Tx, id int, err error) int {
			got, gotErr := store.Memo(tx, key{id}, func() (int, error) { asked++; return asked, err })
			if !errors.Is(gotErr, err) {
				t.Fatal(gotErr)
			}
			return got
		}
		t.Run("同一快照里只问一次", func(t *testing.T) {
			asked = 0
			testkit.View(t, db, func(tx *store.Tx) error {
				if a, b, c := ask(tx, 1, nil), ask(tx, 1, nil), ask(tx, 2, nil); a != 1 || b != 1 || c != 2 {
					t.Errorf("%d %d %d", a, b, c)
				}
				return nil
			})
			testkit.View(t, db, func(tx *store.Tx) error {
				if a := ask(tx, 1, nil); a != 3 {
					t.Errorf("another snapshot was not asked: %d", a)
				}
				return nil
			})
		})
		t.Run("出错的不记", func(t *testing.T) {
			asked = 0
			testkit.View(t, db, func(tx *store.Tx) error {
				ask(tx, 1, errors.New("演示"))
				if a := ask(tx, 1, nil); a != 2 {
					t.Error(a)
				}
				return nil
			})
		})
		t.Run("会改的事务里每次都问", func(t *testing.T) {
			testkit.Update(t, db, func(tx *store.Tx) error {
				asked = 0
				if a, b := ask(tx, 1, nil), ask(tx, 1, nil); a != 1 || b != 2 {
					t.Errorf("%d %d", a, b)
				}
				return nil
			})
		})
	})
}
