package powers

import (
	"strings"
	"testing"

	"fadu/internal/law"

	"pgregory.net/rapid"
)

func facts(metric string, prior int, corrected, harm law.Tri) Circumstances {
	m := MustQuantity(metric)
	return Circumstances{Metric: &m, Prior2y: &prior, Corrected: corrected, Harm: harm}
}

func slightly(metric string, prior int, corrected law.Tri) Circumstances {
	c := facts(metric, prior, corrected, law.True)
	c.HarmSlight = true
	return c
}

func TestTierFor(t *testing.T) {
	l := withDemo(t)
	yes, no := law.True, law.False
	september := day("2026-09-10")
	for _, c := range []struct {
		name, code string
		party      Party
		escalated  bool
		base       law.Money
		facts      Circumstances
		want, why  string
	}{
		{"占道0.5平方米，初次，改正", "CG-020", Citizen, false, 0, facts("0.5", 0, yes, no), "不予处罚 不罚款", "没有造成危害后果"},
		{"占道3平方米，初次，改正", "CG-020", Citizen, false, 0, facts("3", 0, yes, no), "从轻 0元以上、6,000元以下（不含）", "占用面积3平方米，在0以上、不满5平方米"},
		{"门槛含下不含上", "CG-020", Citizen, false, 0, facts("5", 0, yes, no), "一般 6,000元以上、14,000元以下（不含）", "占用面积5平方米"},
		{"第二次违法", "CG-020", Citizen, false, 0, facts("0.5", 1, yes, no), "一般 6,000元以上、14,000元以下（不含）", "二年内同类违法受处罚1次"},
		{"第四次违法", "CG-020", Citizen, false, 0, facts("0.5", 3, yes, no), "从重 14,000元以上、20,000元以下", "二年内同类违法受处罚3次"},
		{"未改正", "CG-020", Citizen, false, 0, facts("0.5", 0, no, no), "从重 14,000元以上、20,000元以下", "未按要求改正"},
		{"造成后果", "CG-020", Organisation, false, 0, facts("0.5", 0, yes, yes), "从重 14,000元以上、20,000元以下", "造成危害后果"},
		{"占道3平方米，初次，改正，后果轻微：第三十三条第一款", "CG-020", Citizen, false, 0, slightly("3", 0, yes), "从轻 0元以上、6,000元以下（不含）", "占用面积3平方米，在0以上、不满5平方米"},
		{"占道0.5平方米，后果轻微，不是没有后果", "CG-020", Citizen, false, 0, slightly("0.5", 0, yes), "从轻 0元以上、6,000元以下（不含）", ""},
		{"占道6平方米，后果轻微", "CG-020", Citizen, false, 0, slightly("6", 0, yes), "一般 6,000元以上、14,000元以下（不含）", ""},
		{"后果轻微，没有改正的仍从重", "CG-020", Citizen, false, 0, slightly("0.5", 0, no), "从重 14,000元以上、20,000元以下", "未按要求改正"},
		{"烧烤3平方米", "CG-171", Citizen, false, 0, facts("3", 0, yes, no), "从轻 500元以上、1,800元以下（不含）", ""},
		{"烧烤未改正，转入第二档", "CG-171", Citizen, false, 0, facts("3", 0, no, no), "从轻 5,000元以上、10,000元以下（不含）", "转入“拒不改正”档"},
		{"烧烤拒不改正", "CG-171", Organisation, true, 0, facts("40", 0, no, no), "从重 16,000元以上、20,000元以下", ""},
		{"广场舞改正，前提未成就", "CG-186", Citizen, false, 0, facts("0", 0, yes, no), "不予处罚 不罚款", "已按要求改正"},
		{"广场舞拒不改正，单位", "CG-186", Organisation, false, 0, facts("4", 0, no, no), "一般 7,000元以上、15,000元以下（不含）", ""},
		{"违法建设，造价百分比", "CG-131", Organisation, false, law.Yuan(1_000_000), facts("100", 0, yes, no), "一般 65,000元以上、85,000元以下（不含）", ""},
		{"临时建筑，造价倍数", "CG-134", Citizen, false, law.Yuan(20000), facts("0", 3, yes, no), "从重 14,000元以上、20,000元以下", ""},
		{"演示条例摆摊，初次3平方米", "YS-001", Citizen, false, 0, facts("3", 0, yes, no), "从轻 50元以上、185元以下（不含）", ""},
		{"演示条例摆摊，单位", "YS-001", Organisation, false, 0, facts("12", 0, yes, no), "从重 3,650元以上、5,000元以下", ""},
	} {
		p, err := l.At(c.code, september)
		if err != nil {
			t.Fatal(err)
		}
		in := TierInput{RangeInput{ActDate: september, Party: c.party, Escalated: c.escalated, Base: c.base}, c.facts}
		r, _, err := l.TierFor(p, in)
		if got := r.Tier.Grade.Label() + " " + r.Text(); err != nil || got != c.want {
			t.Errorf("%s：得到 %s（%v），应为 %s", c.name, got, err, c.want)
		}
		if why := strings.Join(r.Why, "；"); !strings.Contains(why, c.why) {
			t.Errorf("%s：理由“%s”没有“%s”", c.name, why, c.why)
		}
	}
}

