package casework

import (
	"slices"
	"testing"

	"fadu/internal/law"
	"fadu/internal/law/lawtest"
)

// The tables of situations are short to write with short names.
var (
	pass        = lawtest.Pass
	refuse      = lawtest.Refuse
	warn        = lawtest.Warn
	note        = lawtest.Note
	must        = lawtest.Must
	may         = lawtest.May
	notRequired = lawtest.NotRequired
	open        = lawtest.Open
)

type cases = []lawtest.Case

func TestRules(t *testing.T) {
	lawtest.Run(t, Rules(), slices.Concat(
		onSpotTables, deliveryTables, requirementTables, deliveryRequirementTables, collectionTables, cashTables, arrearsTables,
		discretionTables, limitationTables, paperTables, changeTables, endingTables, declineTables, remedyTables,
		decisionTables, hearingTables, serviceTables, seizureTables, executionTables, courtTables, reviewTables, bookletTables, ordinaryTables,
	))
}

// simple is the table of a rule that asks for one fact: true passes.
func simple(rule, article, fact, says string) lawtest.Table {
	return lawtest.Table{Rule: rule, Article: article, Cases: cases{
		pass("通过："+law.Words()[fact].Label(), `{"`+fact+`":true}`),
		refuse("不通过：不是“"+law.Words()[fact].Label()+"”", `{"`+fact+`":false}`, says),
		open("未载明", `{}`),
	}}
}

// simpleNot is the table of a rule that bars one fact: false passes.
func simpleNot(rule, article, fact, says string) lawtest.Table {
	return lawtest.Table{Rule: rule, Article: article, Cases: cases{
		pass("通过：不是“"+law.Words()[fact].Label()+"”", `{"`+fact+`":false}`),
		refuse("不通过："+law.Words()[fact].Label(), `{"`+fact+`":true}`, says),
		open("未载明", `{}`),
	}}
}

func TestRulesJoinTheJudge(t *testing.T) {
	if _, err := law.NewJudge(Rules()); err != nil {
		t.Fatal(err)
	}
}

func TestEveryRuleStartsWithItsStatutes(t *testing.T) {
	for _, r := range Rules() {
		if r.From.IsZero() {
			t.Errorf("%s has no first day", r.ID)
		}
		for _, c := range r.Cite {
			for _, s := range law.Statutes() {
				if s.Code != c.Statute {
					continue
				}
				first := slices.MinFunc(s.Versions, func(a, b law.StatuteVersion) int { return b.From.DaysUntil(a.From) }).From
				// An older rule may name a later text beside its own basis, never as its own basis.
				if c == r.Cite[0] && r.From.Before(first) {
					t.Errorf("%s is in force from %s, before %s (%s)", r.ID, r.From, s.Short, first)
				}
			}
		}
	}
}
