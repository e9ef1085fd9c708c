package holiday

import (
	"context"
	"errors"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// dayRow is a day of a notice as it was loaded.
type dayRow struct {
	bun.BaseModel `bun:"table:holiday_day,alias:hd"`

	ID         int64          `bun:"id,pk"`
	Batch      draft.BatchID  `bun:"batch_id"`
	Day        law.Date       `bun:"day"`
	Kind       calendar.Kind  `bun:"kind"`
	Name       string         `bun:"name"`
	Source     string         `bun:"source"`
	Confidence string         `bun:"confidence"`
	Correction string         `bun:"correction"`
	Entry      ledger.EntryID `bun:"entry_id"`
}

// Move is a running term that a notice moved. Record names what it belongs to, Href opens it; Was is
// empty when the term had no certain end before.
type Move struct {
	bun.BaseModel `bun:"table:holiday_move,alias:hm"`

	ID    int64         `bun:"id,pk"`
	Batch draft.BatchID `bun:"batch_id"`
	access.Levels
	Record string         `bun:"record"`
	Href   string         `bun:"href"`
	Term   string         `bun:"term"`
	Was    law.Date       `bun:"was"`
	Due    law.Date       `bun:"due"`
	Entry  ledger.EntryID `bun:"entry_id"`
}

// Load returns the base calendar with everything that the bureau loaded, in the order of loading. What no
// longer fits (a newer program knows the year otherwise) is left out and named in the faults.
func Load(tx *store.Tx, base *calendar.Calendar) (*calendar.Calendar, []string, error) {
	var rows []dayRow
	if err := tx.DB().NewSelect().Model(&rows).Order("id").Scan(tx.Ctx); err != nil {
		return nil, nil, fmt.Errorf("holiday: load: %w", err)
	}
	cal := base.Still()
	var faults []string
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Batch == rows[0].Batch {
			n++
		}
		next, err := cal.With(daysOf(rows[:n]))
		var bad *fault.Error
		switch {
		case errors.As(err, &bad):
			faults = append(faults, fmt.Sprintf("本局载入的《%s》与程序内置的放假安排矛盾，没有采用：%v", rows[0].Source, err))
		case err != nil:
			return nil, nil, err
		default:
			cal = next
		}
		rows = rows[n:]
	}
	return cal, faults, nil
}

func daysOf(rows []dayRow) []calendar.Row {
	out := make([]calendar.Row, len(rows))
	for i, r := range rows {
		out[i] = calendar.Row{Date: r.Day, Kind: r.Kind, Name: r.Name, Source: r.Source, Confidence: r.Confidence}
	}
	return out
}

// loadedBatches are the batches that say something of the year, oldest first, with one of their rows.
func loadedBatches(tx *store.Tx, year int) ([]dayRow, error) {
	var rows []dayRow
	err := tx.DB().NewSelect().Model(&rows).Where("day >= ?", law.NewDate(year, 1, 1)).Where("day <= ?", law.NewDate(year, 12, 31)).Order("id").Scan(tx.Ctx)
	seen := map[draft.BatchID]bool{}
	var out []dayRow
	for _, r := range rows {
		if !seen[r.Batch] {
			seen[r.Batch] = true
			out = append(out, r)
		}
	}
	return out, err
}

// moves returns what a batch moved, within the scope.
func moves(tx *store.Tx, scope access.Scope, batch draft.BatchID, after int64, limit int) ([]Move, error) {
	var ms []Move
	q := tx.DB().NewSelect().Model(&ms).Where("batch_id = ?", batch).Where("id > ?", after).Order("id").Limit(int64(limit))
	return ms, scope.Where(q, "hm").Scan(tx.Ctx)
}

// newest identifies what is loaded: the last row.
func (s *Service) newest(ctx context.Context) (int64, error) {
	var id int64
	err := s.db.View(ctx, func(tx *store.Tx) error {
		return tx.DB().NewSelect().Model((*dayRow)(nil)).ColumnExpr("COALESCE(MAX(id), 0)").Scan(tx.Ctx, &id)
	})
	return id, err
}
