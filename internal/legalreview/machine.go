package legalreview

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
)

// pointOf is to which of the points (from 0) what a rule says belongs; the last takes what belongs to none.
func pointOf(rule string) int {
	for _, x := range []struct {
		prefix string
		point  int
	}{
		{"XZCF-17", 0},
		{"XZCF-42", 0},
		{"XZCF-43", 0},
		{"ORG", 0},
		{"XZCF-40", 2},
		{"XZCF-41", 2},
		{"XZCF-46", 2},
		{"XZCF-59-1-evidence", 2},
		{"XZCF-30", 2},
		{"XZCF-33", 3},
		{"XZCF-34", 3},
		{"XZCF-37", 3},
		{"XZCF-38", 3},
		{"XZCF-29", 3},
		{"XZCF-5-2", 3},
		{"XZCF-36", 3},
		{"GBF27", 3},
		{"XZCF-4-", 4},
		{"XZCF-59", 5},
		{"YSGD", 6},
		{"XZCF-27", 6},
		{"XZCF-44", 1},
		{"XZCF-45", 1},
		{"XZCF-54", 1},
		{"XZCF-57", 1},
		{"XZCF-58", 1},
		{"XZCF-60", 1},
		{"XZCF-62", 1},
		{"XZCF-63", 1},
		{"MOHURD55", 1},
	} {
		if strings.HasPrefix(rule, x.prefix) {
			return x.point
		}
	}
	return len(casework.ReviewPoints) - 1
}

// machine is what the rules of the decision that is proposed, and of the step to it, say today, by point: what passed and what did not.
// What only comes after the review is left out.
func (s *Service) machine(on law.Date, f law.Facts, punish bool) (found, missing [][]string) {
	found, missing = make([][]string, len(casework.ReviewPoints)), make([][]string, len(casework.ReviewPoints))
	seen, names := map[string]bool{}, map[string]string{}
	for _, r := range s.cases.Judge.Rules() {
		names[r.ID] = r.Name
	}
	acts := []law.Action{casework.ActInvestigate, casework.ActDecide, casework.ActPunish, casework.ActDecideOrdinary, casework.ActSignDecision, casework.ActAskDecision}
	if !punish { // what is to be decided is not to punish
		acts = []law.Action{casework.ActInvestigate, casework.ActDecideNoPenalty, casework.ActAskDecision}
	}
	for _, act := range acts {
		j := s.cases.Judge.Judge(act, on, f)
		for _, x := range j.Lacks() {
			if later[x.Rule] || seen[x.Rule] {
				continue
			}
			seen[x.Rule] = true
			i := pointOf(x.Rule)
			missing[i] = append(missing[i], x.Message+"（"+x.Cite.Han()+"）")
		}
		for _, rule := range j.Passed {
			if !seen[rule] {
				seen[rule] = true
				i := pointOf(rule)
				found[i] = append(found[i], names[rule])
			}
		}
	}
	return found, missing
}

// later are the rules on what comes after the review: itself, the discussion, the head's decision.
var later = map[string]bool{"XZCF-58-1": true, "XZCF-58-1-lapsed": true, "XZCF-57-2": true, "XZCF-57-2-order": true, "XZCF-57-1-approved": true}
