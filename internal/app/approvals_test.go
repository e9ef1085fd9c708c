package app_test

import (
	"testing"

	"fadu/internal/access"
	"fadu/internal/approval"
	"fadu/internal/casework"
	"fadu/internal/flow"
)

// TestChainsAreThoseOfTheProcedures: each act's approval form is in the data and each form is some act's; who signs last
// may do the act, unless the act is done by the handler once the form is signed.
func TestChainsAreThoseOfTheProcedures(t *testing.T) {
	book, used := approval.Embedded(), map[string]bool{}
	check := func(id, name, by string) {
		if name == "" {
			return
		}
		used[name] = true
		c, ok := book.Chain(name)
		if !ok {
			t.Errorf("%s：没有审批表“%s”", id, name)
			return
		}
		if last := book.Last(c).Allow; c.Before != (by == string(access.CaseHandle)) || !c.Before && string(last) != by {
			t.Errorf("%s：审批表“%s”最后一栏是 %s，动作要 %s", id, name, last, by)
		}
	}
	chains(casework.OrdinaryLine, check)
	chains(casework.Preservation, check)
	chains(casework.Seizure, check)
	chains(casework.HearingTrack, check)
	chains(casework.Serving, check)
	chains(casework.CourtTrack, check)
	for _, c := range book.Chains {
		if !used[c.Name] {
			t.Errorf("审批表“%s”没有动作用", c.Name)
		}
	}
	if len(used) < 15 {
		t.Errorf("只有 %d 种审批表", len(used))
	}
}

func chains[S ~string](table flow.Table[S], check func(id, name, by string)) {
	for _, a := range table.Acts {
		check(a.ID, a.Chain, a.By)
	}
}
