package register

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/search"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Filter chooses records of a register. Fields are conditions on indexed fields: key → value (of a person, unit or link its
// number).
type Filter struct {
	Words       string
	State       definition.State
	From, Until law.Date
	Unit        access.UnitID
	// Batch lists what came in one file.
	Batch draft.BatchID
	// Due lists what is to be rectified by its day, the earliest first; Late only what is overdue.
	Due, Late bool
	Oldest    bool
	Fields    map[string]string
}

func (f Filter) key(code string, d *definition.Definition) string {
	parts := []string{"register", code, f.Words, string(f.State), f.From.String(), f.Until.String(), f.Unit.String(), f.Batch.String(), fmt.Sprint(f.Due, f.Late, f.Oldest)}
	for _, x := range d.Fields {
		if v := f.Fields[x.Key]; v != "" {
			parts = append(parts, x.Key+"="+v)
		}
	}
	return strings.Join(parts, "|")
}

// listed is how a list is read: the query, by what it is ordered, and which way.
type listed struct {
	q        *bun.SelectQuery
	sort, id string
	desc     bool
	byID     bool
	place    func(Record) store.Cursor
}

// list chooses the way to the records: the words if there are any, else the narrowest row of register_found, so that a page
// costs the same however many records there are.
func (s *Service) list(tx *store.Tx, scope access.Scope, d *definition.Definition, f Filter, near search.Stretch) listed {
	if f.Batch != 0 {
		q := tx.DB().NewSelect().TableExpr("register_record AS rr").ColumnExpr("rr.*").Where("rr.batch_id = ?", f.Batch).Where("EXISTS (SELECT 1 FROM register_import AS ri WHERE ri.batch_id = rr.batch_id AND ri.state <> 'staged')")
		q = scope.Beside(tx, q, "rr").Where("rr.code = ?", d.Code)
		return listed{q: q, id: "rr.id", byID: true, place: func(r Record) store.Cursor { return store.Cursor{ID: int64(r.ID)} }}
	}
	if f.Words != "" {
		q, id := search.Newest(tx, searchKind, "register_record", "rr", f.Words, near)
		q = f.rest(scope.Where(q.ColumnExpr("rr.*"), "rr").Where("rr.code = ?", d.Code), tx, d, "")
		return listed{q: q, id: id, desc: !f.Oldest, byID: true, place: func(r Record) store.Cursor { return store.Cursor{ID: int64(r.ID)} }}
	}
	unit := scope.Unit()
	if f.Unit != 0 {
		unit = f.Unit
	}
	day := func(r Record) store.Cursor { return store.Cursor{Sort: r.Happened.String(), ID: int64(r.ID)} }
	if scope.Several() && f.Unit == 0 {
		q := f.rest(scope.Beside(tx, tx.DB().NewSelect().TableExpr("register_record AS rr").ColumnExpr("rr.*"), "rr").Where("rr.code = ?", d.Code), tx, d, "")
		return listed{q: q, sort: "rr.happened", id: "rr.id", desc: !f.Oldest, place: day}
	}
	way, value := f.way(d)
	q := tx.DB().NewSelect().TableExpr("register_found AS rv").Join("CROSS JOIN register_record AS rr").Where("rr.id = rv.record_id").ColumnExpr("rr.*").
		Where("rv.unit_id = ?", unit).Where("rv.code = ?", d.Code).Where("rv.field = ?", way).Where("rv.value = ?", value)
	q = f.rest(scope.Beside(tx, q, "rr"), tx, d, way)
	if way == findDue {
		if f.Late {
			q = q.Where("rv.sort_on < ?", tx.Today())
		}
		return listed{q: q, sort: "rv.sort_on", id: "rv.record_id", place: func(r Record) store.Cursor { return store.Cursor{Sort: r.Due.String(), ID: int64(r.ID)} }}
	}
	return listed{q: q, sort: "rv.sort_on", id: "rv.record_id", desc: !f.Oldest, place: day}
}

// way is the row by which the list is read.
func (f Filter) way(d *definition.Definition) (field, value string) {
	if f.Due || f.Late {
		return findDue, ""
	}
	for _, x := range d.Fields {
		if v := f.Fields[x.Key]; v != "" && x.Indexed() && f.State != definition.Void {
			return x.Key, v
		}
	}
	if f.State != "" {
		return findState, string(f.State)
	}
	return findAll, ""
}

// rest adds the conditions that the way does not have.
func (f Filter) rest(q *bun.SelectQuery, tx *store.Tx, d *definition.Definition, way string) *bun.SelectQuery {
	const day = "rr.happened"
	q = q.Where(seen)
	if !f.From.IsZero() {
		q = q.Where("? >= ?", bun.Safe(day), f.From)
	}
	if !f.Until.IsZero() {
		q = q.Where("? <= ?", bun.Safe(day), f.Until)
	}
	switch {
	case f.State != "" && way != findState:
		q = q.Where("rr.state = ?", f.State)
	case f.State == "":
		q = q.Where("rr.state <> ?", definition.Void)
	}
	if f.Unit != 0 {
		q = q.Where("(rr.u1 = ? OR rr.u2 = ? OR rr.u3 = ? OR rr.u4 = ? OR rr.u5 = ?)", f.Unit, f.Unit, f.Unit, f.Unit, f.Unit)
	}
	if (f.Due || f.Late) && way != findDue {
		q = q.Where("rr.due_on <> ''").Where("rr.state IN (?)", bun.List([]definition.State{definition.Fixing, definition.Pending, definition.Returned}))
		if f.Late {
			q = q.Where("rr.due_on < ?", tx.Today())
		}
	}
	for _, x := range d.Fields {
		if v := f.Fields[x.Key]; v != "" && x.Key != way && x.Indexed() {
			q = q.Where("EXISTS (SELECT 1 FROM register_found AS rx WHERE rx.unit_id = rr.u1 AND rx.code = rr.code AND rx.field = ? AND rx.value = ? AND rx.sort_on = rr.happened AND rx.record_id = rr.id)", x.Key, v)
		}
	}
	return q
}

