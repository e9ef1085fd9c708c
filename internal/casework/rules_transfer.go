package casework

import "fadu/internal/law"

// To another authority, to the police, several cases in one (行政处罚法第二十二、二十七条；移送规定第五、六条).
var transferRules = []law.Rule{
	{
		ID: "XZCF-22-approved", Name: "移送管辖、分案、并案经负责人批准", Actions: []law.Action{ActTransferOut, ActSplit, ActMerge},
		Cite: law.Citations{xzcf(22), mohurd(6)}, From: procedure2022,
		Check: required(law.ApprovedByHead, "没有经行政机关负责人批准。请报批"),
	},
	{
		ID: "XZCF-22-reason", Name: "移送、分案、并案写明理由", Actions: []law.Action{ActTransferOut, ActSplit, ActMerge},
		Cite: law.Citations{xzcf(22), mohurd(6)}, From: procedure2022,
		Check: required(law.ReasonRecorded, "没有写明理由和去向。请写明"),
	},
	{
		ID: "XZQZ-21-things", Name: "案件移走前财物有着落", Actions: []law.Action{ActTransferOut, ActMerge, ActHandToPolice, ActWithdrawFiling, ActDeclineFiling},
		Cite: law.Citations{xzqz(21), xzcf(56)}, From: penaltyLaw2021,
		Check: barred(law.ThingsUnaccounted, "登记保存、查封、扣押的财物没有交代去向。请随案移送，或者先解除、处理"),
	},
	{
		// The decision on what is kept is the head's and comes within seven working days; no letter takes its place.
		ID: "XZCF-56-leaving", Name: "案件移走、了结前登记保存已有处理决定", Actions: []law.Action{ActTransferOut, ActMerge, ActHandToPolice, ActWithdrawFiling, ActDeclineFiling},
		Cite: law.Citations{xzcf(56)}, From: penaltyLaw2021,
		Check: barred(law.PreservationOpen, "还有先行登记保存没有作出处理决定，或者期满解除还没有退还。请先作出处理决定（退还，或者移交有关部门处理），登记退还"),
	},
	{
		// The thirty days go on in the case in which they began.
		ID: "XZQZ-28-leaving", Name: "并案、撤销立案、不予立案前没有查封、扣押", Actions: []law.Action{ActMerge, ActWithdrawFiling, ActDeclineFiling},
		Cite: law.Citations{xzqz(25), xzqz(28)}, From: coercion2012,
		Check: barred(law.SeizureOpen, "本案还有查封、扣押没有解除或者处理，期限在本案里走。并案的，请把另一案并入本案；不再办理的，请先解除并退还"),
	},
	{
		ID: "MOHURD55-15-merge-state", Name: "并入还在调查取证的案件", Actions: []law.Action{ActMerge},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: required(law.TargetInvestigated, "填写的案件不在调查取证，不能并入。请填写正在调查取证的案件"),
	},
	{
		// The term of the case that stays is that of the earliest filing; a merger must not win days.
		ID: "XZCF-60-merge", Name: "并入先立案的案件", Actions: []law.Action{ActMerge},
		Cite: law.Citations{xzcf(60), mohurd(29)}, From: procedure2022,
		Check: required(law.TargetFiledFirst, "本案先立案，办案期限从先立案的算。请把那一案并入本案"),
	},
	{
		ID: "MOHURD55-15-merge-party", Name: "不是同一当事人的写明为什么一并处理", Actions: []law.Action{ActMerge},
		Cite: law.Citations{mohurd(15)}, From: procedure2022,
		Check: required(law.PartyOrJoint, "两案登记的不是同一当事人，请写明为什么一并处理"),
	},
	{
		ID: "YSGD-5-reported", Name: "有书面报告才决定是否移送", Actions: []law.Action{ActDecideCrime},
		Cite: law.Citations{law.Cite("YSGD", 5)}, From: crime2020,
		Check: required(law.CrimeReported, "没有等待决定的涉嫌犯罪报告。请先由两名以上执法人员核实，提出书面报告"),
	},
	{
		ID: "YSGD-5-chief", Name: "正职或者主持工作的负责人批准移送", Actions: []law.Action{ActApproveCrime},
		Cite: law.Citations{law.Cite("YSGD", 5)}, From: crime2020,
		Check: required(law.ChiefOrActing, "移送涉嫌犯罪案件由正职负责人或者主持工作的负责人批准。主持工作的，先在“代签授权”登记主要负责人岗位的授权文件和日期"),
	},
	{
		ID: "YSGD-5-late", Name: "批准后二十四小时内移送，超过的写明原因", Actions: []law.Action{ActHandToPolice},
		Cite: law.Citations{law.Cite("YSGD", 5)}, From: crime2020,
		Check: required(law.LatenessExplained, "批准以后已超过二十四小时。请立即移送并写明原因"),
	},
	{
		ID: "YSGD-5-approved", Name: "移送公安经负责人批准", Actions: []law.Action{ActHandToPolice},
		Cite: law.Citations{law.Cite("YSGD", 5)}, From: crime2020,
		Check: required(law.ApprovedByHead, "没有经正职负责人或者主持工作的负责人批准。请提出书面报告报批"),
	},
	{
		ID: "YSGD-5-checkers", Name: "涉嫌犯罪由两人以上核实", Actions: []law.Action{ActReportCrime, ActHandToPolice},
		Cite: law.Citations{law.Cite("YSGD", 5)}, From: crime2020,
		Check: atLeast(law.Verifiers, "officers_minimum", "核实的只有 %d 人，应当指定 %d 人以上核实。请增派人员"),
	},
	{
		ID: "YSGD-8-asked", Name: "移送以后登记公安机关的答复", Actions: []law.Action{ActPoliceAnswer},
		Cite: law.Citations{law.Cite("YSGD", 8)}, From: crime2020,
		Check: required(law.PoliceAsked, "没有等待答复的移送。请先移送公安机关"),
	},
	{
		// What is suspected goes to the police before the file is closed (移送规定第三条).
		ID: "YSGD-3-open", Name: "涉嫌犯罪的报告办完以后移送管辖、撤案、终止、结案", Actions: []law.Action{ActCloseOrdinary, ActTransferOut, ActWithdrawFiling, ActTerminate, ActMerge},
		Cite: law.Citations{law.Cite("YSGD", 3), law.Cite("YSGD", 5)}, From: crime2020,
		Check: barred(law.CrimeOpen, "涉嫌犯罪的报告还没有决定，或者批准以后还没有移送公安机关。请先办完"),
	},
	{
		ID: "YSGD-6", Name: "移送公安的材料齐全", Actions: []law.Action{ActHandToPolice},
		Cite: law.Citations{law.Cite("YSGD", 6)}, From: crime2020,
		Check: complete(law.MissingMaterials, "移送材料还缺：%s。请补齐后移送"),
	},
}
