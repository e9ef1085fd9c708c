package sitting

import (
	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const (
	nounSitting   = "这场考试"
	nounCandidate = "这名考生"
	nounAttempt   = "这份答卷"
)

func sittingOf(tx *store.Tx, id SittingID) (Sitting, error) {
	var s Sitting
	err := tx.DB().NewSelect().Model(&s).Where("id = ?", id).Scan(tx.Ctx)
	return s, store.One(err, nounSitting)
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func saveSitting(tx *store.Tx, s *Sitting) error {
	old := s.Version
	s.Version++
	res, err := tx.DB().NewUpdate().Model(s).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounSitting)
}

func saveCandidate(tx *store.Tx, c *Candidate) error {
	old := c.Version
	c.Version++
	res, err := tx.DB().NewUpdate().Model(c).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounCandidate)
}

func saveAttempt(tx *store.Tx, a *Attempt) error {
	_, err := tx.DB().NewUpdate().Model(a).WherePK().Exec(tx.Ctx)
	return err
}

func candidateOf(tx *store.Tx, id CandidateID) (Candidate, error) {
	var c Candidate
	err := tx.DB().NewSelect().Model(&c).Where("id = ?", id).Scan(tx.Ctx)
	return c, store.One(err, nounCandidate)
}

// ownCandidate finds the account on the roster: a sitting of others does not exist for it.
func ownCandidate(tx *store.Tx, account access.AccountID, id SittingID) (Candidate, error) {
	var c Candidate
	err := tx.DB().NewSelect().Model(&c).Where("sitting_id = ?", id).Where("account = ?", account).Scan(tx.Ctx)
	return c, store.One(err, nounSitting)
}

func attemptOf(tx *store.Tx, id AttemptID) (Attempt, error) {
	var a Attempt
	err := tx.DB().NewSelect().Model(&a).Where("id = ?", id).Scan(tx.Ctx)
	return a, store.One(err, nounAttempt)
}

func ownAttempt(tx *store.Tx, account access.AccountID, id AttemptID) (Attempt, error) {
	a, err := attemptOf(tx, id)
	if err == nil && a.Account != account {
		err = fault.Missing(nounAttempt)
	}
	return a, err
}

// attemptsOf are the attempts of a candidate, the first first.
func attemptsOf(tx *store.Tx, id CandidateID) ([]Attempt, error) {
	var out []Attempt
	return out, tx.DB().NewSelect().Model(&out).Where("candidate_id = ?", id).Order("number").Scan(tx.Ctx)
}

// answersOf are the answers of attempts, by attempt and item.
func answersOf(tx *store.Tx, ids ...AttemptID) (map[AttemptID][]Answer, error) {
	out := map[AttemptID][]Answer{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Answer
	err := tx.DB().NewSelect().Model(&rows).Where("attempt_id IN (?)", bun.List(ids)).Order("attempt_id", "item").Scan(tx.Ctx)
	for _, a := range rows {
		out[a.Attempt] = append(out[a.Attempt], a)
	}
	return out, err
}

// mostExtra are the most extra minutes that anybody of a sitting has.
func mostExtra(tx *store.Tx, id SittingID) (n int64, err error) {
	err = tx.DB().NewSelect().Model((*Candidate)(nil)).ColumnExpr("COALESCE(MAX(extra_min), 0)").Where("sitting_id = ?", id).Scan(tx.Ctx, &n)
	return n, err
}

// overdue are attempts of a sitting that run though their deadline and the grace are past.
func overdue(tx *store.Tx, id SittingID, limit int64) ([]Attempt, error) {
	var out []Attempt
	return out, tx.DB().NewSelect().Model(&out).Where("sitting_id = ?", id).Where("state = ?", Running).
		Where("deadline < ?", store.Micros(tx.Now.Add(-grace))).Order("deadline", "id").Limit(limit).Scan(tx.Ctx)
}

// SittingNames names sittings for whoever reads the ledger.
func SittingNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(x Sitting) (int64, string) { return int64(x.ID), x.Title })
}

// CandidateNames names candidates.
func CandidateNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(c Candidate) (int64, string) { return int64(c.ID), c.Name })
}

// AttemptNames names attempts by their receipt.
func AttemptNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(a Attempt) (int64, string) {
		if a.Receipt == "" {
			return int64(a.ID), "没有交的答卷"
		}
		return int64(a.ID), "答卷 " + a.Receipt
	})
}
