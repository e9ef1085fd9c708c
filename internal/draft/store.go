package draft

import (
	"encoding/json"
	"errors"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

func batchByID(tx *store.Tx, id BatchID) (Batch, error) {
	var b Batch
	err := tx.DB().NewSelect().Model(&b).Where("id = ?", id).Scan(tx.Ctx)
	return b, store.One(err, "这个导入批次")
}

// FileName is the name of the file that the batch came in.
func FileName(tx *store.Tx, id BatchID) (string, error) {
	b, err := batchByID(tx, id)
	return b.FileName, err
}

// BatchOf is the batch, for a Kind that stages its rows.
func BatchOf(tx *store.Tx, id BatchID) (Batch, error) { return batchByID(tx, id) }

// BatchEntry is the ledger entry of the batch's last change, for the records staged from it.
func BatchEntry(tx *store.Tx, id BatchID) (ledger.EntryID, error) {
	b, err := batchByID(tx, id)
	return b.Entry, err
}

// Staging reports whether the stored row belongs to a batch that is being published: its rows were checked
// as a whole a moment ago, and come in chunks now.
func Staging(tx *store.Tx, row RowID) (bool, error) {
	if row == 0 {
		return false, nil
	}
	r, err := rowByID(tx, row)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	b, err := batchByID(tx, r.Batch)
	return b.State == Publishing, err
}

// saveBatch writes b if it is still the version that was read, and raises its version.
func saveBatch(tx *store.Tx, b *Batch) error {
	old := b.Version
	b.Version++
	res, err := tx.DB().NewUpdate().Model(b).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这个导入批次")
}

func rowByID(tx *store.Tx, id RowID) (record, error) {
	var r record
	err := tx.DB().NewSelect().Model(&r).Where("id = ?", id).Scan(tx.Ctx)
	return r, errors.Join(store.One(err, "这一行"), whole(r))
}

func saveRow(tx *store.Tx, r *record) error {
	old := r.Version
	r.Version++
	r.Digest = r.digest()
	res, err := tx.DB().NewUpdate().Model(r).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, "这一行")
}

// liveRows returns the rows of a batch that were not taken out, in the order of the file.
func liveRows(tx *store.Tx, id BatchID) ([]record, error) {
	var rs []record
	err := tx.DB().NewSelect().Model(&rs).Where("batch_id = ?", id).Where("removed = 0").Order("line").Scan(tx.Ctx)
	return rs, errors.Join(err, whole(rs...))
}

// livePiece returns the next of these rows after a line.
func livePiece(tx *store.Tx, id BatchID, after, limit int) ([]record, error) {
	var rs []record
	err := tx.DB().NewSelect().Model(&rs).Where("batch_id = ?", id).Where("removed = 0").Where("line > ?", after).Order("line").Limit(int64(limit)).Scan(tx.Ctx)
	return rs, errors.Join(err, whole(rs...))
}

// unstaged returns the next rows to stage.
func unstaged(tx *store.Tx, id BatchID, limit int) ([]record, error) {
	var rs []record
	err := tx.DB().NewSelect().Model(&rs).Where("batch_id = ?", id).Where("removed = 0").Where("staged = 0").Order("line").Limit(int64(limit)).Scan(tx.Ctx)
	return rs, errors.Join(err, whole(rs...))
}

func markStaged(tx *store.Tx, rs []record) error {
	ids := make([]RowID, len(rs))
	for i, r := range rs {
		ids[i] = r.ID
	}
	_, err := tx.DB().NewUpdate().Model((*record)(nil)).Set("staged = 1").Where("id IN (?)", bun.List(ids)).Exec(tx.Ctx)
	return err
}

// unmark says of all rows of a batch that they are not staged.
func unmark(tx *store.Tx, id BatchID) error {
	_, err := tx.Exec(`UPDATE draft_row SET staged = 0 WHERE batch_id = ? AND staged <> 0`, id)
	return err
}

// saveFindings writes what a check found for a row whose values did not change.
func saveFindings(tx *store.Tx, r *record) error {
	problems, err := json.Marshal(r.Problems)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE draft_row SET problems = ?, bad = ?, warned = ? WHERE id = ? AND version = ?`, string(problems), r.Bad, r.Warned, r.ID, r.Version)
	return err
}

func appendEntry(tx *store.Tx, by access.Session, b Batch, kind string, data any) (ledger.EntryID, error) {
	return ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: b.ID.Subject(), Unit: int64(b.UnitID), Data: data})
}

// flag sets what the row's problems add up to.
func (r *record) flag() {
	r.Bad, r.Warned = false, false
	for _, p := range r.Problems {
		if p.Warning {
			r.Warned = true
		} else {
			r.Bad = true
		}
	}
	if r.Problems == nil {
		r.Problems = []Problem{}
	}
}
