package casework

import "fadu/internal/law/lawtest"

var changeTables = []lawtest.Table{
	{Rule: "XZCF-44-change", Article: "行政处罚法第44条、第62条", Cases: cases{
		pass("不适用：变更对当事人有利", `{"change_worsens":false,"change_told":false}`),
		pass("通过：更不利，已照变更后的内容告知", `{"change_worsens":true,"change_told":true}`),
		refuse("不通过：更不利，没有告知", `{"change_worsens":true,"change_told":false}`, "告知书"),
		open("未载明：是不是更不利", `{"change_told":false}`),
	}},
	{Rule: "XZCF-62-change", Article: "行政处罚法第45条第1款、第62条；住建部令第55号第22条", Cases: cases{
		pass("不适用：变更对当事人有利", `{"change_worsens":false}`),
		pass("通过：告知以后听取了", `{"change_worsens":true,"change_told":true,"change_heard":true}`),
		refuse("不通过：没有听取，期限没有届满", `{"change_worsens":true,"change_told":true,"change_heard":false}`, "陈述申辩"),
		open("未载明：有没有听取", `{"change_worsens":true,"change_told":true}`),
	}},
	{Rule: "XZCF-45-2-change", Article: "行政处罚法第45条第2款、第44条", Cases: cases{
		pass("不适用：变更对当事人有利", `{"change_worsens":false,"change_told":true,"final_penalty":60,"informed_penalty":50}`),
		pass("通过：不多于告知的", `{"change_worsens":true,"change_told":true,"final_penalty":150,"informed_penalty":150}`),
		refuse("不通过：多于告知的", `{"change_worsens":true,"change_told":true,"final_penalty":160,"informed_penalty":150}`, "多于告知"),
		open("未载明：告知了多少", `{"change_worsens":true,"change_told":true,"final_penalty":160}`),
	}},
	simpleNot("XZCF-75-heavier", "行政处罚法第75条第2款", "change_heavier", "先作撤销决定"),
	simpleNot("XZCF-61-closing", "行政处罚法第61条第1款", "change_unserved", "送达"),
	simpleNot("XZQZ-41-closing", "行政强制法第41条", "refund_due", "退库"),
}
