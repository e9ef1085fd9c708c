package casework

import "fadu/internal/law/lawtest"

var hearingHeldTables = []lawtest.Table{
	{Rule: "MOHURD55-34-steps", Article: "住建部令第55号第34条", Cases: cases{
		pass("通过：齐全", `{"missing_hearing_steps":[]}`),
		refuse("不通过：缺一项", `{"missing_hearing_steps":["日期"]}`, "补足"),
		open("未载明", `{}`),
	}},
	simple("XZCF-64-8", "行政处罚法第64条第8项", "each_page_signed", "核对"),
	simple("XZCF-65", "行政处罚法第65条", "hearing_record_attached", "附上"),
}
