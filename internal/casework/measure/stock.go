package measure

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"

	"github.com/uptrace/bun"
)

// StockFilter narrows the store-room's list; zero fields do not.
type StockFilter struct {
	// View is "" for what is there, late for what is held beyond its term, confiscated for what a decision took and
	// nobody has disposed of, gone for what has left.
	View string
	// Words are in the thing's name, its label, its shelf or the case's number.
	Words string
}

func (f StockFilter) key() string { return fmt.Sprintf("%+v", f) }

// The views of the store-room.
const (
	ViewLate        = "late"
	ViewConfiscated = "confiscated"
	ViewGone        = "gone"
)

// Stock is a thing in the store-room with its measure and case.
type Stock struct {
	bun.BaseModel `bun:"table:thing,alias:th"`

	ID      int64                 `bun:"id"`
	Case    casework.CaseID       `bun:"case_id"`
	Measure int64                 `bun:"measure_id"`
	Number  int64                 `bun:"number"`
	Name    string                `bun:"name"`
	Amount  string                `bun:"amount"`
	Trait   string                `bun:"trait"`
	State   string                `bun:"state"`
	Code    string                `bun:"code"`
	Shelf   string                `bun:"shelf"`
	HeldOn  law.Date              `bun:"held_on"`
	Kind    string                `bun:"kind"`
	Way     string                `bun:"way"`
	Stage   casework.MeasureState `bun:"stage"`
	Until   law.Date              `bun:"until_day"`
	CaseNo  string                `bun:"case_no"`
	casework.Party
}

// Of names the measure of the thing as a row beside the line.
func (t Stock) Of() string { return (&Measure{Kind: t.Kind, ID: t.Measure}).Of() }

// there reports whether the thing is in the store-room.
func (t Stock) there() bool { return t.State == Held || t.State == Confiscated }

// Word is the measure in a word.
func (t Stock) Word() string { return (&Measure{Kind: t.Kind, Way: t.Way}).word() }

func stockQuery(tx *store.Tx, scope access.Scope, out any) *bun.SelectQuery {
	q := tx.DB().NewSelect().Model(out).Join("JOIN measure AS me ON me.id = th.measure_id").Join("JOIN penalty_case AS pc ON pc.id = th.case_id").
		ColumnExpr("th.id, th.case_id, th.measure_id, th.number, th.name, th.amount, th.trait, th.state, th.code, th.shelf, th.held_on").
		ColumnExpr("me.kind, me.way, me.state AS stage, me.until_day, pc.case_no, pc.party_kind, pc.party_name")
	return scope.Where(q, "th")
}

func (f StockFilter) where(tx *store.Tx, q *bun.SelectQuery) *bun.SelectQuery {
	switch f.View {
	case ViewGone:
		q = q.Where("th.state NOT IN (?, ?, ?)", Held, Listed, Confiscated)
	case ViewConfiscated:
		q = q.Where("th.state IN (?, ?)", Confiscated, Forfeited)
	case ViewLate:
		q = q.Where("th.state = 'held'").Where("me.until_day < ?", tx.Today()).Where("me.until_day <> ''")
	default:
		q = q.Where("th.state IN ('held', 'confiscated')")
	}
	if w := strings.TrimSpace(f.Words); w != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w) + "%"
		q = q.Where(`(th.name LIKE ? ESCAPE '\' OR th.shelf LIKE ? ESCAPE '\' OR pc.case_no LIKE ? ESCAPE '\' OR th.code = ?)`, like, like, like, strings.ToUpper(w))
	}
	return q
}

