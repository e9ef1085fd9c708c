package casework

import "fadu/internal/law"

// ActReviewApart is that nothing stands between the reviewer and the case.
const ActReviewApart law.Action = "审核人员回避"

// Sending to legal review and the opinion (行政处罚法第五十八条；55号令第二十三条至第二十五条；国办发〔2018〕118号十一、十三).
var reviewOpinionRules = []law.Rule{
	{
		ID: "MOHURD55-24-materials", Name: "送审材料齐全", Actions: []law.Action{ActSubmitReview},
		Cite: law.Citations{mohurd(24)}, From: procedure2022,
		Check: complete(law.MissingMaterials, "送审材料还缺：%s。请补齐后送审"),
	},
	{
		ID: "GBF118-11-apart", Name: "承办人不审核本案", Actions: []law.Action{ActGiveOpinion, ActReviewApart},
		Cite: law.Citations{xzcf(58, 1), {Statute: "GBF118", Section: "十一"}}, From: penaltyLaw2021,
		Check: barred(law.IsInvestigator, "本案承办人员不得审核本案。请换由法制机构其他人员审核"),
	},
	{
		ID: "XZCF-43-3-review", Name: "回避申请决定以后再出具审核意见", Actions: []law.Action{ActReviewApart},
		Cite: law.Citations{xzcf(43, 3), xzcf(58, 1)}, From: penaltyLaw2021,
		Check: barred(law.ReviewerRecusalOpen, "对审核人员的回避申请还没有决定。请负责人先决定"),
	},
	{
		ID: "XZCF-43-1-review", Name: "已经决定回避的人不审核", Actions: []law.Action{ActReviewApart},
		Cite: law.Citations{xzcf(43, 1), xzcf(58, 1)}, From: penaltyLaw2021,
		Check: barred(law.ReviewerRecused, "审核人员已经决定回避。请由法制机构其他人员审核"),
	},
	{
		ID: "MOHURD55-24-points", Name: "审核内容逐项有结论", Actions: []law.Action{ActGiveOpinion},
		Cite: law.Citations{mohurd(24)}, From: procedure2022,
		Check: atLeast(law.ReviewPoints, "review_points", "只审了 %d 项，应当逐项审核 %d 项。请逐项写明结论和依据"),
	},
	{
		ID: "MOHURD55-25-signed", Name: "审核意见由审核人签名", Actions: []law.Action{ActGiveOpinion},
		Cite: law.Citations{mohurd(25)}, From: procedure2022,
		Check: required(law.OpinionSigned, "审核意见没有审核人签名。请以本人身份签名"),
	},
}
