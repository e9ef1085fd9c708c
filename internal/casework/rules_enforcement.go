package casework

import "fadu/internal/law"

// Demand, own execution, performance by another (行政强制法第十三、三十四条至第五十一条).
var enforcementRules = []law.Rule{
	{
		ID: "XZQZ-35", Name: "催告书内容完整", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(35)}, From: coercion2012,
		Check: complete(law.MissingDemandParts, "催告书还缺：%s。请补齐后出具"),
	},
	{
		ID: "XZQZ-34-performed", Name: "已经履行的不催告", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(34), xzqz(54)}, From: coercion2012,
		Check: barred(law.Performed, "当事人已经履行，不必催告。请登记后结案"),
	},
	{
		ID: "XZQZ-34-term", Name: "履行期限届满后催告", Actions: []law.Action{ActDemand},
		Cite: law.Citations{xzqz(34), xzqz(54)}, From: coercion2012,
		Check: required(law.PerformanceOverdue, "履行期限还没有届满，不能催告。请等期限届满"),
	},
	{
		ID: "XZQZ-13", Name: "自行强制执行有法律授权", Actions: []law.Action{ActOrderExecution},
		Cite: law.Citations{xzqz(13), xzqz(34)}, From: coercion2012,
		Check: required(law.ExecutionGranted, "法律没有规定本机关可以强制执行。请申请人民法院强制执行"),
	},
	{
		ID: "XZQZ-36", Name: "听取催告后的陈述申辩", Actions: []law.Action{ActOrderExecution},
		Cite: law.Citations{xzqz(36)}, From: coercion2012,
		Check: required(law.DemandHeard, "没有听取、复核当事人收到催告后的陈述申辩。请听取并记录"),
	},
	{
		ID: "XZQZ-50-kind", Name: "只对排除妨碍、恢复原状等义务代履行", Actions: []law.Action{ActOrderSubstitute},
		Cite: law.Citations{xzqz(50)}, From: coercion2012,
		Check: required(law.ClearingDuty, "不属于可以代履行的义务。请催告，或者申请人民法院强制执行"),
	},
	{
		ID: "XZQZ-51-1-demand", Name: "代履行三个工作日前催告", Actions: []law.Action{ActSubstitutePerform},
		Cite: law.Citations{xzqz(51, 1), xzqz(69)}, From: coercion2012,
		Check: atLeast(law.DaysSinceDemand, "substitute_demand_days", "催告后只过了 %d 个工作日，不满 %d 个。请等期满后代履行"),
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
}
