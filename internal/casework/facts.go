package casework

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/identity"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// facts states what the file says about a case on the day of a step. What no record says stays
// unstated, and an unstated fact blocks the act that needs it.
func (s *Service) facts(tx *store.Tx, c *Case, on law.Date) (law.Facts, error) {
	f, err := s.officerFacts(tx, c, on)
	if err != nil {
		return f, err
	}
	if err := s.sceneFacts(tx, c, &f); err != nil {
		return f, err
	}
	if err := s.partyFacts(tx, c, &f); err != nil {
		return f, err
	}
	if err := s.penaltyFacts(tx, c, on, &f); err != nil {
		return f, err
	}
	if err := s.paperFacts(tx, c, &f); err != nil {
		return f, err
	}
	if err := s.moneyFacts(tx, c, &f); err != nil {
		return f, err
	}
	if err := s.filingFacts(c, &f); err != nil {
		return f, err
	}
	if err := s.changedFacts(tx, c, &f); err != nil {
		return f, err
	}
	if err := s.handFacts(tx, c, &f); err != nil {
		return f, err
	}
	if c.ordinary() {
		for _, d := range s.desks {
			if d.Facts == nil {
				continue
			}
			if err := d.Facts(tx, c, on, &f); err != nil {
				return f, err
			}
		}
	}
	stated, err := recorded(tx, c.ID)
	if err != nil {
		return f, err
	}
	for _, r := range stated {
		var v any
		d := json.NewDecoder(strings.NewReader(r.Value))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			return f, fmt.Errorf("casework: fact %s of %s: %w", r.Key, c.ID, err)
		}
		if err := law.Words().Set(&f, r.Key, v, r.Source); err != nil {
			return f, fmt.Errorf("casework: fact %s of %s: %w", r.Key, c.ID, err)
		}
	}
	return f, nil
}

// filingFacts states by when the decision had to be reported, and when it was.
func (s *Service) filingFacts(c *Case, f *law.Facts) error {
	if c.DecidedOn.IsZero() || c.ordinary() {
		return nil
	}
	due, err := s.due("当场处罚决定备案", c.DecidedOn)
	if err != nil {
		return err
	}
	f.SetDate(law.RecordDue, due, c.ID.Subject())
	recorded := law.Date{}
	if c.FiledAt != 0 {
		recorded = law.DateOf(store.FromMicros(c.FiledAt))
	}
	f.SetDate(law.RecordedOn, recorded, c.ID.Subject())
	return nil
}

// officerFacts states who handles the case, by their certificates on the day and for the place.
func (s *Service) officerFacts(tx *store.Tx, c *Case, on law.Date) (law.Facts, error) {
	var f law.Facts
	if c.Lead == 0 || c.Assist == 0 {
		return f, nil
	}
	statuses, err := org.OfficersOn(tx, []org.PersonID{org.PersonID(c.Lead), org.PersonID(c.Assist)}, on, c.Area)
	if err != nil {
		return f, err
	}
	org.Facts(statuses, &f)
	judges, err := s.Judges(tx, c)
	f.SetBool(law.OfficerJudged, judges[c.Lead] || judges[c.Assist], c.ID.Subject())
	return f, err
}

// Judges are the persons who review the case or hold its hearing, and so do not handle it.
func (s *Service) Judges(tx *store.Tx, c *Case) (map[int64]bool, error) {
	posts, err := s.JudgesAs(tx, c)
	out := map[int64]bool{}
	for p := range posts {
		out[p] = true
	}
	return out, err
}

// JudgesAs are the Judges with what each is to the case: 听证主持人.
func (s *Service) JudgesAs(tx *store.Tx, c *Case) (map[int64]string, error) {
	out := map[int64]string{}
	for _, d := range s.desks {
		if d.Judges == nil || !c.ordinary() {
			continue
		}
		some, err := d.Judges(tx, c)
		if err != nil {
			return nil, err
		}
		maps.Copy(out, some)
	}
	delete(out, 0)
	return out, nil
}

