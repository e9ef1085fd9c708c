package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/store"
)

// damagedRow is what a person is told of a row that is not what was saved.
const damagedRow = "这一行与保存时不符，数据库里坏了：请作废这一批，重新上传文件"

// digest is over what the file or a person put in: no ledger entry proves work in progress. What a check found is found again.
func (r *record) digest() string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%d\n%d\n%d\n%t\n%t\n", r.ID, r.Batch, r.Line, r.Mended, r.Removed)
	for _, k := range slices.Sorted(maps.Keys(r.Values)) {
		_, _ = fmt.Fprintf(h, "%q=%q\n", k, r.Values[k])
	}
	for _, p := range r.Unread {
		_, _ = fmt.Fprintf(h, "%q %q %t\n", p.Column, p.Message, p.Warning)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r *record) sound() bool { return r.Digest == "" || r.Digest == r.digest() }

// whole refuses rows that are not what was saved: nothing is made of them.
func whole(rs ...record) error {
	for _, r := range rs {
		if !r.sound() {
			return fault.New(fault.Damaged, "第 %d 行：%s", r.Line, damagedRow)
		}
	}
	return nil
}

// Damaged returns the rows of all batches that are not what was saved, with their batch and line, at most limit.
func Damaged(tx *store.Tx, limit int) (out []string, err error) {
	for after := RowID(0); len(out) < limit; {
		// Texts are read as they are, since a damaged one may be none that can be read.
		var part []struct {
			ID      RowID
			Batch   BatchID `bun:"batch_id"`
			Line    int
			Cells   string
			Unread  string
			Mended  store.Flag
			Removed store.Flag
			Digest  string
		}
		if err := tx.DB().NewSelect().TableExpr("draft_row").Column("id", "batch_id", "line", "cells", "unread", "mended", "removed", "digest").Where("id > ?", after).Order("id").Limit(Chunk).Scan(tx.Ctx, &part); err != nil || len(part) == 0 {
			return out, err
		}
		for _, x := range part {
			after = x.ID
			r := record{ID: x.ID, Batch: x.Batch, Line: x.Line, Mended: x.Mended, Removed: x.Removed, Digest: x.Digest}
			err1, err2 := json.Unmarshal([]byte(x.Cells), &r.Values), json.Unmarshal([]byte(x.Unread), &r.Unread)
			if err1 != nil || err2 != nil || !r.sound() {
				out = append(out, fmt.Sprintf("%s 第 %d 行", x.Batch, x.Line))
			}
		}
	}
	return out[:min(len(out), limit)], nil
}
