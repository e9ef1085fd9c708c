package casework

import "fadu/internal/law/lawtest"

// reviewFirstTable is the table of one ground on which reconsideration comes first.
func reviewFirstTable(rule, article, act string) lawtest.Table {
	return lawtest.Table{Rule: rule, Article: article, Cases: cases{
		refuse("不通过：没有经过复议", `{"act":"`+act+`","review_done":false}`, "先申请行政复议"),
		refuse("不通过：没有说经过复议", `{"act":"`+act+`"}`, ""),
		pass("通过：已经复议", `{"act":"`+act+`","review_done":true}`),
		pass("不适用：普通程序作出的罚款", `{"act":"普通程序作出的罚款决定","review_done":false}`),
		pass("不适用：非当场作出的处罚", `{"act":"非当场作出的行政处罚决定","review_done":false}`),
		pass("不适用：当场查封", `{"act":"当场实施的查封","review_done":false}`),
		open("未载明", `{"review_done":false}`),
	}}
}

var remedyTables = []lawtest.Table{
	reviewFirstTable("XZFY-23-1-1", "行政复议法第23条第1款第1项", "当场作出的行政处罚决定"),
	reviewFirstTable("XZFY-23-1-2", "行政复议法第23条第1款第2项", "侵犯土地使用权的决定"),
	reviewFirstTable("XZFY-23-1-3", "行政复议法第23条第1款第3项", "未履行法定职责"),
	reviewFirstTable("XZFY-23-1-4", "行政复议法第23条第1款第4项", "政府信息不予公开决定"),
	{Rule: "XZFY-24-1", Article: "行政复议法第24条第1款", Cases: cases{
		refuse("不通过：区政府工作部门", `{"agency":"区人民政府工作部门(非垂直管理)"}`, "本级人民政府"),
		refuse("不通过：城市管理局", `{"agency":"区城市管理局"}`, ""),
		pass("不适用：税务局", `{"agency":"区税务局"}`),
		pass("不适用：海关", `{"agency":"海关"}`),
		pass("不适用：垂直领导的机关", `{"agency":"实行垂直领导的行政机关"}`),
		pass("不适用：司法局可以选择", `{"agency":"区司法局"}`),
		open("未载明", `{}`),
	}},
}

var reviewTables = []lawtest.Table{
	{Rule: "XZFY-53", Article: "行政复议法第53条第1款、第53条第2款", Cases: cases{
		pass("通过：三千元", `{"amount":3000,"clear":true}`),
		refuse("不通过：三千零一元", `{"amount":3001,"clear":true}`, "普通程序"),
		pass("通过：当场作出", `{"onspot":true,"clear":true}`),
		pass("通过：警告", `{"warning":true,"clear":true,"amount":5000}`),
		refuse("不通过：不清楚", `{"onspot":true,"clear":false}`, ""),
		pass("通过：各方同意", `{"both_agree":true,"clear":false}`),
		open("未载明：是否清楚", `{"amount":3000}`),
		open("未载明：什么案件", `{"clear":true}`),
	}},
	{Rule: "XZFY-70", Article: "行政复议法第70条", Cases: cases{
		must("适用：没有第三人证据", `{"third_party_evidence":false}`, "没有证据"),
		notRequired("不适用：第三人提供了证据", `{"third_party_evidence":true}`),
		open("未载明", `{}`),
	}},
	{Rule: "XZSS-82", Article: "行政诉讼法第82条第1款、第82条第2款", Cases: cases{
		pass("通过：二千元", `{"amount":2000,"clear":true}`),
		refuse("不通过：二千零一元", `{"amount":2001,"clear":true}`, ""),
		refuse("不通过：不清楚", `{"amount":2000,"clear":false}`, ""),
		open("未载明：是否清楚", `{"amount":1000}`),
	}},
	{Rule: "SSJS-128-2", Article: "行政诉讼法第3条第3款；行诉解释第128条第2款", Decided: true, Cases: cases{
		pass("通过：负责人出庭", `{"leader_present":true,"staff_present":false,"lawyers":1}`),
		pass("通过：工作人员出庭", `{"leader_present":false,"staff_present":true,"lawyers":1}`),
		refuse("不通过：只有律师", `{"leader_present":false,"staff_present":false,"lawyers":2}`, "不得仅委托律师"),
		refuse("不通过：没有说别人出庭", `{"lawyers":1}`, ""),
	}},
	{Rule: "XZSS-31-1", Article: "行政诉讼法第31条第1款", Cases: cases{
		pass("通过：两名律师", `{"lawyers":2}`),
		refuse("不通过：三名律师", `{"lawyers":3}`, "最多 2 名"),
		open("未载明", `{}`),
	}},
	{Rule: "FZRCT-2", Article: "行诉解释第128条第1款；负责人出庭规定第2条", Cases: cases{
		pass("通过：参与分管的负责人", `{"role":"参与分管的负责人"}`),
		pass("通过：副局长", `{"role":"分管法制科的副局长"}`),
		pass("通过：正职", `{"role":"正职"}`),
		refuse("不通过：法制科长", `{"role":"法制科科长"}`, "不计为负责人"),
		refuse("不通过：律师", `{"role":"律师"}`, ""),
		refuse("不通过：受委托组织的负责人", `{"role":"受委托组织的负责人"}`, ""),
		refuse("不通过：下级机关负责人", `{"role":"下级行政机关负责人"}`, ""),
		open("未载明", `{}`),
	}},
}
