package casework

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
)

// The acts of the recheck door that belong to on-the-spot cases, penalties as such and their execution.
// Their rules ask only for the facts that the door's published list names.
const (
	// ActInvestigate is judged by the rules of org.
	ActInvestigate law.Action = "调查取证/检查"

	ActDecideOnSpot     law.Action = "当场作出处罚决定(简易程序)"
	ActDeliverOnSpot    law.Action = "交付当场处罚决定书"
	ActCollectOnSpot    law.Action = "当场收缴罚款"
	ActPunish           law.Action = "给予处罚"
	ActLighten          law.Action = "从轻或减轻处罚"
	ActSpareFirst       law.Action = "不予处罚(首违)"
	ActApplyNewRule     law.Action = "适用新规定"
	ActSubstitute       law.Action = "以行政处罚代替移送"
	ActDeferPayment     law.Action = "批准延期/分期缴纳"
	ActSuspendForReview law.Action = "因申请复议停止执行处罚决定"
	ActAccrueInReview   law.Action = "复议期间计算加处罚款"
	ActAccrueFurther    law.Action = "加处罚款继续累加"
	ActSueDirectly      law.Action = "直接提起行政诉讼"
	ActReviewAbove      law.Action = "向上级主管部门申请复议"
	ActWithdrawNotice   law.Action = "撤回公开的处罚决定信息"
)

// The bureau's own acts on a case. Their rules ask for what a file must show beyond the door's list.
const (
	// ActOnSpotRequirements is what the street must leave in the file before an on-the-spot decision; judge
	// it together with ActInvestigate, ActDecideOnSpot and ActPunish.
	ActOnSpotRequirements law.Action = "当场处罚案件要件"
	// ActDeliveryRequirements goes with ActDeliverOnSpot, ActCashRequirements with ActCollectOnSpot.
	ActDeliveryRequirements law.Action = "当场处罚交付要件"
	ActCashRequirements     law.Action = "当场收缴要件"
	ActHandInCash           law.Action = "上交当场收缴的罚款"
	ActFileOnSpot           law.Action = "当场处罚备案"
	ActVoidPaper            law.Action = "作废文书"
	ActVoidChange           law.Action = "作废变更决定书"
	ActCorrectPaper         law.Action = "补正更正"
	ActRevoke               law.Action = "撤销变更决定"
	ActChange               law.Action = "变更后的处罚"
	// ActChangeOrdinary is ActChange of a decision of the ordinary procedure, which the limits of the street do not bind.
	ActChangeOrdinary law.Action = "普通程序变更后的处罚"
	ActClose          law.Action = "结案"
	ActDecline        law.Action = "教育改正不予立案"
)

// The first days of the texts that the rules rest on. Before them no rule of the act is in force.
var (
	penaltyLaw2021 = law.MustDate("2021-07-15")
	coercion2012   = law.MustDate("2012-01-01")
	review2024     = law.MustDate("2024-01-01")
	civil2024      = law.MustDate("2024-01-01")
	suit2017       = law.MustDate("2017-07-01")
	suit2018       = law.MustDate("2018-02-08")
	procedure2022  = law.MustDate("2022-05-01")
)

// Rules returns all statutory rules of this package.
func Rules() []law.Rule {
	return slices.Concat(
		onSpotRules, onSpotDeliveryRules, onSpotRequirementRules, deliveryRequirementRules,
		collectionRules, cashRequirementRules, arrearsRules,
		exemptionRules, limitationRules, mitigationRules,
		paperRules, changeRules, endingRules, declineRules, bookletRules,
		remedyRules, reviewRules, suitRules,
		preservationRules, legalReviewRules, hearingRules, decisionRules, serviceRules,
		seizureRules, executionRules, courtEnforcementRules,
		ordinaryRules(),
	)
}

// xzcf and its siblings shorten citations of the statutes that most rules rest on.
func xzcf(article int, more ...int) law.Citation { return law.Cite("XZCF", article, more...) }

