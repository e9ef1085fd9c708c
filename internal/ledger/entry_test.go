package ledger_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestEncoding fixes encoding version 1: the vectors were computed by another program from its
// description. Were they to change, every ledger in the field would seem forged.
func TestEncoding(t *testing.T) {
	cases := []struct {
		name       string
		entry      ledger.Entry
		bytes, sum string
	}{
		{
			"平常一条",
			ledger.Entry{ID: 1, At: 1772413200000000, Account: 7, Actor: "演示·张三", Via: "web", Kind: "casework.paper_issued", Subject: "case/123", Unit: 42, Data: `{"amount":5000}`, Rules: `["R1","R2"]`},
			"01000000000000000100064c001b2e640000000000000000070000000ee6bc94e7a4bac2b7e5bca0e4b889000000037765620000001563617365776f726b2e70617065725f69737375656400000008636173652f313233000000000000002a0000000f7b22616d6f756e74223a353030307d0000000b5b225231222c225232225d",
			"dd66c29d4e084ff899a5bcd5e3b0e323da49e3ceaef3a1b4eedaf344a55c75ac",
		},
		{
			"全空",
			ledger.Entry{},
			"01" + strings.Repeat("00", 8*4+4*6),
			"723e3d196b766bd06e4a867d4b3d832bea6b39e98d032cd65407ae5da89fa6e8",
		},
		{
			"最大编号、负数、生僻字和转义",
			ledger.Entry{ID: 9223372036854775807, At: -1, Account: -5, Actor: "𠮷", Via: "import", Kind: "x.y", Subject: "a\x00b", Unit: 1, Data: `{"text":"\"，\n"}`, Rules: "[]"},
			"017ffffffffffffffffffffffffffffffffffffffffffffffb00000004f0a0aeb700000006696d706f727400000003782e79000000036100620000000000000001000000127b2274657874223a225c22efbc8c5c6e227d000000025b5d",
			"a0032f0d143fbfe6dc18852996d2a75ad735d045991cac8552895e2d176a2946",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := hex.EncodeToString(ledger.Canonical(c.entry)); got != c.bytes {
				t.Errorf("encoding\n%s, want\n%s", got, c.bytes)
			}
			if got := c.entry.Leaf(); got != c.sum {
				t.Errorf("leaf %s, want %s", got, c.sum)
			}
		})
	}
}

// TestEncodingIsUnambiguous: moving characters from one field to the next changes the leaf.
func TestEncodingIsUnambiguous(t *testing.T) {
	a := ledger.Entry{Actor: "ab", Via: "c", Kind: "k", Subject: "s"}
	b := ledger.Entry{Actor: "a", Via: "bc", Kind: "k", Subject: "s"}
	if a.Leaf() == b.Leaf() {
		t.Fatal("two entries share a leaf")
	}
}

func act(subject string) ledger.Act {
	return ledger.Act{Kind: "toy.made", Subject: subject, Unit: 3, Data: map[string]any{"字": "值", "n": 1}, Rules: []string{"R1"}}
}

func add(t *testing.T, db *store.DB, subject string) (id ledger.EntryID) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) (err error) { id, err = ledger.Append(tx, testkit.Actor(), act(subject)); return err })
	return id
}

// sequence waits until every committed entry has its leaf: while the database's own sequencer is at it,
// Sequence leaves the work to it.
func sequence(t *testing.T, db *store.DB) {
	t.Helper()
	for range 200 {
		if err := ledger.Sequence(context.Background(), db); err != nil {
			t.Fatal(err)
		}
		if entries, leaves := counts(t, db); entries == leaves {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("entries without a leaf after five seconds")
}

func counts(t *testing.T, db *store.DB) (entries, leaves int64) {
	t.Helper()
	testkit.View(t, db, func(tx *store.Tx) error {
		if err := tx.DB().QueryRowContext(tx.Ctx, "SELECT COUNT(*) FROM ledger_entry").Scan(&entries); err != nil {
			return err
		}
		return tx.DB().QueryRowContext(tx.Ctx, "SELECT COUNT(*) FROM ledger_leaf").Scan(&leaves)
	})
	return entries, leaves
}

func TestAppendAndHistory(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		ids := []ledger.EntryID{add(t, db, "case/1"), add(t, db, "case/2"), add(t, db, "case/1"), add(t, db, "case/1")}
		testkit.View(t, db, func(tx *store.Tx) error {
			newest, err := ledger.History(tx, "case/1", 0, 2)
			if err != nil {
				return err
			}
			if len(newest) != 2 || newest[0].ID != ids[3] || newest[1].ID != ids[2] {
				t.Fatalf("%+v", newest)
			}
			e := newest[0]
			if e.Actor != testkit.Actor().Name || e.Account != 1 || e.Via != "test" || e.Unit != 3 || e.Data != `{"n":1,"字":"值"}` || e.Rules != `["R1"]` || !e.Time().Equal(clock.Now()) {
				t.Errorf("%+v", e)
			}
			older, err := ledger.History(tx, "case/1", newest[1].ID, 9)
			if len(older) != 1 || older[0].ID != ids[0] {
				t.Errorf("%+v", older)
			}
			return err
		})
	})
}

