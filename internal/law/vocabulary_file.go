package law

// The facts that only a real file states: the recheck door's published list does not have them, the
// bureau's own pages require them (practice.md 1–17). Labels as in vocabulary.go.
var (
	// The handling officers, on the day of the act and for its place.
	OfficerAreaCovers = Bool("officer_area_covers", "执法证的执法区域包括案发地")
	OfficerRecused    = Bool("officer_recused", "承办人已被决定回避")
	OfficerJudged     = Bool("officer_judged", "承办人审核过本案或者主持过本案听证")
	AuxiliaryHandling = Bool("auxiliary_handling", "辅助人员担任承办人")
	OfficersSigned    = Number("officers_signed", "以本人身份签名的执法人员人数")

	// The party.
	IdentityEstablished = Bool("identity_established", "当事人身份已核实")
	GuardianNoted       = Bool("guardian_noted", "已记录并通知监护人")
	SoleTraderAsUnit    = Bool("sole_trader_as_unit", "本局规定个体工商户按单位限额")
	StatementRecorded   = Bool("statement_recorded", "陈述申辩已按原话记录（没有的记“无”）")

	// What the street leaves behind.
	PhotosWithPlaceTime = Number("photos_with_place_time", "带时间和地点的现场照片张数")
	MeasurementRequired = Bool("measurement_required", "裁量阶次须有测量数据")
	MeasurementRecorded = Bool("measurement_recorded", "已记录测量数据")
	FootageLinked       = Bool("footage_linked", "已关联执法记录仪音像")
	FootageGapExplained = Bool("footage_gap_explained", "已说明没有音像的原因")
	CorrectionOrdered   = Bool("correction_ordered", "已责令改正")
	CorrectedOnSpot     = Bool("corrected_on_spot", "当事人当场改正")
	CorrectionDue       = Day("correction_due", "限期改正的期限")
	EducationRecorded   = Bool("education_recorded", "已教育并记录")
	PledgeSigned        = Bool("pledge_signed", "当事人已签承诺书")
	ExemptionChecked    = Bool("exemption_checked", "已查核不予处罚、首违不罚情形")

	// Power and benchmark.
	SubjectCompetent = Bool("subject_competent", "执法主体有该事项的处罚权")
	PowerAdopted     = Bool("power_adopted", "该事项已由法制部门核定启用")
	PowerInForce     = Bool("power_in_force", "处罚依据在行为日有效")
	PowerVerified    = Bool("power_verified", "该事项的条号和数额已核对")
	PenaltyProvided  = Bool("penalty_provided", "依据规定了这一处罚种类")
	StatuteMin       = Amount("statute_min", "法定罚款下限")
	StatuteMax       = Amount("statute_max", "法定罚款上限")
	BenchmarkExists  = Bool("benchmark_exists", "该事项有裁量基准")
	BenchmarkIssued  = Bool("benchmark_issued", "裁量基准已印发并公布")
	TierNamed        = Bool("tier_named", "已写明裁量阶次和适用理由")
	TierMin          = Amount("tier_min", "裁量阶次下限")
	TierMax          = Amount("tier_max", "裁量阶次上限")
	TierMaxExcluded  = Bool("tier_max_excluded", "裁量阶次不含上限")

	// The paper after it is made.
	Sealed          = Bool("sealed", "已用印")
	ReviewFirstTold = Bool("review_first_told", "决定书写明先申请行政复议再起诉")
	Delivered       = Bool("delivered", "已交付当事人")
	ReasonRecorded  = Bool("reason_recorded", "已写明理由")
	SlipOnly        = Bool("slip_only", "只是漏载或者文字、计算错误且不影响当事人权益")
	Disclosed       = Bool("disclosed", "处罚决定已公开")
	FineCollected   = Bool("fine_collected", "罚款已收缴")

	// A change of the delivered decision.
	ChangeWorsens  = Bool("change_worsens", "变更对当事人更不利")
	ChangeHeavier  = Bool("change_heavier", "变更以后罚款更多或者处罚种类更多、更重")
	ChangeTold     = Bool("change_told", "已照变更后的内容重新告知")
	ChangeHeard    = Bool("change_heard", "重新告知后已听取陈述申辩或者期限已满")
	ChangeUnserved = Bool("change_unserved", "变更决定书还没有送达")
	RefundDue      = Bool("refund_due", "有多缴的罚款没有退还")
	// A decision written by hand and entered later.
	EntryConfirmed     = Bool("entry_confirmed", "补录已由另一名执法人员确认")
	HandwrittenPending = Bool("handwritten_pending", "手工决定书的问题等负责人处理")
	HandwrittenFaults  = List("handwritten_faults", "手工决定书违反的规则")

	// Money in hand, records and the end of the case.
	ReceiptRegistered = Bool("receipt_registered", "专用票据已领用并登记号码")
	CashCollected     = Bool("cash_collected", "当场收缴了现金")
	CashHandedIn      = Bool("cash_handed_in", "当场收缴的罚款已上交")
	CashReceivedApart = Bool("cash_received_apart", "由承办人以外的人经收")
	HandInDue         = Day("hand_in_due", "上交期限")
	HandedInOn        = Day("handed_in_on", "上交日")
	OnSpotRecorded    = Bool("onspot_recorded", "当场处罚已报备案")
	RecordDue         = Day("record_due", "备案期限")
	RecordedOn        = Day("recorded_on", "备案日")
	EndedOtherwise    = Bool("ended_otherwise", "有其他依法结案的情形")
	LargeAmount       = Bool("large_amount", "数额达到听证标准")
)

var fileKeys = []Key{
	OfficerAreaCovers, OfficerRecused, OfficerJudged, AuxiliaryHandling, OfficersSigned,
	IdentityEstablished, GuardianNoted, SoleTraderAsUnit, StatementRecorded,
	PhotosWithPlaceTime, MeasurementRequired, MeasurementRecorded, FootageLinked, FootageGapExplained,
	CorrectionOrdered, CorrectedOnSpot, CorrectionDue, EducationRecorded, PledgeSigned, ExemptionChecked,
	SubjectCompetent, PowerAdopted, PowerInForce, PowerVerified, PenaltyProvided, StatuteMin, StatuteMax,
	BenchmarkExists, BenchmarkIssued, TierNamed, TierMin, TierMax, TierMaxExcluded,
	Sealed, ReviewFirstTold, Delivered, ReasonRecorded, SlipOnly, Disclosed, FineCollected,
	ChangeWorsens, ChangeHeavier, ChangeTold, ChangeHeard, ChangeUnserved, RefundDue,
	EntryConfirmed, HandwrittenPending, HandwrittenFaults,
	ReceiptRegistered, CashCollected, CashHandedIn, CashReceivedApart, HandInDue, HandedInOn,
	OnSpotRecorded, RecordDue, RecordedOn, EndedOtherwise, LargeAmount,
}
