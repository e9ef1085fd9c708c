package casework

import "fadu/internal/law/lawtest"

var discretionTables = []lawtest.Table{
	{Rule: "XZCF-30", Article: "行政处罚法第30条", Cases: cases{
		refuse("不通过：十三周岁", `{"age":13}`, "监护人"),
		note("通过：十四周岁从轻", `{"age":14}`, "从轻"),
		note("通过：十七周岁从轻", `{"age":17}`, "减轻"),
		pass("通过：十八周岁", `{"age":18}`),
		pass("不适用：当事人是单位", `{"party":"法人"}`),
		refuse("不通过：写了年龄就看年龄", `{"party":"法人","age":13}`, ""),
		open("未载明", `{"party":"公民"}`),
	}},
	{Rule: "XZCF-33-1", Article: "行政处罚法第33条第1款", Cases: cases{
		refuse("不通过：轻微、及时改正、无后果", `{"minor":true,"corrected_in_time":true,"harm":"无"}`, "不予处罚"),
		refuse("不通过：没有造成危害后果", `{"minor":true,"corrected_in_time":true,"harm":"没有造成危害后果"}`, ""),
		pass("不适用：后果轻微", `{"minor":true,"corrected_in_time":true,"harm":"轻微"}`),
		pass("不适用：有危害后果", `{"minor":true,"corrected_in_time":true,"harm":"有危害后果"}`),
		pass("不适用：没有及时改正，后果没有说", `{"minor":true,"corrected_in_time":false}`),
		pass("不适用：不轻微", `{"minor":false}`),
		open("没有回答：是不是轻微", `{"corrected_in_time":true,"harm":"无"}`),
		pass("没有回答是不是轻微，但有危害后果", `{"corrected_in_time":true,"harm":"有危害后果"}`),
		pass("没有回答是不是轻微，但没有及时改正", `{"corrected_in_time":false,"harm":"无"}`),
		open("未载明：后果", `{"minor":true,"corrected_in_time":true}`),
	}},
	simpleNot("XZCF-33-2", "行政处罚法第33条第2款", "no_subjective_fault_proved", "主观过错"),
	{Rule: "XZCF-33-1-first", Article: "行政处罚法第33条第1款", Cases: cases{
		may("适用：三项齐备", `{"first_violation":true,"harm":"轻微","corrected_in_time":true}`, "可以不予处罚"),
		may("适用：连后果也没有", `{"first_violation":true,"harm":"无","corrected_in_time":true}`, ""),
		notRequired("不适用：再次违法", `{"first_violation":false,"harm":"轻微","corrected_in_time":true}`),
		notRequired("不适用：后果严重", `{"first_violation":true,"harm":"严重","corrected_in_time":true}`),
		notRequired("不适用：没有改正，后果没有说", `{"first_violation":true,"corrected_in_time":false}`),
		open("未载明：后果", `{"first_violation":true,"corrected_in_time":true}`),
	}},
	{Rule: "XZCF-30-lighter", Article: "行政处罚法第30条", Cases: cases{
		must("适用：十四周岁", `{"age":14}`, "从轻或者减轻"),
		must("适用：十七周岁", `{"age":17}`, ""),
		notRequired("不适用：十八周岁", `{"age":18}`),
		notRequired("不适用：十三周岁不处罚", `{"age":13}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-32-1", Article: "行政处罚法第32条第1项", Cases: cases{
		must("适用：主动消除后果", `{"actively_eliminated_harm":true}`, ""),
		notRequired("不适用", `{"actively_eliminated_harm":false}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-32-2", Article: "行政处罚法第32条第2项", Cases: cases{
		must("适用：受胁迫", `{"coerced":true}`, ""),
		notRequired("不适用", `{"coerced":false}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-37", Article: "行政处罚法第37条", Cases: cases{
		must("适用：新规定较轻，决定在后", `{"new_rule_lighter":true,"decision_after_amendment":true}`, "新规定"),
		notRequired("不适用：新规定较重", `{"new_rule_lighter":false,"decision_after_amendment":true}`),
		notRequired("不适用：决定在修改之前", `{"decision_after_amendment":false}`),
		open("未载明", `{"new_rule_lighter":true}`),
	}},
	simpleNot("YSGD-11-1", "行政处罚法第8条第2款、第27条第1款；移送规定第11条第1款", "suspected_crime", "移送"),
}

var limitationTables = []lawtest.Table{
	{Rule: "XZCF-36", Article: "行政处罚法第36条第1款、第36条第2款", Cases: cases{
		pass("通过：两年的最后一日发现", `{"violation_end":"2023-01-10","discovered":"2025-01-10"}`),
		refuse("不通过：两年后一日发现", `{"violation_end":"2023-01-10","discovered":"2025-01-11"}`, "2025年1月10日"),
		pass("通过：涉及生命健康且有后果，五年", `{"violation_end":"2021-01-10","discovered":"2026-01-10","life_health_finance_with_harm":true}`),
		refuse("不通过：超过五年", `{"violation_end":"2021-01-10","discovered":"2026-01-11","life_health_finance_with_harm":true}`, "5 年"),
		refuse("不通过：不涉及生命健康", `{"violation_end":"2021-01-10","discovered":"2026-01-10","life_health_finance_with_harm":false}`, "2 年"),
		pass("通过：继续状态自终了起算", `{"violation_start":"2018-01-01","violation_end":"2025-06-01","continuing":true,"discovered":"2026-01-01"}`),
		refuse("不通过：没有继续状态自发生起算", `{"violation_start":"2018-01-01","violation_end":"2025-06-01","continuing":false,"discovered":"2026-01-01"}`, "2018年1月1日"),
		pass("通过：还在继续", `{"violation_start":"2018-01-01","violation_end":null,"continuing":true,"discovered":"2026-01-01"}`),
		pass("通过：还没有终了", `{"violation_start":"2018-01-01","violation_end":null,"discovered":"2026-01-01"}`),
		refuse("不通过：只知道发生日，没有主张继续", `{"violation_start":"2018-01-01","discovered":"2026-01-01"}`, ""),
		refuse("不通过：终了日为空而不继续，按发生日", `{"violation_start":"2018-01-01","violation_end":null,"continuing":false,"discovered":"2026-01-01"}`, ""),
		pass("通过：继续状态，终了未载明，但发现很快", `{"violation_start":"2025-12-01","continuing":true,"discovered":"2026-01-01"}`),
		pass("通过：闰日起算", `{"violation_end":"2024-02-29","discovered":"2026-02-28"}`),
		refuse("不通过：闰日起算过了月末", `{"violation_end":"2024-02-29","discovered":"2026-03-01"}`, "2026年2月28日"),
		refuse("不通过：至今没有发现", `{"violation_end":"2023-01-10","discovered":null}`, ""),
		pass("通过：没有说哪天发现，但今天还在两年内", `{"violation_end":"2025-01-10"}`),
		open("未载明：发现日", `{"violation_end":"2023-01-10"}`),
		open("未载明：继续到哪天", `{"violation_start":"2018-01-01","continuing":true,"discovered":"2026-01-01"}`),
		open("未载明：行为日", `{"discovered":"2026-01-01"}`),
	}},
}
