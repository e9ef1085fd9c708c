package powers

import "fadu/internal/law"

// Met is a circumstance that a tier asked for and that was found.
type Met struct {
	Kind Weighed
	// Text says in Chinese what was found.
	Text string
}

// Weighed says which circumstance was weighed.
type Weighed string

// The circumstances that tiers weigh.
const (
	WeighedSize      Weighed = "size"
	WeighedFirst     Weighed = "first"
	WeighedRepeated  Weighed = "repeated"
	WeighedCorrected Weighed = "corrected"
	WeighedRefused   Weighed = "refused"
	WeighedNoHarm    Weighed = "no_harm"
	WeighedHarm      Weighed = "harm"
)

// penaltyLaw2021 is the first day of the 行政处罚法 whose numbers Cite gives.
var penaltyLaw2021 = law.MustDate("2021-07-15")

// weighing is why a circumstance counts at all; how much it counts is said by the benchmark, whose basis
// is the article on benchmarks (行政处罚法第三十四条).
var weighing = map[Weighed]law.Citations{
	WeighedSize:      {law.Cite("XZCF", 5, 2), law.Cite("XZCF", 34)},
	WeighedFirst:     {law.Cite("XZCF", 33, 1)},
	WeighedRepeated:  {law.Cite("XZCF", 5, 2), law.Cite("XZCF", 34)},
	WeighedCorrected: {law.Cite("XZCF", 28, 1), law.Cite("XZCF", 33, 1)},
	WeighedRefused:   {law.Cite("XZCF", 28, 1), law.Cite("XZCF", 5, 2)},
	WeighedNoHarm:    {law.Cite("XZCF", 33, 1)},
	WeighedHarm:      {law.Cite("XZCF", 5, 2)},
}

// Cite returns the articles on which the circumstance counts on a day; none before 2021-07-15, whose law
// had other numbers.
func (m Met) Cite(on law.Date) law.Citations {
	if on.Before(penaltyLaw2021) {
		return nil
	}
	return weighing[m.Kind]
}
