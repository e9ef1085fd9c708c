package notice

import (
	"fadu/internal/casework"
	"fadu/internal/store"
)

// notices returns what was told in a case, oldest first.
func notices(tx *store.Tx, id casework.CaseID) ([]Notice, error) {
	var out []Notice
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

// current is the notice that counts; nil when there is none. That of a decision that was revoked does not count for the
// new one (行政处罚法第四十四条).
func current(tx *store.Tx, id casework.CaseID) (*Notice, error) {
	all, err := casework.RoundRows[Notice](tx, id)
	for i := range all {
		if all[i].State == Current {
			return &all[i], err
		}
	}
	return nil, err
}

// Points returns what the party said and the review of the notice that counts has to answer, oldest first; nothing without a notice.
func Points(tx *store.Tx, id casework.CaseID) ([]Point, error) {
	n, err := current(tx, id)
	if err != nil || n == nil {
		return nil, err
	}
	return toAnswer(tx, n)
}

// points returns the points of a defence to a notice that still count, oldest first.
func points(tx *store.Tx, notice int64) ([]Point, error) {
	var out []Point
	return out, tx.DB().NewSelect().Model(&out).Where("notice_id = ?", notice).Where("withdrawn = ''").Order("id").Scan(tx.Ctx)
}

// toAnswer returns what the written review has to answer: the points to the notice, and those to an earlier notice that was replaced before they
// were answered.
func toAnswer(tx *store.Tx, n *Notice) ([]Point, error) {
	var out []Point
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", n.Case).Where("withdrawn = ''").Where("(notice_id = ? OR answer = '')", n.ID).Order("id").Scan(tx.Ctx)
}

// waivers returns what the party gave up after a notice, oldest first.
func waivers(tx *store.Tx, notice int64) ([]Waiver, error) {
	var out []Waiver
	return out, tx.DB().NewSelect().Model(&out).Where("notice_id = ?", notice).Order("id").Scan(tx.Ctx)
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func saveNotice(tx *store.Tx, n *Notice) error {
	n.Version++
	res, err := tx.DB().NewUpdate().Model(n).WherePK().Where("version = ?", n.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这份告知书")
}

func savePoint(tx *store.Tx, p *Point) error {
	p.Version++
	res, err := tx.DB().NewUpdate().Model(p).WherePK().Where("version = ?", p.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这一点意见")
}
