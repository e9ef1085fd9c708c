package law

// The facts that the file of an ordinary case states beyond the recheck door's published list, by stage.
var (
	PrimaFacie     = Bool("prima_facie", "有初步证据证明违法行为")
	InJurisdiction = Bool("in_jurisdiction", "属于本机关管辖")
	FiledElsewhere = Bool("filed_by_other_agency", "其他有权机关已先立案")

	RecordMade            = Bool("record_made", "已制作笔录")
	InterviewedAlone      = Bool("interviewed_alone", "询问个别进行")
	PagesSigned           = Bool("each_page_signed", "笔录逐页签名或者注明拒签")
	CorrectionsInitialled = Bool("corrections_initialled", "笔录没有涂改，或者涂改处已签名、捺印")
	CopyChecked           = Bool("copy_checked", "复制件已注明与原件核对一致并由提供人、执法人员签名")
	CommissionWritten     = Bool("commission_written", "有检测、鉴定委托书")
	BodyQualified         = Bool("body_qualified", "检测、鉴定的机构或者人员具有资质")
	UntoldResults         = List("untold_results", "告知书还没有送达当事人的检测、鉴定结果")
	NothingToCorrect      = Bool("nothing_to_correct", "违法行为已经终了，没有可以改正的，理由已写明")
	MissingReportParts    = List("missing_report_parts", "调查终结报告所缺内容")

	ExtendedOnce  = Bool("extended_once", "已经负责人批准延长过一次")
	CheckExtended = Bool("check_extended_once", "核查期限已延长过一次")
	BeforeExpiry  = Bool("before_expiry", "期限尚未届满")

	MustBeLighter = Bool("must_be_lighter", "查明有应当从轻或者减轻处罚的情形")
	FineLighter   = Bool("fine_lighter", "写明了从轻、减轻的情形，罚款也确实从轻或者减轻")
	DutyPerformed = Bool("duty_performed", "罚款以外的义务已经履行")
	PartyGone     = Bool("party_gone", "当事人已经死亡或者终止，没有登记承受其权利义务的人")
	PartyGoneAs   = Text("party_gone_as", "登记的当事人死亡、终止情况", "没有", "公民死亡", "法人或者其他组织终止", "待确定承受人")
	// HaltedThreeYears: execution was halted three years ago and not taken up again; ApprovedByChief: by the chief head in person.
	HaltedThreeYears = Bool("halted_three_years", "中止执行满三年没有恢复")
	ApprovedByChief  = Bool("approved_by_chief_head", "经主要负责人批准")
	DemandSilent     = Bool("demand_silent", "催告后没有提出意见")
	EndGround        = Text("end_ground", "终止调查、终结执行的情形")

	ThingsUnaccounted = Bool("things_unaccounted", "有登记保存、查封、扣押的财物没有交代去向")
	Verifiers         = Number("verifiers", "核实涉嫌犯罪的人数")
	CrimeReported     = Bool("crime_report_waiting", "有等待决定的涉嫌犯罪报告")
	ChiefOrActing     = Bool("chief_or_acting_head", "由正职负责人或者主持工作的负责人决定")
	LatenessExplained = Bool("transfer_lateness_explained", "批准后二十四小时内移送，或者写明了超过的原因")

	TargetInvestigated = Bool("merge_target_investigated", "并入的案件在调查取证")
	TargetFiledFirst   = Bool("merge_target_filed_first", "并入的案件先立案，或者本案没有立案")
	PartyOrJoint       = Bool("merge_same_party_or_joint", "是同一当事人，或者写明了为什么一并处理")
	FineUnreturned     = Amount("fine_unreturned", "已撤销的决定还没有退还的罚款")
	DemandTerm         = Number("demand_term_workdays", "催告书给当事人的工作日数")
	DemandForCourt     = Bool("demand_for_court", "催告以后申请人民法院强制执行")

	PreservationOpen = Bool("preservation_open", "有先行登记保存还没有作出处理决定或者还没有退还")
	AppraisalPending = Bool("appraisal_pending", "有委托的检测、鉴定还没有收到结果")
	OrderUnchecked   = Bool("correction_unchecked", "有责令改正还没有复查")
	NotAsRechecked   = Bool("not_as_rechecked", "拟定写的改正情况与最后一次复查不符")

	PurposeStated      = Bool("preservation_purpose", "已写明保存物品证明什么、为什么拍照不够")
	LegalConsent       = Bool("legal_consent", "法制机构已同意登记保存车辆、摊位、易腐物品")
	SeizureGranted     = Bool("seizure_granted_by_statute", "法律、法规规定本机关可以查封、扣押")
	DecisionHandedOver = Bool("seizure_papers_handed_over", "已当场交付查封、扣押决定书和清单")
	ListTwice          = Bool("list_two_copies", "清单一式二份，由当事人和行政机关分别保存")
	ExtensionTold      = Bool("extension_told", "延长决定已书面告知当事人并说明理由")
	DisposalProvided   = Bool("disposal_provided", "没收或者销毁有法律、行政法规规定")
	EvidenceClosed     = Bool("evidence_closed", "案件已经作出决定、已经结束或者已经移走")
	Confiscation       = Bool("confiscation", "财物拟作没收处理")
	ConfiscationServed = Bool("confiscation_served", "没收非法财物的处罚决定已经送达")
	DecisionServed     = Bool("decision_served", "决定已经作出并送达")
	NotSeized          = List("not_seized", "拟转为查封、扣押而没有实施的物品")
	MissingSaleSteps   = List("missing_sale_steps", "先行拍卖、变卖不易保管的财物所缺的条件")
	DisposalWay        = Text("disposal_way", "没收财物的处理方式", "公开拍卖", "按照国家有关规定处理", "销毁", "款项上缴国库")
	DisposalApproved   = Bool("disposal_approved", "这些没收财物怎样处理已经负责人批准")
	DisposalProceeds   = Amount("disposal_proceeds", "处理没收财物所得款项")
	TreasuryPaid       = Amount("treasury_paid", "处理没收财物的款项已上缴国库的数额")
	ConfiscatedKept    = Bool("confiscated_kept", "没收的财物、款项还没有处理、上缴")
	SeizureOpen        = Bool("seizure_open", "有查封、扣押正在实施，还没有解除或者处理")

	MissingNoticeParts = List("missing_notice_parts", "告知书所缺内容")
	DraftPunishes      = Bool("draft_punishes", "拟定的处理决定是给予处罚")
	NoticeMatches      = Bool("notice_matches_report", "告知内容与批准的调查终结报告一致")
	UntoldEvidence     = List("untold_evidence", "告知以后才采信的证据")
	UnansweredPoints   = List("unanswered_points", "没有答复的陈述申辩意见")
	ReviewWritten      = Bool("defence_review_written", "已制作书面复核意见")

	MissingHearingSteps   = List("missing_hearing_steps", "听证没有进行的步骤")
	SeatsInvestigated     = Bool("hearing_seats_investigated", "听证员、记录员中有本案调查人员")
	SeatsRecused          = Bool("hearing_seats_recused", "主持人、听证员、记录员中有已经决定回避的人")
	SeatsRecusalOpen      = Bool("hearing_recusal_open", "对主持人、听证员、记录员的回避申请还没有决定")
	AgentsMandated        = Bool("agents_mandated", "每名代理人都有授权委托书")
	HearingRecordAttached = Bool("hearing_record_attached", "听证报告附有听证笔录")

	ReviewerRecusalOpen = Bool("reviewer_recusal_open", "对审核人员的回避申请还没有决定")
	ReviewerRecused     = Bool("reviewer_recused", "审核人员已经决定回避")

	ChiefConcerned = Bool("chief_concerned", "被申请回避的是主要负责人")
	DeciderRecused = Bool("decider_recused", "审批的负责人已经决定回避")

	ReviewPoints  = Number("review_points", "已有结论的审核内容项数")
	OpinionSigned = Bool("opinion_signed", "审核意见已由审核人签名")

	MembersSigned    = Bool("members_signed", "参加讨论的成员都已签名")
	OpinionsRecorded = Bool("opinions_recorded", "每名成员的意见都已记载")
	ChiefSpokeLast   = Bool("chief_spoke_last", "主要负责人最后表态")
	OutsiderVoted    = Bool("outsider_voted", "列席人员参加了表决")

	ReviewLapsed     = Bool("review_lapsed", "法制审核后事实、证据、依据或者处罚有变动")
	WorseThanNotice  = Bool("worse_than_notice", "事实、依据、种类或者数额比告知的更不利")
	EvidenceNumbered = Bool("evidence_numbered", "证据已编号并写明证明目的")
	DeviceUnrecorded = Bool("device_record_missing", "使用了没有法制和技术审核记录的监控设备数据")

	// What the benchmark and the statute would not allow without a reason of its own.
	BenchmarkDeparture  = Bool("benchmark_departure", "偏离裁量基准")
	BenchmarkBySuperior = Bool("benchmark_by_superior", "裁量基准由上级机关制定")
	DepartureApproved   = Bool("departure_approved", "偏离基准经主要负责人批准或者集体讨论通过")
	MakerApproved       = Bool("benchmark_maker_approved", "偏离基准经制定机关批准")
	CannotDiscern       = Bool("cannot_discern", "当事人是精神病人、智力残疾人，行为时不能辨认或者不能控制自己行为")
	MinorLightened      = Bool("minor_lightened", "因当事人不满十八周岁已经从轻或者减轻")
	StatutoryReduction  = Bool("statutory_reduction", "有法定减轻处罚的情形")
	SocialRisk          = Bool("social_risk", "可能造成重大社会影响或者引发社会风险")

	ReceiptSigned = Bool("receipt_signed", "送达回证有签名和日期")
	PaperServed   = Bool("paper_served", "文书已送达")

	MissingDemandParts = List("missing_demand_parts", "催告书所缺内容")
	PerformanceOverdue = Bool("performance_overdue", "履行期限已经届满")
	ExecutionGranted   = Bool("execution_granted_by_statute", "法律规定本机关可以强制执行")
	DemandHeard        = Bool("demand_defence_heard", "催告后的陈述申辩已听取、复核，或者当事人没有提出")
	DemandExpired      = Bool("demand_term_expired", "催告书载明的履行期限已经届满")
	AssetsHidden       = Bool("assets_hidden", "有证据证明有转移或者隐匿财物迹象")
	ExecutionServed    = Bool("execution_decision_served", "强制执行决定已经作出并送达")
	SubstituteServed   = Bool("substitute_decision_served", "代履行决定已经作出并送达")
	SubstituteDayCome  = Bool("substitute_day_come", "代履行决定书载明的日期已到，催告书载明的期限已过")
	SubstituteTerm     = Number("substitute_demand_term", "代履行催告留给当事人的工作日数")
	SubstituteAfter    = Bool("substitute_after_demand", "代履行的日期在催告的期限以后")
	AnnouncementRuns   = Bool("demolition_announcement_running", "公告限期自行拆除的期限还没有届满")
	DaysSinceSubDemand = Number("workdays_since_substitute_demand", "代履行催告书送达后的工作日数")
	JudgmentStands     = Bool("judgment_stands", "有驳回诉讼请求等维持决定内容的生效裁判，决定已按裁判办理")
	JudgmentApplied    = Bool("judgment_applied_for", "这项申请是申请执行生效裁判")
	WithinTwoYears     = Bool("within_two_years", "在裁判规定的履行期满（没有规定的，裁判生效）之日起二年内")
	CostRest           = Amount("substitute_cost_rest", "代履行的费用还没有收取、没有写明不再收取理由的数额")
	ClearanceUntold    = Bool("clearance_untold", "立即代履行以后查明了当事人，还没有通知")
	PoliceAsked        = Bool("police_asked", "已经移送公安机关，还没有登记答复")
	CrimeOpen          = Bool("crime_report_open", "涉嫌犯罪的报告还没有决定，或者批准以后还没有移送")
	MeasureUnproved    = Bool("measurement_unproved", "拟定的处罚按测量值确定阶次，没有写明采信的证据")
	DecisionSetAside   = Bool("decision_set_aside", "决定被复议机关或者人民法院撤销、变更、确认无效，还没有按结果办理")
	Adjudged           = Bool("adjudged", "人民法院已经对当事人的起诉作出裁判")
	FineRest           = Amount("fine_rest", "罚款还没有缴的数额")
	SurchargeOwed      = Amount("surcharge_owed", "加处罚款还没有缴、没有减免的数额")
	OpenDuties         = List("open_duties", "罚款以外还没有履行的义务")
	ContestCourse      = Text("contest_course", "复议、诉讼的经过")
	CourtOpen          = Bool("court_application_open", "向人民法院的强制执行申请还没有办完")
	ClearingDuty       = Bool("clearing_duty", "义务是排除妨碍、恢复原状等，后果已经或者将危害交通安全、造成环境污染或者破坏自然资源")
	SupervisedOnSite   = Bool("supervised_on_site", "作出决定的行政机关派员到场监督")
	PrincipalReduced   = Bool("principal_reduced", "执行协议减免了罚款本金")
	SameActAgain       = Bool("same_act_again", "以同一的事实和理由作出基本相同的行为")

	ClosingGround  = Bool("closing_ground", "有决定执行完毕、终结执行、终止调查、不予处罚或者移送等结案情形")
	MeasuresOpen   = Bool("measures_open", "还有登记保存、查封、扣押没有了结")
	PapersUnserved = Bool("papers_unserved", "有应当送达的文书还没有送达")

	// Read by rules of several parts.
	InformantNamed    = Bool("informant_named", "举报人留有姓名和联系方式")
	InformantTold     = Bool("informant_told", "已告知具名举报人")
	PartyPresent      = Bool("party_present", "当事人到场")
	PartyCalled       = Bool("party_called", "已通知当事人到场")
	SuspensionGround  = Text("suspension_ground", "中止调查的情形", "须以其他案件的裁判或者其他行政机关的决定为依据", "法律适用需要请示", "不可抗力", "当事人下落不明", "其他")
	NoPenaltyGround   = Text("no_penalty_ground", "不予处罚的情形", "违法行为轻微", "没有主观过错", "首违", "违法事实不成立", "不满十四周岁", "不能辨认或者控制自己行为")
	ReviewOutcome     = Text("review_outcome", "法制审核意见", "同意", "补充调查", "改正", "移送")
	RequestedInTime   = Bool("hearing_requested_in_time", "当事人在期限内要求听证")
	MembersPresent    = Number("members_present", "到会的负责人人数")
	Quorum            = Number("quorum", "本局规定的集体讨论最少人数")
	ReviewedOn        = Day("reviewed_on", "法制审核同意日")
	DiscussedOn       = Day("discussed_on", "集体讨论日")
	HearingReportedOn = Day("hearing_reported_on", "听证报告日")
	DecisionDue       = Day("decision_due", "作出处罚决定期限")
)

