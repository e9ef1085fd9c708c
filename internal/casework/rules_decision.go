package casework

import (
	"strings"

	"fadu/internal/law"
)

// The acts of the ordinary procedure up to the decision.
const (
	ActPreserve        law.Action = "先行登记保存"
	ActNeedLegalReview law.Action = "判断是否须法制审核"
	ActReviewLegally   law.Action = "担任处罚决定法制审核人员"
	ActDecide          law.Action = "作出处罚决定(普通程序)"
	ActSignDecision    law.Action = "签发处罚决定书"
)

// Registering and keeping evidence needs the risk of its loss and the head's approval (行政处罚法第五十六条).
var preservationRules = []law.Rule{
	{
		ID: "XZCF-56-risk", Name: "证据可能灭失或者以后难以取得才登记保存",
		Actions: []law.Action{ActPreserve},
		Cite:    law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: required(law.EvidenceMayBeLost, "证据没有灭失或者以后难以取得的危险，不能先行登记保存。请用拍照、抽样、调取等方式取证"),
	},
	{
		ID: "XZCF-56-approved", Name: "登记保存经行政机关负责人批准",
		Actions: []law.Action{ActPreserve},
		Cite:    law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: required(law.ApprovedByHead, "先行登记保存没有经行政机关负责人批准。请先报批"),
	},
}

// When a legal review is due and who may make it (行政处罚法第五十八条).
var legalReviewRules = []law.Rule{
	{
		ID: "XZCF-58-1-1", Name: "涉及重大公共利益的须法制审核",
		Actions: []law.Action{ActNeedLegalReview},
		Cite:    law.Citations{xzcf(58, 1, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(r.Is(law.MajorPublicInterest), "涉及重大公共利益，决定前应当法制审核", "不涉及重大公共利益")
		},
	},
	{
		ID: "XZCF-58-1-2", Name: "直接关系重大权益且经过听证的须法制审核",
		Actions: []law.Action{ActNeedLegalReview},
		Cite:    law.Citations{xzcf(58, 1, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(law.And(r.Is(law.MajorRights), r.Is(law.HearingHeld)),
				"直接关系当事人或者第三人重大权益，又经过听证，决定前应当法制审核", "不属于直接关系重大权益并经过听证的案件")
		},
	},
	{
		ID: "XZCF-58-1-3", Name: "疑难复杂、涉及多个法律关系的须法制审核",
		Actions: []law.Action{ActNeedLegalReview},
		Cite:    law.Citations{xzcf(58, 1, 3)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(law.And(r.Is(law.ComplexCase), r.Is(law.ManyRelations)),
				"案情疑难复杂、涉及多个法律关系，决定前应当法制审核", "不属于疑难复杂并涉及多个法律关系的案件；有一项具备的，宜送法制部门把关")
		},
	},
	{
		ID: "XZCF-58-2", Name: "初次从事法制审核的须有法律职业资格",
		Actions: []law.Action{ActReviewLegally},
		Cite:    law.Citations{xzcf(58, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.FirstReviewer), r.Is(law.PassedLegalExam).Not()),
				law.RefuseBecause("初次从事处罚决定法制审核，还没有取得法律职业资格。请换由符合条件的人员审核"))
		},
	},
}

