package casework

import "fadu/internal/law"

// Demand, own execution, performance by another (行政强制法第十三、三十四条至第五十一条).
var enforcementRules = []law.Rule{
	{
		ID: "XZQZ-40-set-aside", Name: "决定被撤销、变更、确认无效的不再执行", Actions: []law.Action{ActDemand, ActAskCourt, ActApplyJudgment, ActOrderExecution, ActCarryOut, ActOrderSubstitute, ActSubstitutePerform},
		Cite: law.Citations{item(xzqz(40), 4)}, From: coercion2012,
		Check: barred(law.DecisionSetAside, "复议决定或者裁判已经撤销、变更、确认无效，原决定不能再执行。请先按结果作出变更或者撤销决定，或者终结执行"),
	},
	{
		ID: "XZQZ-53-open", Name: "一次只向法院提一件申请", Actions: []law.Action{ActAskCourt, ActApplyJudgment},
		Cite: law.Citations{xzqz(53)}, From: coercion2012,
		Check: barred(law.CourtOpen, "向人民法院的申请还没有办完。请先登记法院的结果，或者撤回申请"),
	},
	{
		ID: "XZSS-95", Name: "裁判作出后按生效裁判执行", Actions: []law.Action{ActAskCourt},
		Cite: law.Citations{law.Cite("XZSS", 95), xzqz(53)}, From: suit2018,
		Check: barred(law.Adjudged, "人民法院已经对当事人的起诉作出裁判，不能申请非诉执行。请向第一审人民法院申请执行生效裁判"),
	},
	{
		ID: "XZSS-95-judgment", Name: "有生效裁判才申请执行裁判", Actions: []law.Action{ActApplyJudgment},
		Cite: law.Citations{law.Cite("XZSS", 95)}, From: suit2018,
		Check: required(law.JudgmentStands, "没有驳回诉讼请求等可以执行的生效裁判，或者诉讼还没有结果，或者决定还没有按裁判变更。没有起诉的，催告以后申请非诉执行"),
	},
	{
		ID: "XZSS-95-performed", Name: "已经履行的，不申请执行裁判", Actions: []law.Action{ActApplyJudgment},
		Cite: law.Citations{law.Cite("XZSS", 95)}, From: suit2018,
		Check: barred(law.Performed, "当事人已经履行，不用申请执行。请登记后结案"),
	},
	{
		ID: "SSJS-153", Name: "二年内申请执行生效裁判", Actions: []law.Action{ActApplyJudgment},
		Cite: law.Citations{law.Cite("SSJS", 153)}, From: suit2018,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Is(law.WithinTwoYears), r.Claimed(law.JustifiedReason)),
				law.RefuseBecause("超过二年的申请执行期限又没有正当理由，法院不予受理。有正当理由的，请写明并附证明"))
		},
	},
	{
		ID: "XZQZ-56-judgment", Name: "执行裁判的申请不经非诉审查", Actions: []law.Action{ActCourtReviews},
		Cite: law.Citations{xzqz(56, 1), law.Cite("XZSS", 95)}, From: suit2018,
		Check: barred(law.JudgmentApplied, "这项是申请执行生效裁判，法院立案执行，不经非诉审查。请登记法院立案执行，或者不立案"),
	},
	{
		ID: "XZSS-95-decision", Name: "非诉执行的申请由法院审查", Actions: []law.Action{ActCourtExecutes},
		Cite: law.Citations{xzqz(57), law.Cite("XZSS", 95)}, From: suit2018,
		Check: required(law.JudgmentApplied, "这项是申请非诉执行，由法院受理、审查、裁定。请登记受理或者不予受理"),
	},
	{
		ID: "XZQZ-52-untold", Name: "立即代履行以后查明当事人的，通知", Actions: []law.Action{ActTellClearance},
		Cite: law.Citations{xzqz(52)}, From: coercion2012,
		Check: required(law.ClearanceUntold, "没有要通知的立即代履行：没有实施过、已经通知，或者还没有登记当事人"),
	},
	{
		ID: "XZQZ-51-2-rest", Name: "有没有收取的费用才登记", Actions: []law.Action{ActSettleCost},
		Cite: law.Citations{xzqz(51, 2)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			rest, ok := r.Money(law.CostRest)
			if !ok {
				return law.NotStated()
			}
			return law.When(law.TriOf(rest <= 0), law.RefuseBecause("没有登记过代履行的费用，或者已经收齐"))
		},
	},
	{
		ID: "XZQZ-56-2-term", Name: "收到裁定十五日内向上一级法院申请复议", Actions: []law.Action{ActAppealCourt},
		Cite: law.Citations{xzqz(56, 2), xzqz(58, 3)}, From: coercion2012,
		Check: required(law.BeforeExpiry, "收到裁定已经超过十五日，不能再申请复议。请登记不再复议"),
	},
	{
		ID: "XZQZ-35", Name: "催告书内容完整", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(35)}, From: coercion2012,
		Check: complete(law.MissingDemandParts, "催告书还缺：%s。请补齐后出具"),
	},
	{
		ID: "XZQZ-54-given", Name: "申请法院强制执行前的催告不少于十个工作日", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(54), xzqz(69)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			if r.Is(law.DemandForCourt) == law.False {
				return law.Pass()
			}
			return atLeast(law.DemandTerm, "demand_days", "催告书给当事人的履行期限是 %d 个工作日；申请人民法院强制执行的，不少于 %d 个。请延长期限")(r)
		},
	},
	{
		ID: "XZQZ-34-performed", Name: "已经履行的不催告", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(34), xzqz(54)}, From: coercion2012,
		Check: barred(law.Performed, "当事人已经履行，不必催告。请登记后结案"),
	},
	{
		ID: "XZQZ-34-term", Name: "履行期限届满后催告", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(34), xzqz(54)}, From: coercion2012,
		Check: required(law.PerformanceOverdue, "履行期限还没有届满，不能催告。请等期限届满；同意了延期、分期又不按期缴纳的，先取消延期、分期"),
	},
	{
		ID: "XZQZ-13", Name: "自行强制执行有法律授权", Actions: []law.Action{ActOrderExecution},
		Cite: law.Citations{xzqz(13), xzqz(34)}, From: coercion2012,
		Check: required(law.ExecutionGranted, "法律没有规定本机关可以强制执行：权责清单里没有选中已经采用、依据是法律的行政强制执行事项。请申请人民法院强制执行；确有法律授权的，请法制机构先在权责清单采用这一事项"),
	},
	{
		ID: "XZQZ-44-running", Name: "公告的自行拆除期限届满后决定强制拆除", Actions: []law.Action{ActOrderExecution},
		Cite: law.Citations{xzqz(44)}, From: coercion2012,
		Check: barred(law.AnnouncementRuns, "公告的自行拆除期限还没有届满。请等期满再作决定"),
	},
	{
		ID: "XZQZ-36", Name: "听取催告后的陈述申辩", Actions: []law.Action{ActOrderExecution},
		Cite: law.Citations{xzqz(36), xzqz(37, 3)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			// Who hides assets while the demand runs may be met at once (第三十七条第三款); silence has no end to wait for.
			return law.Unless(law.Or(r.Is(law.DemandHeard), r.Claimed(law.AssetsHidden)),
				law.RefuseBecause("没有听取、复核当事人收到催告后的陈述申辩。请听取并记录"))
		},
	},
	{
		ID: "XZQZ-36-silent", Name: "催告期满才能记为没有提出意见", Actions: []law.Action{ActHearDemand},
		Cite: law.Citations{xzqz(36), item(xzqz(35), 4)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			if r.Is(law.DemandSilent) == law.False {
				return law.Pass()
			}
			return law.Unless(r.Is(law.DemandExpired),
				law.RefuseBecause("催告书载明的期限还没有届满，当事人仍可以陈述申辩，不能记为没有提出意见。请等期满"))
		},
	},
	{
		ID: "XZQZ-37-term", Name: "催告期满仍不履行才强制执行", Actions: []law.Action{ActOrderExecution},
		Cite: law.Citations{xzqz(37, 1), xzqz(37, 3)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Is(law.DemandExpired), r.Claimed(law.AssetsHidden)),
				law.RefuseBecause("催告书载明的履行期限还没有届满。请等期满；有证据证明有转移或者隐匿财物迹象的，写明证据，可以立即强制执行"))
		},
	},
	{
		ID: "XZQZ-37-performed", Name: "已经履行的不强制执行", Actions: []law.Action{ActOrderExecution, ActCarryOut},
		Cite: law.Citations{xzqz(37, 1)}, From: coercion2012,
		Check: barred(law.Performed, "当事人已经履行，不再强制执行。请登记后结案"),
	},
	{
		ID: "XZQZ-38-served", Name: "强制执行决定作出并送达以后实施", Actions: []law.Action{ActCarryOut},
		Cite: law.Citations{xzqz(37, 1), xzqz(38)}, From: coercion2012,
		Check: required(law.ExecutionServed, "没有作出强制执行决定，或者决定书还没有送达当事人。请先作出决定并送达；法律没有授权本机关强制执行的，等候人民法院执行"),
	},
	{
		ID: "XZQZ-50-kind", Name: "只对排除妨碍、恢复原状等义务代履行", Actions: []law.Action{ActOrderSubstitute},
		Cite: law.Citations{xzqz(50)}, From: coercion2012,
		Check: required(law.ClearingDuty, "不属于可以代履行的义务。请催告，或者申请人民法院强制执行"),
	},
	{
		ID: "XZQZ-50-demanded", Name: "逾期不履行、催告期满仍不履行才代履行", Actions: []law.Action{ActOrderSubstitute},
		Cite: law.Citations{xzqz(50)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.And(r.Is(law.PerformanceOverdue), r.Is(law.DemandServed), r.Is(law.DemandExpired)),
				law.RefuseBecause("履行期限没有届满，或者没有催告、催告期没有届满，不能作出代履行决定。请先送达催告书，等期满"))
		},
	},
	{
		ID: "XZQZ-51-1-performed", Name: "当事人已经履行的，不代履行", Actions: []law.Action{ActOrderSubstitute, ActSubstitutePerform},
		Cite: law.Citations{xzqz(50), item(xzqz(51, 1), 2)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.Or(r.Is(law.Performed), r.Is(law.DutyPerformed)), law.RefuseBecause("当事人已经履行，停止代履行。请登记后结案"))
		},
	},
	{
		ID: "XZQZ-51-1-served", Name: "代履行前送达决定书", Actions: []law.Action{ActSubstitutePerform},
		Cite: law.Citations{item(xzqz(51, 1), 1)}, From: coercion2012,
		Check: required(law.SubstituteServed, "没有作出代履行决定，或者决定书还没有送达当事人。请先作出决定并送达"),
	},
	{
		ID: "XZQZ-51-1-demand", Name: "代履行三个工作日前催告", Actions: []law.Action{ActSubstitutePerform},
		Cite: law.Citations{xzqz(51, 1), xzqz(69)}, From: coercion2012,
		Check: atLeast(law.DaysSinceSubDemand, "substitute_demand_days", "代履行催告书送达后只过了 %d 个工作日，不满 %d 个。请送达催告书，等期满后代履行"),
	},
	{
		ID: "XZQZ-51-1-term", Name: "代履行催告留给当事人三个工作日以上", Actions: []law.Action{ActOrderSubstitute},
		Cite: law.Citations{item(xzqz(51, 1), 2), xzqz(69)}, From: coercion2012,
		Check: atLeast(law.SubstituteTerm, "substitute_demand_days", "催告当事人履行的期限只有 %d 个工作日，不满 %d 个。代履行三个工作日前催告，请推迟期限"),
	},
	{
		ID: "XZQZ-51-1-after", Name: "代履行的日期在催告的期限以后", Actions: []law.Action{ActOrderSubstitute},
		Cite: law.Citations{item(xzqz(51, 1), 2)}, From: coercion2012,
		Check: required(law.SubstituteAfter, "代履行的日期不在催告的期限以后，当事人还可以自己履行。请推迟代履行的日期"),
	},
	{
		ID: "XZQZ-51-1-day", Name: "不早于决定书载明的日期代履行", Actions: []law.Action{ActSubstitutePerform},
		Cite: law.Citations{xzqz(50), item(xzqz(51, 1), 1), item(xzqz(51, 1), 2)}, From: coercion2012,
		Check: required(law.SubstituteDayCome, "决定书载明的代履行日期还没有到，或者催告的期限还没有过，不能代履行。请等到那一天"),
	},
	{
		ID: "XZQZ-51-1-witness", Name: "代履行时派员到场监督", Actions: []law.Action{ActSubstitutePerform},
		Cite: law.Citations{xzqz(51, 1)}, From: coercion2012,
		Check: required(law.SupervisedOnSite, "没有派员到场监督。请派员到场，并由到场人员、代履行人和当事人或者见证人签名"),
	},
	{
		ID: "XZQZ-42-2", Name: "执行协议不减免罚款本金", Actions: []law.Action{ActAgreeExecution},
		Cite: law.Citations{xzqz(42, 1)}, From: coercion2012,
		Check: barred(law.PrincipalReduced, "执行协议只能减免加处的罚款，不能减免罚款本金。请修改协议"),
	},
	{
		ID: "XZQZ-39-ground", Name: "有法定情形才中止、终结执行", Actions: []law.Action{ActHalt, ActEndExecution},
		Cite: law.Citations{xzqz(39, 1), xzqz(40)}, From: coercion2012,
		Check: required(law.ReasonRecorded, "没有写明属于哪一种法定情形。请写明并附材料"),
	},
	{
		ID: "XZSS-71", Name: "不以同一事实和理由作基本相同的行为", Actions: []law.Action{ActReopen},
		Cite: law.Citations{law.Cite("XZSS", 71)}, From: suit2018,
		Check: barred(law.SameActAgain, "判决撤销后不得以同一的事实和理由作出基本相同的行为，仅因程序违法被撤销的除外。请重新调查取证"),
	},
	{
		ID: "XZCF-75-2-refund", Name: "撤销的罚款退还以后才重新办理、结案", Actions: []law.Action{ActReopen, ActCloseEnded},
		Cite: law.Citations{xzcf(75, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			n, ok := r.Money(law.FineUnreturned)
			if !ok {
				return law.NotStated()
			}
			return law.When(law.TriOf(n > 0), law.RefuseBecause("已撤销的决定还有 %s 元罚款没有退还。请先登记退库，再重新办理或者结案", n.Grouped()))
		},
	},
}
