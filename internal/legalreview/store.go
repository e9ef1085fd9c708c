package legalreview

import (
	"encoding/json"

	"fadu/internal/casework"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// submissions are those of a case that were not withdrawn, oldest first.
func submissions(tx *store.Tx, id casework.CaseID) ([]Review, error) {
	var all []Review
	if err := tx.DB().NewSelect().Model(&all).Where("case_id = ?", id).Order("id").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	return kept(all), nil
}

// submitted are the submissions that count of several cases, each the last of its case.
func submitted(tx *store.Tx, ids []casework.CaseID) (map[casework.CaseID]Review, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var all []Review
	err := tx.DB().NewSelect().Model(&all).ExcludeColumn("content").Where("case_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx)
	of, out := map[casework.CaseID][]Review{}, map[casework.CaseID]Review{}
	for _, r := range all {
		of[r.Case] = append(of[r.Case], r)
	}
	for id, rs := range of {
		if rs = kept(rs); len(rs) > 0 {
			out[id] = rs[len(rs)-1]
		}
	}
	return out, err
}

// kept leaves out what was withdrawn of a case's submissions, oldest first.
func kept(all []Review) []Review {
	var out []Review
	for _, r := range all {
		if r.Withdrawn { // takes back the one before it
			out = out[:max(0, len(out)-1)]
			continue
		}
		out = append(out, r)
	}
	return out
}

func opinions(tx *store.Tx, id casework.CaseID) ([]Opinion, error) {
	var out []Opinion
	return out, tx.DB().NewSelect().Model(&out).Where("case_id = ?", id).Order("id").Scan(tx.Ctx)
}

// file is where the review of a case stands: the last submission, the opinion on it and the one before.
type file struct {
	Last     *Review
	Opinion  *Opinion // on Last; nil while it is reviewed
	Before   *Review  // the last submission on which there was an opinion, other than Last
	BeforeOp *Opinion
	Rounds   int64
}

func standing(tx *store.Tx, id casework.CaseID) (f file, err error) {
	all, err := submissions(tx, id)
	if err != nil || len(all) == 0 {
		return f, err
	}
	ops, err := opinions(tx, id)
	if err != nil {
		return f, err
	}
	of := map[int64]*Opinion{}
	for i := range ops {
		of[ops[i].Review] = &ops[i]
	}
	f.Last, f.Rounds = &all[len(all)-1], int64(len(all))
	f.Opinion = of[f.Last.ID]
	for i := range all[:len(all)-1] {
		if o := of[all[i].ID]; o != nil {
			f.Before, f.BeforeOp = &all[i], o
		}
	}
	return f, nil
}

func (r *Review) proposal() (p casework.Proposal, err error) {
	return p, json.Unmarshal([]byte(r.Content), &p)
}

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}
