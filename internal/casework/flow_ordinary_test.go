package casework

import (
	"slices"
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/flow"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
)

// line is what a test looks at in an act whatever its table's states.
type line struct {
	table, id, name, by, chain, opens, emits string
	cite                                     law.Citations
	guards                                   []law.Action
	papers, clocks                           []string
}

func linesOf[S ~string](t flow.Table[S], file string) []line {
	out := make([]line, len(t.Acts))
	for i, a := range t.Acts {
		out[i] = line{file, a.ID, a.Name, a.By, a.Chain, a.Opens, a.Emits, a.Cite, a.Guards, a.Papers, a.Clocks}
	}
	return out
}

func ordinaryTableLines() []line {
	return slices.Concat(
		linesOf(OrdinaryLine, "ordinary"), linesOf(Preservation, "preservation"), linesOf(Seizure, "seizure"),
		linesOf(HearingTrack, "hearing"), linesOf(Serving, "serving"), linesOf(CourtTrack, "court"),
	)
}

func TestProceduresHold(t *testing.T) {
	for _, p := range Procedures() {
		if err := p.Check(); err != nil {
			t.Error(err)
		}
		if page := p.Page(); !strings.Contains(page, "stateDiagram-v2") || !strings.HasPrefix(page, "# "+p.Name) {
			t.Errorf("%s: its page has no diagram or title", p.Name)
		}
	}
}

// 每一步都有名称、办的人、依据和入账的种类；关口有规则，文书有名称，期限在登记表里。
func TestEveryActOfTheOrdinaryProcedureIsWhole(t *testing.T) {
	judge := doorJudge(t)
	held := map[string]bool{"": true} // "" is the system
	for _, r := range access.Catalogue().Roles {
		for _, p := range r.Permissions {
			held[string(p)] = true
		}
	}
	tracks := map[string]bool{"": true}
	for _, p := range Procedures()[2:] {
		tracks[p.File] = true
	}
	opened := map[string]bool{}
	for _, a := range ordinaryTableLines() {
		at := a.table + " " + a.id
		if !held[a.by] {
			t.Errorf("%s: no role has the permission %q", at, a.by)
		}
		if a.name == "" {
			t.Errorf("%s has no name", at)
		}
		if len(a.cite) == 0 {
			t.Errorf("%s has no basis", at)
		}
		for _, c := range a.cite {
			if err := law.CheckCitation(c); err != nil {
				t.Errorf("%s: %v", at, err)
			}
		}
		if Kinds[a.emits] == "" {
			t.Errorf("%s enters %q, which has no label", at, a.emits)
		}
		for _, g := range a.guards {
			if !judge.InForce(g, law.MustDate("2026-07-10")) {
				t.Errorf("%s is guarded by %q, for which no rule is in force", at, g)
			}
		}
		for _, p := range a.papers {
			if PaperKind(p).Label() == "" {
				t.Errorf("%s makes %q, which is no paper", at, p)
			}
		}
		if !tracks[a.opens] {
			t.Errorf("%s opens %q, which is no table", at, a.opens)
		}
		opened[a.opens] = true
	}
	for track := range tracks {
		if !opened[track] {
			t.Errorf("nothing opens %s", track)
		}
	}
}

// 步骤写明起算的期限，与期限表写明的起算步骤，两边一致；期限表里的步骤都在流程里。
func TestActsAndClocksAgree(t *testing.T) {
	known := map[string]bool{}
	for _, e := range bookEvents {
		known[e] = true
	}
	for _, a := range OnSpot.Acts {
		known[a.ID] = true
	}
	starts := map[string][]string{} // act → terms
	for _, a := range ordinaryTableLines() {
		known[a.id] = true
		starts[a.id] = append(starts[a.id], a.clocks...)
	}
	rules := map[string]timing.Rule{}
	for _, r := range OrdinaryClocks().Rules() {
		rules[r.Term] = r
		for _, id := range slices.Concat(r.Start, r.End, r.Drop, r.Undo) {
			if !known[id] {
				t.Errorf("clock %s: %q is no act", r.Term, id)
			}
		}
		for _, p := range r.Pauses {
			for _, id := range slices.Concat(p.From, p.To) {
				if !known[id] {
					t.Errorf("clock %s stands still by %q, which is no act", r.Term, id)
				}
			}
		}
		for _, x := range r.Extensions {
			if !known[x.Act] {
				t.Errorf("clock %s is extended by %q, which is no act", r.Term, x.Act)
			}
		}
		for _, id := range r.Start {
			// Payment by parts starts what its own paper sets, beside the act's table.
			if !slices.Contains(bookEvents, id) && !slices.Contains(starts[id], r.Term) && id != "approve_terms" {
				t.Errorf("clock %s starts with %s, whose act does not say so", r.Term, id)
			}
		}
	}
	for act, terms := range starts {
		for _, term := range terms {
			r, ok := rules[term]
			if !ok {
				t.Errorf("act %s starts %q, which is not in the table of clocks", act, term)
				continue
			}
			if !slices.Contains(r.Start, act) {
				t.Errorf("act %s says that it starts %s, the table of clocks does not", act, term)
			}
		}
	}
	for _, r := range onSpotClocks {
		for _, id := range slices.Concat(r.Start, r.End, r.Drop) {
			if !known[id] {
				t.Errorf("on-the-spot clock %s: %q is no act", r.Term, id)
			}
		}
	}
	if len(OnSpotClocks().Rules()) != len(onSpotClocks) {
		t.Error("the on-the-spot clocks do not load")
	}
}

