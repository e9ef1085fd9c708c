package casework

import "fadu/internal/law"

// onSpotFile shortens the rules on what the street must leave in the file.
var onSpotFile = []law.Action{ActOnSpotRequirements}

// streetOutcome shortens those on the amount of which the ordinary decision has forms of its own, with departure and reduction.
var streetOutcome = []law.Action{ActOnSpotRequirements, ActChange, ActChangeOrdinary}

// decidedOutcome shortens those on what is decided, which a change of the decision and the ordinary decision must keep too.
var decidedOutcome = []law.Action{ActOnSpotRequirements, ActChange, ActChangeOrdinary, ActDecideOrdinary}

// What a bureau must find in the file of every on-the-spot case (practice.md 3, 9–14). The recheck door
// does not ask for these facts, so they guard an act of their own, judged beside the door's.
var onSpotRequirementRules = []law.Rule{
	{
		// Whom to punish is a fact to be established; without it there is only the order to correct.
		ID: "XZCF-40-identity", Name: "当事人身份查清才能当场处罚", Actions: onSpotFile,
		Cite: law.Citations{xzcf(40)}, From: penaltyLaw2021,
		Check: required(law.IdentityEstablished, "当事人身份没有查清，不能当场处罚。请查验证件或者请公安机关协查；查不清的，只责令改正，线索继续保留"),
	},
	{
		// The door judges what these two facts say; here they must be on record at all.
		ID: "XZCF-44-recorded", Name: "告知和听取意见有记载", Actions: onSpotFile,
		Cite: law.Citations{xzcf(44), xzcf(45, 1)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			if told, heard := r.Has(law.Informed), r.Has(law.PartyHeard); !told || !heard {
				return law.NotStated()
			}
			return law.Pass()
		},
	},
	{
		ID: "XZCF-45-1-statement", Name: "陈述申辩按当事人原话记录", Actions: onSpotFile,
		Cite: law.Citations{xzcf(45, 1)}, From: penaltyLaw2021,
		Check: required(law.StatementRecorded, "没有记录当事人的陈述申辩。请按原话记录，没有意见的记“无”"),
	},
	{
		// Punishing goes with ending the violation: on the spot, or by a date that is checked again.
		ID: "XZCF-28-1", Name: "处罚时责令改正", Actions: onSpotFile,
		Cite: law.Citations{xzcf(28, 1)}, From: penaltyLaw2021, Check: correctionOrdered,
	},
	{
		ID: "XZCF-47-photo", Name: "有带时间和地点的现场照片", Actions: onSpotFile,
		Cite: law.Citations{xzcf(40), xzcf(47)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(r.AtLeast(law.PhotosWithPlaceTime, 1), law.RefuseBecause("没有带时间和地点的现场照片。请至少拍一张并填明时间、地点"))
		},
	},
	{
		ID: "XZCF-40-measurement", Name: "裁量阶次要测量的，有测量数据", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(40)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.MeasurementRequired), r.Is(law.MeasurementRecorded).Not()),
				law.RefuseBecause("所选裁量阶次要有测量数据，案卷中还没有。请现场测量并记录"))
		},
	},
	{
		ID: "XZCF-40-measured-by", Name: "阶次所依据的测量值有采信的证据", Actions: []law.Action{ActConclude},
		Cite: law.Citations{xzcf(40), xzcf(46, 2)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.MeasurementRequired), r.Is(law.MeasureUnproved)),
				law.RefuseBecause("裁量阶次按测量值确定，没有写明是证据清单上哪一份证据测得的，或者那份证据没有采信。请在拟定处理意见时选定，并审查认定"))
		},
	},
	{
		// Recording the process by sound and image is the rule; where it is missing the file says why.
		ID: "XZCF-47-footage", Name: "关联音像记录，或者说明没有的原因", Actions: onSpotFile,
		Cite: law.Citations{xzcf(47), {Statute: "GBF118", Section: "八"}}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(law.Or(r.Is(law.FootageLinked), r.Claimed(law.FootageGapExplained)),
				law.RefuseBecause("没有关联执法记录仪音像，也没有说明原因。请关联音像或者写明没有的原因"))
		},
	},
	{
		ID: "XZCF-30-guardian", Name: "未成年人案件记录并通知监护人", Actions: onSpotFile,
		Cite: law.Citations{xzcf(30)}, From: penaltyLaw2021, Check: guardianNoted,
	},
	{
		ID: "XZCF-29-onspot", Name: "同一违法行为不得再次罚款", Actions: streetOutcome,
		Cite: law.Citations{xzcf(29)}, From: penaltyLaw2021, Check: noSecondFine,
	},
	{
		ID: "XZCF-33-checked", Name: "处罚前查核不予处罚、首违不罚情形", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(33, 1)}, From: penaltyLaw2021,
		Check: required(law.ExemptionChecked, "还没有查核不予处罚和首违不罚情形。请查当事人在全市的同类记录并写明结论"),
	},
	{
		ID: "XZCF-17-competent", Name: "执法主体有处罚权", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(17), xzcf(38, 1)}, From: penaltyLaw2021,
		Check: required(law.SubjectCompetent, "执法主体对该事项没有处罚权。请移送有权机关，或者补登职能划转、赋权、委托文件"),
	},
	{
		// A row of the starter data is no power until the bureau's legal section has adopted it.
		ID: "XZCF-17-adopted", Name: "事项由法制部门核定启用", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(17)}, From: penaltyLaw2021,
		Check: required(law.PowerAdopted, "该事项还没有由法制部门核定启用，不能据以处罚。请报法制部门核定"),
	},
	{
		ID: "XZCF-38-1-verified", Name: "事项的条号和数额已核对", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(38, 1)}, From: penaltyLaw2021,
		Check: required(law.PowerVerified, "该事项的条号、数额还没有核对来源，不能据以处罚。请法制部门核对后确认"),
	},
	{
		ID: "XZCF-37-power", Name: "处罚依据在行为日有效", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(37)}, From: penaltyLaw2021,
		Check: required(law.PowerInForce, "所选依据在违法行为日不是有效规定。请按行为日重新选择依据，并比较新规定是否较轻"),
	},
	{
		ID: "XZCF-4-kind", Name: "只作依据规定的处罚种类", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(4), xzcf(38, 1)}, From: penaltyLaw2021,
		Check: required(law.PenaltyProvided, "所选依据没有规定这一处罚种类。请改选依据规定的种类"),
	},
	{
		ID: "XZCF-4-range", Name: "罚款在法定幅度之内", Actions: streetOutcome,
		Cite: law.Citations{xzcf(4), xzcf(5, 2)}, From: penaltyLaw2021, Check: withinStatute,
	},
	{
		ID: "XZCF-34-issued", Name: "裁量基准已印发并公布", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(34)}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.BenchmarkExists), r.Is(law.BenchmarkIssued).Not()),
				law.RefuseBecause("所选裁量基准还没有印发、公布，不能适用。请法制部门登记制定机关、文号和公布渠道"))
		},
	},
	{
		ID: "XZCF-34-tier", Name: "写明适用的裁量阶次和理由", Actions: decidedOutcome,
		Cite: law.Citations{xzcf(34), {Statute: "GBF27", Section: "十二"}}, From: penaltyLaw2021,
		Check: func(r *law.Reading) law.Outcome {
			return law.When(law.And(r.Is(law.BenchmarkExists), r.Is(law.TierNamed).Not()),
				law.RefuseBecause("有裁量基准而没有写明适用的阶次和理由。请选定阶次并写明理由"))
		},
	},
	{
		ID: "XZCF-5-2-tier", Name: "罚款在裁量阶次之内", Actions: streetOutcome,
		Cite: law.Citations{xzcf(5, 2), xzcf(34)}, From: penaltyLaw2021, Check: withinTier,
	},
}

