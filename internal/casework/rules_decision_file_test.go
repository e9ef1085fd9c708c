package casework

import "fadu/internal/law/lawtest"

var decisionFileTables = []lawtest.Table{
	simple("XZCF-57-1-approved", "行政处罚法第57条第1款", "approved_by_head", "报批"),
	simpleNot("XZCF-58-1-lapsed", "行政处罚法第58条第1款", "review_lapsed", "再次送审"),
	simpleNot("XZCF-44-worse", "行政处罚法第44条、第62条", "worse_than_notice", "重新告知"),
	simple("XZCF-59-1-evidence", "行政处罚法第59条第1款第2项", "evidence_numbered", "证据清单"),
	simpleNot("XZCF-41-record", "行政处罚法第41条第1款", "device_record_missing", "其他证据"),
	simple("MOHURD55-22-answered", "住建部令第55号第22条", "defence_review_written", "复核"),
	{Rule: "XZCF-33-3-decision", Article: "行政处罚法第33条第3款", Cases: cases{
		pass("通过：已教育并记录", `{"no_penalty_ground":"违法行为轻微","education_recorded":true}`),
		pass("通过：违法事实不成立，没有可教育的", `{"no_penalty_ground":"违法事实不成立"}`),
		refuse("不通过：没有教育记录", `{"no_penalty_ground":"首违","education_recorded":false}`, "记录"),
		open("未载明", `{"no_penalty_ground":"首违"}`),
	}},
	{Rule: "XZCF-33-fits", Article: "行政处罚法第30条、第33条第1款、第33条第2款", Cases: cases{
		pass("通过：轻微并及时改正，没有危害后果", `{"no_penalty_ground":"违法行为轻微","corrected_in_time":true,"harm":"没有危害后果"}`),
		refuse("不通过：轻微但没有改正", `{"no_penalty_ground":"违法行为轻微","corrected_in_time":false,"harm":"没有危害后果"}`, "及时改正"),
		pass("通过：首违，轻微，已改正", `{"no_penalty_ground":"首违","first_violation":true,"corrected_in_time":true,"harm":"危害后果轻微"}`),
		refuse("不通过：首违不罚但不是初次", `{"no_penalty_ground":"首违","first_violation":false,"corrected_in_time":true,"harm":"危害后果轻微"}`, "三项"),
		pass("通过：证明没有主观过错", `{"no_penalty_ground":"没有主观过错","no_subjective_fault_proved":true}`),
		refuse("不通过：没有证明无过错", `{"no_penalty_ground":"没有主观过错","no_subjective_fault_proved":false}`, "证据"),
		refuse("不通过：已满十四周岁", `{"no_penalty_ground":"不满十四周岁","age":14}`, "已满 14"),
		pass("通过：十三周岁", `{"no_penalty_ground":"不满十四周岁","age":13}`),
		pass("通过：违法事实不成立", `{"no_penalty_ground":"违法事实不成立"}`),
		open("未载明", `{}`),
	}},
	{Rule: "GBF27-12", Article: "行政处罚法第34条；国办发〔2022〕27号(十二)", Cases: cases{
		pass("通过：没有偏离基准", `{"benchmark_departure":false}`),
		pass("通过：偏离本局基准，主要负责人批准或者集体讨论", `{"benchmark_departure":true,"benchmark_by_superior":false,"departure_approved":true}`),
		refuse("不通过：偏离本局基准，没有批准", `{"benchmark_departure":true,"benchmark_by_superior":false,"departure_approved":false}`, "集体讨论"),
		pass("通过：偏离上级基准，制定机关批准", `{"benchmark_departure":true,"benchmark_by_superior":true,"benchmark_maker_approved":true}`),
		refuse("不通过：偏离上级基准，只有本局集体讨论", `{"benchmark_departure":true,"benchmark_by_superior":true,"benchmark_maker_approved":false,"departure_approved":true}`, "制定机关"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-5-2-tier-ordinary", Article: "行政处罚法第5条第2款、第34条", Cases: cases{
		pass("通过：在阶次内", `{"benchmark_exists":true,"penalty":"罚款","amount":3000,"tier_min":2000,"tier_max":5000}`),
		pass("通过：写明偏离，由另一条判断谁来批准", `{"benchmark_exists":true,"penalty":"罚款","amount":6000,"tier_min":2000,"tier_max":5000,"benchmark_departure":true}`),
		refuse("不通过：超出阶次没有写明", `{"benchmark_exists":true,"penalty":"罚款","amount":6000,"tier_min":2000,"tier_max":5000,"benchmark_departure":false}`, "裁量阶次"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-4-range-ordinary", Article: "行政处罚法第4条、第5条第2款、第32条", Cases: cases{
		pass("通过：在法定幅度内", `{"penalty":"罚款","amount":3000,"statute_min":1000,"statute_max":5000}`),
		note("通过：有法定减轻情形，低于下限", `{"penalty":"罚款","amount":800,"statute_min":1000,"statute_max":5000,"statutory_reduction":true}`, "减轻"),
		refuse("不通过：没有减轻情形，低于下限", `{"penalty":"罚款","amount":800,"statute_min":1000,"statute_max":5000,"statutory_reduction":false}`, "下限"),
		refuse("不通过：高于上限，减轻情形也不行", `{"penalty":"罚款","amount":8000,"statute_min":1000,"statute_max":5000,"statutory_reduction":true}`, "上限"),
		open("未载明", `{}`),
	}},
}
