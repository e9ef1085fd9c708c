package org

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The tables behind the views that hide imported rows until their batch is published.
const (
	personTable      = "org_person_row"
	certificateTable = "org_certificate_row"
	subjectTable     = "org_subject_row"
)

// insert writes a new row; table is the table behind a view, or "" for the model's own.
func insert(tx *store.Tx, model any, table string) error {
	q := tx.DB().NewInsert().Model(model)
	if table != "" {
		q = q.ModelTableExpr("?", bun.Ident(table))
	}
	_, err := q.Exec(tx.Ctx)
	return err
}

// update writes a row of which the caller has just raised the version, if it is still at the one before.
func update(tx *store.Tx, model any, table, alias string, version int64, what string) error {
	q := tx.DB().NewUpdate().Model(model).WherePK()
	if table != "" {
		q = q.ModelTableExpr("? AS ?", bun.Ident(table), bun.Ident(alias))
	}
	res, err := q.Where("version = ?", version-1).Exec(tx.Ctx)
	return store.Updated(res, err, what)
}

func personByID(tx *store.Tx, id PersonID) (Person, error) {
	var p Person
	err := tx.DB().NewSelect().Model(&p).Where("p.id = ?", id).Scan(tx.Ctx)
	return p, store.One(err, "这个人")
}

func savePerson(tx *store.Tx, p *Person) error {
	p.Version++
	return update(tx, p, personTable, "p", p.Version, p.Name+"的资料")
}

func postingsOf(tx *store.Tx, ids []PersonID) (map[PersonID][]Posting, error) {
	var rows []Posting
	err := tx.DB().NewSelect().Model(&rows).Where("person_id IN (?)", bun.List(ids)).Order("from_on", "id").Scan(tx.Ctx)
	return grouped(rows, func(p Posting) PersonID { return p.Person }), err
}

func postingByID(tx *store.Tx, id PostingID) (Posting, error) {
	var p Posting
	err := tx.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(tx.Ctx)
	return p, store.One(err, "这条任职记录")
}

func savePosting(tx *store.Tx, p *Posting) error {
	p.Version++
	return update(tx, p, "", "", p.Version, "这条任职记录")
}

func absencesOf(tx *store.Tx, ids []PersonID) (map[PersonID][]Absence, error) {
	var rows []Absence
	err := tx.DB().NewSelect().Model(&rows).Where("person_id IN (?)", bun.List(ids)).Order("from_on", "id").Scan(tx.Ctx)
	return grouped(rows, func(a Absence) PersonID { return a.Person }), err
}

func certificateByID(tx *store.Tx, id CertificateID) (Certificate, error) {
	var c Certificate
	err := tx.DB().NewSelect().Model(&c).Where("ce.id = ?", id).Scan(tx.Ctx)
	return c, store.One(err, "这本执法证")
}

func saveCertificate(tx *store.Tx, c *Certificate) error {
	c.Version++
	return update(tx, c, certificateTable, "ce", c.Version, "执法证 "+c.Number)
}

// cardsOf returns the certificates of the people with all that decides their validity.
func cardsOf(tx *store.Tx, ids []PersonID) (map[PersonID][]Card, error) {
	var certificates []Certificate
	if err := tx.DB().NewSelect().Model(&certificates).Where("person_id IN (?)", bun.List(ids)).Order("valid_to", "id").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	if len(certificates) == 0 {
		return nil, nil
	}
	cards, err := completed(tx, certificates)
	return grouped(cards, func(c Card) PersonID { return c.Person }), err
}

// completed adds validities, suspensions and checks to certificates, in order of time.
func completed(tx *store.Tx, certificates []Certificate) ([]Card, error) {
	if len(certificates) == 0 {
		return nil, nil
	}
	ids := make([]CertificateID, len(certificates))
	for i, c := range certificates {
		ids[i] = c.ID
	}
	var validities []Validity
	var suspensions []Suspension
	var checks []AnnualCheck
	for _, q := range []*bun.SelectQuery{
		tx.DB().NewSelect().Model(&validities).Order("valid_from"),
		tx.DB().NewSelect().Model(&suspensions).Order("from_on", "id"),
		tx.DB().NewSelect().Model(&checks).Order("year"),
	} {
		if err := q.Where("certificate_id IN (?)", bun.List(ids)).Scan(tx.Ctx); err != nil {
			return nil, err
		}
	}
	v := grouped(validities, func(x Validity) CertificateID { return x.Certificate })
	s := grouped(suspensions, func(x Suspension) CertificateID { return x.Certificate })
	k := grouped(checks, func(x AnnualCheck) CertificateID { return x.Certificate })
	cards := make([]Card, len(certificates))
	for i, c := range certificates {
		cards[i] = Card{c, v[c.ID], s[c.ID], k[c.ID]}
	}
	return cards, nil
}

// unitNames reads the names of units, which access keeps.
func unitNames(tx *store.Tx, ids []access.UnitID) (map[access.UnitID]string, error) {
	out := map[access.UnitID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT id, name FROM unit WHERE id IN (?)`, bun.List(ids))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id access.UnitID
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return nil, err
		}
		out[id] = name
	}
	return out, rows.Err()
}

func subjectByID(tx *store.Tx, id SubjectID) (Subject, error) {
	var s Subject
	err := tx.DB().NewSelect().Model(&s).Where("sb.id = ?", id).Scan(tx.Ctx)
	return s, store.One(err, "这个执法主体")
}

func saveSubject(tx *store.Tx, s *Subject) error {
	s.Version++
	return update(tx, s, subjectTable, "sb", s.Version, s.Name)
}

func grouped[K comparable, T any](rows []T, key func(T) K) map[K][]T {
	out := map[K][]T{}
	for _, r := range rows {
		out[key(r)] = append(out[key(r)], r)
	}
	return out
}

// validOn is SQL that holds when the certificate (alias ce) qualifies its holder to enforce on the day:
// the one condition behind filters and figures. Places, annual checks and absences are left out.
func validOn(d law.Date) (string, []any) {
	return `(ce.kind <> ? AND (ce.revoked_on = '' OR ce.revoked_on > ?)
		AND EXISTS (SELECT 1 FROM org_validity va WHERE va.certificate_id = ce.id AND va.valid_from <= ? AND va.valid_to >= ?)
		AND NOT EXISTS (SELECT 1 FROM org_suspension su WHERE su.certificate_id = ce.id AND su.annulled = 0 AND su.from_on <= ? AND (su.until_on = '' OR su.until_on >= ?)))`,
		[]any{SupervisionCertificate, d, d, d, d, d}
}

// holderOn is SQL that holds when the person (alias p) has a certificate that is valid on the day.
func holderOn(d law.Date) (string, []any) {
	cond, args := validOn(d)
	return "EXISTS (SELECT 1 FROM org_certificate ce WHERE ce.person_id = p.id AND " + cond + ")", args
}

// like makes a pattern that finds the words anywhere.
func like(words string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(words) + "%"
}
