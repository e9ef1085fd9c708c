package org

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Holding chooses people by their certificates on a day.
type Holding string

// The choices. Lacking are officers in the bureau without a valid certificate; Soon… hold a valid one,
// and none that is valid for longer than so many days.
const (
	HoldingValid     Holding = "valid"
	HoldingLacking   Holding = "lacking"
	HoldingSoon90    Holding = "soon90"
	HoldingSoon30    Holding = "soon30"
	HoldingSoon7     Holding = "soon7"
	HoldingSuspended Holding = "suspended"
)

// within is how many days ahead a Soon… choice looks; 0 for the others.
func (h Holding) within() int {
	return map[Holding]int{HoldingSoon90: 90, HoldingSoon30: 30, HoldingSoon7: 7}[h]
}

// PersonFilter narrows the list of people. The zero filter shows everybody who is here.
type PersonFilter struct {
	Unit    access.UnitID
	Kind    PersonKind
	Holding Holding
	Words   string
	// Left shows those who left instead of those who are here.
	Left bool
}

func (f PersonFilter) key() string {
	return fmt.Sprintf("%s|%s|%s|%s|%v", f.Unit, f.Kind, f.Holding, f.Words, f.Left)
}

// narrow adds the filter's conditions to a query over org_person AS p.
func (f PersonFilter) narrow(q *bun.SelectQuery, today law.Date) *bun.SelectQuery {
	if f.Left {
		q = q.Where("p.left_on <> '' AND p.left_on < ?", today)
	} else {
		q = q.Where("(p.left_on = '' OR p.left_on >= ?)", today)
	}
	if f.Unit != 0 {
		q = q.Where("(p.u1 = ? OR p.u2 = ? OR p.u3 = ? OR p.u4 = ? OR p.u5 = ?)", f.Unit, f.Unit, f.Unit, f.Unit, f.Unit)
	}
	if f.Kind != "" {
		q = q.Where("p.kind = ?", f.Kind)
	}
	for _, w := range strings.Fields(f.Words) {
		number := like(strings.ToUpper(w))
		q = q.Where(`(p.name LIKE ? ESCAPE '\' OR p.staff_number LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM org_certificate ce WHERE ce.person_id = p.id AND ce.number LIKE ? ESCAPE '\'))`, like(w), number, number)
	}
	return f.Holding.narrow(q, today)
}

func (h Holding) narrow(q *bun.SelectQuery, today law.Date) *bun.SelectQuery {
	cond, args := holderOn(today)
	switch h {
	case HoldingValid:
		return q.Where(cond, args...)
	case HoldingLacking:
		return q.Where("p.kind = ?", OfficerStaff).Where("NOT "+cond, args...)
	case HoldingSoon90, HoldingSoon30, HoldingSoon7:
		valid, args := validOn(today)
		longer := append([]any{today.AddDays(h.within())}, args...)
		return q.Where(cond, args...).Where("NOT EXISTS (SELECT 1 FROM org_certificate ce WHERE ce.person_id = p.id AND ce.valid_to > ? AND "+valid+")", longer...)
	case HoldingSuspended:
		return q.Where(`EXISTS (SELECT 1 FROM org_certificate ce JOIN org_suspension su ON su.certificate_id = ce.id
			WHERE ce.person_id = p.id AND ce.revoked_on = '' AND su.annulled = 0 AND su.from_on <= ? AND (su.until_on = '' OR su.until_on >= ?))`, today, today)
	}
	return q
}

// PersonPage is a part of the list of people, with their standing today.
type PersonPage struct {
	People   []Person
	Statuses map[PersonID]OfficerStatus
	// Cards are those that the statuses speak of.
	Cards    map[PersonID]Card
	Practice Practice
	Units    map[access.UnitID]string
	// Total stops at store.CountLimit+1.
	Total      int
	Prev, Next string
}

// People returns a page of the list, by staff number.
func People(tx *store.Tx, scope access.Scope, f PersonFilter, after string) (PersonPage, error) {
	cursor, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return PersonPage{}, err
	}
	var out PersonPage
	base := func(q *bun.SelectQuery) *bun.SelectQuery {
		return f.narrow(scope.Where(q, "p"), tx.Today())
	}
	if out.Total, err = store.CountUpTo(tx, base(tx.DB().NewSelect().TableExpr("org_person AS p"))); err != nil {
		return out, fmt.Errorf("org: count people: %w", err)
	}
	q := store.Keyset(base(tx.DB().NewSelect().Model(&out.People)), "p.staff_number", "p.id", false, false, cursor, ok).Limit(store.PageLimit(tx.Ctx))
	if err := q.Scan(tx.Ctx); err != nil {
		return out, fmt.Errorf("org: people: %w", err)
	}
	out.People, out.Prev, out.Next = store.PageOf(tx.Ctx, out.People, cursor, ok, f.key(), func(p Person) store.Cursor {
		return store.Cursor{Sort: p.StaffNumber, ID: int64(p.ID)}
	})
	return out, out.complete(tx)
}

