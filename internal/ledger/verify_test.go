package ledger_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var toys = []fs.FS{fstest.MapFS{"m/9001_create_toy.sql": {Data: []byte("-- +goose Up\nCREATE TABLE toy (id BIGINT NOT NULL PRIMARY KEY, entry_id BIGINT NOT NULL);\n")}}}

// disarm removes the triggers that protect the ledger, as somebody with the database file could.
func disarm(t *testing.T, db *store.DB) {
	t.Helper()
	tamper(t, db, map[store.Engine][]string{
		store.SQLite: {
			"DROP TRIGGER ledger_entry_no_update", "DROP TRIGGER ledger_entry_no_delete", "DROP TRIGGER ledger_entry_no_replace",
			"DROP TRIGGER ledger_leaf_no_update", "DROP TRIGGER ledger_leaf_no_delete", "DROP TRIGGER ledger_leaf_no_replace",
		},
		store.PostgreSQL: {"DROP TRIGGER ledger_entry_no_change ON ledger_entry", "DROP TRIGGER ledger_leaf_no_change ON ledger_leaf"},
	}[db.Engine()]...)
}

func tamper(t *testing.T, db *store.DB, statements ...string) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		for _, q := range statements {
			if _, err := tx.Exec(q); err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		return nil
	})
}

func TestVerifyFinds(t *testing.T) {
	second := "(SELECT entry_id FROM ledger_leaf WHERE seq = 2)"
	cases := []struct {
		name string
		do   []string
		want []string
	}{
		{"什么也没改", nil, nil},
		{"改了行为人", []string{"UPDATE ledger_entry SET actor = '演示·别人' WHERE id = " + second}, []string{"第 2 条", "不符"}},
		{"改了时间", []string{"UPDATE ledger_entry SET at = at - 1 WHERE id = " + second}, []string{"第 2 条", "不符"}},
		{"改了单位", []string{"UPDATE ledger_entry SET unit = 9 WHERE id = " + second}, []string{"第 2 条", "不符"}},
		{"改了内容", []string{"UPDATE ledger_entry SET data = '{}' WHERE id = " + second}, []string{"第 2 条", "不符"}},
		{"改了规则", []string{"UPDATE ledger_entry SET rules = '[]' WHERE id = " + second}, []string{"第 2 条", "不符"}},
		{"删了一条", []string{"DELETE FROM ledger_entry WHERE id = " + second}, []string{"第 2 条", "已被删除"}},
		{"连同序号删了最后一条", []string{"DELETE FROM ledger_entry WHERE id = (SELECT entry_id FROM ledger_leaf WHERE seq = 5)", "DELETE FROM ledger_leaf WHERE seq = 5"}, []string{"toy 有一行", "不存在"}},
		{"删了一个序号", []string{"DELETE FROM ledger_leaf WHERE seq = 2"}, []string{"第 2—2 条的序号缺失", "没有序号"}},
		{"连同序号删了前两条", []string{"DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE seq < 3)", "DELETE FROM ledger_leaf WHERE seq < 3"}, []string{"第 1—2 条的序号缺失"}},
		{"换了两条的序号", []string{
			"UPDATE ledger_leaf SET seq = 99 WHERE seq = 2", "UPDATE ledger_leaf SET seq = 2 WHERE seq = 3", "UPDATE ledger_leaf SET seq = 3 WHERE seq = 99",
			"UPDATE ledger_leaf SET entry_id = -entry_id WHERE seq IN (2, 3)",
			"UPDATE ledger_leaf SET entry_id = (SELECT id FROM ledger_entry ORDER BY id LIMIT 1 OFFSET 1) WHERE seq = 2",
			"UPDATE ledger_leaf SET entry_id = (SELECT id FROM ledger_entry ORDER BY id LIMIT 1 OFFSET 2) WHERE seq = 3",
		}, []string{"第 2 条", "第 3 条", "不符"}},
		{"摘要不成形", []string{"UPDATE ledger_leaf SET hash = 'x' WHERE seq = 4"}, []string{"第 4 条", "不成形"}},
		{"绕过程序插入一条", []string{"INSERT INTO ledger_entry SELECT 17, at, account, actor, via, kind, subject, unit, data, rules, rows FROM ledger_entry WHERE id = " + second}, []string{"编号 17", "没有序号"}},
		{"业务行指向没有的记录", []string{"INSERT INTO toy VALUES (77, 12345)"}, []string{"toy 有一行", "12345"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			testkit.Both(t, toys, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
				for i := range 5 {
					testkit.Update(t, db, func(tx *store.Tx) error {
						id, err := ledger.Append(tx, testkit.Actor(), act(fmt.Sprintf("toy/%d", i)))
						if err != nil {
							return err
						}
						_, err = tx.Exec("INSERT INTO toy VALUES (?, ?)", i, id)
						return err
					})
				}
				sequence(t, db)
				clock.Advance(2 * time.Minute)
				disarm(t, db)
				tamper(t, db, c.do...)
				rep, err := ledger.Verify(context.Background(), db, []ledger.Reference{{Table: "toy", Column: "entry_id"}}, nil)
				if err != nil {
					t.Fatal(err)
				}
				if rep.OK() != (len(c.want) == 0) {
					t.Fatalf("%+v", rep)
				}
				all := strings.Join(rep.Faults, "\n")
				for _, w := range c.want {
					if !strings.Contains(all, w) {
						t.Errorf("%q not said:\n%s", w, all)
					}
				}
			})
		})
	}
}

