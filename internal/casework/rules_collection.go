package casework

import (
	"strings"

	"fadu/internal/law"
)

// Whoever fines does not collect (行政处罚法第六十七条). Cash in hand is the exception: a fine of at most
// 100 yuan or one that could hardly be enforced later, both only after an on-the-spot decision (第六十八条);
// or far away, when paying otherwise is hard and the party asks (第六十九条). Always with the treasury's own
// receipt (第七十条). Paying by a 缴款码 is no cash in hand (第六十七条第三款; practice.md 13).
var collectionRules = []law.Rule{
	{
		ID: "XZCF-68-69", Name: "只在法定情形当场收缴罚款",
		Actions: []law.Action{ActCollectOnSpot},
		Cite:    law.Citations{xzcf(68), xzcf(69), xzcf(67, 2)},
		From:    penaltyLaw2021, Check: mayCollectCash,
	},
	{
		ID: "XZCF-70", Name: "当场收缴出具财政部门统一制发的专用票据",
		Actions: []law.Action{ActCollectOnSpot},
		Cite:    law.Citations{xzcf(70)},
		From:    penaltyLaw2021,
		Check:   required(law.SpecialReceipt, "没有财政部门统一制发的专用票据，当事人有权拒绝缴纳。请先领用票据，或者告知当事人到银行、用电子支付缴纳"),
	},
}

// mayCollectCash asks for one lawful ground. The grounds of hardship must be claimed; procedure and
// amount may be open, and then so is the answer unless another ground holds.
func mayCollectCash(r *law.Reading) law.Outcome {
	if !r.Stated(law.ProcedureUsed, law.MoneyAmount, law.HardToExecuteLater, law.RemoteArea, law.PaymentDifficulty, law.PartyRequested) {
		r.Has(law.ProcedureUsed)
		r.Has(law.MoneyAmount)
		return law.NotStated()
	}
	most, ok := law.Limit("onspot_cash", r.Date)
	if !ok {
		return law.NotStated()
	}
	far := law.And(r.Claimed(law.RemoteArea), r.Claimed(law.PaymentDifficulty), r.Claimed(law.PartyRequested))
	if far == law.True {
		return law.Pass()
	}
	summary := summaryProcedure(r)
	small := r.AtMost(law.MoneyAmount, most.Money())
	ground := law.Or(law.And(summary, small), law.And(summary, r.Claimed(law.HardToExecuteLater)))
	return law.Unless(ground, law.RefuseBecause("%s", noCashGround(r, summary, most.Money())))
}

func summaryProcedure(r *law.Reading) law.Tri {
	text, ok := r.Text(law.ProcedureUsed)
	if !ok {
		return law.Unknown
	}
	summary, ok := ParseProcedure(text)
	return law.TriOf(ok && summary)
}

// noCashGround says why each ground fails and what remains.
func noCashGround(r *law.Reading, summary law.Tri, most law.Money) string {
	var why []string
	if summary == law.False {
		why = append(why, "不是当场作出的处罚决定")
	} else {
		why = append(why, "罚款超过 "+most.Grouped()+" 元，也没有记录不当场收缴事后难以执行")
	}
	var lacks []string
	for _, k := range []law.BoolKey{law.RemoteArea, law.PaymentDifficulty, law.PartyRequested} {
		if r.Claimed(k) != law.True {
			lacks = append(lacks, k.Label())
		}
	}
	why = append(why, "边远地区收缴的条件还缺："+strings.Join(lacks, "、"))
	return "不能当场收缴现金：" + strings.Join(why, "；") + "。请告知当事人十五日内到指定银行或者用电子支付缴纳"
}

// On a real case cash also needs a receipt from the bureau's own register, and a delivered decision.
var cashRequirementRules = []law.Rule{
	{
		ID: "XZCF-70-register", Name: "专用票据已领用并登记号码",
		Actions: []law.Action{ActCashRequirements},
		Cite:    law.Citations{xzcf(70), xzcf(77)},
		From:    penaltyLaw2021,
		Check:   required(law.ReceiptRegistered, "没有已领用的专用票据号码。请先领用票据并登记号码；系统不代编号码"),
	},
	{
		ID: "XZCF-67-delivered", Name: "交付决定书后才收缴罚款",
		Actions: []law.Action{ActCashRequirements},
		Cite:    law.Citations{xzcf(67, 3), xzcf(52, 1)},
		From:    penaltyLaw2021,
		Check:   required(law.Delivered, "决定书还没有交付当事人，不能收缴罚款。请先交付决定书"),
	},
	{
		ID: "XZCF-71-cashier", Name: "当场收缴的罚款由他人经收",
		Actions: []law.Action{ActHandInCash},
		Cite:    law.Citations{xzcf(71), xzcf(79, 2)},
		From:    penaltyLaw2021,
		Check:   required(law.CashReceivedApart, "收缴罚款的执法人员不能经收自己上交的款项。请由财务人员经收登记"),
	},
	{
		// Late is late: it is said and recorded, and the money is taken in all the same.
		ID: "XZCF-71", Name: "当场收缴的罚款二个工作日内上交",
		Actions: []law.Action{ActHandInCash},
		Cite:    law.Citations{xzcf(71), xzcf(85)},
		From:    penaltyLaw2021,
		Check:   late(law.HandInDue, law.HandedInOn, "当场收缴的罚款应在%s前上交，%s才上交。请说明原因并登记"),
	},
}

