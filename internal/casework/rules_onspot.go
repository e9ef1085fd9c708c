package casework

import (
	"strings"

	"fadu/internal/law"
)

// An on-the-spot decision is the exception to the ordinary procedure: clear facts, a legal basis, only a
// warning or a small fine (行政处罚法第五十一条), two qualified officers (第四十二条第一款) who show their
// certificates (第五十二条第一款). The duty to tell and to hear holds here too (第四十四、四十五、六十二条).
var onSpotRules = []law.Rule{
	{
		ID: "XZCF-42-1-onspot", Name: "当场处罚的执法人员不少于两人",
		Actions: []law.Action{ActDecideOnSpot},
		Cite:    law.Citations{xzcf(42, 1)},
		From:    penaltyLaw2021,
		Check:   atLeast(law.Officers, "officers_minimum", "执法人员 %d 人，不得少于 %d 人。请再派一名有执法资格的人员到场后再处罚"),
	},
	{
		ID: "XZCF-42-1-onspot-certified", Name: "当场处罚的执法人员具有行政执法资格",
		Actions: []law.Action{ActDecideOnSpot},
		Cite:    law.Citations{xzcf(42, 1)},
		From:    penaltyLaw2021,
		Check:   required(law.OfficersCertified, "有执法人员没有行政执法资格。请换由持有效执法证的人员办理"),
	},
	{
		ID: "XZCF-52-1-certificate", Name: "当场处罚应当出示执法证件",
		Actions: []law.Action{ActDecideOnSpot},
		Cite:    law.Citations{xzcf(52, 1)},
		From:    penaltyLaw2021,
		Check:   required(law.ShowedID, "没有向当事人出示执法证件。请先出示并记录，再作决定"),
	},
	{
		ID: "XZCF-51-facts", Name: "当场处罚以违法事实确凿为前提",
		Actions: []law.Action{ActDecideOnSpot, ActChange},
		Cite:    law.Citations{xzcf(51)},
		From:    penaltyLaw2021,
		Check:   required(law.FactsClear, "违法事实还不确凿，不能当场处罚。请补充证据，或者转普通程序调查"),
	},
	{
		ID: "XZCF-51-basis", Name: "当场处罚要有法定依据",
		Actions: []law.Action{ActDecideOnSpot, ActChange},
		Cite:    law.Citations{xzcf(51)},
		From:    penaltyLaw2021,
		Check:   required(law.HasLegalBasis, "没有法定依据，不得处罚。请选定现行有效的处罚依据；没有的，只能劝导、责令改正"),
	},
	{
		ID: "XZCF-51-kind", Name: "当场只能警告或者罚款",
		Actions: []law.Action{ActDecideOnSpot, ActChange},
		Cite:    law.Citations{xzcf(51)},
		From:    penaltyLaw2021, Check: onSpotKind,
	},
	{
		ID: "XZCF-51-1", Name: "当场罚款不超过限额",
		Actions: []law.Action{ActDecideOnSpot, ActChange},
		Cite:    law.Citations{xzcf(51)},
		From:    penaltyLaw2021, Check: onSpotCeiling,
	},
	{
		ID: "XZCF-62-onspot-told", Name: "未告知内容、事实、理由、依据和权利的，不得处罚",
		Actions: []law.Action{ActDecideOnSpot},
		Cite:    law.Citations{xzcf(44), xzcf(62)},
		From:    penaltyLaw2021,
		Check:   ifStated(law.Informed, required(law.Informed, "没有告知拟处罚内容、事实、理由、依据和权利。请当场告知并记录后再决定")),
	},
	{
		ID: "XZCF-62-onspot-heard", Name: "拒绝听取陈述申辩的，不得处罚",
		Actions: []law.Action{ActDecideOnSpot},
		Cite:    law.Citations{xzcf(45, 1), xzcf(62)},
		From:    penaltyLaw2021,
		Check:   ifStated(law.PartyHeard, onSpotHeard),
	},
}

// ifStated judges a fact that the door's list for the act does not have: left out, it is not at issue. On
// a real case ActOnSpotRequirements sees to it that the fact is stated.
func ifStated(k law.BoolKey, check func(*law.Reading) law.Outcome) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		if !r.Stated(k) {
			return law.Pass()
		}
		return check(r)
	}
}

func onSpotHeard(r *law.Reading) law.Outcome {
	return law.Unless(law.Or(r.Is(law.PartyHeard), r.Claimed(law.PartyWaived)),
		law.RefuseBecause("没有听取当事人陈述申辩。请听取并记录，当事人没有意见的记“无”"))
}

