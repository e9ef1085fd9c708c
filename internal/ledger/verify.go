package ledger

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// grace is how long an entry may wait for its number before that is a fault.
const grace = 60 * time.Second

// maxFaults bounds what Verify lists; it goes on counting.
const maxFaults = 100

// Reference is a column in which business rows keep the entry of their last change. Verify finds
// entries that were removed before they were numbered.
type Reference struct{ Table, Column string }

// Check is a slice's own part of verification, e.g. that a paper's bytes still have their digest. It
// returns what is wrong, in Chinese.
type Check struct {
	Name string
	Run  func(context.Context, *store.DB) ([]string, error)
}

// Report is what Verify found.
type Report struct {
	// Leaves is how many entries are numbered; Root their Merkle root, in hex.
	Leaves int64
	Root   string
	// Faults says, in Chinese, what is wrong and where; More counts those left out.
	Faults []string
	More   int
}

// OK reports whether nothing is wrong.
func (r Report) OK() bool { return len(r.Faults) == 0 }

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) == maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// Verify recomputes every leaf from its entry and checks that numbers run from 1 without a gap, that
// each leaf has its entry and each entry (older than a minute) its leaf, and that no business row
// points to a missing entry; then it runs the slices' checks.
func Verify(ctx context.Context, db *store.DB, refs []Reference, checks []Check) (Report, error) {
	var rep Report
	err := db.View(ctx, func(tx *store.Tx) error {
		if err := rep.leaves(tx); err != nil {
			return err
		}
		if err := rep.unnumbered(tx); err != nil {
			return err
		}
		for _, ref := range refs {
			if err := rep.orphans(tx, ref); err != nil {
				return fmt.Errorf("ledger: verify %s: %w", ref.Table, err)
			}
		}
		return nil
	})
	if err != nil {
		return rep, fmt.Errorf("ledger: verify: %w", err)
	}
	for _, c := range checks {
		faults, err := c.Run(ctx, db)
		if err != nil {
			return rep, fmt.Errorf("ledger: verify %s: %w", c.Name, err)
		}
		for _, f := range faults {
			rep.fault("%s：%s", c.Name, f)
		}
	}
	return rep, nil
}

func (r *Report) leaves(tx *store.Tx) error {
	var t tree
	next := int64(1)
	for {
		var leaves []leaf
		if err := tx.DB().NewSelect().Model(&leaves).Where("seq >= ?", next).Order("seq").Limit(1000).Scan(tx.Ctx); err != nil {
			return err
		}
		if len(leaves) == 0 {
			break
		}
		ids := make([]EntryID, len(leaves))
		for i, l := range leaves {
			ids[i] = l.EntryID
		}
		var es []Entry
		if err := tx.DB().NewSelect().Model(&es).Where("id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
			return err
		}
		byID := make(map[EntryID]Entry, len(es))
		for _, e := range es {
			byID[e.ID] = e
		}
		for _, l := range leaves {
			if l.Seq != next {
				r.fault("办案留痕第 %d—%d 条的序号缺失", next, l.Seq-1)
			}
			next = l.Seq + 1
			e, ok := byID[l.EntryID]
			switch {
			case !ok:
				r.fault("办案留痕第 %d 条（编号 %s）已被删除", l.Seq, l.EntryID)
			case e.Leaf() != l.Hash:
				r.fault("办案留痕第 %d 条（编号 %s，%s，%s）的内容与入账时不符", l.Seq, l.EntryID, e.Kind, e.Subject)
			}
			var h [32]byte
			if n, err := hex.Decode(h[:], []byte(l.Hash)); err != nil || n != len(h) {
				r.fault("办案留痕第 %d 条的摘要不成形", l.Seq)
			}
			t.add(h)
		}
	}
	root := t.root()
	r.Leaves, r.Root = t.size, hex.EncodeToString(root[:])
	return nil
}

func (r *Report) unnumbered(tx *store.Tx) error {
	var es []Entry
	err := tx.DB().NewSelect().Model(&es).Where("at < ?", store.Micros(tx.Now.Add(-grace))).
		Where("NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id)").Order("id").Limit(maxFaults).Scan(tx.Ctx)
	for _, e := range es {
		r.fault("办案留痕（编号 %s，%s，%s）没有序号，可能是绕过程序插入的", e.ID, e.Kind, e.Subject)
	}
	return err
}

func (r *Report) orphans(tx *store.Tx, ref Reference) error {
	rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT t.? FROM ? t WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = t.?) LIMIT ?`,
		bun.Ident(ref.Column), bun.Ident(ref.Table), bun.Ident(ref.Column), maxFaults)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id EntryID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		r.fault("%s 有一行指向已不存在的办案留痕（编号 %s）", ref.Table, id)
	}
	return rows.Err()
}
