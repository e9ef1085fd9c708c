package deadline

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// rowsOf are the rows of a matter.
func rowsOf(tx *store.Tx, kind string, ref int64) ([]Row, error) {
	var out []Row
	err := tx.DB().NewSelect().Model(&out).Where("kind = ?", kind).Where("ref = ?", ref).Order("id").Scan(tx.Ctx)
	return out, err
}

func insert(tx *store.Tx, r *Row) error {
	r.Version = 1
	_, err := tx.DB().NewInsert().Model(r).Exec(tx.Ctx)
	return err
}

// begin writes the row of a term that begins, or goes on although it had ended.
func begin(tx *store.Tx, r *Row) error {
	if r.Whose == timing.Ours {
		if _, err := tx.Exec(`DELETE FROM deadline_done WHERE kind = ? AND ref = ? AND term = ? AND of_id = ? AND start_on = ?`, r.Kind, r.Ref, r.Term, r.Of, r.Start); err != nil {
			return err
		}
	}
	return insert(tx, r)
}

// finish notes that a term of the bureau was ended by what it asked for.
func finish(tx *store.Tx, r Row, due, ended law.Date, late bool) error {
	_, err := tx.Exec(`INSERT INTO deadline_done (id, kind, ref, title, unit_id, u1, u2, u3, u4, u5, holder, term, of_id, start_on, due, ended_on, late)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		store.NewID(), r.Kind, r.Ref, r.Title, r.UnitID, r.U1, r.U2, r.U3, r.U4, r.U5, r.Holder, r.Term, r.Of, r.Start, due, ended, store.Flag(late))
	return err
}

// update writes a row as it is to be; rows are made from events, so that the last writer is right.
func update(tx *store.Tx, r *Row) error {
	r.Version++
	_, err := tx.DB().NewUpdate().Model(r).WherePK().Exec(tx.Ctx)
	return err
}

func remove(tx *store.Tx, id int64) error {
	if _, err := tx.Exec(`DELETE FROM deadline_step WHERE deadline_id = ?`, id); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM deadline WHERE id = ?`, id)
	return err
}

// updateAll writes what the scan did about rows, those alike together.
func updateAll(tx *store.Tx, rows []*Row) error {
	type done struct {
		state          timing.State
		warned, missed store.Flag
		escalated      int
		next           int64
	}
	alike := map[done][]int64{}
	for _, r := range rows {
		d := done{r.State, r.Warned, r.Missed, r.Escalated, r.NextAt}
		alike[d] = append(alike[d], r.ID)
	}
	for _, d := range slices.SortedFunc(maps.Keys(alike), func(a, b done) int { return cmp.Compare(alike[a][0], alike[b][0]) }) {
		_, err := tx.Exec(`UPDATE deadline SET state = ?, warned = ?, missed = ?, escalated = ?, next_at = ?, version = version + 1 WHERE id IN (?)`,
			d.state, d.warned, d.missed, d.escalated, d.next, bun.List(alike[d]))
		if err != nil {
			return err
		}
	}
	return nil
}

// Of returns the open terms of a matter, the nearest first; those that stand still last.
func Of(tx *store.Tx, kind string, ref int64) ([]Row, error) {
	var out []Row
	err := tx.DB().NewSelect().Model(&out).Where("kind = ?", kind).Where("ref = ?", ref).OrderExpr("CASE WHEN due = '' THEN 1 ELSE 0 END, due, id").Scan(tx.Ctx)
	return out, err
}

// OfMany returns the running terms of several matters of a kind that somebody has to keep, the nearest first.
func OfMany(tx *store.Tx, kind string, refs []int64) ([]Row, error) {
	var out []Row
	if len(refs) == 0 {
		return nil, nil
	}
	err := tx.DB().NewSelect().Model(&out).Where("kind = ?", kind).Where("ref IN (?)", bun.List(refs)).Where("state = 'running'").Where("whose IN ('', 'owed')").Order("due", "id").Scan(tx.Ctx)
	return out, err
}

// Running returns the running terms of some names in the scope, the nearest first, at most limit.
func Running(tx *store.Tx, scope access.Scope, kind string, limit int, terms ...string) ([]Row, error) {
	var out []Row
	q := tx.DB().NewSelect().Model(&out).Where("term IN (?)", bun.List(terms)).Where("state = 'running'").Where("due <> ''")
	err := scope.Beside(tx, q, "dl").Order("due", "id").Limit(int64(limit)).Scan(tx.Ctx)
	return slices.DeleteFunc(out, func(r Row) bool { return r.Kind != kind }), err
}

// Nearest returns for each matter of a kind the term that ends first, in one query for a page of a list.
func Nearest(tx *store.Tx, kind string, refs []int64) (map[int64]Row, error) {
	out := map[int64]Row{}
	if len(refs) == 0 {
		return out, nil
	}
	var rows []Row
	err := tx.DB().NewSelect().Model(&rows).Where("kind = ?", kind).Where("ref IN (?)", bun.List(refs)).Where("nearest = 1").Scan(tx.Ctx)
	for _, r := range rows {
		out[r.Ref] = r
	}
	return out, err
}

