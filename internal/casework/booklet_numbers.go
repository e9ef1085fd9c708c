package casework

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// NumberFilter chooses numbers of booklets. Zero values choose everything.
type NumberFilter struct {
	Words   string // the printed number, or part of it
	State   NumberState
	Ruling  Ruling
	Unit    access.UnitID
	Booklet BookletID
	Late    bool // entered late
	// Unconfirmed: entered and not yet confirmed by the other officer.
	Unconfirmed bool
	// From and Until bound the day on which the paper was written.
	From, Until law.Date
}

func (f NumberFilter) key() string { return fmt.Sprintf("%+v", f) }

// NumberRow is a number in a list.
type NumberRow struct {
	BookletNumber
	UnitName, HolderName, EnteredName string
	PartyName                         string
}

// NumberPage is one page of numbers, the newest first.
type NumberPage struct {
	Rows       []NumberRow
	Total      int
	Prev, Next string
}

func (f NumberFilter) query(tx *store.Tx, scope access.Scope) *bun.SelectQuery {
	q := scope.Where(tx.DB().NewSelect().TableExpr("booklet_number AS bn"), "bn")
	if w := strings.TrimSpace(f.Words); w != "" {
		if n, err := strconv.ParseInt(w, 10, 64); err == nil {
			q = q.Where("bn.number = ?", n)
		} else {
			q = q.Where("(bn.doc_no IN (?) OR bn.prefix = ?)", bun.List(DocNoForms(w)), w)
		}
	}
	if f.State != "" {
		q = q.Where("bn.state = ?", f.State)
	}
	if f.Ruling != "" {
		q = q.Where("bn.ruling = ?", f.Ruling)
	}
	if f.Unit != 0 {
		q = q.Where("? IN (bn.u1, bn.u2, bn.u3, bn.u4, bn.u5)", f.Unit)
	}
	if f.Booklet != 0 {
		q = q.Where("bn.booklet_id = ?", f.Booklet)
	}
	if f.Late {
		q = q.Where("bn.entered_at - bn.used_at > ?", entryTerm.Microseconds()).Where("bn.state = ?", NumberEntered)
	}
	if f.Unconfirmed {
		q = q.Where("bn.state = ?", NumberEntered).Where("bn.confirmed_at = 0")
	}
	if !f.From.IsZero() {
		q = q.Where("bn.used_at >= ?", store.Micros(f.From.Start()))
	}
	if !f.Until.IsZero() {
		q = q.Where("bn.used_at > 0").Where("bn.used_at < ?", store.Micros(f.Until.AddDays(1).Start()))
	}
	return q
}

// BookletNumbers returns a page of the register of numbers, in the scope of case.read.
func (s *Service) BookletNumbers(ctx context.Context, by access.Session, f NumberFilter, after string) (NumberPage, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return NumberPage{}, err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return NumberPage{}, err
	}
	var page NumberPage
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if page.Total, err = store.CountUpTo(tx, f.query(tx, scope)); err != nil {
			return err
		}
		var rows []BookletNumber
		q := store.Keyset(f.query(tx, scope).ColumnExpr("bn.*"), "bn.id", "bn.id", true, true, cur, ok).Limit(store.PageLimit(ctx))
		if err := q.Scan(tx.Ctx, &rows); err != nil {
			return err
		}
		rows, page.Prev, page.Next = store.PageOf(ctx, rows, cur, ok, f.key(), func(n BookletNumber) store.Cursor { return byID(n.ID) })
		page.Rows, err = s.numberRows(tx, by, rows)
		return err
	})
	return page, err
}

func (s *Service) numberRows(tx *store.Tx, by access.Session, ns []BookletNumber) ([]NumberRow, error) {
	units, err := s.unitNames(tx)
	if err != nil {
		return nil, err
	}
	var people []int64
	cases := []CaseID{0}
	for _, n := range ns {
		people = append(people, n.Holder, n.EnteredBy)
		cases = append(cases, n.Case)
	}
	names, err := namesOf(tx, people)
	if err != nil {
		return nil, err
	}
	var of []Case
	if err := tx.DB().NewSelect().Model(&of).Column("id", "party_kind", "party_name").Where("id IN (?)", bun.List(cases)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	parties := map[CaseID]string{}
	for _, c := range of {
		parties[c.ID] = c.shownTo(by).PartyName
	}
	out := make([]NumberRow, len(ns))
	for i, n := range ns {
		out[i] = NumberRow{BookletNumber: n, UnitName: units[n.UnitID], HolderName: names[n.Holder], EnteredName: names[n.EnteredBy], PartyName: parties[n.Case]}
	}
	return out, nil
}

// ExportNumbers calls yield for every number that the filter chooses, oldest first. The export is in the
// ledger before the first row is given out.
func (s *Service) ExportNumbers(ctx context.Context, by access.Session, f NumberFilter, yield func(NumberRow) error) error {
	scope, err := by.Require(access.CaseExport)
	if err != nil {
		return err
	}
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.booklet_exported", Subject: "booklets", Unit: int64(by.Unit().ID), Data: f})
		return err
	})
	if err != nil {
		return err
	}
	rows := store.Walk(ctx, s.DB, func(tx *store.Tx, after store.Cursor) (out []NumberRow, end store.Cursor, more bool, err error) {
		var rows []BookletNumber
		end, more, err = store.Piece(tx, &rows, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
			return store.KeysetByID(f.query(tx, scope).ColumnExpr("bn.*"), "bn.id", false, cur, ok)
		}, func(n BookletNumber) store.Cursor { return store.Cursor{ID: n.ID} })
		if err == nil {
			out, err = s.numberRows(tx, by, rows)
		}
		return out, end, more, err
	})
	return store.Each(rows, yield)
}
