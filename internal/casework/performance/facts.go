package performance

import (
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
	f.SetBool(law.PerformanceOverdue, st.Overdue, src)
	f.SetMoney(law.SurchargeAccrued, st.Surcharge.Amount, src)
	rows, err := contests(tx, c.ID)
	if err != nil {
		return err
	}
	acts, err := casework.Acts(tx, c.ID)
	if err != nil {
		return err
	}
	s.demandFacts(acts, on, f, src)
	review, sued := pending(rows, "register_review", "review_decided"), inCourt(rows)
	f.SetBool(law.PartyAppliedReview, review, src)
	f.SetBool(law.PartySued, sued, src)
	f.SetBool(law.ReviewPending, review || pending(rows, "register_suit", "suit_decided"), src)
	return s.periodFacts(tx, c, on, f)
}

func (s *Service) demandFacts(acts []casework.CaseAct, on law.Date, f *law.Facts, src string) {
	served, heard := law.Date{}, false
	for _, a := range acts {
		switch a.Act {
		case "issue_demand":
			served, heard = law.Date{}, false
		case "demand_served":
			served, heard = a.On, false
		case "hear_demand":
			heard = true
		}
	}
	f.SetBool(law.DemandServed, !served.IsZero(), src)
	f.SetBool(law.DemandHeard, heard, src)
	if served.IsZero() {
		return
	}
	until := on.AddDays(-1) // the days that have wholly passed
	if far := served.AddDays(60); until.After(far) {
		until = far // more than anybody asks for, and no later year's calendar is needed
	}
	if n, err := s.cases.Calendar.WorkdaysElapsed(served, until); err == nil {
		f.SetNumber(law.DaysSinceDemand, int64(n), src)
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

// inCourt: whoever sued is dealt with by the judgment, except when the suit was withdrawn or not accepted.
func inCourt(rows []Contest) bool {
	sued := false
	for _, r := range rows {
		switch {
		case r.Act == "register_suit":
			sued = true
		case r.Act == "suit_decided" && r.Result == suitDropped:
			sued = false
		}
	}
	return sued
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
		case "直接起诉期限", "不服复议决定起诉期限":
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

// events tells the clocks that everything is performed.
func (s *Service) events(tx *store.Tx, c *casework.Case) ([]timing.Event, error) {
	if c.DeliveredAt == 0 {
		return nil, nil
	}
	st, err := s.reckon(tx, c, tx.Today())
	if err != nil || !st.done() {
		return nil, err
	}
	return []timing.Event{{Act: casework.EventPerformed, On: st.Last}}, nil
}
