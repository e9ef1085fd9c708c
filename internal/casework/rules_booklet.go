package casework

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// ActKeepHandwritten is the head's act on a hand-written decision with a slight fault.
const ActKeepHandwritten law.Action = "维持有瑕疵的手工决定"

// A decision written by hand is in the world whether it is right or not: what is wrong with it is
// recorded and dealt with by the head (行政处罚法第七十五条第二款; practice.md 15, 16), never hidden.
var bookletRules = []law.Rule{
	{
		ID: "XZCF-42-1-entered", Name: "手工决定书的补录由两名执法人员确认",
		Actions: []law.Action{ActFileOnSpot},
		Cite:    law.Citations{xzcf(42, 1), xzcf(52, 2)}, From: penaltyLaw2021,
		Check: ifStated(law.EntryConfirmed, required(law.EntryConfirmed, "手工决定书的补录还没有由另一名执法人员用本人账号确认。请先确认再备案")),
	},
	{
		ID: "XZCF-75-2-handwritten", Name: "有问题的手工决定书由负责人处理后才结案",
		Actions: []law.Action{ActClose},
		Cite:    law.Citations{xzcf(75, 2)}, From: penaltyLaw2021,
		Check: ifStated(law.HandwrittenPending, barred(law.HandwrittenPending, "手工决定书补录时发现的问题还没有处理。请负责人撤销、更正，或者说明理由维持")),
	},
	{
		ID: "XZCF-75-2-keep-head", Name: "维持有瑕疵的手工决定由负责人决定",
		Actions: []law.Action{ActKeepHandwritten},
		Cite:    law.Citations{xzcf(75, 2)}, From: penaltyLaw2021,
		Check: required(law.ApprovedByHead, "手工决定书的问题由行政机关负责人处理。请报负责人"),
	},
	{
		ID: "XZCF-75-2-keep-reason", Name: "维持有瑕疵的手工决定写明理由",
		Actions: []law.Action{ActKeepHandwritten},
		Cite:    law.Citations{xzcf(75, 2), xzcf(47)}, From: penaltyLaw2021,
		Check: required(law.ReasonRecorded, "没有写明为什么维持。请写明瑕疵是什么、为什么不影响当事人权益、怎样补救"),
	},
	{
		// Only what touches neither the competence, the facts, the basis nor the party's rights can stay.
		ID: "XZCF-38-2-keep", Name: "违法的手工决定不能维持",
		Actions: []law.Action{ActKeepHandwritten},
		Cite:    law.Citations{xzcf(38, 2), xzcf(75, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			faults, ok := r.List(law.HandwrittenFaults)
			if !ok {
				return law.NotStated()
			}
			var grave []string
			for _, f := range faults {
				if !slices.Contains(slightFaults, f) {
					grave = append(grave, f)
				}
			}
			if len(grave) > 0 {
				return law.RefuseBecause("决定违反的规则（%s）关系到执法资格、事实、依据、数额或者当事人权利，不能维持。请撤销、变更，只是漏写、笔误的补正、更正", strings.Join(grave, "、"))
			}
			return law.Pass()
		},
	},
}

// slightFaults are the rules whose breach leaves the decision itself lawful: the record is thin, or the
// money was not taken as it should be.
var slightFaults = []string{
	"XZCF-47-photo", "XZCF-47-footage", "XZCF-28-1", "XZCF-34-tier", "XZCF-68-69", "XZCF-70", "XZCF-70-register",
}
