package sitting

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses candidates of a sitting.
type Filter struct {
	Name string
	// Group is who: enrolled, taken, passed, failed, absent, deferred, voided, running; "" is the whole roster.
	Group string
	Unit  access.UnitID
}

// groups are what a list of candidates can be narrowed to, with their labels.
var groups = []struct{ Name, Label string }{
	{"enrolled", "应考"}, {"taken", "实考"}, {"passed", "合格"}, {"failed", "不合格"}, {"absent", "缺考"}, {"deferred", "缓考"}, {"voided", "违纪"}, {"running", "正在答卷"},
}

func groupNames() (out []string) {
	for _, g := range groups {
		out = append(out, g.Name)
	}
	return out
}

func (f Filter) key(id SittingID) string {
	return "exam|" + id.String() + "|" + f.Name + "|" + f.Group + "|" + f.Unit.String()
}

func (f Filter) where(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Name != "" {
		q = q.Where("ec.name = ?", f.Name)
	}
	if f.Unit != 0 {
		q = q.Where("? IN (ec.u1, ec.u2, ec.u3, ec.u4, ec.u5)", f.Unit)
	}
	switch f.Group {
	case "enrolled":
		return q.Where("ec.state IN (?)", bun.List([]Standing{Registered, Took, Absent, Voided}))
	case "taken":
		return q.Where("ec.state IN (?)", bun.List([]Standing{Took, Voided}))
	case "passed":
		return q.Where("ec.state = ?", Took).Where("ec.passed = 1")
	case "failed":
		return q.Where("ec.state IN (?)", bun.List([]Standing{Took, Voided})).Where("ec.passed = 0")
	case "absent":
		return q.Where("ec.state = ?", Absent)
	case "deferred":
		return q.Where("ec.state = ?", Deferred)
	case "voided":
		return q.Where("ec.state = ?", Voided)
	case "running":
		return q.Where("ec.id IN (SELECT candidate_id FROM exam_attempt WHERE sitting_id = ec.sitting_id AND state = ?)", Running)
	}
	return q
}

// within narrows a query of sittings to those of the units of the scope, and those with candidates of them.
func within(tx *store.Tx, q *bun.SelectQuery, scope access.Scope) *bun.SelectQuery {
	if scope.Unit() == 0 && !scope.Empty() {
		return q // the program itself
	}
	theirs := scope.Beside(tx, tx.DB().NewSelect().TableExpr("exam_candidate AS ec").ColumnExpr("1").Where("ec.sitting_id = es.id"), "ec")
	return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery { return scope.Where(q, "es").WhereOr("EXISTS (?)", theirs) })
}

// seen finds a sitting that the session may read about, and whose candidates.
func (s *Service) seen(tx *store.Tx, by access.Session, id SittingID) (x Sitting, scope access.Scope, err error) {
	if scope, err = by.Require(access.ExamRead); err != nil {
		return x, scope, err
	}
	err = within(tx, tx.DB().NewSelect().Model(&x), scope).Where("es.id = ?", id).Scan(tx.Ctx)
	return x, scope, store.One(err, nounSitting)
}

// Sitting is a sitting with the counts of the candidates that the session may see.
func (s *Service) Sitting(ctx context.Context, by access.Session, id SittingID) (x Sitting, t Tally, p Phase, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var scope access.Scope
		if x, scope, err = s.seen(tx, by, id); err != nil {
			return err
		}
		extra, err := mostExtra(tx, id)
		if err != nil {
			return err
		}
		p = x.Phase(tx.Now, extra)
		t, err = tallyOf(tx, id, scope)
		return err
	})
	return x, t, p, err
}

