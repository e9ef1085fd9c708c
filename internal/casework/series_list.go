package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// SeriesRow is a block of numbers with what became of them.
type SeriesRow struct {
	Series
	UnitName  string
	OrganName string
	// Used counts numbers with a paper, whatever became of it.
	Used int64
	// Voids are numbers that never got a paper; VoidPapers papers that were voided before delivery.
	Voids      []NumberVoid
	VoidPapers []VoidPaper
}

// VoidPaper is a paper that was voided before its delivery; its number stays used.
type VoidPaper struct {
	ID     PaperID `bun:"id"`
	Series int64   `bun:"series_id"`
	DocNo  string  `bun:"doc_no"`
	Why    string  `bun:"ended_why"`
}

// Running reports whether papers may still take numbers from the block in the given year.
func (r SeriesRow) Running(year int) bool {
	return !bool(r.Closed) && r.Left() > 0 && r.Year == int64(year)
}

// fewLeft is from how many numbers on a block should be followed by another.
const fewLeft = 20

// maxSeries bounds the list; older blocks are in the ledger.
const maxSeries = 500

// SeriesList returns the blocks in the scope of series.manage, the newest first.
func (s *Service) SeriesList(ctx context.Context, by access.Session) ([]SeriesRow, error) {
	scope, err := by.Require(access.SeriesManage)
	if err != nil {
		return nil, err
	}
	var out []SeriesRow
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var blocks []Series
		if err := scope.Where(tx.DB().NewSelect().Model(&blocks), "ns").Order("year DESC", "id DESC").Limit(maxSeries).Scan(tx.Ctx); err != nil {
			return err
		}
		names, err := s.unitNames(tx)
		if err != nil {
			return err
		}
		out = make([]SeriesRow, len(blocks))
		at := map[int64]*SeriesRow{}
		ids := make([]int64, len(blocks))
		organs := map[int64]string{}
		for i, b := range blocks {
			out[i] = SeriesRow{Series: b, UnitName: names[b.UnitID]}
			at[b.ID], ids[i] = &out[i], b.ID
			if _, known := organs[b.Organ]; !known {
				organ, err := org.SubjectByID(tx, org.SubjectID(b.Organ))
				if err != nil {
					return err
				}
				organs[b.Organ] = organ.Name
			}
			out[i].OrganName = organs[b.Organ]
		}
		return fillSeries(tx, ids, at)
	})
	return out, err
}

// fillSeries adds to the blocks what became of their numbers.
func fillSeries(tx *store.Tx, ids []int64, at map[int64]*SeriesRow) error {
	if len(ids) == 0 {
		return nil
	}
	var used []struct {
		Series int64 `bun:"series_id"`
		N      int64 `bun:"n"`
	}
	if err := tx.DB().NewSelect().TableExpr("paper AS p").ColumnExpr("p.series_id").ColumnExpr("COUNT(*) AS n").Where("p.series_id IN (?)", bun.List(ids)).GroupExpr("p.series_id").Scan(tx.Ctx, &used); err != nil {
		return err
	}
	for _, u := range used {
		at[u.Series].Used = u.N
	}
	var voids []NumberVoid
	if err := tx.DB().NewSelect().Model(&voids).Where("series_id IN (?)", bun.List(ids)).Order("first_no").Scan(tx.Ctx); err != nil {
		return err
	}
	for _, v := range voids {
		at[v.Series].Voids = append(at[v.Series].Voids, v)
	}
	var papers []VoidPaper
	if err := tx.DB().NewSelect().Model((*Paper)(nil)).Column("id", "series_id", "doc_no", "ended_why").Where("series_id IN (?)", bun.List(ids)).Where("state = 'void'").Order("number").Scan(tx.Ctx, &papers); err != nil {
		return err
	}
	for _, p := range papers {
		at[p.Series].VoidPapers = append(at[p.Series].VoidPapers, p)
	}
	return nil
}

// unitNames are the names of all units, also ended ones.
func (s *Service) unitNames(tx *store.Tx) (map[access.UnitID]string, error) {
	units, err := s.Units.Units(tx)
	if err != nil {
		return nil, err
	}
	names := map[access.UnitID]string{}
	for _, u := range units {
		names[u.ID] = u.Name
	}
	return names, nil
}
