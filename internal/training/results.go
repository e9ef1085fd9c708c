package training

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses runs.
type Filter struct {
	Name   string
	Scene  string // the code
	Result string // passed or failed; "" for all
}

func (f Filter) key() string { return "training|" + f.Name + "|" + f.Scene + "|" + f.Result }

func (f Filter) where(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Name != "" {
		q = q.Where("tr.name = ?", f.Name)
	}
	if f.Scene != "" {
		q = q.Where("tr.scene_id IN (SELECT id FROM training_scene WHERE code = ?)", f.Scene)
	}
	switch f.Result {
	case "passed":
		q = q.Where("tr.state = ?", Done).Where("tr.passed = 1")
	case "failed":
		q = q.Where("tr.state = ?", Done).Where("tr.passed = 0")
	}
	return q
}

// Results is a page of the runs in the units whose results the session may see, the newest first.
func (s *Service) Results(ctx context.Context, by access.Session, f Filter, after string) (runs []Run, prev, next string, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return nil, "", "", err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		runs = nil
		q := f.where(scope.Where(tx.DB().NewSelect().Model(&runs), "tr"))
		return store.KeysetByID(q, "tr.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	runs, prev, next = store.PageOf(ctx, runs, cur, ok, f.key(), func(r Run) store.Cursor { return store.Cursor{ID: int64(r.ID)} })
	return runs, prev, next, nil
}

// exportPage is how many runs an export reads at a time.
const exportPage = 1000

// Export walks all runs that the filter chooses.
func (s *Service) Export(ctx context.Context, by access.Session, f Filter, each func(Run) error) error {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return err
	}
	last := int64(1<<63 - 1)
	for {
		var page []Run
		err := s.DB.View(ctx, func(tx *store.Tx) error {
			page = nil
			return f.where(scope.Where(tx.DB().NewSelect().Model(&page), "tr")).Where("tr.id < ?", last).OrderExpr("tr.id DESC").Limit(exportPage).Scan(tx.Ctx)
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			if err := each(r); err != nil {
				return err
			}
		}
		last = int64(page[len(page)-1].ID)
	}
}
