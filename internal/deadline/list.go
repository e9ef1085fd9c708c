package deadline

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fadu/internal/access"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The views of the leaders' list.
const (
	ViewLate  = "late"
	ViewToday = "today"
	ViewSoon  = "soon"
	ViewStill = "still"
	ViewOut   = "out"
)

// Filter narrows the list of terms; zero fields do not.
type Filter struct {
	View  string
	Unit  access.UnitID
	Term  string
	Whose string
	// Reported: only what was reported to the level of leaders, 1 and up.
	Reported int
	// Last: the farthest end first.
	Last bool
}

func (f Filter) key() string { return fmt.Sprintf("%+v", f) }

// soonDays is how many working days ahead count as soon.
const soonDays = 3

// where narrows a query to the filter; without a view to what runs.
func (s *Service) where(tx *store.Tx, scope access.Scope, q *bun.SelectQuery, f Filter) (*bun.SelectQuery, error) {
	today := tx.Today()
	q = scope.Where(q, "dl")
	switch f.View {
	case ViewStill:
		q = q.Where("dl.state = 'still'")
	case ViewOut:
		q = q.Where("dl.state = ?", timing.RanOut)
	default:
		q = q.Where("dl.state = 'running'")
	}
	switch f.View {
	case ViewLate:
		q = q.Where("dl.due < ?", today).Where("dl.due <> ''")
	case ViewToday:
		q = q.Where("dl.due = ?", today)
	case ViewSoon:
		q = q.Where("dl.due >= ?", today).Where("dl.due <= ?", shift(s.Calendar.Still(), today, soonDays, true))
	}
	if f.Unit != 0 {
		u, err := s.Units.UnitByID(tx, f.Unit)
		if err != nil {
			return nil, err
		}
		q = q.Where("? = ?", bun.Ident(u.Levels().Column("dl")), f.Unit)
	}
	if f.Term != "" {
		q = q.Where("dl.term = ?", f.Term)
	}
	if f.Whose != "" {
		w := timing.Whose(f.Whose)
		if f.Whose == wordOurs {
			w = timing.Ours
		}
		q = q.Where("dl.whose = ?", w)
	}
	if f.Reported > 0 {
		q = q.Where("dl.escalated >= ?", f.Reported)
	}
	return q, nil
}

