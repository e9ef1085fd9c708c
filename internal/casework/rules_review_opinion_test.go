package casework

import "fadu/internal/law/lawtest"

var reviewOpinionTables = []lawtest.Table{
	simpleNot("XZCF-43-3-review", "行政处罚法第43条第3款、第58条第1款", "reviewer_recusal_open", "先决定"),
	simpleNot("XZCF-43-1-review", "行政处罚法第43条第1款、第58条第1款", "reviewer_recused", "其他人员"),
	{Rule: "MOHURD55-24-materials", Article: "住建部令第55号第24条", Cases: cases{
		pass("通过：齐全", `{"missing_materials":[]}`),
		refuse("不通过：缺一项", `{"missing_materials":["日期"]}`, "补齐"),
		open("未载明", `{}`),
	}},
	simpleNot("GBF118-11-apart", "行政处罚法第58条第1款；国办发〔2018〕118号(十一)", "is_case_investigator", "换由"),
	{Rule: "MOHURD55-24-points", Article: "住建部令第55号第24条", Cases: cases{
		pass("通过：8", `{"review_points":8}`),
		refuse("不通过：7", `{"review_points":7}`, "逐项"),
		open("未载明", `{}`),
	}},
	simple("MOHURD55-25-signed", "住建部令第55号第25条", "opinion_signed", "签名"),
}
