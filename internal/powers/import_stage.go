package powers

import (
	"database/sql"
	"errors"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// draft checks rows of a file against the database.
func (l list) draft(tx *store.Tx, rows []*draft.Row) (Draft, error) {
	t := tableOf(l.kind, rows)
	lib, err := known(tx, l.kind, t)
	if err != nil {
		return Draft{}, err
	}
	_, demo, _, err := ledger.Birth(tx)
	if err != nil {
		return Draft{}, err
	}
	chunk, err := draft.Staging(tx, rows[0].ID)
	if err != nil {
		return Draft{}, err
	}
	return check(t, lib, demo, chunk), nil
}

// Stage writes rows that readers do not see yet.
func (l list) Stage(tx *store.Tx, by access.Session, batch draft.BatchID, rows []*draft.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d, err := l.draft(tx, rows)
	if err != nil {
		return err
	}
	entry, err := draft.BatchEntry(tx, batch)
	if err != nil {
		return wrap("stage", err)
	}
	mark := func(replaces int64) record {
		return record{Batch: int64(batch), Replaces: replaces, Version: 1, Entry: int64(entry)}
	}
	switch l.kind {
	case ImportLaws:
		err = stageLaws(tx, d, mark)
	case ImportItems:
		err = stageItems(tx, d, mark)
	case ImportTiers:
		err = stageTiers(tx, tableOf(l.kind, rows), batch)
	case ImportExemptions:
		err = stageExemptions(tx, d, mark)
	}
	return wrap("stage "+string(l.kind), err)
}

func stageLaws(tx *store.Tx, d Draft, mark func(int64) record) error {
	var rows []lawRow
	for _, x := range d.Laws {
		if x.Change == ChangeNone {
			continue
		}
		r := lawRowOf(x.Value)
		r.ID, r.record = LawID(store.NewID()), mark(x.Replaces)
		rows = append(rows, r)
	}
	return insertAll(tx, rows)
}

func stageItems(tx *store.Tx, d Draft, mark func(int64) record) error {
	var rows []itemRow
	var bases []basisRow
	for _, x := range d.Items {
		if x.Change == ChangeNone {
			continue
		}
		x.Value.ID = ItemID(store.NewID())
		r := itemRowOf(x.Value)
		r.record = mark(x.Replaces)
		rows = append(rows, r)
		bases = append(bases, basisRowsOf(x.Value)...)
	}
	if err := insertAll(tx, rows); err != nil {
		return err
	}
	for _, r := range rows {
		if err := search.Put(tx, searchKind, int64(r.ID), r.words()); err != nil {
			return err
		}
	}
	return insertAll(tx, bases)
}

func stageTiers(tx *store.Tx, t Table, batch draft.BatchID) error {
	var rows []tierRow
	for _, row := range t.Rows {
		parsed, _ := ParseTier(row) // its faults kept the batch from being published
		r := tierRowOf(parsed)
		r.Batch = int64(batch)
		rows = append(rows, r)
	}
	return insertAll(tx, rows)
}

func stageExemptions(tx *store.Tx, d Draft, mark func(int64) record) error {
	var rows []exemptionRow
	for _, x := range d.Exemptions {
		if x.Change == ChangeNone {
			continue
		}
		r := exemptionRowOf(x.Value)
		r.ID, r.record = ExemptionID(store.NewID()), mark(x.Replaces)
		rows = append(rows, r)
	}
	return insertAll(tx, rows)
}

func insertAll[T any](tx *store.Tx, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := tx.DB().NewInsert().Model(&rows).Exec(tx.Ctx)
	return err
}

// tables are where the list's rows are staged.
func (l list) tables() []string {
	switch l.kind {
	case ImportLaws:
		return []string{"power_law"}
	case ImportItems:
		return []string{"power_item"}
	case ImportTiers:
		return []string{"power_benchmark"}
	}
	return []string{"power_exemption"}
}

// Unstage deletes what Stage wrote.
func (l list) Unstage(tx *store.Tx, batch draft.BatchID) error {
	if l.kind == ImportItems {
		if err := unindex(tx, batch); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM power_basis WHERE item_id IN (SELECT id FROM power_item WHERE batch_id = ? AND live = 0)`, batch); err != nil {
			return wrap("unstage", err)
		}
	}
	if l.kind == ImportTiers {
		if _, err := tx.Exec(`DELETE FROM power_tier WHERE batch_id = ? AND benchmark_id = 0`, batch); err != nil {
			return wrap("unstage", err)
		}
	}
	for _, table := range l.tables() {
		if _, err := tx.Exec(`DELETE FROM `+table+` WHERE batch_id = ? AND live = 0`, batch); err != nil {
			return wrap("unstage", err)
		}
	}
	return nil
}

// unindex takes the staged items of a batch out of the search index.
func unindex(tx *store.Tx, batch draft.BatchID) error {
	var ids []int64
	if err := tx.DB().NewSelect().Model((*itemRow)(nil)).Column("p.id").Where("p.batch_id = ?", batch).Where("p.live = 0").Scan(tx.Ctx, &ids); err != nil {
		return wrap("unstage", err)
	}
	for _, id := range ids {
		if err := search.Delete(tx, searchKind, id); err != nil {
			return err
		}
	}
	return nil
}

// Finish makes the batch's rows visible and hides what they replace.
func (l list) Finish(tx *store.Tx, _ access.Session, batch draft.BatchID) error {
	if l.kind == ImportTiers {
		if err := gatherTiers(tx, batch); err != nil {
			return err
		}
	}
	for _, table := range l.tables() {
		// A published benchmark or list stays in force until the new one is published too.
		still := ""
		if l.kind == ImportTiers || l.kind == ImportExemptions {
			still = ` AND issuer = ''`
		}
		for _, q := range []string{
			`UPDATE ` + table + ` SET live = 0 WHERE live = 1` + still + ` AND id IN (SELECT replaces FROM ` + table + ` WHERE batch_id = ? AND replaces <> 0)`,
			`UPDATE ` + table + ` SET live = 1 WHERE batch_id = ?`,
		} {
			if _, err := tx.Exec(q, batch); err != nil {
				return wrap("publish "+table, err)
			}
		}
	}
	if l.kind == ImportItems {
		return noOverlap(tx, batch)
	}
	return nil
}

// noOverlap checks, over all that is now visible, that no two versions of one code apply on one day. A
// version may have been published since the file was checked.
func noOverlap(tx *store.Tx, batch draft.BatchID) error {
	var code string
	err := tx.DB().NewRaw(`SELECT a.code FROM power_item a JOIN power_item b ON b.code = a.code AND b.id <> a.id AND b.live = 1
		AND (a.valid_to = '' OR b.valid_from <= a.valid_to) AND (b.valid_to = '' OR a.valid_from <= b.valid_to)
		WHERE a.batch_id = ? AND a.live = 1 ORDER BY a.code LIMIT 1`, batch).Scan(tx.Ctx, &code)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return wrap("overlap", err)
	}
	return fault.New(fault.Conflict, "%s的两个版本有效期重叠，整个批次没有发布，请改好有效期后再发布", code)
}

// gatherTiers makes the staged rows into groups.
func gatherTiers(tx *store.Tx, batch draft.BatchID) error {
	var staged []tierRow
	if err := tx.DB().NewSelect().Model(&staged).Where("t.batch_id = ?", batch).Where("t.benchmark_id = 0").Order("t.line").Scan(tx.Ctx); err != nil {
		return wrap("gather tiers", err)
	}
	rows := make([]TierRow, len(staged))
	codes := []string{}
	of := map[string][]int64{}
	for i, r := range staged {
		rows[i] = r.tierRow()
		codes = append(codes, r.Code)
		key := Benchmark{Code: r.Code, Subject: r.Subject, Stage: r.Stage}.Key()
		of[key] = append(of[key], r.ID)
	}
	published, err := benchmarksOf(tx, codes...)
	if err != nil {
		return err
	}
	lib := NewLibrary(nil, published, nil, nil)
	entry, err := draft.BatchEntry(tx, batch)
	if err != nil {
		return wrap("gather tiers", err)
	}
	var fresh []benchmarkRow
	same := []int64{}
	for _, b := range GroupTiers(rows) {
		x := Drafted[Benchmark]{Value: b, Change: ChangeNew}
		matchBenchmark(&x, lib)
		if x.Change == ChangeNone {
			same = append(same, of[b.Key()]...)
			continue
		}
		r := benchmarkRowOf(b)
		r.ID, r.record = BenchmarkID(store.NewID()), record{Batch: int64(batch), Replaces: x.Replaces, Version: 1, Entry: int64(entry)}
		fresh = append(fresh, r)
	}
	if err := insertAll(tx, fresh); err != nil {
		return wrap("gather tiers", err)
	}
	if len(same) > 0 {
		if _, err := tx.DB().NewDelete().Model((*tierRow)(nil)).Where("id IN (?)", bun.List(same)).Exec(tx.Ctx); err != nil {
			return wrap("gather tiers", err)
		}
	}
	_, err = tx.Exec(`UPDATE power_tier SET benchmark_id = (SELECT k.id FROM power_benchmark k WHERE k.batch_id = power_tier.batch_id AND k.code = power_tier.code
		AND k.subject = power_tier.subject AND k.stage = power_tier.stage) WHERE batch_id = ? AND benchmark_id = 0`, batch)
	return wrap("gather tiers", err)
}

var _ draft.Finisher = list{}
