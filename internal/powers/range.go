package powers

import (
	"strings"

	"fadu/internal/fault"
	"fadu/internal/law"
)

// RangeInput is what a statutory fine range depends on besides the power itself.
type RangeInput struct {
	ActDate law.Date
	Party   Party
	// Escalated: the condition for the article's second range is met.
	Escalated bool
	// Base is what a ratio is taken of; 0 = not stated.
	Base law.Money
	// Quantity counts what a fine per unit is laid on (株, 只, 日); 0 = not stated.
	Quantity Quantity
	// Grade narrows a fine per unit: 一级, 二级.
	Grade string
}

// Range is a statutory fine range, exact, in 分. Min 0: the law has no lower bound, but a fine that is
// imposed must be above 0.
type Range struct {
	Min, Max law.Money
	// Optional: the text itself says 可以并处.
	Optional bool
	Law      string
	Article  string
	From, To law.Date
	// How says how it was counted, where it was counted.
	How string
}

// Contains reports whether a fine lies in the range; 0 never does.
func (r Range) Contains(m law.Money) bool { return m > 0 && m >= r.Min && m <= r.Max }

// StatutoryRange computes the fine range that the law gives for the power. The error says, in Chinese,
// what is missing: local rules, the base, the quantity, or that this party cannot be fined.
func (p PowerItem) StatutoryRange(in RangeInput) (Range, error) {
	out := Range{Law: p.Penalty.Law, Article: p.Penalty.Articles.Han(), From: p.ValidFrom, To: p.ValidTo, Optional: p.Formula.Optional}
	if err := p.fineable(in); err != nil {
		return Range{}, err
	}
	b := p.Fine.Of(in.Party)
	if in.Escalated {
		b = p.Escalated.Of(in.Party)
		if p.EscalationTrigger == "" {
			return Range{}, fault.New(fault.Invalid, "%s没有第二档罚款，不能按加重情形计算", p.Code)
		}
		if !b.Set {
			return Range{}, fault.New(fault.Invalid, "%s的第二档（%s）没有对%s规定罚款", p.Code, p.EscalationTrigger, in.Party.Label())
		}
	}
	var err error
	switch p.FineBasis {
	case FineRatio:
		err = p.ratioRange(in, &out)
	case FinePerUnit:
		err = p.unitRange(in, b, &out)
	default:
		out.Min, out.Max = b.Min, b.Max
	}
	if err != nil {
		return Range{}, err
	}
	if out.Min == 0 {
		out.How = strings.TrimPrefix(out.How+"；没有法定下限，决定罚款的，数额须大于0", "；")
	}
	return out, nil
}

// fineable says why no range can be given at all.
func (p PowerItem) fineable(in RangeInput) error {
	switch p.FineBasis {
	case FineNone, "":
		return fault.New(fault.Invalid, "%s是%s事项，%s没有规定罚款", p.Code, p.Kind.Label(), p.Penalty.Short())
	case FineLocalRule:
		return fault.New(fault.Invalid, "%s没有规定罚款数额（%s），须先导入本地规定的数额并写明依据，再按本地事项计算", p.Penalty.Short(), p.FormulaText)
	case FineByOtherLaw:
		return fault.New(fault.Invalid, "%s转由其他法律规定处罚（%s），请按所转的法律选事项", p.Penalty.Short(), p.FormulaText)
	}
	if in.Party != Citizen && in.Party != Organisation {
		return fault.New(fault.Invalid, "当事人类型应为公民或者单位")
	}
	if p.FineBasis == FineRatio && p.Fine.none() {
		return nil
	}
	if !p.Fine.Of(in.Party).Set {
		other := Organisation
		if in.Party == Organisation {
			other = Citizen
		}
		return fault.New(fault.Invalid, "%s只对%s规定了罚款，没有对%s规定罚款", p.Penalty.Short(), other.Label(), in.Party.Label())
	}
	return nil
}

func (p PowerItem) ratioRange(in RangeInput, out *Range) error {
	f := p.Formula
	if in.Base <= 0 {
		return fault.New(fault.Invalid, "%s按“%s”计算罚款，须写明%s（元）", p.Code, p.FormulaText, f.Base)
	}
	out.How = f.Base + in.Base.Grouped() + "元，" + p.FormulaText
	if f.PerDay {
		if in.Quantity <= 0 {
			return fault.New(fault.Invalid, "%s按日连续计算，须写明自责令改正次日起的天数", p.Code)
		}
		out.Min = times(in.Base, in.Quantity, 1, true)
		out.Max = out.Min
		return nil
	}
	divisor := int64(1)
	if f.Percent {
		divisor = 100
	}
	out.Min, out.Max = times(in.Base, f.Low, divisor, true), times(in.Base, f.High, divisor, false)
	if f.Cap > 0 {
		out.Max = min(out.Max, f.Cap)
	}
	return nil
}

func (p PowerItem) unitRange(in RangeInput, b Bounds, out *Range) error {
	f := p.Formula
	if in.Quantity <= 0 {
		return fault.New(fault.Invalid, "%s按每%s计算罚款，须写明数量（%s）", p.Code, f.Unit, f.Unit)
	}
	low, high := b.Min, b.Max
	if in.Grade != "" {
		g, ok := f.grade(in.Grade)
		if !ok {
			return fault.New(fault.Invalid, "%s没有“%s”这一级别，算式是：%s", p.Code, in.Grade, p.FormulaText)
		}
		low, high = g.Min, g.Max
	}
	out.Min, out.Max = times(low, in.Quantity, 1, true), times(high, in.Quantity, 1, false)
	out.How = "每" + f.Unit + low.Grouped() + "至" + high.Grouped() + "元，共" + in.Quantity.String() + f.Unit
	return nil
}
