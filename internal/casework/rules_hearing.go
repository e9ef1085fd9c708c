package casework

import "fadu/internal/law"

// The acts around a hearing.
const (
	ActNeedHearing    law.Action = "判断是否告知听证权利"
	ActPresideHearing law.Action = "担任听证主持人"
	ActHearingAgents  law.Action = "听证委托代理人"
	ActHoldHearing    law.Action = "举行听证"
	ActHearingFee     law.Action = "向当事人收取听证费用"
	ActEndHearing     law.Action = "终止听证"
)

// When a hearing must be offered and how it is held (行政处罚法第六十三、六十四条).
var hearingRules = []law.Rule{
	{
		ID: "XZCF-63-1", Name: "较重的处罚告知听证权利", Actions: []law.Action{ActNeedHearing},
		Cite: law.Citations{xzcf(63, 1)}, From: penaltyLaw2021, Check: mustOfferHearing,
	},
	{
		ID: "XZCF-64-4", Name: "非本案调查人员主持听证", Actions: []law.Action{ActPresideHearing},
		Cite: law.Citations{item(xzcf(64), 4)}, From: penaltyLaw2021,
		Check: barred(law.IsInvestigator, "本案调查人员不得主持听证。请指定其他人员主持"),
	},
	{
		ID: "XZCF-64-5", Name: "听证代理人一至二人", Actions: []law.Action{ActHearingAgents},
		Cite: law.Citations{item(xzcf(64), 5)}, From: penaltyLaw2021,
		Check: atMost(law.Agents, "hearing_agents", "委托了 %d 名代理人，最多 %d 名。请当事人确定代理人"),
	},
	{
		// Counted strictly: seven whole working days lie between notice and hearing.
		ID: "XZCF-64-2", Name: "听证七个工作日前通知", Actions: []law.Action{ActHoldHearing},
		Cite: law.Citations{item(xzcf(64), 2), xzcf(85)}, From: penaltyLaw2021,
		Check: atLeast(law.HearingNoticeDays, "hearing_notice", "通知与听证之间只有 %d 个工作日，不足 %d 个。请推迟听证日期并重新通知"),
	},
	{
		ID: "XZCF-63-2", Name: "当事人不承担听证费用", Actions: []law.Action{ActHearingFee},
		Cite: law.Citations{xzcf(63, 2)}, From: penaltyLaw2021,
		Check: noFee("组织听证的费用由行政机关承担，不得向当事人收取。已收的请退还"),
	},
	{
		ID: "XZCF-64-6", Name: "无正当理由缺席、退场的，终止听证", Actions: []law.Action{ActEndHearing},
		Cite: law.Citations{item(xzcf(64), 6)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return duty(r.Is(law.AbsentWithoutReason), "当事人无正当理由缺席或者擅自退场，视为放弃听证，应当终止听证并记入笔录", "没有应当终止听证的情形，听证继续进行")
		},
	},
}

// mustOfferHearing: what counts as a large fine is set locally, so a plain 罚款 or 没收 stays open until
// large_amount is stated.
func mustOfferHearing(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.Penalty)
	if !ok {
		return law.NotStated()
	}
	p := ParsePenalties(text)
	heavy := law.False
	for _, k := range p.Kinds {
		heavy = law.Or(heavy, heavyPenalty(r, k, p.Large))
	}
	if heavy == law.False && len(p.Strange) > 0 {
		return unreadable(law.Penalty, text, "行政处罚法第九条规定的处罚种类")
	}
	return duty(heavy, "拟作出的处罚属于听证范围，应当告知当事人有要求听证的权利", "拟作出的处罚不属于听证范围")
}

func heavyPenalty(r *law.Reading, k PenaltyKind, large bool) law.Tri {
	if large && (k == PenaltyFine || k == PenaltyGains || k == PenaltyGoods) {
		return law.True
	}
	return givesHearing(k, func() law.Tri { return r.Is(law.LargeAmount) })
}

// givesHearing is whether a kind of penalty gives the right to a hearing; large is whether its amount does.
func givesHearing(k PenaltyKind, large func() law.Tri) law.Tri {
	switch k {
	case PenaltyGradeReduction, PenaltyLicenceRevocation, PenaltyBusinessStop, PenaltyClosure, PenaltyTradeBar:
		return law.True
	case PenaltyFine, PenaltyGains, PenaltyGoods:
		return large()
	case PenaltyLicenceSuspension, PenaltyRestriction:
		return large() // 其他较重的行政处罚: the bureau says whether it is
	}
	return law.False
}

// noFee refuses to take any money; a stated zero takes none.
func noFee(message string) func(*law.Reading) law.Outcome {
	return func(r *law.Reading) law.Outcome {
		if r.Stated(law.MoneyAmount) {
			if m, _ := r.Money(law.MoneyAmount); m == 0 {
				return law.Pass()
			}
		}
		return law.RefuseBecause("%s", message)
	}
}
