package law

import (
	"maps"
	"slices"
	"sync"
)

// The facts of the recheck door, named as its published list names them. Labels are what a file calls
// them, in 案卷中没有记载：…. A label states the fact as it is when the value is true.
var (
	// Who acts.
	Officers          = Number("officers", "执法人员人数")
	OfficersCertified = Bool("officers_certified", "执法人员均有执法资格")
	CertifiedCount    = Number("certified_count", "持有效执法证的执法人员人数")
	AuxiliaryCount    = Number("auxiliary_count", "辅助人员人数")
	ShowedID          = Bool("showed_id", "已出示执法证件")
	HasDirectInterest = Bool("has_direct_interest", "与案件有直接利害关系")
	RecusalRequested  = Bool("recusal_requested", "当事人已申请回避")
	RecusalDecided    = Bool("decided", "回避申请已决定")
	Decider           = Text("decider", "决定回避的人", "行政机关负责人")

	// The act and its proof.
	FactsClear         = Bool("facts_clear", "违法事实清楚、证据确凿")
	HasLegalBasis      = Bool("has_legal_basis", "有法定处罚依据")
	EvidenceType       = Text("evidence_type", "证据种类", "电子技术监控记录")
	Reviewed           = Bool("reviewed", "记录内容已经审核并符合要求")
	IllegalMeans       = Bool("obtained_by_illegal_means", "以非法手段取得")
	ApprovedByHead     = Bool("approved_by_head", "行政机关负责人已批准")
	EvidenceMayBeLost  = Bool("evidence_may_be_lost", "证据可能灭失或者以后难以取得")
	SuspectedCrime     = Bool("suspected_crime", "违法行为涉嫌犯罪")
	ViolationStart     = Day("violation_start", "违法行为发生日")
	ViolationEnd       = Day("violation_end", "违法行为终了日")
	Continuing         = Bool("continuing", "违法行为有连续或者继续状态")
	Discovered         = Day("discovered", "违法行为发现日")
	LifeHealthFinance  = Bool("life_health_finance_with_harm", "涉及公民生命健康安全、金融安全且有危害后果")
	SlightViolation    = Bool("minor", "违法行为轻微")
	CorrectedInTime    = Bool("corrected_in_time", "已及时改正")
	Harm               = Text("harm", "危害后果", "无", "轻微")
	FirstViolation     = Bool("first_violation", "初次违法")
	NoFaultProved      = Bool("no_subjective_fault_proved", "当事人已证明没有主观过错")
	HarmEliminated     = Bool("actively_eliminated_harm", "主动消除或者减轻危害后果")
	Coerced            = Bool("coerced", "受他人胁迫或者诱骗")
	NewRuleLighter     = Bool("new_rule_lighter", "新规定处罚较轻或者不认为违法")
	DecidedAfterChange = Bool("decision_after_amendment", "作出决定时规定已修改或者废止")

	// The party and the penalty.
	Party           = Text("party", "当事人类型", "公民", "法人", "其他组织", "个体工商户")
	Age             = Number("age", "当事人行为时的年龄")
	Penalty         = Text("penalty", "处罚种类")
	MoneyAmount     = Amount("amount", "金额")
	FinalPenalty    = Amount("final_penalty", "决定的罚款数额")
	InformedPenalty = Amount("informed_penalty", "告知的罚款数额")
	RaisedByDefence = Bool("increased_due_to_defence", "因陈述申辩加重了处罚")
	AlreadyFined    = Bool("already_fined_for_same_act", "同一违法行为已被罚款")

	// Procedure before the decision.
	Filed                = Bool("filed", "已立案")
	InvestigationClosed  = Bool("investigation_closed", "调查已终结")
	Informed             = Bool("informed", "已告知拟处罚内容及事实、理由、依据和权利")
	PartyHeard           = Bool("party_heard", "已听取陈述申辩")
	PartyWaived          = Bool("party_expressly_waived", "当事人明确放弃陈述申辩")
	ObjectionSubmitted   = Bool("objection_submitted", "当事人提出了陈述申辩")
	HearingRequired      = Bool("hearing_required", "属于应当告知听证权利的案件")
	HearingNotified      = Bool("hearing_notified", "已告知听证权利")
	HearingRequested     = Bool("hearing_requested", "当事人要求听证")
	HearingHeld          = Bool("hearing_held", "已举行听证")
	RequestPeriodExpired = Bool("request_period_expired", "申请听证的期限已满")
	LegalReviewRequired  = Bool("legal_review_required", "须法制审核")
	LegalReview          = Text("legal_review", "法制审核结论", "未审核", "未通过", "通过")
	CollectiveRequired   = Bool("collective_required", "须集体讨论")
	CollectiveDiscussed  = Bool("collective_discussed", "负责人已集体讨论")
	MajorPublicInterest  = Bool("major_public_interest", "涉及重大公共利益")
	MajorRights          = Bool("major_rights", "直接关系当事人或者第三人重大权益")
	ComplexCase          = Bool("complex_case", "案情疑难复杂")
	ManyRelations        = Bool("multiple_legal_relations", "涉及多个法律关系")
	FirstReviewer        = Bool("first_time", "初次从事处罚决定法制审核")
	PassedLegalExam      = Bool("passed_national_legal_exam", "已取得法律职业资格")
	IsInvestigator       = Bool("is_case_investigator", "是本案调查人员")
	Agents               = Number("agents", "代理人人数")
	HearingNoticeDays    = Number("workdays_between_notice_and_hearing", "通知与听证之间的工作日数")
	AbsentWithoutReason  = Bool("party_absent_without_reason", "当事人无正当理由缺席或者中途退出听证")

	// The paper and its delivery.
	MissingFields      = List("missing_fields", "决定书所缺事项")
	Numbered           = Bool("numbered", "决定书编有号码")
	RefusedToSign      = Bool("party_refused_to_sign", "当事人拒绝签收")
	NotedOnDocument    = Bool("noted_on_document", "拒绝签收已在决定书上注明")
	PartyConsented     = Bool("party_consented", "当事人同意电子送达")
	ConfirmationSigned = Bool("confirmation_signed", "已签订电子送达确认书")
	RecipientRefused   = Bool("recipient_refused", "受送达人拒绝接收")
	WitnessPresent     = Bool("witness_present", "有见证人到场")
	PhotoOrVideo       = Bool("photo_or_video", "已拍照或者录像")
	LeftAtResidence    = Bool("left_at_residence", "文书已留在住所")
	WhereaboutsUnknown = Bool("whereabouts_unknown", "受送达人下落不明")
	OtherMethodsTried  = Bool("other_methods_tried", "其他方式无法送达")
	Recipient          = Text("recipient", "受送达人类型", "公民")
	ReceiverAdult      = Bool("receiver_adult", "代收的家属已成年")
	DecisionStatus     = Text("decision_status", "处罚决定的状态", "被撤销")
	ProcedureUsed      = Text("procedure", "处罚程序", "简易", "普通")
	SpecialReceipt     = Bool("special_receipt", "出具财政部门统一制发的专用票据")
	HardToExecuteLater = Bool("hard_to_execute_later", "不当场收缴事后难以执行")
	RemoteArea         = Bool("remote_area", "在边远、水上、交通不便地区")
	PaymentDifficulty  = Bool("payment_difficulty", "到银行或者电子支付缴纳确有困难")
	PartyRequested     = Bool("party_requested", "当事人提出当场缴纳")
	PartyApplied       = Bool("party_applied", "当事人申请延期或者分期缴纳")
	EconomicHardship   = Bool("economic_hardship", "当事人确有经济困难")
	AgencyApproved     = Bool("agency_approved", "行政机关批准")
	ReviewApplied      = Bool("review_applied", "已申请行政复议")
	StatutoryException = Bool("statutory_exception", "有法律规定的停止执行情形")
	ReviewPending      = Bool("review_pending", "行政复议或者行政诉讼尚未结束")
	FineImposed        = Amount("fine", "罚款数额")
	SurchargeAccrued   = Amount("surcharge_accrued", "已加处的罚款")
	Approved           = Bool("approved", "已经批准")
	Target             = Text("target", "对象", "公民个人及其所扶养家属的生活必需品", "居民生活")
	RelatedToCase      = Bool("related_to_case", "与违法行为有关")
	DelegatedTo        = Text("delegated_to", "受委托实施的组织", "受委托组织")
	InitialDays        = Number("initial_days", "查封扣押天数")
	ExtensionDays      = Number("extension_days", "延长天数")
	ComplexSituation   = Bool("complex", "情况复杂")
	SealedByOther      = Bool("already_sealed_by_other_agency", "已被其他国家机关依法查封")
	ExecutionTime      = Text("time", "执行时间", "夜间", "法定节假日")
	Urgent             = Bool("urgent", "情况紧急")
	Announced          = Bool("announced", "已公告限期自行拆除")
	ReviewSuitExpired  = Bool("review_or_suit_period_expired", "复议、起诉期限已满")
	SuitExpired        = Bool("suit_period_expired", "起诉期限已满")
	PartySued          = Bool("party_sued", "当事人已提起行政诉讼")
	PartyAppliedReview = Bool("party_applied_review", "当事人已申请行政复议")
	PartyDemolished    = Bool("party_demolished", "当事人已自行拆除")
	CountyOrdered      = Bool("county_gov_ordered", "县级以上人民政府已责成")
	ClearedObject      = Text("object", "需要清除的物品", "道路遗洒物")
	PartyCanClear      = Bool("party_can_clear", "当事人能够清除")
	Performed          = Bool("performed", "决定已履行完毕")
	DemandServed       = Bool("demand_served", "催告书已送达")
	DaysSinceDemand    = Number("workdays_since_demand", "催告书送达后的工作日数")
	WithinThreeMonths  = Bool("within_3_months", "在三个月申请期内")
	JustifiedReason    = Bool("justified_reason", "逾期有正当理由")
	MissingMaterials   = List("missing_materials", "所缺申请材料")
	ContestedAct       = Text("act", "被诉行为", "当场作出的行政处罚决定", "政府信息不予公开决定", "普通程序作出的罚款决定")
	ReviewDone         = Bool("review_done", "已经过行政复议")
	Agency             = Text("agency", "作出行为的机关", "区人民政府工作部门(非垂直管理)")
	ClearCase          = Bool("clear", "事实清楚、权利义务关系明确、争议不大")
	OnSpotAct          = Bool("onspot", "被申请的行为是当场作出")
	WarningCase        = Bool("warning", "被申请的行为是警告或者通报批评")
	BothAgree          = Bool("both_agree", "当事人各方同意适用简易程序")
	LeaderPresent      = Bool("leader_present", "负责人出庭")
	StaffPresent       = Bool("staff_present", "相应工作人员出庭")
	Lawyers            = Number("lawyers", "委托律师人数")
	CourtRole          = Text("role", "出庭人员的职务", "参与分管的负责人")
	ThirdPartyEvidence = Bool("third_party_evidence", "涉及第三人合法权益且第三人提供了证据")
)

