package casework

import "fadu/internal/law/lawtest"

var measureTables = []lawtest.Table{
	{Rule: "XZCF-56-purpose", Article: "行政处罚法第56条", Cases: cases{
		pass("通过：写明了", `{"preservation_purpose":true}`),
		warn("提示：没有写明", `{"preservation_purpose":false}`, "不是扣押"),
		open("未载明", `{}`),
	}},
	{Rule: "XZCF-56-consent", Article: "行政处罚法第56条", Cases: cases{
		pass("通过：不是车辆、摊位、易腐的", `{"target":"广告牌、喷绘布"}`),
		pass("通过：三轮车，法制机构同意了", `{"target":"电动三轮车","legal_consent":true}`),
		refuse("三轮车没有同意", `{"target":"电动三轮车","legal_consent":false}`, "法制机构同意"),
		refuse("水果没有同意", `{"target":"水果（桃）","legal_consent":false}`, "水果"),
		open("未载明是否同意", `{"target":"摊位"}`),
		open("未载明物品", `{}`),
	}},
	{Rule: "XZCF-56-clearing", Article: "行政处罚法第56条", Cases: cases{
		pass("通过：三轮车", `{"target":"电动三轮车"}`),
		warn("提示：共享单车", `{"target":"共享单车"}`, "清理移置"),
		open("未载明物品", `{}`),
	}},
	simpleNot("XZCF-56-open", "行政处罚法第56条", "evidence_closed", "不再收集证据"),
	simpleNot("XZQZ-2-open", "行政强制法第2条第2款", "evidence_closed", "不能再查封、扣押"),
	{Rule: "XZCF-57-confiscated", Article: "行政处罚法第57条第1款、第61条第1款", Cases: cases{
		pass("通过：退还", `{"confiscation":false}`),
		pass("通过：没收的决定已经送达", `{"confiscation":true,"confiscation_served":true}`),
		refuse("没有没收的决定", `{"confiscation":true,"confiscation_served":false}`, "没收非法财物的处罚决定"),
		open("没收，未载明决定", `{"confiscation":true}`),
	}},
	{Rule: "XZCF-56-turned", Article: "行政处罚法第56条；行政强制法第18条", Cases: cases{
		pass("通过：都已扣押", `{"not_seized":[]}`),
		refuse("百货没有扣押", `{"not_seized":["百货"]}`, "百货"),
		open("未载明", `{}`),
	}},
	simple("XZCF-56-settled", "行政处罚法第56条、第85条", "before_expiry", "解除"),
	simple("XZQZ-10", "行政强制法第10条、第22条", "seizure_granted_by_statute", "取证"),
	simple("XZQZ-18-5", "行政强制法第18条第5项", "informed", "告知"),
	simple("XZQZ-18-6", "行政强制法第18条第6项", "party_heard", "听取"),
	simple("XZQZ-18-7", "行政强制法第18条第7项", "record_made", "笔录"),
	simple("XZQZ-24-1", "行政强制法第24条第1款", "seizure_papers_handed_over", "交付"),
	simple("XZQZ-24-3", "行政强制法第24条第3款", "list_two_copies", "二份"),
	simple("GBF118-8-seizure", "行政处罚法第47条；国办发〔2018〕118号(八)", "footage_linked", "全程"),
	{Rule: "XZQZ-25-2", Article: "行政强制法第25条第2款", Cases: cases{
		pass("通过：延长决定书已经送达", `{"extension_told":true}`),
		warn("提醒：刚作出，还没有送达", `{"extension_told":false}`, "送达"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-25-running", "行政强制法第25条第1款", "before_expiry", "解除"),
	simple("XZQZ-28-reason", "行政强制法第28条第1款", "reason_recorded", "退还"),
	{Rule: "XZQZ-28-perishable", Article: "行政强制法第26条第1款、第28条第2款", Cases: cases{
		pass("通过：鲜鱼，当事人同意，已拍照", `{"missing_sale_steps":[]}`),
		refuse("没有同意，也没有留存证据", `{"missing_sale_steps":["证据留存"]}`, "证据留存"),
		open("未载明", `{}`),
	}},
	simple("XZQZ-28-sale-head", "行政强制法第26条第1款、第28条第2款", "approved_by_head", "负责人批准"),
	simple("XZQZ-27", "行政强制法第27条", "disposal_provided", "退还"),
	{Rule: "XZQZ-27-decided", Article: "行政强制法第27条；行政处罚法第57条第1款、第61条第1款", Cases: cases{
		pass("通过：没收的决定已经送达", `{"confiscation":true,"confiscation_served":true}`),
		refuse("没收，没有没收的决定", `{"confiscation":true,"confiscation_served":false,"decision_served":true}`, "没收非法财物的处罚决定"),
		pass("通过：销毁，决定已经送达", `{"confiscation":false,"decision_served":true}`),
		refuse("销毁，还没有决定", `{"confiscation":false,"decision_served":false}`, "作出决定"),
		open("未载明", `{}`),
	}},
}
