package cohort

import (
	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const (
	nounCohort = "这个班次"
	nounMember = "名单里的这个人"
	nounPart   = "班次的这项内容"
)

func cohortOf(tx *store.Tx, id ID) (Cohort, error) {
	var c Cohort
	err := tx.DB().NewSelect().Model(&c).Where("id = ?", id).Scan(tx.Ctx)
	return c, store.One(err, nounCohort)
}

func insert[R any](tx *store.Tx, row *R) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func saveCohort(tx *store.Tx, c *Cohort) error {
	old := c.Version
	c.Version++
	res, err := tx.DB().NewUpdate().Model(c).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounCohort)
}

// membersOf is the roster, or some accounts of it, without those who left.
func membersOf(tx *store.Tx, id ID, accounts ...access.AccountID) (out []Member, err error) {
	q := tx.DB().NewSelect().Model(&out).Where("cohort_id = ?", id).Where("gone = 0").Order("id")
	if len(accounts) > 0 {
		q = q.Where("account IN (?)", bun.List(accounts))
	}
	return out, q.Scan(tx.Ctx)
}

func partsOf(tx *store.Tx, id ID) (out []Part, err error) {
	return out, tx.DB().NewSelect().Model(&out).Where("cohort_id = ?", id).Where("gone = 0").Order("id").Scan(tx.Ctx)
}

func memberOf(tx *store.Tx, of ID, id MemberID) (Member, error) {
	var m Member
	err := tx.DB().NewSelect().Model(&m).Where("id = ?", id).Where("cohort_id = ?", of).Where("gone = 0").Scan(tx.Ctx)
	return m, store.One(err, nounMember)
}

func partOf(tx *store.Tx, of ID, id PartID) (Part, error) {
	var p Part
	err := tx.DB().NewSelect().Model(&p).Where("id = ?", id).Where("cohort_id = ?", of).Where("gone = 0").Scan(tx.Ctx)
	return p, store.One(err, nounPart)
}

func saveMember(tx *store.Tx, m *Member) error {
	_, err := tx.DB().NewUpdate().Model(m).WherePK().Exec(tx.Ctx)
	return err
}

// cohortsWith are the cohorts that an account is in, the newest first.
func cohortsWith(tx *store.Tx, account access.AccountID) (out []Cohort, err error) {
	in := tx.DB().NewSelect().Model((*Member)(nil)).Column("cohort_id").Where("account = ?", account).Where("gone = 0")
	return out, tx.DB().NewSelect().Model(&out).Where("ch.id IN (?)", in).Where("ch.state <> ?", Cancelled).Order("ch.id DESC").Limit(mostMine).Scan(tx.Ctx)
}

// mostMine bounds the cohorts that somebody sees of their own.
const mostMine = 100

// Names names cohorts for whoever reads the ledger.
func Names(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(c Cohort) (int64, string) { return int64(c.ID), "班次《" + c.Title + "》" })
}
