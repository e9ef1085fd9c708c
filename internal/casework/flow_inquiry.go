package casework

import "fadu/internal/law"

// From the lead to the filed case (行政处罚法第五十四条；55号令第十五条).
var filingActs = []act{
	{ID: "to_ordinary", Name: "转普通程序", From: from(Lead), To: Ordinary, By: "case.handle", Cite: basis(xzcf(51), mohurd(12)), Emits: "casework.to_ordinary"},
	{ID: "take_up", Name: "开始核查", From: from(Lead, Ordinary), To: Checking, By: "case.handle", Cite: basis(mohurd(15)), Emits: "casework.check_begun"},
	{ID: "assign", Name: "指派两名承办人", From: from(Checking, Investigating), By: "case.approve", Cite: basis(xzcf(42, 1), mohurd(15)), Guards: []law.Action{ActHandleCase}, Emits: "casework.assigned"},
	{ID: "party", Name: "登记当事人", From: from(Checking, FilingAsked, Investigating), By: "case.handle", Cite: basis(mohurd(20)), Emits: "casework.party_recorded"},
	{ID: "check", Name: "记录核查情况", From: from(Checking), By: "case.handle", Cite: basis(mohurd(15)), Papers: []string{"check_record"}, Emits: "casework.checked"},
	{ID: "extend_check", Name: "延长核查期限", From: from(Checking), By: "case.decide", Chain: "延长核查", Cite: basis(mohurd(15)), Guards: []law.Action{ActExtendCheck}, Papers: []string{"check_extension"}, Emits: "casework.check_extended"},
	{ID: "ask_filing", Name: "报批立案", From: from(Checking), To: FilingAsked, By: "case.handle", Cite: basis(mohurd(15)), Guards: []law.Action{ActAskFiling}, Papers: []string{"filing_approval"}, Emits: "casework.filing_asked"},
	{
		ID: "approve_filing", Name: "批准立案", From: from(FilingAsked), To: Investigating, By: "case.decide", Chain: "立案", Cite: basis(xzcf(54, 2), mohurd(15)),
		Guards: []law.Action{ActAskFiling, ActFile}, Clocks: []string{"作出处罚决定期限"}, Emits: "casework.case_filed",
	},
	{ID: "return_filing", Name: "退回继续核查", From: from(FilingAsked), To: Checking, By: "case.decide", Cite: basis(mohurd(15)), Emits: "casework.filing_returned"},
	{
		ID: "decline_filing", Name: "决定不予立案", From: from(Checking, FilingAsked), To: Declined, By: "case.decide", Chain: "立案", Cite: basis(mohurd(15)),
		Guards: []law.Action{ActDeclineFiling}, Papers: []string{"no_filing_approval", "no_filing_notice"}, Emits: "casework.filing_declined",
	},
}

