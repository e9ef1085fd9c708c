package ledger

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// walkSize is how many leaves or rows verification holds at once.
const walkSize = 500

// walk is one verification of the entries, from the first to the last.
type walk struct {
	*Report
	tx   *store.Tx
	task Task
	tree tree
	// from is the number of the first leaf to read.
	from int64
	// floor is the last entry that is left out with Since.
	floor EntryID
	// fresh are the nodes computed since they were last compared.
	fresh map[kept]bool
	// points are the checkpoints yet to come, by size; good is the size of the last that held.
	points []Checkpoint
	good   int64
	// gone are rows that an entry tells of and that are not there; a later deletion takes them out.
	gone map[string]int64
	// watched are the tables of which rows can be compared.
	watched map[string]bool
}

func newWalk(r *Report, tx *store.Tx, task Task) *walk {
	w := &walk{Report: r, tx: tx, task: task, from: 1, gone: map[string]int64{}, watched: map[string]bool{}, fresh: map[kept]bool{}}
	for _, ref := range task.References {
		w.watched[ref.Table] = ref.Column == entryColumn && !ref.Unproven
	}
	return w
}

// begin starts the tree behind the checkpoint of Since, from the nodes that are kept.
func (w *walk) begin() error {
	w.tree.node = func(level int, index int64, h Hash) {
		if level%stride == 0 {
			w.fresh[kept{Level: level, Index: index, Hash: hex.EncodeToString(h[:])}] = true
		}
	}
	if w.task.Since == nil {
		return nil
	}
	size := w.task.Since.Size
	read := reading(w.tx)
	root, err := read.between(0, size)
	if err != nil || root != w.task.Since.Root {
		return fmt.Errorf("现在的账到第 %d 条为止与检查点不符，不能从它开始核验。请去掉 --since 从头核验", size)
	}
	w.tree.size, w.from, w.good = size, size+1, size
	for level, at := 0, int64(0); size>>level > 0; level++ {
		w.tree.levels = append(w.tree.levels, nil)
		if size>>level&1 == 0 {
			continue
		}
		at = size>>level - 1
		h, err := read.subtree(level, at)
		if err != nil {
			return err
		}
		w.tree.levels[level] = &h
	}
	if size > 0 {
		var last leaf
		if err := w.tx.DB().NewSelect().Model(&last).Where("seq = ?", size).Scan(w.tx.Ctx); err != nil {
			return err
		}
		w.floor = last.EntryID
	}
	return nil
}

// entries verifies leaves, entries, nodes and checkpoints.
func (w *walk) entries() error {
	if err := w.begin(); err != nil {
		return err
	}
	if err := w.checkpoints(); err != nil {
		return err
	}
	next := w.from
	for {
		var leaves []leaf
		if err := w.tx.DB().NewSelect().Model(&leaves).Where("seq >= ?", next).Order("seq").Limit(walkSize).Scan(w.tx.Ctx); err != nil {
			return err
		}
		if len(leaves) == 0 {
			break
		}
		told, err := w.leaves(leaves, next)
		if err != nil {
			return err
		}
		next = leaves[len(leaves)-1].Seq + 1
		if err := w.nodes(); err != nil {
			return err
		}
		if err := w.told(told); err != nil {
			return err
		}
		w.task.Progress("办案留痕", next-1)
	}
	root := w.tree.root()
	w.Leaves, w.Root = w.tree.size, hex.EncodeToString(root[:])
	w.reached()
	for _, c := range w.points {
		w.fault("检查点（%s，%d 条）证明账上曾有 %d 条，现在只有 %d 条：第 %d 条起被截去，或者恢复了旧的数据库", c.At.Format("2006-01-02 15:04"), c.Size, c.Size, w.Leaves, w.Leaves+1)
	}
	return w.leftovers()
}

