package casework

import "fadu/internal/law"

// The hearing itself (行政处罚法第六十四、六十五条；55号令第三十四条).
var hearingHeldRules = []law.Rule{
	{
		ID: "MOHURD55-34-steps", Name: "听证四个步骤都进行", Actions: []law.Action{ActRecordHearing},
		Cite: law.Citations{mohurd(34)}, From: procedure2022,
		Check: complete(law.MissingHearingSteps, "听证还没有进行：%s。请补足后结束听证"),
	},
	{
		ID: "XZCF-64-8", Name: "听证笔录经核对签名", Actions: []law.Action{ActRecordHearing},
		Cite: law.Citations{item(xzcf(64), 8)}, From: penaltyLaw2021,
		Check: required(law.PagesSigned, "听证笔录没有由当事人或者代理人核对签名，也没有由主持人注明拒签。请核对签名"),
	},
	{
		ID: "XZCF-65", Name: "听证报告附听证笔录", Actions: []law.Action{ActReportHearing},
		Cite: law.Citations{xzcf(65)}, From: penaltyLaw2021,
		Check: required(law.HearingRecordAttached, "听证报告没有附听证笔录，决定应当根据笔录作出。请附上"),
	},
}
