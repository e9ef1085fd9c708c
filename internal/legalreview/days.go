package legalreview

import (
	"cmp"
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

// again is that the case was sent in anew after an opinion; changedSQL that what was to be decided had changed then.
const (
	again      = "EXISTS (SELECT 1 FROM legal_review AS n WHERE n.case_id = lro.case_id AND n.id > lro.review_id AND n.withdrawn = 0"
	changedSQL = again + " AND n.digest <> (SELECT o.digest FROM legal_review AS o WHERE o.id = lro.review_id))"
	// heeded says of an opinion whether what it asked for was done.
	heeded = "CASE WHEN lro.outcome NOT IN ('补充调查', '改正') THEN '不需要采纳' WHEN " + changedSQL + " THEN '已采纳' WHEN " + again + ") THEN '未采纳' ELSE '还没有再次送审' END"
)

// Spent is how long the opinions of a group took, in working days.
type Spent struct {
	Outcome string  `json:"outcome" doc:"意见"`
	Heeded  string  `json:"heeded" doc:"采纳情况"`
	Count   int64   `json:"count" doc:"件数"`
	Median  float64 `json:"median" doc:"用时的中位数，工作日"`
	Mean    float64 `json:"mean" doc:"平均用时，工作日"`
	Most    int64   `json:"most" doc:"最长用时，工作日"`
}

// days is how many opinions took a number of days.
type days struct {
	Outcome string `bun:"outcome"`
	Heeded  string `bun:"heeded"`
	Days    int64  `bun:"days"`
	N       int64  `bun:"n"`
}

// DaysUsed tells of the opinions in the scope that were signed within the days how long they took, by outcome and by whether what they asked for
// was done. Needs case.review.
func (s *Service) DaysUsed(ctx context.Context, by access.Session, from, until law.Date) (out []Spent, err error) {
	scope, err := by.Require(access.CaseReview)
	if err != nil {
		return nil, err
	}
	err = s.cases.DB.View(ctx, func(tx *store.Tx) error {
		var rows []days
		q := scope.Where(tx.DB().NewSelect().TableExpr("legal_review_opinion AS lro"), "lro").Where("lro.made_on BETWEEN ? AND ?", from, until).Where("lro.days_used >= 0").
			ColumnExpr("lro.outcome AS outcome").ColumnExpr(heeded + " AS heeded").ColumnExpr("lro.days_used AS days").ColumnExpr("COUNT(*) AS n").GroupExpr("1, 2, 3")
		if err := q.Scan(tx.Ctx, &rows); err != nil {
			return err
		}
		out = spent(rows)
		return nil
	})
	return out, err
}

// spent sums the groups up; each outcome also over all that came of it.
func spent(rows []days) []Spent {
	groups := map[[2]string][]days{}
	for _, r := range rows {
		groups[[2]string{r.Outcome, r.Heeded}] = append(groups[[2]string{r.Outcome, r.Heeded}], r)
		groups[[2]string{r.Outcome, ""}] = append(groups[[2]string{r.Outcome, ""}], r)
	}
	var out []Spent
	for k, g := range groups {
		if k[1] == "不需要采纳" { // is all of its outcome
			continue
		}
		slices.SortFunc(g, func(a, b days) int { return cmp.Compare(a.Days, b.Days) })
		one := Spent{Outcome: k[0], Heeded: k[1]}
		sum := int64(0)
		for _, r := range g {
			one.Count, sum, one.Most = one.Count+r.N, sum+r.N*r.Days, max(one.Most, r.Days)
		}
		one.Mean, one.Median = float64(sum)/float64(one.Count), float64(nth(g, (one.Count-1)/2)+nth(g, one.Count/2))/2
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Spent) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Heeded, b.Heeded))
	})
	return out
}

// nth is the days of the n-th opinion, from 0, of a sorted group.
func nth(g []days, n int64) int64 {
	for _, r := range g {
		if n < r.N {
			return r.Days
		}
		n -= r.N
	}
	return 0
}
