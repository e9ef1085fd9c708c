package powers

import (
	"strconv"
	"strings"
)

// Cells prints the power as a row of the list that is imported, in the order of its columns, so that an
// export can be edited and imported again.
func (p PowerItem) Cells() []string {
	money := func(b Bounds) (string, string) {
		if !b.Set {
			return "", ""
		}
		return b.Min.String(), b.Max.String()
	}
	cMin, cMax := money(p.Fine.Citizen)
	oMin, oMax := money(p.Fine.Organisation)
	ecMin, ecMax := money(p.Escalated.Citizen)
	eoMin, eoMax := money(p.Escalated.Organisation)
	return []string{
		p.Code, p.Kind.Label(), p.Domain, p.Name, p.Violated.Law, p.Violated.Articles.Han(), p.Penalty.Law, p.Penalty.Articles.Han(),
		strings.Join(p.PenaltyKinds, ";"), cMin, cMax, oMin, oMax, string(p.FineBasis), p.FormulaText, yesNo(p.CorrectionFirst), p.SeizurePower,
		strconv.Itoa(p.LimitationYears), p.LawVersion.String(), p.Notes, p.EscalationTrigger, ecMin, ecMax, eoMin, eoMax, p.LimitationNote, p.Scope,
		p.ValidFrom.String(), p.ValidTo.String(), p.SupersededBy, p.Verify,
	}
}
