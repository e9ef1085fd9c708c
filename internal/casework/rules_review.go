package casework

import "fadu/internal/law"

// The bureau before the reviewing government and the court.
const (
	ActReviewSummary law.Action = "复议适用简易程序"
	ActReviewDefault law.Action = "复议被申请人逾期未答复举证的后果"
	ActSuitSummary   law.Action = "一审适用简易程序"
	ActSendLawyers   law.Action = "仅委托律师出庭应诉"
	ActCountAsLeader law.Action = "负责人出庭应诉计为负责人"
)

// Reconsideration (行政复议法第五十三、七十条).
var reviewRules = []law.Rule{
	{
		ID: "XZFY-53", Name: "行政复议适用简易程序的条件", Actions: []law.Action{ActReviewSummary},
		Cite: law.Citations{law.Cite("XZFY", 53, 1), law.Cite("XZFY", 53, 2)}, From: review2024,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(simpleEnough(r, "review_summary_amount", law.OnSpotAct, law.WarningCase),
				law.RefuseBecause("不符合简易程序的条件：既不是当场作出、警告或者通报批评、款额三千元以下的清楚案件，当事人各方也没有同意。请适用普通程序"))
		},
	},
	{
		ID: "XZFY-70", Name: "逾期不答复、不举证的，视为没有证据、依据", Actions: []law.Action{ActReviewDefault},
		Cite: law.Citations{law.Cite("XZFY", 70)}, From: review2024,
		Check: func(r *law.Reading) law.Outcome {
			return duty(r.Is(law.ThirdPartyEvidence).Not(),
				"逾期不书面答复、不提交证据的，视为行政行为没有证据、依据，应当撤销、确认违法或者无效，或者责令履行", "行为涉及第三人合法权益，第三人提供了证据，不因逾期当然视为没有证据")
		},
	},
}

// simpleEnough: everybody agrees, or the matter is clear and one of the grounds holds. Grounds must be
// claimed; while neither a ground nor the consent is mentioned, the question is open.
func simpleEnough(r *law.Reading, limit string, grounds ...law.BoolKey) law.Tri {
	most, ok := law.Limit(limit, r.Date)
	if !ok {
		return law.Unknown
	}
	mentioned := r.Stated(law.MoneyAmount, law.BothAgree)
	ground := law.False
	if r.Stated(law.MoneyAmount) {
		ground = r.AtMost(law.MoneyAmount, most.Money())
	}
	for _, k := range grounds {
		mentioned = mentioned || r.Stated(k)
		ground = law.Or(ground, r.Claimed(k))
	}
	if !mentioned {
		r.Has(law.MoneyAmount)
		ground = law.Unknown
	}
	return law.Or(r.Claimed(law.BothAgree), law.And(r.Is(law.ClearCase), ground))
}

// Litigation (行政诉讼法第三条第三款、第三十一条第一款、第八十二条；行诉解释第一百二十八条；负责人出庭规定第二条).
var suitRules = []law.Rule{
	{
		ID: "XZSS-82", Name: "一审适用简易程序的条件", Actions: []law.Action{ActSuitSummary},
		Cite: law.Citations{law.Cite("XZSS", 82, 1), law.Cite("XZSS", 82, 2)}, From: suit2017,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(simpleEnough(r, "suit_summary_amount", law.OnSpotAct),
				law.RefuseBecause("不符合简易程序的条件：既不是当场作出、款额二千元以下的清楚案件，当事人各方也没有同意。请适用普通程序"))
		},
	},
	{
		ID: "SSJS-128-2", Name: "不得仅委托律师出庭", Actions: []law.Action{ActSendLawyers},
		Cite: law.Citations{law.Cite("XZSS", 3, 3), law.Cite("SSJS", 128, 2)}, From: suit2018,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Claimed(law.LeaderPresent), r.Claimed(law.StaffPresent)),
				law.RefuseBecause("负责人和相应工作人员都不出庭，不得仅委托律师出庭。请由负责人出庭；不能出庭的，委托相应的工作人员"))
		},
	},
	{
		ID: "XZSS-31-1", Name: "诉讼代理人一至二人", Actions: []law.Action{ActSendLawyers},
		Cite: law.Citations{law.Cite("XZSS", 31, 1)}, From: suit2018,
		Check: atMost(law.Lawyers, "suit_agents", "委托了 %d 名律师，诉讼代理人最多 %d 名。请确定代理人"),
	},
	{
		ID: "FZRCT-2", Name: "计为负责人出庭的人员", Actions: []law.Action{ActCountAsLeader},
		Cite: law.Citations{law.Cite("SSJS", 128, 1), law.Cite("FZRCT", 2)}, From: law.MustDate("2020-07-01"), Check: countsAsLeader,
	},
}

var leaderWords = words[bool]{
	{"下级", false},
	{"受委托", false},
	{"被委托", false},
	{"分局", false},
	{"律师", false},
	{"顾问", false},
	{"退休", false},
	{"不参与分管", false},
	{"未参与分管", false},
	{"不分管", false},
	{"局长", true},
	{"区长", true},
	{"市长", true},
	{"县长", true},
	{"镇长", true},
	{"乡长", true},
	{"街道办事处主任", true},
	{"行政首长", true},
	{"参与分管", true},
	{"主要负责人", true},
	{"机构负责人", false},
	{"科", false},
	{"股", false},
	{"处长", false},
	{"中队", false},
	{"大队", false},
	{"支队", false},
	{"所长", false},
	{"站长", false},
	{"主任", false},
	{"工作人员", false},
	{"承办", false},
	{"执法人员", false},
	{"正职", true},
	{"副职", true},
	{"分管", true},
	{"负责人", true},
}

func countsAsLeader(r *law.Reading) law.Outcome {
	text, ok := r.Text(law.CourtRole)
	if !ok {
		return law.NotStated()
	}
	leader, _ := leaderWords.find(plain(text))
	return law.Unless(law.TriOf(leader), law.RefuseBecause("“%s”不是正职、副职负责人或者其他参与分管的负责人，不计为负责人出庭。请由负责人出庭，或者按不能出庭说明理由并委托工作人员", plain(text)))
}
