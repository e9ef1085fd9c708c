package draft_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"

	"github.com/uptrace/bun"
)

// stalls is a kind with a table of its own, as a slice would have it: stalls with a unique number.
type stalls struct {
	// fail makes Stage fail at that line, like a machine that breaks down.
	fail *int
}

func (stalls) Name() string  { return "toy.stall" }
func (stalls) Label() string { return "摊点" }
func (stalls) Columns() []draft.Column {
	return []draft.Column{{Key: "number", Label: "编号", Kind: draft.Code, Need: true}, {Key: "name", Label: "名称", Need: true, Secret: true}}
}

func (stalls) Permissions() (upload, publish access.Permission) {
	return access.OrgImport, access.OrgManage
}

func (stalls) Check(tx *store.Tx, _ access.Session, rows []*draft.Row) error {
	for r, line := range draft.Repeated(rows, func(r *draft.Row) string { return r.Code("number") }) {
		r.Bad("number", "与第 %d 行重复", line)
	}
	var used []string
	if err := tx.DB().NewSelect().Table("toy_stall").Column("number").Scan(tx.Ctx, &used); err != nil {
		return err
	}
	for _, r := range rows {
		for _, u := range used {
			if u == r.Code("number") {
				r.Bad("number", "编号已有")
			}
		}
		if r.Text("name") == "旧" {
			r.Warn("name", "像是旧的")
		}
	}
	return nil
}

type stall struct {
	bun.BaseModel `bun:"table:toy_stall"`
	ID            int64  `bun:"id,pk"`
	Number        string `bun:"number"`
	Name          string `bun:"name"`
	Batch         int64  `bun:"batch_id"`
}

var errBroken = errors.New("broken")

func (k stalls) Stage(tx *store.Tx, _ access.Session, b draft.BatchID, rows []*draft.Row) error {
	for _, r := range rows {
		if k.fail != nil && *k.fail == r.Line {
			return errBroken
		}
		s := stall{ID: store.NewID(), Number: r.Code("number"), Name: r.Text("name"), Batch: int64(b)}
		if _, err := tx.DB().NewInsert().Model(&s).Exec(tx.Ctx); err != nil {
			return err
		}
	}
	return nil
}

func (stalls) Unstage(tx *store.Tx, b draft.BatchID) error {
	_, err := tx.Exec(`DELETE FROM toy_stall WHERE batch_id = ?`, b)
	return err
}

var migrations = []fs.FS{draft.Migrations, fstest.MapFS{"migrations/9001_create_toy.sql": {Data: []byte(`-- +goose Up
CREATE TABLE toy_stall (id BIGINT PRIMARY KEY, number TEXT NOT NULL UNIQUE, name TEXT NOT NULL, batch_id BIGINT NOT NULL);
CREATE VIEW toy_shown AS SELECT * FROM toy_stall r WHERE r.batch_id = 0 OR EXISTS (SELECT 1 FROM draft_batch d WHERE d.id = r.batch_id AND d.state = 'published');
`)}}}

type bench struct {
	t    *testing.T
	db   *store.DB
	s    *draft.Service
	by   access.Session
	fail int
}

func both(t *testing.T, f func(b *bench)) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, _ *testkit.Clock) {
		b := &bench{t: t, db: db, by: access.System("test")}
		b.s = draft.New(db, stalls{&b.fail})
		f(b)
	})
}

func (b *bench) upload(csv string) draft.BatchID {
	b.t.Helper()
	id, err := b.s.Upload(context.Background(), b.by, "toy.stall", `C:\表\摊点.csv`, []byte(csv))
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func (b *bench) get(id draft.BatchID) draft.Batch {
	b.t.Helper()
	var out draft.Batch
	testkit.View(b.t, b.db, func(tx *store.Tx) (err error) { out, _, err = b.s.Get(tx, b.by, id); return err })
	return out
}

func (b *bench) rows(id draft.BatchID, show draft.Show) []draft.Stored {
	b.t.Helper()
	var out []draft.Stored
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		batch, _, err := b.s.Get(tx, b.by, id)
		if err != nil {
			return err
		}
		out, err = b.s.Rows(tx, batch, show, 0, 10000)
		return err
	})
	return out
}

