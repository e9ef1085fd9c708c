package casework

import "fadu/internal/law"

// What may still be done to a paper depends on its delivery: before it, a wrong paper is voided and its
// number stays on record; after it, slips are put right by a paper of their own (住建部令第55号第二十八条),
// anything else by a decision of the head that changes or revokes (行政处罚法第七十五条第二款; practice.md 15).
var paperRules = []law.Rule{
	{
		ID: "XZCF-75-2-void", Name: "已交付的文书不得作废",
		Actions: []law.Action{ActVoidPaper},
		Cite:    law.Citations{xzcf(75, 2), law.Cite("MOHURD55", 28)}, From: procedure2022,
		Check: barred(law.Delivered, "文书已经交付当事人，不能作废。文字、计算错误请出具补正、更正文书；其他错误请由负责人作出撤销或者变更决定"),
	},
	{
		ID: "XZCF-75-2-void-change", Name: "已送达的变更决定书不得作废",
		Actions: []law.Action{ActVoidChange},
		Cite:    law.Citations{xzcf(75, 2), xzcf(61, 1), law.Cite("MOHURD55", 28)}, From: procedure2022,
		Check: required(law.ChangeUnserved, "没有还没送达的变更决定书。已经送达的不能作废：文字、计算错误请出具补正、更正文书；其他错误请由负责人再作变更或者撤销决定"),
	},
	{
		ID: "XZCF-47-void-reason", Name: "作废文书写明理由",
		Actions: []law.Action{ActVoidPaper, ActVoidChange},
		Cite:    law.Citations{xzcf(47)}, From: procedure2022,
		Check: required(law.ReasonRecorded, "没有写明作废理由。请写明理由；编号保留，不再使用"),
	},
	{
		ID: "MOHURD55-28-delivered", Name: "补正、更正针对已交付的文书",
		Actions: []law.Action{ActCorrectPaper},
		Cite:    law.Citations{law.Cite("MOHURD55", 28)}, From: procedure2022,
		Check: required(law.Delivered, "文书还没有交付，不必补正、更正。请写明理由作废后重新出具"),
	},
	{
		ID: "MOHURD55-28", Name: "补正、更正只限漏载和文字、计算错误",
		Actions: []law.Action{ActCorrectPaper},
		Cite:    law.Citations{law.Cite("MOHURD55", 28)}, From: procedure2022,
		Check: required(law.SlipOnly, "不只是漏载或者文字、计算错误，或者影响当事人权益，不能补正、更正。请由负责人作出变更或者撤销决定"),
	},
	{
		ID: "MOHURD55-28-head", Name: "补正、更正经负责人批准",
		Actions: []law.Action{ActCorrectPaper},
		Cite:    law.Citations{law.Cite("MOHURD55", 28)}, From: procedure2022,
		Check: required(law.ApprovedByHead, "补正、更正还没有经负责人批准。请报负责人批准后出具文书并送达当事人"),
	},
	{
		ID: "XZCF-75-2-delivered", Name: "撤销、变更针对已交付的决定",
		Actions: []law.Action{ActRevoke},
		Cite:    law.Citations{xzcf(75, 2)}, From: procedure2022,
		Check: required(law.Delivered, "决定书还没有交付，不必撤销、变更。请写明理由作废后重新出具"),
	},
	{
		ID: "XZCF-75-2-head", Name: "撤销、变更由行政机关负责人决定",
		Actions: []law.Action{ActRevoke},
		Cite:    law.Citations{xzcf(75, 2)}, From: procedure2022,
		Check: required(law.ApprovedByHead, "撤销、变更处罚决定要由行政机关负责人决定。请报负责人审批"),
	},
	{
		ID: "XZCF-75-2-reason", Name: "撤销、变更写明错误和理由",
		Actions: []law.Action{ActRevoke},
		Cite:    law.Citations{xzcf(75, 2), xzcf(47)}, From: procedure2022,
		Check: required(law.ReasonRecorded, "没有写明原决定错在哪里。请写明错误、理由和依据"),
	},
	{
		ID: "XZCF-48-2-revoked", Name: "决定被撤销、变更的，撤回公开信息",
		Actions: []law.Action{ActRevoke},
		Cite:    law.Citations{xzcf(48, 2), xzcf(85)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Claimed(law.Disclosed), law.NoteThat("原决定已经公开，撤销、变更后应在三个工作日内撤回信息并公开说明理由"))
		},
	},
	{
		ID: "XZQZ-41", Name: "决定被撤销、变更的，退还已收罚款",
		Actions: []law.Action{ActRevoke},
		Cite:    law.Citations{xzqz(41)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(r.Claimed(law.FineCollected), law.NoteThat("原罚款已经收缴，应当按撤销、变更后的结果登记退库"))
		},
	},
}

