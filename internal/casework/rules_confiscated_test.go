package casework

import "fadu/internal/law/lawtest"

var confiscatedTables = []lawtest.Table{
	simple("XZCF-74-served", "行政处罚法第57条第1款、第61条第1款、第74条第1款", "confiscation_served", "没收非法财物的处罚决定"),
	{Rule: "XZCF-74-destroy", Article: "行政处罚法第74条第1款", Cases: cases{
		pass("通过：公开拍卖", `{"disposal_way":"公开拍卖","disposal_provided":false}`),
		pass("通过：销毁，规定应当销毁", `{"disposal_way":"销毁","disposal_provided":true}`),
		refuse("销毁，没有规定", `{"disposal_way":"销毁","disposal_provided":false}`, "公开拍卖或者按照国家有关规定处理"),
		open("销毁，未载明规定", `{"disposal_way":"销毁"}`),
		open("未载明方式", `{}`),
	}},
	{Rule: "XZCF-74-pending", Article: "行政处罚法第73条第1款、第74条第1款", Cases: cases{
		pass("通过：没有复议、诉讼", `{"review_pending":false}`),
		warn("提示：正在复议", `{"review_pending":true}`, "等结果出来"),
		open("未载明", `{}`),
	}},
	simple("XZCF-74-approved", "行政处罚法第74条第1款", "disposal_approved", "还没有经负责人批准"),
	{Rule: "XZCF-74-2", Article: "行政处罚法第74条第2款", Cases: cases{
		pass("通过：全部上缴", `{"disposal_proceeds":1200,"treasury_paid":1200}`),
		pass("通过：没有款项", `{"disposal_proceeds":0,"treasury_paid":0}`),
		refuse("少缴二百元", `{"disposal_proceeds":1200,"treasury_paid":1000}`, "还差 200"),
		refuse("比所得多", `{"disposal_proceeds":1200,"treasury_paid":1300}`, "请核对"),
		open("未载明上缴", `{"disposal_proceeds":1200}`),
	}},
	{Rule: "XZCF-74-closing", Article: "行政处罚法第74条第1款", Cases: cases{
		pass("通过：处理完了", `{"confiscated_kept":false}`),
		warn("提示：还在库", `{"confiscated_kept":true}`, "及时办理"),
		open("未载明", `{}`),
	}},
}
