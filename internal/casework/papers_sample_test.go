package casework

import "fadu/internal/law"

// The sample case of the ordinary procedure: bare ground at a building site, a seizure, a hearing.

func on(s string) law.Date { return law.MustDate(s) }

// ordinaryContent is what all papers of the sample case have alike.
func ordinaryContent(kind PaperKind) Content {
	form, _ := FormOf(kind)
	number := ""
	if kind == PenaltyNotice {
		number = "演城管告字〔2026〕第37号"
	}
	if form.Word != "" {
		number = "演城管" + form.Word + "字〔2026〕第37号"
	}
	return Content{
		Kind: kind, Organ: "演示市演示区城市管理综合执法局", Number: number, Code: "XJZ0ZAVVD1N13TBB7", Dated: on("2026-05-13"), Demo: true, CaseNo: "演城管立字〔2026〕第37号",
		PartyKind: "法人", PartyName: "演示·甲乙建筑工程有限公司", IDLabel: "统一社会信用代码", IDNumber: "91990107MADEM00K4L", PartyAddress: "演示市演示区青石路1号", PartyPhone: "19900000001", LegalRep: "演示郑某",
		ActOn: "2026年3月18日", Place: "演示区青石路88号工地", FactText: "施工工地有1,260平方米裸露地面没有覆盖", Cause: "施工工地未采取防尘措施",
		Violated: "《演示市扬尘防治条例》第二十一条第一款", Basis: "《演示市扬尘防治条例》第四十二条第一款第二项",
		Benchmark: "适用《演示市城市管理行政处罚裁量基准》（演城管规〔2026〕1号）C-115-01，裁量阶次为一般：裸露面积一千平方米以上不足二千平方米，按期改正",
		Footage:   "DSJ-0101", Fine: law.Yuan(52000), ReviewOrgan: "演示区人民政府", Court: "演示区人民法院", ReviewDays: 60, PayDays: 15,
		Officers: []ContentOfficer{{"演示赵某", "99010700001"}, {"演示钱某", "99010700002"}},
	}
}

var (
	sampleSteps = []ApprovalStep{
		{Post: "承办人意见", Opinion: "事实清楚，建议批准", Name: "演示赵某、演示钱某", Date: on("2026-05-11")},
		{Post: "承办机构意见", Opinion: "同意承办人意见", Name: "演示孙某", Date: on("2026-05-12")},
		{Post: "负责人审批", Name: ""},
	}
	sampleApproval = Approval{Reason: "2026年3月18日巡查发现青石路88号工地有1,260平方米裸露地面没有覆盖，当事人为施工单位。", Steps: sampleSteps}
	sampleThings   = Things{[]Thing{{"挖掘机", "演示60型", "1台", "外观完好，旧", "钥匙1把一并扣押"}, {"防尘网", "", "3卷", "未拆封", ""}}}
	sampleProofs   = Proofs{[]Proof{
		{"现场检查笔录", "3", "2026年3月18日执法人员制作", "裸露地面的位置和面积"},
		{"现场照片6张", "3", "2026年3月18日拍摄", "裸露地面没有覆盖"},
		{"项目经理询问笔录", "4", "2026年3月20日制作", "当事人是施工单位，知道应当覆盖"},
	}}
	sampleSession = Session{From: "2026年3月18日9时30分", Until: "10时20分", At: "演示区青石路88号工地项目部", Recorder: "演示钱某"}
	sampleConds   = Conditions{PrimaFacie: "现场检查笔录、照片6张", Jurisdiction: "违法行为发生在本辖区", Limitation: "2026年3月18日发现，未超过二年"}
	sampleExec    = Executed{"行政处罚决定书", "演城管罚字〔2026〕第37号"}
	sampleSpeaker = []Speaker{{"演示李某", "副局长", "事实清楚，同意处罚意见"}, {"演示周某", "副局长", "同意，已按期改正的情节应当考虑"}, {"演示吴某", "局长，主持", "同意"}}
)

