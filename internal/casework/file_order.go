package casework

import "slices"

// FileClasses are the eight classes of a file in the order of 住房和城乡建设行政处罚程序规定第四十条; within a class papers follow
// the order in which they were made.
var FileClasses = []string{
	"案源材料、立案审批表", "调查终结报告、处罚意见告知文书、处罚决定书等文书及送达回证", "证据材料", "当事人陈述申辩材料",
	"听证笔录", "书面复核意见、法制审核意见、集体讨论记录", "执行情况记录、财物处理单据", "其他有关材料",
}

// fileKinds are the kinds by class; what is in none belongs to the last.
var fileKinds = [][]PaperKind{
	{"check_record", "check_extension", "filing_approval", "no_filing_approval", "no_filing_notice", "split_approval", "merge_approval", "jurisdiction_record", "designation_request"},
	{"closing_report", PenaltyNotice, "hearing_right_notice", "decision_approval", "penalty_decision", "no_penalty_decision", OnSpotDecision, ChangeDecision, Revocation, CorrectionSlip, "service_receipt", "address_confirmation", "service_commission", "service_announcement"},
	{
		"inspection_record", "site_sketch", "interview_record", InquiryNotice, "evidence_request", "evidence_list", "assistance_letter", "sampling_notice", "appraisal_commission", "appraisal_time_notice", "appraisal_result_notice",
		"preservation_approval", "preservation_notice", "preservation_decision", "seizure_approval", "seizure_decision", "seizure_extension", "release_decision", "thing_list", CorrectionNotice, "stop_notice", "recheck_record",
	},
	{"defence_record", "waiver_record"},
	{"hearing_request", "hearing_acceptance", "hearing_refusal", "hearing_notice", "hearing_announcement", "hearing_postponement", "hearing_withdrawal", "hearing_record", "hearing_report"},
	{"defence_review", "review_submission", "review_opinion", "counsel_opinion", "coordination_record", "discussion_record"},
	{"performance_record", "return_list", "custody_record", "disposal_record", "disposal_approval", "disposal_list", "destruction_list", "demand_notice", PaymentTerms, "court_application", "judgment_application", "court_material_list", "court_appeal", "demolition_announcement", "execution_decision", "execution_record", "substitute_decision", "substitute_demand", "clearance_notice", "execution_agreement", "halt_notice", "end_execution_notice"},
}

// FileClass is the index of the class in which a kind of paper is filed.
func FileClass(kind PaperKind) int {
	for i, kinds := range fileKinds {
		if slices.Contains(kinds, kind) {
			return i
		}
	}
	return len(FileClasses) - 1
}

// InFileOrder puts papers into the order of the file: by class, then as they were made.
func InFileOrder(papers []Paper) {
	slices.SortStableFunc(papers, func(a, b Paper) int {
		if d := FileClass(a.Kind) - FileClass(b.Kind); d != 0 {
			return d
		}
		return int(min(1, max(-1, a.CreatedAt-b.CreatedAt)))
	})
}