// What must lie behind a decision in the ordinary procedure.
var decisionRules = []law.Rule{
	{
		ID: "XZCF-54-2", Name: "立案后作出处罚决定", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(54, 2)}, From: penaltyLaw2021,
		Check: required(law.Filed, "案件还没有立案。请先办理立案审批"),
	},
	{
		ID: "XZCF-57-1", Name: "调查终结后作出处罚决定", Actions: []law.Action{ActDecide, ActNotify, ActSubmitReview},
		Cite: law.Citations{xzcf(57, 1)}, From: penaltyLaw2021,
		Check: required(law.InvestigationClosed, "调查还没有终结。请完成调查终结报告后再送审"),
	},
	{
		ID: "XZCF-42-1-decide", Name: "办案的执法人员不少于两人", Actions: []law.Action{ActDecide, ActAskFiling},
		Cite: law.Citations{xzcf(42, 1)}, From: penaltyLaw2021,
		Check: atLeast(law.Officers, "officers_minimum", "执法人员 %d 人，不得少于 %d 人。请增派执法人员并补正取证"),
	},
	{
		ID: "XZCF-40", Name: "事实清楚、证据充分才处罚", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(40)}, From: penaltyLaw2021,
		Check: required(law.FactsClear, "违法事实不清、证据不足，不得处罚。请补充调查；查不清的，不予处罚"),
	},
	{
		ID: "XZCF-38-1", Name: "处罚有依据", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(38, 1)}, From: penaltyLaw2021,
		Check: required(law.HasLegalBasis, "没有处罚依据，作出的处罚无效。请选定现行有效的依据；没有的，不予处罚"),
	},
	{
		ID: "XZCF-62-told", Name: "未告知的，不得作出决定", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(44), xzcf(62)}, From: penaltyLaw2021,
		Check: required(law.Informed, "没有告知拟处罚内容、事实、理由、依据和权利。请先送达处罚意见告知书"),
	},
	{
		ID: "XZCF-62-heard", Name: "拒绝听取陈述申辩的，不得作出决定", Actions: []law.Action{ActDecide, ActSubmitReview},
		Cite: law.Citations{xzcf(45, 1), xzcf(62)}, From: penaltyLaw2021, Check: defenceHeard,
	},
	{
		ID: "XZCF-45-2", Name: "不得因陈述申辩加重处罚", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(45, 2)}, From: penaltyLaw2021, Check: notHeavierForDefence,
	},
	{
		ID: "XZCF-44-again", Name: "处罚重于告知的，重新告知", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(44), xzcf(62)}, From: penaltyLaw2021, Check: toldAgain,
	},
	{
		ID: "XZCF-63-1-told", Name: "应当告知听证权利的，已经告知", Actions: []law.Action{ActDecide, ActNotify, ActSubmitReview},
		Cite: law.Citations{xzcf(63, 1)}, From: penaltyLaw2021, Check: hearingTold,
	},
	{
		ID: "XZCF-63-1-held", Name: "当事人要求听证的，已经举行", Actions: []law.Action{ActDecide, ActSubmitReview},
		Cite: law.Citations{xzcf(63, 1), item(xzcf(64), 1)}, From: penaltyLaw2021, Check: hearingDone,
	},
	{
		ID: "XZCF-58-1", Name: "须法制审核的，审核通过", Actions: []law.Action{ActDecide, ActChangeOrdinary, ActSubmitDiscussion, ActDiscuss, ActAskDecision, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(58, 1)}, From: penaltyLaw2021, Check: reviewPassed,
	},
	{
		ID: "XZCF-57-2", Name: "须集体讨论的，经集体讨论", Actions: []law.Action{ActDecide, ActChangeOrdinary, ActAskDecision},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.CollectiveRequired), r.Is(law.CollectiveDiscussed).Not()),
				law.RefuseBecause("情节复杂或者重大违法行为，还没有经负责人集体讨论。请提请集体讨论并制作笔录"))
		},
	},
	{
		ID: "XZCF-29", Name: "同一违法行为不得再次罚款", Actions: []law.Action{ActDecide},
		Cite: law.Citations{xzcf(29)}, From: penaltyLaw2021, Check: noSecondFine,
	},
	{
		ID: "XZCF-59-1", Name: "决定书载明法定事项", Actions: []law.Action{ActSignDecision},
		Cite: law.Citations{xzcf(59, 1), xzcf(59, 2)}, From: penaltyLaw2021,
		Check: complete(law.MissingFields, "决定书还缺：%s。请补齐后签发"),
	},
}

// untoldSpared: no penalty is proposed and none was ever told. Only a penalty is told, defended against and heard (行政处罚法
// 第四十四条、第四十五条、第六十二条、第六十三条); a party that was told keeps its answer and its hearing.
func untoldSpared(r *law.Reading) bool {
	return spared(r) && r.Stated(law.Informed) && r.Is(law.Informed) == law.False
}

// defenceHeard accepts a party that waived its right, or that let the time pass without saying anything.
func defenceHeard(r *law.Reading) law.Outcome {
	if untoldSpared(r) {
		return law.Pass()
	}
	silent := law.False
	if r.Stated(law.ObjectionSubmitted) {
		silent = law.And(r.Is(law.ObjectionSubmitted).Not(), r.Claimed(law.RequestPeriodExpired))
	}
	return law.Unless(law.Or(r.Is(law.PartyHeard), r.Claimed(law.PartyWaived), silent),
		law.RefuseBecause("没有听取当事人陈述申辩，当事人也没有明确放弃。请听取、复核并制作复核意见"))
}