func correctionOrdered(r *law.Reading) law.Outcome {
	ordered := r.Is(law.CorrectionOrdered)
	if ordered != law.True {
		return law.Unless(ordered, law.RefuseBecause("没有责令改正。请责令当场改正，或者出具责令改正通知书、写明期限和复查"))
	}
	if r.Claimed(law.CorrectedOnSpot) == law.True {
		return law.Pass()
	}
	due, ok := r.Day(law.CorrectionDue)
	switch {
	case !ok:
		return law.NotStated()
	case due.IsZero():
		return law.RefuseBecause("已责令改正，但没有写明是当场改正还是改正期限。请补记，限期改正的到期复查")
	}
	return law.Pass()
}

// guardianNoted warns only: the statute asks for the guardian's discipline, not for a record of it.
func guardianNoted(r *law.Reading) law.Outcome {
	adult, ok := law.Limit("age_lighter_penalty", r.Date)
	if !ok {
		return law.NotStated()
	}
	if notAPerson(r) {
		return law.Pass()
	}
	grown := r.AtLeast(law.Age, adult.Value)
	if grown != law.False {
		return law.Unless(grown, law.Pass())
	}
	return law.Unless(r.Is(law.GuardianNoted), law.WarnThat("当事人未满十八周岁，还没有记录监护人。请记录监护人并通知其到场或者加以管教"))
}

