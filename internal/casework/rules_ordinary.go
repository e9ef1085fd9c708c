package casework

import (
	"slices"

	"fadu/internal/law"
)

// The bureau's acts of the ordinary procedure, in its order. The first three are judged by the rules of org.
const (
	ActHandleCase    law.Action = "承办案件"
	ActAdmitEvidence law.Action = "采信证据"
	ActDecideRecusal law.Action = "决定执法人员回避申请"

	ActAskFiling     law.Action = "报批立案"
	ActFile          law.Action = "批准立案"
	ActDeclineFiling law.Action = "决定不予立案"
	ActExtendCheck   law.Action = "延长核查期限"

	ActInterview    law.Action = "制作询问笔录"
	ActInspect      law.Action = "现场检查（勘验）"
	ActKeepCopy     law.Action = "调取证据复制件"
	ActCommission   law.Action = "委托检测、鉴定"
	ActUseAppraisal law.Action = "采用检测、鉴定结果"
	// ActAdmitAppraisal goes with ActAdmitEvidence.
	ActAdmitAppraisal law.Action = "采信检测、鉴定结果"
	ActRecheck        law.Action = "复查改正情况"
	ActReportCrime    law.Action = "报告涉嫌犯罪"
	ActEndAppraisal   law.Action = "延长、撤回检测鉴定委托"
	ActConclude       law.Action = "调查终结"

	ActExtendDecision   law.Action = "延长办案期限"
	ActExtendAgain      law.Action = "再次延长办案期限"
	ActDiscussExtension law.Action = "讨论再次延长办案期限"
	ActSuspend          law.Action = "中止调查"
	ActTerminate        law.Action = "终止调查"
	ActWithdrawFiling   law.Action = "撤销立案"
	ActTransferOut      law.Action = "移送管辖"
	ActSplit            law.Action = "分案办理"
	ActMerge            law.Action = "并案办理"
	ActHandToPolice     law.Action = "移送公安机关"
	ActPoliceAnswer     law.Action = "登记公安机关的答复"
	// ActDecideCrime goes with ActApproveCrime and with the refusal.
	ActDecideCrime  law.Action = "决定是否移送公安机关"
	ActApproveCrime law.Action = "批准移送公安机关"
	// ActKeepFromPolice is the door's question about a penalty in place of a transfer.
	ActKeepFromPolice = ActSubstitute

	// ActPreserveNeed goes with ActPreserve.
	ActPreserveNeed        law.Action = "登记保存的必要性"
	ActSettlePreservation  law.Action = "处理登记保存物品"
	ActSeizeGround         law.Action = "查封扣押的授权"
	ActSeizeOnSite         law.Action = "查封扣押的现场程序"
	ActExtendSeizureInTime law.Action = "查封扣押延长的告知"
	ActRelease             law.Action = "解除查封扣押"
	ActSettleSeizure       law.Action = "处理查封扣押财物"
	ActSellPerishable      law.Action = "先行变卖不易保管的财物"
	ActTakeConfiscated     law.Action = "收缴没收财物"
	ActApproveDisposal     law.Action = "批准处理没收财物"
	ActDisposeConfiscated  law.Action = "处理没收财物"
	ActFailDisposal        law.Action = "登记没收财物没有处理成"

	ActNotify        law.Action = "处罚事先告知"
	ActAnswerDefence law.Action = "复核陈述申辩"
	// ActKeepNotice is asked when a case comes back from the investigation with a notice that was served before it.
	ActKeepNotice law.Action = "沿用补充调查以前的告知"

	ActAcceptHearing law.Action = "受理听证申请"
	ActRefuseHearing law.Action = "不予受理听证申请"
	ActRecordHearing law.Action = "听证笔录"
	ActReportHearing law.Action = "听证报告"

	ActDraftDecision    law.Action = "拟定处理决定"
	ActSubmitReview     law.Action = "送法制审核"
	ActGiveOpinion      law.Action = "出具法制审核意见"
	ActSubmitDiscussion law.Action = "提请集体讨论"
	ActDiscuss          law.Action = "集体讨论结论"
	ActAskDecision      law.Action = "报批决定"
	// ActDecideOrdinary is what a file must show; judge it together with ActDecide and ActPunish.
	ActDecideOrdinary  law.Action = "普通程序决定要件"
	ActDecideNoPenalty law.Action = "作出不予处罚决定"

	ActServeDirectly  law.Action = "直接送达"
	ActAnnounce       law.Action = "公告送达的记载"
	ActConfirmService law.Action = "确认送达"

	ActDemand law.Action = "催告"
	// ActAskCourt is what this file must show; judge it together with ActApplyCourt. ActCarryOut goes with ActExecute.
	ActAskCourt   law.Action = "申请法院强制执行的前提"
	ActHearDemand law.Action = "记录催告后的意见"
	// ActApplyJudgment is the execution of a judgment, not of the decision; what the court does with either differs.
	ActApplyJudgment     law.Action = "申请法院执行生效裁判"
	ActCourtReviews      law.Action = "登记法院对非诉执行申请的处理"
	ActCourtExecutes     law.Action = "登记法院对执行裁判申请的处理"
	ActSettleCost        law.Action = "登记代履行费用的收取"
	ActTellClearance     law.Action = "通知立即代履行"
	ActAppealCourt       law.Action = "对法院裁定申请复议"
	ActCarryOut          law.Action = "依强制执行决定实施"
	ActOrderExecution    law.Action = "作出强制执行决定"
	ActOrderSubstitute   law.Action = "作出代履行决定"
	ActSubstitutePerform law.Action = "实施代履行"
	ActAgreeExecution    law.Action = "达成执行协议"
	ActHalt              law.Action = "中止执行"
	ActEndExecution      law.Action = "终结执行"
	ActReopen            law.Action = "撤销后重新办理"
	ActCloseOrdinary     law.Action = "普通程序结案"
	// ActCloseEnded goes with ActCloseOrdinary for cases that were handed to another body, withdrawn or revoked.
	ActCloseEnded law.Action = "移送、撤销以后结案"
)

