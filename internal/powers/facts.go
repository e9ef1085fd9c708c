package powers

import (
	"slices"

	"fadu/internal/law"
)

// Facts states what powers know about an act, each with the record that it comes from: whether the power
// is adopted, in force and checked, whether its benchmark is published, the ranges, and whether the law
// changed. penalty is the kind of penalty in view (罚款, 警告); empty leaves it unstated. What could not be
// computed stays unstated, so that a real case is refused.
func Facts(a Assessment, penalty string, f *law.Facts) {
	source := LedgerSubject(a.Item.Code) + "@" + a.Item.ValidFrom.String()
	f.SetBool(law.PowerAdopted, a.Adopted, source)
	f.SetBool(law.PowerInForce, true, source)
	f.SetBool(law.PowerVerified, a.Item.Confirmed(), source)
	if penalty != "" {
		f.SetBool(law.PenaltyProvided, slices.Contains(a.Item.PenaltyKinds, penalty), source)
	}
	if a.HasRange {
		f.SetMoney(law.StatuteMin, a.Statutory.Min, source)
		f.SetMoney(law.StatuteMax, a.Statutory.Max, source)
	}
	f.SetBool(law.BenchmarkExists, a.HasBenchmark, source)
	f.SetBool(law.DecidedAfterChange, a.Milder != nil, source)
	if a.Milder != nil && a.Milder.Use != ChooseUnclear {
		f.SetBool(law.NewRuleLighter, a.Milder.Use == ChooseNew, source)
	}
	if !a.HasBenchmark {
		f.SetBool(law.MeasurementRequired, false, source)
		return
	}
	issue := "benchmark/" + a.Benchmark.Key() + " " + a.Benchmark.Issue.Document
	f.SetBool(law.BenchmarkIssued, a.BenchmarkOut, issue)
	f.SetBool(law.MeasurementRequired, a.Benchmark.Measured(), issue)
	if a.HasTier {
		f.SetMoney(law.TierMin, a.Tier.Min, issue)
		f.SetMoney(law.TierMax, a.Tier.Max, issue)
		f.SetBool(law.TierMaxExcluded, a.Tier.RangeSet && !a.Tier.UpperInclusive, issue)
	}
}

// Measured reports whether a tier asks for a measurement.
func (b Benchmark) Measured() bool {
	return slices.ContainsFunc(b.Tiers, func(t Tier) bool { return t.MetricSet })
}