// 只有“同意”通向决定：从法制审核中出来的其他三种意见，都要再走一遍才到得了决定。
func TestOnlyAgreementLeavesReviewTowardsTheDecision(t *testing.T) {
	for _, a := range OrdinaryLine.At(Reviewing) {
		switch {
		case a.To == Agreed && a.ID != "review_agree":
			t.Errorf("%s leads to 审核同意", a.ID)
		case slices.Contains([]State{Discussing, DecisionAsked, Issuing}, a.To):
			t.Errorf("%s leads from the review straight to %s", a.ID, a.To)
		}
	}
	for _, a := range OrdinaryLine.Acts {
		if a.To != Issuing {
			continue
		}
		if len(a.From) != 1 || a.From[0] != DecisionAsked {
			t.Errorf("%s decides from %v", a.ID, a.From)
		}
		guards := map[string]bool{}
		for _, g := range a.Guards {
			guards[string(g)] = true
		}
		if !guards[string(ActDecide)] && !guards[string(ActDecideNoPenalty)] {
			t.Errorf("%s decides without the guard of the review", a.ID)
		}
	}
}

func TestSideStatesReturn(t *testing.T) {
	type place = flow.Place[State]
	for _, c := range []struct {
		name string
		at   State
		acts []string
		want place
	}{
		{"调查中止后恢复，回到调查", Investigating, []string{"suspend", "resume"}, place{State: Investigating}},
		{"听取意见时中止，回到听取意见", Notified, []string{"suspend", "resume"}, place{State: Notified}},
		{"中止期间终止调查，退回的仍是中止前", Notified, []string{"suspend", "terminate", "return_closing"}, place{State: Notified}},
		{"管辖争议确定后继续核查", Checking, []string{"dispute", "refer_dispute", "keep_jurisdiction"}, place{State: Checking}},
		{"强制执行中止后恢复", Enforcing, []string{"halt", "resume_execution"}, place{State: Enforcing}},
		{"结案被退回，回到履行", Delivered, []string{"ask_closing", "return_closing"}, place{State: Delivered}},
		{"延长办案期限不改变状态", Reviewing, []string{"extend_decision"}, place{State: Reviewing}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := place{State: c.at}
			for _, a := range c.acts {
				next, err := OrdinaryLine.Move(p, a)
				if err != nil {
					t.Fatal(err)
				}
				p = next
			}
			if p != c.want {
				t.Errorf("is at %v, want %v", p, c.want)
			}
		})
	}
	if _, err := OrdinaryLine.Move(place{State: Lead}, "decide_penalty"); err == nil {
		t.Error("a lead was decided")
	}
}

// 从线索到结案的一条完整路线，每一步都走得通。
func TestAMajorCaseFromLeadToClosing(t *testing.T) {
	p := flow.Place[State]{State: Lead}
	for _, a := range []string{
		"take_up", "assign", "party", "check", "ask_filing", "approve_filing", "interview", "inspect", "commission", "receive_result", "propose", "conclude", "approve_conclusion",
		"issue_notice", "notice_served", "state_defence", "ask_hearing", "answer_defence", "submit_review", "review_amend", "submit_review", "review_agree", "submit_discussion", "discuss",
		"decide_penalty", "issued", "decision_served", "issue_demand", "demand_served", "apply_court", "ask_closing", "approve_closing",
	} {
		next, err := OrdinaryLine.Move(p, a)
		if err != nil {
			t.Fatalf("%s: %v", a, err)
		}
		p = next
	}
	if p.State != Closed {
		t.Errorf("ends at %s", p.State)
	}
}

func TestPaperForms(t *testing.T) {
	made := map[string]bool{}
	for _, a := range ordinaryTableLines() {
		for _, p := range a.papers {
			made[p] = true
		}
	}
	seen := map[string]bool{}
	for _, f := range PaperForms {
		if !made[string(f.Kind)] {
			t.Errorf("%s is made by no act", f.Kind)
		}
		if f.Label == "" || f.Signs == "" || seen[string(f.Kind)] || seen[f.Label] {
			t.Errorf("%s: no label, nobody signs, or twice", f.Kind)
		}
		if f.Word != "" && seen["word "+f.Word] {
			t.Errorf("%s shares the number word %s", f.Kind, f.Word)
		}
		seen[string(f.Kind)], seen[f.Label], seen["word "+f.Word] = true, true, f.Word != ""
		if paperLabels[f.Kind] != "" {
			t.Errorf("%s has two titles", f.Kind)
		}
	}
	if len(PaperForms) < 45 {
		t.Errorf("only %d papers", len(PaperForms))
	}
	if _, ok := FormOf(OnSpotDecision); ok {
		t.Error("the on-the-spot decision is no paper of the ordinary procedure")
	}
	if _, ok := calendar.StatutoryTerms().Named(clockCorrection); ok {
		t.Error("a term that a paper sets is named like a statutory one")
	}
}
