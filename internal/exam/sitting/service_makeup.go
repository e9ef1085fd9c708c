package sitting

import (
	"context"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// MakeUpInput plans a make-up exam.
type MakeUpInput struct {
	Version int64     `json:"version"`
	Opens   time.Time `json:"opens" doc:"补考的开考时间"`
	Absent  bool      `json:"absent,omitempty" doc:"缺考的也参加；不填只有不合格的和缓考的"`
}

// MakeUp plans another sitting like a published one, for those who failed it or were to sit another time; the absent only
// when it says so. Who broke the rules of the exam does not take part.
func (s *Service) MakeUp(ctx context.Context, by access.Session, id SittingID, in MakeUpInput) (SittingID, error) {
	made := SittingID(0)
	err := s.manage(ctx, by, kindMakeUp, id, in.Version, in, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if err := x.must(tx.Now, Published, "安排补考"); err != nil {
			return nil, err
		}
		plan, err := x.input()
		if err != nil {
			return nil, err
		}
		plan.Opens = in.Opens
		if long := []rune(plan.Title + "（补考）"); len(long) <= maxTitle {
			plan.Title = string(long)
		}
		if err := plan.check(tx.Now); err != nil {
			return nil, err
		}
		people, err := s.entitled(tx, by, id, in.Absent)
		if err != nil {
			return nil, err
		}
		next := &Sitting{ID: SittingID(store.NewID()), Levels: x.Levels, State: Draft, Author: by.Name(), Version: 1, MakeUpOf: x.ID}
		if err := plan.into(next); err != nil {
			return nil, err
		}
		e, err := s.log(tx, by, kindMade, *next, map[string]any{"title": plan.Title, "opens": clockText(plan.Opens), "make_up_of": id.String(), "candidates": len(people)})
		if err != nil {
			return nil, err
		}
		next.Entry, made = e, next.ID
		if err := insert(tx, next); err != nil {
			return nil, err
		}
		return map[string]any{"sitting": next.ID.String(), "candidates": len(people)}, enter(tx, next.ID, nil, people, e)
	})
	if err == nil && made == 0 { // the same once more
		err = s.DB.View(ctx, func(tx *store.Tx) error {
			return tx.DB().NewSelect().Model((*Sitting)(nil)).ColumnExpr("COALESCE(MAX(id), 0)").Where("makeup_of = ?", id).Scan(tx.Ctx, &made)
		})
	}
	return made, err
}

// entitled are the accounts that may sit the make-up of a sitting.
func (s *Service) entitled(tx *store.Tx, by access.Session, id SittingID, absent bool) ([]access.Account, error) {
	scope := by.ScopeFor(access.ExamManage)
	states := []Standing{Deferred}
	if absent {
		states = append(states, Absent)
	}
	var cs []Candidate
	q := scope.Beside(tx, tx.DB().NewSelect().Model(&cs), "ec").Where("ec.sitting_id = ?", id)
	err := q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("ec.state IN (?)", bun.List(states)).WhereOr("ec.state = ? AND ec.passed = 0", Took)
	}).Order("ec.id").Scan(tx.Ctx)
	if err != nil {
		return nil, err
	}
	if len(cs) == 0 {
		return nil, fault.New(fault.Conflict, "没有要补考的人：没有不合格的，也没有缓考的")
	}
	out := make([]access.Account, len(cs))
	for i, c := range cs {
		out[i] = access.Account{ID: c.Account, Name: c.Name, Levels: c.Levels}
	}
	return out, nil
}
