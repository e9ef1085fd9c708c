package casework

import "fadu/internal/law"

// More time, standing still, ending early (55号令第二十九条至第三十一条).
var timeRules = []law.Rule{
	{
		ID: "MOHURD55-29-approved", Name: "延长、中止、终止经负责人批准", Actions: []law.Action{ActExtendDecision, ActSuspend, ActTerminate, ActWithdrawFiling},
		Cite: law.Citations{mohurd(29), mohurd(30), mohurd(31)}, From: procedure2022,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人批准。请报批"),
	},
	{
		ID: "MOHURD55-29-days", Name: "负责人批准的延长不超过三十日", Actions: []law.Action{ActExtendDecision},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: atMost(law.ExtensionDays, "decision_extension_days", "延长 %d 日，超过 %d 日。请缩短；仍不能作出决定的，再提请集体讨论"),
	},
	{
		ID: "MOHURD55-29-again-days", Name: "再次延长不超过六十日", Actions: []law.Action{ActExtendAgain},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: atMost(law.ExtensionDays, "decision_extension_again_days", "再次延长 %d 日，超过 %d 日。请缩短"),
	},
	{
		ID: "MOHURD55-29-collective", Name: "再次延长经负责人集体讨论", Actions: []law.Action{ActExtendAgain},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: required(law.CollectiveDiscussed, "再次延长没有经负责人集体讨论决定，这一步不能由一人批准。请提请集体讨论"),
	},
	{
		ID: "MOHURD55-29-first", Name: "先经负责人批准延长过", Actions: []law.Action{ActExtendAgain},
		Cite: law.Citations{mohurd(29)}, From: procedure2022,
		Check: required(law.ExtendedOnce, "还没有经负责人批准延长三十日，不能直接再次延长。请先报负责人批准"),
	},
	{
		ID: "MOHURD55-29-running", Name: "期限届满前延长", Actions: []law.Action{ActExtendCheck, ActExtendDecision, ActExtendAgain},
		Cite: law.Citations{mohurd(29), mohurd(15)}, From: procedure2022,
		Check: required(law.BeforeExpiry, "期限已经届满，不能延长。请写明超期的原因和责任，并尽快作出决定"),
	},
	{
		ID: "MOHURD55-31-reason", Name: "终止调查、撤销立案写明理由", Actions: []law.Action{ActTerminate, ActWithdrawFiling},
		Cite: law.Citations{mohurd(31)}, From: procedure2022,
		Check: required(law.ReasonRecorded, "没有写明理由。请写明属于哪一种情形和依据"),
	},
}
