package casework

import "fadu/internal/law/lawtest"

var inquiryTables = []lawtest.Table{
	{Rule: "XZCF-43-3-chief", Article: "行政处罚法第43条第1款、第43条第3款", Cases: cases{
		pass("通过：被申请回避的是执法人员，局长决定", `{"decider":"行政机关负责人","chief_concerned":false}`),
		pass("通过：被申请回避的是局长，集体讨论决定", `{"decider":"负责人集体讨论","chief_concerned":true}`),
		refuse("不通过：被申请回避的是局长，副局长一人决定", `{"decider":"行政机关负责人","chief_concerned":true}`, "集体讨论"),
		open("没有写明由谁决定", `{"chief_concerned":true}`),
	}},
	simple("XZCF-55-2-record", "行政处罚法第55条第2款", "record_made", "笔录"),
	simple("MOHURD55-17-alone", "住建部令第55号第17条", "interviewed_alone", "分别"),
	simple("MOHURD55-17-pages", "住建部令第55号第17条", "each_page_signed", "签名"),
	simple("MOHURD55-17-corrections", "住建部令第55号第17条", "corrections_initialled", "捺印"),
	simple("MOHURD55-17-copy", "住建部令第55号第17条", "copy_checked", "核对"),
	simple("MOHURD55-18-written", "住建部令第55号第18条", "commission_written", "委托书"),
	simple("MOHURD55-18-qualified", "住建部令第55号第18条", "body_qualified", "另行委托"),
	{Rule: "MOHURD55-18-told", Article: "住建部令第55号第18条", Cases: cases{
		pass("通过：告知书都已送达，或者没有检测、鉴定", `{"untold_results":[]}`),
		refuse("不通过：结果告知书还没有送达", `{"untold_results":["检测报告（1号）"]}`, "告知书"),
		open("未载明", `{}`),
	}},
	simpleNot("MOHURD55-20-out", "住建部令第55号第18条、第20条", "appraisal_pending", "撤回委托"),
	simple("MOHURD55-18-out", "住建部令第55号第18条", "appraisal_pending", "没有等待结果"),
	simple("MOHURD55-18-pending", "住建部令第55号第18条", "appraisal_pending", "先委托"),
	simple("XZCF-28-1-recheck", "行政处罚法第28条第1款", "correction_unchecked", "先责令改正"),
	{Rule: "XZCF-28-1-as-rechecked", Article: "行政处罚法第28条第1款、第40条", Cases: cases{
		pass("复查写明已改正，拟定写已改正", `{"not_as_rechecked":false}`),
		refuse("复查写明没有改正，拟定写已改正", `{"not_as_rechecked":true}`, "如实"),
		open("未载明", `{}`),
	}},
	{Rule: "MOHURD55-20", Article: "住建部令第55号第20条", Cases: cases{
		pass("通过：齐全", `{"missing_report_parts":[]}`),
		refuse("不通过：缺一项", `{"missing_report_parts":["日期"]}`, "补齐"),
		open("未载明", `{}`),
	}},
	simple("XZCF-28-1-concluded", "行政处罚法第28条第1款", "correction_ordered", "责令改正"),
}
