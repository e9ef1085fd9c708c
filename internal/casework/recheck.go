package casework

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// RecheckResults are what a recheck may find, the good one first.
var RecheckResults = []string{"已改正", "部分改正", "没有改正"}

// CorrectedBy says from the records whether the party corrected in time: what the last recheck found; unknown while
// nobody looked (行政处罚法第二十八条第一款、第三十三条第一款).
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
