package org

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// OfficerOn answers what a person may do on a day at a place, whatever the asker's scope: the handling
// officers of a case may come from another unit. area is a code or name of an administrative division;
// "" means that the place is not known yet, and is for lists to choose from only.
func OfficerOn(tx *store.Tx, person PersonID, on law.Date, area string) (OfficerStatus, error) {
	all, err := OfficersOn(tx, []PersonID{person}, on, area)
	if err != nil {
		return OfficerStatus{}, err
	}
	return all[0], nil
}

// OfficersOn is OfficerOn for several people, answered in their order.
func OfficersOn(tx *store.Tx, people []PersonID, on law.Date, area string) ([]OfficerStatus, error) {
	if len(people) == 0 {
		return nil, nil
	}
	practice, err := PracticeOf(tx)
	if err != nil {
		return nil, err
	}
	found, err := store.Memo(tx, dossierKey(fmt.Sprint(people)), func() (map[PersonID]dossier, error) { return dossiers(tx, people) })
	if err != nil {
		return nil, err
	}
	out := make([]OfficerStatus, len(people))
	for i, id := range people {
		d, ok := found[id]
		if !ok {
			return nil, fault.Missing("这个人")
		}
		out[i] = d.status(on, area, practice)
	}
	return out, nil
}

// maxPicked bounds a list to choose from; a larger unit is narrowed by the scope or by words.
const maxPicked = 2000

// Officers returns everybody who is posted in the scope on the day as officer, by unit and staff number,
// certified or not, for lists to choose from. Auxiliaries and other staff are left out.
func Officers(tx *store.Tx, scope access.Scope, on law.Date, area string) ([]OfficerStatus, error) {
	var ids []PersonID
	q := tx.DB().NewSelect().TableExpr("org_posting AS po").ColumnExpr("po.person_id").Join("JOIN org_person AS p ON p.id = po.person_id").
		Where("po.annulled = 0").Where("po.kind = ?", OfficerStaff).
		Where("po.from_on <= ?", on).Where("(po.until_on = '' OR po.until_on >= ?)", on).
		OrderExpr("po.u1, po.u2, po.u3, po.u4, po.u5, p.staff_number").Limit(maxPicked)
	if err := scope.Where(q, "po").Scan(tx.Ctx, &ids); err != nil {
		return nil, fmt.Errorf("org: officers on %s: %w", on, err)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return OfficersOn(tx, ids, on, area)
}

// PeopleNames returns the names of people, for lists; somebody unknown is left out.
func PeopleNames(tx *store.Tx, ids []PersonID) (map[PersonID]string, error) {
	out := make(map[PersonID]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var people []Person
	if err := tx.DB().NewSelect().Model(&people).Column("id", "name").Where("p.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return nil, fmt.Errorf("org: names of %d people: %w", len(ids), err)
	}
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, nil
}

// InService are the names of those of the persons who are in the bureau on the day.
func InService(tx *store.Tx, ids []PersonID, on law.Date) (map[PersonID]string, error) {
	out := map[PersonID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	var people []Person
	err := tx.DB().NewSelect().Model(&people).Column("id", "name").Where("p.id IN (?)", bun.List(ids)).Where("(p.left_on = '' OR p.left_on >= ?)", on).Scan(tx.Ctx)
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, err
}

// PersonName returns somebody's name, for papers and lists.
func PersonName(tx *store.Tx, id PersonID) (string, error) {
	p, err := personByID(tx, id)
	return p.Name, err
}

// PersonByCertificate finds who holds the certificate with the number; 0 when nobody does. It lets
// people sign in with the number of their certificate.
func PersonByCertificate(tx *store.Tx, number string) (int64, error) {
	var ids []int64
	err := tx.DB().NewSelect().Model((*Certificate)(nil)).Column("person_id").Where("number = ?", strings.ToUpper(strings.TrimSpace(number))).Where("revoked_on = ''").Scan(tx.Ctx, &ids)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

// PersonByStaffNumber finds who has the staff number.
func PersonByStaffNumber(tx *store.Tx, number string) (PersonID, error) {
	var id PersonID
	err := tx.DB().NewSelect().Model((*Person)(nil)).Column("id").Where("staff_number = ?", number).Scan(tx.Ctx, &id)
	return id, store.One(err, "工号是“"+number+"”的人")
}

// dossierKey names people whose dossiers were asked for.
type dossierKey string

// dossiers gathers all that decides what the people may do, in a fixed number of statements.
func dossiers(tx *store.Tx, people []PersonID) (map[PersonID]dossier, error) {
	out := map[PersonID]dossier{}
	if len(people) == 0 {
		return out, nil
	}
	for part := range slices.Chunk(people, 500) {
		if err := gather(tx, part, out); err != nil {
			return nil, fmt.Errorf("org: certificates of %d people: %w", len(part), err)
		}
	}
	return out, nil
}

func gather(tx *store.Tx, ids []PersonID, out map[PersonID]dossier) error {
	var persons []Person
	if err := tx.DB().NewSelect().Model(&persons).Where("p.id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
		return err
	}
	postings, err := postingsOf(tx, ids)
	if err != nil {
		return err
	}
	absences, err := absencesOf(tx, ids)
	if err != nil {
		return err
	}
	cards, err := cardsOf(tx, ids)
	if err != nil {
		return err
	}
	var units []access.UnitID
	for _, ps := range postings {
		for _, p := range ps {
			units = append(units, p.UnitID)
		}
	}
	slices.Sort(units)
	names, err := unitNames(tx, slices.Compact(units))
	if err != nil {
		return err
	}
	for _, p := range persons {
		out[p.ID] = dossier{p, postings[p.ID], absences[p.ID], cards[p.ID], names}
	}
	return nil
}
