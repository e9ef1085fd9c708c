package casework

import "fadu/internal/law/lawtest"

var paperTables = []lawtest.Table{
	simpleNot("XZCF-75-2-void", "行政处罚法第75条第2款；住建部令第55号第28条", "delivered", "补正"),
	simple("XZCF-75-2-void-change", "行政处罚法第75条第2款、第61条第1款；住建部令第55号第28条", "change_unserved", "补正"),
	simple("XZCF-47-void-reason", "行政处罚法第47条", "reason_recorded", "理由"),
	simple("MOHURD55-28-delivered", "住建部令第55号第28条", "delivered", "作废"),
	simple("MOHURD55-28", "住建部令第55号第28条", "slip_only", "变更"),
	simple("MOHURD55-28-head", "住建部令第55号第28条", "approved_by_head", "负责人"),
	simple("XZCF-75-2-delivered", "行政处罚法第75条第2款", "delivered", "作废"),
	simple("XZCF-75-2-head", "行政处罚法第75条第2款", "approved_by_head", "负责人"),
	simple("XZCF-75-2-reason", "行政处罚法第75条第2款、第47条", "reason_recorded", "理由"),
	{Rule: "XZCF-48-2-revoked", Article: "行政处罚法第48条第2款、第85条", Decided: true, Cases: cases{
		note("适用：已经公开", `{"disclosed":true}`, "三个工作日"),
		pass("不适用：没有公开", `{"disclosed":false}`),
		pass("不适用：没有公开记录", `{}`),
	}},
	{Rule: "XZQZ-41", Article: "行政强制法第41条", Decided: true, Cases: cases{
		note("适用：罚款已收缴", `{"fine_collected":true}`, "退库"),
		pass("不适用：没有收缴", `{"fine_collected":false}`),
	}},
}

var endingTables = []lawtest.Table{
	simple("XZCF-52-3", "行政处罚法第52条第3款", "delivered", "交付"),
	{Rule: "MOHURD55-14-2", Article: "住建部令第55号第14条第2款、第45条", Cases: cases{
		pass("通过：第三个工作日备案", `{"record_due":"2026-03-05","recorded_on":"2026-03-05"}`),
		pass("通过：今天备案", `{"record_due":"2026-03-05","recorded_on":null}`),
		warn("提醒：逾期备案，不挡", `{"record_due":"2026-03-05","recorded_on":"2026-03-06"}`, "逾期原因"),
		open("未载明", `{"recorded_on":"2026-03-06"}`),
	}},
	{Rule: "MOHURD55-31-done", Article: "住建部令第55号第31条", Cases: cases{
		pass("通过：已缴清", `{"performed":true}`),
		pass("通过：其他法定情形", `{"performed":false,"ended_otherwise":true}`),
		refuse("不通过：没有缴清", `{"performed":false}`, "缴款"),
		open("未载明", `{}`),
	}},
	simple("XZCF-52-3-closing", "行政处罚法第52条第3款；住建部令第55号第14条第2款", "onspot_recorded", "备案"),
	{Rule: "XZCF-71-closing", Article: "行政处罚法第71条", Cases: cases{
		pass("不适用：没有收现金", `{"cash_collected":false}`),
		pass("通过：已上交", `{"cash_collected":true,"cash_handed_in":true}`),
		refuse("不通过：没有上交", `{"cash_collected":true,"cash_handed_in":false}`, "上交"),
		open("未载明", `{"cash_collected":true}`),
	}},
}

var declineTables = []lawtest.Table{
	simpleNot("XZCF-57-1-declined", "行政处罚法第57条第1款第2项", "filed", "不予行政处罚决定"),
	{Rule: "XZCF-33-1-declined", Article: "行政处罚法第33条第1款", Cases: cases{
		pass("通过：轻微、改正、无后果", `{"minor":true,"corrected_in_time":true,"harm":"无","first_violation":false}`),
		pass("通过：首违、改正、后果轻微", `{"minor":false,"corrected_in_time":true,"harm":"轻微","first_violation":true}`),
		pass("通过：不满十四周岁", `{"age":13,"minor":false,"first_violation":false}`),
		pass("通过：证明没有过错", `{"no_subjective_fault_proved":true,"minor":false,"first_violation":false}`),
		refuse("不通过：没有改正", `{"corrected_in_time":false}`, "依法处罚"),
		refuse("不通过：再犯且有后果", `{"first_violation":false,"harm":"轻微","corrected_in_time":true}`, ""),
		open("未载明：以前有没有违法", `{"corrected_in_time":true,"harm":"轻微"}`),
	}},
	simple("XZCF-33-1-looked-up", "行政处罚法第33条第1款", "exemption_checked", "全市"),
	simple("XZCF-28-1-declined", "行政处罚法第28条第1款", "correction_ordered", "责令改正"),
	simple("XZCF-33-3", "行政处罚法第33条第3款", "education_recorded", "教育"),
	simple("XZCF-33-3-pledge", "行政处罚法第33条第3款", "pledge_signed", "承诺书"),
}