func notHeavierForDefence(r *law.Reading) law.Outcome {
	heavier := law.Unknown
	final, ok1 := r.Money(law.FinalPenalty)
	told, ok2 := r.Money(law.InformedPenalty)
	if ok1 && ok2 {
		heavier = law.TriOf(final > told)
	}
	raised := r.Is(law.RaisedByDefence)
	if raised != law.True {
		return law.When(law.And(raised, heavier), law.Pass())
	}
	return law.RefuseBecause("因当事人陈述申辩加重了处罚，这是禁止的。请按告知的处罚意见重新确定")
}

// toldAgain: a fine above the one that the notice named was not told to the party. Whether the two
// amounts were stated is not at issue while nothing says that they differ.
func toldAgain(r *law.Reading) law.Outcome {
	final, ok1 := r.Money(law.FinalPenalty)
	told, ok2 := r.Money(law.InformedPenalty)
	if !ok1 || !ok2 {
		return law.NotStated()
	}
	return law.When(law.TriOf(final > told), law.RefuseBecause("决定罚款 %s 元，多于告知的 %s 元，当事人没有机会就此申辩。请重新告知并听取意见", final.Grouped(), told.Grouped()))
}

// hearingAtIssue is whether the case is one in which the party may ask for a hearing. Where that is not
// said, a request or a hearing that is mentioned puts it at issue.
func hearingAtIssue(r *law.Reading, mentions ...law.Key) law.Tri {
	if !r.Stated(law.HearingRequired) && r.Stated(mentions...) {
		return law.True
	}
	return r.Is(law.HearingRequired)
}

func hearingTold(r *law.Reading) law.Outcome {
	if untoldSpared(r) {
		return law.Pass()
	}
	required := hearingAtIssue(r, law.HearingNotified)
	if r.Claimed(law.HearingHeld) == law.True {
		return law.Pass()
	}
	return law.When(law.And(required, r.Is(law.HearingNotified).Not()),
		law.RefuseBecause("没有告知当事人有要求听证的权利。请送达听证告知书，期满后再决定"))
}

func hearingDone(r *law.Reading) law.Outcome {
	if untoldSpared(r) {
		return law.Pass()
	}
	required := hearingAtIssue(r, law.HearingRequested)
	if required == law.False || r.Claimed(law.HearingHeld) == law.True {
		return law.Pass()
	}
	if r.Stated(law.HearingRequested) && r.Is(law.HearingRequested) == law.False {
		return law.Unless(law.Or(required.Not(), r.Is(law.RequestPeriodExpired)),
			law.RefuseBecause("当事人还没有要求听证，但申请期限没有届满。请等期满后再决定"))
	}
	return law.When(law.And(required, r.Is(law.HearingHeld).Not()),
		law.RefuseBecause("应当听证的案件还没有举行听证。当事人已要求的，请组织听证；没有要求的，请记录并等申请期满"))
}

var reviewWords = words[bool]{
	{"无异议", true},
	{"没有异议", true},
	{"未", false},
	{"不", false},
	{"没有", false},
	{"退回", false},
	{"改正", false},
	{"补充", false},
	{"移送", false},
	{"待", false},
	{"审核中", false},
	{"同意", true},
	{"通过", true},
	{"合格", true},
}

// reviewPassed: only an opinion that agrees opens the decision (practice.md 20).
func reviewPassed(r *law.Reading) law.Outcome {
	required := r.Is(law.LegalReviewRequired)
	text, ok := r.Text(law.LegalReview)
	if required == law.Unknown && ok {
		required = law.True // an opinion on file puts the review at issue
	}
	passed := law.Unknown
	if ok {
		agrees, known := reviewWords.find(plain(text))
		passed = law.TriOf(known && agrees)
	}
	return law.When(law.And(required, passed.Not()),
		law.RefuseBecause("法制审核结论是“%s”，没有通过法制审核不得作出决定。请送法制部门审核，按意见改正后再次送审；没有逐项回答是不是重大执法决定的，先在拟定时回答", strings.TrimSpace(text)))
}
