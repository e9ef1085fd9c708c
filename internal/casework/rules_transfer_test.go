package casework

import "fadu/internal/law/lawtest"

var transferTables = []lawtest.Table{
	simple("XZCF-22-approved", "行政处罚法第22条；住建部令第55号第6条", "approved_by_head", "报批"),
	simple("XZCF-22-reason", "行政处罚法第22条；住建部令第55号第6条", "reason_recorded", "写明"),
	simpleNot("XZQZ-21-things", "行政强制法第21条；行政处罚法第56条", "things_unaccounted", "随案移送"),
	simpleNot("XZCF-56-leaving", "行政处罚法第56条", "preservation_open", "处理决定"),
	simpleNot("XZQZ-28-leaving", "行政强制法第25条、第28条", "seizure_open", "并入本案"),
	simple("MOHURD55-15-merge-state", "住建部令第55号第15条", "merge_target_investigated", "正在调查取证"),
	simple("XZCF-60-merge", "行政处罚法第60条；住建部令第55号第29条", "merge_target_filed_first", "并入本案"),
	simple("MOHURD55-15-merge-party", "住建部令第55号第15条", "merge_same_party_or_joint", "一并处理"),
	simple("YSGD-5-reported", "移送规定第5条", "crime_report_waiting", "书面报告"),
	simple("YSGD-5-chief", "移送规定第5条", "chief_or_acting_head", "代签授权"),
	simple("YSGD-5-late", "移送规定第5条", "transfer_lateness_explained", "写明原因"),
	simple("YSGD-5-approved", "移送规定第5条", "approved_by_head", "报批"),
	{Rule: "YSGD-5-checkers", Article: "移送规定第5条", Cases: cases{
		pass("通过：2", `{"verifiers":2}`),
		refuse("不通过：1", `{"verifiers":1}`, "增派"),
		open("未载明", `{}`),
	}},
	simple("YSGD-8-asked", "移送规定第8条", "police_asked", "先移送"),
	simpleNot("YSGD-3-open", "移送规定第3条、第5条", "crime_report_open", "先办完"),
	{Rule: "YSGD-6", Article: "移送规定第6条", Cases: cases{
		pass("通过：齐全", `{"missing_materials":[]}`),
		refuse("不通过：缺一项", `{"missing_materials":["日期"]}`, "补齐"),
		open("未载明", `{}`),
	}},
}
