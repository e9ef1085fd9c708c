package casework

import "fadu/internal/law"

// What opens a case, and what declines one (行政处罚法第二十二、二十五、五十四条；55号令第十五条).
var filingRules = []law.Rule{
	{
		ID: "MOHURD55-15-evidence", Name: "有初步证据才立案", Actions: []law.Action{ActAskFiling},
		Cite: law.Citations{mohurd(15), xzcf(54, 1)}, From: procedure2022,
		Check: required(law.PrimaFacie, "没有初步证据证明有违法行为，不能立案。请继续核查；查不到的，不予立案"),
	},
	{
		ID: "XZCF-22", Name: "本机关管辖的才立案", Actions: []law.Action{ActAskFiling},
		Cite: law.Citations{xzcf(22), mohurd(15)}, From: penaltyLaw2021,
		Check: required(law.InJurisdiction, "不属于本机关管辖，不能立案。请移送有管辖权的机关"),
	},
	{
		ID: "XZCF-25-1", Name: "由最先立案的机关管辖", Actions: []law.Action{ActAskFiling},
		Cite: law.Citations{xzcf(25, 1)}, From: penaltyLaw2021,
		Check: barred(law.FiledElsewhere, "其他有管辖权的机关已先立案，由最先立案的机关管辖。请移送，或者协商管辖"),
	},
	{
		ID: "MOHURD55-15-approved", Name: "立案、不予立案经负责人批准", Actions: []law.Action{ActFile, ActDeclineFiling},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人批准。请报批"),
	},
	{
		ID: "MOHURD55-15-reason", Name: "写明不予立案的理由", Actions: []law.Action{ActDeclineFiling},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: required(law.ReasonRecorded, "没有写明核查情况和不予立案的理由。请写明"),
	},
	{
		ID: "MOHURD55-15-complex", Name: "情况复杂才延长核查", Actions: []law.Action{ActExtendCheck},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: required(law.ComplexSituation, "情况不复杂，不能延长核查期限。请在期限内决定是否立案"),
	},
	{
		ID: "MOHURD55-15-extension", Name: "核查延长不超过十个工作日", Actions: []law.Action{ActExtendCheck},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: atMost(law.ExtensionDays, "check_extension_days", "核查延长 %d 个工作日，超过 %d 个工作日。请缩短"),
	},
}
