package casework

import (
	"strings"

	"fadu/internal/law"
)

// NamedIn reports whether a closing report of before, which says the penalty only in its own words, names every kind of the proposal and none besides;
// what must say more than its kind and the fine, such a report cannot show (55号令第二十二条).
func (p Penalty) NamedIn(words string) bool {
	approved, kinds := ParsePenalties(words), strings.Split(p.Kinds, ";")
	for _, k := range kinds {
		if !approved.Has(PenaltyKind(k)) || PenaltyKind(k).NeedsContent() || PenaltyKind(k) == PenaltyGains {
			return false
		}
	}
	return len(approved.Kinds) == len(kinds)
}

// Notice before the decision and the answer to what the party says (行政处罚法第四十四、四十五条；55号令第二十二条).
var noticeRules = []law.Rule{
	{
		ID: "XZCF-44-parts", Name: "告知书内容完整", Actions: []law.Action{ActNotify},
		Cite: law.Citations{xzcf(44)}, From: penaltyLaw2021,
		Check: complete(law.MissingNoticeParts, "告知书还缺：%s。请补齐后出具"),
	},
	{
		ID: "MOHURD55-22-report", Name: "告知内容与调查终结报告一致", Actions: []law.Action{ActNotify},
		Cite: law.Citations{mohurd(22), xzcf(44)}, From: procedure2022,
		Check: required(law.NoticeMatches, "告知的事实、依据或者处罚与批准的调查终结报告不一致。请改一致，或者重新报批"),
	},
	{
		// Legal review or the police sent the case back to be investigated. What was told then counts on only for what stayed as it was.
		ID: "XZCF-44-kept", Name: "补充调查以后，事实、证据、依据、处罚没有变的才沿用原来的告知", Actions: []law.Action{ActKeepNotice},
		Cite: law.Citations{xzcf(44), xzcf(45, 1), xzcf(62)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if r.Is(law.WorseThanNotice) == law.True {
				return law.RefuseBecause("补充调查以后，事实、依据或者拟作的处罚与告知的不同。请重新告知")
			}
			if r.Is(law.WorseThanNotice) == law.Unknown {
				return law.NotStated()
			}
			return complete(law.UntoldEvidence, "这些证据是告知以后才采信的，当事人没有机会就此申辩：%s。请重新告知")(r)
		},
	},
	{
		// What was not told is not drawn up: a draft would overwrite the proposal of the approved report.
		ID: "XZCF-44-drafted", Name: "告知书送达以后才拟定处罚", Actions: []law.Action{ActDraftDecision},
		Cite: law.Citations{xzcf(44), mohurd(22)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.DraftPunishes), r.Is(law.Informed).Not()), law.RefuseBecause("处罚的种类、内容和依据还没有告知当事人。请先出具告知书并送达；拟不予处罚的可以直接拟定"))
		},
	},
	{
		ID: "XZCF-4-kind-proposed", Name: "只拟作、告知依据规定的处罚种类", Actions: []law.Action{ActConclude, ActNotify},
		Cite: law.Citations{xzcf(4), xzcf(38, 1)}, From: penaltyLaw2021,
		Check: required(law.PenaltyProvided, "所选依据没有规定拟作的处罚种类。请改选依据规定的种类，或者改选依据"),
	},
	{
		ID: "MOHURD55-22-points", Name: "对每一点意见都有答复", Actions: []law.Action{ActAnswerDefence},
		Cite: law.Citations{mohurd(22), xzcf(45, 1)}, From: procedure2022,
		Check: complete(law.UnansweredPoints, "这些意见还没有答复：%s。请逐点复核并说明采纳与否的理由"),
	},
	{
		ID: "MOHURD55-22-written", Name: "制作书面复核意见", Actions: []law.Action{ActAnswerDefence},
		Cite: law.Citations{mohurd(22)}, From: procedure2022,
		Check: required(law.ReviewWritten, "没有书面复核意见。请制作；没有提出意见的也要写明"),
	},
}