func TestAppendRefused(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		who := testkit.Actor()
		for _, c := range []struct {
			name string
			by   ledger.Actor
			act  ledger.Act
		}{
			{"没有姓名", ledger.Actor{Account: 1, Via: "web"}, act("case/1")},
			{"没有途径", ledger.Actor{Account: 1, Name: "演示"}, act("case/1")},
			{"没有行为", who, ledger.Act{Subject: "case/1"}},
			{"没有对象", who, ledger.Act{Kind: "toy.made"}},
			{"数据不成形", who, ledger.Act{Kind: "toy.made", Subject: "case/1", Data: func() {}}},
		} {
			t.Run(c.name, func(t *testing.T) {
				if err := db.Update(context.Background(), func(tx *store.Tx) error { _, err := ledger.Append(tx, c.by, c.act); return err }); err == nil {
					t.Fatal("appended")
				}
			})
		}
		err := db.View(context.Background(), func(tx *store.Tx) error { _, err := ledger.Append(tx, who, act("case/1")); return err })
		if err == nil || !strings.Contains(err.Error(), "read-only") {
			t.Error(err)
		}
		sequence(t, db)
		if e, l := counts(t, db); e != 0 || l != 0 {
			t.Errorf("%d entries, %d leaves", e, l)
		}
	})
}

// TestFailedActLeavesNothing: neither entry nor leaf remains of an act that failed, and the numbers of
// the others have no gap.
func TestFailedActLeavesNothing(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		done := make(chan error)
		for i := range 50 {
			go func() {
				done <- db.Update(context.Background(), func(tx *store.Tx) error {
					if _, err := ledger.Append(tx, testkit.Actor(), act(fmt.Sprintf("case/%d", i))); err != nil {
						return err
					}
					if i%5 == 0 {
						return errors.New("no")
					}
					return nil
				})
			}()
		}
		failed := 0
		for range 50 {
			if <-done != nil {
				failed++
			}
		}
		sequence(t, db)
		rep, err := ledger.Verify(context.Background(), db, nil, nil)
		if e, l := counts(t, db); err != nil || failed != 10 || e != 40 || l != 40 || rep.Leaves != 40 || !rep.OK() {
			t.Fatal(failed, e, l, rep, err)
		}
	})
}

func TestBorn(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		born := func(demo bool) error {
			return db.Update(context.Background(), func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), "演示·某市城管局", demo) })
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			_, _, ok, err := ledger.Birth(tx)
			if ok {
				t.Error("born before its birth")
			}
			return err
		})
		if err := born(true); err != nil {
			t.Fatal(err)
		}
		for _, demo := range []bool{true, false} {
			if err := born(demo); err == nil || !strings.Contains(err.Error(), "不能互相转换") {
				t.Fatalf("born twice: %v", err)
			}
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			bureau, demo, ok, err := ledger.Birth(tx)
			if bureau != "演示·某市城管局" || !demo || !ok {
				t.Error(bureau, demo, ok)
			}
			return err
		})
	})
	t.Run("已有记录的库不能再出生", func(t *testing.T) {
		db, _ := testkit.SQLite(t)
		add(t, db, "case/1")
		if err := db.Update(context.Background(), func(tx *store.Tx) error { return ledger.Born(tx, testkit.Actor(), "x", true) }); err == nil {
			t.Fatal("born late")
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			if _, _, _, err := ledger.Birth(tx); err == nil {
				t.Error("a first entry of another kind passed for a birth")
			}
			return nil
		})
	})
}

func TestRowsCannotChange(t *testing.T) {
	testkit.Both(t, nil, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		id := add(t, db, "case/1")
		sequence(t, db)
		statements := []string{
			"UPDATE ledger_entry SET actor = 'x'", "UPDATE ledger_entry SET data = data", "DELETE FROM ledger_entry", "DELETE FROM ledger_entry WHERE id = " + id.String(),
			"UPDATE ledger_leaf SET hash = ''", "DELETE FROM ledger_leaf",
			"INSERT INTO ledger_leaf (seq, entry_id, hash) SELECT 1, 99, ''", "INSERT INTO ledger_leaf (seq, entry_id, hash) SELECT 2, entry_id, hash FROM ledger_leaf",
		}
		if db.Engine() == store.PostgreSQL {
			statements = append(statements, "TRUNCATE ledger_entry", "TRUNCATE ledger_leaf")
		} else {
			statements = append(statements, "INSERT OR REPLACE INTO ledger_leaf (seq, entry_id, hash) SELECT seq, entry_id, 'x' FROM ledger_leaf",
				"INSERT OR REPLACE INTO ledger_entry SELECT id, at, account, 'x', via, kind, subject, unit, data, rules, rows FROM ledger_entry")
		}
		for _, q := range statements {
			if err := db.Update(context.Background(), func(tx *store.Tx) error { _, err := tx.Exec(q); return err }); err == nil {
				t.Errorf("%s was done", q)
			}
		}
		if rep, err := ledger.Verify(context.Background(), db, nil, nil); err != nil || !rep.OK() || rep.Leaves != 1 {
			t.Error(rep, err)
		}
	})
}