// Recused is somebody who was asked to withdraw from the case: not decided yet, or granted.
type Recused struct {
	Person        int64
	Open, Granted bool
}

// Recusals are what the desk of recusal knows of a person's.
func (s *Service) Recusals(tx *store.Tx, c *Case) ([]Recused, error) {
	var out []Recused
	for _, d := range s.desks {
		if d.Recusals == nil || !c.ordinary() {
			continue
		}
		some, err := d.Recusals(tx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// sceneFacts states what was done on the street, from the steps and photographs that still count.
func (s *Service) sceneFacts(tx *store.Tx, c *Case, f *law.Facts) error {
	all, err := steps(tx, c.ID)
	if err != nil {
		return err
	}
	last := map[StepKind]Step{}
	for _, st := range all {
		if !st.Withdrawn {
			last[st.Kind] = st
		}
	}
	source := func(k StepKind) string { return fmt.Sprintf("step/%d", last[k].ID) }
	flag := func(k StepKind, key law.BoolKey) {
		if _, ok := last[k]; ok {
			f.SetBool(key, true, source(k))
		}
	}
	flag(StepShowID, law.ShowedID)
	flag(StepTell, law.Informed)
	flag(StepCorrect, law.CorrectionOrdered)
	flag(StepEducate, law.EducationRecorded)
	if st, ok := last[StepEducate]; ok {
		f.SetBool(law.PledgeSigned, st.Detail == "signed", source(StepEducate))
	}
	if st, ok := last[StepHear]; ok {
		f.SetBool(law.StatementRecorded, st.Text != "", source(StepHear))
		// What the party said must be answered before it counts as heard; 无 needs no answer.
		review, answered := last[StepReview]
		f.SetBool(law.PartyHeard, st.Text == NothingSaid || answered && review.DoneAt >= st.DoneAt, source(StepHear))
	}
	if st, ok := last[StepCorrect]; ok {
		f.SetBool(law.CorrectedOnSpot, st.Detail == CorrectedNow, source(StepCorrect))
		f.SetDate(law.CorrectionDue, st.Due, source(StepCorrect))
		re, rechecked := last[StepRecheck]
		f.SetBool(law.CorrectedInTime, st.Detail == CorrectedNow || rechecked && re.Detail == CorrectedNow, source(StepCorrect))
	}
	if st, ok := last[StepFootage]; ok {
		f.SetBool(law.FootageLinked, st.Detail != "", source(StepFootage))
		f.SetBool(law.FootageGapExplained, st.Detail == "" && st.Text != "", source(StepFootage))
	}
	f.SetBool(law.OfficerRecused, recused(all, c), c.ID.Subject())
	// The on-the-spot procedure knows no filing (立案); the ordinary one records it.
	f.SetBool(law.Filed, !c.FiledOn.IsZero(), c.ID.Subject())
	_, measured := last[StepMeasure]
	f.SetBool(law.MeasurementRecorded, measured, c.ID.Subject())
	pics, err := photos(tx, c.ID)
	if err != nil {
		return err
	}
	n := int64(0)
	for _, p := range pics {
		if p.Place != "" && p.TakenAt != 0 {
			n++
		}
	}
	f.SetNumber(law.PhotosWithPlaceTime, n, c.ID.Subject())
	return nil
}

// recused reports whether one of the two officers was told by the head to withdraw; another one's
// withdrawal is history.
func recused(all []Step, c *Case) bool {
	return slices.ContainsFunc(all, func(st Step) bool {
		return st.Kind == StepRecusal && !bool(st.Withdrawn) && st.Detail == "withdrawn" && (st.Person == c.Lead || st.Person == c.Assist)
	})
}

// partyFacts states whom the case concerns.
func (s *Service) partyFacts(tx *store.Tx, c *Case, f *law.Facts) error {
	src := c.ID.Subject()
	if c.PartyKind == "" {
		return nil
	}
	set, err := s.Powers.Setting(tx)
	if err != nil {
		return err
	}
	f.SetText(law.Party, partyLabels[c.PartyKind], src)
	f.SetBool(law.IdentityEstablished, c.IdentityEstablished(), src)
	f.SetBool(law.SoleTraderAsUnit, set.SoleTraderAs == powers.Organisation, src)
	if c.PartyKind != Citizen && c.PartyKind != SoleTrader {
		f.SetNumber(law.Age, adult, src)
	} else if !c.Born.IsZero() && !c.ActFrom.IsZero() {
		f.SetNumber(law.Age, int64(identity.Age(c.Born, c.ActFrom)), src)
	}
	f.SetBool(law.GuardianNoted, c.Guardian != "", src)
	return nil
}

// adult stands for the age of an organisation, to which the age rules do not apply.
const adult = 18

// penaltyFacts states the proposed penalty against the power and benchmark of the day of the act.
func (s *Service) penaltyFacts(tx *store.Tx, c *Case, on law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	if c.PowerCode == "" {
		return nil
	}
	f.SetBool(law.FactsClear, bool(c.FactsClear) && c.FactText != "", src)
	f.SetText(law.Penalty, strings.ReplaceAll(c.Kinds, ";", "、"), src)
	f.SetMoney(law.MoneyAmount, c.Amount, src)
	f.SetMoney(law.FineImposed, c.Amount, src)
	actFacts(c, f, src)
	f.SetDate(law.Discovered, law.DateOf(c.Found()), src)
	f.SetBool(law.LifeHealthFinance, false, src)
	f.SetText(law.Harm, harmLabels[c.Harm], src)
	if !c.ordinary() { // the draft of the ordinary procedure answers whether it is, with reasons
		f.SetBool(law.SlightViolation, c.Harm == "none" && c.Tier == "不予处罚", src)
	}
	if err := s.faultFact(tx, c, f); err != nil {
		return err
	}
	f.SetBool(law.FirstViolation, c.Prior == 0, src)
	f.SetBool(law.ExemptionChecked, c.Exemption != "", src)
	f.SetText(law.ProcedureUsed, strings.TrimSuffix(c.procedureID().Label(), "程序"), src)
	fined, err := s.alreadyFined(tx, c)
	if err != nil {
		return err
	}
	others, err := s.FinedThen(tx, c)
	if err != nil {
		return err
	}
	if fined || len(others) == 0 || !c.ordinary() { // else the draft answers whether it was the same act
		f.SetBool(law.AlreadyFined, fined, src)
	}
	a, err := s.assess(tx, c, on)
	if err != nil {
		if fault.KindOf(err) != "" {
			f.SetBool(law.PowerInForce, false, src)
			f.SetBool(law.HasLegalBasis, false, src)
			return nil
		}
		return err
	}
	powers.Facts(a, "", f)
	provided := true
	for _, k := range strings.Split(c.Kinds, ";") {
		provided = provided && (c.ordinary() && c.Spares() || Provides(a.Item.PenaltyKinds, k))
	}
	f.SetBool(law.PenaltyProvided, provided, src)
	f.SetBool(law.HasLegalBasis, a.Usable && provided, src)
	if c.Organ != 0 {
		organ, err := org.SubjectByID(tx, org.SubjectID(c.Organ))
		if err != nil {
			return err
		}
		f.SetBool(law.SubjectCompetent, on.Within(organ.From, organ.Until) && a.Adopted, "subject/"+fmt.Sprint(c.Organ))
	}
	f.SetBool(law.TierNamed, c.Tier != "" && c.TierWhy != "", src)
	return nil
}

// assess asks powers for everything about the case's act, by the day of the act and of the step.
func (s *Service) assess(tx *store.Tx, c *Case, on law.Date) (powers.Assessment, error) {
	in, err := c.assessInput(on)
	if err != nil {
		return powers.Assessment{}, err
	}
	return s.Powers.AssessCase(tx, c.ID.String(), in)
}

// alreadyFined reports whether the same act of the same party was already fined in another case: same
// power, same day of the act, same place.
func (s *Service) alreadyFined(tx *store.Tx, c *Case) (bool, error) {
	if c.PartyKey == "" {
		return false, nil
	}
	n, err := tx.DB().NewSelect().Model((*Case)(nil)).Where("party_key = ?", c.PartyKey).Where("id <> ?", c.ID).
		Where("power_code = ?", c.PowerCode).Where("act_from = ?", c.ActFrom).Where("place = ?", c.Place).Where("amount > 0").
		Where("(state IN ('issuing', 'issued', 'delivered', 'closed') AND procedure <> 'ordinary' OR procedure = 'ordinary' AND decided_on <> '' AND state <> 'revoked')").Count(tx.Ctx)
	return n > 0, err
}

// FinedThen are the fines of the same party, of any unit and for any cause, whose act overlaps this one in days: whether it
// was the same act, a person must say (行政处罚法第二十九条).
func (s *Service) FinedThen(tx *store.Tx, c *Case) ([]EarlierCase, error) {
	if c.PartyKey == "" || c.ActFrom.IsZero() {
		return nil, nil
	}
	var out []EarlierCase
	err := tx.DB().NewSelect().Model((*Case)(nil)).Column("id", "decided_on", "power_code", "power_name", "penalty_kinds", "amount", "unit_id", "state", "procedure", "found_at").
		Where("party_key = ?", c.PartyKey).Where("id <> ?", c.ID).Where("amount > 0").
		Where("act_from <> ''").Where("act_from <= ?", c.SubstanceOn()).Where("(act_from >= ? OR act_until >= ?)", c.ActFrom, c.ActFrom).
		Where("(state IN ('issuing', 'issued', 'delivered', 'closed') AND procedure <> 'ordinary' OR procedure = 'ordinary' AND decided_on <> '' AND state <> 'revoked')").
		Order("id").Limit(earlierMost).Scan(tx.Ctx, &out)
	return out, err
}

// RecordFact lets a satellite slice state a fact in its own transaction. Keys are a closed list; each
// may be set by one slice only.
func RecordFact(tx *store.Tx, by access.Session, id CaseID, slice, key string, value any, source string) error {
	if owner, ok := factOwners[key]; !ok || owner != slice {
		return fmt.Errorf("casework: %s may not state the fact %q", slice, key)
	}
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.fact_recorded", Subject: id.Subject(), Data: map[string]any{"key": key, "value": value, "source": source}})
	if err != nil {
		return err
	}
	row := &Fact{Case: id, Key: key, Value: string(b), Source: source, Entry: int64(entry), At: store.Micros(tx.Now)}
	_, err = tx.DB().NewInsert().Model(row).On("CONFLICT (case_id, key) DO UPDATE").
		Set("value = EXCLUDED.value").Set("source = EXCLUDED.source").Set("entry_id = EXCLUDED.entry_id").Set("at = EXCLUDED.at").Exec(tx.Ctx)
	return err
}

// factOwners says which slice may state which fact.
var factOwners = map[string]string{
	// What only legal review may state; it does so live, through its desk.
	law.LegalReview.Name(): "legalreview", law.ReviewedOn.Name(): "legalreview", law.ReviewLapsed.Name(): "legalreview", law.ReviewOutcome.Name(): "legalreview",
	law.ReviewPoints.Name(): "legalreview", law.OpinionSigned.Name(): "legalreview", law.FirstReviewer.Name(): "legalreview", law.PassedLegalExam.Name(): "legalreview",

	law.Disclosed.Name():     "disclosure",
	law.ReviewApplied.Name(): "litigation",
	law.ReviewPending.Name(): "litigation",
	law.PartySued.Name():     "litigation",
}

// day returns midnight-free micros of a civil day, for look-ups "since".
func day(d law.Date) int64 { return store.Micros(d.Start().In(time.UTC)) }
