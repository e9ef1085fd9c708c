package draft_test

import (
	"context"
	"strings"
	"testing"

	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestDamagedRow: a row of a batch that is not what was saved is found, shown as bad and not published.
func TestDamagedRow(t *testing.T) {
	both(t, func(b *bench) {
		ctx := context.Background()
		id := b.upload("编号,名称\n1,甲\n2,乙\n3,丙\n")
		damaged := func() (out []string) {
			testkit.View(b.t, b.db, func(tx *store.Tx) (err error) { out, err = draft.Damaged(tx, 10); return err })
			return out
		}
		rows := b.rows(id, draft.ShowAll)
		if _, err := b.s.Mend(ctx, b.by, rows[1].ID, rows[1].Version, map[string]string{"number": "2", "name": "乙某"}); err != nil {
			b.t.Fatal(err)
		}
		if err := b.s.RemoveRow(ctx, b.by, rows[2].ID, rows[2].Version); err != nil {
			b.t.Fatal(err)
		}
		if got := damaged(); len(got) != 0 {
			b.t.Fatalf("没有坏：%v", got)
		}
		for _, c := range []string{`cells = replace(cells, '乙某', '乙其')`, `removed = 1`, `line = 9`, `mended = 0`, `cells = '{'`} {
			change := func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE draft_row SET `+c+` WHERE id = ?`, rows[1].ID)
				return err
			}
			undo := func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE draft_row SET cells = replace(cells, '乙其', '乙某'), removed = 0, line = 3, mended = 1 WHERE id = ?`, rows[1].ID)
				return err
			}
			testkit.Update(b.t, b.db, change)
			if got := damaged(); len(got) != 1 {
				b.t.Errorf("%s：%v", c, got)
			}
			if c == `removed = 1` { // a row that says it was taken out is not published either way
				testkit.Update(b.t, b.db, undo)
				continue
			}
			if _, err := b.s.Publish(ctx, b.by, id); c != `cells = '{'` && !fault.Is(err, fault.Damaged) || err == nil {
				b.t.Errorf("%s：发布了坏行：%v", c, err)
			}
			if c == `line = 9` {
				if shown := b.rows(id, draft.ShowAll); !strings.Contains(shown[len(shown)-1].Problems[0].Message, "与保存时不符") {
					b.t.Errorf("页面没有说：%+v", shown)
				}
			}
			testkit.Update(b.t, b.db, undo)
		}
		if b.shown() != 0 {
			b.t.Error("发布了坏的批次")
		}
		if err := b.s.Discard(ctx, b.by, id, "坏了"); err != nil {
			b.t.Errorf("坏的批次作废不了：%v", err)
		}
	})
}

// A row that says by a damaged bit that its record is staged already is published all the same.
func TestRowThatSaysItIsStaged(t *testing.T) {
	both(t, func(b *bench) {
		id := b.upload("编号,名称\n1,甲\n2,乙\n")
		row := b.rows(id, draft.ShowAll)[1].ID
		testkit.Update(b.t, b.db, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE draft_row SET staged = 1 WHERE id = ?`, row)
			return err
		})
		if _, err := b.s.Publish(context.Background(), b.by, id); err != nil {
			b.t.Fatal(err)
		}
		if b.shown() != 2 {
			b.t.Errorf("发布了 %d 行，应有 2 行", b.shown())
		}
	})
}
