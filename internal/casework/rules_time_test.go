package casework

import "fadu/internal/law/lawtest"

var timeTables = []lawtest.Table{
	simple("MOHURD55-29-approved", "住建部令第55号第29条、第30条、第31条", "approved_by_head", "报批"),
	{Rule: "MOHURD55-29-days", Article: "住建部令第55号第29条", Cases: cases{
		pass("通过：30", `{"extension_days":30}`),
		refuse("不通过：31", `{"extension_days":31}`, "集体讨论"),
		open("未载明", `{}`),
	}},
	{Rule: "MOHURD55-29-again-days", Article: "住建部令第55号第29条", Cases: cases{
		pass("通过：60", `{"extension_days":60}`),
		refuse("不通过：61", `{"extension_days":61}`, "缩短"),
		open("未载明", `{}`),
	}},
	simple("MOHURD55-29-collective", "住建部令第55号第29条", "collective_discussed", "集体讨论"),
	simple("MOHURD55-29-first", "住建部令第55号第29条", "extended_once", "先报"),
	simple("MOHURD55-29-running", "住建部令第55号第29条、第15条", "before_expiry", "超期"),
	simple("MOHURD55-31-reason", "住建部令第55号第31条", "reason_recorded", "情形"),
}
