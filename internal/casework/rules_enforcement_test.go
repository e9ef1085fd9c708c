package casework

import "fadu/internal/law/lawtest"

var enforcementTables = []lawtest.Table{
	{Rule: "XZQZ-35", Article: "行政强制法第35条", Cases: cases{
		pass("通过：齐全", `{"missing_demand_parts":[]}`),
		refuse("不通过：缺一项", `{"missing_demand_parts":["日期"]}`, "补齐"),
		open("未载明", `{}`),
	}},
	simpleNot("XZQZ-34-performed", "行政强制法第34条、第54条", "performed", "结案"),
	simple("XZQZ-34-term", "行政强制法第34条、第54条", "performance_overdue", "届满"),
	simple("XZQZ-13", "行政强制法第13条、第34条", "execution_granted_by_statute", "人民法院"),
	simple("XZQZ-36", "行政强制法第36条", "demand_defence_heard", "听取"),
	simple("XZQZ-50-kind", "行政强制法第50条", "clearing_duty", "人民法院"),
	{Rule: "XZQZ-51-1-demand", Article: "行政强制法第51条第1款、第69条", Cases: cases{
		pass("通过：3", `{"workdays_since_demand":3}`),
		refuse("不通过：2", `{"workdays_since_demand":2}`, "期满"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-51-1-witness", "行政强制法第51条第1款", "supervised_on_site", "签名"),
	simpleNot("XZQZ-42-2", "行政强制法第42条第1款", "principal_reduced", "修改"),
	simple("XZQZ-39-ground", "行政强制法第39条第1款、第40条", "reason_recorded", "附材料"),
	simpleNot("XZSS-71", "行政诉讼法第71条", "same_act_again", "重新调查"),
}
