package casework

import (
	"strings"

	"fadu/internal/law"
)

// How evidence is made and kept (行政处罚法第四十六、五十五条；55号令第十六条至第二十条；每页、涂改的签名见档案评查标准).
var inquiryRules = []law.Rule{
	{
		// The law has the head decide and is silent on the head himself, who cannot decide on himself.
		ID: "XZCF-43-3-chief", Name: "主要负责人自己的回避，由负责人集体讨论决定", Actions: []law.Action{ActDecideRecusal},
		Cite: law.Citations{xzcf(43, 1), xzcf(43, 3)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			who, ok := r.Text(law.Decider)
			if !ok {
				return law.NotStated()
			}
			collective := law.TriOf(strings.Contains(who, "集体"))
			return law.When(law.And(r.Claimed(law.ChiefConcerned), collective.Not()), law.RefuseBecause("被申请回避的是主要负责人，回避由负责人决定，本人不能决定自己的回避。请由其他负责人集体讨论决定，写明时间、到会的负责人和结论"))
		},
	},
	{
		ID: "XZCF-55-2-record", Name: "询问、检查制作笔录", Actions: []law.Action{ActInterview, ActInspect},
		Cite: law.Citations{xzcf(55, 2)}, From: penaltyLaw2021,
		Check: required(law.RecordMade, "没有制作笔录。请当场制作笔录，交被询问人、当事人核对"),
	},
	{
		ID: "MOHURD55-17-alone", Name: "询问个别进行", Actions: []law.Action{ActInterview},
		Cite: law.Citations{mohurd(17)}, From: procedure2022,
		Check: required(law.InterviewedAlone, "几个人一起询问，笔录不能作为各人的陈述。请逐人分别询问"),
	},
	{
		ID: "MOHURD55-17-pages", Name: "笔录逐页签名", Actions: []law.Action{ActInterview, ActInspect},
		Cite: law.Citations{mohurd(17)}, From: procedure2022,
		Check: required(law.PagesSigned, "笔录没有逐页签名，也没有注明拒签。请交被询问人、当事人逐页签名"),
	},
	{
		ID: "MOHURD55-17-corrections", Name: "笔录涂改处签名或者捺印", Actions: []law.Action{ActInterview, ActInspect},
		Cite: law.Citations{mohurd(17)}, From: procedure2022,
		Check: required(law.CorrectionsInitialled, "笔录涂改处没有签名或者捺印。请由被询问人、当事人在涂改处签名或者捺印"),
	},
	{
		ID: "MOHURD55-17-copy", Name: "复制件注明与原件核对一致并签名", Actions: []law.Action{ActKeepCopy},
		Cite: law.Citations{mohurd(17)}, From: procedure2022,
		Check: required(law.CopyChecked, "复制件没有注明与原件核对一致，或者没有签名。请核对原件后注明，由提供人和执法人员签名"),
	},
	{
		ID: "MOHURD55-18-written", Name: "委托检测、鉴定有委托书", Actions: []law.Action{ActCommission},
		Cite: law.Citations{mohurd(18)}, From: procedure2022,
		Check: required(law.CommissionWritten, "没有委托书，检测、鉴定的时间也不能扣除。请出具委托书"),
	},
	{
		ID: "MOHURD55-18-qualified", Name: "检测、鉴定机构有资质", Actions: []law.Action{ActCommission, ActUseAppraisal},
		Cite: law.Citations{mohurd(18)}, From: procedure2022,
		Check: required(law.BodyQualified, "检测、鉴定的机构或者人员没有资质，结果不能作为证据。请另行委托"),
	},
	{
		ID: "MOHURD55-18-told", Name: "检测、鉴定结果告知当事人", Actions: []law.Action{ActAdmitAppraisal},
		Cite: law.Citations{mohurd(18)}, From: procedure2022,
		Check: complete(law.UntoldResults, "检测、鉴定结果没有告知当事人：%s。请先送达结果告知书，再认定"),
	},
	{
		ID: "MOHURD55-20-out", Name: "检测、鉴定有了结果才终结、并案", Actions: []law.Action{ActConclude, ActMerge},
		Cite: law.Citations{mohurd(18), mohurd(20)}, From: procedure2022,
		Check: barred(law.AppraisalPending, "委托的检测、鉴定还没有收到结果。请等结果，登记以后再办；不再需要的，先撤回委托"),
	},
	{
		ID: "MOHURD55-18-out", Name: "有没有收到结果的委托才延长、撤回", Actions: []law.Action{ActEndAppraisal},
		Cite: law.Citations{mohurd(18)}, From: procedure2022,
		Check: required(law.AppraisalPending, "没有等待结果的检测、鉴定，没有可以延长或者撤回的"),
	},
	{
		ID: "MOHURD55-18-pending", Name: "有委托才有结果", Actions: []law.Action{ActUseAppraisal},
		Cite: law.Citations{mohurd(18)}, From: procedure2022,
		Check: required(law.AppraisalPending, "没有等待结果的检测、鉴定。请先委托；结果已经登记的，不用再登记"),
	},
	{
		ID: "XZCF-28-1-recheck", Name: "责令改正以后才复查", Actions: []law.Action{ActRecheck},
		Cite: law.Citations{xzcf(28, 1)}, From: penaltyLaw2021,
		Check: required(law.OrderUnchecked, "没有责令改正，或者都已经复查，没有可以复查的。请先责令改正"),
	},
	{
		ID: "XZCF-28-1-as-rechecked", Name: "拟定写的改正情况与复查相符", Actions: []law.Action{ActConclude, ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(28, 1), xzcf(40)}, From: penaltyLaw2021,
		Check: barred(law.NotAsRechecked, "拟定写的是已改正，最后一次复查写的是没有改正或者部分改正。请如实重新拟定；以后改正了的，再次复查"),
	},
	{
		ID: "MOHURD55-20", Name: "调查终结报告内容完整", Actions: []law.Action{ActConclude},
		Cite: law.Citations{mohurd(20)}, From: procedure2022,
		Check: complete(law.MissingReportParts, "调查终结报告还缺：%s。请补齐后报批"),
	},
	{
		ID: "XZCF-28-1-concluded", Name: "调查终结前责令改正", Actions: []law.Action{ActConclude},
		Cite: law.Citations{xzcf(28, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Is(law.CorrectionOrdered), r.Claimed(law.NothingToCorrect)),
				law.RefuseBecause("没有责令当事人改正。请责令改正并记录结果；违法行为已经终了的，写明"))
		},
	},
}
