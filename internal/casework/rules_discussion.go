package casework

import "fadu/internal/law"

// Collective discussion and what it may not leave out (行政处罚法第五十七条第二款; practice.md 22).
var discussionRules = []law.Rule{
	{
		ID: "XZCF-57-2-signed", Name: "讨论成员都在笔录上签名", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: required(law.MembersSigned, "笔录没有全部成员签名。请补签"),
	},
	{
		ID: "XZCF-57-2-opinions", Name: "每名成员的意见都有记载", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: required(law.OpinionsRecorded, "没有逐人记载意见。请记载每名成员的意见，有不同意见的照记"),
	},
	{
		ID: "XZCF-57-2-last", Name: "主要负责人末位表态", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: required(law.ChiefSpokeLast, "主要负责人没有最后表态。请重新讨论，由主要负责人末位表态"),
	},
	{
		ID: "XZCF-57-2-members", Name: "列席人员不参加表决", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: barred(law.OutsiderVoted, "法制、承办等列席人员不是负责人，不参加表决。请重新计算表决结果"),
	},
}
