package casework

// What codes are called on pages and papers.
var (
	sourceLabels = map[string]string{"patrol": "巡查发现", "complaint": "投诉举报", "transfer": "其他机关移送", "assigned": "上级交办", "device": "监测设备告警", "random": "双随机抽查"}
	partyLabels  = map[PartyKind]string{Citizen: Citizen.Label(), SoleTrader: SoleTrader.Label(), LegalPerson: LegalPerson.Label(), OtherBody: OtherBody.Label()}

	identityBasisLabels = map[string]string{"card_seen": "查验证件原件", "card_photo": "拍摄证件", "police_check": "公安机关协查", "self_stated": "自报并签名、拍照", "unknown": "查不到"}
	idKindLabels        = map[string]string{"resident_id": "居民身份证", "uscc": "统一社会信用代码", "passport": "护照", "other": "其他证件"}
	harmLabels          = map[string]string{"none": "无", "slight": "轻微", "some": "有危害后果"}

	stepLabels = map[StepKind]string{
		StepShowID: "出示执法证件", StepTell: "告知事实、理由、依据和权利", StepHear: "听取陈述申辩", StepReview: "复核陈述申辩", StepCorrect: "责令改正",
		StepRecheck: "复查改正情况", StepMeasure: "现场测量", StepFootage: "执法记录仪音像", StepEducate: "批评教育、签承诺书", StepRecusal: "回避",
	}
	paperLabels = map[PaperKind]string{
		OnSpotDecision: "当场行政处罚决定书", CorrectionNotice: "责令改正通知书", InquiryNotice: "询问（调查）通知书", ParkingNotice: "违法停车告知单",
		EducationRecord: "教育改正记录", CorrectionSlip: "补正（更正）书", Revocation: "撤销行政处罚决定书",
		PenaltyNotice: "行政处罚意见告知书", ChangeDecision: "行政处罚变更决定书", PaymentTerms: "分期（延期）缴纳罚款通知书",
	}
	paperStateLabels = map[PaperState]string{PaperRendering: "出具中", PaperIssued: "待交付", PaperDelivered: "已交付", PaperVoid: "已作废", PaperRevoked: "已撤销"}
	endingLabels     = map[string]string{
		"paid": "罚款缴清", "warned": "警告", "declined_slight": "轻微不罚", "declined_first": "首违不罚", "ordinary": "转普通程序", "not_filed": "经核查不予立案", "revoked": "决定撤销",
		"performed": "执行完毕", "no_penalty": "不予处罚", "terminated": "终止调查", "police": "公安机关立案", "execution_ended": "终结执行", "transferred": "移送管辖", "merged": "并入他案", "withdrawn": "撤销立案",
	}
	payLabels  = map[string]string{PayCode: "缴款码", PayBank: "银行", PayElectronic: "电子支付", PayCash: "当场收缴现金"}
	signLabels = map[SignatureRole]string{SignLead: "主办执法人员", SignAssist: "协办执法人员", SignParty: "当事人"}
)

// EndingLabel returns how a case ended; empty for an open one.
func EndingLabel(ending string) string { return endingLabels[ending] }

// SourceLabel returns where a lead comes from.
func SourceLabel(source string) string { return sourceLabels[source] }

// Label returns the paper's Chinese name.
func (k PaperKind) Label() string {
	if l := paperLabels[k]; l != "" {
		return l
	}
	f, _ := FormOf(k)
	return f.Label
}

// Label returns the state's Chinese name.
func (s PaperState) Label() string { return paperStateLabels[s] }

// Label returns the step's Chinese name.
func (k StepKind) Label() string { return stepLabels[k] }

// Label returns whose signature it is.
func (r SignatureRole) Label() string { return signLabels[r] }
