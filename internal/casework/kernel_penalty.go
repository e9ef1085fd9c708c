package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
)

// Weigh works out anew, as of the day on, what the penalty of an ordinary case rests on: old or new law, tier,
// exemptions, earlier offences. What was measured, found about harm and corrected stays. Where each law is milder
// in some respect, settled (old or new) is what the bureau chose; without it that is refused.
func (s *Service) Weigh(tx *store.Tx, c *Case, on law.Date, settled string) (a powers.Assessment, err error) {
	if c.PowerCode == "" {
		return a, fault.New(fault.Conflict, "还没有选定案由和处罚依据。请先拟定处理意见")
	}
	if c.Prior, err = s.priorCount(tx, c); err != nil {
		return a, err
	}
	c.AppliedCode, c.ChosenLaw = c.PowerCode, ""
	if a, err = s.assess(tx, c, on); err != nil {
		return a, err
	}
	if m := a.Milder; m != nil {
		c.ChosenLaw = string(m.Use)
		if m.Use == powers.ChooseUnclear {
			if settled != string(powers.ChooseOld) && settled != string(powers.ChooseNew) {
				return a, fault.InvalidField("chosen_law", "新旧规定各有轻重（%s）。请由法制机构比较后选定适用哪一个，并写明理由", strings.Join(m.Reasons, "；"))
			}
			c.ChosenLaw = settled
		}
		if c.ChosenLaw == string(powers.ChooseNew) {
			c.AppliedCode = m.New.Code
			if a, err = s.assess(tx, c, on); err != nil {
				return a, err
			}
			a.Milder = m
		}
	}
	c.Tier, c.TierMin, c.TierMax = "", 0, 0
	c.graded(a)
	c.Exemption = exemptionNote(exemptionHits(a))
	return a, nil
}

// AssessNorm assesses the act of the case under another power that it breaks too, as of the day on.
func (s *Service) AssessNorm(tx *store.Tx, c *Case, code string, on law.Date) (powers.Assessment, error) {
	other := *c
	other.PowerCode, other.AppliedCode, other.ChosenLaw, other.Metric = code, code, "", ""
	return s.assess(tx, &other, on)
}

// Missing lists what the law still wants in a paper that would be drawn up today, as MissingParts does.
func (s *Service) Missing(tx *store.Tx, c *Case, d Draft) ([]string, error) {
	content, err := s.ContentOf(tx, c, d)
	if err != nil {
		return nil, err
	}
	return MissingParts(content)
}

// OrganOf is the body in whose name the case is handled.
func (s *Service) OrganOf(tx *store.Tx, c *Case) (org.Subject, error) {
	if c.Organ == 0 {
		acting, err := org.SubjectFor(tx, c.UnitID, tx.Today())
		if err != nil {
			return org.Subject{}, err
		}
		return org.SubjectByID(tx, acting.ID)
	}
	return org.SubjectByID(tx, org.SubjectID(c.Organ))
}

// ClockOf returns the running or last clock of a term of the case, nil when there is none.
func (s *Service) ClockOf(tx *store.Tx, c *Case, term string) (*timing.Clock, error) {
	clocks, err := s.Clocks(tx, c)
	var found *timing.Clock
	for i, k := range clocks {
		if k.Term == term && k.State != timing.Superseded && k.State != timing.Dropped {
			found = &clocks[i]
		}
	}
	return found, err
}

// LastPart returns the newest paper of a kind in the case that was not voided, and what it alone says; ok is false
// while there is none.
func LastPart[T any](tx *store.Tx, id CaseID, kind PaperKind) (p Paper, part T, ok bool, err error) {
	last, err := LastPaper(tx, id, kind)
	if err != nil || last == nil {
		return p, part, false, err
	}
	part, err = PartOf[T](*last)
	return *last, part, true, err
}

// FactsOf states everything that the file says of a case on a day, as the guards of its acts would read it.
func (s *Service) FactsOf(tx *store.Tx, c *Case, on law.Date) (law.Facts, error) {
	return s.facts(tx, c, on)
}

// Heard is what the records say of how the party was told and heard, over every notice of the case.
type Heard struct {
	// Notice is the number of the notice that counts, ServedOn when it reached the party; empty while it did not.
	Notice   string
	ServedOn law.Date
	// HearingRight: the right to a hearing was told. HearingAsked: one was asked for, whatever became of it.
	HearingRight, HearingAsked bool
	// Answers are the points of the party with their answers, Unanswered those without one.
	Answers    []DefenceAnswer
	Unanswered []string
}

// Says tells it in short, for the forms that ask about it.
func (h Heard) Says() string {
	switch n := len(h.Answers) + len(h.Unanswered); {
	case h.ServedOn.IsZero():
		return "没有告知"
	case len(h.Unanswered) > 0:
		return fmt.Sprintf("当事人提出 %d 点意见，其中 %d 点还没有复核", n, len(h.Unanswered))
	case n > 0:
		return fmt.Sprintf("当事人提出 %d 点意见，均已复核", n)
	}
	return "当事人没有提出陈述、申辩意见"
}

// Proposal is what is to be decided in a case, in the parts on which legal review passes judgment.
type Proposal struct {
	Punish                                     bool
	Decision, Facts, Evidence, Grounds, Answer string
}

// Imposed is what a draft would impose on the party, in the terms in which a notice must have told it (行政处罚法第四十四条): kinds as the case keeps
// them (警告;罚款), amounts, facts, and a line 种类：内容 for each kind that needs one.
type Imposed struct {
	Kinds              string
	Fine, Gains, Goods law.Money
	Facts, Contents    string
}

// ProposalPart is a part of a proposal by its name.
type ProposalPart struct{ Name, Text string }

// Parts are the parts of the proposal in order.
func (p Proposal) Parts() []ProposalPart {
	return []ProposalPart{{"拟作的决定", p.Decision}, {"事实", p.Facts}, {"证据", p.Evidence}, {"依据和裁量", p.Grounds}, {"告知、申辩和听证", p.Answer}}
}

// Digest tells two proposals apart.
func (p Proposal) Digest() string {
	b, _ := json.Marshal(p.Parts()) // strings alone
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// faultDenied reports whether the party said on the street that it was not at fault: what it proves is not settled there.
func (s *Service) faultDenied(tx *store.Tx, c *Case) (bool, error) {
	all, err := steps(tx, c.ID)
	said := ""
	for _, st := range all {
		if !st.Withdrawn && st.Kind == StepHear {
			said = st.Text
		}
	}
	return DeniesFault(said), err
}

// actFacts states when the act was done.
func actFacts(c *Case, f *law.Facts, src string) {
	f.SetDate(law.ViolationStart, c.ActFrom, src)
	f.SetDate(law.ViolationEnd, c.SubstanceOn(), src)
	f.SetBool(law.Continuing, c.Continuing(), src)
}

// faultFact: on the street, fault that the party does not deny is not disproved; the ordinary procedure's draft answers it.
func (s *Service) faultFact(tx *store.Tx, c *Case, f *law.Facts) error {
	if c.ordinary() || f.Said(law.NoFaultProved) != law.Unknown {
		return nil
	}
	denied, err := s.faultDenied(tx, c)
	if err == nil && !denied {
		f.SetBool(law.NoFaultProved, false, c.ID.Subject())
	}
	return err
}
