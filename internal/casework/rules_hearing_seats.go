package casework

import "fadu/internal/law"

// ActHearingSeats is who sits at a hearing and who comes to it; beside 担任听证主持人 and 听证委托代理人, which count and compare.
const (
	ActHearingSeats law.Action = "听证组成人员"
	ActHearingReady law.Action = "听证到场人员"
)

// Who may sit at a hearing and who may speak there (行政处罚法第四十三条、第六十四条; practice.md 23).
var hearingSeatRules = []law.Rule{
	{
		ID: "XZCF-64-4-seats", Name: "听证员、记录员不是本案调查人员", Actions: []law.Action{ActHearingSeats},
		Cite: law.Citations{item(xzcf(64), 4), xzcf(43, 1)}, From: penaltyLaw2021,
		Check: barred(law.SeatsInvestigated, "本案调查人员不得担任听证员、记录员。请另行指定"),
	},
	{
		ID: "XZCF-43-3-seats", Name: "已经决定回避的人不参加听证", Actions: []law.Action{ActHearingSeats},
		Cite: law.Citations{xzcf(43, 1), item(xzcf(64), 4)}, From: penaltyLaw2021,
		Check: barred(law.SeatsRecused, "主持人、听证员或者记录员已经决定回避。请另行指定"),
	},
	{
		ID: "XZCF-43-3-hearing", Name: "回避申请决定以后再举行听证", Actions: []law.Action{ActHearingReady},
		Cite: law.Citations{xzcf(43, 3), item(xzcf(64), 4)}, From: penaltyLaw2021,
		Check: barred(law.SeatsRecusalOpen, "对主持人、听证员或者记录员的回避申请还没有决定。请负责人先决定"),
	},
	{
		ID: "XZCF-64-5-mandate", Name: "听证代理人有授权委托书", Actions: []law.Action{ActHearingReady},
		Cite: law.Citations{item(xzcf(64), 5)}, From: penaltyLaw2021,
		Check: required(law.AgentsMandated, "有代理人没有授权委托书，不能代理。请登记授权委托书的日期和权限，没有的不列为代理人"),
	},
}
