package casework

import (
	"strings"

	"fadu/internal/law"
)

// What a file must show before the decision beyond the door's list (行政处罚法第三十三、四十四、五十七、五十八、五十九条; practice.md 20, 24).
var decisionFileRules = []law.Rule{
	{
		ID: "XZCF-57-1-approved", Name: "决定由负责人作出", Actions: []law.Action{ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(57, 1)}, From: penaltyLaw2021,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人审查决定。请报批"),
	},
	{
		// Until it is decided the investigation goes on; the decision does not.
		ID: "XZCF-43-2-decided", Name: "申请回避的，决定处罚以前先决定回避", Actions: []law.Action{ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(43, 2), xzcf(43, 3)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.RecusalRequested), r.Is(law.RecusalDecided).Not()), law.RefuseBecause("当事人的回避申请还没有决定。请由负责人先决定回避申请"))
		},
	},
	{
		ID: "XZCF-43-1-head", Name: "已经决定回避的负责人不审批、不作决定", Actions: []law.Action{ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(43, 1)}, From: penaltyLaw2021,
		Check: barred(law.DeciderRecused, "审批的负责人已经决定回避本案，不能审批、作出决定。请由其他负责人办理"),
	},
	{
		ID: "XZCF-58-1-lapsed", Name: "审核后内容变动的，审核意见失效", Actions: []law.Action{ActSubmitDiscussion, ActDiscuss, ActAskDecision, ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(58, 1)}, From: penaltyLaw2021,
		Check: barred(law.ReviewLapsed, "法制审核之后事实、证据、依据或者处罚有变动，原审核意见失效。请再次送审"),
	},
	{
		ID: "XZCF-44-worse", Name: "比告知的更重，重新告知", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(44), xzcf(62)}, From: penaltyLaw2021,
		Check: barred(law.WorseThanNotice, "拟作的决定比告知的对当事人更不利，当事人没有机会就此申辩。请重新告知"),
	},
	{
		ID: "XZCF-59-1-evidence", Name: "决定书列明证据和证明目的", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(59, 1, 2)}, From: penaltyLaw2021,
		Check: required(law.EvidenceNumbered, "证据没有编号，也没有写明证明什么。请整理证据清单"),
	},
	{
		ID: "XZCF-41-record", Name: "电子监控记录有审核、标志、公布的记录", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(41, 1)}, From: penaltyLaw2021,
		Check: barred(law.DeviceUnrecorded, "使用了没有法制和技术审核、设置标志和公布记录的监控设备数据。请补充记录，或者改用其他证据"),
	},
	{
		ID: "MOHURD55-22-answered", Name: "决定前有书面复核意见", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{mohurd(22)}, From: procedure2022,
		Check: required(law.ReviewWritten, "没有书面复核意见。请先复核当事人的意见"),
	},
	{
		ID: "MOHURD55-22-term", Name: "陈述申辩的五个工作日届满，或者明确放弃以后才决定", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{mohurd(22), xzcf(45, 1), xzcf(62)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			if spared(r) {
				return law.Pass()
			}
			return law.Unless(law.Or(r.Claimed(law.PartyWaived), r.Is(law.RequestPeriodExpired)),
				law.RefuseBecause("当事人提出陈述、申辩的五个工作日还没有届满，也没有明确放弃余下的时间，期限内还可以补充意见。请等期限届满"))
		},
	},
	{
		ID: "XZCF-33-3-decision", Name: "不予处罚的，教育当事人", Actions: []law.Action{ActDecideNoPenalty},
		Cite: law.Citations{xzcf(33, 3)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if text, ok := r.Text(law.NoPenaltyGround); ok && unproven(text) {
				return law.Pass() // nothing was done that could be taught about
			}
			return law.Unless(r.Is(law.EducationRecorded), law.RefuseBecause("没有教育当事人的记录。请教育并记录"))
		},
	},
	{
		ID: "XZCF-33-fits", Name: "不予处罚的情形与查明的事实相符", Actions: []law.Action{ActDecideNoPenalty},
		Cite: law.Citations{xzcf(30), xzcf(31), xzcf(33, 1), xzcf(33, 2), xzcf(36, 1)}, From: penaltyLaw2021, Check: groundFits,
	},
	{
		ID: "XZCF-30-lightened", Name: "不满十八周岁的，决定写明从轻或者减轻", Actions: []law.Action{ActDecideOrdinary, ActAskDecision},
		Cite: law.Citations{xzcf(30)}, From: penaltyLaw2021, Check: minorLightened,
	},
	{
		ID: "XZCF-32-lightened", Name: "有法定从轻、减轻情形的，处罚确实从轻或者减轻", Actions: []law.Action{ActDecideOrdinary, ActAskDecision},
		Cite: law.Citations{xzcf(32), xzcf(30)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if spared(r) {
				return law.Pass()
			}
			return law.When(law.And(r.Is(law.MustBeLighter), r.Is(law.FineLighter).Not()), law.RefuseBecause("查明当事人有应当从轻或者减轻处罚的情形，拟定的处罚没有写明情形，或者罚款没有低于裁量阶次的中间数额。请重新拟定"))
		},
	},
	{
		ID: "XZCF-31", Name: "不能辨认或者不能控制自己行为的，不予处罚", Actions: []law.Action{ActDecideOrdinary, ActAskDecision},
		Cite: law.Citations{xzcf(31)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if spared(r) {
				return law.Pass()
			}
			return law.When(r.Is(law.CannotDiscern), law.RefuseBecause("当事人行为时不能辨认或者不能控制自己行为，不予处罚。请责令监护人严加看管和治疗，拟定不予处罚"))
		},
	},
	{
		ID: "GBF27-12", Name: "偏离裁量基准经批准或者集体讨论", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(34), {Statute: "GBF27", Section: "十二"}}, From: law.MustDate("2022-07-29"), Check: departureAllowed,
	},
	{
		ID: "XZCF-5-2-tier-ordinary", Name: "罚款在裁量阶次之内，或者写明偏离基准", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(5, 2), xzcf(34)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if r.Claimed(law.BenchmarkDeparture) == law.True {
				return law.Pass() // GBF27-12 says who must have allowed it
			}
			return withinTier(r)
		},
	},
	{
		ID: "XZCF-4-range-ordinary", Name: "罚款在法定幅度之内，或者有法定减轻情形", Actions: []law.Action{ActDecideOrdinary},
		Cite: law.Citations{xzcf(4), xzcf(5, 2), xzcf(32)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			amount, fined, open := finedAmount(r)
			least, ok := r.Money(law.StatuteMin)
			if !open && fined && ok && amount > 0 && amount < least && r.Claimed(law.StatutoryReduction) == law.True {
				return law.NoteThat("有法定减轻情形，罚款 %s 元低于法定下限 %s 元", amount.Grouped(), least.Grouped())
			}
			return withinStatute(r)
		},
	},
}