func xzqz(article int, more ...int) law.Citation { return law.Cite("XZQZ", article, more...) }

// item cites an item of an article that has only one paragraph.
func item(c law.Citation, n int) law.Citation {
	c.Item = n
	return c
}

// anyClaimed is true when one of the facts is stated true. While none of them is stated the question is
// open; once one is, the others count as not claimed.
func anyClaimed(r *law.Reading, keys ...law.BoolKey) law.Tri {
	stated := false
	out := law.False
	for _, k := range keys {
		if r.Stated(k) {
			stated = true
		}
		out = law.Or(out, r.Claimed(k))
	}
	if !stated {
		for _, k := range keys {
			r.Has(k)
		}
		return law.Unknown
	}
	return out
}

// required refuses while the fact is false: the commonest rule of all.
func required(k law.BoolKey, message string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome { return law.Unless(r.Is(k), law.RefuseBecause("%s", message)) }
}

// barred refuses while the fact is true.
func barred(k law.BoolKey, message string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome { return law.When(r.Is(k), law.RefuseBecause("%s", message)) }
}

// atMost refuses a number above the legal number of that name.
func atMost(k law.NumberKey, limit, format string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		most, ok := law.Limit(limit, r.Date)
		n, stated := r.Number(k)
		switch {
		case !ok || !stated:
			return law.NotStated()
		case n < 0:
			return law.RefuseBecause("%s不能是负数，请核对", k.Label())
		case n > most.Value:
			return law.RefuseBecause(format, n, most.Value)
		}
		return law.Pass()
	}
}

// atLeast refuses a number below the legal number of that name.
func atLeast(k law.NumberKey, limit, format string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		least, ok := law.Limit(limit, r.Date)
		n, stated := r.Number(k)
		switch {
		case !ok || !stated:
			return law.NotStated()
		case n < least.Value:
			return law.RefuseBecause(format, n, least.Value)
		}
		return law.Pass()
	}
}

// duty answers a question of duty: must when cond holds, not required when it does not.
func duty(cond law.Tri, must, not string) law.Outcome {
	switch cond {
	case law.True:
		return law.Duty(law.Must, "%s", must)
	case law.False:
		return law.Duty(law.NotRequired, "%s", not)
	}
	return law.NotStated()
}

// unreadable refuses a text that names nothing the rule knows, and says what to write instead.
func unreadable(k law.TextKey, text, write string) law.Outcome {
	return law.RefuseBecause("看不懂%s“%s”。请写明%s", k.Label(), text, write)
}

// CheckWord reports, in Chinese, a text fact whose value the rules of this package cannot read, so that
// the recheck door can answer with an error rather than with a refusal. Facts that may be any text pass.
func CheckWord(fact, value string) error {
	text := plain(value)
	ok, write := true, ""
	switch fact {
	case law.Party.Name(), law.Recipient.Name():
		_, ok = ParseParty(text)
		write = "公民、法人、其他组织或者个体工商户"
	case law.Penalty.Name():
		ok = len(ParsePenalties(text).Strange) == 0
		write = "行政处罚法第九条规定的处罚种类，如警告、罚款"
	case law.ProcedureUsed.Name():
		_, ok = ParseProcedure(text)
		write = "简易或者普通"
	case law.Harm.Name():
		_, ok = ParseHarm(text)
		write = "无、轻微或者有"
	case law.LegalReview.Name():
		_, ok = reviewWords.find(text)
		write = "未审核、未通过或者通过"
	case law.DecisionStatus.Name():
		_, ok = changedDecision.find(text)
		write = "被变更、被撤销、被确认违法、被确认无效或者有效"
	case law.ExecutionTime.Name():
		_, ok = closedTime(text)
		write = "夜间、法定节假日或者工作日白天"
	default:
		ok = text != ""
		write = "具体内容"
	}
	if !ok {
		return fmt.Errorf("看不懂“%s”的值“%s”，请写明%s", fact, strings.TrimSpace(value), write)
	}
	return nil
}
