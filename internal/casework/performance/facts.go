package performance

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// facts states how far the decision is performed, whether it was demanded and heard, and whether it is under attack.
func (s *Service) facts(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	if c.DeliveredAt == 0 {
		return nil
	}
	src := c.ID.Subject()
	st, err := s.reckon(tx, c, on)
	if err != nil {
		return err
	}
	f.SetBool(law.Performed, st.done(), src)
	f.SetBool(law.DutyPerformed, st.Cleared, src)
	f.SetBool(law.PerformanceOverdue, st.Overdue, src)
	f.SetMoney(law.SurchargeAccrued, st.Surcharge.Amount, src)
	f.SetBool(law.PartyDemolished, st.Demolished, src)
	f.SetMoney(law.FineRest, max(0, st.Rest), src)
	f.SetMoney(law.SurchargeOwed, st.Owed, src)
	f.SetList(law.OpenDuties, st.Open, src)
	acts, err := casework.RoundActs(tx, c.ID)
	if err != nil {
		return err
	}
	s.demandFacts(acts, on, f, src)
	rows, err := casework.RoundRows[Contest](tx, c.ID)
	if err != nil {
		return err
	}
	review, sued := pending(rows, "register_review", "review_decided"), pending(rows, "register_suit", "suit_decided")
	f.SetBool(law.PartyAppliedReview, review, src)
	f.SetBool(law.PartySued, sued, src)
	f.SetBool(law.ReviewPending, review || sued, src)
	f.SetBool(law.Adjudged, adjudged(rows), src)
	f.SetText(law.ContestCourse, course(rows), src)
	aside, err := setAsideOn(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.JudgmentStands, judgmentStands(rows, aside), src)
	f.SetBool(law.DecisionSetAside, !aside.IsZero() && !aside.After(on), src)
	return s.periodFacts(tx, c, on, f)
}

// demanded is the last demand of the decision as it stands.
type demanded struct {
	days   int // what it gives, in workdays
	served law.Date
	heard  bool
}

func demandOf(acts []casework.CaseAct) (d demanded) {
	for _, a := range acts {
		switch a.Act {
		case "issue_demand":
			d = demanded{days: a.Days}
			if d.days == 0 {
				d.days = demandDays // from before the term was a number
			}
		case "demand_served":
			d.served, d.heard = a.On, false
		case "hear_demand":
			d.heard = true
		case "change", "approve_terms": // what was demanded is not due any more
			d = demanded{}
		}
	}
	return d
}

func (s *Service) demandFacts(acts []casework.CaseAct, on law.Date, f *law.Facts, src string) {
	d := demandOf(acts)
	f.SetBool(law.DemandServed, !d.served.IsZero(), src)
	f.SetBool(law.DemandHeard, d.heard, src)
	if d.served.IsZero() {
		f.SetBool(law.DemandExpired, false, src)
		return
	}
	if n, err := s.cases.WorkdaysPassed(d.served, on); err == nil {
		f.SetNumber(law.DaysSinceDemand, int64(n), src)
		f.SetBool(law.DemandExpired, n >= d.days, src)
	}
}

// pending reports whether the first act was done and the second not since.
func pending(rows []Contest, begin, end string) bool {
	open := false
	for _, r := range rows {
		open = r.Act == begin || open && r.Act != end
	}
	return open
}

// adjudged: whoever sued is dealt with by the judgment, except when the suit was withdrawn, not accepted or rejected.
func adjudged(rows []Contest) bool {
	return slices.ContainsFunc(rows, func(r Contest) bool { return r.Act == "suit_decided" && !dropped(r.Result) })
}

// executable are the results by which something of the decision is to be performed.
var executable = []string{"驳回诉讼请求", "变更", "确认违法"}

// judgmentStands: the last suit ended with such a judgment, and the bureau has done what it asked for (行政诉讼法第九十五条).
func judgmentStands(rows []Contest, aside law.Date) bool {
	if !aside.IsZero() {
		return false
	}
	stands := false
	for _, r := range rows {
		switch r.Act {
		case "register_suit", "register_review":
			stands = false
		case "suit_decided":
			stands = slices.Contains(executable, r.Result)
		}
	}
	return stands
}

// setAsideOn is the day on which review or court undid the decision, while the bureau has neither changed nor revoked it
// since: until then there is nothing to execute. A decision that is only found unlawful stands. Zero when nobody undid it.
func setAsideOn(tx *store.Tx, c *casework.Case) (on law.Date, err error) {
	rows, err := casework.RoundRows[Contest](tx, c.ID)
	if err != nil {
		return on, err
	}
	acts, err := casework.RoundActs(tx, c.ID)
	var last Contest
	for _, r := range rows {
		if slices.Contains(undoing, r.Result) {
			last = r
		}
	}
	for _, a := range acts {
		if a.ID > last.ID && (a.Act == "change" || a.Act == "revoke") {
			return on, err
		}
	}
	return last.On, err
}

// periodFacts states whether the party's periods have run out and the bureau's window is open.
func (s *Service) periodFacts(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	clocks, err := s.cases.Clocks(tx, c)
	if err != nil {
		return err
	}
	src := c.ID.Subject()
	suit, review, window := true, true, false
	for _, k := range clocks {
		open := k.Open() && !k.Overdue(on)
		switch k.Term {
		case "直接起诉期限", "不服复议决定起诉期限", "复议机关逾期不决定的起诉期限":
			suit = suit && !open
		case "行政复议申请期限":
			review = review && !open
		case "申请法院强制执行截止":
			window = window || k.State != timing.Superseded && k.State != timing.Dropped && !k.Due.IsZero() && !k.Due.Before(on)
		}
	}
	f.SetBool(law.SuitExpired, suit, src)
	f.SetBool(law.ReviewSuitExpired, suit && review, src)
	f.SetBool(law.WithinThreeMonths, window, src)
	return nil
}

// events tells the clocks what reviews and suits mean, and that everything is performed.
func (s *Service) events(tx *store.Tx, c *casework.Case) ([]timing.Event, error) {
	if c.DeliveredAt == 0 {
		return nil, nil
	}
	rows, err := casework.RoundRows[Contest](tx, c.ID)
	if err != nil {
		return nil, err
	}
	out := contestEvents(rows)
	due, err := judgmentEvents(tx, c, rows)
	if err != nil {
		return nil, err
	}
	out = append(out, due...)
	st, err := s.reckon(tx, c, tx.Today())
	if err != nil || !st.done() {
		return out, err
	}
	return append(out, timing.Event{Act: casework.EventPerformed, On: st.Last}), nil
}
