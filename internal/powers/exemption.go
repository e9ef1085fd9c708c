package powers

import (
	"strings"

	"fadu/internal/law"
)

// ExemptionID identifies one entry of a list of conduct that is not punished.
type ExemptionID int64

// ExemptionKind says why conduct is not punished.
type ExemptionKind string

// The kinds of exemptions. ExemptPrecondition is no exemption proper: the fine's precondition is not met.
const (
	ExemptSlight       ExemptionKind = "slight"
	ExemptFirst        ExemptionKind = "first_offence"
	ExemptPrecondition ExemptionKind = "precondition"
	ExemptSubject      ExemptionKind = "subject"
	ExemptNoFault      ExemptionKind = "no_fault"
	ExemptLimitation   ExemptionKind = "limitation"
	ExemptNewLaw       ExemptionKind = "new_law"
)

// Effect is what an exemption does.
type Effect string

// The effects of an exemption.
const (
	EffectMust    Effect = "must"
	EffectMay     Effect = "may"
	EffectNotMet  Effect = "not_met"
	EffectNoMore  Effect = "no_more"
	EffectNewRule Effect = "new_rule"
)

// AnyCode is the code of an exemption that holds for every power.
const AnyCode = "*"

// Exemption is one entry of a list of conduct that is not punished.
type Exemption struct {
	ID   ExemptionID
	Ref  string // EX-001
	Code string // a power's code, or AnyCode
	Name string
	Kind ExemptionKind
	// Effect: must, may …
	Effect     Effect
	Conditions string
	// WindowYears is the look-back for 首违 in years; 0 = none.
	WindowYears        int
	CorrectionRequired bool
	Accompanying       []string
	Basis              string
	// Sample: thresholds made up for this data set.
	Sample bool
	Demo   bool
	Issue  Issue
}

// General reports whether the entry rests on a statute for all powers and needs no list of the bureau.
func (e Exemption) General() bool { return e.Code == AnyCode }

// Usable reports whether the entry may be relied on for an act on d: a general one always, a listed one
// once its list is published.
func (e Exemption) Usable(d law.Date, demo bool) bool {
	return e.General() || e.Kind == ExemptPrecondition || (e.Issue.Issued(d) && (demo || !e.Sample))
}

// conditions are the entry's conditions one by one.
func (e Exemption) conditions() []string {
	var out []string
	for _, c := range splitList(e.Conditions) {
		out = append(out, strings.TrimSpace(c))
	}
	return out
}
