package course

import (
	"context"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses studies; empty fields choose all.
type Filter struct {
	Name    string
	Course  CourseID
	State   StudyState
	Leaders bool // of courses for leaders only
}

func (f Filter) key() string {
	return strings.Join([]string{"studies", f.Name, f.Course.String(), string(f.State), fmt.Sprint(f.Leaders)}, "\x00")
}

func (f Filter) where(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Name != "" {
		q = q.Where("cs.name = ?", f.Name)
	}
	if f.Course != 0 {
		q = q.Where("cs.course_id = ?", f.Course)
	}
	if f.State != "" {
		q = q.Where("cs.state = ?", f.State)
	}
	if f.Leaders {
		q = q.Where("EXISTS (SELECT 1 FROM course co WHERE co.id = cs.course_id AND co.leaders = 1)")
	}
	return q
}

// Studies is a page of who learned what, within the units whose training the session reads, the newest first.
func (s *Service) Studies(ctx context.Context, by access.Session, f Filter, after string) (out []Study, prev, next string, err error) {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return nil, "", "", err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		q := f.where(scope.Where(tx.DB().NewSelect().Model(&out), "cs"))
		return store.KeysetByID(q, "cs.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	out, prev, next = store.PageOf(ctx, out, cur, ok, f.key(), func(x Study) store.Cursor { return store.Cursor{ID: int64(x.ID)} })
	return out, prev, next, nil
}

// EachStudy walks all studies that the filter chooses.
func (s *Service) EachStudy(ctx context.Context, by access.Session, f Filter, each func(Study) error) error {
	scope, err := by.Require(access.TrainingRead)
	if err != nil {
		return err
	}
	return store.Each(store.Walk(ctx, s.DB, func(tx *store.Tx, after int64) (rows []Study, end int64, more bool, err error) {
		err = f.where(scope.Where(tx.DB().NewSelect().Model(&rows), "cs")).Where("cs.id > ?", after).Order("cs.id").Limit(store.WalkPiece).Scan(tx.Ctx)
		if n := len(rows); n > 0 {
			after = int64(rows[n-1].ID)
		}
		return rows, after, len(rows) == store.WalkPiece, err
	}), each)
}