// Investigation (行政处罚法第四十六条、第五十五条、第五十六条；55号令第十六条至第二十条).
var inquiryActs = []act{
	{ID: "summon", Name: "通知接受询问", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(55, 2)), Papers: []string{"inquiry_notice"}, Emits: "casework.summoned"},
	{ID: "interview", Name: "制作询问笔录", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(55, 2), mohurd(17)), Guards: []law.Action{ActInvestigate, ActInterview}, Papers: []string{"interview_record"}, Emits: "casework.interviewed"},
	{ID: "inspect", Name: "现场检查（勘验）", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(55, 1), mohurd(17)), Guards: []law.Action{ActInvestigate, ActInspect}, Papers: []string{"inspection_record", "site_sketch"}, Emits: "casework.inspected"},
	{ID: "request_evidence", Name: "通知提供证据", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(55), mohurd(17)), Papers: []string{"evidence_request"}, Emits: "casework.evidence_requested"},
	{ID: "collect_evidence", Name: "调取证据", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(46), mohurd(17)), Guards: []law.Action{ActInvestigate, ActKeepCopy}, Papers: []string{"evidence_list"}, Emits: "casework.evidence_collected"},
	{ID: "ask_assistance", Name: "请求协助调查", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(26), mohurd(18)), Papers: []string{"assistance_letter"}, Emits: "casework.assistance_asked"},
	{ID: "sample", Name: "抽样取证", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(56)), Guards: []law.Action{ActInvestigate}, Papers: []string{"sampling_notice"}, Emits: "casework.sampled"},
	{ID: "commission", Name: "委托检测、鉴定", From: from(Checking, Investigating), By: "case.handle", Cite: basis(mohurd(18), mohurd(29)), Guards: []law.Action{ActCommission}, Papers: []string{"appraisal_commission", "appraisal_time_notice"}, Emits: "casework.appraisal_commissioned"},
	{ID: "prolong_commission", Name: "延长检测、鉴定期间", From: from(Checking, Investigating), By: "case.handle", Cite: basis(mohurd(18), mohurd(29), xzqz(25, 3)), Guards: []law.Action{ActEndAppraisal}, Papers: []string{"appraisal_commission", "appraisal_time_notice"}, Emits: "casework.appraisal_prolonged"},
	{ID: "cancel_commission", Name: "撤回检测、鉴定委托", From: from(Checking, Investigating), By: "case.handle", Cite: basis(mohurd(18)), Guards: []law.Action{ActEndAppraisal}, Emits: "casework.appraisal_cancelled"},
	{ID: "receive_result", Name: "收到检测、鉴定结果", From: from(Checking, Investigating), By: "case.handle", Cite: basis(mohurd(18)), Guards: []law.Action{ActUseAppraisal}, Papers: []string{"appraisal_result_notice"}, Emits: "casework.appraisal_received"},
	{ID: "admit_evidence", Name: "审查认定证据", From: from(Investigating), By: "case.handle", Cite: basis(xzcf(46, 2), xzcf(46, 3)), Guards: []law.Action{ActAdmitEvidence, ActAdmitAppraisal}, Emits: "casework.evidence_admitted"},
	{ID: "ask_preservation", Name: "报批先行登记保存", From: from(Checking, Investigating), By: "case.handle", Cite: basis(xzcf(56)), Opens: "preservation", Papers: []string{"preservation_approval"}, Emits: "casework.preservation_asked"},
	{ID: "ask_seizure", Name: "报批查封、扣押", From: from(Checking, Investigating), By: "case.handle", Cite: basis(item(xzqz(18), 1)), Opens: "seizure", Papers: []string{"seizure_approval"}, Emits: "casework.seizure_asked"},
	{ID: "order_correction", Name: "责令改正", From: from(Checking, Investigating, Concluded, Notified, Answered, Delivered), By: "case.handle", Cite: basis(xzcf(28, 1)), Papers: []string{"correction_notice", "stop_notice"}, Clocks: []string{clockCorrection}, Emits: "casework.correction_ordered"},
	{ID: "recheck", Name: "复查改正情况", From: from(Checking, Investigating, Concluded, Notified, Answered, Delivered, Demanded), By: "case.handle", Cite: basis(xzcf(28, 1)), Guards: []law.Action{ActRecheck}, Papers: []string{"recheck_record"}, Emits: "casework.rechecked"},
	{ID: "recuse_self", Name: "自行申请回避", From: from(Notified, Answered, Reviewing), By: "case.preside", Cite: basis(xzcf(43, 1)), Emits: "casework.recusal_asked"},
	{ID: "ask_recusal", Name: "登记回避申请", From: recusable, By: "case.handle", Cite: basis(xzcf(43, 2)), Emits: "casework.recusal_asked"},
	{ID: "decide_recusal", Name: "决定回避申请", From: recusable, By: "case.decide", Cite: basis(xzcf(43, 3)), Guards: []law.Action{ActDecideRecusal}, Papers: []string{"recusal_decision"}, Emits: "casework.recusal_decided"},
	{ID: "propose", Name: "拟定处理意见", From: from(Investigating), By: "case.handle", Cite: basis(mohurd(20)), Emits: "casework.penalty_proposed"},
	{ID: "conclude", Name: "报批调查终结", From: from(Investigating), To: Concluding, By: "case.handle", Cite: basis(xzcf(57, 1), mohurd(20)), Guards: []law.Action{ActInvestigate, ActConclude}, Papers: []string{"closing_report"}, Emits: "casework.conclusion_asked"},
	{ID: "approve_conclusion", Name: "同意调查终结", From: from(Concluding), To: Concluded, By: "case.approve", Chain: "调查终结", Weighs: true, Cite: basis(mohurd(20)), Guards: []law.Action{ActConclude}, Emits: "casework.investigation_closed"},
	{ID: "return_conclusion", Name: "退回补充调查", From: from(Concluding), To: Investigating, By: "case.approve", Cite: basis(mohurd(20)), Emits: "casework.conclusion_returned"},
}

