package casework

import "fadu/internal/law/lawtest"

var closingOrdinaryTables = []lawtest.Table{
	simple("MOHURD55-31-ground", "住建部令第55号第31条", "closing_ground", "依据"),
	simpleNot("XZQZ-28-closing", "行政强制法第28条；行政处罚法第56条", "measures_open", "财物"),
	simpleNot("XZQZ-28-things", "行政强制法第28条；行政处罚法第56条", "things_unaccounted", "去向"),
	simpleNot("MOHURD55-31-court", "住建部令第55号第31条；行政强制法第53条", "court_application_open", "撤回"),
	{Rule: "XZQZ-51-2-closing", Article: "行政强制法第51条第2款", Cases: cases{
		pass("通过：没有费用或者已经收齐", `{"substitute_cost_rest":0}`),
		refuse("不通过：还有八百元", `{"substitute_cost_rest":800}`, "还有 800 元"),
		open("未载明", `{}`),
	}},
	simpleNot("XZQZ-52-told", "行政强制法第52条", "clearance_untold", "立即代履行通知书"),
	simple("MOHURD55-31-filed", "住建部令第55号第31条", "filed", "没有立案"),
	simpleNot("XZCF-61-1-closing", "行政处罚法第61条第1款", "papers_unserved", "送达"),
}
