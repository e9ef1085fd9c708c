package sitting

import (
	"fadu/internal/access"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// What cohorts ask of exams.

// mostOffered bounds the exams that are offered to a cohort.
const mostOffered = 100

// For are the newest exams that the session may read.
func For(tx *store.Tx, by access.Session) (out []Sitting, err error) {
	if !by.Can(access.ExamRead) {
		return nil, nil
	}
	q := by.ScopeFor(access.ExamRead).Beside(tx, tx.DB().NewSelect().Model(&out).ExcludeColumn("form"), "es").Where("es.state <> ?", Cancelled)
	return out, q.Order("es.id DESC").Limit(mostOffered).Scan(tx.Ctx)
}

// ResultsOf are the candidates of an exam among some accounts; before the results are published nobody has one.
func ResultsOf(tx *store.Tx, id SittingID, accounts []access.AccountID) (Sitting, map[access.AccountID]Candidate, error) {
	x, err := sittingOf(tx, id)
	out := map[access.AccountID]Candidate{}
	if err != nil {
		return x, out, err
	}
	var rows []Candidate
	err = tx.DB().NewSelect().Model(&rows).Where("sitting_id = ?", id).Where("account IN (?)", bun.List(accounts)).Scan(tx.Ctx)
	for _, c := range rows {
		out[c.Account] = c
	}
	return x, out, err
}

// ScoreText is the score of a candidate as it is shown.
func (c Candidate) ScoreText() string { return points(c.Score) }
