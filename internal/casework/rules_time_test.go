package casework

import "fadu/internal/law/lawtest"

var timeTables = []lawtest.Table{
	simple("MOHURD55-29-approved", "住建部令第55号第29条、第30条、第31条", "approved_by_head", "报批"),
	{Rule: "MOHURD55-29-days", Article: "住建部令第55号第29条", Cases: cases{
		pass("通过：30", `{"extension_days":30}`),
		refuse("不通过：31", `{"extension_days":31}`, "集体讨论"),
		open("未载明", `{}`),
	}},
	{Rule: "MOHURD55-29-again-days", Article: "住建部令第55号第29条", Cases: cases{
		pass("通过：60", `{"extension_days":60}`),
		refuse("不通过：61", `{"extension_days":61}`, "缩短"),
		open("未载明", `{}`),
	}},
	simple("MOHURD55-29-collective", "住建部令第55号第29条", "collective_discussed", "集体讨论"),
	{Rule: "MOHURD55-29-minutes", Article: "住建部令第55号第29条；行政处罚法第57条第2款", Cases: cases{
		pass("通过：两人到会，逐人记载，末位表态，都签了名", `{"collective_discussed":true,"members_present":2,"quorum":2,"opinions_recorded":true,"chief_spoke_last":true,"outsider_voted":false,"members_signed":true}`),
		pass("没有讨论的由另一条说明", `{"collective_discussed":false}`),
		refuse("不通过：只到一人", `{"collective_discussed":true,"members_present":1,"quorum":2,"opinions_recorded":true,"chief_spoke_last":true,"outsider_voted":false,"members_signed":true}`, "到会 1 名"),
		refuse("不通过：有人没有表态", `{"collective_discussed":true,"members_present":2,"quorum":2,"opinions_recorded":false,"chief_spoke_last":true,"outsider_voted":false,"members_signed":true}`, "逐人"),
		refuse("不通过：主要负责人先表态", `{"collective_discussed":true,"members_present":2,"quorum":2,"opinions_recorded":true,"chief_spoke_last":false,"outsider_voted":false,"members_signed":true}`, "最后表态"),
		refuse("不通过：列席的表决了", `{"collective_discussed":true,"members_present":2,"quorum":2,"opinions_recorded":true,"chief_spoke_last":true,"outsider_voted":true,"members_signed":true}`, "列席"),
		refuse("不通过：没有签名", `{"collective_discussed":true,"members_present":2,"quorum":2,"opinions_recorded":true,"chief_spoke_last":true,"outsider_voted":false,"members_signed":false}`, "签名"),
		open("未载明", `{"collective_discussed":true,"members_present":2,"quorum":2,"opinions_recorded":true,"chief_spoke_last":true,"outsider_voted":false}`),
	}},
	simpleNot("MOHURD55-29-once", "住建部令第55号第29条", "extended_once", "集体讨论"),
	simpleNot("MOHURD55-15-once", "住建部令第55号第15条", "check_extended_once", "不能再延长"),
	{Rule: "MOHURD55-31-gone", Article: "住建部令第55号第30条、第31条", Decided: true, Cases: cases{
		pass("通过：有承受人", `{"party_gone":false}`),
		refuse("不通过：死亡，没有承受人", `{"party_gone":true}`, "中止调查"),
	}},
	{Rule: "XZQZ-40-gone", Article: "行政强制法第39条第1款、第40条第1项、第40条第2项", Decided: true, Cases: cases{
		pass("通过：有承受人", `{"party_gone":false}`),
		refuse("不通过：终止，没有承受人", `{"party_gone":true}`, "终结执行"),
	}},
	{Rule: "XZCF-36-terminate", Article: "住建部令第55号第31条；行政处罚法第36条第1款、第36条第2款", Cases: cases{
		pass("不适用：其他情形", `{"end_ground":"其他应当终止调查的情形"}`),
		pass("通过：两年零一天才发现", `{"end_ground":"违法行为超过追诉时效","continuing":false,"violation_start":"2024-03-01","discovered":"2026-03-02"}`),
		refuse("不通过：两年以内发现", `{"end_ground":"违法行为超过追诉时效","continuing":false,"violation_start":"2024-03-01","discovered":"2026-03-01"}`, "没有超过"),
		open("未载明：哪天发生", `{"end_ground":"违法行为超过追诉时效"}`),
	}},
	{Rule: "MOHURD55-31-party", Article: "住建部令第55号第31条", Cases: cases{
		pass("通过：登记了死亡", `{"end_ground":"当事人死亡，没有承受其权利义务的人","party_gone_as":"公民死亡"}`),
		pass("通过：超过时效", `{"end_ground":"违法行为超过追诉时效","party_gone_as":"没有"}`),
		pass("通过：其他情形，当事人在", `{"end_ground":"其他应当终止调查的情形","party_gone_as":"没有"}`),
		refuse("不通过：没有登记死亡", `{"end_ground":"当事人死亡，没有承受其权利义务的人","party_gone_as":"没有"}`, "先登记"),
		refuse("不通过：承受人还没有确定", `{"end_ground":"当事人死亡，没有承受其权利义务的人","party_gone_as":"待确定承受人"}`, "待确定承受人"),
		refuse("不通过：登记的是组织终止", `{"end_ground":"当事人死亡，没有承受其权利义务的人","party_gone_as":"法人或者其他组织终止"}`, "组织终止"),
		refuse("不通过：登记了死亡，选其他情形", `{"end_ground":"其他应当终止调查的情形","party_gone_as":"公民死亡"}`, "请选择"),
		open("未载明", `{"end_ground":"其他应当终止调查的情形"}`),
	}},
	{Rule: "XZQZ-40-party", Article: "行政强制法第40条第1项、第40条第2项", Cases: cases{
		pass("通过：登记了终止", `{"end_ground":"法人或者其他组织终止，无财产可供执行，又无义务承受人","party_gone_as":"法人或者其他组织终止"}`),
		refuse("不通过：没有登记终止", `{"end_ground":"法人或者其他组织终止，无财产可供执行，又无义务承受人","party_gone_as":"没有"}`, "先登记"),
		refuse("不通过：登记了死亡，选其他情形", `{"end_ground":"行政机关认为需要终结执行的其他情形","party_gone_as":"公民死亡"}`, "请选择"),
		open("未载明", `{"party_gone_as":"没有"}`),
	}},
	{Rule: "XZQZ-40-ground", Article: "行政强制法第40条第4项、第40条第5项、第39条第2款", Cases: cases{
		pass("通过：中止满三年", `{"end_ground":"中止执行满三年未恢复执行，没有明显社会危害，当事人确无能力履行","halted_three_years":true}`),
		refuse("不通过：没有中止过", `{"end_ground":"中止执行满三年未恢复执行，没有明显社会危害，当事人确无能力履行","halted_three_years":false}`, "满三年"),
		pass("通过：判决撤销了", `{"end_ground":"据以执行的行政决定被撤销","decision_set_aside":true}`),
		refuse("不通过：决定没有撤销", `{"end_ground":"据以执行的行政决定被撤销","decision_set_aside":false}`, "没有决定被撤销"),
		pass("通过：其他情形，主要负责人批准", `{"end_ground":"行政机关认为需要终结执行的其他情形","approved_by_chief_head":true}`),
		refuse("不通过：其他情形，分管负责人批准", `{"end_ground":"行政机关认为需要终结执行的其他情形","approved_by_chief_head":false}`, "主要负责人"),
		pass("不适用：标的灭失", `{"end_ground":"执行标的灭失"}`),
		open("未载明", `{"end_ground":"据以执行的行政决定被撤销"}`),
	}},
	simple("MOHURD55-29-first", "住建部令第55号第29条", "extended_once", "先报"),
	simple("MOHURD55-29-running", "住建部令第55号第29条、第15条", "before_expiry", "超期"),
	simple("MOHURD55-31-reason", "住建部令第55号第31条", "reason_recorded", "情形"),
}
