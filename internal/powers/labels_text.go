package powers

import (
	"strings"

	"fadu/internal/law"
)

// Text prints a fine range of one party: 500—5,000 元, 2,000 元以下, 定额 50 元, or 没有罚款.
func (b Bounds) Text() string {
	switch {
	case !b.Set:
		return "没有罚款"
	case b.Min == b.Max:
		return "定额 " + b.Max.Grouped() + " 元"
	case b.Min == 0:
		return b.Max.Grouped() + " 元以下"
	}
	return b.Min.Grouped() + "—" + b.Max.Grouped() + " 元"
}

// Text prints a computed range: 500 元至 5,000 元.
func (r Range) Text() string { return Bounds{true, r.Min, r.Max}.Text() }

// FineText prints what a list shows as the power's fine.
func (p PowerItem) FineText() string {
	switch p.FineBasis {
	case FineNone, "":
		return "无"
	case FineLocalRule:
		return "由地方规定"
	case FineByOtherLaw:
		return "转致其他法律"
	case FineRatio:
		return p.FormulaText
	}
	text := joinParties(p.Fine)
	if p.FineBasis == FinePerUnit {
		text = "每" + p.Formula.Unit + " " + text
	}
	return text
}

func joinParties(f Fines) string {
	c, o := f.Citizen, f.Organisation
	switch {
	case c == o:
		return c.Text()
	case !c.Set:
		return "单位 " + o.Text()
	case !o.Set:
		return "公民 " + c.Text()
	}
	return "公民 " + c.Text() + "；单位 " + o.Text()
}

// SpanText prints from when until when something applies: 2018年10月26日至2026年8月14日, 自2026年8月15日起.
func SpanText(from, to law.Date) string {
	if to.IsZero() {
		return "自" + from.Han() + "起"
	}
	return from.Han() + "至" + to.Han()
}

// RangeText prints a tier's range in the benchmark's unit.
func (t Tier) RangeText(u TierUnit) string {
	if !t.RangeSet {
		return "不罚款"
	}
	unit := map[TierUnit]string{UnitYuan: " 元", UnitPercent: "%", UnitMultiple: " 倍"}[u]
	if u == UnitYuan {
		return times(law.Yuan(1), t.Lower, 1, true).Grouped() + "—" + times(law.Yuan(1), t.Upper, 1, false).Grouped() + unit
	}
	return t.Lower.String() + "—" + t.Upper.String() + unit
}

// IssueText prints by whom and when something was published.
func (i Issue) IssueText() string {
	if i.Issuer == "" {
		return ""
	}
	parts := []string{i.Issuer, i.Document, i.PublishedOn.Han() + "公布"}
	if i.From != i.PublishedOn || !i.Until.IsZero() {
		parts = append(parts, SpanText(i.From, i.Until)+"适用")
	}
	return strings.Join(parts, "，")
}
