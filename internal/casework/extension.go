package casework

import (
	"fmt"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// DecisionTerm is the term of the decision, which two acts of two desks extend (行政处罚法第六十条；住建部令第55号第二十九条).
const DecisionTerm = "作出处罚决定期限"

// OpenClock returns a clock of the case while it runs or stands still, nil when it does not.
func (s *Service) OpenClock(tx *store.Tx, c *Case, term string) (*timing.Clock, error) {
	clocks, err := s.Clocks(tx, c)
	for i, k := range clocks {
		if k.Term == term && k.Open() {
			return &clocks[i], err
		}
	}
	return nil, err
}

// StateDecisionTerm states whether the term of the decision still runs: its last day is in time, the day after is not.
func (s *Service) StateDecisionTerm(tx *store.Tx, c *Case, f *law.Facts) error {
	k, err := s.OpenClock(tx, c, DecisionTerm)
	f.SetBool(law.BeforeExpiry, k != nil && !k.Overdue(tx.Today()), c.ID.Subject())
	return err
}

// ExtensionDrafts are the approval of an extension by an act, with the term as it is and as it will be.
func (s *Service) ExtensionDrafts(tx *store.Tx, c *Case, act string, part ExtensionApproval) ([]Draft, error) {
	k, err := s.OpenClock(tx, c, DecisionTerm)
	if err != nil || k == nil {
		return nil, err
	}
	if k.State == timing.Still {
		return nil, fault.New(fault.Conflict, "办案期限自%s起因%s停止计算，届满日还不能确定。请在恢复计算以后再延长", k.Since.Han(), k.Why)
	}
	until, err := s.dueAfter(tx, c, act, part.Days)
	part.FiledOn, part.Due, part.Excluded, part.Until = c.FiledOn, k.Due, excludedDays(k), until
	return []Draft{{Kind: "extension_approval", Part: part}}, err
}

// dueAfter is the last day of the decision's term once the act has granted its days.
func (s *Service) dueAfter(tx *store.Tx, c *Case, act string, days int) (law.Date, error) {
	events, err := s.Events(tx, c)
	if err != nil {
		return law.Date{}, err
	}
	clocks, err := OrdinaryClocks().Run(s.Calendar, append(events, timing.Event{Act: act, On: tx.Today(), At: tx.Now, Days: days}), tx.Today())
	for _, k := range clocks {
		if k.Term == DecisionTerm && k.Open() {
			return k.Due, err
		}
	}
	return law.Date{}, err
}

func excludedDays(k *timing.Clock) string {
	n := 0
	for _, x := range k.Excluded {
		n += x.From.DaysUntil(x.To) + 1
	}
	if n == 0 {
		return "无"
	}
	return fmt.Sprintf("%d 日", n)
}