// List returns a page of the terms in the leader's scope, the one that ends first on top. Needs deadline.supervise.
func (s *Service) List(ctx context.Context, by access.Session, f Filter, after string) (rows []Row, prev, next string, err error) {
	scope, err := supervise(by)
	if err != nil {
		return nil, "", "", err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		rows = nil
		q, err := s.where(tx, scope, tx.DB().NewSelect().Model(&rows), f)
		if err != nil {
			return err
		}
		return store.Keyset(q, "dl.due", "dl.id", f.Last, false, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(ctx, rows, cur, ok, f.key(), func(r Row) store.Cursor { return store.Cursor{Sort: r.Due.String(), ID: r.ID} })
	return rows, prev, next, nil
}

// ReportedTo counts, up to store.CountLimit, the running terms that were reported up to the leader's level, and where they
// are listed; none for who is no such leader.
func ReportedTo(tx *store.Tx, by access.Session) (n int, href string, err error) {
	if !by.Can(access.DeadlineSupervise) {
		return 0, "", nil
	}
	level := slices.IndexFunc(chain().Escalate, func(l Level) bool { return by.HasRole(l.Role) }) + 1
	if level == 0 {
		return 0, "", nil
	}
	q := by.ScopeFor(access.DeadlineSupervise).Beside(tx, tx.DB().NewSelect().TableExpr("deadline AS dl"), "dl").Where("dl.escalated >= ?", level).Where("dl.escalated > 0").Where("dl.state = 'running'")
	n, err = store.CountUpTo(tx, q)
	return n, fmt.Sprintf("%s?view=late&reported=%d", Path, level), err
}

// Tally is how many terms of a unit or of a kind run, and how near they are.
type Tally struct {
	Name  string
	Unit  access.UnitID
	All   int64
	Late  int64
	Today int64
	Soon  int64
	Still int64
}

// tallyRow is what the database counts.
type tallyRow struct {
	Unit                          access.UnitID `bun:"unit_id"`
	Term                          string        `bun:"term"`
	All, Late, Today, Soon, Still int64
}

// tallyGlance is what the counts of a day depend on.
type tallyGlance struct{ scope, today string }

// Tallies counts the bureau's and owed terms of the scope by unit and by term. Rights of parties are not duties.
func (s *Service) Tallies(ctx context.Context, by access.Session) (units, terms []Tally, err error) {
	scope, err := supervise(by)
	if err != nil {
		return nil, nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		today := tx.Today()
		soon := shift(s.Calendar.Still(), today, soonDays, true)
		counted, err := store.Glance(tx, tallyGlance{scope.String(), today.String()}, func() ([]tallyRow, error) {
			var out []tallyRow
			q := scope.Where(tx.DB().NewSelect().TableExpr("deadline AS dl"), "dl").ColumnExpr("dl.unit_id, dl.term, COUNT(*) AS \"all\"").
				ColumnExpr("SUM(CASE WHEN dl.state = 'running' AND dl.due <> '' AND dl.due < ? THEN 1 ELSE 0 END) AS late", today).
				ColumnExpr("SUM(CASE WHEN dl.state = 'running' AND dl.due = ? THEN 1 ELSE 0 END) AS today", today).
				ColumnExpr("SUM(CASE WHEN dl.state = 'running' AND dl.due > ? AND dl.due <= ? THEN 1 ELSE 0 END) AS soon", today, soon).
				ColumnExpr("SUM(CASE WHEN dl.state = 'still' THEN 1 ELSE 0 END) AS still").
				Where("dl.state IN ('running', 'still')").Where("dl.whose IN ('', 'owed')").GroupExpr("dl.unit_id, dl.term")
			return out, q.Scan(tx.Ctx, &out)
		})
		if err != nil {
			return err
		}
		names, err := s.unitNames(tx)
		units = add(counted, func(r tallyRow) Tally { return Tally{Name: names[r.Unit], Unit: r.Unit} })
		terms = add(counted, func(r tallyRow) Tally { return Tally{Name: r.Term} })
		return err
	})
	return units, terms, err
}

// add sums what was counted, the most late first.
func add(rows []tallyRow, head func(tallyRow) Tally) []Tally {
	var out []Tally
	for _, r := range rows {
		h := head(r)
		i := slices.IndexFunc(out, func(t Tally) bool { return t.Name == h.Name && t.Unit == h.Unit })
		if i < 0 {
			i, out = len(out), append(out, h)
		}
		t := &out[i]
		t.All, t.Late, t.Today, t.Soon, t.Still = t.All+r.All, t.Late+r.Late, t.Today+r.Today, t.Soon+r.Soon, t.Still+r.Still
	}
	slices.SortFunc(out, func(a, b Tally) int {
		for _, d := range []int64{b.Late - a.Late, b.Today - a.Today, b.Soon - a.Soon, b.All - a.All} {
			if d != 0 {
				return int(d)
			}
		}
		return 0
	})
	return out
}

func (s *Service) unitNames(tx *store.Tx) (map[access.UnitID]string, error) {
	us, err := s.Units.Units(tx)
	out := map[access.UnitID]string{}
	for _, u := range us {
		out[u.ID] = u.Name
	}
	return out, err
}

// Export calls yield for every term that the filter chooses, the first to end first; the export is entered in the ledger
// before the first row is given out. Needs deadline.supervise.
func (s *Service) Export(ctx context.Context, by access.Session, f Filter, yield func(Row) error) error {
	scope, err := supervise(by)
	if err != nil {
		return err
	}
	f.Last = false
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		q, err := s.where(tx, scope, tx.DB().NewSelect().Model((*Row)(nil)), f)
		if err != nil {
			return err
		}
		n, err := q.Count(tx.Ctx)
		if err != nil {
			return err
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindExported, Subject: "deadlines", Data: map[string]any{"filter": f, "rows": n}})
		return err
	})
	if err != nil {
		return err
	}
	return store.Each(store.Walk(ctx, s.DB, func(tx *store.Tx, after store.Cursor) (rows []Row, end store.Cursor, more bool, err error) {
		q, err := s.where(tx, scope, tx.DB().NewSelect().Model(&rows), f)
		if err != nil {
			return nil, end, false, err
		}
		end, more, err = store.Piece(tx, &rows, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
			return store.Keyset(q, "dl.due", "dl.id", false, false, cur, ok)
		}, func(r Row) store.Cursor { return store.Cursor{Sort: r.Due.String(), ID: r.ID} })
		return rows, end, more, err
	}), yield)
}

// holders are the names of the persons who hold the rows' matters.
func (s *Service) holders(tx *store.Tx, rows []*Row) (map[int64]string, error) {
	known := map[int64]bool{}
	for _, r := range rows {
		known[r.Holder], known[r.Second] = true, true
	}
	return s.peopleNames(tx, slices.Sorted(maps.Keys(known))...)
}
