package demo_test

import (
	"context"
	"slices"
	"testing"

	"fadu/internal/app"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestReopenedCaseIsToldAnew: the notice of a decision that a court revoked does not count for the new one (行政处罚法
// 第四十四条、第四十五条、第六十二条). Before
// a new notice is answered the case does not go to legal review.
func TestReopenedCaseIsToldAnew(t *testing.T) {
	t.Parallel()
	a, o := bureau(t, testkit.SQLiteURL(t))
	ctx := context.Background()
	all := demo.Scenarios()
	i := slices.IndexFunc(all, func(s demo.Scenario) bool { return s.Name == "诉讼以后撤销、重新办理" })
	if i < 0 {
		t.Fatal("no scenario is taken up again")
	}
	w := o.Begin(ctx, all[i])
	reopened, lacked := false, map[casework.State]bool{}
	for !w.Done() {
		if err := w.PlayOn(1); err != nil {
			t.Fatal(err)
		}
		c, err := w.Case()
		if err != nil {
			t.Fatal(err)
		}
		reopened = reopened || c.State == casework.Revoked
		if reopened {
			lacked[c.State] = unheard(t, a, w, c)
		}
	}
	if !lacked[casework.Concluded] {
		t.Error("the notice of before counts for the new decision")
	}
	if heard, came := lacked[casework.Answered]; heard || !came {
		t.Errorf("the new notice was answered: %v", lacked)
	}
}

// unheard reports whether the case may not go to legal review because the party was not heard.
func unheard(t *testing.T, a *app.App, w *demo.Walk, c *casework.Case) bool {
	t.Helper()
	by, err := a.Access.SessionFor(context.Background(), w.Handler())
	if err != nil {
		t.Fatal(err)
	}
	var choices []casework.Choice
	testkit.View(t, a.DB, func(tx *store.Tx) (err error) {
		choices, err = a.Cases.Choices(tx, by, c)
		return err
	})
	return slices.ContainsFunc(choices, func(ch casework.Choice) bool {
		return ch.Act == "submit_review" && slices.ContainsFunc(ch.Lacks, func(f law.Finding) bool { return f.Rule == "XZCF-62-heard" })
	})
}