// late warns when the day of an act lies after its last day. A known but empty day means today.
func late(due, done law.DateKey, format string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		last, ok1 := r.Day(due)
		on, ok2 := r.Day(done)
		if !ok1 || !ok2 || last.IsZero() {
			return law.NotStated()
		}
		if on.IsZero() {
			on = r.Date
		}
		return law.When(law.TriOf(on.After(last)), law.WarnThat(format, last.Han(), on.Han()))
	}
}

// Arrears. Deferral and instalments need hardship, the party's request and the organ's approval
// (行政处罚法第六十六条第二款). The surcharge stands still while review or suit is pending (第七十三条第三款)
// and never exceeds the fine (行政强制法第四十五条第二款). A request for review does not stop the penalty
// unless a statute says so (第七十三条第一款).
var arrearsRules = []law.Rule{
	{
		ID: "XZCF-66-2-applied", Name: "延期、分期缴纳由当事人申请",
		Actions: []law.Action{ActDeferPayment},
		Cite:    law.Citations{xzcf(66, 2)}, From: penaltyLaw2021,
		Check: required(law.PartyApplied, "当事人没有申请延期或者分期缴纳。请由当事人提出申请并附材料"),
	},
	{
		ID: "XZCF-66-2-hardship", Name: "延期、分期缴纳以确有经济困难为条件",
		Actions: []law.Action{ActDeferPayment},
		Cite:    law.Citations{xzcf(66, 2)}, From: penaltyLaw2021,
		Check: required(law.EconomicHardship, "没有确有经济困难的证明，不符合延期、分期的条件。请当事人补充证明，或者按期缴纳"),
	},
	{
		ID: "XZCF-66-2-approved", Name: "延期、分期缴纳经行政机关批准",
		Actions: []law.Action{ActDeferPayment},
		Cite:    law.Citations{xzcf(66, 2)}, From: penaltyLaw2021,
		Check: required(law.AgencyApproved, "行政机关还没有批准。请报负责人审批后再通知当事人"),
	},
	{
		ID: "XZCF-73-1", Name: "申请复议不停止执行处罚",
		Actions: []law.Action{ActSuspendForReview},
		Cite:    law.Citations{xzcf(73, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if !r.Stated(law.ReviewApplied, law.StatutoryException) {
				r.Has(law.StatutoryException)
				return law.NotStated()
			}
			return law.Unless(r.Claimed(law.StatutoryException), law.RefuseBecause("申请行政复议本身不停止执行处罚决定。没有法律规定的停止执行情形，请照常执行"))
		},
	},
	{
		ID: "XZCF-73-3", Name: "复议、诉讼期间不计加处罚款",
		Actions: []law.Action{ActAccrueInReview},
		Cite:    law.Citations{xzcf(73, 3)}, From: penaltyLaw2021,
		Check: barred(law.ReviewPending, "行政复议、行政诉讼期间不计算加处罚款。请把这段日期从逾期天数中扣除"),
	},
	{
		ID: "XZQZ-45-2", Name: "加处罚款不超过罚款数额",
		Actions: []law.Action{ActAccrueFurther},
		Cite:    law.Citations{xzqz(45, 2), xzcf(72, 1, 1)}, From: penaltyLaw2021, Check: surchargeRoom,
	},
	{
		ID: "XZCF-48-2", Name: "处罚决定被改变的，撤回公开信息",
		Actions: []law.Action{ActWithdrawNotice},
		Cite:    law.Citations{xzcf(48, 2), xzcf(85)}, From: penaltyLaw2021, Check: mustWithdraw,
	},
}

func surchargeRoom(r *law.Reading) law.Outcome {
	fine, ok1 := r.Money(law.FineImposed)
	accrued, ok2 := r.Money(law.SurchargeAccrued)
	switch {
	case !ok1 || !ok2:
		return law.NotStated()
	case fine < 0 || accrued < 0:
		return law.RefuseBecause("罚款和加处罚款的数额不能是负数，请核对")
	case accrued >= fine:
		return law.RefuseBecause("已加处 %s 元，达到罚款数额 %s 元，不得再累加。请催告后申请强制执行", accrued.Grouped(), fine.Grouped())
	}
	return law.Pass()
}

var changedDecision = words[bool]{
	{"未被", false},
	{"没有", false},
	{"维持", false},
	{"驳回", false},
	{"不予撤销", false},
	{"未撤销", false},
	{"未变更", false},
	{"撤销", true},
	{"变更", true},
	{"确认违法", true},
	{"确认无效", true},
	{"违法", true},
	{"无效", true},
	{"有效", false},
	{"生效", false},
	{"合法", false},
	{"正常", false},
	{"履行", false},
	{"执行", false},
	{"未", false},
}

func mustWithdraw(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.DecisionStatus)
	if !ok {
		return law.NotStated()
	}
	changed, ok := changedDecision.find(plain(text))
	if !ok {
		return unreadable(law.DecisionStatus, text, "被变更、被撤销、被确认违法、被确认无效或者有效")
	}
	return duty(law.TriOf(changed), "处罚决定已被改变，应当在三个工作日内撤回公开的信息并公开说明理由", "处罚决定没有被改变，不必撤回公开的信息")
}