// notAPerson reports whether the party is stated and is a unit, so that age is not at issue.
func notAPerson(r *law.Reading) bool {
	if r.Stated(law.Age) || !r.Stated(law.Party) {
		return false
	}
	text, _ := r.Text(law.Party)
	kind, ok := ParseParty(text)
	return ok && isUnit(kind)
}

// finedAmount returns the fine that the facts state. open is true when it cannot be told; where no fine
// is imposed, the amount is not at issue and fined is false.
func finedAmount(r *law.Reading) (amount law.Money, fined, open bool) {
	text, ok := r.Text(law.Penalty)
	if !ok {
		return 0, false, true
	}
	if !ParsePenalties(text).Has(PenaltyFine) {
		return 0, false, false
	}
	amount, ok = r.Money(law.MoneyAmount)
	return amount, true, !ok
}

// withinStatute also keeps a fine from being cut below the statutory minimum to fit article 51.
func withinStatute(r *law.Reading) law.Outcome {
	amount, fined, open := finedAmount(r)
	if !open && !fined {
		return law.Pass()
	}
	least, ok1 := r.Money(law.StatuteMin)
	most, ok2 := r.Money(law.StatuteMax)
	switch {
	case open || !ok1 || !ok2:
		return law.NotStated()
	case amount <= 0:
		return law.RefuseBecause("罚款数额应大于零，现在是 %s 元。请核对", amount)
	case amount < least:
		return law.RefuseBecause("罚款 %s 元低于法定下限 %s 元。没有法定减轻情形的不得低于下限；限额容不下的，请转普通程序", amount.Grouped(), least.Grouped())
	case amount > most:
		return law.RefuseBecause("罚款 %s 元高于法定上限 %s 元。请在法定幅度内确定", amount.Grouped(), most.Grouped())
	}
	return law.Pass()
}

func withinTier(r *law.Reading) law.Outcome {
	exists := r.Is(law.BenchmarkExists)
	amount, fined, open := finedAmount(r)
	if exists == law.False || !open && !fined {
		return law.Pass()
	}
	least, ok1 := r.Money(law.TierMin)
	most, ok2 := r.Money(law.TierMax)
	switch {
	case exists == law.Unknown || open || !ok1 || !ok2:
		return law.NotStated()
	case amount < least || amount > most || amount == most && most > least && r.Claimed(law.TierMaxExcluded) == law.True:
		return law.RefuseBecause("罚款 %s 元不在所选裁量阶次 %s 元至 %s 元之内。请调整数额或者阶次；要偏离基准的，须报批并入卷", amount.Grouped(), least.Grouped(), most.Grouped())
	}
	return law.Pass()
}

// noSecondFine bars a second fine for the same act; other penalties remain possible.
func noSecondFine(r *law.Reading) law.Outcome {
	again := r.Is(law.AlreadyFined)
	if again == law.True {
		if text, ok := r.Text(law.Penalty); ok {
			again = law.TriOf(ParsePenalties(text).Has(PenaltyFine))
		} else {
			again = law.Unknown
		}
	}
	return law.When(again, law.RefuseBecause("同一违法行为已经罚过款，不得再罚款。请改作其他种类的处罚，或者不再处罚"))
}

// Before the paper leaves the officers' hands: both signed it themselves, it bears the seal, and it says
// that reconsideration comes before a suit (行政复议法第二十三条第二款; practice.md 12, 25).
var deliveryRequirementRules = []law.Rule{
	{
		ID: "XZCF-52-2-signatures", Name: "两名执法人员以本人身份签名",
		Actions: []law.Action{ActDeliveryRequirements},
		Cite:    law.Citations{xzcf(52, 2), xzcf(42, 1)}, From: penaltyLaw2021,
		Check: atLeast(law.OfficersSigned, "officers_minimum", "以本人身份签名的执法人员有 %d 人，应有 %d 人。请每名执法人员用自己的账号签名，不得代签"),
	},
	{
		ID: "XZCF-52-1-seal", Name: "决定书用印后交付",
		Actions: []law.Action{ActDeliveryRequirements},
		Cite:    law.Citations{xzcf(52, 1), xzcf(52, 2)}, From: penaltyLaw2021,
		Check: required(law.Sealed, "决定书还没有登记用印，不能交付。请使用已盖章的预定格式，或者办理用印"),
	},
	{
		ID: "XZFY-23-2", Name: "当场处罚决定书告知先复议后诉讼",
		Actions: []law.Action{ActDeliveryRequirements},
		Cite:    law.Citations{law.Cite("XZFY", 23, 2)}, From: review2024,
		Check: required(law.ReviewFirstTold, "决定书没有写明应当先申请行政复议。请改正救济途径后重新出具"),
	},
}