func TestTierForRefuses(t *testing.T) {
	l := starter(t)
	september := day("2026-09-10")
	area := MustQuantity("3")
	zero := 0
	for _, c := range []struct {
		name, code string
		facts      Circumstances
		base       law.Money
		says       string
	}{
		{"什么都没写", "CG-020", Circumstances{}, 0, "占用面积（平方米）、二年内同类违法受处罚次数、是否按要求改正、是否造成危害后果"},
		{"没有写是否改正", "CG-020", Circumstances{Metric: &area, Prior2y: &zero, Harm: law.False}, 0, "是否按要求改正"},
		{"没有基准", "CG-001", facts("1", 0, law.True, law.False), 0, "没有适用于公民的裁量基准"},
		{"没有造价", "CG-131", facts("1", 0, law.True, law.False), 0, "须写明建设工程造价"},
	} {
		p, err := l.At(c.code, september)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = l.TierFor(p, TierInput{RangeInput{ActDate: september, Party: Citizen, Base: c.base}, c.facts})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s：“%v”没有说“%s”", c.name, err, c.says)
		}
	}
	// One condition of an "any" tier that holds decides it, whatever else is unknown.
	p, _ := l.At("CG-020", september)
	r, _, err := l.TierFor(p, TierInput{RangeInput{ActDate: september, Party: Citizen}, Circumstances{Harm: law.True}})
	if err != nil || r.Tier.Grade != Heavier {
		t.Errorf("有危害后果即为从重：%v %v", r.Tier.Grade, err)
	}
}

// TestEveryCircumstanceHitsOneTier draws complete circumstances for every starter group: there is always
// exactly one answer, and its range lies in the statutory range.
func TestEveryCircumstanceHitsOneTier(t *testing.T) {
	l := withDemo(t)
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SampledFrom(l.Benchmarks).Draw(t, "group")
		p := l.Versions(b.Code)[0]
		party := Citizen
		if b.Subject == SubjectOrganisation {
			party = Organisation
		}
		tri := rapid.SampledFrom([]law.Tri{law.True, law.False})
		m := Quantity(rapid.Int64Range(0, 2000).Draw(t, "metric") * millionth / 10)
		prior := rapid.IntRange(0, 4).Draw(t, "prior")
		in := TierInput{
			RangeInput{ActDate: p.ValidFrom, Party: party, Escalated: b.Escalated(), Base: law.Yuan(77_777)},
			Circumstances{&m, &prior, tri.Draw(t, "corrected"), tri.Draw(t, "harm"), rapid.Bool().Draw(t, "slight")},
		}
		r, _, err := l.TierFor(p, in)
		if err != nil {
			t.Fatalf("%s %+v：%v", b.Key(), in.Circumstances, err)
		}
		if !r.RangeSet {
			return
		}
		whole, err := p.StatutoryRange(p.escalateAs(in, r.Stage))
		if err != nil || r.Min < whole.Min || r.Max > whole.Max {
			t.Fatalf("%s：%s—%s 不在 %s—%s 之内（%v）", b.Key(), r.Min, r.Max, whole.Min, whole.Max, err)
		}
	})
}

// escalateAs sets the range of the stage that was hit.
func (p PowerItem) escalateAs(in TierInput, stage string) RangeInput {
	r := in.RangeInput
	r.Escalated = stage != BaseStage
	return r
}

func TestTierContains(t *testing.T) {
	r := TierResult{RangeSet: true, Min: law.Yuan(50), Max: law.Yuan(185)}
	if !r.Contains(law.Yuan(50)) || r.Contains(law.Yuan(185)) || !r.Contains(law.MustMoney("184.99")) {
		t.Error("不含上限的一档")
	}
	r.UpperInclusive = true
	if !r.Contains(law.Yuan(185)) {
		t.Error("最高一档含上限")
	}
	if (TierResult{RangeSet: true, Max: law.Yuan(100)}).Contains(0) {
		t.Error("罚款须大于0")
	}
}