func (l listed) page(cur store.Cursor, ok bool) *bun.SelectQuery {
	if l.byID {
		return store.KeysetByID(l.q, l.id, l.desc, cur, ok)
	}
	return store.Keyset(l.q, l.sort, l.id, l.desc, false, cur, ok)
}

// Listing is a page of a register.
type Listing struct {
	Register
	Records    []Record
	Units      map[access.UnitID]string
	Prev, Next string
}

// List is a page of a register's records that the session may see, the newest first.
func (s *Service) List(ctx context.Context, by access.Session, code string, f Filter, after string) (out Listing, err error) {
	scope, err := by.Require(access.RegisterRead)
	if err != nil {
		return out, err
	}
	var cur store.Cursor
	var ok bool
	var place func(Record) store.Cursor
	key := ""
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		b, d, err := s.current(tx, by, code)
		if err != nil {
			return err
		}
		out, key = Listing{Register: Register{b, d}}, f.key(code, d)
		if cur, ok, err = store.DecodeCursor(after, key); err != nil {
			return err
		}
		stretches := []search.Stretch{{}}
		if f.Words != "" {
			stretches = search.Stretches(tx, cur.ID, f.Oldest == (ok && cur.Back))
		}
		for _, near := range stretches {
			out.Records = nil
			l := s.list(tx, scope, d, f, near)
			place = l.place
			if err := l.page(cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx, &out.Records); err != nil {
				return err
			}
			if int64(len(out.Records)) == store.PageLimit(ctx) {
				break
			}
		}
		if f.Batch != 0 {
			m, err := importOf(tx, f.Batch)
			if err != nil {
				return err
			}
			for i := range out.Records {
				if m.State == importUndone {
					out.Records[i].State, out.Records[i].Reason = definition.Void, m.Reason
				}
			}
		}
		out.Units, err = s.unitNames(tx)
		return err
	})
	if err != nil {
		return out, err
	}
	out.Records, out.Prev, out.Next = store.PageOf(ctx, out.Records, cur, ok, key, place)
	return out, nil
}

func (s *Service) unitNames(tx *store.Tx) (map[access.UnitID]string, error) {
	all, err := s.Units.Units(tx)
	out := map[access.UnitID]string{}
	for _, u := range all {
		out[u.ID] = u.Name
	}
	return out, err
}

// Export walks all records that the filter chooses and enters that it did.
func (s *Service) Export(ctx context.Context, by access.Session, code string, f Filter) (Register, map[access.UnitID]string, iter.Seq2[Record, error], error) {
	scope, err := by.Require(access.RegisterRead)
	if err != nil {
		return Register{}, nil, nil, err
	}
	var reg Register
	var units map[access.UnitID]string
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		b, d, err := s.current(tx, by, code)
		if err != nil {
			return err
		}
		reg = Register{b, d}
		if units, err = s.unitNames(tx); err != nil {
			return err
		}
		_, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindExported, Subject: b.Subject(), Unit: int64(by.Unit().ID), Data: map[string]any{"register": d.Name, "filter": f.key(code, d)}})
		return err
	})
	if err != nil {
		return reg, nil, nil, err
	}
	rows := store.Walk(ctx, s.DB, func(tx *store.Tx, after store.Cursor) (rows []Record, end store.Cursor, more bool, err error) {
		var place func(Record) store.Cursor
		end, more, err = store.Piece(tx, &rows, after, func(after store.Cursor, ok bool) *bun.SelectQuery {
			l := s.list(tx, scope, reg.Definition, f, search.Stretch{})
			place = l.place
			return l.page(after, ok)
		}, func(r Record) store.Cursor { return place(r) })
		return rows, end, more, err
	})
	return reg, units, rows, nil
}

// Waiting are how many records wait for a second person, and how many are overdue, in the session's units; each at most
// store.CountLimit+1.
func (s *Service) Waiting(ctx context.Context, by access.Session, code string) (pending, late int, err error) {
	scope := by.ScopeFor(access.RegisterRead)
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		count := func(field, value string, before string) (int, error) {
			q := tx.DB().NewSelect().TableExpr("register_found AS rv").Join("CROSS JOIN register_record AS rr").Where("rr.id = rv.record_id").Where(seen).Where("rv.unit_id = ?", scope.Unit()).Where("rv.code = ?", code).Where("rv.field = ?", field).Where("rv.value = ?", value)
			if before != "" {
				q = q.Where("rv.sort_on < ?", before)
			}
			return store.CountUpTo(tx, q)
		}
		if pending, err = count(findState, string(definition.Pending), ""); err != nil {
			return err
		}
		late, err = count(findDue, "", tx.Today().String())
		return err
	})
	return pending, late, err
}

// conditions are the fields by which a list can be narrowed.
func conditions(d *definition.Definition) []definition.Field {
	return slices.DeleteFunc(slices.Clone(d.Fields), func(f definition.Field) bool { return !f.Indexed() || len(f.Options) == 0 })
}
