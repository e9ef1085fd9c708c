package casework

import (
	"fadu/internal/law"
	"fadu/internal/law/identity"
)

// Whom the law spares: children under fourteen (行政处罚法第三十条), slight acts put right in time without
// harm (第三十三条第一款前段), and whoever proves to be without fault (第二款).
var exemptionRules = []law.Rule{
	{
		ID: "XZCF-30", Name: "不满十四周岁不予处罚，不满十八周岁从轻或者减轻",
		Actions: []law.Action{ActPunish},
		Cite:    law.Citations{xzcf(30)}, From: penaltyLaw2021, Check: ageToPunish,
	},
	{
		ID: "XZCF-33-1", Name: "轻微并及时改正、没有危害后果的，不予处罚",
		Actions: []law.Action{ActPunish},
		Cite:    law.Citations{xzcf(33, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			spared := law.And(r.Is(law.SlightViolation), r.Is(law.CorrectedInTime), harmAtMost(r, HarmNone))
			return law.When(spared, law.RefuseBecause("违法行为轻微并及时改正，没有造成危害后果，不予处罚。请教育当事人并记录"))
		},
	},
	{
		ID: "XZCF-33-2", Name: "证明没有主观过错的，不予处罚",
		Actions: []law.Action{ActPunish},
		Cite:    law.Citations{xzcf(33, 2)}, From: penaltyLaw2021,
		Check: barred(law.NoFaultProved, "当事人已证明没有主观过错，不予处罚。法律、行政法规另有规定的，在拟定处理决定时写明该规定"),
	},
	{
		ID: "XZCF-33-1-first", Name: "初次违法、危害轻微并及时改正的，可以不予处罚",
		Actions: []law.Action{ActSpareFirst},
		Cite:    law.Citations{xzcf(33, 1)}, From: penaltyLaw2021, Check: maySpareFirst,
	},
}

func ageToPunish(r *law.Reading) law.Outcome {
	child, ok1 := law.Limit("age_no_penalty", r.Date)
	adult, ok2 := law.Limit("age_lighter_penalty", r.Date)
	if !ok1 || !ok2 {
		return law.NotStated()
	}
	if notAPerson(r) {
		return law.Pass()
	}
	age, ok := r.Number(law.Age)
	switch {
	case !ok:
		return law.NotStated()
	case age < child.Value:
		return law.RefuseBecause("当事人 %d 周岁，不满 %d 周岁，不予处罚。请责令监护人管教", age, child.Value)
	case age < adult.Value:
		return law.NoteThat("当事人 %d 周岁，不满 %d 周岁，应当从轻或者减轻处罚", age, adult.Value)
	}
	return law.Pass()
}

// harmAtMost compares the stated harm; a text that grades no harm is not known to be slight.
func harmAtMost(r *law.Reading, most HarmDegree) law.Tri {
	text, ok := r.Text(law.Harm)
	if !ok {
		return law.Unknown
	}
	h, ok := ParseHarm(text)
	return law.TriOf(ok && (h == HarmNone || h == HarmSlight && most == HarmSlight))
}

func maySpareFirst(r *law.Reading) law.Outcome {
	switch law.And(r.Is(law.FirstViolation), harmAtMost(r, HarmSlight), r.Is(law.CorrectedInTime)) {
	case law.True:
		return law.Duty(law.May, "初次违法且危害后果轻微并及时改正，可以不予处罚。不予处罚的，教育当事人并记录；仍要处罚的，写明理由")
	case law.False:
		return law.Duty(law.NotRequired, "首违不罚的三项条件没有同时具备，不能据此不予处罚")
	}
	return law.NotStated()
}

// Who must be dealt with more gently (行政处罚法第三十、三十二条), the milder of two laws (第三十七条), and
// no penalty in place of a criminal case (第八条第二款、第二十七条第一款；移送规定第十一条第一款).
var mitigationRules = []law.Rule{
	{
		ID: "XZCF-30-lighter", Name: "已满十四周岁不满十八周岁的，应当从轻或者减轻",
		Actions: []law.Action{ActLighten},
		Cite:    law.Citations{xzcf(30)}, From: penaltyLaw2021, Check: lighterForAge,
	},
	{
		ID: "XZCF-32-1", Name: "主动消除或者减轻危害后果的，应当从轻或者减轻",
		Actions: []law.Action{ActLighten},
		Cite:    law.Citations{item(xzcf(32), 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(r.Is(law.HarmEliminated), "主动消除或者减轻了危害后果，应当从轻或者减轻处罚", "没有主动消除或者减轻危害后果的情形")
		},
	},
	{
		ID: "XZCF-32-2", Name: "受胁迫、诱骗的，应当从轻或者减轻",
		Actions: []law.Action{ActLighten},
		Cite:    law.Citations{item(xzcf(32), 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(r.Is(law.Coerced), "受他人胁迫或者诱骗实施，应当从轻或者减轻处罚", "没有受胁迫、诱骗的情形")
		},
	},
	{
		ID: "XZCF-37", Name: "新规定较轻的，适用新规定",
		Actions: []law.Action{ActApplyNewRule},
		Cite:    law.Citations{xzcf(37)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(law.And(r.Is(law.NewRuleLighter), r.Is(law.DecidedAfterChange)),
				"作出决定时规定已改，新规定较轻或者不认为违法，应当适用新规定", "适用违法行为发生时的规定，不适用新规定")
		},
	},
	{
		ID: "YSGD-11-1", Name: "不得以行政处罚代替移送",
		Actions: []law.Action{ActSubstitute, ActNotify, ActAskDecision, ActDecideOrdinary, ActDecideNoPenalty, ActDeclineFiling},
		Cite:    law.Citations{xzcf(8, 2), xzcf(27, 1), law.Cite("YSGD", 11, 1)}, From: penaltyLaw2021,
		Check: barred(law.SuspectedCrime, "违法行为涉嫌犯罪，不得以行政处罚代替移送。请核实后报负责人批准，移送公安机关"),
	},
}

// Minor reports whether the party was of the age for which the law wants a lighter penalty when it acted; false when no record says
// (行政处罚法第三十条).
func (c *Case) Minor(on law.Date) bool {
	child, ok1 := law.Limit("age_no_penalty", on)
	adult, ok2 := law.Limit("age_lighter_penalty", on)
	if !ok1 || !ok2 || c.PartyKind != Citizen && c.PartyKind != SoleTrader || c.Born.IsZero() || c.ActFrom.IsZero() {
		return false
	}
	age := int64(identity.Age(c.Born, c.ActFrom))
	return age >= child.Value && age < adult.Value
}

func lighterForAge(r *law.Reading) law.Outcome {
	child, ok1 := law.Limit("age_no_penalty", r.Date)
	adult, ok2 := law.Limit("age_lighter_penalty", r.Date)
	age, stated := r.Number(law.Age)
	switch {
	case !ok1 || !ok2 || !stated:
		return law.NotStated()
	case age < child.Value:
		return law.Duty(law.NotRequired, "当事人 %d 周岁，不满 %d 周岁，不予处罚，不发生从轻或者减轻", age, child.Value)
	case age < adult.Value:
		return law.Duty(law.Must, "当事人 %d 周岁，不满 %d 周岁，应当从轻或者减轻处罚", age, adult.Value)
	}
	return law.Duty(law.NotRequired, "当事人已满 %d 周岁，没有因年龄从轻或者减轻的情形", adult.Value)
}
