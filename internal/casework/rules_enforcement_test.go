package casework

import "fadu/internal/law/lawtest"

var enforcementTables = []lawtest.Table{
	{Rule: "XZQZ-35", Article: "行政强制法第35条", Cases: cases{
		pass("通过：齐全", `{"missing_demand_parts":[]}`),
		refuse("不通过：缺一项", `{"missing_demand_parts":["日期"]}`, "补齐"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-56-2-term", "行政强制法第56条第2款、第58条第3款", "before_expiry", "不再复议"),
	simpleNot("XZQZ-34-performed", "行政强制法第34条、第54条", "performed", "结案"),
	simple("XZQZ-34-term", "行政强制法第34条、第54条", "performance_overdue", "届满"),
	simple("XZQZ-13", "行政强制法第13条、第34条", "execution_granted_by_statute", "人民法院"),
	{Rule: "XZQZ-36-silent", Article: "行政强制法第36条、第35条第4项", Cases: cases{
		pass("通过：提出了意见", `{"demand_silent":false}`),
		pass("通过：期满没有提出", `{"demand_silent":true,"demand_term_expired":true}`),
		refuse("不通过：送达当天就记没有意见", `{"demand_silent":true,"demand_term_expired":false}`, "还没有届满"),
		open("未载明", `{"demand_silent":true}`),
	}},
	{Rule: "XZQZ-36", Article: "行政强制法第36条、第37条第3款", Cases: cases{
		pass("通过：听取过", `{"demand_defence_heard":true}`),
		pass("通过：催告期间没有说话，有转移财物的证据，立即执行", `{"demand_defence_heard":false,"assets_hidden":true}`),
		refuse("不通过：没有听取", `{"demand_defence_heard":false}`, "听取"),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-37-term", Article: "行政强制法第37条第1款、第37条第3款", Cases: cases{
		pass("通过：期满", `{"demand_term_expired":true}`),
		pass("通过：没有期满，有转移财物的证据", `{"demand_term_expired":false,"assets_hidden":true}`),
		refuse("不通过：没有期满", `{"demand_term_expired":false}`, "等期满"),
		open("未载明", `{}`),
	}},
	simpleNot("XZQZ-37-performed", "行政强制法第37条第1款", "performed", "结案"),
	simple("XZQZ-38-served", "行政强制法第37条第1款、第38条", "execution_decision_served", "送达"),
	simpleNot("XZQZ-40-set-aside", "行政强制法第40条第4项", "decision_set_aside", "撤销"),
	simpleNot("XZQZ-53-open", "行政强制法第53条", "court_application_open", "撤回"),
	simpleNot("XZSS-95", "行政诉讼法第95条；行政强制法第53条", "adjudged", "生效裁判"),
	simple("XZQZ-51-1-served", "行政强制法第51条第1款第1项", "substitute_decision_served", "送达"),
	{Rule: "XZQZ-50-demanded", Article: "行政强制法第50条", Cases: cases{
		pass("通过：逾期，催告期满", `{"performance_overdue":true,"demand_served":true,"demand_term_expired":true}`),
		refuse("不通过：没有逾期", `{"performance_overdue":false,"demand_served":true,"demand_term_expired":true}`, "催告"),
		refuse("不通过：没有催告", `{"performance_overdue":true,"demand_served":false}`, "催告"),
		refuse("不通过：催告期没有届满", `{"performance_overdue":true,"demand_served":true,"demand_term_expired":false}`, "等期满"),
		open("未载明", `{"performance_overdue":true}`),
	}},
	{Rule: "XZQZ-51-1-performed", Article: "行政强制法第50条、第51条第1款第2项", Cases: cases{
		pass("通过：都没有履行", `{"performed":false,"duty_performed":false}`),
		refuse("不通过：已经清理，罚款没有缴", `{"performed":false,"duty_performed":true}`, "停止"),
		refuse("不通过：全部履行", `{"performed":true,"duty_performed":true}`, "停止"),
		open("未载明", `{"performed":false}`),
	}},
	simpleNot("XZQZ-44-running", "行政强制法第44条", "demolition_announcement_running", "等期满"),
	simple("XZQZ-50-kind", "行政强制法第50条", "clearing_duty", "人民法院"),
	{Rule: "XZQZ-51-1-demand", Article: "行政强制法第51条第1款、第69条", Cases: cases{
		pass("通过：3", `{"workdays_since_substitute_demand":3}`),
		refuse("不通过：2", `{"workdays_since_substitute_demand":2}`, "期满"),
		open("未载明", `{}`),
	}},
	{Rule: "XZQZ-51-1-term", Article: "行政强制法第51条第1款第2项、第69条", Cases: cases{
		pass("通过：催告留三个工作日", `{"substitute_demand_term":3}`),
		refuse("催告只留两个工作日", `{"substitute_demand_term":2}`, "推迟期限"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-51-1-after", "行政强制法第51条第1款第2项", "substitute_after_demand", "推迟代履行"),
	simple("XZQZ-51-1-day", "行政强制法第50条、第51条第1款第1项、第51条第1款第2项", "substitute_day_come", "等到那一天"),
	simple("XZQZ-51-1-witness", "行政强制法第51条第1款", "supervised_on_site", "签名"),
	simpleNot("XZQZ-42-2", "行政强制法第42条第1款", "principal_reduced", "修改"),
	simple("XZQZ-39-ground", "行政强制法第39条第1款、第40条", "reason_recorded", "附材料"),
	{Rule: "XZQZ-54-given", Article: "行政强制法第54条、第69条", Cases: cases{
		pass("通过：申请法院强制执行，十个工作日", `{"demand_for_court":true,"demand_term_workdays":10}`),
		pass("不适用：本机关自己强制执行，五个工作日", `{"demand_for_court":false,"demand_term_workdays":5}`),
		refuse("不通过：申请法院强制执行，九个工作日", `{"demand_for_court":true,"demand_term_workdays":9}`, "不少于 10 个"),
		open("未载明", `{"demand_for_court":true}`),
	}},
	{Rule: "XZCF-75-2-refund", Article: "行政处罚法第75条第2款", Cases: cases{
		pass("通过：已经退还", `{"fine_unreturned":0}`),
		refuse("不通过：还有五百元没有退", `{"fine_unreturned":500}`, "退库"),
		open("未载明", `{}`),
	}},
	simpleNot("XZSS-71", "行政诉讼法第71条", "same_act_again", "重新调查"),
}
