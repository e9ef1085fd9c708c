package casework

import "fadu/internal/law"

// Performance, demand and execution (行政处罚法第六十六、六十七、七十二条；行政强制法第三十四条至第五十七条).
var performanceActs = []act{
	{ID: "pay", Name: "登记缴款", From: from(Delivered, Demanded, Enforcing, Halted), By: "money.reconcile", Cite: basis(xzcf(67, 3)), Emits: "casework.paid"},
	{ID: "apply_terms", Name: "登记延期、分期缴纳申请", From: from(Delivered, Demanded), By: "case.handle", Cite: basis(xzcf(66, 2)), Emits: "casework.terms_applied"},
	{ID: "approve_terms", Name: "同意延期、分期缴纳", From: from(Delivered, Demanded), To: Delivered, By: "case.decide", Chain: "延期、分期缴纳", Cite: basis(xzcf(66, 2)), Guards: []law.Action{ActDeferPayment}, Papers: []string{"payment_terms_notice"}, Emits: "casework.terms_approved"},
	{ID: "refuse_terms", Name: "不同意延期、分期缴纳", From: from(Delivered, Demanded), By: "case.decide", Chain: "延期、分期缴纳", Cite: basis(xzcf(66, 2)), Papers: []string{"payment_terms_notice"}, Emits: "casework.terms_refused"},
	{ID: "end_terms", Name: "取消延期、分期缴纳", From: from(Delivered, Demanded), By: "case.decide", Cite: basis(xzcf(66, 2)), Emits: "casework.terms_ended"},
	{ID: "perform", Name: "登记履行情况", From: from(Delivered, Demanded, Enforcing), By: "case.handle", Cite: basis(xzcf(66, 1)), Papers: []string{"performance_record"}, Emits: "casework.performed"},
	{ID: "take_confiscated", Name: "收缴没收财物入库", From: from(Delivered, Demanded, Enforcing), By: "case.custody", Cite: basis(xzcf(61, 1), xzcf(74, 1)), Guards: []law.Action{ActTakeConfiscated}, Papers: []string{"custody_record"}, Emits: "casework.confiscated_taken"},
	{ID: "approve_disposal", Name: "批准处理没收财物", From: from(Delivered, Demanded, Enforcing, Closed), By: "case.decide", Chain: "没收财物处理", Cite: basis(xzcf(74, 1)), Guards: []law.Action{ActApproveDisposal}, Papers: []string{"disposal_approval"}, Emits: "casework.disposal_approved"},
	{ID: "dispose", Name: "处理没收财物", From: from(Delivered, Demanded, Enforcing, Closed), By: "case.custody", Cite: basis(xzcf(74)), Guards: []law.Action{ActDisposeConfiscated}, Papers: []string{"disposal_list", "destruction_list"}, Emits: "casework.things_disposed"},
	{ID: "fail_disposal", Name: "登记没有处理成", From: from(Delivered, Demanded, Enforcing, Closed), By: "case.custody", Cite: basis(xzcf(74, 1)), Guards: []law.Action{ActFailDisposal}, Emits: "casework.disposal_failed"},
	{ID: "issue_demand", Name: "出具催告书", From: from(Delivered), By: "case.handle", Cite: basis(xzqz(35), xzqz(54)), Guards: []law.Action{ActDemand}, Papers: []string{"demand_notice"}, Opens: "serving", Emits: "casework.demand_issued"},
	{ID: "demand_served", Name: "催告书已送达", From: from(Delivered), To: Demanded, By: "case.handle", Cite: basis(xzqz(38), xzqz(54)), Guards: []law.Action{ActConfirmService}, Clocks: []string{"申请法院强制执行前催告期满日"}, Emits: "casework.demand_served"},
	{ID: "hear_demand", Name: "记录催告后的陈述申辩", From: from(Demanded), By: "case.handle", Cite: basis(xzqz(36)), Guards: []law.Action{ActHearDemand}, Papers: []string{"defence_record"}, Emits: "casework.demand_answered"},
	{ID: "apply_court", Name: "申请法院强制执行", From: from(Demanded, Enforcing), To: Enforcing, By: "case.decide", Chain: "申请强制执行", Cite: basis(xzqz(53), xzcf(72, 1, 4)), Guards: []law.Action{ActApplyCourt, ActAskCourt}, Papers: []string{"court_application", "court_material_list"}, Opens: "court", Emits: "casework.court_asked"},
	{ID: "apply_judgment", Name: "申请法院执行生效裁判", From: from(Delivered, Demanded, Enforcing), To: Enforcing, By: "case.decide", Chain: "申请强制执行", Cite: basis(law.Cite("XZSS", 95), law.Cite("SSJS", 153)), Guards: []law.Action{ActApplyJudgment}, Papers: []string{"judgment_application"}, Opens: "court", Emits: "casework.judgment_execution_asked"},
	{ID: "announce_demolition", Name: "公告限期自行拆除", From: from(Delivered, Demanded), By: "case.handle", Cite: basis(xzqz(44)), Papers: []string{"demolition_announcement"}, Emits: "casework.demolition_announced"},
	{ID: "register_mandate", Name: "登记政府责成文件", From: from(Delivered, Demanded), By: "case.handle", Cite: basis(law.Cite("CXGH", 68)), Emits: "casework.mandate_registered"},
	{ID: "order_execution", Name: "作出强制执行决定", From: from(Demanded), To: Enforcing, By: "case.decide", Chain: "强制执行", Cite: basis(xzqz(37), xzqz(44)), Guards: []law.Action{ActOrderExecution, ActDemolish}, Papers: []string{"execution_decision"}, Emits: "casework.execution_decided"},
	{ID: "execute", Name: "实施强制执行", From: from(Enforcing), By: "case.handle", Cite: basis(xzqz(43)), Guards: []law.Action{ActExecute, ActCarryOut}, Papers: []string{"execution_record"}, Emits: "casework.executed"},
	{ID: "order_substitute", Name: "作出代履行决定", From: from(Delivered, Demanded), By: "case.decide", Chain: "强制执行", Cite: basis(xzqz(50), xzqz(51)), Guards: []law.Action{ActOrderSubstitute}, Papers: []string{"substitute_decision", "substitute_demand"}, Emits: "casework.substitute_decided"},
	{ID: "substitute", Name: "实施代履行", From: from(Delivered, Demanded), By: "case.handle", Cite: basis(xzqz(51)), Guards: []law.Action{ActSubstitutePerform}, Papers: []string{"execution_record"}, Emits: "casework.substituted"},
	{ID: "clear_at_once", Name: "立即代履行", From: from(Checking, Investigating, Delivered), By: "case.handle", Cite: basis(xzqz(52), xzqz(17, 3)), Guards: []law.Action{ActInvestigate, ActClearAtOnce}, Papers: []string{"execution_record", "clearance_notice"}, Emits: "casework.cleared_at_once"},
	{ID: "tell_clearance", Name: "通知立即代履行", From: costStates, By: "case.handle", Cite: basis(xzqz(52)), Guards: []law.Action{ActTellClearance}, Papers: []string{"clearance_notice"}, Emits: "casework.clearance_told"},
	{ID: "settle_cost", Name: "登记代履行费用的收取", From: costStates, By: "case.handle", Cite: basis(xzqz(51, 2)), Guards: []law.Action{ActSettleCost}, Emits: "casework.cost_settled"},
	{ID: "agree_execution", Name: "达成执行协议", From: from(Demanded, Enforcing), By: "case.decide", Chain: "强制执行", Cite: basis(xzqz(42)), Guards: []law.Action{ActAgreeExecution}, Papers: []string{"execution_agreement"}, Emits: "casework.execution_agreed"},
	{ID: "halt", Name: "中止执行", From: from(Demanded, Enforcing), To: Halted, By: "case.decide", Chain: "强制执行", Cite: basis(xzqz(39)), Guards: []law.Action{ActHalt}, Papers: []string{"halt_notice"}, Emits: "casework.execution_halted"},
	{ID: "resume_execution", Name: "恢复执行", From: from(Halted), Back: true, By: "case.decide", Chain: "强制执行", Cite: basis(xzqz(39)), Papers: []string{"halt_notice"}, Emits: "casework.execution_resumed"},
	{ID: "end_execution", Name: "终结执行", From: from(Delivered, Demanded, Enforcing, Halted), To: EndingAsked, By: "case.decide", Chain: "强制执行", Cite: basis(xzqz(40), mohurd(31)), Guards: []law.Action{ActEndExecution}, Papers: []string{"end_execution_notice"}, Clocks: []string{"填写结案审批表期限"}, Emits: "casework.execution_ended"},
}