func TestVerifyReport(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		const n = 1050 // more than Verify reads at once
		testkit.Update(t, db, func(tx *store.Tx) error {
			for i := range n {
				if _, err := ledger.Append(tx, testkit.Actor(), act(fmt.Sprintf("case/%d", i))); err != nil {
					return err
				}
			}
			return nil
		})
		sequence(t, db)
		rep, err := ledger.Verify(context.Background(), db, nil, nil)
		if err != nil || !rep.OK() || rep.Leaves != n {
			t.Fatal(rep, err)
		}
		var leaves [][32]byte
		testkit.View(t, db, func(tx *store.Tx) error {
			var es []ledger.Entry
			if err := tx.DB().NewSelect().Model(&es).Order("id").Scan(tx.Ctx); err != nil {
				return err
			}
			for _, e := range es {
				leaves = append(leaves, sha256.Sum256(append([]byte{0}, ledger.Canonical(e)...)))
			}
			return nil
		})
		if want := naive(leaves); rep.Root != hex.EncodeToString(want[:]) {
			t.Errorf("root %s, want %x", rep.Root, want)
		}
		// A list of faults is bounded but counted, and the slices' own checks are asked.
		disarm(t, db)
		tamper(t, db, "UPDATE ledger_entry SET unit = 8")
		checks := []ledger.Check{{Name: "文书", Run: func(context.Context, *store.DB) ([]string, error) { return []string{"丢了一页"}, nil }}}
		rep, err = ledger.Verify(context.Background(), db, nil, checks)
		if err != nil || len(rep.Faults) != 100 || rep.More != n-100+1 {
			t.Error(len(rep.Faults), rep.More, err)
		}
		broken := []ledger.Check{{Name: "文书", Run: func(context.Context, *store.DB) ([]string, error) { return nil, errors.New("cannot read") }}}
		if _, err := ledger.Verify(context.Background(), db, nil, broken); err == nil || !strings.Contains(err.Error(), "文书") {
			t.Error(err)
		}
	})
}

// TestGrace: an entry may wait a minute for its number, no longer.
func TestGrace(t *testing.T) {
	db, clock := testkit.SQLite(t)
	add(t, db, "case/1")
	tamper(t, db, fmt.Sprintf("INSERT INTO ledger_entry SELECT 17, %d, account, actor, via, kind, subject, unit, data, rules, rows FROM ledger_entry", store.Micros(clock.Now())))
	for _, c := range []struct {
		after time.Duration
		ok    bool
	}{{time.Minute, true}, {time.Second, false}} {
		clock.Advance(c.after)
		if rep, err := ledger.Verify(context.Background(), db, nil, nil); err != nil || rep.OK() != c.ok {
			t.Errorf("%+v %v", rep, err)
		}
	}
}