// sampleParts are the typed parts of every kind in the sample case.
var sampleParts = map[PaperKind]any{
	"check_record":        CheckRecord{sampleConds, "巡查发现", on("2026-03-18"), "青石路88号工地扬尘", "现场查看、测量、拍照，询问项目经理", "符合立案条件，建议立案"},
	"check_extension":     CheckExtension{sampleApproval, "投诉举报", on("2026-03-02"), on("2026-03-23"), on("2026-04-08")},
	"filing_approval":     FilingApproval{sampleApproval, sampleConds, "巡查发现", on("2026-03-18"), "《演示市扬尘防治条例》第二十一条第一款"},
	"no_filing_approval":  NoFilingApproval{sampleApproval, "投诉举报", on("2026-03-02"), "反映的裸露地面已经办理延期覆盖手续，没有违法事实", true},
	"no_filing_notice":    NoFilingNotice{"演示·王某", on("2026-03-02"), "青石路88号工地扬尘", "反映的地块已经绿化，没有违法事实"},
	"jurisdiction_record": JurisdictionRecord{sampleSession, []Speaker{{"演示区城市管理综合执法局", "演示赵某", "工地在本辖区，由我局管辖"}, {"邻区城市管理综合执法局", "演示冯某", "工地出入口在邻区，我局先立案"}}, on("2026-03-19"), "工地横跨两区，由谁管辖", "由最先立案的演示区管辖"},
	"designation_request": DesignationRequest{"演示市城市管理综合执法局", "邻区城市管理综合执法局", "工地横跨两区", on("2026-03-19"), "双方都认为应由本区管辖", []string{"协商记录", "案件材料复印件"}},
	"transfer_letter":     TransferLetter{"演示区住房和城乡建设局", "施工单位没有取得施工许可证", "不属于本机关管辖", "《中华人民共和国行政处罚法》第二十二条", true, []string{"现场检查笔录1份", "照片6张"}},
	"split_approval":      CasesApproval{sampleApproval, "运输单位的行为另行立案（演城管立字〔2026〕第38号），本案只处理施工单位"},
	"merge_approval":      CasesApproval{sampleApproval, "演城管立字〔2026〕第39号并入本案"},
	"recusal_decision":    RecusalDecision{"演示·甲乙建筑工程有限公司", "演示赵某", "执法人员", on("2026-03-25"), "与举报人是亲属", "亲属关系属实，可能影响公正执法", true, "演示冯某", "合法有效，由接替人员核对", false},

	"inspection_record":       InspectionRecord{sampleSession, "演示陈某（项目经理）", "演示何某（社区工作人员）", "不申请回避", "", "工地北侧有裸露地面一块，长42米，宽30米，面积1,260平方米，没有覆盖，也没有洒水", "卷尺测量1次，照片6张", "情况属实，马上整改", ""},
	"site_sketch":             SiteSketch{"2026年3月18日10时", "1:500", "上北下南", "斜线部分为裸露地面，甲乙为工地出入口", "演示钱某"},
	"interview_record":        InterviewRecord{sampleSession, "演示陈某", "项目经理", "990107198001010017", "演示区和平里3号", "19900000002", "听清楚了，不申请回避", []QA{{"你在公司担任什么职务？", "我是青石路88号工地的项目经理"}, {"北侧的裸露地面有多大，什么时候形成的？", "大约1,260平方米，3月10日土方开挖以后形成的"}, {"为什么没有覆盖？", "防尘网没有到货，洒水车也坏了，我们知道应当覆盖"}, {"你还有什么要补充的？", "我们三天内覆盖好"}}},
	"evidence_request":        EvidenceRequest{"演示·丙丁监理有限公司", "青石路88号工地2026年3月1日至18日的监理日志", on("2026-03-30")},
	"evidence_list":           EvidenceList{sampleProofs, "施工单位资料室"},
	"assistance_letter":       AssistanceLetter{"演示区住房和城乡建设局", "提供青石路88号工地的施工许可证和施工单位信息", on("2026-03-30"), "演示赵某，0990-0000000"},
	"sampling_notice":         SamplingNotice{Things{[]Thing{{"地表积尘", "", "2袋，各500克", "灰黄色", "编号Y1、Y2"}}}, "2026年3月18日10时", "青石路88号工地北侧", "对角线五点取样", "双层封存，双方签封"},
	"appraisal_commission":    AppraisalCommission{sampleThings, "演示检测有限公司", "演检字001", "检测", "测定裸露地块的降尘量", on("2026-04-05")},
	"appraisal_time_notice":   AppraisalTimeNotice{"演城管封扣字〔2026〕第5号", on("2026-03-20"), "检测", "演示检测有限公司", on("2026-03-22"), on("2026-04-05")},
	"appraisal_result_notice": AppraisalResultNotice{"演示检测有限公司", "检测", "YJ2026-001", "降尘量超过地方标准限值", "五个工作日"},
	"stop_notice":             StopNotice{"土方开挖作业", "《演示市扬尘防治条例》第三十条", "工地北侧，至覆盖完成为止"},
	"recheck_record":          RecheckRecord{"责令改正通知书", "演城管责改字〔2026〕第9号", on("2026-03-18"), on("2026-03-21"), "覆盖全部裸露地面", "2026年3月22日9时", "北侧裸露地面已用防尘网全部覆盖", "已按期改正"},
	"closing_report":          ClosingReport{sampleProofs, on("2026-03-19"), "2026年3月18日巡查发现，3月19日立案，经现场检查、询问、检测，调查终结", "当事人作为青石路88号工地施工单位，2026年3月10日至18日有1,260平方米裸露地面没有覆盖", "当事人承认事实，3月22日前已改正", "按期改正，没有从重情节，取一般阶次的中位", "", "罚款人民币伍万贰仟元整（￥52,000.00）", "建议罚款人民币伍万贰仟元", "扣押的挖掘机已于4月2日解除扣押、退还", "不涉嫌犯罪", true, "较大数额罚款（本局采用的听证标准，对单位50000元以上）", false},

	"preservation_approval": PreservationApproval{sampleApproval, sampleThings, "没有覆盖的原因", "防尘网可能被运走", "照片不能反映数量和购入时间"},
	"preservation_notice":   PreservationNotice{sampleThings, "没有覆盖的原因", on("2026-03-18"), on("2026-03-27"), "就地封存于工地仓库，由当事人保管"},
	"preservation_decision": PreservationDecision{sampleThings, on("2026-03-18"), "演城管先登字〔2026〕第3号", false, "解除登记保存，予以退还", "证据已经固定", "2026年3月26日前到第一中队"},
	"seizure_approval":      SeizureApproval{sampleApproval, sampleThings, "扣押", "《演示市扬尘防治条例》第三十五条", "挖掘机正用于违法作业", on("2026-03-20"), on("2026-04-19"), false, ""},
	"seizure_decision":      SeizureDecision{sampleThings, "", "扣押", "《演示市扬尘防治条例》第三十五条", on("2026-03-20"), on("2026-04-19"), "演示区罚没物品仓库", "希望尽快归还"},
	"seizure_extension":     SeizureExtension{"演城管封扣字〔2026〕第5号", on("2026-03-20"), "扣押", on("2026-04-19"), on("2026-05-19"), "检测结果有争议，需要补充检测"},
	"release_decision":      ReleaseDecision{sampleThings, "演城管封扣字〔2026〕第5号", on("2026-03-20"), "扣押", "当事人已改正，不再需要采取扣押措施", on("2026-04-02"), "演示区罚没物品仓库"},
	"thing_list":            ThingList{sampleThings, "查封（扣押）决定书", "演城管封扣字〔2026〕第5号", "没有异议"},
	"return_list":           ReturnList{sampleThings, "解除查封（扣押）决定书", "演城管解字〔2026〕第5号", "数量、状况无异议"},
	"custody_record":        CustodyRecord{sampleThings, "入库", "2026年3月20日15时", "A-03", "KF-2026-0005", "查封（扣押）决定书 演城管封扣字〔2026〕第5号", "外观完好，钥匙1把"},
	"disposal_approval":     DisposalApproval{sampleApproval, sampleThings, "演城管罚字〔2026〕第12号", "公开拍卖", "《中华人民共和国行政处罚法》第七十四条第一款"},
	"disposal_list":         DisposalList{sampleThings, "演城管罚字〔2026〕第12号", on("2026-05-20"), "公开拍卖", "演示·李某", "2026年6月1日委托演示拍卖行公开拍卖，李某竞得", law.Yuan(12000), "演财缴0001"},
	"destruction_list":      DestructionList{sampleThings, "演城管罚字〔2026〕第12号", on("2026-05-20"), "《演示市市容条例》第四十条，不合格品应当销毁", "演示区再生资源站", "拆解后粉碎，不能再用", "演示吴某、演示何某", "DSJ-0601，照片4张"},
	"disposal_record":       DisposalRecord{sampleApproval, sampleThings, "《中华人民共和国行政处罚法》第七十四条第一款", "公开拍卖", "2026年6月1日委托演示拍卖行公开拍卖", "拍卖款￥12,000已上缴国库，票据号演示0001"},

	"extension_approval":    ExtensionApproval{sampleApproval, on("2026-03-19"), on("2026-06-17"), "检测14日（3月22日至4月5日）", on("2026-07-17"), 30, false, ""},
	"suspension_approval":   SuspensionApproval{sampleApproval, "必须以人民法院对施工合同效力的裁判为依据，而该案尚未审结", on("2026-04-10"), "受理案件通知书复印件"},
	"resumption_approval":   ResumptionApproval{sampleApproval, on("2026-04-10"), on("2026-05-06"), on("2026-05-07")},
	"termination_approval":  TerminationApproval{sampleApproval, "现有证据不能认定违法事实", "无"},
	"withdrawal_approval":   WithdrawalApproval{sampleApproval, "立案后查明当事人认定错误", "无"},
	"crime_report":          CrimeReport{sampleApproval, []string{"演示赵某", "演示钱某"}, "污染环境罪", "非法处置有毒物质三吨以上", "扣押挖掘机1台"},
	"crime_transfer":        CrimeTransfer{"演示市公安局演示区分局", "当事人在工地填埋有毒物质约四吨", "污染环境罪", "2026年4月20日15时", []string{"检测报告1份"}, "无"},
	"crime_transfer_notice": CrimeTransferNotice{Moved(sampleThings), on("2026-04-21"), "演示市公安局演示区分局", "演城管移公字〔2026〕第1号"},

	PenaltyNotice:          PriorNotice{"2026年3月10日至18日，你（单位）在青石路88号工地有1,260平方米裸露地面没有覆盖", "现场检查笔录、照片6张、询问笔录", "按期改正的情节已予考虑", "罚款人民币伍万贰仟元整（￥52,000）", true, "较大数额罚款（本局采用的听证标准，对单位50000元以上）", "", "", "演示赵某，0990-0000000", "演示区和平路2号"},
	"hearing_right_notice": HearingRightNotice{on("2026-04-20"), "演城管告字〔2026〕第37号", "罚款人民币伍万贰仟元整（￥52,000）", "青石路88号工地有1,260平方米裸露地面没有覆盖", "较大数额罚款（本市对单位五万元以上）", "演示赵某，0990-0000000", "演示区和平路2号"},
	"defence_record":       DefenceRecord{sampleSession, "演示陈某", "委托代理人", []string{"一、防尘网没有到货，不是故意的。", "二、已经按期改正，请求从轻。"}, "采购合同复印件1份"},
	"waiver_record":        WaiverRecord{"行政处罚意见告知书", "演城管告字〔2026〕第37号", on("2026-04-20"), []string{"陈述申辩的权利", "要求听证的权利"}},
	"defence_review":       DefenceReview{sampleApproval, "演城管告字〔2026〕第37号", on("2026-04-22"), []DefenceAnswer{{"防尘网没有到货，不是故意的。", "采购合同签订于3月17日，晚于开挖", false, "当事人在开挖前没有准备，有过错"}, {"已经按期改正，请求从轻。", "3月22日复查已全部覆盖", true, ""}}, false, "采纳第二点，不改变拟处罚的种类，数额维持一般阶次中位"},

	"hearing_request":      HearingRequest{"2026年4月23日10时", "书面", "演城管听告字〔2026〕第37号", on("2026-04-20"), "对面积的测量有异议", []string{"演示陈某"}, "否"},
	"hearing_acceptance":   HearingAcceptance{on("2026-04-23")},
	"hearing_refusal":      HearingRefusal{on("2026-04-30"), "要求在收到告知书第八个工作日提出，已经超过五个工作日", "《中华人民共和国行政处罚法》第六十四条第一项"},
	"hearing_notice":       HearingNotice{"演示·甲乙建筑工程有限公司", "2026年5月8日9时", "本机关二楼听证室", false, "演示吴某", []string{"演示郑二", "演示冯某"}, "演示卫某"},
	"hearing_announcement": HearingAnnouncement{"2026年5月8日9时", "本机关二楼听证室", "演示·甲乙建筑工程有限公司", "演示吴某", "2026年5月7日17时", "本机关法制科", 20},
	"hearing_postponement": HearingPostponement{"2026年5月8日9时", "延期", "当事人的代理人突发疾病", "2026年5月12日9时", "本机关二楼听证室"},
	"hearing_withdrawal":   HearingWithdrawal{on("2026-04-23"), "已经了解案情，同意处罚意见"},
	"hearing_record": HearingRecord{
		sampleSession, "", "演示吴某",
		[]string{"演示郑二"},
		"法定代表人没有到场，由委托代理人参加",
		[]string{"演示陈某"},
		[]string{"演示相邻住户"},
		"主持人核对身份，宣布听证纪律和流程，告知申请回避的权利。当事人不申请回避。",
		"调查人员陈述当事人有1,260平方米裸露地面没有覆盖，出示检查笔录、照片、询问笔录，建议罚款52,000元。", "当事人认为测量没有扣除道路，面积应为1,100平方米。",
		[]QA{{"测量时有没有扣除施工道路？", "没有道路，北侧全部是裸露地面"}, {"当事人对照片有没有异议？", "对照片没有异议"}},
		"调查人员：坚持原意见。当事人：请求从轻。",
	},
	"hearing_report": HearingReport{"2026年5月8日9时至10时", "本机关二楼听证室", "演示吴某", []string{"演示郑二", "演示冯某"}, "工地有1,260平方米裸露地面没有覆盖", "当事人应当覆盖没有覆盖，有笔录、照片、询问笔录为证", "面积应为1,100平方米，请求从轻", "照片和测量记录相互印证，面积1,260平方米予以认定", "维持拟处罚意见，罚款52,000元"},

	"review_submission":   ReviewSubmission{1, on("2026-05-09"), "直接关系当事人重大权益，经过听证程序", "罚款人民币伍万贰仟元", "1,260平方米裸露地面没有覆盖，有检查笔录、照片、询问笔录", "陈述申辩采纳一点；5月8日举行听证", []string{"案卷1册", "听证笔录", "听证报告"}, ""},
	"review_opinion":      ReviewOpinion{1, on("2026-05-09"), "罚款人民币伍万贰仟元", samplePoints(), "同意", "同意按拟作决定处理"},
	"counsel_opinion":     CounselOpinion{"演示·岑律师", "演示律师事务所", "19901202610000001", on("2026-05-09"), "拟作的处罚决定", "证据能够证明违法事实，裁量适当。"},
	"coordination_record": CoordinationRecord{sampleSession, "演城管审字〔2026〕第12号", "裁量阶次是一般还是从重", "当事人两年内第二次违法，应当从重", "前次违法已超过二年，应为一般", "按法制审核意见修改后再次送审"},
	"discussion_record":   DiscussionRecord{sampleSession, "演示吴某", sampleSpeaker, []Speaker{{"演示沈某", "法制科长", ""}, {"演示赵某", "承办人", ""}}, 4, "承办人演示赵某汇报调查经过、证据、告知和听证情况。", "演城管审字〔2026〕第12号", "同意", []string{"听证笔录", "听证报告", "法制审核意见书"}, "罚款人民币伍万贰仟元", "无"},
	"decision_approval":   DecisionApproval{sampleApproval, on("2026-03-19"), on("2026-07-01"), "4月20日告知，陈述申辩采纳一点，5月8日听证", "5月11日同意（演城管审字〔2026〕第12号）", "5月12日集体讨论同意", "罚款人民币伍万贰仟元整（￥52,000）"},
	"penalty_decision": PenaltyDecision{
		Proofs: sampleProofs, Course: "2026年3月18日，本机关执法人员巡查发现当事人涉嫌未采取防尘措施，于3月19日立案调查", Facts: "当事人作为施工单位，2026年3月10日至18日在青石路88号工地有1,260平方米裸露地面没有覆盖",
		Notified: "2026年4月20日，本机关向当事人送达《行政处罚意见告知书》（演城管告字〔2026〕第37号），告知拟作出处罚的内容、事实、理由、依据和陈述、申辩、要求听证的权利", HearingRight: true, HearingAsked: true,
		Answers: []DefenceAnswer{{"防尘网没有到货，不是故意的。", "采购合同签订于3月17日，晚于开挖", false, "当事人在开挖前没有准备，有过错"}, {"已经按期改正，请求从轻。", "3月22日复查已全部覆盖", true, ""}},
		Hearing: "2026年5月8日，本机关应当事人要求举行了听证，当事人对面积的异议没有证据证明，不予采纳", Opinion: "当事人是施工单位，负有覆盖义务；按期改正的情节在裁量中已予考虑",
		Penalties: []PenaltyItem{{"罚款", "", law.Yuan(52000), 0}}, Correct: "保持覆盖至绿化完成", Channel: "演示银行任一网点（执收编码990107）或者凭缴款码通过电子支付系统", Pays: true, Publish: "本决定将依法公开",
	},
	"no_penalty_decision": NoPenaltyDecision{Proofs: sampleProofs, Course: "2026年3月18日，本机关巡查发现，于3月19日立案调查", Facts: "当事人在青石路88号工地有20平方米裸露地面没有覆盖，当日改正", Ground: "违法行为轻微并及时改正，没有造成危害后果", Provision: "《中华人民共和国行政处罚法》第三十三条第一款", Educated: "2026年3月20日约谈项目经理，讲明防尘义务", Correct: ""},

	"address_confirmation": AddressConfirmation{"演示区青石路1号201室", "演示陈某", "19900000002", true, []string{"告知书", "决定书"}, "demo@fadu.example", "短信19900000002"},
	"service_receipt":      ServiceReceipt{"演示·甲乙建筑工程有限公司", []ServedPaper{{"行政处罚决定书", "演城管罚字〔2026〕第37号"}}, "直接送达", "演示区青石路1号", law.Date{}, "演示陈某", "公司收件人员", "", "", "同时送达信用修复告知书"},
	"service_commission":   ServiceCommission{"邻市城市管理综合执法局", "演示·甲乙建筑工程有限公司", "委托", "当事人办公地址已迁至你市", "《中华人民共和国民事诉讼法》第九十一条", []ServedPaper{{"行政处罚决定书", "演城管罚字〔2026〕第37号"}}},
	"service_announcement": ServiceAnnouncement{"演示·甲乙建筑工程有限公司", []ServedPaper{{"行政处罚决定书", "演城管罚字〔2026〕第37号"}}, "登记住所无人办公，电话停机，邮寄被退回", "罚款人民币伍万贰仟元", "演示区和平路2号本机关法制科", "如不服该决定，可以自送达之日起六十日内向演示区人民政府申请行政复议，也可以在六个月内依法向演示区人民法院提起行政诉讼"},

	"performance_record": PerformanceRecord{"行政处罚决定书", "演城管罚字〔2026〕第37号", "缴纳罚款52,000元", on("2026-05-28"), "当事人于2026年5月25日通过缴款码缴纳52,000元", "电子票据1份", "已全部履行"},
	"demand_notice":      DemandNotice{Court: true, Title: "行政处罚决定书", Decision: "演城管罚字〔2026〕第37号", DecidedOn: on("2026-05-13"), ServedOn: on("2026-05-14"), Duty: "缴纳罚款52,000元", Expired: on("2026-05-29"), Within: "自收到本催告书之日起十个工作日内", How: "到银行或者通过电子支付系统缴纳", Money: true, Imposed: law.Yuan(52000), Fine: law.Yuan(52000), Surcharge: law.Yuan(15600), SurchargeFrom: on("2026-05-30"), SurchargeTo: on("2026-06-08"), Channel: "演示银行任一网点（执收编码990107）", Contact: "演示赵某，0990-0000000"},
	"court_application": CourtApplication{
		OrganAddress: "演示区和平路2号", Head: "演示吴某，局长", Agent: "演示沈某，法制科长", Claim: "强制执行罚款52,000元及加处罚款52,000元", Title: "行政处罚决定书", Decision: "演城管罚字〔2026〕第37号", DecidedOn: on("2026-05-13"), ServedOn: on("2026-05-14"), DemandedOn: on("2026-11-16"),
		Contest: "被申请人在法定期限内没有申请行政复议，没有提起行政诉讼", Fine: law.Yuan(52000), Surcharge: law.Yuan(52000), Until: on("2026-12-01"), Reason: "被申请人名下有银行账户和工程款债权，执行标的明确", CourtName: "演示区人民法院",
	},
	"court_material_list":   CourtMaterialList{Proofs{[]Proof{{"强制执行申请书", "2", "本机关制作", "申请事项"}, {"行政处罚决定书及案卷", "120", "本机关制作", "决定的事实、理由和依据"}, {"陈述申辩材料、催告书和送达回证", "9", "本机关制作", "当事人的意见和催告情况"}, {"财产线索", "3", "本机关调查", "执行标的情况"}}}, "演示区人民法院"},
	"judgment_application":  JudgmentApplication{"演示区青石路1号", "演示局长", "强制执行罚款52,000元", "行政处罚决定书", "演城管罚字〔2026〕第37号", on("2026-05-13"), on("2026-05-15"), "演示区人民法院", "（2026）演0107行初1号", on("2026-10-12"), "驳回原告的诉讼请求", law.Yuan(52000), law.Yuan(3120), law.Yuan(800), on("2026-11-20"), "被申请人在演示银行有存款"},
	"court_appeal":          CourtAppeal{"演示区人民法院", on("2026-12-01"), on("2026-12-03"), "（2026）演0107行审1号", "不予受理", "第五十六条第二款", "撤销裁定，裁定受理", "申请在三个月内提出，催告书已经送达十个工作日", "演示市中级人民法院"},
	"case_closing_approval": ClosingApproval{sampleApproval, on("2026-03-19"), "演城管罚字〔2026〕第37号", "行政处罚决定执行完毕", on("2026-05-25"), "罚款人民币伍万贰仟元", "2026年5月25日缴清，已改正", "扣押的挖掘机已退还", "2026年5月20日已公开"},

	"demolition_announcement": DemolitionAnnouncement{sampleExec, "演示·甲乙建筑工程有限公司", "青石路88号院内砖混结构一层房屋，面积86平方米", on("2026-05-13"), on("2026-05-14"), on("2026-06-30")},
	"clearance_notice":        ClearanceNotice{"青石路路面遗洒的渣土3立方米", "2026年3月18日9时30分", "2026年3月18日10时20分", "组织人员、车辆清扫冲洗", "无", law.Yuan(800), on("2026-04-02"), "演示赵某，19900000002"},
	"execution_decision":      ExecutionDecision{sampleExec, on("2026-05-13"), on("2026-12-01"), "自行拆除违法建筑", "当事人没有提出陈述和申辩", "当事人逾期不拆除，没有正当理由", "《中华人民共和国城乡规划法》第六十八条", "演示区人民政府（演区政〔2026〕9号），2026年11月20日", "强制拆除青石路88号院内砖混结构一层房屋86平方米", "由本机关组织拆除", "2026年12月21日9时", "逾期没有搬离的，由公证人员清点登记后代为保管"},
	"execution_record":        ExecutionRecord{sampleSession, sampleExec, "演示郑某（法定代表人）", "演示孙某（大队长）", "演示何某（社区工作人员）", "9时30分宣布决定，10时开始拆除，10时20分结束", "清出办公桌4张、空调1台，当事人当场领回", "", "没有意见"},
	"substitute_decision":     SubstituteDecision{Executed{"责令改正通知书", "演城管责改字〔2026〕第9号"}, false, "清除倾倒的建筑垃圾", "已经危害交通安全", "当事人逾期不清除，经催告仍不履行", "青石路88号门前建筑垃圾约40立方米", "机械清运", "2026年6月1日9时", "人民币3,200元", "演示·清运有限公司（没有利害关系的第三人）"},
	"substitute_demand":       SubstituteDemand{"演城管代字〔2026〕第2号", on("2026-05-20"), "2026年6月1日9时", on("2026-05-29"), "清除青石路88号门前建筑垃圾", "演示·清运有限公司", "演示赵某，0990-0000000"},
	"execution_agreement":     ExecutionAgreement{sampleExec, on("2026-05-13"), "罚款52,000元和加处罚款15,600元", "2026年7月31日前缴纳26,000元，8月31日前缴纳26,000元", "已完成工地绿化", "加处罚款15,600元全部减免"},
	"halt_notice":             HaltNotice{sampleExec, false, "第三人对执行标的主张权利，确有理由", on("2026-07-01")},
	"end_execution_notice":    EndExecutionNotice{sampleExec, "据以执行的行政决定被撤销", on("2026-08-03"), "已执行的款项依法退还"},
}

func samplePoints() []ReviewPoint {
	var out []ReviewPoint
	for _, name := range ReviewPoints {
		out = append(out, ReviewPoint{Name: name, Finding: "符合规定"})
	}
	out[1].Cite = "住房和城乡建设行政处罚程序规定第二十四条"
	return out
}