// costStates are the states in which a party is told of what was cleared and its cost comes in: where it is cleared, and where it would hold up the closing.
var costStates = from(Checking, Investigating, Concluded, Delivered, Demanded, Enforcing, Halted, EndingAsked, Transferred, Withdrawn, Revoked)

// The decision under attack or found wrong (行政处罚法第四十八条第二款、第七十三条、第七十五条第二款；55号令第二十八条).
var contestActs = []act{
	{ID: "register_review", Name: "登记复议申请", From: from(Delivered, Demanded, Enforcing, Halted), By: "case.handle", Cite: basis(xzcf(73)), Emits: "casework.review_registered"},
	{ID: "review_decided", Name: "登记复议结果", From: from(Delivered, Demanded, Enforcing, Halted), By: "case.handle", Cite: basis(xzcf(73, 3)), Emits: "casework.review_result"},
	{ID: "extend_review", Name: "登记复议延长", From: from(Delivered, Demanded, Enforcing, Halted), By: "case.handle", Cite: basis(law.Cite("XZFY", 62, 1)), Emits: "casework.review_extended"},
	{ID: "register_suit", Name: "登记行政诉讼", From: from(Delivered, Demanded, Enforcing, Halted), By: "case.handle", Cite: basis(xzcf(73)), Emits: "casework.suit_registered"},
	{ID: "suit_decided", Name: "登记诉讼结果", From: from(Delivered, Demanded, Enforcing, Halted), By: "case.handle", Cite: basis(xzcf(73, 3)), Emits: "casework.suit_result"},
	{ID: "correct_paper", Name: "补正、更正", From: from(Notified, Delivered, Demanded, Enforcing, Closed), By: "case.decide", Cite: basis(mohurd(28)), Guards: []law.Action{ActCorrectPaper}, Papers: []string{"correction_of_paper"}, Emits: "casework.paper_corrected"},
	{ID: "change", Name: "变更决定", From: from(Delivered, Demanded, Closed), To: Delivered, By: "case.revoke", Chain: "撤销、变更决定", Cite: basis(xzcf(75, 2)), Guards: []law.Action{ActRevoke, ActChangeOrdinary, ActPunish}, Papers: []string{"change_decision"}, Clocks: []string{"撤回已公开的处罚决定信息"}, Emits: "casework.changed"},
	{ID: "revoke", Name: "撤销决定", From: from(Issued, Delivered, Demanded, Enforcing, Closed), To: Revoked, By: "case.revoke", Chain: "撤销、变更决定", Cite: basis(xzcf(75, 2)), Guards: []law.Action{ActRevoke}, Papers: []string{"revocation_decision"}, Clocks: []string{"撤回已公开的处罚决定信息", "填写结案审批表期限"}, Emits: "casework.revoked"},
	{ID: "withdraw_publication", Name: "登记撤回公开信息", From: from(Delivered, Demanded, Enforcing, Closed, Revoked), By: "case.file", Cite: basis(xzcf(48, 2)), Emits: "casework.publication_withdrawn"},
	{ID: "reopen", Name: "撤销后重新办理", From: from(Revoked), To: Investigating, By: "case.revoke", Chain: "重新办理", Cite: basis(xzcf(75, 2), law.Cite("XZSS", 71)), Guards: []law.Action{ActReopen}, Clocks: []string{"作出处罚决定期限"}, Emits: "casework.reopened"},
}

