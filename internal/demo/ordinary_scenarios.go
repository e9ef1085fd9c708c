package demo

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/casework"
)

// doer is a desk whose acts are done with what their forms say.
type doer interface {
	Do(ctx context.Context, by access.Session, id casework.CaseID, act string, in map[string]any) error
}

func ending(w *Walk) doer { return w.o.app.Ending }

func now(do func(w *Walk) error) step          { return step{do: do} }
func after(n int, do func(w *Walk) error) step { return step{wait: n, do: do} }
func steps(groups ...[]step) (out []step) {
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}
func list(all ...step) []step { return all }

// Stretches of the line that scenarios share.
var (
	found    = list(now(lead).to(casework.Lead))
	checked  = steps(found, list(after(1, takeUp).to(casework.Checking), now(assign), now(recordParty), after(1, check)))
	filed    = steps(checked, list(now(askFiling).to(casework.FilingAsked), after(1, approveFiling).to(casework.Investigating)))
	inquired = list(after(1, summon), after(1, interview), now(witness), now(inspect), now(collect), now(order), after(4, recheck), after(1, admit), now(propose))
	reported = list(now(conclude).to(casework.Concluding), after(1, approveConclusion).to(casework.Concluded))
	told     = list(after(1, issueNotice).to(casework.Noticing), after(1, serveNotice).to(casework.Notified))
	heard    = list(after(2, stateDefence), after(5, answerDefence).to(casework.Answered), now(drawUp))
	reviewed = list(now(submitReview).to(casework.Reviewing), after(3, agree).to(casework.Agreed))
	debated  = list(now(submitDiscussion).to(casework.Discussing), after(1, discuss).to(casework.DecisionAsked))
	decided  = list(after(1, punish).to(casework.Issued), after(2, serveDecision).to(casework.Delivered))
	paidUp   = list(after(6, pay), after(1, askClosing).to(casework.EndingAsked), after(1, approveClosing).to(casework.Closed))
)

// Scenarios are the ways that cases of the ordinary procedure go in the demo.
func Scenarios() []Scenario {
	return []Scenario{
		{"重大案件，从线索到结案", debris, steps(filed, inquired, reported, told, heard, reviewed, debated, decided, paidUp)},
		{"一般案件，负责人直接决定", stacking, steps(filed, inquired, reported, told, heard, list(now(askDecision).to(casework.DecisionAsked)), decided, paidUp)},
	}
}
