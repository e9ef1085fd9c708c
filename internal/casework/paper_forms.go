package casework

// PaperUse says where a paper goes.
type PaperUse string

// The uses. What is served goes to the party with a receipt; what is sent goes to another body.
const (
	PaperServed   PaperUse = "served"
	PaperSent     PaperUse = "sent"
	PaperRecord   PaperUse = "record"
	PaperInternal PaperUse = "internal"
)

// PaperForm is a kind of paper of the ordinary procedure: its usual title, the word of its number series ("" takes
// no number), where it goes and who signs it beside the seal. Acts of the flow tables say when it is made.
type PaperForm struct {
	Kind  PaperKind
	Label string
	Word  string
	Use   PaperUse
	Signs string
}

// Who signs, in the order of signing.
const (
	byOfficers = "两名执法人员"
	withParty  = "两名执法人员、当事人"
	byChain    = "审批链各环节"
	byHead     = "行政机关负责人"
	bySeal     = "加盖印章"
	byHost     = "主持人、记录员、当事人、调查人员"
)

// PaperForms are the papers of the ordinary procedure in the order of the file.
var PaperForms = []PaperForm{
	{"check_record", "线索核查记录", "", PaperRecord, byOfficers},
	{"check_extension", "延长核查期限审批表", "", PaperInternal, byChain},
	{"filing_approval", "立案审批表", "立", PaperInternal, byChain},
	{"no_filing_approval", "不予立案审批表", "不立", PaperInternal, byChain},
	{"no_filing_notice", "不予立案告知书", "不立告", PaperServed, bySeal},
	{"jurisdiction_record", "管辖争议协商记录", "", PaperRecord, byOfficers},
	{"designation_request", "报请指定管辖函", "指", PaperSent, bySeal},
	{"transfer_letter", "案件移送函", "移", PaperSent, bySeal},
	{"split_approval", "分案审批表", "", PaperInternal, byChain},
	{"merge_approval", "并案审批表", "", PaperInternal, byChain},
	{"recusal_decision", "回避决定书", "避", PaperServed, byHead},

	{"inspection_record", "现场检查（勘验）笔录", "", PaperRecord, withParty},
	{"site_sketch", "现场勘验图", "", PaperRecord, withParty},
	{"interview_record", "询问笔录", "", PaperRecord, withParty},
	{"evidence_request", "调取证据通知书", "调", PaperServed, bySeal},
	{"evidence_list", "证据清单", "", PaperRecord, withParty},
	{"assistance_letter", "协助调查函", "协", PaperSent, bySeal},
	{"sampling_notice", "抽样取证通知书", "样", PaperServed, withParty},
	{"appraisal_commission", "检测（鉴定）委托书", "委", PaperSent, bySeal},
	{"appraisal_time_notice", "检测（鉴定）期间告知书", "鉴告", PaperServed, bySeal},
	{"appraisal_result_notice", "检测（鉴定）结果告知书", "鉴结", PaperServed, bySeal},
	{"preservation_approval", "先行登记保存审批表", "", PaperInternal, byChain},
	{"preservation_notice", "先行登记保存通知书", "先登", PaperServed, withParty},
	{"preservation_decision", "登记保存物品处理决定书", "登处", PaperServed, withParty},
	{"seizure_approval", "查封（扣押）审批表", "", PaperInternal, byChain},
	{"seizure_decision", "查封（扣押）决定书", "封扣", PaperServed, withParty},
	{"seizure_extension", "延长查封（扣押）期限决定书", "延封", PaperServed, bySeal},
	{"release_decision", "解除查封（扣押）决定书", "解", PaperServed, bySeal},
	{"thing_list", "财物清单", "", PaperServed, withParty},
	{"return_list", "退还财物清单", "", PaperServed, withParty},
	{"custody_record", "涉案财物出入库单", "", PaperInternal, "保管人、经手人"},
	{"disposal_record", "财物处理记录", "", PaperInternal, byChain},
	{"disposal_approval", "没收财物处理审批表", "", PaperInternal, byChain},
	{"disposal_list", "没收财物处理清单", "", PaperInternal, "经手人、保管人、接收人"},
	{"destruction_list", "销毁物品清单", "", PaperInternal, "经手人、监销人"},
	{"stop_notice", "责令停止违法行为通知书", "责停", PaperServed, bySeal},
	{"recheck_record", "责令改正复查记录", "", PaperRecord, withParty},
	{"closing_report", "案件调查终结报告", "", PaperInternal, byChain},
	{"extension_approval", "延长办案期限审批表", "", PaperInternal, byChain},
	{"suspension_approval", "中止调查审批表", "", PaperInternal, byChain},
	{"resumption_approval", "恢复调查审批表", "", PaperInternal, byChain},
	{"termination_approval", "终止调查审批表", "", PaperInternal, byChain},
	{"withdrawal_approval", "撤销立案审批表", "", PaperInternal, byChain},
	{"crime_report", "涉嫌犯罪案件情况报告", "", PaperInternal, byChain},
	{"crime_transfer", "涉嫌犯罪案件移送书", "移公", PaperSent, bySeal},
	{"crime_transfer_notice", "案件及财物移送告知书", "移告", PaperServed, bySeal},

	{"hearing_right_notice", "行政处罚听证告知书", "听告", PaperServed, bySeal},
	{"defence_record", "陈述申辩笔录", "", PaperRecord, withParty},
	{"waiver_record", "放弃陈述申辩、听证声明", "", PaperRecord, withParty},
	{"defence_review", "陈述申辩复核意见书", "", PaperInternal, byChain},
	{"hearing_request", "听证申请记录", "", PaperRecord, withParty},
	{"hearing_acceptance", "听证受理通知书", "听受", PaperServed, bySeal},
	{"hearing_refusal", "不予受理听证通知书", "听不", PaperServed, bySeal},
	{"hearing_notice", "听证通知书", "听通", PaperServed, bySeal},
	{"hearing_announcement", "听证公告", "听公", PaperServed, bySeal},
	{"hearing_postponement", "听证延期（中止）通知书", "听延", PaperServed, bySeal},
	{"hearing_withdrawal", "撤回听证申请书", "", PaperRecord, withParty},
	{"hearing_record", "听证笔录", "", PaperRecord, byHost},
	{"hearing_report", "听证报告", "", PaperInternal, "主持人、听证员"},

	{"review_submission", "法制审核送审表", "", PaperInternal, byOfficers},
	{"review_opinion", "法制审核意见书", "审", PaperInternal, "法制审核人员、法制机构负责人"},
	{"counsel_opinion", "驻队律师意见书", "", PaperInternal, "提出意见的律师"},
	{"coordination_record", "审核分歧协调记录", "", PaperInternal, byHead},
	{"discussion_record", "集体讨论笔录", "", PaperInternal, "参加讨论的负责人、记录员"},
	{"decision_approval", "行政处罚决定审批表", "", PaperInternal, byChain},
	{"penalty_decision", "行政处罚决定书", "罚", PaperServed, bySeal},
	{"no_penalty_decision", "不予行政处罚决定书", "不罚", PaperServed, bySeal},

	{"address_confirmation", "送达地址（电子送达）确认书", "", PaperRecord, withParty},
	{"service_receipt", "送达回证", "", PaperRecord, "送达人、受送达人"},
	{"service_commission", "委托（转交）送达函", "送", PaperSent, bySeal},
	{"service_announcement", "送达公告", "送公", PaperServed, bySeal},

	{"performance_record", "履行情况记录", "", PaperRecord, withParty},
	{"demand_notice", "履行行政决定催告书", "催", PaperServed, bySeal},
	{"court_application", "强制执行申请书", "强申", PaperSent, "行政机关负责人；加盖印章"},
	{"judgment_application", "执行生效裁判申请书", "执申", PaperSent, "行政机关负责人；加盖印章"},
	{"court_material_list", "申请强制执行材料清单", "", PaperSent, bySeal},
	{"court_appeal", "强制执行裁定复议申请书", "强复", PaperSent, bySeal},
	{"demolition_announcement", "限期拆除公告", "拆公", PaperServed, bySeal},
	{"execution_decision", "行政强制执行决定书", "强", PaperServed, bySeal},
	{"execution_record", "强制执行（代履行）笔录", "", PaperRecord, withParty},
	{"substitute_decision", "代履行决定书", "代", PaperServed, bySeal},
	{"clearance_notice", "立即代履行通知书", "立代", PaperServed, bySeal},
	{"substitute_demand", "代履行催告书", "代催", PaperServed, bySeal},
	{"execution_agreement", "执行协议书", "", PaperServed, "行政机关负责人、当事人"},
	{"halt_notice", "中止（恢复）执行通知书", "执中", PaperServed, bySeal},
	{"end_execution_notice", "终结执行通知书", "执终", PaperServed, bySeal},
	{"case_closing_approval", "结案审批表", "结", PaperInternal, byChain},
}

// FormOf returns a paper's form and whether it is one of the ordinary procedure's own.
func FormOf(k PaperKind) (PaperForm, bool) {
	for _, f := range PaperForms {
		if f.Kind == k {
			return f, true
		}
	}
	return PaperForm{}, false
}
