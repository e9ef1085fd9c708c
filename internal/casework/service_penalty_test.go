package casework_test

import (
	"strings"
	"testing"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
)

// The same facts with slight harm: the list of first offences is named first, and whoever still punishes
// lands in the tier of the other circumstances, not in the heavier one (行政处罚法第三十三条第一款).
func TestSlightHarmIsNeitherNoneNorAggravating(t *testing.T) {
	onStreets(t, func(t *testing.T, b *street) {
		id := b.ready(law.Yuan(100), casework.PayCode)
		for _, c := range []struct{ harm, tier string }{{"none", "从轻"}, {"slight", "从轻"}, {"some", "从重"}} {
			in := casework.PenaltyInput{ActFrom: law.DateOf(b.clock.Now()), FactText: "占用2平方米", Clear: true, PowerCode: onStreet, Fine: true, Amount: law.Yuan(100), Metric: "2", Corrected: true, Harm: c.harm, NoExemption: "经教育仍有必要处罚", PayBy: casework.PayCode}
			b.must(b.cases.Propose(b.ctx, b.session("zhao"), id, b.version(id), in))
			if got := b.file(id).Case; got.Tier != c.tier || c.harm == "slight" && strings.Contains(got.TierWhy, "没有造成危害后果") {
				t.Errorf("危害后果%s：%s（%s），应为%s", c.harm, got.Tier, got.TierWhy, c.tier)
			}
		}
		a, err := b.cases.Try(b.ctx, access.System("test"), id, casework.PenaltyInput{ActFrom: law.DateOf(b.clock.Now()), PowerCode: onStreet, Metric: "0.5", Corrected: true, Harm: "slight"})
		b.must(err)
		if a.Tier.Tier.Grade.Label() == "不予处罚" {
			t.Error("后果轻微不是没有后果，不能按轻微不罚")
		}
	})
}
