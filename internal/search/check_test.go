package search_test

import (
	"errors"
	"slices"
	"testing"

	"fadu/internal/search"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

func checked(t *testing.T, db *store.DB) (f search.Found) {
	t.Helper()
	testkit.View(t, db, func(tx *store.Tx) (err error) { f, err = search.Check(tx); return err })
	return f
}

// TestCheckFindsDamage: a text, its number or kind, or the index that is not what was written is found, and what is made
// anew is searched as before.
func TestCheckFindsDamage(t *testing.T) {
	testkit.Both(t, tables, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		texts := map[int64]string{1: "占道经营 解放北路18号", 2: "𠮷田㙍 ＡＢＣ①", 3: "", 4: "窨井破损"}
		put(t, db, "toy", texts)
		put(t, db, "toy", map[int64]string{4: "窨井盖破损"})
		if f := checked(t, db); len(f.Damaged) != 0 || f.Index || f.Texts != 4 || f.Undigested != 0 {
			t.Fatalf("没有坏：%+v", f)
		}
		index := `UPDATE search_text SET terms = 'toy_00000000'::tsvector WHERE id = 1`
		if db.Engine() == store.SQLite {
			index = `INSERT OR REPLACE INTO search_index (rowid, terms) VALUES (1, 'toy_00000000')`
		}
		for name, c := range map[string]struct {
			sql     string
			damaged []int64
			index   bool
		}{
			"文字": {`UPDATE search_text SET body = '占道经营 解放北路19号' WHERE id = 1`, []int64{1}, true},
			"编号": {`UPDATE search_text SET id = 5 WHERE id = 1`, []int64{5}, db.Engine() == store.SQLite},
			"种类": {`UPDATE search_text SET kind = 'tov' WHERE id = 1`, []int64{1}, true},
			"索引": {index, nil, true},
			"旧版": {`UPDATE search_text SET digest = 0 WHERE id = 1`, nil, false},
		} {
			testkit.Update(t, db, func(tx *store.Tx) error { _, err := tx.Exec(c.sql); return err })
			f := checked(t, db)
			if !slices.Equal(f.Damaged, c.damaged) || f.Index != c.index || (name == "旧版") != (f.Undigested == 1) {
				t.Errorf("%s：%+v", name, f)
			}
			testkit.Update(t, db, func(tx *store.Tx) error {
				if err := search.Forget(tx, f.Damaged); err != nil {
					return err
				}
				if err := search.Rebuild(tx); err != nil || len(f.Damaged) == 0 {
					return err
				}
				return search.Put(tx, "toy", 1, texts[1])
			})
			if f := checked(t, db); len(f.Damaged) != 0 || f.Index || f.Texts != 4 {
				t.Errorf("%s，重做以后：%+v", name, f)
			}
			if got := find(t, db, "toy", "北路18"); !slices.Equal(got, []int64{1}) {
				t.Errorf("%s，重做以后查到 %v", name, got)
			}
			if name == "旧版" {
				testkit.Update(t, db, func(tx *store.Tx) error {
					return errors.Join(search.Forget(tx, []int64{1}), search.Put(tx, "toy", 1, texts[1]))
				})
			}
		}
	})
}
