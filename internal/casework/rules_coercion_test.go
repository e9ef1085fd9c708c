package casework

import "fadu/internal/law/lawtest"

var seizureTables = []lawtest.Table{
	{Rule: "XZQZ-18-2", Article: "行政强制法第18条第2项", Cases: cases{
		pass("通过：两人", `{"officers":2}`),
		refuse("不通过：一人", `{"officers":1}`, "增派"),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-18-1", Article: "行政强制法第18条第1项、第19条", Cases: cases{
		pass("通过：已批准", `{"approved":true}`),
		refuse("不通过：没有批准", `{"approved":false}`, "报批"),
		warn("提醒：情况紧急，事后补办", `{"approved":false,"urgent":true}`, "二十四小时"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-23-1-related", "行政强制法第23条第1款", "related_to_case", "涉案"),
	{Rule: "XZQZ-23-1-necessities", Article: "行政强制法第23条第1款", Cases: cases{
		refuse("不通过：生活必需品", `{"target":"公民个人及其所扶养家属的生活必需品"}`, "退还"),
		pass("通过：经营工具", `{"target":"占道经营的推车"}`),
		pass("通过：非生活必需品", `{"target":"非生活必需品"}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-17-1", Article: "行政强制法第17条第1款", Cases: cases{
		refuse("不通过：受委托组织", `{"delegated_to":"受委托组织"}`, "不得委托"),
		pass("通过：没有委托", `{"delegated_to":"无"}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-25-1-initial", Article: "行政强制法第25条第1款", Cases: cases{
		pass("通过：三十日", `{"initial_days":30}`),
		refuse("不通过：三十一日", `{"initial_days":31}`, "31 日"),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-25-1-extension", Article: "行政强制法第25条第1款", Cases: cases{
		pass("通过：三十日", `{"extension_days":30}`),
		refuse("不通过：三十一日", `{"extension_days":31}`, "缩短"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-25-1-complex", "行政强制法第25条第1款", "complex", "不能延长"),
	simple("XZQZ-25-1-approved", "行政强制法第25条第1款", "approved", "报批"),
	simpleNot("XZQZ-23-2", "行政强制法第23条第2款", "already_sealed_by_other_agency", "重复"),
	{Rule: "XZQZ-26-3", Article: "行政强制法第26条第3款", Decided: true, Cases: cases{
		pass("通过：没有收", `{"amount":0}`),
		refuse("不通过：收五十元", `{"amount":50}`, "退还"),
		refuse("不通过：没有说多少", `{}`, ""),
	}},
}

var executionTables = []lawtest.Table{
	{Rule: "XZQZ-43-1", Article: "行政强制法第43条第1款", Cases: cases{
		refuse("不通过：夜间", `{"time":"夜间"}`, "其他时间"),
		refuse("不通过：法定节假日", `{"time":"法定节假日","urgent":false}`, ""),
		refuse("不通过：国庆期间上午", `{"time":"国庆期间上午"}`, ""),
		refuse("不通过：工作日晚上", `{"time":"工作日晚上"}`, ""),
		refuse("不通过：晚上十点半", `{"time":"22:30"}`, ""),
		pass("通过：夜间但情况紧急", `{"time":"夜间","urgent":true}`),
		pass("通过：工作日白天", `{"time":"工作日白天"}`),
		pass("通过：上午九点", `{"time":"9:00"}`),
		pass("通过：非节假日", `{"time":"非节假日"}`),
		refuse("不通过：看不懂", `{"time":"某个时候"}`, "写明"),
		open("未载明", `{"urgent":false}`),
	}},
	{Rule: "XZQZ-43-2", Article: "行政强制法第43条第2款", Decided: true, Cases: cases{
		refuse("不通过：居民生活", `{"target":"居民生活"}`, "催告"),
		refuse("不通过：没有说对象", `{}`, ""),
		pass("不适用：企业生产", `{"target":"企业生产用电"}`),
	}},
	simple("XZQZ-44-announced", "行政强制法第44条", "announced", "公告"),
	simple("XZQZ-44-expired", "行政强制法第44条", "review_or_suit_period_expired", "期限"),
	simpleNot("XZQZ-44-sued", "行政强制法第44条", "party_sued", "裁判"),
	simpleNot("XZQZ-44-review", "行政强制法第44条", "party_applied_review", "复议"),
	simpleNot("XZQZ-44-demolished", "行政强制法第44条", "party_demolished", "自行拆除"),
	simple("CXGH-68", "城乡规划法第68条", "county_gov_ordered", "责成"),
	{Rule: "XZQZ-52-object", Article: "行政强制法第52条", Cases: cases{
		pass("通过：道路遗洒物", `{"object":"道路遗洒物"}`),
		pass("通过：河道垃圾", `{"object":"河道内的垃圾"}`),
		refuse("不通过：违法建筑", `{"object":"违法建筑"}`, "催告"),
		open("未载明", `{}`),
	}},
	simpleNot("XZQZ-52-party", "行政强制法第52条", "party_can_clear", "责令"),
	{Rule: "XZQZ-51-2", Article: "行政强制法第51条第2款", Always: true, Cases: cases{
		must("适用：当事人承担", `{}`, "由当事人承担"),
	}},
}

var courtTables = []lawtest.Table{
	simple("XZQZ-53-expired", "行政强制法第53条", "suit_period_expired", "届满"),
	simpleNot("XZQZ-53-sued", "行政强制法第53条", "party_sued", "裁判"),
	simpleNot("XZQZ-53-review", "行政强制法第53条", "party_applied_review", "复议"),
	simpleNot("XZQZ-53-performed", "行政强制法第53条", "performed", "结案"),
	simple("XZQZ-54-served", "行政强制法第54条", "demand_served", "催告书"),
	{Rule: "XZQZ-54-days", Article: "行政强制法第54条、第69条", Cases: cases{
		pass("通过：满十个工作日", `{"workdays_since_demand":10}`),
		refuse("不通过：九个工作日", `{"workdays_since_demand":9}`, "期满"),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-53-months", Article: "行政强制法第53条；行诉解释第156条", Cases: cases{
		pass("通过：三个月内", `{"within_3_months":true}`),
		pass("通过：逾期有正当理由", `{"within_3_months":false,"justified_reason":true}`),
		refuse("不通过：逾期没有理由", `{"within_3_months":false,"justified_reason":false}`, "不予受理"),
		refuse("不通过：逾期没有说理由", `{"within_3_months":false}`, ""),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-55-1", Article: "行政强制法第55条第1款", Cases: cases{
		pass("通过：齐全", `{"missing_materials":[]}`),
		refuse("不通过：缺催告情况", `{"missing_materials":["催告情况"]}`, "催告情况"),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-60-1", Article: "行政强制法第60条第1款", Always: true, Cases: cases{
		notRequired("不适用：不缴申请费", `{}`),
	}},
}