// Candidates is a page of the roster, within the units whose exams the session reads.
func (s *Service) Candidates(ctx context.Context, by access.Session, id SittingID, f Filter, after string) (cs []Candidate, prev, next string, err error) {
	cur, ok, err := store.DecodeCursor(after, f.key(id))
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		cs = nil
		_, scope, err := s.seen(tx, by, id)
		if err != nil {
			return err
		}
		q := f.where(scope.Beside(tx, tx.DB().NewSelect().Model(&cs), "ec")).Where("ec.sitting_id = ?", id)
		return store.KeysetByID(q, "ec.id", false, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	cs, prev, next = store.PageOf(ctx, cs, cur, ok, f.key(id), func(c Candidate) store.Cursor { return store.Cursor{ID: int64(c.ID)} })
	return cs, prev, next, nil
}

// exportPage is how many candidates an export reads at a time.
const exportPage = 1000

// Export walks all candidates that the filter chooses.
func (s *Service) Export(ctx context.Context, by access.Session, id SittingID, f Filter, each func(Candidate) error) error {
	for last := CandidateID(0); ; {
		var page []Candidate
		err := s.DB.View(ctx, func(tx *store.Tx) error {
			page = nil
			_, scope, err := s.seen(tx, by, id)
			if err != nil {
				return err
			}
			return f.where(scope.Beside(tx, tx.DB().NewSelect().Model(&page), "ec")).Where("ec.sitting_id = ?", id).Where("ec.id > ?", last).Order("ec.id").Limit(exportPage).Scan(tx.Ctx)
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, c := range page {
			if err := each(c); err != nil {
				return err
			}
		}
		last = page[len(page)-1].ID
	}
}

// Sittings is a page of the sittings, the newest opening first.
func (s *Service) Sittings(ctx context.Context, by access.Session, after string) (xs []Sitting, prev, next string, err error) {
	scope, err := by.Require(access.ExamRead)
	if err != nil {
		return nil, "", "", err
	}
	const filter = "exam"
	cur, ok, err := store.DecodeCursor(after, filter)
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		xs = nil
		q := within(tx, tx.DB().NewSelect().Model(&xs).ExcludeColumn("form", "secret"), scope)
		return store.KeysetByID(q, "es.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	xs, prev, next = store.PageOf(ctx, xs, cur, ok, filter, func(x Sitting) store.Cursor { return store.Cursor{ID: int64(x.ID)} })
	return xs, prev, next, nil
}

// shownSeats bounds the list of one's own exams.
const shownSeats = 50

// Seats are the exams of the account, the newest first.
func (s *Service) Seats(ctx context.Context, by access.Session) (out []Seat, err error) {
	if _, err := by.Require(access.ExamTake); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out = nil
		var cs []Candidate
		err := tx.DB().NewSelect().Model(&cs).Where("account = ?", by.Account()).Where("state <> ?", Removed).Order("sitting_id DESC").Limit(shownSeats).Scan(tx.Ctx)
		if err != nil || len(cs) == 0 {
			return err
		}
		ids := make([]SittingID, len(cs))
		for i, c := range cs {
			ids[i] = c.Sitting
		}
		var xs []Sitting
		if err := tx.DB().NewSelect().Model(&xs).ExcludeColumn("form", "secret").Where("id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
			return err
		}
		at := map[SittingID]Sitting{}
		for _, x := range xs {
			at[x.ID] = x
		}
		for _, c := range cs {
			if x := at[c.Sitting]; x.State != Draft {
				out = append(out, Seat{Sitting: x, Candidate: c, Phase: x.Phase(tx.Now, c.Extra), Now: tx.Now, Refusal: x.mayBegin(c, tx.Now)})
			}
		}
		return nil
	})
	return out, err
}

// Some are candidates of a sitting after one of them, in the order of their numbers, for whoever counts published results.
func Some(tx *store.Tx, id SittingID, after CandidateID, n int) (x Sitting, cs []Candidate, err error) {
	if x, err = sittingOf(tx, id); err != nil {
		return x, nil, err
	}
	return x, cs, tx.DB().NewSelect().Model(&cs).Where("sitting_id = ?", id).Where("id > ?", after).Order("id").Limit(int64(n)).Scan(tx.Ctx)
}