var ordinaryKeys = []Key{
	PrimaFacie, InJurisdiction, FiledElsewhere, RecordMade, InterviewedAlone, PagesSigned, CorrectionsInitialled, CopyChecked, CommissionWritten,
	BodyQualified, UntoldResults, NothingToCorrect, MissingReportParts, ExtendedOnce, BeforeExpiry, ThingsUnaccounted, PreservationOpen, AppraisalPending, OrderUnchecked, NotAsRechecked, CannotDiscern, MinorLightened, Verifiers, CrimeReported, ChiefOrActing, LatenessExplained, TargetInvestigated, TargetFiledFirst, PartyOrJoint, FineUnreturned, DemandTerm, DemandForCourt, PurposeStated, LegalConsent, SeizureGranted,
	DecisionHandedOver, ListTwice, ExtensionTold, DisposalProvided, EvidenceClosed, Confiscation, ConfiscationServed, DecisionServed, NotSeized, MissingSaleSteps, DisposalWay, DisposalApproved, DisposalProceeds, TreasuryPaid, ConfiscatedKept, SeizureOpen, MissingNoticeParts, DraftPunishes, NoticeMatches, UntoldEvidence, UnansweredPoints, ReviewWritten, CheckExtended, DutyPerformed, PartyGone, PartyGoneAs, EndGround, MustBeLighter, FineLighter,
	MissingHearingSteps, SeatsInvestigated, SeatsRecused, SeatsRecusalOpen, AgentsMandated, HearingRecordAttached, ReviewerRecusalOpen, ReviewerRecused, ChiefConcerned, DeciderRecused, ReviewPoints, OpinionSigned, MembersSigned, OpinionsRecorded, ChiefSpokeLast, OutsiderVoted, ReviewLapsed,
	WorseThanNotice, EvidenceNumbered, DeviceUnrecorded, BenchmarkDeparture, BenchmarkBySuperior, DepartureApproved, MakerApproved, StatutoryReduction, SocialRisk, ReceiptSigned, PaperServed, MissingDemandParts, PerformanceOverdue, ExecutionGranted,
	HaltedThreeYears, ApprovedByChief, DemandSilent, DemandHeard, DemandExpired, AssetsHidden, ExecutionServed, SubstituteServed, SubstituteDayCome, SubstituteTerm, SubstituteAfter, AnnouncementRuns, DaysSinceSubDemand, DecisionSetAside, JudgmentStands, JudgmentApplied, WithinTwoYears, CostRest, ClearanceUntold, PoliceAsked, CrimeOpen, MeasureUnproved, Adjudged, FineRest, SurchargeOwed, OpenDuties, ContestCourse, CourtOpen, ClearingDuty, SupervisedOnSite, PrincipalReduced, SameActAgain, ClosingGround, MeasuresOpen, PapersUnserved,
	InformantNamed, InformantTold, PartyPresent, PartyCalled, SuspensionGround, NoPenaltyGround, ReviewOutcome, RequestedInTime,
	MembersPresent, Quorum, ReviewedOn, DiscussedOn, HearingReportedOn, DecisionDue,
}
