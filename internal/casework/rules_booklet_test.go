package casework

import "fadu/internal/law/lawtest"

var bookletTables = []lawtest.Table{
	{Rule: "XZCF-42-1-entered", Article: "行政处罚法第42条第1款、第52条第2款", Decided: true, Cases: cases{
		pass("通过：另一名执法人员已确认", `{"entry_confirmed":true}`),
		refuse("不通过：还没有确认", `{"entry_confirmed":false}`, "本人账号确认"),
		pass("不适用：机打的决定书", `{}`),
	}},
	{Rule: "XZCF-75-2-handwritten", Article: "行政处罚法第75条第2款", Decided: true, Cases: cases{
		pass("通过：没有问题，或者已经处理", `{"handwritten_pending":false}`),
		refuse("不通过：等负责人处理", `{"handwritten_pending":true}`, "负责人"),
		pass("不适用：机打的决定书", `{}`),
	}},
	simple("XZCF-75-2-keep-head", "行政处罚法第75条第2款", "approved_by_head", "负责人"),
	simple("XZCF-75-2-keep-reason", "行政处罚法第75条第2款、第47条", "reason_recorded", "为什么"),
	{Rule: "XZCF-38-2-keep", Article: "行政处罚法第38条第2款、第75条第2款", Cases: cases{
		pass("通过：只缺音像", `{"handwritten_faults":["XZCF-47-footage"]}`),
		pass("通过：现金没有用名下的票据", `{"handwritten_faults":["XZCF-70-register","XZCF-47-photo"]}`),
		refuse("不通过：罚款超过当场限额", `{"handwritten_faults":["XZCF-51-1"]}`, "撤销"),
		refuse("不通过：没有听取陈述申辩，又没有音像", `{"handwritten_faults":["XZCF-47-footage","XZCF-62-onspot-heard"]}`, "XZCF-62-onspot-heard"),
		refuse("不通过：另一名执法人员有异议", `{"handwritten_faults":["entry-disputed"]}`, "撤销"),
		open("未载明", `{}`),
	}},
}
