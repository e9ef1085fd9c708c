package casework

import (
	"fadu/internal/law"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Ends chooses cases with an open duty whose term ends on or before By. Decided and Delivered are the
// latest days of decision and delivery whose terms of filing and of payment end by then.
type Ends struct {
	By, Decided, Delivered law.Date
}

// longestTerm bounds the search for the day on which a term began that ends by a given day.
const longestTerm = 40

// EndsBy returns the condition for duties whose term ends by the day.
func (s *Service) EndsBy(by law.Date) (Ends, error) {
	out := Ends{By: by}
	for _, e := range []struct {
		rule string
		to   *law.Date
	}{{termFile, &out.Decided}, {termPay, &out.Delivered}} {
		for start := by; ; start = start.AddDays(-1) {
			due, err := s.due(e.rule, start)
			if err != nil {
				return out, err
			}
			if !due.After(by) || start.DaysUntil(by) > longestTerm {
				*e.to = start
				break
			}
		}
	}
	return out, nil
}

// whereEnds narrows a list by which duties end.
func (f Filter) whereEnds(q *bun.SelectQuery) *bun.SelectQuery {
	ends, args := f.Ends.cases()
	not, notArgs := f.NotEnds.cases()
	switch {
	case f.NotEnds.By.IsZero() && f.Ends.By.IsZero():
		return q
	case f.NotEnds.By.IsZero():
		return q.Where("c.id IN ("+ends+")", args...)
	case f.Ends.By.IsZero():
		return q.Where("NOT c.id IN ("+not+")", notArgs...)
	}
	// The one within the other: PostgreSQL would look through all cases for those not among the second.
	return q.Where("c.id IN (SELECT ending.id FROM ("+ends+") AS ending WHERE ending.id NOT IN ("+not+"))", append(args, notArgs...)...)
}

// cases selects their identifiers: filing, payment, cash in hand, the look at a correction. Each branch
// begins at what is still open, so that it costs the same however many cases are closed.
func (e Ends) cases() (query string, args []any) {
	return `
		SELECT o.id FROM penalty_case AS o WHERE o.closed_at = 0 AND o.state = 'delivered' AND o.filed_at = 0 AND o.decided_on <= ?
		UNION ALL SELECT cb.case_id FROM case_balance AS cb WHERE cb.owing > 0 AND cb.pay_from < ?
			AND NOT EXISTS (SELECT 1 FROM payment_plan AS pp WHERE pp.case_id = cb.case_id AND (pp.state = 'approved' OR pp.state = 'ended' AND pp.ended_on > ?))
		UNION ALL SELECT cb.case_id FROM payment_plan AS pp JOIN case_balance AS cb ON cb.case_id = pp.case_id WHERE pp.state = 'approved'
			AND cb.owing - pp.amount + (SELECT COALESCE(SUM(pt.amount), 0) FROM payment_part AS pt WHERE pt.plan_id = pp.id AND pt.due <= ?) > 0
		UNION ALL SELECT pm.case_id FROM payment AS pm WHERE pm.channel = 'cash' AND pm.deposited_on = '' AND pm.kind = 'fine'
			AND (pm.handed_in_on = '' AND pm.hand_in_due <= ? OR pm.handed_in_on <> '' AND pm.deposit_due <= ?)
		UNION ALL SELECT o.id FROM penalty_case AS o CROSS JOIN case_step AS st
			WHERE o.closed_at = 0 AND o.state IN ('issued', 'delivered') AND st.case_id = o.id AND st.kind = 'correct' AND st.withdrawn = 0 AND st.detail <> ? AND st.due <> '' AND st.due <= ?
			AND NOT EXISTS (SELECT 1 FROM case_step AS re WHERE re.case_id = o.id AND re.withdrawn = 0 AND re.id > st.id AND re.kind IN ('recheck', 'correct'))`,
		[]any{e.Decided, store.Micros(e.Delivered.AddDays(1).Start()), e.By, e.By, e.By, e.By, CorrectedNow, e.By}
}
