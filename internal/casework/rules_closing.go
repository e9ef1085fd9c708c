package casework

import "fadu/internal/law"

// The end of an ordinary case (55号令第三十一条).
var closingOrdinaryRules = []law.Rule{
	{
		ID: "MOHURD55-31-ground", Name: "有法定结案情形", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{mohurd(31)}, From: procedure2022,
		Check: required(law.ClosingGround, "还没有结案情形。请登记履行完毕，或者写明终结执行、终止调查、不予处罚、移送的依据"),
	},
	{
		ID: "XZQZ-28-closing", Name: "查封、扣押、登记保存都已了结", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzqz(28), xzcf(56)}, From: coercion2012,
		Check: barred(law.MeasuresOpen, "还有登记保存、查封、扣押没有解除或者处理。请先了结财物；报批了没有实施的，登记不再实施"),
	},
	{
		ID: "XZQZ-28-things", Name: "财物都有去向", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzqz(28), xzcf(56)}, From: coercion2012,
		Check: barred(law.ThingsUnaccounted, "还有登记保存、查封、扣押的财物在库，没有登记去向。请登记退还、处理或者移交"),
	},
	{
		ID: "MOHURD55-31-court", Name: "向法院的申请已办完", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{mohurd(31), xzqz(53)}, From: procedure2022,
		Check: barred(law.CourtOpen, "向人民法院的强制执行申请还没有办完。请先登记法院的结果，或者撤回申请"),
	},
	{
		ID: "XZCF-61-1-closing", Name: "文书都已送达", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzcf(61, 1)}, From: penaltyLaw2021,
		Check: barred(law.PapersUnserved, "有应当送达的文书还没有送达。请先在“送达文书”里选这份文书办理送达"),
	},
}
