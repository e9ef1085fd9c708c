package casework

import "fadu/internal/law"

// What a file must show before the decision beyond the door's list (行政处罚法第三十三、四十四、五十七、五十八、五十九条; practice.md 20, 24).
var decisionFileRules = []law.Rule{
	{
		ID: "XZCF-57-1-approved", Name: "决定由负责人作出", Actions: []law.Action{ActDecideOrdinary, ActDecideNoPenalty},
		Cite: law.Citations{xzcf(57, 1)}, From: penaltyLaw2021,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人审查决定。请报批"),
	},
	{
		ID: "XZCF-58-1-lapsed", Name: "审核后内容变动的，审核意见失效", Actions: []law.Action{ActDiscuss, ActAskDecision, ActDecideOrdinary, ActDecideNoPenalty},
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
		ID: "XZCF-33-3-decision", Name: "不予处罚的，教育当事人", Actions: []law.Action{ActDecideNoPenalty},
		Cite: law.Citations{xzcf(33, 3)}, From: penaltyLaw2021,
		Check: required(law.EducationRecorded, "没有教育当事人的记录。请教育并记录"),
	},
}