// Filing with the organ and the end of a case (行政处罚法第五十二条第三款；住建部令第55号第十四条第二款、第三十一条).
var endingRules = []law.Rule{
	{
		ID: "XZCF-52-3", Name: "交付后报所属机关备案",
		Actions: []law.Action{ActFileOnSpot},
		Cite:    law.Citations{xzcf(52, 3)}, From: penaltyLaw2021,
		Check: required(law.Delivered, "决定书还没有交付当事人，不能备案。请先交付"),
	},
	{
		// Late filing is a fault of the officers; it does not undo the decision, so it warns.
		ID: "MOHURD55-14-2", Name: "当场处罚三个工作日内备案",
		Actions: []law.Action{ActFileOnSpot},
		Cite:    law.Citations{law.Cite("MOHURD55", 14, 2), law.Cite("MOHURD55", 45)}, From: procedure2022,
		Check: late(law.RecordDue, law.RecordedOn, "当场处罚应在%s前备案，%s才备案。请写明逾期原因"),
	},
	{
		ID: "MOHURD55-31-done", Name: "决定执行完毕或者有其他法定情形才结案",
		Actions: []law.Action{ActClose},
		Cite:    law.Citations{law.Cite("MOHURD55", 31)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Is(law.Performed), r.Claimed(law.EndedOtherwise)),
				law.RefuseBecause("处罚决定还没有执行完毕，也没有其他结案情形。请登记缴款，或者写明终结执行等依据"))
		},
	},
	{
		ID: "XZCF-52-3-closing", Name: "备案后结案",
		Actions: []law.Action{ActClose},
		Cite:    law.Citations{xzcf(52, 3), law.Cite("MOHURD55", 14, 2)}, From: procedure2022,
		Check: required(law.OnSpotRecorded, "当场处罚还没有报所属机关备案。请先备案"),
	},
	{
		ID: "XZCF-71-closing", Name: "当场收缴的罚款上交后结案",
		Actions: []law.Action{ActClose},
		Cite:    law.Citations{xzcf(71)}, From: procedure2022,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.CashCollected), r.Is(law.CashHandedIn).Not()),
				law.RefuseBecause("当场收缴的罚款还没有上交。请先上交并登记经收"))
		},
	},
}

// On the street a slight or a first offence ends before filing: the violation put right, the party taught,
// a promise signed, the lead closed as not filed (行政处罚法第三十三条; practice.md 14).
var declineRules = []law.Rule{
	{
		ID: "XZCF-57-1-declined", Name: "立案后的不予处罚走普通程序",
		Actions: []law.Action{ActDecline},
		Cite:    law.Citations{xzcf(57, 1, 2)}, From: penaltyLaw2021,
		Check: barred(law.Filed, "案件已经立案，不能再按不予立案办理。请由负责人作出不予行政处罚决定"),
	},
	{
		ID: "XZCF-33-1-declined", Name: "不予处罚要符合轻微不罚或者首违不罚",
		Actions: []law.Action{ActDecline},
		Cite:    law.Citations{xzcf(33, 1)}, From: penaltyLaw2021, Check: groundToDecline,
	},
	{
		ID: "XZCF-33-1-looked-up", Name: "首违经查核",
		Actions: []law.Action{ActDecline},
		Cite:    law.Citations{xzcf(33, 1)}, From: penaltyLaw2021,
		Check: required(law.ExemptionChecked, "还没有查核当事人以前的同类违法。请在全市范围查核并写明结论"),
	},
	{
		ID: "XZCF-28-1-declined", Name: "不予处罚也要责令改正",
		Actions: []law.Action{ActDecline},
		Cite:    law.Citations{xzcf(28, 1)}, From: penaltyLaw2021,
		Check: required(law.CorrectionOrdered, "没有责令改正。请责令改正并记录结果"),
	},
	{
		ID: "XZCF-33-3", Name: "不予处罚的，教育当事人",
		Actions: []law.Action{ActDecline},
		Cite:    law.Citations{xzcf(33, 3)}, From: penaltyLaw2021,
		Check: required(law.EducationRecorded, "没有教育记录。请教育当事人并记录"),
	},
	{
		ID: "XZCF-33-3-pledge", Name: "当事人签承诺书",
		Actions: []law.Action{ActDecline},
		Cite:    law.Citations{xzcf(33, 3)}, From: penaltyLaw2021,
		Check: required(law.PledgeSigned, "当事人还没有签承诺书。请由当事人签署并入卷"),
	},
}

func groundToDecline(r *law.Reading) law.Outcome {
	corrected := r.Is(law.CorrectedInTime)
	slight := law.And(r.Is(law.SlightViolation), corrected, harmAtMost(r, HarmNone))
	first := law.And(r.Is(law.FirstViolation), corrected, harmAtMost(r, HarmSlight))
	faultless := r.Claimed(law.NoFaultProved)
	child := law.False
	if least, ok := law.Limit("age_no_penalty", r.Date); ok && r.Stated(law.Age) {
		child = r.AtLeast(law.Age, least.Value).Not()
	}
	return law.Unless(law.Or(slight, first, faultless, child),
		law.RefuseBecause("不符合轻微不罚（轻微、及时改正、没有危害后果），也不符合首违不罚（初次、危害轻微、及时改正），不能不予处罚。请依法处罚"))
}
