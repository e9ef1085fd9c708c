package powers

import (
	"slices"

	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// levelOfStatute is the level of an act of the National People's Congress or its committee: only such an act lets a body
// execute its own decisions (行政强制法第十三条).
const levelOfStatute = "法律"

// coercionLaw says how one executes, never who may.
const coercionLaw = "中华人民共和国行政强制法"

// ExecutionPowers are the bureau's own powers to execute by force on a day: coercion that the bureau has adopted, by a statute. A regulation (行政法规) grants
// none, whatever it says.
func (s *Service) ExecutionPowers(tx *store.Tx, on law.Date) ([]PowerItem, error) {
	all, err := itemsWhere(tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return Filter{Kind: KindCoercion, On: on, State: StateAdopted}.where(tx, q)
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	statutes := map[string]bool{}
	for _, p := range all {
		statutes[p.Penalty.Law] = false
	}
	var titles []string
	for t := range statutes {
		titles = append(titles, t)
	}
	var rows []lawRow
	if err := tx.DB().NewSelect().Model(&rows).Where("title IN (?)", bun.List(titles)).Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for _, r := range rows {
		statutes[r.Title] = statutes[r.Title] || r.Level == levelOfStatute
	}
	return slices.DeleteFunc(all, func(p PowerItem) bool {
		return !statutes[p.Penalty.Law] || p.Penalty.Law == coercionLaw || !p.executes()
	}), nil
}

// executes: what the power names is done to perform a decision, not to secure a case.
func (p PowerItem) executes() bool {
	return slices.ContainsFunc(p.PenaltyKinds, func(k string) bool { return k == "强制拆除" || k == "强制执行" || k == "拆除" })
}
