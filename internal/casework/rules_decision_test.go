package casework

import "fadu/internal/law/lawtest"

var decisionTables = []lawtest.Table{
	simple("XZCF-56-risk", "行政处罚法第56条", "evidence_may_be_lost", "取证"),
	simple("XZCF-56-approved", "行政处罚法第56条", "approved_by_head", "报批"),
	{Rule: "XZCF-58-1-1", Article: "行政处罚法第58条第1款第1项", Cases: cases{
		must("适用", `{"major_public_interest":true}`, "法制审核"),
		notRequired("不适用", `{"major_public_interest":false}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-58-1-2", Article: "行政处罚法第58条第1款第2项", Cases: cases{
		must("适用：重大权益又经听证", `{"major_rights":true,"hearing_held":true}`, ""),
		notRequired("不适用：没有听证", `{"major_rights":true,"hearing_held":false}`),
		open("未载明：听证", `{"major_rights":true}`),
	}},
	{Rule: "XZCF-58-1-3", Article: "行政处罚法第58条第1款第3项", Cases: cases{
		must("适用：疑难复杂、多个法律关系", `{"complex_case":true,"multiple_legal_relations":true}`, ""),
		notRequired("不适用：只有一项", `{"complex_case":true,"multiple_legal_relations":false}`),
		open("未载明", `{"complex_case":true}`),
	}},
	{Rule: "XZCF-58-2", Article: "行政处罚法第58条第2款", Cases: cases{
		pass("不适用：不是初次", `{"first_time":false,"passed_national_legal_exam":false}`),
		pass("通过：已通过考试", `{"first_time":true,"passed_national_legal_exam":true}`),
		refuse("不通过：初次且没有资格", `{"first_time":true,"passed_national_legal_exam":false}`, "资格"),
		open("未载明", `{"first_time":true}`),
	}},
	simple("XZCF-54-2", "行政处罚法第54条第2款", "filed", "立案"),
	simple("XZCF-57-1", "行政处罚法第57条第1款", "investigation_closed", "调查终结报告"),
	{Rule: "XZCF-42-1-decide", Article: "行政处罚法第42条第1款", Cases: cases{
		pass("通过：两人", `{"officers":2}`),
		refuse("不通过：一人", `{"officers":1}`, "不得少于"),
		open("未载明", `{}`),
	}},
	simple("XZCF-40", "行政处罚法第40条", "facts_clear", "补充调查"),
	simple("XZCF-38-1", "行政处罚法第38条第1款", "has_legal_basis", "无效"),
	simple("XZCF-62-told", "行政处罚法第44条、第62条", "informed", "告知书"),
	{Rule: "XZCF-62-heard", Article: "行政处罚法第45条第1款、第62条", Cases: cases{
		pass("通过：已听取", `{"party_heard":true}`),
		pass("通过：明确放弃", `{"party_heard":false,"party_expressly_waived":true}`),
		pass("通过：期满没有提出", `{"party_heard":false,"objection_submitted":false,"request_period_expired":true}`),
		refuse("不通过：提出了没有听", `{"party_heard":false,"objection_submitted":true,"request_period_expired":true}`, "听取"),
		refuse("不通过：没有听取", `{"party_heard":false,"party_expressly_waived":false}`, ""),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-45-2", Article: "行政处罚法第45条第2款", Cases: cases{
		pass("通过：没有加重", `{"final_penalty":3000,"informed_penalty":3000}`),
		pass("不适用：不是因申辩", `{"final_penalty":5000,"informed_penalty":3000,"increased_due_to_defence":false}`),
		refuse("不通过：因申辩加重", `{"final_penalty":5000,"informed_penalty":3000,"increased_due_to_defence":true}`, "禁止"),
		refuse("不通过：数额没有说，因申辩加重", `{"increased_due_to_defence":true}`, ""),
		open("未载明：多出来的原因", `{"final_penalty":5000,"informed_penalty":3000}`),
	}},
	{Rule: "XZCF-44-again", Article: "行政处罚法第44条、第62条", Cases: cases{
		pass("通过：不多于告知", `{"final_penalty":2000,"informed_penalty":3000}`),
		refuse("不通过：多于告知", `{"final_penalty":5000,"informed_penalty":3000}`, "重新告知"),
		open("未载明", `{"final_penalty":5000}`),
	}},
	{Rule: "XZCF-63-1-told", Article: "行政处罚法第63条第1款", Cases: cases{
		pass("不适用：不属于听证范围", `{"hearing_required":false,"hearing_notified":false}`),
		pass("通过：已告知", `{"hearing_required":true,"hearing_notified":true}`),
		pass("通过：已经举行听证", `{"hearing_required":true,"hearing_held":true}`),
		refuse("不通过：没有告知", `{"hearing_required":true,"hearing_notified":false}`, "听证告知书"),
		open("未载明", `{"hearing_required":true}`),
	}},
	{Rule: "XZCF-63-1-held", Article: "行政处罚法第63条第1款、第64条第1项", Cases: cases{
		pass("不适用：不属于听证范围", `{"hearing_required":false,"hearing_requested":true,"hearing_held":false}`),
		pass("通过：已举行", `{"hearing_required":true,"hearing_requested":true,"hearing_held":true}`),
		pass("通过：期满没有要求", `{"hearing_required":true,"hearing_requested":false,"request_period_expired":true}`),
		refuse("不通过：要求了没有举行", `{"hearing_required":true,"hearing_requested":true,"hearing_held":false}`, "听证"),
		refuse("不通过：要求了没有举行，没有说属于听证范围", `{"hearing_requested":true,"hearing_held":false}`, ""),
		refuse("不通过：期限没有届满", `{"hearing_required":true,"hearing_requested":false,"request_period_expired":false}`, "期满"),
		refuse("不通过：应听证没有听证", `{"hearing_required":true,"hearing_held":false}`, ""),
		open("未载明：期限", `{"hearing_required":true,"hearing_requested":false}`),
		open("未载明：是否举行", `{"hearing_required":true,"hearing_requested":true}`),
	}},
	{Rule: "XZCF-58-1", Article: "行政处罚法第58条第1款", Cases: cases{
		pass("不适用：不须审核", `{"legal_review_required":false,"legal_review":"未审核"}`),
		pass("通过：通过", `{"legal_review_required":true,"legal_review":"通过"}`),
		pass("通过：同意", `{"legal_review_required":true,"legal_review":"同意"}`),
		refuse("不通过：未审核", `{"legal_review_required":true,"legal_review":"未审核"}`, "未审核"),
		refuse("不通过：未通过", `{"legal_review_required":true,"legal_review":"未通过"}`, ""),
		refuse("不通过：补充调查", `{"legal_review_required":true,"legal_review":"补充调查"}`, ""),
		refuse("不通过：不同意", `{"legal_review":"不同意"}`, ""),
		open("未载明", `{"legal_review_required":true}`),
	}},
	{Rule: "XZCF-57-2", Article: "行政处罚法第57条第2款", Cases: cases{
		pass("不适用：不须讨论", `{"collective_required":false}`),
		pass("通过：已讨论", `{"collective_required":true,"collective_discussed":true}`),
		refuse("不通过：没有讨论", `{"collective_required":true,"collective_discussed":false}`, "集体讨论"),
		open("未载明", `{"collective_required":true}`),
	}},
	{Rule: "XZCF-29", Article: "行政处罚法第29条", Cases: cases{
		pass("通过：没有罚过", `{"already_fined_for_same_act":false,"penalty":"罚款"}`),
		pass("不适用：不是罚款", `{"already_fined_for_same_act":true,"penalty":"责令停产停业"}`),
		refuse("不通过：再次罚款", `{"already_fined_for_same_act":true,"penalty":"罚款"}`, "不得再罚款"),
		open("未载明", `{"already_fined_for_same_act":true}`),
	}},
	{Rule: "XZCF-59-1", Article: "行政处罚法第59条第1款、第59条第2款", Cases: cases{
		pass("通过：不缺", `{"missing_fields":[]}`),
		refuse("不通过：缺印章", `{"missing_fields":["印章"]}`, "印章"),
		open("未载明", `{}`),
	}},
}

var hearingTables = []lawtest.Table{
	{Rule: "XZCF-63-1", Article: "行政处罚法第63条第1款", Cases: cases{
		must("适用：吊销许可证件", `{"penalty":"吊销许可证件"}`, "听证"),
		must("适用：没收较大价值非法财物", `{"penalty":"没收较大价值非法财物"}`, ""),
		must("适用：责令停产停业", `{"penalty":"责令停产停业"}`, ""),
		must("适用：降低资质等级", `{"penalty":"降低资质等级"}`, ""),
		must("适用：限制从业", `{"penalty":"限制从业"}`, ""),
		must("适用：较大数额罚款", `{"penalty":"较大数额罚款"}`, ""),
		must("适用：警告并责令关闭", `{"penalty":"警告、责令关闭"}`, ""),
		must("适用：罚款达到本地标准", `{"penalty":"罚款","large_amount":true}`, ""),
		notRequired("不适用：警告", `{"penalty":"警告"}`),
		notRequired("不适用：通报批评", `{"penalty":"通报批评"}`),
		notRequired("不适用：罚款没有达到标准", `{"penalty":"罚款","large_amount":false}`),
		refuse("不适用：看不懂", `{"penalty":"拖车"}`, "处罚种类"),
		open("未载明：罚款是否较大", `{"penalty":"罚款"}`),
		open("未载明：处罚种类", `{}`),
	}},
	simpleNot("XZCF-64-4", "行政处罚法第64条第4项", "is_case_investigator", "其他人员"),
	{Rule: "XZCF-64-5", Article: "行政处罚法第64条第5项", Cases: cases{
		pass("通过：两名", `{"agents":2}`),
		pass("不适用：亲自参加", `{"agents":0}`),
		refuse("不通过：三名", `{"agents":3}`, "最多 2 名"),
		refuse("不通过：负数", `{"agents":-1}`, "负数"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-64-2", Article: "行政处罚法第64条第2项、第85条", Cases: cases{
		pass("通过：七个工作日", `{"workdays_between_notice_and_hearing":7}`),
		refuse("不通过：六个工作日", `{"workdays_between_notice_and_hearing":6}`, "推迟"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-63-2", Article: "行政处罚法第63条第2款", Decided: true, Cases: cases{
		pass("通过：没有收", `{"amount":0}`),
		refuse("不通过：收一元", `{"amount":1}`, "行政机关承担"),
		refuse("不通过：没有说多少", `{}`, ""),
	}},
	{Rule: "XZCF-64-6", Article: "行政处罚法第64条第6项", Cases: cases{
		must("适用：无故缺席", `{"party_absent_without_reason":true}`, "终止听证"),
		notRequired("不适用：到场", `{"party_absent_without_reason":false}`),
		open("未载明", `{}`),
	}},
}

var serviceTables = []lawtest.Table{
	simple("XZCF-61-2-consent", "行政处罚法第61条第2款", "party_consented", "其他方式"),
	simple("XZCF-61-2-confirmed", "行政处罚法第61条第2款", "confirmation_signed", "确认书"),
	simple("MSSS-89-refused", "民事诉讼法第89条；行政处罚法第61条第1款", "recipient_refused", "直接送达"),
	{Rule: "MSSS-89-proof", Article: "民事诉讼法第89条；行政处罚法第61条第1款", Cases: cases{
		pass("通过：见证人", `{"witness_present":true}`),
		pass("通过：录像", `{"photo_or_video":true}`),
		refuse("不通过：都没有", `{"witness_present":false,"photo_or_video":false}`, "见证"),
		refuse("不通过：没有见证人，没有说录像", `{"witness_present":false}`, ""),
		open("未载明", `{"recipient_refused":true}`),
	}},
	simple("MSSS-89-left", "民事诉讼法第89条；行政处罚法第61条第1款", "left_at_residence", "住所"),
	{Rule: "MSSS-95", Article: "民事诉讼法第95条；行政处罚法第61条第1款", Cases: cases{
		pass("通过：下落不明", `{"whereabouts_unknown":true,"other_methods_tried":false}`),
		pass("通过：其他方式无法送达", `{"whereabouts_unknown":false,"other_methods_tried":true}`),
		refuse("不通过：都不是", `{"whereabouts_unknown":false,"other_methods_tried":false}`, "先用"),
		open("未载明", `{}`),
	}},
	{Rule: "MSSS-88-1", Article: "民事诉讼法第88条第1款；行政处罚法第61条第1款", Cases: cases{
		pass("通过：成年家属", `{"recipient":"公民","receiver_adult":true}`),
		refuse("不通过：未成年家属", `{"recipient":"公民","receiver_adult":false}`, "成年家属"),
		refuse("不通过：单位的文书交家属", `{"recipient":"公司","receiver_adult":true}`, "法定代表人"),
		refuse("不通过：看不懂", `{"recipient":"火星来客","receiver_adult":true}`, "公民"),
		open("未载明", `{"receiver_adult":true}`),
	}},
}
