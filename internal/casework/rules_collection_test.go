package casework

import "fadu/internal/law/lawtest"

var collectionTables = []lawtest.Table{
	{Rule: "XZCF-68-69", Article: "行政处罚法第68条、第69条、第67条第2款", Cases: cases{
		pass("通过：简易程序一百元", `{"procedure":"简易","amount":100}`),
		pass("通过：当场处罚五十元", `{"procedure":"当场处罚","amount":50}`),
		refuse("不通过：简易程序一百元零一分", `{"procedure":"简易","amount":100.01}`, "100 元"),
		refuse("不通过：简易程序二百元，没有其他理由", `{"procedure":"简易程序","amount":200}`, "难以执行"),
		pass("通过：不当场收缴事后难以执行", `{"procedure":"简易","amount":200,"hard_to_execute_later":true}`),
		refuse("不通过：普通程序八十元", `{"procedure":"普通","amount":80}`, "银行"),
		refuse("不通过：普通程序事后难以执行", `{"procedure":"普通","amount":80,"hard_to_execute_later":true}`, "不是当场"),
		pass("通过：边远地区、确有困难、当事人提出", `{"procedure":"普通","amount":5000,"remote_area":true,"payment_difficulty":true,"party_requested":true}`),
		pass("通过：简易程序在边远地区", `{"procedure":"简易","amount":3000,"remote_area":true,"payment_difficulty":true,"party_requested":true}`),
		refuse("不通过：只有当事人提出", `{"procedure":"普通","amount":500,"party_requested":true}`, "边远"),
		refuse("不通过：当事人没有提出", `{"procedure":"普通","amount":500,"remote_area":true,"payment_difficulty":true,"party_requested":false}`, "当事人提出"),
		refuse("不通过：缴纳没有困难", `{"procedure":"普通","amount":500,"remote_area":true,"payment_difficulty":false,"party_requested":true}`, "困难"),
		refuse("不通过：不在边远地区", `{"procedure":"简易","amount":500,"remote_area":false,"payment_difficulty":true,"party_requested":true}`, "边远"),
		refuse("不通过：没有说程序，数额超过一百元", `{"amount":500}`, ""),
		refuse("不通过：没有说数额，是普通程序", `{"procedure":"普通"}`, ""),
		refuse("不通过：看不懂的程序从严", `{"procedure":"别的","amount":50}`, "不是当场"),
		open("未载明：程序", `{"amount":80}`),
		open("未载明：数额", `{"procedure":"简易"}`),
		open("未载明：都没有说", `{"special_receipt":true}`),
	}},
	simple("XZCF-70", "行政处罚法第70条", "special_receipt", "专用票据"),
}

var cashTables = []lawtest.Table{
	simple("XZCF-70-register", "行政处罚法第70条、第77条", "receipt_registered", "票据号码"),
	simple("XZCF-67-delivered", "行政处罚法第67条第3款、第52条第1款", "delivered", "交付"),
	simple("XZCF-71-cashier", "行政处罚法第71条、第79条第2款", "cash_received_apart", "经收"),
	{Rule: "XZCF-71", Article: "行政处罚法第71条、第85条", Cases: cases{
		pass("通过：期限当日上交", `{"hand_in_due":"2026-03-04","handed_in_on":"2026-03-04"}`),
		warn("提醒：逾期一日", `{"hand_in_due":"2026-03-04","handed_in_on":"2026-03-05"}`, "2026年3月4日"),
		warn("提醒：今天才上交", `{"hand_in_due":"2026-03-04","handed_in_on":null}`, "2026年3月10日").On("2026-03-10"),
		pass("通过：今天上交，未到期", `{"hand_in_due":"2026-03-04","handed_in_on":null}`),
		open("未载明", `{"hand_in_due":"2026-03-04"}`),
	}},
}

var arrearsTables = []lawtest.Table{
	simple("XZCF-66-2-applied", "行政处罚法第66条第2款", "party_applied", "申请"),
	simple("XZCF-66-2-hardship", "行政处罚法第66条第2款", "economic_hardship", "困难"),
	simple("XZCF-66-2-approved", "行政处罚法第66条第2款", "agency_approved", "批准"),
	{Rule: "XZCF-73-1", Article: "行政处罚法第73条第1款", Cases: cases{
		refuse("不通过：只是申请了复议", `{"review_applied":true}`, "不停止执行"),
		refuse("不通过：没有法定情形", `{"review_applied":true,"statutory_exception":false}`, ""),
		pass("通过：有法定情形", `{"review_applied":true,"statutory_exception":true}`),
		open("未载明", `{}`),
	}},
	simpleNot("XZCF-73-3", "行政处罚法第73条第3款", "review_pending", "扣除"),
	{Rule: "XZQZ-45-2", Article: "行政强制法第45条第2款；行政处罚法第72条第1款第1项", Cases: cases{
		pass("通过：未到罚款数额", `{"fine":1000,"surcharge_accrued":990}`),
		refuse("不通过：等于罚款数额", `{"fine":1000,"surcharge_accrued":1000}`, "不得再累加"),
		refuse("不通过：超过罚款数额", `{"fine":1000,"surcharge_accrued":1020}`, "催告"),
		refuse("不通过：负数", `{"fine":1000,"surcharge_accrued":-1}`, "负数"),
		open("未载明", `{"fine":1000}`),
	}},
	{Rule: "XZCF-48-2", Article: "行政处罚法第48条第2款、第85条", Cases: cases{
		must("适用：被撤销", `{"decision_status":"被撤销"}`, "三个工作日"),
		must("适用：被变更", `{"decision_status":"变更"}`, ""),
		must("适用：被确认违法", `{"decision_status":"被确认违法"}`, ""),
		must("适用：确认无效", `{"decision_status":"确认无效"}`, ""),
		notRequired("不适用：维持", `{"decision_status":"复议维持"}`),
		notRequired("不适用：未被撤销", `{"decision_status":"未被撤销"}`),
		notRequired("不适用：有效", `{"decision_status":"有效"}`),
		refuse("不适用：看不懂", `{"decision_status":"飞走了"}`, "被撤销"),
		open("未载明", `{}`),
	}},
}
