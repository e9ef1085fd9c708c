package powers

import (
	"fmt"
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// Circumstances are the facts that tiers ask for. Nil and law.Unknown mean "not stated".
type Circumstances struct {
	Metric          *Quantity
	Prior2y         *int
	Corrected, Harm law.Tri
	// HarmSlight: the harm that was done is slight (危害后果轻微, 行政处罚法第三十三条第一款后段). It is neither
	// “no harm”, on which a tier spares, nor the harm that puts an act into the heavier tier.
	HarmSlight bool
}

// TierResult is the tier that the circumstances fall into, with its range in 分.
type TierResult struct {
	Tier  Tier
	Stage string
	// RangeSet is false where the tier is 不予处罚.
	RangeSet       bool
	Min, Max       law.Money
	UpperInclusive bool
	// Why lists the conditions that were met, in Chinese; Met has the same with what each is about.
	Why []string
	Met []Met
}

// Text prints the range: 500 元以上、1,800 元以下（不含本数） or 不罚款.
func (r TierResult) Text() string {
	if !r.RangeSet {
		return "不罚款"
	}
	s := r.Min.Grouped() + "元以上、" + r.Max.Grouped() + "元以下"
	if !r.UpperInclusive {
		s += "（不含）"
	}
	return s
}

// Contains reports whether a fine lies in the tier's range.
func (r TierResult) Contains(m law.Money) bool {
	return r.RangeSet && m > 0 && m >= r.Min && (m < r.Max || r.UpperInclusive && m == r.Max)
}

// Hit evaluates the tiers in their order; the first that holds wins. When an earlier tier cannot be
// decided for want of facts, the answer would be a guess, so the error names those facts.
func (b Benchmark) Hit(c Circumstances) (Tier, []Met, error) {
	for _, t := range b.sorted() {
		verdict, why, missing := t.test(c)
		switch verdict {
		case law.True:
			return t, why, nil
		case law.Unknown:
			return Tier{}, nil, fault.New(fault.Invalid, "判断%s的裁量阶次还缺：%s", b.Code, strings.Join(missing, "、"))
		}
	}
	return Tier{}, nil, fault.New(fault.Invalid, "%s的裁量基准没有一档符合所填情节（%s），须由法制机构确定适用", b.Code, c.text(b))
}

func (c Circumstances) text(b Benchmark) string {
	var parts []string
	if c.Metric != nil && len(b.Tiers) > 0 {
		parts = append(parts, b.Tiers[0].Metric+c.Metric.String()+b.Tiers[0].MetricUnit)
	}
	if c.Prior2y != nil {
		parts = append(parts, fmt.Sprintf("二年内同类违法%d次", *c.Prior2y))
	}
	if c.Corrected != law.Unknown {
		parts = append(parts, correctedText(c.Corrected))
	}
	if c.Harm != law.Unknown {
		parts = append(parts, c.harmText())
	}
	return strings.Join(parts, "，")
}

// condition is one condition of a tier, already compared with the facts.
type condition struct {
	holds   law.Tri
	kind    Weighed
	text    string // what held
	missing string // what to state when unknown
}

func (t Tier) conditions(c Circumstances) []condition {
	var out []condition
	if t.MetricSet {
		d := condition{missing: t.Metric + "（" + t.MetricUnit + "）"}
		if c.Metric != nil {
			d.holds = law.TriOf(*c.Metric >= t.MetricMin && (t.MetricOpen || *c.Metric < t.MetricMax))
			d.kind, d.text = WeighedSize, t.Metric+c.Metric.String()+t.MetricUnit+"，"+t.span()
		}
		out = append(out, d)
	}
	if t.Prior.Set {
		d := condition{missing: "二年内同类违法受处罚次数"}
		if c.Prior2y != nil {
			d.holds = law.TriOf(*c.Prior2y == t.Prior.Count || t.Prior.AtLeast && *c.Prior2y > t.Prior.Count)
			d.kind, d.text = WeighedRepeated, fmt.Sprintf("二年内同类违法受处罚%d次", *c.Prior2y)
			if *c.Prior2y == 0 {
				d.kind, d.text = WeighedFirst, "二年内无同类违法"
			}
		}
		out = append(out, d)
	}
	if t.Corrected != law.Unknown {
		kind := WeighedRefused
		if t.Corrected == law.True {
			kind = WeighedCorrected
		}
		out = append(out, condition{wanted(c.Corrected, t.Corrected), kind, correctedText(t.Corrected), "是否按要求改正"})
	}
	if t.Harm != law.Unknown {
		out = append(out, t.harmed(c))
	}
	return out
}

func wanted(have, want law.Tri) law.Tri {
	if have == law.Unknown {
		return law.Unknown
	}
	return law.TriOf(have == want)
}

// harmed compares the harm with what the tier wants. 行政处罚法第三十三条第一款 tells no harm, slight harm
// and harm apart: slight harm never makes an act heavier, and never spares it as one that did no harm; a
// tier with a fine that wants no harm only shuts out what belongs to the heavier one.
func (t Tier) harmed(c Circumstances) condition {
	kind := WeighedNoHarm
	if t.Harm == law.True {
		kind = WeighedHarm
	}
	out := condition{wanted(c.Harm, t.Harm), kind, harmText(t.Harm), "是否造成危害后果"}
	if c.Harm == law.True && c.HarmSlight {
		out.holds, out.text = law.TriOf(t.Harm == law.False && t.Grade != NoPenalty), c.harmText()
	}
	return out
}

func (c Circumstances) harmText() string {
	if c.Harm == law.True && c.HarmSlight {
		return "危害后果轻微"
	}
	return harmText(c.Harm)
}

func correctedText(t law.Tri) string {
	if t == law.True {
		return "已按要求改正"
	}
	return "未按要求改正"
}

func harmText(t law.Tri) string {
	if t == law.True {
		return "造成危害后果"
	}
	return "没有造成危害后果"
}

// span prints the metric's interval: 10 以上、不满 30.
func (t Tier) span() string {
	if t.MetricOpen {
		return "达到" + t.MetricMin.String() + t.MetricUnit
	}
	return "在" + t.MetricMin.String() + "以上、不满" + t.MetricMax.String() + t.MetricUnit
}

// test joins the conditions by any or all in Kleene's logic.
func (t Tier) test(c Circumstances) (verdict law.Tri, why []Met, missing []string) {
	conds := t.conditions(c)
	if len(conds) == 0 {
		return law.False, nil, nil
	}
	values := make([]law.Tri, len(conds))
	for i, d := range conds {
		values[i] = d.holds
		switch d.holds {
		case law.True:
			why = append(why, Met{d.kind, d.text})
		case law.Unknown:
			missing = append(missing, d.missing)
		}
	}
	if t.All {
		return law.And(values...), why, missing
	}
	return law.Or(values...), why, missing
}

// TierInput is what choosing a tier depends on.
type TierInput struct {
	RangeInput
	Circumstances
}

// TierFor finds the tier of the power's benchmark for the act. A party that did not correct falls
// directly into a second range that is opened by not correcting (data README: 未改正直接转入该档).
func (l *Library) TierFor(p PowerItem, in TierInput) (TierResult, Benchmark, error) {
	stage := BaseStage
	var moved []Met
	if in.Escalated {
		stage = p.EscalationTrigger
	} else if p.MovesUp(in.Circumstances) {
		stage = p.EscalationTrigger
		moved = []Met{{WeighedRefused, "责令改正后未改正，转入“" + stage + "”档"}}
	}
	if in.Escalated && stage == "" {
		return TierResult{}, Benchmark{}, fault.New(fault.Invalid, "%s没有第二档罚款，不能按加重情形计算", p.Code)
	}
	b, ok := l.BenchmarkFor(p.Code, stage, in.Party, in.ActDate)
	if !ok {
		return TierResult{}, Benchmark{}, fault.New(fault.NotFound, "%s没有适用于%s的裁量基准（%s）", p.Code, in.Party.Label(), stage)
	}
	t, why, err := b.Hit(in.Circumstances)
	if err != nil {
		return TierResult{}, b, err
	}
	out := TierResult{Tier: t, Stage: stage, RangeSet: t.RangeSet, UpperInclusive: t.UpperInclusive, Met: append(moved, why...)}
	for _, m := range out.Met {
		out.Why = append(out.Why, m.Text)
	}
	if !t.RangeSet {
		return out, b, nil
	}
	out.Min, out.Max, err = p.tierMoney(b, t, in.RangeInput)
	return out, b, err
}

// MovesUp reports whether the party falls into the second range for not having corrected.
func (p PowerItem) MovesUp(c Circumstances) bool {
	return c.Corrected == law.False && p.EscalationTrigger != "" && refusesCorrection(p.EscalationTrigger)
}

// tierMoney turns a tier's range into 分: yuan as they are, per cent and multiples of the base.
func (p PowerItem) tierMoney(b Benchmark, t Tier, in RangeInput) (low, high law.Money, err error) {
	of, divisor := law.Yuan(1), int64(1)
	switch b.Unit {
	case UnitPercent:
		of, divisor = in.Base, 100
	case UnitMultiple:
		of = in.Base
	}
	if b.Unit != UnitYuan && in.Base <= 0 {
		return 0, 0, fault.New(fault.Invalid, "%s按“%s”计算罚款，须写明%s（元）", p.Code, p.FormulaText, p.Formula.Base)
	}
	low, high = times(of, t.Lower, divisor, true), times(of, t.Upper, divisor, false)
	if p.FineBasis == FinePerUnit {
		if in.Quantity <= 0 {
			return 0, 0, fault.New(fault.Invalid, "%s按每%s计算罚款，须写明数量（%s）", p.Code, p.Formula.Unit, p.Formula.Unit)
		}
		low, high = times(low, in.Quantity, 1, true), times(high, in.Quantity, 1, false)
	}
	if p.Formula.Cap > 0 {
		high = min(high, p.Formula.Cap)
	}
	return low, high, nil
}
