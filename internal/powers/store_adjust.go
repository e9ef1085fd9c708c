package powers

import (
	"slices"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

func adjustmentByID(tx *store.Tx, id AdjustmentID) (Adjustment, error) {
	var a Adjustment
	err := tx.DB().NewSelect().Model(&a).Where("a.id = ?", id).Where("a.live = 1").Scan(tx.Ctx)
	if err != nil {
		return a, store.One(err, "这件调整")
	}
	list := []Adjustment{a}
	err = withCodes(tx, list)
	return list[0], err
}

// withCodes fills in the powers that each adjustment concerns.
func withCodes(tx *store.Tx, list []Adjustment) error {
	if len(list) == 0 {
		return nil
	}
	ids := make([]AdjustmentID, len(list))
	for i, a := range list {
		ids[i] = a.ID
	}
	var rows []adjustItemRow
	if err := tx.DB().NewSelect().Model(&rows).Where("ai.adjustment_id IN (?)", bun.List(ids)).Order("ai.code").Scan(tx.Ctx); err != nil {
		return wrap("adjusted codes", err)
	}
	for _, r := range rows {
		i := slices.Index(ids, r.Adjustment)
		list[i].Codes = append(list[i].Codes, r.Code)
	}
	return nil
}

func insertAdjustment(tx *store.Tx, a *Adjustment) error {
	if _, err := tx.DB().NewInsert().Model(a).Exec(tx.Ctx); err != nil {
		return wrap("insert adjustment", err)
	}
	return insertCodes(tx, a)
}

func insertCodes(tx *store.Tx, a *Adjustment) error {
	rows := make([]adjustItemRow, len(a.Codes))
	for i, c := range a.Codes {
		rows[i] = adjustItemRow{Adjustment: a.ID, Code: c}
	}
	return insertAll(tx, rows)
}

// saveAdjustment writes an adjustment whose Version was raised from the one it was loaded with.
func saveAdjustment(tx *store.Tx, a *Adjustment) error {
	res, err := tx.DB().NewUpdate().Model(a).WherePK().Where("version = ?", a.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这件调整")
}

func replaceCodes(tx *store.Tx, a *Adjustment) error {
	if _, err := tx.Exec(`DELETE FROM power_adjustment_item WHERE adjustment_id = ?`, a.ID); err != nil {
		return wrap("adjusted codes", err)
	}
	return insertCodes(tx, a)
}

// AdjustFilter chooses adjustments for a list.
type AdjustFilter struct {
	Kind  AdjustKind
	State AdjustState
	// Code keeps those that concern the power.
	Code string
}

func (f AdjustFilter) where(q *bun.SelectQuery) *bun.SelectQuery {
	q = q.Where("a.live = 1")
	if f.Kind != "" {
		q = q.Where("a.kind = ?", f.Kind)
	}
	if f.State != "" {
		q = q.Where("a.state = ?", f.State)
	}
	if f.Code != "" {
		q = q.Where("(a.into_code = ? OR EXISTS (SELECT 1 FROM power_adjustment_item ai WHERE ai.adjustment_id = a.id AND ai.code = ?))", f.Code, f.Code)
	}
	return q
}

// Adjustments returns adjustments, newest first, older than before (0: from the newest).
func (s *Service) Adjustments(tx *store.Tx, f AdjustFilter, before AdjustmentID, limit int) ([]Adjustment, error) {
	var out []Adjustment
	q := f.where(tx.DB().NewSelect().Model(&out)).Order("a.id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("a.id < ?", before)
	}
	if err := q.Scan(tx.Ctx); err != nil {
		return nil, wrap("adjustments", err)
	}
	return out, withCodes(tx, out)
}

// Adjustment returns one adjustment.
func (s *Service) Adjustment(tx *store.Tx, id AdjustmentID) (Adjustment, error) {
	return adjustmentByID(tx, id)
}

// affectedOf returns the stored entries of a source.
func affectedOf(tx *store.Tx, source Source, id int64) ([]Affected, error) {
	var out []Affected
	err := tx.DB().NewSelect().Model(&out).Where("f.source = ?", source).Where("f.source_id = ?", id).Order("f.id").Scan(tx.Ctx)
	return out, wrap("affected", err)
}

func affectedByID(tx *store.Tx, id AffectedID) (Affected, error) {
	var a Affected
	err := tx.DB().NewSelect().Model(&a).Where("f.id = ?", id).Scan(tx.Ctx)
	return a, store.One(err, "这一条")
}

// storeAffected keeps the entries of a source: new ones are added, those that are no longer touched are
// marked, what was settled stays settled.
func storeAffected(tx *store.Tx, source Source, id, entry int64, now []Affected) error {
	old, err := affectedOf(tx, source, id)
	if err != nil {
		return err
	}
	key := func(a Affected) string { return string(a.Kind) + "\x00" + a.Ref }
	known, touched := map[string]bool{}, map[string]bool{}
	for _, a := range old {
		known[key(a)] = true
	}
	var fresh []Affected
	for _, a := range now {
		if touched[key(a)] {
			continue
		}
		touched[key(a)] = true
		if !known[key(a)] {
			a.ID, a.Source, a.SourceID, a.State, a.Version, a.Entry = AffectedID(store.NewID()), source, id, AffectedPending, 1, entry
			fresh = append(fresh, a)
		}
	}
	for _, a := range old {
		if gone := !touched[key(a)]; gone != bool(a.Gone) {
			if _, err := tx.Exec(`UPDATE power_affected SET gone = ?, version = version + 1 WHERE id = ?`, store.Flag(gone), a.ID); err != nil {
				return wrap("affected", err)
			}
		}
	}
	return wrap("affected", insertAll(tx, fresh))
}

// continuedBy returns the transfer document under which the bureau goes on with an open case after its power
// has gone; "" when nobody decided so.
func continuedBy(tx *store.Tx, ref string, on law.Date) (string, error) {
	var docs []string
	err := tx.DB().NewSelect().TableExpr("power_affected AS f").Join("JOIN power_adjustment AS a ON a.id = f.source_id").ColumnExpr("a.handling_document").
		Where("f.source = ?", SourceAdjustment).Where("f.kind = ?", AffectedCase).Where("f.ref = ?", ref).Where("f.state = ?", AffectedChecked).Where("f.outcome = ?", OutcomeContinue).
		Where("a.state = ?", AdjustInForce).Where("a.effective_on <= ?", on).Order("f.id DESC").Limit(1).Scan(tx.Ctx, &docs)
	if err != nil || len(docs) == 0 {
		return "", wrap("continued case", err)
	}
	return docs[0], nil
}

// AffectedFilter chooses entries of the list 受影响.
type AffectedFilter struct {
	State  AffectedState
	Source Source
	ID     int64
	Kind   AffectedKind
}

// AffectedList returns entries, newest first, older than before (0: from the newest).
func (s *Service) AffectedList(tx *store.Tx, f AffectedFilter, before AffectedID, limit int) ([]Affected, error) {
	var out []Affected
	q := tx.DB().NewSelect().Model(&out).Order("f.id DESC").Limit(int64(limit))
	if f.State != "" {
		q = q.Where("f.state = ?", f.State)
	}
	if f.State == AffectedPending {
		q = q.Where("f.gone = 0")
	}
	if f.Source != "" {
		q = q.Where("f.source = ?", f.Source)
	}
	if f.ID != 0 {
		q = q.Where("f.source_id = ?", f.ID)
	}
	if f.Kind != "" {
		q = q.Where("f.kind = ?", f.Kind)
	}
	if before > 0 {
		q = q.Where("f.id < ?", before)
	}
	return out, wrap("affected", q.Scan(tx.Ctx))
}

// lawChanges returns the changes of the ids.
func lawChanges(tx *store.Tx, ids []int64) ([]LawChange, error) {
	var out []LawChange
	if len(ids) == 0 {
		return nil, nil
	}
	err := tx.DB().NewSelect().Model(&out).Where("lc.id IN (?)", bun.List(ids)).Scan(tx.Ctx)
	return out, wrap("law changes", err)
}
