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
		ID: "XZQZ-51-2-closing", Name: "代履行的费用收取或者写明为什么不收", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzqz(51, 2)}, From: coercion2012,
		Check: func(r *law.Reading) law.Outcome {
			rest, ok := r.Money(law.CostRest)
			if !ok {
				return law.NotStated()
			}
			return law.When(law.TriOf(rest > 0), law.RefuseBecause("代履行的费用还有 %s 元没有收取。请登记收取；不能收取的，登记理由", rest.Grouped()))
		},
	},
	{
		ID: "XZQZ-52-told", Name: "立即代履行已经通知当事人", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzqz(52)}, From: coercion2012,
		Check: barred(law.ClearanceUntold, "立即代履行时不知道当事人，后来查明了，还没有通知。请出具立即代履行通知书并送达"),
	},
	{
		// A lead of which nothing was filed has no file to be closed.
		ID: "MOHURD55-31-filed", Name: "立了案的才填写结案审批表", Actions: []law.Action{ActCloseEnded},
		Cite: law.Citations{mohurd(31)}, From: procedure2022,
		Check: required(law.Filed, "没有立案，移送以后不用填写结案审批表"),
	},
	{
		ID: "XZCF-61-1-closing", Name: "文书都已送达", Actions: []law.Action{ActCloseOrdinary},
		Cite: law.Citations{xzcf(61, 1)}, From: penaltyLaw2021,
		Check: barred(law.PapersUnserved, "有应当送达的文书还没有送达。请先在“送达文书”里选这份文书办理送达"),
	},
}
