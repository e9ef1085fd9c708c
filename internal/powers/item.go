package powers

import (
	"strconv"
	"strings"

	"fadu/internal/law"
)

// ItemID identifies one version of a power. A version's content never changes; a change is a new version.
type ItemID int64

// String returns the decimal form.
func (id ItemID) String() string { return strconv.FormatInt(int64(id), 10) }

// MarshalText prints the decimal form, so that JSON carries a string.
func (id ItemID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the decimal form.
func (id *ItemID) UnmarshalText(b []byte) error {
	n, err := strconv.ParseInt(string(b), 10, 64)
	*id = ItemID(n)
	return err
}

// Kind is the kind of a power.
type Kind string

// The kinds of powers (权责清单的类别).
const (
	KindLicence    Kind = "licence"
	KindPenalty    Kind = "penalty"
	KindCoercion   Kind = "coercion"
	KindLevy       Kind = "levy"
	KindInspection Kind = "inspection"
	KindOther      Kind = "other"
)

// FineBasis says how the law fixes a fine.
type FineBasis string

// The ways in which a law fixes a fine.
const (
	FineRange      FineBasis = "fixed_range"
	FineAtMost     FineBasis = "at_most"
	FineFixed      FineBasis = "fixed"
	FineRatio      FineBasis = "ratio"
	FinePerUnit    FineBasis = "per_unit"
	FineLocalRule  FineBasis = "local_rule"
	FineByOtherLaw FineBasis = "by_other_law"
	FineNone       FineBasis = "none"
)

// Party is whom a fine is laid on.
type Party string

// The parties. What a sole trader (个体工商户) counts as is a setting of the bureau.
const (
	Citizen      Party = "citizen"
	Organisation Party = "organisation"
	SoleTrader   Party = "sole_trader"
)

// Basis is a law and the provisions in it.
type Basis struct {
	// Law is the full title as in the list of laws.
	Law      string
	Articles Articles
}

// Han prints the basis as documents cite it: 《城市道路管理条例》第四十二条.
func (b Basis) Han() string { return "《" + b.Law + "》" + b.Articles.Han() }

// Short prints the basis with the title cut short, for lists: 生态环境法典第一千一百三十二条第三款.
func (b Basis) Short() string { return ShortTitle(b.Law) + b.Articles.Han() }

// ShortTitle drops 中华人民共和国 from a law's title.
func ShortTitle(title string) string { return strings.TrimPrefix(title, "中华人民共和国") }

// Bounds is a fine range for one kind of party. Set is false where the law knows no such fine; Min 0 means
// that the law has no lower bound (a fine that is imposed must still be above 0).
type Bounds struct {
	Set      bool
	Min, Max law.Money
}

// Fines are the ranges for a citizen and for an organisation.
type Fines struct {
	Citizen, Organisation Bounds
}

// Of returns the range for the party; a sole trader must have been resolved before.
func (f Fines) Of(p Party) Bounds {
	if p == Organisation {
		return f.Organisation
	}
	return f.Citizen
}

func (f Fines) none() bool { return !f.Citizen.Set && !f.Organisation.Set }

// PowerItem is one version of one power: one kind of unlawful conduct or one other power.
type PowerItem struct {
	ID     ItemID
	Code   string
	Kind   Kind
	Domain string
	Name   string
	// Violated is the duty, Penalty the sanction.
	Violated, Penalty Basis
	PenaltyKinds      []string
	Fine              Fines
	FineBasis         FineBasis
	// FormulaText is the formula as imported; Formula what was read from it, for ratio and per_unit.
	FormulaText string
	Formula     Formula
	// CorrectionFirst: a fine presupposes that an order to correct was not followed.
	CorrectionFirst bool
	SeizurePower    string
	// LimitationYears is the basic limitation period; LimitationNote when it is longer.
	LimitationYears int
	LimitationNote  string
	// LawVersion is the day from which the text that was read is in force.
	LawVersion law.Date
	// EscalationTrigger opens the second range of the same article.
	EscalationTrigger string
	Escalated         Fines
	Scope             string
	ValidFrom         law.Date
	ValidTo           law.Date
	// SupersededBy names the provision (生态环境法典第一千一百三十二条第三款) or the codes that follow.
	SupersededBy string
	// Verify is the grade of checking: A, B1, B2, C or U, with a remark.
	Verify string
	Notes  string
	// Demo marks a row of a fictional law; it loads only into a demo database.
	Demo bool
	// Standing is what the bureau did with the row. Zero for a library row.
	Standing Standing
}

// Standing is what a bureau did with a library row: confirmed, adopted, ended, adopted again.
type Standing struct {
	// Earlier are the periods before the present one, which the next fields tell.
	Earlier     Periods
	AdoptedFrom law.Date
	// AdoptedUntil is the last day on which the bureau has the power; zero: still.
	AdoptedUntil  law.Date
	AdoptBasis    AdoptBasis
	AdoptDocument string
	ConfirmedOn   law.Date
	ConfirmSource string
}

// AdoptBasis says how a power came to the bureau.
type AdoptBasis string

// How a power comes to a bureau.
const (
	AdoptStatutory AdoptBasis = "statutory" // 法定职权
	AdoptTransfer  AdoptBasis = "transfer"  // 职能划转
	AdoptEmpower   AdoptBasis = "empower"   // 赋权、下放
)

// InForce reports whether the row applies to an act on d.
func (p PowerItem) InForce(d law.Date) bool { return d.Within(p.ValidFrom, p.ValidTo) }

// Adopted reports whether the bureau has the power on d.
func (p PowerItem) Adopted(d law.Date) bool {
	return p.Standing.On(d)
}

// VerifyGrade returns A, B1, B2, C or U.
func (p PowerItem) VerifyGrade() string {
	g, _, _ := strings.Cut(p.Verify, "-")
	return g
}

// NeedsConfirmation reports whether the row was never checked against a text: grade U, or marked
// unverified. Such a row works only once a person confirmed it with a source.
func (p PowerItem) NeedsConfirmation() bool {
	return p.VerifyGrade() == "U" || strings.Contains(p.Notes, "unverified")
}

// Confirmed reports whether the row needs no confirmation or has it.
func (p PowerItem) Confirmed() bool {
	return !p.NeedsConfirmation() || !p.Standing.ConfirmedOn.IsZero()
}

// HasFine reports whether the item knows a fine at all.
func (p PowerItem) HasFine() bool { return p.FineBasis != FineNone && p.FineBasis != "" }

// State is the state shown in lists.
type State string

// The states of a row.
const (
	StateLibrary   State = "library"   // imported, not adopted
	StateAdopted   State = "adopted"   // the bureau has the power
	StateEnded     State = "ended"     // the bureau no longer has it
	StateUnchecked State = "unchecked" // needs confirmation first
)

// StateOn returns the state on d.
func (p PowerItem) StateOn(d law.Date) State {
	switch {
	case !p.Confirmed():
		return StateUnchecked
	case p.Adopted(d):
		return StateAdopted
	}
	if _, had := p.Standing.endedBefore(d); had {
		return StateEnded
	}
	return StateLibrary
}
