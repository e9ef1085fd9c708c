package ledger

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The lines of an export: one head, every entry in its order, each checkpoint behind the entry that it
// counts up to, one end. cmd/fadu-verify reads them without any of this code.
type (
	exportHead struct {
		Export string   `json:"export"` // fadu-ledger 1
		Bureau string   `json:"bureau"`
		At     string   `json:"at"`
		Keys   []string `json:"keys"` // algorithm:base64
	}
	exportEntry struct {
		Seq   int64  `json:"seq"`
		Leaf  string `json:"leaf"`
		Entry []byte `json:"entry"` // the bytes that are hashed, base64
	}
	exportCheckpoint struct {
		Checkpoint string `json:"checkpoint"`
		// Consistency proves, for those who hold only checkpoints, that the one before is a beginning of this.
		Consistency []string `json:"consistency,omitempty"`
	}
	exportEnd struct {
		End  int64  `json:"end"`
		Root string `json:"root"`
	}
)

// Export writes the whole ledger as JSON lines. It reads in parts, so that memory does not grow.
func Export(ctx context.Context, db *store.DB, w io.Writer) error {
	if err := Sequence(ctx, db); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	x := &exporting{lines: json.NewEncoder(out)}
	x.lines.SetEscapeHTML(false)
	err := db.View(ctx, func(tx *store.Tx) error { return x.write(tx) })
	if err != nil {
		return fmt.Errorf("ledger: export: %w", err)
	}
	return out.Flush()
}

type exporting struct {
	lines  *json.Encoder
	tree   tree
	before int64              // size of the checkpoint before
	points []storedCheckpoint // some that come next
	last   bool               // no more to be read
}

func (x *exporting) write(tx *store.Tx) error {
	bureau, _, _, err := Birth(tx)
	if err != nil {
		bureau = "" // somebody was at the first entry: it is exported all the same
	}
	head := exportHead{Export: origin + " 1", Bureau: bureau, At: tx.Now.Format("2006-01-02T15:04:05-07:00"), Keys: []string{}}
	keys, err := verifiers(tx)
	if err != nil {
		return err
	}
	for _, v := range keys {
		head.Keys = append(head.Keys, PublicText(v))
	}
	if err := x.lines.Encode(head); err != nil {
		return err
	}
	for next := int64(1); ; {
		var leaves []leaf
		if err := tx.DB().NewSelect().Model(&leaves).Where("seq >= ?", next).Order("seq").Limit(walkSize).Scan(tx.Ctx); err != nil {
			return err
		}
		if len(leaves) == 0 {
			break
		}
		if err := x.some(tx, leaves); err != nil {
			return err
		}
		next = leaves[len(leaves)-1].Seq + 1
	}
	for ; len(x.points) > 0; x.points = x.points[1:] { // of entries that are no longer there
		if err := x.checkpoint(tx, x.points[0]); err != nil {
			return err
		}
	}
	root := x.tree.root()
	return x.lines.Encode(exportEnd{x.tree.size, hex.EncodeToString(root[:])})
}

// some writes entries as they are, right or not: to judge is the verifier's.
func (x *exporting) some(tx *store.Tx, leaves []leaf) error {
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
		line := exportEntry{Seq: l.Seq, Leaf: l.Hash}
		if e, ok := byID[l.EntryID]; ok {
			line.Entry = e.canonical()
		}
		if err := x.lines.Encode(line); err != nil {
			return err
		}
		x.tree.add(LeafHash(line.Entry))
		if err := x.checkpoints(tx, l.Seq); err != nil {
			return err
		}
	}
	return nil
}

// checkpoints writes those up to this size.
func (x *exporting) checkpoints(tx *store.Tx, size int64) error {
	if len(x.points) == 0 && !x.last {
		if err := tx.DB().NewSelect().Model(&x.points).Where("size >= ?", size).Order("size").Limit(walkSize).Scan(tx.Ctx); err != nil {
			return err
		}
		x.last = len(x.points) < walkSize
	}
	for len(x.points) > 0 && x.points[0].Size <= size {
		if err := x.checkpoint(tx, x.points[0]); err != nil {
			return err
		}
		x.points = x.points[1:]
	}
	return nil
}

func (x *exporting) checkpoint(tx *store.Tx, c storedCheckpoint) error {
	line := exportCheckpoint{Checkpoint: c.Note}
	if x.before > 0 && x.before < c.Size {
		proof, err := reading(tx).consistency(x.before, 0, c.Size, true)
		if err == nil { // a damaged tree has none; the verifier will say so
			line.Consistency = hexes(proof)
		}
	}
	x.before = c.Size
	return x.lines.Encode(line)
}

func hexes(hs []Hash) []string {
	out := make([]string, len(hs))
	for i, h := range hs {
		out[i] = hex.EncodeToString(h[:])
	}
	return out
}
