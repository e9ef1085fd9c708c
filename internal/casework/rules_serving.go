package casework

import "fadu/internal/law"

// Service beyond the door's questions (民事诉讼法第八十八、九十五条；55号令第三十五、三十六条).
var servingRules = []law.Rule{
	{
		ID: "MSSS-87", Name: "有签收的送达回证", Actions: []law.Action{ActServeDirectly},
		Cite: law.Citations{msss(87), xzcf(61, 1)}, From: civil2024,
		Check: required(law.ReceiptSigned, "送达回证没有签名和日期，不能视为送达。请由签收人签名并写明日期"),
	},
	{
		ID: "MSSS-95-reasons", Name: "公告送达在案卷中记明原因和经过", Actions: []law.Action{ActAnnounce},
		Cite: law.Citations{msss(95), mohurd(36)}, From: civil2024,
		Check: required(law.ReasonRecorded, "没有记明公告送达的原因和经过。请写明试过哪些方式、结果如何"),
	},
	{
		ID: "XZCF-61-1-served", Name: "有送达记录才视为送达", Actions: []law.Action{ActConfirmService},
		Cite: law.Citations{xzcf(61, 1)}, From: penaltyLaw2021,
		Check: required(law.PaperServed, "文书还没有送达，期限不能起算。请先办理送达并登记回证"),
	},
}
