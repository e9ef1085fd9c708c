package casework

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const (
	// similarMost is how many of the latest similar cases are compared, similarShown how many of them are named.
	similarMost  = 1000
	similarShown = 5
	// similarTried is how many are looked at for those that the reader may open.
	similarTried = 100
)

// similar selects the bureau's closed cases under a power in a tier decided since the day, the latest first. Their figures are read
// from penalty_case_similar alone.
func similar(tx *store.Tx, code, tier string, since law.Date) *bun.SelectQuery {
	return tx.DB().NewSelect().TableExpr("penalty_case AS c").Where("c.state = 'closed'").Where("c.decided_on > ''").Where("c.amount > 0").
		Where("c.applied_code = ?", code).Where("c.tier = ?", tier).Where("c.decided_on >= ?", since).Order("c.decided_on DESC", "c.id DESC").Limit(similarMost)
}

// SimilarCases returns closed cases under the power in the tier decided since the day, for the fine calculator: day,
// tier, circumstances and fine, nothing that leads to a person or unit (行政处罚法第七十四条第三款).
func (s *Service) SimilarCases(tx *store.Tx, code, tier string, since law.Date) ([]powers.SimilarCase, error) {
	var rows []similarRow
	if tier == "" {
		return nil, nil
	}
	err := similar(tx, code, tier, since).Column("c.decided_on", "c.tier_why", "c.metric", "c.metric_unit", "c.amount").Scan(tx.Ctx, &rows)
	return mapped(rows, func(r similarRow) powers.SimilarCase {
		return powers.SimilarCase{DecidedOn: r.DecidedOn, Grade: tier, Circumstances: strings.Trim(joinSpace(r.Metric+r.MetricUnit, r.TierWhy), " "), Amount: r.Amount}
	}), err
}

// similarRow is what is read of a similar case.
type similarRow struct {
	ID         CaseID    `bun:"id"`
	DecidedOn  law.Date  `bun:"decided_on"`
	TierWhy    string    `bun:"tier_why"`
	Metric     string    `bun:"metric"`
	MetricUnit string    `bun:"metric_unit"`
	Amount     law.Money `bun:"amount"`
}

// Similar compares a case with the bureau's own closed cases under the same power in the same tier: how their fines lie. It
// orders nothing by the fine and names no unit (行政处罚法第七十四条第三款).
type Similar struct {
	Power string `json:"power"`
	Tier  string `json:"tier"`
	Years int    `json:"years" doc:"往前看几年"`
	// Count, Min … High are figures of the fines; see powers.Distribution.
	Count  int       `json:"count"`
	Min    law.Money `json:"min"`
	Low    law.Money `json:"low" doc:"从低往高四分之一处"`
	Median law.Money `json:"median"`
	High   law.Money `json:"high" doc:"从高往低四分之一处"`
	Max    law.Money `json:"max"`
	// Proposed is the fine of the case itself.
	Proposed law.Money `json:"proposed"`
	// Latest are the latest of them that the reader may open.
	Latest []SimilarRef `json:"latest"`
}

// SimilarRef leads to a similar case.
type SimilarRef struct {
	Case      CaseID    `json:"case"`
	DecidedOn law.Date  `json:"decided_on"`
	Amount    law.Money `json:"amount"`
}

// SimilarTo compares a case that the session may read; nil while it has no power or tier.
func (s *Service) SimilarTo(ctx context.Context, by access.Session, id CaseID) (out *Similar, err error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		out, err = similarTo(tx, scope, c)
		return err
	})
	return out, err
}

func similarTo(tx *store.Tx, scope access.Scope, c *Case) (*Similar, error) {
	code := orWord(c.AppliedCode, c.PowerCode)
	if code == "" || c.Tier == "" {
		return nil, nil
	}
	var rows, seen []similarRow
	err := similar(tx, code, c.Tier, tx.Today().AddMonths(-12*powers.SimilarYears)).Column("c.id", "c.decided_on", "c.amount").Where("c.id <> ?", c.ID).Scan(tx.Ctx, &rows)
	if err != nil {
		return nil, err
	}
	fines := make([]powers.SimilarCase, len(rows))
	var ids []CaseID
	for i, r := range rows {
		fines[i].Amount = r.Amount
		if i < similarTried {
			ids = append(ids, r.ID)
		}
	}
	d := powers.DistributionOf(fines)
	out := &Similar{Power: c.PowerName, Tier: c.Tier, Years: powers.SimilarYears, Count: d.Count, Min: d.Min, Low: d.Low, Median: d.Median, High: d.High, Max: d.Max, Proposed: c.Amount, Latest: []SimilarRef{}}
	if len(ids) == 0 {
		return out, nil
	}
	q := tx.DB().NewSelect().TableExpr("penalty_case AS c").Column("c.id", "c.decided_on", "c.amount").Where("c.id IN (?)", bun.List(ids))
	err = scope.Beside(tx, q, "c").Order("c.decided_on DESC", "c.id DESC").Limit(similarShown).Scan(tx.Ctx, &seen)
	for _, r := range seen {
		out.Latest = append(out.Latest, SimilarRef{r.ID, r.DecidedOn, r.Amount})
	}
	return out, err
}
