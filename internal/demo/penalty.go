package demo

import (
	"fmt"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/powers"
)

// penalty computes what the benchmark gives and fits the street: a warning where the power knows one and
// the fine would be too high for an on-the-spot decision. ok is false when education is the right end.
func (s *street) penalty() (in casework.PenaltyInput, ok bool) {
	today := law.DateOf(s.f.clock.Now())
	in = casework.PenaltyInput{ActFrom: today, FactText: s.fact(), Clear: true, PowerCode: s.off.code, Metric: s.metric, Corrected: true, Harm: "none", PayBy: casework.PayCode, NoExemption: "当事人所处路段为重点保障路段，经教育仍有必要处罚"}
	assessed, err := s.f.app.Cases.Try(s.ctx, s.lead, s.id, in)
	if err != nil {
		s.err = err
		return in, false
	}
	ceiling := law.Yuan(200)
	if s.party.in.Kind == casework.LegalPerson {
		ceiling = law.Yuan(3000)
	}
	exempt := false
	for _, h := range assessed.Exemptions {
		exempt = exempt || h.Usable && h.Fits == law.True
	}
	switch {
	case assessed.HasTier && !assessed.Tier.RangeSet, exempt && s.f.rand.IntN(12) == 0:
		return in, false
	case s.f.rand.IntN(8) == 0 && contains(assessed.Item.PenaltyKinds, "警告"):
		in.Warning = true
		return in, true
	case !assessed.HasTier || assessed.Tier.Min > ceiling:
		if !contains(assessed.Item.PenaltyKinds, "警告") {
			return in, false
		}
		in.Warning = true
		return in, true
	}
	in.Fine, in.Amount = true, s.amount(assessed, ceiling)
	if in.Amount <= law.Yuan(100) && s.f.rand.IntN(4) == 0 {
		in.PayBy = casework.PayCash
	}
	return in, true
}

func (s *street) amount(a powers.Assessment, ceiling law.Money) law.Money {
	low, high := a.Tier.Min, min(a.Tier.Max-law.Yuan(1), ceiling)
	steps := int((high - low) / law.Yuan(10))
	m := low + law.Yuan(10)*law.Money(s.f.rand.IntN(steps+1))
	return max(m, law.Yuan(10))
}

func contains(list []string, v string) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

func (s *street) fact() string {
	text := s.off.fact
	if strings.Contains(text, "%s") {
		text = fmt.Sprintf(text, s.metric)
	}
	return "当事人于" + s.f.clock.Now().Format("1月2日15时04分") + "在" + s.place + text
}
