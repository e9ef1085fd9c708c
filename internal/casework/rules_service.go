package casework

import "fadu/internal/law"

// The ways of delivery that have conditions of their own.
const (
	ActServeElectronically law.Action = "电子送达处罚决定书"
	ActServeByLeaving      law.Action = "留置送达"
	ActServeByNotice       law.Action = "公告送达"
	ActServeMinorKin       law.Action = "直接送达给同住未成年家属"
)

func msss(article int, more ...int) law.Citation { return law.Cite("MSSS", article, more...) }

// Decisions are delivered as the law of civil procedure says (行政处罚法第六十一条；民事诉讼法第八十八、
// 八十九、九十五条).
var serviceRules = []law.Rule{
	{
		ID: "XZCF-61-2-consent", Name: "电子送达经当事人同意", Actions: []law.Action{ActServeElectronically},
		Cite: law.Citations{xzcf(61, 2)}, From: penaltyLaw2021,
		Check: required(law.PartyConsented, "当事人没有同意电子送达。请改用其他方式送达"),
	},
	{
		ID: "XZCF-61-2-confirmed", Name: "电子送达签订确认书", Actions: []law.Action{ActServeElectronically},
		Cite: law.Citations{xzcf(61, 2)}, From: penaltyLaw2021,
		Check: required(law.ConfirmationSigned, "当事人没有签订电子送达确认书。请先签确认书，或者改用其他方式送达"),
	},
	{
		ID: "MSSS-89-refused", Name: "拒绝接收才留置送达", Actions: []law.Action{ActServeByLeaving},
		Cite: law.Citations{msss(89), xzcf(61, 1)}, From: civil2024,
		Check: required(law.RecipientRefused, "受送达人没有拒绝接收，不能留置送达。请直接送达"),
	},
	{
		ID: "MSSS-89-proof", Name: "留置送达有见证人或者拍照录像", Actions: []law.Action{ActServeByLeaving},
		Cite: law.Citations{msss(89), xzcf(61, 1)}, From: civil2024,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(anyClaimed(r, law.WitnessPresent, law.PhotoOrVideo),
				law.RefuseBecause("留置送达既没有见证人，也没有拍照、录像。请邀请基层组织或者所在单位代表见证，或者拍照、录像记录送达过程"))
		},
	},
	{
		ID: "MSSS-89-left", Name: "留置的文书留在住所", Actions: []law.Action{ActServeByLeaving},
		Cite: law.Citations{msss(89), xzcf(61, 1)}, From: civil2024,
		Check: required(law.LeftAtResidence, "文书没有留在受送达人的住所，不能视为送达。请把文书留在住所并记录"),
	},
	{
		ID: "MSSS-95", Name: "下落不明或者其他方式无法送达才公告送达", Actions: []law.Action{ActServeByNotice},
		Cite: law.Citations{msss(95), xzcf(61, 1)}, From: civil2024,
		Check: func(r *law.Reading) law.Outcome {
			return law.Unless(anyClaimed(r, law.WhereaboutsUnknown, law.OtherMethodsTried),
				law.RefuseBecause("受送达人不是下落不明，其他送达方式也没有用尽，不能公告送达。请先用直接、留置、邮寄等方式送达"))
		},
	},
	{
		ID: "MSSS-88-1", Name: "只交同住的成年家属代收", Actions: []law.Action{ActServeMinorKin},
		Cite: law.Citations{msss(88, 1), xzcf(61, 1)}, From: civil2024, Check: adultKin,
	},
}

// adultKin: only a natural person's grown-up family may receive for it.
func adultKin(r *law.Reading) law.Outcome {
	if r.Claimed(law.ReceiverAdult) != law.True {
		return law.RefuseBecause("未成年家属不能代收。请交本人或者同住的成年家属签收")
	}
	text, ok := r.Text(law.Recipient)
	if !ok {
		return law.NotStated()
	}
	kind, ok := ParseParty(text)
	switch {
	case !ok:
		return unreadable(law.Recipient, text, "公民、法人或者其他组织")
	case isUnit(kind):
		return law.RefuseBecause("受送达人是单位，不能由家属代收。请交法定代表人、主要负责人或者负责收件的人签收")
	}
	return law.Pass()
}