var crime2020 = law.MustDate("2020-08-07")

// ordinaryRules are the rules of the ordinary procedure by stage; rules that other acts need too stand with those.
func ordinaryRules() []law.Rule {
	return slices.Concat(
		filingRules, inquiryRules, timeRules, transferRules, measureRules, confiscatedRules, noticeRules, hearingHeldRules, reviewOpinionRules,
		discussionRules, hearingSeatRules, decisionFileRules, servingRules, enforcementRules, closingOrdinaryRules, orderRules,
	)
}

// orderRules ask for more than one fact: what excuses what, and what must come before what.
var orderRules = []law.Rule{
	{
		ID: "MOHURD55-15-informant", Name: "不予立案告知具名举报人", Actions: []law.Action{ActDeclineFiling},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.InformantNamed), r.Is(law.InformantTold).Not()),
				law.WarnThat("举报人留有姓名和联系方式，还没有告知不予立案。请按来件渠道的期限告知"))
		},
	},
	{
		ID: "MOHURD55-17-present", Name: "检查通知当事人到场，不到场的全程录像", Actions: []law.Action{ActInspect},
		Cite: law.Citations{mohurd(17)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			filmed := law.And(r.Claimed(law.PartyCalled), r.Claimed(law.PhotoOrVideo), r.Claimed(law.NotedOnDocument))
			return law.Unless(law.Or(r.Is(law.PartyPresent), filmed),
				law.RefuseBecause("当事人没有到场，也没有“已通知、全程录像、在笔录上注明”的记载。请通知当事人到场；不到场或者拒签的，全程录像并在笔录上注明"))
		},
	},
	{
		ID: "MOHURD55-30", Name: "有法定情形才中止调查", Actions: []law.Action{ActSuspend},
		Cite: law.Citations{mohurd(30)}, From: procedure2022, Check: suspensionGround,
	},
	{
		ID: "MOHURD55-22-waited", Name: "期限届满或者已有意见才复核", Actions: []law.Action{ActAnswerDefence},
		Cite: law.Citations{mohurd(22), xzcf(45, 1)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Claimed(law.PartyWaived), r.Claimed(law.ObjectionSubmitted), r.Is(law.RequestPeriodExpired)),
				law.RefuseBecause("当事人还没有提出意见，也没有明确放弃，期限没有届满。请等五个工作日届满"))
		},
	},
	{
		ID: "XZCF-64-1-accept", Name: "属于听证范围、按期提出的受理", Actions: []law.Action{ActAcceptHearing},
		Cite: law.Citations{xzcf(63, 1), item(xzcf(64), 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.And(r.Is(law.HearingRequired), r.Is(law.RequestedInTime)),
				law.WarnThat("不属于法定听证范围，或者超过五个工作日才提出，法律没有要求举行听证。仍要举行的，按同样的程序办理"))
		},
	},
	{
		ID: "XZCF-64-1-refuse", Name: "按期要求的听证不得不受理", Actions: []law.Action{ActRefuseHearing},
		Cite: law.Citations{xzcf(63, 1), item(xzcf(64), 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.HearingRequired), r.Is(law.RequestedInTime)),
				law.RefuseBecause("属于听证范围，当事人又在五个工作日内提出，应当组织听证。请受理"))
		},
	},
	{
		ID: "MOHURD55-25-outcome", Name: "审核意见是法定四种之一", Actions: []law.Action{ActGiveOpinion},
		Cite: law.Citations{mohurd(25)}, From: procedure2022, Check: opinionNamed,
	},
	{
		ID: "XZCF-57-2-quorum", Name: "集体讨论达到规定人数", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			present, ok1 := r.Number(law.MembersPresent)
			least, ok2 := r.Number(law.Quorum)
			if !ok1 || !ok2 {
				return law.NotStated()
			}
			return law.When(law.TriOf(present < least || present < 2), law.RefuseBecause("到会 %d 名负责人，本局规定至少 %d 名。请另行召集", present, max(least, 2)))
		},
	},
	{
		ID: "XZCF-57-2-order", Name: "听证报告、法制审核、集体讨论先后有序", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(57, 2), xzcf(58, 1), xzcf(65)}, From: penaltyLaw2021, Check: inOrder,
	},
	{
		ID: "XZCF-60", Name: "在办案期限内作出决定", Actions: []law.Action{ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(60)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			due, ok := r.Day(law.DecisionDue)
			if !ok {
				return law.NotStated()
			}
			return law.When(law.TriOf(!due.IsZero() && r.Date.After(due)), law.WarnThat("作出决定的期限已于%s届满。请写明超期的原因和责任人，依法已经延长、扣除的附文书", due.Han()))
		},
	},
	{
		ID: "XZCF-33-ground", Name: "不予处罚有法定情形", Actions: []law.Action{ActDecideNoPenalty},
		Cite: law.Citations{xzcf(30), xzcf(31), xzcf(33), xzcf(57, 1)}, From: penaltyLaw2021, Check: noPenaltyGround,
	},
}

