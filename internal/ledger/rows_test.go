package ledger_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
)

var shop = []fs.FS{fstest.MapFS{"m/9001_create_shop.sql": {Data: []byte(`-- +goose Up
CREATE TABLE fine (id BIGINT NOT NULL PRIMARY KEY, party TEXT NOT NULL, amount BIGINT NOT NULL, share DOUBLE PRECISION NOT NULL, entry_id BIGINT NOT NULL);
CREATE TABLE fine_tag (fine_id BIGINT NOT NULL, tag TEXT NOT NULL, entry_id BIGINT NOT NULL, PRIMARY KEY (fine_id, tag));
CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, next_no BIGINT NOT NULL, entry_id BIGINT NOT NULL);
`)}}}

var shopRefs = []ledger.Reference{{Table: "fine", Column: "entry_id"}, {Table: "fine_tag", Column: "entry_id"}, {Table: "counter", Column: "entry_id"}}

type fine struct {
	bun.BaseModel `bun:"table:fine,alias:f"`

	ID     int64   `bun:"id,pk"`
	Party  string  `bun:"party"`
	Amount int64   `bun:"amount"`
	Share  float64 `bun:"share"`
	Entry  int64   `bun:"entry_id"`
}

func do(t *testing.T, db *store.DB, subject string, f func(tx *store.Tx, entry ledger.EntryID) error) {
	t.Helper()
	testkit.Update(t, db, func(tx *store.Tx) error {
		id, err := ledger.Append(tx, testkit.Actor(), act(subject))
		if err != nil {
			return err
		}
		return f(tx, id)
	})
}

func exec(tx *store.Tx, q string, args ...any) error {
	_, err := tx.Exec(q, args...)
	return err
}

// trade makes three fines with tags and a counter, and does with them what programs do: change, delete,
// replace, leave the entry of a counter alone, insert over a conflict, fail a statement and go on.
func trade(t *testing.T, db *store.DB) {
	t.Helper()
	do(t, db, "counter", func(tx *store.Tx, e ledger.EntryID) error {
		return exec(tx, `INSERT INTO counter (name, next_no, entry_id) VALUES ('罚/款', 1, ?)`, e)
	})
	for i := range int64(3) {
		do(t, db, fmt.Sprint("fine/", i), func(tx *store.Tx, e ledger.EntryID) error {
			f := fine{ID: i, Party: fmt.Sprintf("演示·当事人%d\n\t\"", i), Amount: 5000 * i, Share: 0.1 * float64(i), Entry: int64(e)}
			if _, err := tx.DB().NewInsert().Model(&f).Exec(tx.Ctx); err != nil {
				return err
			}
			if err := exec(tx, `INSERT INTO fine_tag (fine_id, tag, entry_id) VALUES (?, 'a/b', ?), (?, '甲', ?)`, i, e, i, e); err != nil {
				return err
			}
			return exec(tx, `UPDATE counter SET next_no = next_no + 1`) // keeps its old entry
		})
	}
	do(t, db, "fine/1", func(tx *store.Tx, e ledger.EntryID) error {
		return exec(tx, `UPDATE fine SET amount = 7000, entry_id = ? WHERE id = 1`, e)
	})
	do(t, db, "fine/2", func(tx *store.Tx, e ledger.EntryID) error {
		// The tags are set anew: one stays, one goes, one comes.
		if err := exec(tx, `DELETE FROM fine_tag WHERE fine_id = 2`); err != nil {
			return err
		}
		return exec(tx, `INSERT INTO fine_tag (fine_id, tag, entry_id) VALUES (2, 'a/b', ?), (2, '乙', ?)`, e, e)
	})
	do(t, db, "counter", func(tx *store.Tx, e ledger.EntryID) error {
		return exec(tx, `INSERT INTO counter (name, next_no, entry_id) VALUES ('罚/款', 9, ?) ON CONFLICT (name) DO UPDATE SET next_no = excluded.next_no, entry_id = excluded.entry_id`, e)
	})
	sequence(t, db)
}