var doorKeys = []Key{
	Officers, OfficersCertified, CertifiedCount, AuxiliaryCount, ShowedID, HasDirectInterest, RecusalRequested, RecusalDecided, Decider,
	FactsClear, HasLegalBasis, EvidenceType, Reviewed, IllegalMeans, ApprovedByHead, EvidenceMayBeLost, SuspectedCrime,
	ViolationStart, ViolationEnd, Continuing, Discovered, LifeHealthFinance, SlightViolation, CorrectedInTime, Harm,
	FirstViolation, NoFaultProved, HarmEliminated, Coerced, NewRuleLighter, DecidedAfterChange,
	Party, Age, Penalty, MoneyAmount, FinalPenalty, InformedPenalty, RaisedByDefence, AlreadyFined,
	Filed, InvestigationClosed, Informed, PartyHeard, PartyWaived, ObjectionSubmitted,
	HearingRequired, HearingNotified, HearingRequested, HearingHeld, RequestPeriodExpired,
	LegalReviewRequired, LegalReview, CollectiveRequired, CollectiveDiscussed,
	MajorPublicInterest, MajorRights, ComplexCase, ManyRelations, FirstReviewer, PassedLegalExam,
	IsInvestigator, Agents, HearingNoticeDays, AbsentWithoutReason,
	MissingFields, Numbered, RefusedToSign, NotedOnDocument, PartyConsented, ConfirmationSigned,
	RecipientRefused, WitnessPresent, PhotoOrVideo, LeftAtResidence, WhereaboutsUnknown, OtherMethodsTried,
	Recipient, ReceiverAdult, DecisionStatus, ProcedureUsed, SpecialReceipt, HardToExecuteLater, RemoteArea,
	PaymentDifficulty, PartyRequested, PartyApplied, EconomicHardship, AgencyApproved, ReviewApplied,
	StatutoryException, ReviewPending, FineImposed, SurchargeAccrued, Approved, Target, RelatedToCase, DelegatedTo,
	InitialDays, ExtensionDays, ComplexSituation, SealedByOther, ExecutionTime, Urgent, Announced, ReviewSuitExpired,
	SuitExpired, PartySued, PartyAppliedReview, PartyDemolished, CountyOrdered, ClearedObject, PartyCanClear,
	Performed, DemandServed, DaysSinceDemand, WithinThreeMonths, JustifiedReason, MissingMaterials,
	ContestedAct, ReviewDone, Agency, ClearCase, OnSpotAct, WarningCase, BothAgree,
	LeaderPresent, StaffPresent, Lawyers, CourtRole, ThirdPartyEvidence,
}

var words = sync.OnceValue(func() Vocabulary {
	v, err := NewVocabulary(slices.Concat(doorKeys, fileKeys, ordinaryKeys)...)
	if err != nil {
		panic(err)
	}
	return v
})

// Words returns the closed list of all facts, for reading facts from outside.
func Words() Vocabulary { return maps.Clone(words()) }
