package powers

import (
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Similar returns the bureau's own closed cases of the power in the same tier within SimilarYears, oldest
// and newest alike: no order by amount.
func (s *Service) Similar(tx *store.Tx, code, grade string) ([]SimilarCase, error) {
	if s.links.SimilarCases == nil {
		return nil, nil
	}
	return s.links.SimilarCases(tx, code, grade, tx.Today().AddMonths(-12*SimilarYears))
}

// addSimilar adds the similar cases to a result that has a tier.
func (s *Service) addSimilar(tx *store.Tx, v *pages.ResultView, a Assessment) error {
	if v == nil || !a.HasTier || s.links.SimilarCases == nil {
		return nil
	}
	cases, err := s.Similar(tx, a.Item.Code, a.Tier.Tier.Grade.Label())
	if err != nil {
		return err
	}
	d := DistributionOf(cases)
	v.Similar = &pages.SimilarView{Summary: d.SimilarText(), Chart: web.ChartView{Title: "同类案件的罚款分布", Unit: "件", Series: []string{"件数"}}}
	for _, b := range d.Buckets {
		v.Similar.Chart.Groups = append(v.Similar.Chart.Groups, web.ChartGroup{Label: b.Text(), Values: []int64{int64(b.Count)}})
	}
	for _, c := range cases[:min(30, len(cases))] {
		v.Similar.Rows = append(v.Similar.Rows, pages.SimilarRow{On: c.DecidedOn.String(), Circumstances: c.Circumstances, Amount: c.Amount.Grouped()})
	}
	return nil
}