func shopFaults(t *testing.T, db *store.DB) []string {
	t.Helper()
	rep, err := ledger.Verify(context.Background(), db, shopRefs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rep.Faults
}

// TestRowsAreProven: what anybody does to a business row behind the program's back is found.
func TestRowsAreProven(t *testing.T) {
	first := "(SELECT MIN(entry_id) FROM fine_tag WHERE fine_id = 1)"
	cases := []struct {
		name string
		do   []string
		want string // "" when nothing is wrong
	}{
		{"什么也没改", nil, ""},
		{"改了金额", []string{"UPDATE fine SET amount = 1 WHERE id = 2"}, "fine 的一行（2）的内容与入账时不符"},
		{"改成零", []string{"UPDATE fine SET amount = 0 WHERE id = 2"}, "fine 的一行（2）的内容与入账时不符"},
		{"改了小数", []string{"UPDATE fine SET share = 0.3 WHERE id = 2"}, "fine 的一行（2）的内容与入账时不符"},
		{"改了文字", []string{"UPDATE fine SET party = '演示·别人' WHERE id = 0"}, "fine 的一行（0）的内容与入账时不符"},
		{"两行对换内容", []string{"UPDATE fine SET party = CASE id WHEN 1 THEN (SELECT party FROM fine WHERE id = 2) ELSE (SELECT party FROM fine WHERE id = 1) END WHERE id IN (1, 2)"}, "fine 的一行（1）的内容与入账时不符"},
		{"删了一行", []string{"DELETE FROM fine WHERE id = 1"}, "fine 的一行（1）被删除了"},
		{"删了整张表", []string{"DELETE FROM fine_tag"}, "fine_tag 的一行（0/%E7%94%B2）被删除了"},
		{"插了一行，借用别人的留痕", []string{"INSERT INTO fine (id, party, amount, share, entry_id) SELECT 9, party, amount, share, entry_id FROM fine WHERE id = 1"}, "fine 的一行（9）没有入账"},
		{"插了一行，没有留痕", []string{"INSERT INTO fine (id, party, amount, share, entry_id) VALUES (9, 'x', 1, 0, 12345)"}, "fine 有一行指向已不存在的办案留痕"},
		{"连同留痕编号退回到旧内容", []string{"UPDATE fine SET amount = 5000, entry_id = " + first + " WHERE id = 1"}, "fine 的一行（1）被退回到旧的内容"},
		{"只改留痕编号", []string{"UPDATE fine SET entry_id = (SELECT entry_id FROM fine WHERE id = 0) WHERE id = 2"}, "fine 的一行（2）"},
		{"放回已经删除的", []string{"INSERT INTO fine_tag (fine_id, tag, entry_id) SELECT 2, '甲', MIN(entry_id) FROM ledger_leaf WHERE seq = 4"}, "已经删除，却又在库里"},
		{"改了计数", []string{"UPDATE counter SET next_no = 2"}, "counter 的一行（%E7%BD%9A%2F%E6%AC%BE）的内容与入账时不符"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			testkit.Both(t, shop, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
				trade(t, db)
				tamper(t, db, c.do...)
				faults := strings.Join(shopFaults(t, db), "\n")
				if c.want == "" && faults != "" || !strings.Contains(faults, c.want) {
					t.Errorf("want %q, got:\n%s", c.want, faults)
				}
			})
		})
	}
}

// TestRowsOfAnEntry: an entry tells of exactly the rows that its act left changed.
func TestRowsOfAnEntry(t *testing.T) {
	testkit.Both(t, shop, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		trade(t, db)
		want := []string{"counter/%E7%BD%9A%2F%E6%AC%BE", "counter/%E7%BD%9A%2F%E6%AC%BE fine/0 fine_tag/0/%E7%94%B2 fine_tag/0/a%2Fb", "", "", "fine/1", "fine_tag/2/%E4%B9%99 -fine_tag/2/%E7%94%B2 fine_tag/2/a%2Fb"}
		testkit.View(t, db, func(tx *store.Tx) error {
			var es []ledger.Entry
			if err := tx.DB().NewSelect().Model(&es).Order("id").Scan(tx.Ctx); err != nil {
				return err
			}
			for i, w := range want {
				if got := told(t, es[i]); w != "" && got != w {
					t.Errorf("entry %d tells of %s, want %s", i, got, w)
				}
			}
			return nil
		})
		// A failed statement leaves no trace, though the closure goes on.
		if db.Engine() == store.SQLite {
			do(t, db, "fine/5", func(tx *store.Tx, e ledger.EntryID) error {
				if err := exec(tx, `INSERT INTO fine (id, party, amount, share, entry_id) VALUES (5, 'x', 1, 0, ?), (1, 'twice', 1, 0, ?)`, e, e); err == nil {
					t.Error("a key was taken twice")
				}
				return nil
			})
		}
		// A closure that fails leaves neither.
		_ = db.Update(context.Background(), func(tx *store.Tx) error {
			id, err := ledger.Append(tx, testkit.Actor(), act("fine/6"))
			if err == nil {
				err = exec(tx, `INSERT INTO fine (id, party, amount, share, entry_id) VALUES (6, 'x', 1, 0, ?)`, id)
			}
			return fmt.Errorf("no: %w", err)
		})
		sequence(t, db)
		if f := shopFaults(t, db); len(f) > 0 {
			t.Error(f)
		}
	})
}

func told(t *testing.T, e ledger.Entry) string {
	t.Helper()
	rows, err := ledger.RowsOf(e)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(rows, " ")
}

// TestAddedColumn: a later version of the program that adds columns with an empty default does not make
// old rows look forged.
func TestAddedColumn(t *testing.T) {
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		t.Run(engine, func(t *testing.T) {
			url := "sqlite:" + filepath.Join(t.TempDir(), "fadu.db")
			if engine == "PostgreSQL" {
				url = testkit.PostgreSQLURL(t)
			}
			clock := testkit.NewClock()
			open := func(more ...fs.FS) *store.DB {
				db, err := store.Open(context.Background(), store.Options{URL: url, Clock: clock.Now, Migrations: append([]fs.FS{ledger.Migrations, shop[0]}, more...), NoSync: true})
				if err != nil {
					t.Fatal(err)
				}
				ctx, stop := context.WithCancel(context.Background())
				t.Cleanup(stop)
				if err := ledger.Start(ctx, db); err != nil {
					t.Fatal(err)
				}
				return db
			}
			db := open()
			trade(t, db)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = open(fstest.MapFS{"m/9002_add_columns.sql": {Data: []byte("-- +goose Up\nALTER TABLE fine ADD COLUMN paid BIGINT NOT NULL DEFAULT 0;\nALTER TABLE fine ADD COLUMN note TEXT NOT NULL DEFAULT '';\nALTER TABLE fine ADD COLUMN maybe BIGINT;\n")}})
			defer func() { _ = db.Close() }()
			if f := shopFaults(t, db); len(f) > 0 {
				t.Error(f)
			}
			tamper(t, db, "UPDATE fine SET note = '已付' WHERE id = 1")
			if f := shopFaults(t, db); len(f) != 1 {
				t.Error(f)
			}
		})
	}
}