func (b *bench) shown() int {
	b.t.Helper()
	var n int
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		return tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM toy_shown`).Scan(&n)
	})
	return n
}

func (b *bench) kinds(id draft.BatchID) string {
	b.t.Helper()
	var out []string
	testkit.View(b.t, b.db, func(tx *store.Tx) error {
		es, err := ledger.History(tx, id.Subject(), 0, 100)
		for _, e := range es {
			out = append([]string{strings.TrimPrefix(e.Kind, "draft.")}, out...)
			if strings.Contains(e.Data, "丁某") {
				b.t.Errorf("a secret value stands in the ledger: %s", e.Data)
			}
		}
		return err
	})
	return strings.Join(out, " ")
}

func TestMendAndPublish(t *testing.T) {
	both(t, func(b *bench) {
		ctx := context.Background()
		id := b.upload("编号,名称\n1,甲\n2,\n1,丙\n4,旧\n")
		got := b.get(id)
		if got.State != draft.Open || got.Rows != 4 || got.Bad != 2 || got.Warned != 1 || got.FileName != "摊点.csv" {
			t := b.t
			t.Fatalf("%+v", got)
		}
		if _, err := b.s.Publish(ctx, b.by, id); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "还有 2 行要改") {
			b.t.Fatalf("published with bad rows: %v", err)
		}
		if b.shown() != 0 {
			b.t.Fatal("a refused publication left records")
		}
		bad := b.rows(id, draft.ShowBad)
		if len(bad) != 2 || bad[0].Line != 3 || bad[1].Line != 4 || bad[1].Problems[0].Column != "number" {
			b.t.Fatalf("%+v", bad)
		}
		mended, err := b.s.Mend(ctx, b.by, bad[0].ID, bad[0].Version, map[string]string{"number": "２", "name": " 丁某 "})
		if err != nil || !mended.OK() || mended.Values["name"] != "丁某" || !mended.Mended {
			b.t.Fatalf("%+v %v", mended, err)
		}
		if _, err := b.s.Mend(ctx, b.by, bad[0].ID, bad[0].Version, map[string]string{"number": "9", "name": "x"}); !fault.Is(err, fault.Conflict) {
			b.t.Fatalf("a stale row was overwritten: %v", err)
		}
		still, err := b.s.Mend(ctx, b.by, bad[1].ID, bad[1].Version, map[string]string{"number": "2", "name": "丙"})
		if err != nil || still.OK() {
			b.t.Fatalf("%+v %v", still, err)
		}
		if err := b.s.RemoveRow(ctx, b.by, bad[1].ID, still.Version); err != nil {
			b.t.Fatal(err)
		}
		if got := b.get(id); got.Bad != 0 || got.Removed != 1 || got.Ready() != 3 {
			b.t.Fatalf("%+v", got)
		}
		res, err := b.s.Publish(ctx, b.by, id)
		if err != nil || res.Rows != 3 || res.Already {
			b.t.Fatalf("%+v %v", res, err)
		}
		again, err := b.s.Publish(ctx, b.by, id)
		if err != nil || !again.Already || again.Rows != 3 || b.shown() != 3 {
			b.t.Fatalf("%+v %v, %d shown", again, err, b.shown())
		}
		if _, err := b.s.Mend(ctx, b.by, bad[0].ID, mended.Version, map[string]string{"number": "9"}); !fault.Is(err, fault.Conflict) {
			b.t.Fatalf("a published batch was changed: %v", err)
		}
		if err := b.s.Discard(ctx, b.by, id, "不要了"); !fault.Is(err, fault.Conflict) {
			b.t.Fatalf("a published batch was discarded: %v", err)
		}
		if want := "uploaded row_mended row_mended row_removed publishing staged published"; b.kinds(id) != want {
			b.t.Fatalf("ledger: %s", b.kinds(id))
		}
	})
}

func many(n int) string {
	var s strings.Builder
	s.WriteString("编号,名称\n")
	for i := range n {
		fmt.Fprintf(&s, "%d,摊%d\n", i, i)
	}
	return s.String()
}

func TestNothingIsSeenBeforeTheEnd(t *testing.T) {
	both(t, func(b *bench) {
		ctx := context.Background()
		id := b.upload(many(3*draft.Chunk + 10))
		b.fail = 2*draft.Chunk + 5 // in the third chunk
		if _, err := b.s.Publish(ctx, b.by, id); !errors.Is(err, errBroken) {
			b.t.Fatal(err)
		}
		if got := b.get(id); got.State != draft.Publishing || b.shown() != 0 {
			b.t.Fatalf("%s, %d shown", got.State, b.shown())
		}
		row := b.rows(id, draft.ShowAll)[0]
		if _, err := b.s.Mend(ctx, b.by, row.ID, row.Version, map[string]string{"number": "x", "name": "x"}); !fault.Is(err, fault.Conflict) {
			b.t.Fatalf("a batch being published was changed: %v", err)
		}
		b.fail = 0
		if res, err := b.s.Publish(ctx, b.by, id); err != nil || res.Rows != 3*draft.Chunk+10 {
			b.t.Fatalf("%+v %v", res, err)
		}
		if n := b.shown(); n != 3*draft.Chunk+10 {
			b.t.Fatalf("%d shown", n)
		}
	})
}

func TestInterruptedPublicationIsWithdrawn(t *testing.T) {
	both(t, func(b *bench) {
		ctx := context.Background()
		id := b.upload(many(2 * draft.Chunk))
		b.fail = draft.Chunk + 3
		if _, err := b.s.Publish(ctx, b.by, id); !errors.Is(err, errBroken) {
			b.t.Fatal(err)
		}
		if err := b.s.Withdraw(ctx, b.by, id); err != nil {
			b.t.Fatal(err)
		}
		var left int
		testkit.View(b.t, b.db, func(tx *store.Tx) error {
			return tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM toy_stall`).Scan(&left)
		})
		if got := b.get(id); got.State != draft.Open || left != 0 || got.Bad != 0 {
			b.t.Fatalf("%+v, %d left", got, left)
		}
		b.fail = 0
		if _, err := b.s.Publish(ctx, b.by, id); err != nil || b.shown() != 2*draft.Chunk {
			b.t.Fatalf("%v, %d shown", err, b.shown())
		}
	})
}