// complete adds what the page shows about each person today.
func (p *PersonPage) complete(tx *store.Tx) error {
	ids := make([]PersonID, len(p.People))
	units := make([]access.UnitID, len(p.People))
	for i, x := range p.People {
		ids[i], units[i] = x.ID, x.UnitID
	}
	p.Statuses, p.Cards = map[PersonID]OfficerStatus{}, map[PersonID]Card{}
	practice, err := PracticeOf(tx)
	if err != nil {
		return err
	}
	p.Practice = practice
	found, err := dossiers(tx, ids)
	if err != nil {
		return err
	}
	for id, d := range found {
		p.Statuses[id] = d.status(tx.Today(), "", practice)
		if c, ok := d.bestCard(tx.Today(), "", practice); ok {
			p.Cards[id] = c
		}
	}
	slices.Sort(units)
	p.Units, err = unitNames(tx, slices.Compact(units))
	return err
}

// Ending counts the certificates that end within 7, 30 and 90 days and were not renewed.
type Ending struct{ Within7, Within30, Within90 int }

// EndingSoon counts people of the scope whose valid certificate ends soon.
func EndingSoon(tx *store.Tx, scope access.Scope) (Ending, error) {
	var e Ending
	for h, n := range map[Holding]*int{HoldingSoon7: &e.Within7, HoldingSoon30: &e.Within30, HoldingSoon90: &e.Within90} {
		q := PersonFilter{Holding: h}.narrow(scope.Where(tx.DB().NewSelect().TableExpr("org_person AS p"), "p"), tx.Today())
		count, err := q.Count(tx.Ctx)
		if err != nil {
			return e, fmt.Errorf("org: certificates that end soon: %w", err)
		}
		*n = int(count)
	}
	return e, nil
}

// exportable selects the people of the filter for an export.
func (f PersonFilter) exportable(tx *store.Tx, scope access.Scope) *bun.SelectQuery {
	return f.narrow(scope.Where(tx.DB().NewSelect().TableExpr("org_person AS p"), "p"), tx.Today())
}

// somePeople returns the next people of an export with their cards.
func somePeople(tx *store.Tx, scope access.Scope, f PersonFilter, after store.Cursor) (out []dossier, end store.Cursor, more bool, err error) {
	type standing struct {
		ID    PersonID `bun:"id"`
		Staff string   `bun:"staff_number"`
	}
	var places []standing
	end, more, err = store.Piece(tx, &places, after, func(cur store.Cursor, ok bool) *bun.SelectQuery {
		return store.Keyset(f.exportable(tx, scope).ColumnExpr("p.id, p.staff_number"), "p.staff_number", "p.id", false, false, cur, ok)
	}, func(p standing) store.Cursor { return store.Cursor{Sort: p.Staff, ID: int64(p.ID)} })
	if err != nil {
		return nil, end, false, fmt.Errorf("org: people to export: %w", err)
	}
	ids := make([]PersonID, len(places))
	for i, p := range places {
		ids[i] = p.ID
	}
	found, err := dossiers(tx, ids)
	for _, id := range ids {
		out = append(out, found[id])
	}
	return out, end, more, err
}

// dossierOf returns all about one person of the scope, cards latest first.
func dossierOf(tx *store.Tx, scope access.Scope, id PersonID) (dossier, error) {
	p, err := personByID(tx, id)
	if err != nil {
		return dossier{}, err
	}
	if err := scope.Check(p.Levels, "这个人"); err != nil {
		return dossier{}, err
	}
	found, err := dossiers(tx, []PersonID{id})
	if err != nil {
		return dossier{}, err
	}
	d := found[id]
	slices.SortFunc(d.Cards, func(a, b Card) int {
		return cmp.Or(cmp.Compare(b.ValidTo.String(), a.ValidTo.String()), cmp.Compare(b.ID, a.ID))
	})
	return d, nil
}

// EndingBadge counts for the menu the people of the actor's scope whose certificate ends within 30 days;
// late says that one ends within 7. A failure shows no badge: the list itself will tell.
func (s *Service) EndingBadge(ctx context.Context, by access.Session) (n int, late bool) {
	if !by.Can(access.CertificateManage) {
		return 0, false
	}
	var e Ending
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		e, err = EndingSoon(tx, by.ScopeFor(access.CertificateManage))
		return err
	})
	if err != nil {
		return 0, false
	}
	return e.Within30, e.Within7 > 0
}

// CertifiedNamed reports whether an officer of the name is here on a day with a certificate that is valid then.
func CertifiedNamed(tx *store.Tx, name string, day law.Date) (bool, error) {
	cond, args := holderOn(day)
	n, err := posted(tx, day).Where("po.kind = ?", OfficerStaff).Where("p.name = ?", name).Where(cond, args...).Count(tx.Ctx)
	return n > 0, err
}

// CertifiedOn counts the officers who are here on a day with a certificate that is valid then.
func CertifiedOn(tx *store.Tx, day law.Date) (int64, error) {
	cond, args := holderOn(day)
	return posted(tx, day).Where("po.kind = ?", OfficerStaff).Where(cond, args...).Count(tx.Ctx)
}

// PeopleCalled are at most two people of the scope who are here today with the name or the staff number.
func PeopleCalled(tx *store.Tx, scope access.Scope, words string) ([]Person, error) {
	var out []Person
	q := PersonFilter{}.narrow(scope.Where(tx.DB().NewSelect().Model(&out), "p"), tx.Today())
	err := q.Where("(p.name = ? OR p.staff_number = ?)", words, strings.ToUpper(words)).Order("p.staff_number").Limit(2).Scan(tx.Ctx)
	return out, err
}