func onSpotKind(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.Penalty)
	if !ok {
		return law.NotStated()
	}
	p := ParsePenalties(text)
	for _, k := range p.Kinds {
		if k != PenaltyWarning && k != PenaltyFine {
			return law.RefuseBecause("“%s”不能当场作出，当场只能警告或者罚款。请转普通程序", k)
		}
	}
	if len(p.Strange) > 0 {
		return law.RefuseBecause("“%s”不是警告也不是罚款，不能当场作出。请写明处罚种类，或者转普通程序", strings.Join(p.Strange, "、"))
	}
	return law.Pass()
}

// onSpotCeiling compares the fine with the ceiling of the kind of party. A sole trader has the citizen's
// ceiling unless the bureau set otherwise: the law is silent, so the strict reading holds (law.md 2.1).
func onSpotCeiling(r *law.Reading) law.Outcome {
	citizen, ok1 := law.Limit("onspot_fine_citizen", r.Date)
	unit, ok2 := law.Limit("onspot_fine_unit", r.Date)
	if !ok1 || !ok2 {
		return law.NotStated()
	}
	fined := law.Unknown
	if text, ok := r.Text(law.Penalty); ok {
		fined = law.TriOf(ParsePenalties(text).Has(PenaltyFine))
	}
	amount, stated := r.Money(law.MoneyAmount)
	switch {
	case fined == law.False && stated && amount > 0:
		return law.WarnThat("处罚种类里没有罚款，却填了 %s 元。请核对处罚种类和数额", amount.Grouped())
	case fined == law.False:
		return law.Pass()
	case !stated:
		return law.NotStated()
	case amount < 0 || fined == law.True && amount == 0:
		return law.RefuseBecause("罚款数额应大于零，现在是 %s 元。请核对", amount)
	case amount > unit.Money():
		return overCeiling(amount, unit)
	case amount <= citizen.Money():
		return law.Pass()
	}
	return betweenCeilings(r, amount, citizen, unit)
}

// betweenCeilings decides a fine that units may get on the spot and citizens may not.
func betweenCeilings(r *law.Reading, amount law.Money, citizen, unit law.LegalNumber) law.Outcome {
	text, ok := r.Text(law.Party)
	if !ok {
		return law.NotStated()
	}
	kind, ok := ParseParty(text)
	switch {
	case !ok:
		return unreadable(law.Party, text, "公民、法人、其他组织或者个体工商户")
	case isUnit(kind) || kind == SoleTrader && r.Claimed(law.SoleTraderAsUnit) == law.True:
		return law.Pass()
	case kind == SoleTrader:
		return law.RefuseBecause("对个体工商户当场罚款 %s 元，超过按公民掌握的限额 %s 元。请转普通程序；本局另有书面口径的，由法制部门在设置中登记", amount.Grouped(), citizen.Money().Grouped())
	}
	return overCeiling(amount, citizen)
}

func overCeiling(amount law.Money, limit law.LegalNumber) law.Outcome {
	return law.RefuseBecause("当场罚款 %s 元，超过%s %s 元。请转普通程序", amount.Grouped(), limit.Label, limit.Money().Grouped())
}

// The paper is a numbered form with the elements of 行政处罚法第五十二条第二款, handed over at once; who
// refuses to sign is no obstacle once that is noted on it (第一款).
var onSpotDeliveryRules = []law.Rule{
	{
		ID: "XZCF-52-1-number", Name: "当场处罚决定书是编有号码的预定格式",
		Actions: []law.Action{ActDeliverOnSpot},
		Cite:    law.Citations{xzcf(52, 1)},
		From:    penaltyLaw2021,
		Check:   required(law.Numbered, "决定书没有编号。请使用预定格式、编有号码的决定书重新出具"),
	},
	{
		ID: "XZCF-52-2-elements", Name: "当场处罚决定书载明法定事项",
		Actions: []law.Action{ActDeliverOnSpot},
		Cite:    law.Citations{xzcf(52, 2)},
		From:    penaltyLaw2021,
		Check:   complete(law.MissingFields, "决定书还缺：%s。请补齐后再交付"),
	},
	{
		ID: "XZCF-52-1-refusal", Name: "当事人拒绝签收的，在决定书上注明",
		Actions: []law.Action{ActDeliverOnSpot},
		Cite:    law.Citations{xzcf(52, 1)},
		From:    penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.RefusedToSign), r.Is(law.NotedOnDocument).Not()),
				law.RefuseBecause("当事人拒绝签收，决定书上还没有注明。请两名执法人员在决定书上注明后交付"))
		},
	},
}

// complete refuses while the list names anything that is missing.
func complete(k law.ListKey, format string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		missing, ok := r.List(k)
		if !ok {
			return law.NotStated()
		}
		var named []string
		for _, m := range missing {
			if m = strings.TrimSpace(m); m != "" {
				named = append(named, m)
			}
		}
		if len(named) > 0 {
			return law.RefuseBecause(format, strings.Join(named, "、"))
		}
		return law.Pass()
	}
}