// leaves verifies some leaves and their entries, and returns what the entries tell of rows.
func (w *walk) leaves(leaves []leaf, next int64) ([]mention, error) {
	ids := make([]EntryID, len(leaves))
	for i, l := range leaves {
		ids[i] = l.EntryID
	}
	var es []Entry
	if err := w.tx.DB().NewSelect().Model(&es).Where("id IN (?)", bun.List(ids)).Scan(w.tx.Ctx); err != nil {
		return nil, err
	}
	byID := make(map[EntryID]Entry, len(es))
	for _, e := range es {
		byID[e.ID] = e
	}
	var told []mention
	for _, l := range leaves {
		if l.Seq != next {
			w.fault("办案留痕第 %d—%d 条的序号缺失", next, l.Seq-1)
		}
		next = l.Seq + 1
		e, ok := byID[l.EntryID]
		switch {
		case !ok:
			w.fault("办案留痕第 %d 条（编号 %s）已被删除", l.Seq, l.EntryID)
		case e.Leaf() != l.Hash:
			w.fault("办案留痕第 %d 条（编号 %s，%s，%s）的内容与入账时不符", l.Seq, l.EntryID, e.Kind, e.Subject)
		default:
			ms, err := mentions(e)
			if err != nil {
				return nil, err
			}
			told = append(told, ms...)
		}
		h, err := parseHash(l.Hash)
		if err != nil {
			w.fault("办案留痕第 %d 条的摘要不成形", l.Seq)
		}
		w.reached()
		w.tree.add(h)
	}
	return told, nil
}

// nodes compares the kept nodes with the ones just computed.
func (w *walk) nodes() error {
	byLevel := map[int][]int64{}
	for n := range w.fresh {
		byLevel[n.Level] = append(byLevel[n.Level], n.Index)
	}
	for level, indexes := range byLevel {
		var there []kept
		if err := w.tx.DB().NewSelect().Model(&there).Where("level = ?", level).Where("idx >= ?", slices.Min(indexes)).Where("idx <= ?", slices.Max(indexes)).Scan(w.tx.Ctx); err != nil {
			return err
		}
		for _, n := range there {
			delete(w.fresh, n)
		}
	}
	wrong := make([]kept, 0, len(w.fresh))
	for n := range w.fresh {
		wrong = append(wrong, n)
	}
	slices.SortFunc(wrong, func(a, b kept) int { return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Index, b.Index)) })
	for _, n := range wrong {
		w.fault("办案留痕第 %d—%d 条的树节点（第 %d 层）与入账时不符", n.Index<<n.Level+1, (n.Index+1)<<n.Level, n.Level)
	}
	clear(w.fresh)
	return nil
}

// leftovers finds nodes over leaves that are no longer there.
func (w *walk) leftovers() error {
	var beyond []kept
	err := w.tx.DB().NewSelect().Model(&beyond).Where("level = ?", stride).Where("idx >= ?", w.tree.size>>stride).Order("idx DESC").Limit(1).Scan(w.tx.Ctx)
	for _, n := range beyond {
		w.fault("树节点证明账上曾有 %d 条以上，现在只有 %d 条：末尾的被截去了", (n.Index+1)<<stride, w.tree.size)
	}
	return err
}

// checkpoints gathers those to compare with: the ones in the database and the ones from outside.
func (w *walk) checkpoints() error {
	keys, err := verifiers(w.tx)
	if err != nil {
		return err
	}
	for _, v := range w.task.Keys {
		keys[KeyID(v)] = v
	}
	var rows []storedCheckpoint
	if err := w.tx.DB().NewSelect().Model(&rows).Where("size >= ?", w.from).Order("size").Scan(w.tx.Ctx); err != nil {
		return err
	}
	points := slices.Clone(w.task.Kept)
	for _, r := range rows {
		c, err := r.checkpoint()
		if err != nil {
			w.fault("库里的检查点（%d 条）：%s", r.Size, err)
			continue
		}
		points = append(points, c)
	}
	for _, c := range points {
		if v, ok := keys[c.KeyID]; !ok {
			w.fault("检查点（%d 条）的签名公钥 %s 没有登记", c.Size, c.KeyID)
		} else if !c.Check(v) {
			w.fault("检查点（%d 条）的签名不对", c.Size)
		} else if c.Size >= w.from-1 {
			w.points = append(w.points, c)
		}
	}
	slices.SortStableFunc(w.points, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	return nil
}

// reached compares the tree with the checkpoints of its present size.
func (w *walk) reached() {
	for len(w.points) > 0 && w.points[0].Size <= w.tree.size {
		c := w.points[0]
		w.points = w.points[1:]
		w.Report.Checkpoints++
		if c.Size == w.tree.size && w.tree.root() == c.Root {
			w.good = c.Size
			continue
		}
		w.fault("账与检查点（%s，%d 条，公钥 %s）不符：第 %d—%d 条之间有改动，逐条重算过散列也瞒不过", c.At.Format("2006-01-02 15:04"), c.Size, c.KeyID, w.good+1, c.Size)
	}
}