// mineLimit bounds how many of a person's terms a to-do list shows.
const mineLimit = 200

// Mine returns what a person has to see to in matters of a kind, the nearest first: the bureau's and owed terms, and what
// ran out so that the next step may be done. More says that there is more than was looked at.
func Mine(tx *store.Tx, kind string, person int64) (out []Row, more bool, err error) {
	if person == 0 {
		return nil, false, nil
	}
	for _, column := range []string{"holder", "holder2"} {
		var rows []Row
		q := tx.DB().NewSelect().Model(&rows).Where("? = ?", bun.Ident(column), person).Where("(state = 'running' AND whose IN ('', 'owed') OR state = ?)", timing.RanOut)
		if column == "holder2" {
			q = q.Where("holder2 <> 0") // as its index says
		}
		if err := q.Order("due", "id").Limit(mineLimit + 1).Scan(tx.Ctx); err != nil {
			return nil, false, err
		}
		if len(rows) > mineLimit {
			more, rows = true, rows[:mineLimit]
		}
		out = append(out, rows...)
	}
	out = slices.DeleteFunc(out, func(r Row) bool { return r.Kind != kind })
	slices.SortStableFunc(out, func(a, b Row) int { return b.Due.DaysUntil(a.Due) })
	return out, more, nil
}

// Miss is a term of the bureau that ran out, with why once it was said.
type Miss struct {
	bun.BaseModel `bun:"table:deadline_miss,alias:dm"`

	ID int64 `bun:"id,pk"`
	Matter
	Term    string   `bun:"term"`
	Of      string   `bun:"of_id"`
	Start   law.Date `bun:"start_on"`
	Due     law.Date `bun:"due"`
	Cite    string   `bun:"cite"`
	Cause   string   `bun:"cause"`
	SaidBy  string   `bun:"said_by"`
	SaidOn  law.Date `bun:"said_on"`
	Version int64    `bun:"version"`
	Entry   int64    `bun:"entry_id"`
}

// Explain is where its cause is said.
func (m Miss) Explain() string { return PathMisses + "?explain=" + RowText(RowID(m.ID)) + "#ask" }

// Moved is a term that a newly loaded calendar moved.
type Moved struct {
	bun.BaseModel `bun:"table:deadline_move,alias:mv"`

	ID int64 `bun:"id,pk"`
	Kind, Title, Href,
	Term string
	Ref int64  `bun:"ref"`
	Of  string `bun:"of_id"`
	access.Levels
	Was     law.Date `bun:"was"`
	Due     law.Date `bun:"due"`
	MovedOn law.Date `bun:"moved_on"`
	Entry   int64    `bun:"entry_id"`
}

// missesOf is a page of missed terms in the scope, newest first.
func missesOf(tx *store.Tx, scope access.Scope, cur store.Cursor, ok bool) (rows []Miss, prev, next string, err error) {
	q := scope.Where(tx.DB().NewSelect().Model(&rows), "dm")
	err = store.KeysetByID(q, "dm.id", true, cur, ok).Limit(store.PageLimit(tx.Ctx)).Scan(tx.Ctx)
	if err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(tx.Ctx, rows, cur, ok, "misses", func(m Miss) store.Cursor { return store.Cursor{ID: m.ID} })
	return rows, prev, next, nil
}

func missByID(tx *store.Tx, id int64) (Miss, error) {
	var m Miss
	err := tx.DB().NewSelect().Model(&m).Where("id = ?", id).Scan(tx.Ctx)
	return m, store.One(err, "这条超期记录")
}

// movesOf are the last terms that a calendar moved, newest first.
func movesOf(tx *store.Tx, scope access.Scope, limit int) ([]Moved, error) {
	var out []Moved
	err := scope.Where(tx.DB().NewSelect().Model(&out), "mv").Order("mv.id DESC").Limit(int64(limit)).Scan(tx.Ctx)
	return out, err
}

// NamesOfReminders are the numbers of orders of supervision, for the ledger page.
func NamesOfReminders(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(r Reminder) (int64, string) { return r.ID, r.Number() })
}

// Counts says how many terms run, and how many of the bureau's are late.
func (s *Service) Counts(ctx context.Context) (running, late int64, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		running, err = tx.DB().NewSelect().Model((*Row)(nil)).Where("state = 'running'").Count(tx.Ctx)
		if err == nil {
			late, err = tx.DB().NewSelect().Model((*Row)(nil)).Where("state = 'running' AND whose = '' AND due < ? AND due <> ''", tx.Today()).Count(tx.Ctx)
		}
		return err
	})
	if err != nil {
		err = fmt.Errorf("deadline: %w", err)
	}
	return running, late, err
}