var suspensionWords = words[bool]{
	{"裁判", true},
	{"其他行政机关的决定", true},
	{"法律适用", true},
	{"请示", true},
	{"不可抗力", true},
	{"下落不明", true},
	{"其他", true},
}

func suspensionGround(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.SuspensionGround)
	if !ok {
		return law.NotStated()
	}
	if _, known := suspensionWords.find(plain(text)); !known {
		return unreadable(law.SuspensionGround, text, "55号令第三十条的一种：等待裁判或者其他机关的决定、法律适用需要请示、不可抗力、当事人下落不明、其他")
	}
	return law.Pass()
}

// opinionNamed: only the four outcomes; anything else opens nothing.
func opinionNamed(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.ReviewOutcome)
	if !ok {
		return law.NotStated()
	}
	if !slices.Contains([]string{"同意", "补充调查", "改正", "移送"}, plain(text)) {
		return unreadable(law.ReviewOutcome, text, "同意、补充调查、改正或者移送")
	}
	return law.Pass()
}

// inOrder compares the days of the hearing's report, of the review's agreement and of the discussion; a known
// "none" is not at issue.
func inOrder(r *law.Reading) law.Outcome {
	heard, ok1 := r.Day(law.HearingReportedOn)
	reviewed, ok2 := r.Day(law.ReviewedOn)
	discussed, ok3 := r.Day(law.DiscussedOn)
	if !ok1 || !ok2 || !ok3 {
		return law.NotStated()
	}
	after := func(a, b law.Date) bool { return !a.IsZero() && !b.IsZero() && a.After(b) }
	switch {
	case after(heard, reviewed):
		return law.RefuseBecause("听证报告（%s）晚于法制审核同意（%s），审核没有看到听证情况。请再次送审", heard.Han(), reviewed.Han())
	case after(reviewed, discussed):
		return law.RefuseBecause("法制审核同意（%s）晚于集体讨论（%s）。请在审核同意后再次集体讨论", reviewed.Han(), discussed.Han())
	}
	return law.Pass()
}

var noPenaltyWords = words[bool]{
	{"轻微", true},
	{"主观过错", true},
	{"首违", true},
	{"初次", true},
	{"不成立", true},
	{"不能成立", true},
	{"十四", true},
	{"14", true},
	{"不能辨认", true},
	{"时效", true},
}

func noPenaltyGround(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.NoPenaltyGround)
	if !ok {
		return law.NotStated()
	}
	if _, known := noPenaltyWords.find(plain(text)); !known {
		return unreadable(law.NoPenaltyGround, text, "违法行为轻微、没有主观过错、首违、违法事实不成立、不满十四周岁、不能辨认或者控制自己行为、超过时效之一")
	}
	return law.Pass()
}