// Stock returns a page of the store-room, what has been there longest on top. Needs case.custody.
func (s *Service) Stock(ctx context.Context, by access.Session, f StockFilter, after string) (rows []Stock, prev, next string, err error) {
	scope, err := by.Require(access.CaseCustody)
	if err != nil {
		return nil, "", "", err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return nil, "", "", err
	}
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		rows = nil
		q := f.where(tx, stockQuery(tx, scope, &rows))
		return store.Keyset(q, "th.held_on", "th.id", false, false, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	rows, prev, next = store.PageOf(ctx, rows, cur, ok, f.key(), func(t Stock) store.Cursor { return store.Cursor{Sort: t.HeldOn.String(), ID: t.ID} })
	for i := range rows {
		rows[i].hide(by)
	}
	return rows, prev, next, nil
}

// labelsMost bounds the labels of one print.
const labelsMost = 60

// ByLabel returns a thing by the code on its label, with its moves and the names of who moved it.
func (s *Service) ByLabel(ctx context.Context, by access.Session, code string) (out Stock, moves []Move, names map[org.PersonID]string, err error) {
	scope, err := by.Require(access.CaseCustody)
	if err != nil {
		return out, nil, nil, err
	}
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		var rows []Stock
		if err := stockQuery(tx, scope, &rows).Where("th.code = ?", strings.ToUpper(strings.TrimSpace(code))).Limit(1).Scan(tx.Ctx); err != nil {
			return err
		}
		if len(rows) == 0 {
			return missing()
		}
		out = rows[0]
		if moves, err = movesOf(tx, out.ID); err != nil {
			return err
		}
		var who []org.PersonID
		for _, m := range moves {
			who = append(who, org.PersonID(m.Handler), org.PersonID(m.Keeper))
		}
		names, err = org.PeopleNames(tx, who)
		return err
	})
	if err == nil {
		err = s.cases.SawCase(ctx, by, out.Case)
	}
	out.hide(by)
	return out, moves, names, err
}

// Labels are the things whose labels are to be printed: those of a measure, or one.
func (s *Service) Labels(ctx context.Context, by access.Session, of, code string) ([]Stock, error) {
	scope, err := by.Require(access.CaseCustody)
	if err != nil {
		return nil, err
	}
	kind, text, named := strings.Cut(of, "/")
	measure, bad := strconv.ParseInt(text, 10, 64)
	if code == "" && named && bad != nil {
		return nil, missing()
	}
	var rows []Stock
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		rows = nil
		q := stockQuery(tx, scope, &rows).Where("th.state = 'held'")
		if code != "" {
			q = q.Where("th.code = ?", strings.ToUpper(code))
		} else if named {
			q = q.Where("me.kind = ?", kind).Where("th.measure_id = ?", measure)
		}
		return q.Order("th.held_on", "th.id").Limit(labelsMost).Scan(tx.Ctx)
	})
	return rows, err
}

// Export calls yield for the things that the filter chooses, what has been there longest first, with the party as the
// session may see it. It is entered in the ledger before anything is given out. Needs case.custody and case.export.
func (s *Service) Export(ctx context.Context, by access.Session, f StockFilter, yield func(Stock) error) error {
	scope, err := by.Require(access.CaseCustody)
	if err != nil {
		return err
	}
	also, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	err = s.cases.DB.Update(ctx, func(tx *store.Tx) error {
		masked := f
		masked.Words = web.MaskText(f.Words)
		_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.store_exported", Subject: "store", Unit: int64(by.Unit().ID), Data: masked})
		return err
	})
	if err != nil {
		return err
	}
	rows := store.Walk(ctx, s.cases.DB, func(tx *store.Tx, after store.Cursor) (rows []Stock, end store.Cursor, more bool, err error) {
		end, more, err = store.Piece(tx, &rows, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
			return store.Keyset(also.Where(f.where(tx, stockQuery(tx, scope, &rows)), "th"), "th.held_on", "th.id", false, false, cur, ok)
		}, func(t Stock) store.Cursor { return store.Cursor{Sort: t.HeldOn.String(), ID: t.ID} })
		return rows, end, more, err
	})
	return store.Each(rows, func(t Stock) error {
		t.hide(by)
		return yield(t)
	})
}

// hide leaves of the party, and of what was written about the thing, what the session may see.
func (t *Stock) hide(by access.Session) {
	veil := t.Veil(by)
	t.Party, t.Name, t.Trait = t.ShownTo(by), veil(t.Name), veil(t.Trait)
}
