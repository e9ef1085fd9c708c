package casework

import (
	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

// addPlans tells the heads which applications to pay later or in parts wait for them.
func (t *todoList) addPlans(tx *store.Tx) error {
	if !headsBureau(t.by) || !t.by.Can(access.CaseApprove) {
		return nil
	}
	var ps []Plan
	err := t.by.ScopeFor(access.CaseApprove).Where(tx.DB().NewSelect().Model(&ps), "pp").Where("pp.state = ?", PlanApplied).Order("pp.id").Limit(todoLimit).Scan(tx.Ctx)
	for _, p := range ps {
		t.items = append(t.items, TodoItem{
			What: "审批延期、分期缴纳罚款", Title: p.AppliedOn.Han() + "申请", About: firstWords(p.Reason), Href: (&Case{ID: p.Case}).URL() + "?step=approve_terms", Action: "去审批",
			Group: TodoToday, Cite: law.Citations{xzcf(66, 2)},
		})
	}
	return err
}
