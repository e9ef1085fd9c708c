package casework

import "fadu/internal/law/lawtest"

var filingTables = []lawtest.Table{
	simple("MOHURD55-15-evidence", "住建部令第55号第15条；行政处罚法第54条第1款", "prima_facie", "核查"),
	simple("XZCF-22", "行政处罚法第22条；住建部令第55号第15条", "in_jurisdiction", "移送"),
	simpleNot("XZCF-25-1", "行政处罚法第25条第1款", "filed_by_other_agency", "移送"),
	simple("MOHURD55-15-approved", "住建部令第55号第15条", "approved_by_head", "报批"),
	simple("MOHURD55-15-reason", "住建部令第55号第15条", "reason_recorded", "写明"),
	simple("MOHURD55-15-complex", "住建部令第55号第15条", "complex", "期限内"),
	{Rule: "MOHURD55-15-extension", Article: "住建部令第55号第15条", Cases: cases{
		pass("通过：10", `{"extension_days":10}`),
		refuse("不通过：11", `{"extension_days":11}`, "缩短"),
		open("未载明", `{}`),
	}},
}
