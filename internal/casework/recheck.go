package casework

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// RecheckResults are what a recheck may find, the good one first.
var RecheckResults = []string{"已改正", "部分改正", "没有改正"}

// CorrectedInTime says from the records whether the party corrected in time: corrected at last, and no recheck after the day that the order
// named found that it had not; an order without a day is to be followed at once. Unknown while nobody looked
// (行政处罚法第二十八条第一款、第三十三条第一款).
func CorrectedInTime(acts []CaseAct) law.Tri {
	due := map[string]law.Date{}
	for _, a := range acts {
		switch a.Act {
		case "order_correction":
			if due[a.Of] = a.Named; a.Named.IsZero() {
				due[a.Of] = a.On
			}
		case "recheck":
			if !strings.HasPrefix(a.Note, RecheckResults[0]) && a.On.After(due[a.Of]) {
				return law.False // what was corrected after this was late
			}
		}
	}
	return CorrectedBy(acts)
}

// CorrectedBy says from the records whether the party corrected: what the last recheck found; unknown while nobody looked.
func CorrectedBy(acts []CaseAct) law.Tri {
	found := law.Unknown
	for _, a := range acts {
		if a.Act != "recheck" {
			continue
		}
		if i := slices.IndexFunc(RecheckResults, func(r string) bool { return strings.HasPrefix(a.Note, r) }); i >= 0 {
			found = law.TriOf(i == 0)
		}
	}
	return found
}

// Ordered reports whether the party was ordered to correct.
func Ordered(acts []CaseAct) bool {
	return slices.ContainsFunc(acts, func(a CaseAct) bool { return a.Act == "order_correction" })
}
