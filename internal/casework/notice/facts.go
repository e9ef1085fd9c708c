package notice

import (
	"errors"
	"slices"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"
)

// facts states what was told, what the party said to it and whether its time is over. Once a notice was served the
// decision is compared with it.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	all, err := notices(tx, c.ID)
	if err != nil || c.Organ == 0 || c.PowerCode == "" {
		return err
	}
	f.SetMoney(law.FinalPenalty, c.Amount, src)
	now, err := s.proposed(tx, c)
	if fault.KindOf(err) != "" {
		return nil // what cannot be weighed any more stays unstated and bars by the rules on the power; the file opens
	}
	if err != nil {
		return err
	}
	if err := s.reportFacts(tx, c, now, f); err != nil {
		return err
	}
	now, drafted, err := s.drafted(tx, c, now)
	if err != nil {
		return err
	}
	n, err := current(tx, c.ID)
	if err != nil {
		return err
	}
	raised := false
	for i := range all {
		spoke, err := points(tx, all[i].ID)
		if err != nil {
			return err
		}
		raised = raised || all[i].State != Voided && len(spoke) > 0 && RaisedByDefence(all[i].Told, now)
	}
	f.SetBool(law.RaisedByDefence, raised, src)
	if n == nil {
		need, err := s.cases.HearingNeed(tx, c, now.Gains, now.Goods, tx.Today())
		if err != nil {
			return err
		}
		stateNeed(f, need, src)
		f.SetBool(law.Informed, false, src)
		f.SetBool(law.HearingNotified, false, src)
		f.SetBool(law.WorseThanNotice, false, src)
		return nil
	}
	return s.toldFacts(tx, c, n, now, drafted, f)
}

// drafted is what is drafted to be decided, where a draft counts; else what the case proposes.
func (s *Service) drafted(tx *store.Tx, c *casework.Case, now Told) (Told, bool, error) {
	if s.Drafted == nil {
		return now, false, nil
	}
	d, ok, err := s.Drafted(tx, c)
	if err == nil && ok {
		now.Kinds, now.Amount, now.Gains, now.Goods, now.Facts, now.Contents = d.Kinds, d.Fine, d.Gains, d.Goods, d.Facts, d.Contents
	}
	return now, ok, err
}

// stateNeed states whether the right to a hearing must be told; an open question stays unstated.
func stateNeed(f *law.Facts, need casework.HearingNeed, src string) {
	if need.Large != law.Unknown {
		f.SetBool(law.LargeAmount, need.Large == law.True, src)
	}
	if need.Required != law.Unknown {
		f.SetBool(law.HearingRequired, need.Required == law.True, src)
	}
}

// reportFacts states whether what is proposed is what the approved closing report says.
func (s *Service) reportFacts(tx *store.Tx, c *casework.Case, now Told, f *law.Facts) error {
	report, err := casework.LastPaper(tx, c.ID, reportKind)
	if err != nil {
		return err
	}
	matches := false
	if report != nil {
		said, err := casework.Frozen(*report)
		if err != nil {
			return err
		}
		part, err := casework.PartOf[casework.ClosingReport](*report)
		if err != nil {
			return err
		}
		matches = said.Fine == now.Amount && said.FactText == now.Facts && said.Violated == now.Violated && said.Basis == now.Basis &&
			(part.Penalty == c.Says() || part.Penalty == "" && c.NamedIn(part.Proposal))
	}
	f.SetBool(law.NoticeMatches, matches, c.ID.Subject())
	// The line leads here only by the approval of the closing report.
	f.SetBool(law.InvestigationClosed, report != nil && !slices.Contains(inquiring, c.State), c.ID.Subject())
	return nil
}

// inquiring are the states before the closing report is approved.
var inquiring = []casework.State{casework.Lead, casework.Ordinary, casework.Checking, casework.FilingAsked, casework.Investigating, casework.Concluding}

// toldFacts states what follows from the notice that counts.
func (s *Service) toldFacts(tx *store.Tx, c *casework.Case, n *Notice, now Told, drafted bool, f *law.Facts) error {
	p, err := paper(tx, c.ID, n.Paper)
	if err != nil || p == nil {
		return err
	}
	src := n.Paper.Subject()
	if !drafted {
		now.Gains, now.Contents = n.Gains, n.Contents
	}
	if now.Goods == 0 { // a draft names the things and not their worth, which is what was told
		now.Goods = n.Goods
	}
	served := p.State == casework.PaperDelivered
	need, err := s.cases.HearingNeed(tx, c, now.Gains, now.Goods, tx.Today())
	if err != nil {
		return err
	}
	stateNeed(f, need, src)
	f.SetBool(law.Informed, served, src)
	f.SetBool(law.HearingNotified, served && bool(n.TellsHearing), src)
	f.SetMoney(law.InformedPenalty, n.Amount, src)
	f.SetBool(law.WorseThanNotice, len(Worse(n.Told, now)) > 0, src)
	said, err := toAnswer(tx, n)
	if err != nil {
		return err
	}
	gave, err := waivers(tx, n.ID)
	if err != nil {
		return err
	}
	untold, err := s.untoldEvidence(tx, c, n)
	if err != nil {
		return err
	}
	f.SetList(law.UntoldEvidence, untold, src)
	f.SetBool(law.ObjectionSubmitted, len(said) > 0, src)
	f.SetBool(law.PartyWaived, waived(gave, said), src)
	unanswered := []string{}
	for _, pt := range said {
		if pt.Answer == "" {
			unanswered = append(unanswered, short(pt.Said))
		}
	}
	review, err := casework.LastPaper(tx, c.ID, reviewKind)
	if err != nil {
		return err
	}
	reviewed := review != nil && review.CreatedAt >= p.CreatedAt
	f.SetList(law.UnansweredPoints, unanswered, src)
	f.SetBool(law.ReviewWritten, reviewed && len(unanswered) == 0, src)
	f.SetBool(law.PartyHeard, reviewed && len(said) > 0 && len(unanswered) == 0, src)
	return s.stateExpiry(tx, p, f)
}

// waived: the party gave the defence up expressly and said nothing after it.
func waived(gave []Waiver, said []Point) bool {
	for _, w := range gave {
		if w.Defence && (len(said) == 0 || said[len(said)-1].RecordedAt < w.RecordedAt) {
			return true
		}
	}
	return false
}

// stateExpiry states whether the five working days after the service are over. While the calendar of the year is not
// loaded the question is open.
func (s *Service) stateExpiry(tx *store.Tx, p *casework.Paper, f *law.Facts) error {
	if p.State != casework.PaperDelivered {
		f.SetBool(law.RequestPeriodExpired, false, p.ID.Subject())
		return nil
	}
	d, err := s.cases.Calendar.Due("陈述申辩期限", p.ServedOn(), 0)
	var missing *calendar.YearNotLoaded
	if errors.As(err, &missing) {
		return nil
	}
	f.SetBool(law.RequestPeriodExpired, err == nil && tx.Today().After(d.Due), p.ID.Subject())
	return err
}
