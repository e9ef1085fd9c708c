package powers

import (
	"regexp"
	"slices"
	"strings"
)

var (
	itemCode   = regexp.MustCompile(`^[A-Z]{1,6}-[0-9]{1,6}$`)
	verifyMark = regexp.MustCompile(`^(A|B1|B2|C|U)(-.+)?$`)
)

// demoMark in the name of a law makes everything under it fictional.
const demoMark = "演示"

// ParseItem reads one row of the list of powers. Faults name every wrong cell; the item is only good
// when there are none.
func ParseItem(row TableRow) (PowerItem, []RowError) {
	c := newCells(ImportItems, row)
	p := PowerItem{
		Code: c.text("code"), Kind: enum(c, "kind", kindLabels), Domain: c.text("domain"), Name: c.text("name"),
		Violated:     Basis{c.text("violated_law"), c.articles("violated_article")},
		Penalty:      Basis{c.text("penalty_law"), c.articles("penalty_article")},
		PenaltyKinds: c.list("penalty_kinds"),
		Fine:         Fines{c.bounds("fine_citizen_min", "fine_citizen_max"), c.bounds("fine_org_min", "fine_org_max")},
		FineBasis:    enum(c, "fine_basis", fineBasisLabels), FormulaText: c.text("fine_formula"),
		CorrectionFirst: c.yes("correction_order") > 0, SeizurePower: c.text("seizure_power"),
		LimitationYears: c.integer("limitation_years", 1, 20), LimitationNote: c.text("limitation_extension"),
		LawVersion: c.date("law_version"), EscalationTrigger: c.text("escalation_trigger"),
		Escalated: Fines{c.bounds("esc_citizen_min", "esc_citizen_max"), c.bounds("esc_org_min", "esc_org_max")},
		Scope:     c.text("scope"), ValidFrom: c.date("valid_from"), ValidTo: c.date("valid_to"),
		SupersededBy: c.text("superseded_by"), Verify: c.text("verify"), Notes: c.text("notes"),
	}
	p.Demo = strings.Contains(p.Penalty.Law, demoMark)
	if p.Code != "" && !c.bad("code") && !itemCode.MatchString(p.Code) {
		c.add("code", "“%s”不合编码规则，应为大写字母、短横、数字，例如 CG-001", clip(p.Code, 20))
	}
	if p.Verify != "" && !c.bad("verify") && !verifyMark.MatchString(p.Verify) {
		c.add("verify", "“%s”应以A、B1、B2、C或者U开头", clip(p.Verify, 20))
	}
	p.checkDates(c)
	p.checkFine(c)
	return p, c.faults
}

func (p *PowerItem) checkDates(c *cells) {
	if !p.ValidTo.IsZero() && p.ValidTo.Before(p.ValidFrom) {
		c.add("valid_to", "失效日%s早于生效日%s", p.ValidTo, p.ValidFrom)
	}
	if p.SupersededBy != "" && p.ValidTo.IsZero() && !c.bad("valid_to") {
		c.add("superseded_by", "写了由何替代，却没有写失效日")
	}
}

// checkFine holds the amounts against the way in which the law fixes the fine.
func (p *PowerItem) checkFine(c *cells) {
	named := slices.Contains(p.PenaltyKinds, "罚款")
	switch p.FineBasis {
	case FineRange, FineAtMost, FineFixed, FinePerUnit:
		if p.Fine.none() && !c.bad("fine_org_min") && !c.bad("fine_org_max") && !c.bad("fine_citizen_min") && !c.bad("fine_citizen_max") {
			c.add("fine_org_max", "罚款方式是“%s”，却没有写数额", p.FineBasis.Label())
		}
	case FineLocalRule, FineByOtherLaw, FineNone:
		if !p.Fine.none() || !p.Escalated.none() {
			c.add("fine_basis", "罚款方式是“%s”，却写了数额", p.FineBasis.Label())
		}
	}
	switch p.FineBasis {
	case FineFixed:
		for _, b := range []Bounds{p.Fine.Citizen, p.Fine.Organisation} {
			if b.Set && b.Min != b.Max {
				c.add("fine_basis", "定额罚款的上限和下限应相同")
			}
		}
	case FineRatio, FinePerUnit:
		f, err := ParseFormula(p.FineBasis, p.FormulaText)
		if err != nil {
			c.add("fine_formula", "%v", err)
		}
		p.Formula = f
	}
	if (p.FineBasis == FineNone) == named && p.FineBasis != "" && p.FineBasis != FineByOtherLaw && p.FineBasis != FineLocalRule {
		c.add("penalty_kinds", "处罚种类与罚款方式“%s”不一致", p.FineBasis.Label())
	}
	if p.EscalationTrigger == "" && !p.Escalated.none() {
		c.add("escalation_trigger", "写了第二档数额，却没有写情形")
	}
	if p.EscalationTrigger != "" && p.Escalated.none() && !c.bad("esc_org_min") && !c.bad("esc_org_max") {
		c.add("escalation_trigger", "写了第二档情形，却没有写数额")
	}
}