// spared: the proposal is not to punish.
func spared(r *law.Reading) bool { return r.Stated(law.NoPenaltyGround) }

// minorLightened: from fourteen to eighteen the penalty must be lighter, and the decision must say that it is.
func minorLightened(r *law.Reading) law.Outcome {
	child, ok1 := law.Limit("age_no_penalty", r.Date)
	grown, ok2 := law.Limit("age_lighter_penalty", r.Date)
	if !ok1 || !ok2 || !r.Stated(law.Age) || spared(r) {
		return law.Pass() // whose age is unknown is not punished by XZCF-30
	}
	age, _ := r.Number(law.Age)
	minor := age >= child.Value && age < grown.Value
	return law.When(law.And(law.TriOf(minor), r.Is(law.MinorLightened).Not()), law.RefuseBecause("当事人 %d 周岁，应当从轻或者减轻处罚，拟定的处理决定没有写明这一情形。请在“从轻、减轻的法定情形”中选择并重新确定数额", age))
}

// unproven: the offence is not established, so that nothing is spared and nothing taught.
func unproven(ground string) bool {
	return strings.Contains(ground, "不成立") || strings.Contains(ground, "不能成立")
}

// groundFits holds the named ground against what was found (行政处罚法第三十条、第三十三条).
func groundFits(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.NoPenaltyGround)
	if !ok {
		return law.NotStated()
	}
	switch text = plain(text); {
	case strings.Contains(text, "首违") || strings.Contains(text, "初次"):
		return law.Unless(law.And(r.Is(law.FirstViolation), harmAtMost(r, HarmSlight), r.Is(law.CorrectedInTime)),
			law.RefuseBecause("首违不罚要同时具备初次违法、危害后果轻微、及时改正三项，查明的事实不符合。请改选情形，或者拟定处罚"))
	case strings.Contains(text, "轻微"):
		return law.Unless(law.And(r.Is(law.SlightViolation), r.Is(law.CorrectedInTime), harmAtMost(r, HarmNone)),
			law.RefuseBecause("违法行为轻微不予处罚，要轻微、及时改正并且没有危害后果，查明的事实不符合。请改选情形，或者拟定处罚"))
	case strings.Contains(text, "主观过错"):
		return law.Unless(r.Is(law.NoFaultProved), law.RefuseBecause("当事人没有提供足以证明没有主观过错的证据。请补充证据，或者拟定处罚"))
	case strings.Contains(text, "不能辨认"):
		return law.Unless(r.Is(law.CannotDiscern), law.RefuseBecause("没有当事人行为时不能辨认或者不能控制自己行为的鉴定意见、证明。请补充并在拟定时写明，或者拟定处罚"))
	case strings.Contains(text, "时效"):
		late := withinLimitation(r)
		if late == law.NotStated() {
			return late
		}
		return law.Unless(law.TriOf(late.Answer == law.Refuse), law.RefuseBecause("查明的违法行为没有超过处罚时效，不能以此不予处罚。请改选情形，或者拟定处罚"))
	case strings.Contains(text, "十四"):
		child, known := law.Limit("age_no_penalty", r.Date)
		if !known {
			return law.NotStated()
		}
		return law.When(r.AtLeast(law.Age, child.Value), law.RefuseBecause("当事人已满 %d 周岁，不能以不满年龄不予处罚", child.Value))
	}
	return law.Pass()
}

// departureAllowed: from the bureau's own benchmark by the chief head or collective discussion, from a superior's with
// the approval of its maker.
func departureAllowed(r *law.Reading) law.Outcome {
	departs := r.Is(law.BenchmarkDeparture)
	if departs != law.True {
		return law.Unless(departs.Not(), law.Pass())
	}
	switch r.Is(law.BenchmarkBySuperior) {
	case law.True:
		return law.Unless(r.Is(law.MakerApproved), law.RefuseBecause("裁量基准由上级机关制定，调整适用没有报制定机关批准。请报批，或者在阶次之内确定"))
	case law.False:
		return law.Unless(r.Is(law.DepartureApproved), law.RefuseBecause("偏离本机关的裁量基准，没有经主要负责人批准，也没有集体讨论通过。请提请集体讨论，或者由主要负责人决定"))
	}
	return law.NotStated()
}