// The end (55号令第三十一条).
var closingActs = []act{
	{ID: "ask_closing", Name: "报批结案", From: from(Delivered, Demanded, Enforcing, EndingAsked), To: EndingAsked, By: "case.handle", Cite: basis(mohurd(31)), Guards: []law.Action{ActCloseOrdinary}, Papers: []string{"case_closing_approval"}, Emits: "casework.closing_asked"},
	{ID: "return_closing", Name: "退回继续办理", From: from(EndingAsked), Back: true, By: "case.decide", Cite: basis(mohurd(31)), Emits: "casework.closing_returned"},
	// Filed cases that were handed to another body, withdrawn or whose decision was revoked stay where they ended; their form is filled in and approved all the same.
	{ID: "ask_end_closing", Name: "填写结案审批表", From: from(Transferred, Withdrawn, Revoked), By: "case.handle", Cite: basis(mohurd(31)), Guards: []law.Action{ActCloseOrdinary, ActCloseEnded}, Papers: []string{"case_closing_approval"}, Emits: "casework.end_closing_asked"},
	{ID: "return_end_closing", Name: "退回结案审批表", From: from(Transferred, Withdrawn, Revoked), By: "case.decide", Cite: basis(mohurd(31)), Emits: "casework.end_closing_returned"},
	{ID: "approve_end_closing", Name: "同意结案", From: from(Transferred, Withdrawn, Revoked), By: "case.decide", Chain: "结案", Cite: basis(mohurd(31)), Guards: []law.Action{ActCloseOrdinary, ActCloseEnded}, Emits: "casework.end_closed"},
	{ID: "approve_closing", Name: "批准结案", From: from(EndingAsked), To: Closed, By: "case.decide", Chain: "结案", Cite: basis(mohurd(31)), Guards: []law.Action{ActCloseOrdinary}, Emits: "casework.closed"},
}