func TestNumberTakenMeanwhile(t *testing.T) {
	both(t, func(b *bench) {
		ctx := context.Background()
		first, second := b.upload("编号,名称\n1,甲\n2,乙\n"), b.upload("编号,名称\n2,丙\n3,丁\n")
		if _, err := b.s.Publish(ctx, b.by, first); err != nil {
			b.t.Fatal(err)
		}
		if got := b.get(second); got.Bad != 0 {
			b.t.Fatal("the second batch was checked before the first was published")
		}
		if _, err := b.s.Publish(ctx, b.by, second); !fault.Is(err, fault.Invalid) {
			b.t.Fatal(err)
		}
		if got := b.get(second); got.Bad != 1 || got.State != draft.Open || b.shown() != 2 {
			b.t.Fatalf("%+v, %d shown", got, b.shown())
		}
	})
}

func TestTwoPublishersAtOnce(t *testing.T) {
	both(t, func(b *bench) {
		id := b.upload(many(4 * draft.Chunk))
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() { _, errs[i] = b.s.Publish(context.Background(), b.by, id) })
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Busy) {
				b.t.Fatal(err)
			}
		}
		if _, err := b.s.Publish(context.Background(), b.by, id); err != nil || b.shown() != 4*draft.Chunk {
			b.t.Fatalf("%v, %d shown", err, b.shown())
		}
		if n := strings.Count(b.kinds(id), "published"); n != 1 {
			b.t.Fatalf("published %d times", n)
		}
	})
}

func TestBatchesOfTheSameFile(t *testing.T) {
	both(t, func(b *bench) {
		ctx := context.Background()
		csv := "编号,名称\n1,甲\n"
		first, second := b.upload(csv), b.upload(csv)
		if first == second || !strings.Contains(strings.Join(b.get(second).Notes, ""), "同一个文件") {
			b.t.Fatalf("%v", b.get(second).Notes)
		}
		if err := b.s.Discard(ctx, b.by, second, " "); !fault.Is(err, fault.Invalid) {
			b.t.Fatalf("discarded without a reason: %v", err)
		}
		if err := b.s.Discard(ctx, b.by, second, "传重了"); err != nil {
			b.t.Fatal(err)
		}
		if _, err := b.s.Publish(ctx, b.by, second); !fault.Is(err, fault.Conflict) {
			b.t.Fatalf("a discarded batch was published: %v", err)
		}
		testkit.View(b.t, b.db, func(tx *store.Tx) error {
			list, err := b.s.List(tx, b.by, 0, 10)
			if err != nil || len(list) != 2 || list[0].ID != second || list[0].State != draft.Discarded {
				b.t.Fatalf("%+v %v", list, err)
			}
			if list, err := b.s.List(tx, b.by, second, 10); err != nil || len(list) != 1 || list[0].ID != first {
				b.t.Fatalf("second page %+v %v", list, err)
			}
			return nil
		})
		if _, err := b.s.Upload(ctx, access.Session{}, "toy.stall", "x.csv", []byte(csv)); !fault.Is(err, fault.Forbidden) {
			b.t.Fatalf("nobody could upload: %v", err)
		}
	})
}

func TestOldDiscardedRowsAreSwept(t *testing.T) {
	testkit.Both(t, migrations, func(t *testing.T, db *store.DB, clock *testkit.Clock) {
		ctx := context.Background()
		s, by := draft.New(db, stalls{}), access.System("test")
		id, err := s.Upload(ctx, by, "toy.stall", "x.csv", []byte("编号,名称\n1,甲\n"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Discard(ctx, by, id, "不要"); err != nil {
			t.Fatal(err)
		}
		count := func() (n int) {
			testkit.View(t, db, func(tx *store.Tx) error {
				return tx.DB().QueryRowContext(tx.Ctx, `SELECT COUNT(*) FROM draft_row`).Scan(&n)
			})
			return n
		}
		if err := s.Sweep(ctx); err != nil || count() != 1 {
			t.Fatalf("%v, %d rows", err, count())
		}
		clock.Set(clock.Now().AddDate(0, 0, 31))
		if err := s.Sweep(ctx); err != nil || count() != 0 {
			t.Fatalf("%v, %d rows", err, count())
		}
	})
}
