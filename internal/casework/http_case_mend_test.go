package casework

import (
	"slices"
	"testing"

	"fadu/internal/law"
	"fadu/internal/org"
)

// Every rule that can stop an act of the procedure leads to where its lack is mended.
func TestEveryRefusalLeadsSomewhere(t *testing.T) {
	judge, err := law.NewJudge(org.Rules(), Rules())
	if err != nil {
		t.Fatal(err)
	}
	guarded := map[law.Action]bool{}
	for _, a := range OnSpot.Acts {
		for _, g := range a.Guards {
			guarded[g] = true
		}
	}
	// Mended by the form itself, by the legal section, or by another person.
	apart := []string{
		"XZCF-17-adopted", "XZCF-38-1-verified", "XZCF-34-issued", "XZCF-17-competent", "XZCF-47-void-reason", "XZCF-70", "XZCF-70-register", "XZCF-71-cashier", "XZCF-71",
		"MOHURD55-28-head", "XZCF-75-2-head", "XZCF-75-2-reason", "XZCF-48-2-revoked", "XZQZ-41", "MOHURD55-14-2", "XZCF-45-2-change", "XZCF-61-closing",
		"XZCF-66-2-applied", "XZCF-66-2-hardship", "XZCF-66-2-approved", "XZCF-75-2-keep-head", "XZCF-75-2-keep-reason",
	}
	for _, r := range judge.Rules() {
		if !slices.ContainsFunc(r.Actions, func(a law.Action) bool { return guarded[a] }) || slices.Contains(apart, r.ID) {
			continue
		}
		step, ok := mends[r.ID]
		switch {
		case !ok:
			t.Errorf("%s（%s）没有补正的去处", r.ID, r.Name)
		case !known(step):
			t.Errorf("%s 指向没有的步骤 %q", r.ID, step)
		case mendLabels[step] == "":
			t.Errorf("步骤 %q 没有按钮的名字", step)
		}
	}
	for id := range mends {
		if !slices.ContainsFunc(judge.Rules(), func(r law.Rule) bool { return r.ID == id }) {
			t.Errorf("没有 %s 这条规则", id)
		}
	}
}

// HasForm reports whether a case's page has a form for the act, for the tests of the pages.
func HasForm(act string) bool {
	switch act {
	case "start", "reassign":
		return known("officers")
	case "amend_lead":
		return known("lead")
	case "step":
		return known("show_id")
	case "withdraw_step":
		return known("withdraw")
	}
	return known(act)
}
