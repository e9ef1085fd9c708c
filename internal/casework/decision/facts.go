package decision

import (
	"slices"

	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// decideTerm is the clock of the decision.
const decideTerm = "作出处罚决定期限"

// facts states what is drafted, weighed and discussed. Without a draft nothing of it is stated, which bars the decision.
func (s *Service) facts(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	if err := s.stateTime(tx, c, f); err != nil {
		return err
	}
	if err := s.stateDiscussion(tx, c, f); err != nil {
		return err
	}
	d, in, err := last(tx, c.ID)
	if err != nil || d == nil {
		return err
	}
	if err := stateCorrected(tx, c, in, f); err != nil {
		return err
	}
	if in.Slight != nil {
		f.SetBool(law.SlightViolation, *in.Slight, src)
	}
	if c.Metric != "" {
		f.SetBool(law.MeasurementRecorded, true, src)
	}
	proofs, err := s.proofs(tx, c, in)
	if err != nil && fault.KindOf(err) == "" {
		return err
	}
	f.SetBool(law.EvidenceNumbered, err == nil, src)
	f.SetMoney(law.FinalPenalty, in.fine(), src)
	f.SetBool(law.BenchmarkDeparture, in.Departure != "", src)
	f.SetBool(law.MakerApproved, in.MakerApproval != "", src)
	f.SetBool(law.CannotDiscern, in.Mental != "", src)
	f.SetBool(law.MinorLightened, in.Leniency == minorGround, src)
	f.SetBool(law.MustBeLighter, in.mustLighten() || c.Minor(on), src)
	if err := s.stateLighter(tx, c, in, on, f); err != nil {
		return err
	}
	f.SetBool(law.StatutoryReduction, in.Reduced && in.Leniency != "" && (in.Leniency != minorGround || c.Minor(on)), src)
	if err := s.stateSameAct(tx, c, d, in, f); err != nil {
		return err
	}
	if in.Outcome == Spare {
		f.SetText(law.NoPenaltyGround, in.Ground, src)
		f.SetBool(law.EducationRecorded, in.Educated != "", src)
	}
	if err := s.stateFault(tx, c, in, f); err != nil {
		return err
	}
	if err := s.stateBenchmark(tx, c, on, f); err != nil {
		return err
	}
	if err := s.stateMajor(tx, c, in, on, f); err != nil {
		return err
	}
	return s.stateElements(tx, c, in, proofs, f)
}

// stateCorrected states whether the party corrected in time, as the last recheck found. Where an order was not looked at, a proposal that says it was
// followed proves nothing; without an order the officers' word on the spot counts.
func stateCorrected(tx *store.Tx, c *casework.Case, in DraftInput, f *law.Facts) error {
	if in.unproven() {
		return nil
	}
	acts, err := casework.Acts(tx, c.ID)
	found := casework.CorrectedInTime(acts)
	if found == law.Unknown && (!casework.Ordered(acts) || !bool(c.Corrected)) {
		found = law.TriOf(bool(c.Corrected))
	}
	if found != law.Unknown {
		f.SetBool(law.CorrectedInTime, found == law.True, c.ID.Subject())
	}
	return err
}

// stateLighter states whether the penalty is really lighter, by the tier or, where the benchmark has none, by what the law allows; with neither
// nothing measures a fine, and the question stays open.
func (s *Service) stateLighter(tx *store.Tx, c *casework.Case, in DraftInput, on law.Date, f *law.Facts) error {
	least, most := c.TierMin, c.TierMax
	if most == 0 && in.fine() > 0 {
		now := *c
		a, err := s.cases.Weigh(tx, &now, on, c.ChosenLaw)
		if err != nil && fault.KindOf(err) == "" {
			return err
		}
		if err != nil || !a.HasRange {
			return nil
		}
		least, most = a.Statutory.Min, a.Statutory.Max
	}
	f.SetBool(law.FineLighter, in.lighter(least, most), c.ID.Subject())
	return nil
}

// stateSameAct states what the draft answers about the fines of the party for acts of the same days (行政处罚法第二十九条).
// A fine that came after the draft was not asked about, so that the answer stays open.
func (s *Service) stateSameAct(tx *store.Tx, c *casework.Case, d *Draft, in DraftInput, f *law.Facts) error {
	if in.SameAct == nil || f.Said(law.AlreadyFined) != law.Unknown {
		return nil
	}
	fined, err := s.cases.FinedThen(tx, c)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(fined, func(e casework.EarlierCase) bool { return e.DecidedOn > d.On.String() }) {
		return nil
	}
	f.SetBool(law.AlreadyFined, *in.SameAct, c.ID.Subject())
	return nil
}

// stateFault states whether the party proved that it was not at fault. Where the question arises the draft has to answer it.
func (s *Service) stateFault(tx *store.Tx, c *casework.Case, in DraftInput, f *law.Facts) error {
	all, err := s.cases.Exhibits(tx, c)
	if err != nil {
		return err
	}
	told, err := s.told(tx, c)
	if err != nil {
		return err
	}
	switch {
	case in.Outcome == Spare:
		f.SetBool(law.NoFaultProved, in.Ground == faultlessGround && in.faultless(all), c.ID.Subject())
	case in.FaultDisproved != nil:
		f.SetBool(law.NoFaultProved, *in.FaultDisproved, c.ID.Subject())
	case !casework.FaultAsked(all, told):
		f.SetBool(law.NoFaultProved, false, c.ID.Subject())
	}
	return nil
}

// stateTime states by when the decision is due and when the report on a hearing was made; a zero day is none.
func (s *Service) stateTime(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	src := c.ID.Subject()
	clock, err := s.cases.ClockOf(tx, c, decideTerm)
	if err != nil {
		return err
	}
	due := law.Date{}
	if clock != nil {
		due = clock.Due
	}
	f.SetDate(law.DecisionDue, due, src)
	reported, err := lastDay(tx, c.ID, "report_hearing")
	f.SetDate(law.HearingReportedOn, reported, src)
	return err
}

// lastDay is the last day on which an act was done; zero when it was not.
func lastDay(tx *store.Tx, id casework.CaseID, act string) (law.Date, error) {
	acts, err := casework.Acts(tx, id)
	on := law.Date{}
	for _, a := range acts {
		if a.Act == act {
			on = a.On
		}
	}
	return on, err
}

// stateBenchmark states whether a superior made the benchmark that applies.
func (s *Service) stateBenchmark(tx *store.Tx, c *casework.Case, on law.Date, f *law.Facts) error {
	if c.PowerCode == "" {
		return nil
	}
	now := *c
	a, err := s.cases.Weigh(tx, &now, on, c.ChosenLaw)
	if err != nil {
		return nil //nolint:nilerr // what cannot be weighed any more stays unstated and bars by the rules on the power
	}
	organ, err := s.cases.OrganOf(tx, c)
	if err != nil {
		return err
	}
	f.SetBool(law.BenchmarkBySuperior, a.HasBenchmark && a.Benchmark.Issue.Issuer != organ.Name, "benchmark/"+a.Benchmark.Key())
	return nil
}

// stateMajor states what makes the decision major and what that asks for, by the directory (行政处罚法第五十七条第二款、第五十八条第一款). A
// question that the draft leaves open stays open, and so does what follows from it.
func (s *Service) stateMajor(tx *store.Tx, c *casework.Case, in DraftInput, on law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	m := casework.MajorCase{Facts: map[string]law.Tri{law.HearingRequired.Name(): f.Said(law.HearingRequired)}, Party: c.PartyKind, Fine: in.fine()}
	if in.Outcome == Spare {
		m.Facts[law.HearingRequired.Name()] = law.False
	}
	for _, k := range in.kinds() {
		m.Kinds = append(m.Kinds, casework.PenaltyKind(k))
	}
	for _, q := range in.majorQuestions() {
		if q.said != nil {
			f.SetBool(q.key, *q.said, src)
		}
		m.Facts[q.key.Name()] = f.Said(q.key)
	}
	reported, err := lastDay(tx, c.ID, "report_hearing")
	if err != nil {
		return err
	}
	m.Hearing = law.TriOf(!reported.IsZero())
	for _, x := range []struct {
		effect casework.MajorEffect
		key    law.BoolKey
	}{{casework.NeedsReview, law.LegalReviewRequired}, {casework.NeedsDiscussion, law.CollectiveRequired}} {
		due, _, err := s.cases.MajorNeed(tx, x.effect, m, on)
		if err != nil {
			return err
		}
		if due != law.Unknown {
			f.SetBool(x.key, due == law.True, "major_decisions")
		}
	}
	return nil
}

// stateElements states what 行政处罚法第五十九条第一款 still wants in the decision that would be made now.
func (s *Service) stateElements(tx *store.Tx, c *casework.Case, in DraftInput, proofs casework.Proofs, f *law.Facts) error {
	if in.Outcome != Punish || c.PowerCode == "" || !slices.Contains([]casework.State{casework.Answered, casework.Reviewing, casework.Agreed, casework.Discussing, casework.DecisionAsked}, c.State) {
		return nil
	}
	told, err := s.told(tx, c)
	if err != nil {
		return err
	}
	missing, err := s.cases.Missing(tx, c, casework.Draft{Kind: casework.PenaltyDecisionKind, Part: in.penaltyPaper(c, proofs, told)})
	if err != nil {
		return nil //nolint:nilerr // no content can be made: the rules on power and organ say why
	}
	for _, p := range told.Unanswered {
		missing = append(missing, "对当事人意见“"+p+"”的答复（"+law.Cite("XZCF", 45, 1).Han()+"）")
	}
	f.SetList(law.MissingFields, missing, c.ID.Subject())
	return nil
}
