package casework

import "fadu/internal/law"

// What a change of a delivered decision must keep (行政处罚法第七十五条第二款). The new penalty passes the
// rules of a decision that carry ActChange; here is what only a change asks: whoever is to fare worse is
// told first and heard (第四十四、四十五、六十二条; practice.md 24).
var changeRules = []law.Rule{
	{
		ID: "XZCF-44-change", Name: "变更对当事人更不利的，先重新告知",
		Actions: []law.Action{ActChange, ActChangeOrdinary},
		Cite:    law.Citations{xzcf(44), xzcf(62)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.ChangeWorsens), r.Is(law.ChangeTold).Not()),
				law.RefuseBecause("变更后的事实、依据、种类或者数额对当事人更不利，还没有照变更后的内容告知。请先出具告知书并送达"))
		},
	},
	{
		ID: "XZCF-62-change", Name: "变更对当事人更不利的，先听取陈述申辩",
		Actions: []law.Action{ActChange, ActChangeOrdinary},
		Cite:    law.Citations{xzcf(45, 1), xzcf(62), law.Cite("MOHURD55", 22)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.ChangeWorsens), r.Is(law.ChangeTold), r.Is(law.ChangeHeard).Not()),
				law.RefuseBecause("告知以后还没有听取陈述申辩，五个工作日也没有届满。请记录当事人的陈述申辩和复核意见，没有意见的记“无”"))
		},
	},
	{
		ID: "XZCF-45-2-change", Name: "变更后的罚款不得多于告知的",
		Actions: []law.Action{ActChange, ActChangeOrdinary},
		Cite:    law.Citations{xzcf(45, 2), xzcf(44)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			if r.Is(law.ChangeWorsens) != law.True || r.Is(law.ChangeTold) != law.True {
				return law.Pass()
			}
			return toldAgain(r)
		},
	},
	{
		// What is to be heavier is handled anew, from the notice on; a change is for what was too much or wrong.
		ID: "XZCF-75-heavier", Name: "变更决定不得加重处罚",
		Actions: []law.Action{ActChangeOrdinary},
		Cite:    law.Citations{xzcf(75, 2)}, From: procedure2022,
		Check: barred(law.ChangeHeavier, "变更以后处罚更重，变更决定只能改轻、改正。确应加重的，请先作撤销决定，再重新调查、告知、审核，另行作出决定"),
	},
	{
		ID: "XZCF-61-closing", Name: "变更决定书送达后结案",
		Actions: []law.Action{ActClose},
		Cite:    law.Citations{xzcf(61, 1)}, From: procedure2022,
		Check: barred(law.ChangeUnserved, "变更决定书还没有送达当事人。请先用印、送达"),
	},
	{
		ID: "XZQZ-41-closing", Name: "多缴的罚款退还后结案",
		Actions: []law.Action{ActClose, ActCloseOrdinary},
		Cite:    law.Citations{xzqz(41)}, From: procedure2022,
		Check: barred(law.RefundDue, "变更以后多缴的罚款还没有退还。请先登记退库"),
	},
}