// Off the line: time, competence, several cases in one (行政处罚法第二十五条、第二十七条、第六十条；55号令第六条、第二十九条、
// 第三十条；移送规定第五条).
var asideActs = []act{
	{ID: "extend_decision", Name: "延长办案期限", From: inProcess, By: "case.decide", Chain: "延长办案期限", Cite: basis(mohurd(29)), Guards: []law.Action{ActExtendDecision}, Papers: []string{"extension_approval"}, Emits: "casework.time_extended"},
	{ID: "discuss_extension", Name: "记录再次延长的集体讨论", From: inProcess, By: "case.deliberate", Cite: basis(mohurd(29)), Guards: []law.Action{ActDiscussExtension}, Papers: []string{"discussion_record"}, Emits: "casework.extension_discussed"},
	{ID: "sign_extension", Name: "在再次延长的讨论笔录上签名", From: inProcess, By: "case.decide", Cite: basis(mohurd(29)), Emits: "casework.extension_signed"},
	{ID: "extend_decision_again", Name: "再次延长办案期限", From: inProcess, By: "case.deliberate", Chain: "再次延长办案期限", Cite: basis(mohurd(29)), Guards: []law.Action{ActExtendAgain}, Papers: []string{"extension_approval"}, Emits: "casework.time_extended_again"},
	{ID: "suspend", Name: "中止调查", From: inProcess, To: Suspended, By: "case.decide", Chain: "中止调查", Cite: basis(mohurd(30)), Guards: []law.Action{ActSuspend}, Papers: []string{"suspension_approval"}, Emits: "casework.suspended"},
	{ID: "resume", Name: "恢复调查", From: from(Suspended), Back: true, By: "case.decide", Chain: "中止调查", Cite: basis(mohurd(30)), Papers: []string{"resumption_approval"}, Emits: "casework.resumed"},
	{ID: "terminate", Name: "终止调查", From: append(from(Suspended), inProcess...), To: EndingAsked, By: "case.decide", Chain: "终止调查、撤案", Cite: basis(mohurd(31)), Guards: []law.Action{ActTerminate}, Papers: []string{"termination_approval"}, Clocks: []string{"填写结案审批表期限"}, Emits: "casework.terminated"},
	{ID: "withdraw_filing", Name: "撤销立案", From: append(from(Suspended), inProcess...), To: Withdrawn, By: "case.decide", Chain: "终止调查、撤案", Cite: basis(mohurd(31)), Guards: []law.Action{ActWithdrawFiling}, Papers: []string{"withdrawal_approval"}, Clocks: []string{"填写结案审批表期限"}, Emits: "casework.filing_withdrawn"},
	{ID: "dispute", Name: "提出管辖争议", From: from(Checking, Investigating), To: Disputed, By: "case.handle", Cite: basis(xzcf(25, 2), mohurd(6)), Papers: []string{"jurisdiction_record"}, Clocks: []string{"管辖争议协商期限"}, Emits: "casework.jurisdiction_disputed"},
	{ID: "refer_dispute", Name: "报请指定管辖", From: from(Disputed), By: "case.decide", Cite: basis(xzcf(25, 2), mohurd(6)), Papers: []string{"designation_request"}, Clocks: []string{"指定管辖期限"}, Emits: "casework.designation_asked"},
	{ID: "keep_jurisdiction", Name: "确定由本机关管辖", From: from(Disputed), Back: true, By: "case.decide", Cite: basis(xzcf(25, 2), mohurd(6)), Emits: "casework.jurisdiction_kept"},
	{ID: "transfer_out", Name: "移送有管辖权的机关", From: from(Checking, FilingAsked, Investigating, Disputed, Concluded, Answered), To: Transferred, By: "case.decide", Chain: "移送管辖", Cite: basis(xzcf(22), mohurd(6)), Guards: []law.Action{ActTransferOut}, Papers: []string{"transfer_letter"}, Emits: "casework.transferred_out"},
	{ID: "report_crime", Name: "报告涉嫌犯罪", From: suspectable, By: "case.handle", Cite: basis(law.Cite("YSGD", 5)), Guards: []law.Action{ActReportCrime}, Papers: []string{"crime_report"}, Clocks: []string{"移送涉嫌犯罪案件审批期限"}, Emits: "casework.crime_reported"},
	{ID: "approve_crime", Name: "批准移送公安机关", From: suspectable, By: "case.decide", Chain: "涉嫌犯罪移送", Cite: basis(law.Cite("YSGD", 5)), Guards: []law.Action{ActDecideCrime, ActApproveCrime}, Clocks: []string{"批准移送涉嫌犯罪案件后移送"}, Emits: "casework.crime_approved"},
	{ID: "refuse_crime", Name: "不批准移送公安机关", From: suspectable, By: "case.decide", Chain: "涉嫌犯罪移送", Cite: basis(law.Cite("YSGD", 5)), Guards: []law.Action{ActDecideCrime, ActKeepFromPolice}, Emits: "casework.crime_refused"},
	{ID: "hand_to_police", Name: "移送公安机关", From: inProcess, To: WithPolice, By: "case.handle", Cite: basis(xzcf(27, 1), law.Cite("YSGD", 6)), Guards: []law.Action{ActHandToPolice}, Papers: []string{"crime_transfer", "crime_transfer_notice"}, Emits: "casework.handed_to_police"},
	{ID: "police_file", Name: "登记公安机关立案", From: from(WithPolice), To: EndingAsked, By: "case.handle", Cite: basis(law.Cite("YSGD", 12), mohurd(31)), Clocks: []string{"填写结案审批表期限"}, Emits: "casework.police_filed"},
	{ID: "police_decline", Name: "登记公安机关不予立案", From: from(WithPolice), To: Investigating, By: "case.handle", Cite: basis(law.Cite("YSGD", 10)), Emits: "casework.police_declined"},
	// A lead of which nothing is filed goes to the police, and comes back from them, as a lead.
	{ID: "hand_lead_to_police", Name: "移送公安机关（立案前）", From: from(Checking), To: LeadWithPolice, By: "case.handle", Cite: basis(law.Cite("YSGD", 3), law.Cite("YSGD", 6)), Guards: []law.Action{ActHandToPolice}, Papers: []string{"crime_transfer", "crime_transfer_notice"}, Emits: "casework.lead_handed_to_police"},
	{ID: "police_file_lead", Name: "登记公安机关立案（本机关没有立案）", From: from(LeadWithPolice), To: Transferred, By: "case.handle", Cite: basis(law.Cite("YSGD", 12)), Emits: "casework.police_filed_lead"},
	{ID: "police_decline_lead", Name: "登记公安机关不予立案，继续核查", From: from(LeadWithPolice), To: Checking, By: "case.handle", Cite: basis(law.Cite("YSGD", 10)), Emits: "casework.police_declined_lead"},
	// A decision that is made goes on: what the police take over is the crime, not the execution (移送规定第十一条第二款).
	{ID: "hand_decided_to_police", Name: "移送公安机关（已作处罚决定）", From: decidedStates, By: "case.handle", Cite: basis(xzcf(27, 1), law.Cite("YSGD", 6), law.Cite("YSGD", 11)), Guards: []law.Action{ActHandToPolice}, Papers: []string{"crime_transfer", "crime_transfer_notice"}, Emits: "casework.decided_handed_to_police"},
	{ID: "police_answer", Name: "登记公安机关的答复", From: append(from(Closed), decidedStates...), By: "case.handle", Cite: basis(law.Cite("YSGD", 8), law.Cite("YSGD", 12)), Guards: []law.Action{ActPoliceAnswer}, Emits: "casework.police_answered"},
	{ID: "split", Name: "分案办理", From: from(Investigating), By: "case.decide", Chain: "分案、并案", Cite: basis(mohurd(15)), Guards: []law.Action{ActSplit}, Papers: []string{"split_approval"}, Emits: "casework.split"},
	{ID: "merge", Name: "并入他案", From: from(Checking, Investigating), To: Merged, By: "case.decide", Chain: "分案、并案", Cite: basis(mohurd(15)), Guards: []law.Action{ActMerge}, Papers: []string{"merge_approval"}, Emits: "casework.merged"},
	{ID: "party_gone", Name: "登记当事人死亡、终止", From: append(from(Suspended, Issued, Delivered, Demanded, Enforcing, Halted), inProcess...), By: "case.handle", Cite: basis(mohurd(30), mohurd(31)), Emits: "casework.party_gone"},
}

// recusable are the states in which an officer may be asked to withdraw: all in which a case is in hand (行政处罚法第四十三条).
var recusable = append(from(Checking, FilingAsked, Issued, Delivered, Demanded, Enforcing), inProcess...)

// inProcess are the states from the filing to the decision.
var inProcess = from(Investigating, Concluding, Concluded, Noticing, Notified, Answered, Reviewing, Agreed, Discussing, DecisionAsked)

// decidedStates are those in which a decision is made and not yet done with; a crime that comes to light then goes to the police, too (移送规定第三条、第五条).
var decidedStates = from(Issued, Delivered, Demanded, Enforcing, Halted, Revoked)

// suspectable are the states in which a suspected crime is reported.
var suspectable = append(append(from(Checking), inProcess...), decidedStates...)
