package casework

import (
	"sync"

	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
)

// The terms that a paper of the case sets.
const (
	clockCorrection = "责令改正期限"
	clockPayParts   = "延期、分期缴纳期限"
	clockAnew       = "裁判、复议决定责令重作的期限"
)

// What starts or ends a clock without being an act of a table: the lead's registration, the fine wholly paid,
// everything performed, and what publication says.
const (
	EventRegistered     = "register"
	EventPaidUp         = "paid_up"
	EventPerformed      = "all_performed"
	EventNeverPublished = "never_published"
	// EventDecisionSent is a decision posted, entrusted or announced: what went out in time is in time
	// (民事诉讼法第八十五条第四款), and a public notice takes its thirty days.
	EventDecisionSent = "decision_sent"
	// EventDecisionReturned: what was posted, entrusted or announced did not arrive; the term of service goes on.
	EventDecisionReturned = "decision_returned"
	// EventNothingOwed: the decision served imposes no fine. The instalments of an approved plan become due, are paid, or
	// no longer hold.
	EventNothingOwed = "nothing_owed"
	EventPartDue     = "part_due"
	EventPartPaid    = "part_paid"
	EventPartOff     = "part_off"
	// EventPublicationOwed: what was published of a street decision is to be withdrawn.
	EventPublicationOwed = "publication_owed"
	// What became of reconsideration and suits, which begins, ends or takes up again the party's time to sue
	// (行政诉讼法第四十五条、第四十六条；行诉解释第五十八条): the organ took the case up in either procedure; its decision leaves
	// something to sue about, nothing, or ended without one; the suit ended without a judgment, after reconsideration or not.
	EventReviewPlain            = "review_plain"
	EventReviewShort            = "review_short"
	EventReviewStands           = "review_stands"
	EventReviewUndid            = "review_undid"
	EventReviewEnded            = "review_ended"
	EventSuitDropped            = "suit_dropped"
	EventSuitDroppedAfterReview = "suit_dropped_after_review"
	// EventCourtHears is the day on which a court took up an application about which it then heard the parties: from that
	// day on it has thirty days (行政强制法第五十八条第二款).
	EventCourtHears = "court_hears_since"
	// EventChangeServed is a change of the decision that reached the party: what it is to pay and how long it may complain
	// begins anew with that day, not with the day on which the change was made (行政处罚法第六十七条第三款；行政复议法第二十条).
	EventChangeServed = "change_served"
	// EventToDecideBy is a case taken up anew with the day by which judgment or reconsideration want the new decision.
	EventToDecideBy = "to_decide_by"
	// EventFiledLeft is a filed case that went to another body: its closing is to be approved (55号令第三十一条).
	EventFiledLeft = "filed_case_left"
	// EventJudgmentDue is the day from which a judgment that lets the decision stand can be executed: the last day that it
	// sets for performance, or that on which it came into force (行诉解释第一百五十三条第二款).
	EventJudgmentDue = "judgment_due"
)

// bookEvents are those names, for checking the tables.
var bookEvents = []string{
	EventRegistered, EventPaidUp, EventPerformed, EventNeverPublished, EventDecisionSent, EventNothingOwed, EventPartDue, EventPartPaid, EventPartOff, EventPublicationOwed,
	EventReviewPlain, EventReviewShort, EventReviewStands, EventReviewUndid, EventReviewEnded, EventSuitDropped, EventSuitDroppedAfterReview, EventCourtHears, EventChangeServed, EventDecisionReturned, EventToDecideBy,
	EventFiledLeft, EventJudgmentDue,
}

type ids = []string

// reviewEnds are the events by which reconsideration ends otherwise than by its organ's silence.
var reviewEnds = ids{EventReviewStands, EventReviewUndid, EventReviewEnded}

// What does not count in a term (行政处罚法第六十条，55号令第二十九条、第三十条、第四十五条；行政强制法第二十五条第三款). The thirty days
// of a public notice are not among it.
var (
	// A test is left out until the day that its paper names; a new paper names a later one.
	commissions     = ids{"commission", "prolong_commission"}
	appraisalPause  = timing.Pause{Why: "检测、检验、鉴定", From: commissions, To: ids{"receive_result", "cancel_commission"}, Told: true, Cite: basis(mohurd(29))}
	hearingPause    = timing.Pause{Why: "听证", From: ids{"accept_hearing"}, To: ids{"report_hearing", "end_hearing", "withdraw_hearing"}, Cite: basis(mohurd(29))}
	suspensionPause = timing.Pause{Why: "中止调查", From: ids{"suspend"}, To: ids{"resume"}, Cite: basis(mohurd(30))}
	transitPause    = timing.Pause{Why: "文书送达在途", From: ids{"post", "entrust_service", "forward"}, To: ids{"arrive", "fail_service"}, Cite: basis(mohurd(45))}
	seizedThingTest = timing.Pause{Why: "检测、检验、检疫、鉴定", From: commissions, To: ids{"receive_result", "cancel_commission"}, Own: true, Told: true, Cite: basis(xzqz(25, 3))}
)

// ordinaryClocks are the clocks of an ordinary case and of what runs beside it, by stage.
var ordinaryClocks = []timing.Rule{
	{
		Term: "线索核查期限", Start: ids{EventRegistered}, End: ids{"approve_filing", "decline_filing", "transfer_out", "hand_to_police", "hand_lead_to_police"}, Undo: ids{"police_decline_lead"}, Drop: ids{"start", "decline", "enter", "merge"},
		Extensions: []timing.Extension{{Act: "extend_check", Limit: "check_extension_days", Cite: basis(mohurd(15))}},
	},
	{
		// Time with the police is not among what may be left out; only their taking over ends the term.
		// After a revocation the matter is decided anew: ninety days from the day on which it was taken up again (ADR 0024).
		Term: "作出处罚决定期限", Start: ids{"approve_filing", "reopen"}, End: ids{"decide_penalty", "decide_no_penalty", "terminate", "withdraw_filing", "transfer_out"}, Drop: ids{"merge", "police_file"},
		Undo:   ids{"issue_failed", "void_paper", "return_closing"},
		Pauses: []timing.Pause{appraisalPause, hearingPause, suspensionPause, transitPause},
		Extensions: []timing.Extension{
			{Act: "extend_decision", Limit: "decision_extension_days", Cite: basis(mohurd(29))},
			{Act: "extend_decision_again", Limit: "decision_extension_again_days", Cite: basis(mohurd(29))},
		},
	},
	{
		// The term that a judgment or the decision of reconsideration set for the new decision.
		Term: clockAnew, Set: true, Cite: basis(law.Cite("XZSS", 70), law.Cite("XZFY", 64, 1)), Start: ids{EventToDecideBy},
		End: ids{"decide_penalty", "decide_no_penalty", "terminate", "withdraw_filing", "transfer_out"}, Drop: ids{"merge", "police_file"}, Undo: ids{"issue_failed", "void_paper", "return_closing"},
	},
	{Term: "先行登记保存处理期限", Start: ids{"preserve"}, End: ids{"settle_preservation", "lapse_preservation"}},
	{
		Term: "查封、扣押期限", Start: ids{"seize", "seize_at_once"}, End: ids{"release", "lapse_seizure", "settle_seizure", "hand_over_seized"}, Pauses: []timing.Pause{seizedThingTest},
		Extensions: []timing.Extension{{Act: "extend_seizure", Limit: "seizure_extension_days", Cite: basis(xzqz(25, 1))}},
	},
	{Term: "情况紧急当场强制的报告补批", Start: ids{"seize_at_once"}, End: ids{"confirm_seizure"}, Drop: ids{"release", "lapse_seizure", "hand_over_seized"}},
	{Term: clockCorrection, Whose: timing.Owed, Set: true, Cite: basis(xzcf(28, 1)), Start: ids{"order_correction"}, End: ids{"recheck"}, Drop: ids{"approve_closing", "revoke"}},
	{Term: "管辖争议协商期限", Start: ids{"dispute"}, FromDay: ids{"dispute"}, End: ids{"keep_jurisdiction", "transfer_out", "refer_dispute"}},
	{Term: "指定管辖期限", Whose: timing.Others, Start: ids{"refer_dispute"}, End: ids{"keep_jurisdiction", "transfer_out"}},
	{Term: "移送涉嫌犯罪案件审批期限", Start: ids{"report_crime"}, End: ids{"approve_crime", "refuse_crime"}},
	{Term: "批准移送涉嫌犯罪案件后移送", Start: ids{"approve_crime"}, End: ids{"hand_to_police", "hand_lead_to_police", "hand_decided_to_police"}},
	{Term: "陈述申辩期限", Whose: timing.Party, Start: ids{"notice_served"}, Drop: ids{"waive_defence", "answer_defence", "notify_again"}},
	{Term: "听证申请期限", Whose: timing.Party, Start: ids{"notice_served"}, End: ids{"ask_hearing"}, Drop: ids{"answer_defence", "notify_again"}},
	{Term: "听证通知最迟日", Start: ids{"schedule_hearing"}, FromDay: ids{"schedule_hearing"}, End: ids{"schedule_hearing"}},
	{Term: "法制审核期限", Start: ids{"submit_review"}, End: ids{"review_agree", "review_inquire", "review_amend", "review_transfer"}, Drop: ids{"withdraw_review", "stop_review"}},
	{Term: "处罚决定书送达期限(当事人不在场)", Start: ids{"decide_penalty", "decide_no_penalty"}, End: ids{"decision_served", EventDecisionSent}, Undo: ids{EventDecisionReturned}, Drop: ids{"issue_failed", "void_paper", "revoke"}},
	{Term: "公告送达视为送达日", Whose: timing.Others, Start: ids{"announce"}, End: ids{"notice_expired"}, Drop: ids{"drop_service"}},
	{Term: "缴纳罚款期限", Whose: timing.Owed, Start: ids{"decision_served", EventChangeServed}, End: ids{EventPaidUp}, Drop: ids{EventNothingOwed, "approve_terms", "revoke", "end_execution"}},
	{Term: clockPayParts, Whose: timing.Owed, Set: true, Cite: basis(xzcf(66, 2)), Start: ids{EventPartDue}, End: ids{EventPartPaid, EventPaidUp}, Drop: ids{EventPartOff, "revoke", "end_execution"}},
	{Term: "行政复议申请期限", Whose: timing.Party, Start: ids{"decision_served", EventChangeServed}, End: ids{"register_review"}, Undo: ids{EventSuitDropped}, Drop: ids{"register_suit", "revoke"}},
	{Term: "直接起诉期限", Whose: timing.Party, Start: ids{"decision_served", EventChangeServed}, End: ids{"register_suit"}, Undo: ids{EventSuitDropped, EventReviewEnded}, Drop: ids{"register_review", "revoke"}},
	{
		Term: "复议决定期限(普通程序)", Whose: timing.Others, Start: ids{EventReviewPlain}, End: reviewEnds, Drop: ids{"revoke"},
		Extensions: []timing.Extension{{Act: "extend_review", Limit: "review_extension_days", Cite: basis(law.Cite("XZFY", 62, 1))}},
	},
	{Term: "复议决定期限(简易程序)", Whose: timing.Others, Start: ids{EventReviewShort}, End: reviewEnds, Drop: ids{"revoke"}},
	{Term: "不服复议决定起诉期限", Whose: timing.Party, Start: ids{EventReviewStands}, End: ids{"register_suit"}, Undo: ids{EventSuitDroppedAfterReview}, Drop: ids{"revoke"}},
	{
		Term: "复议机关逾期不决定的起诉期限", Whose: timing.Party, After: ids{"复议决定期限(普通程序)", "复议决定期限(简易程序)"},
		End: ids{"register_suit"}, Undo: ids{EventSuitDroppedAfterReview}, Drop: ids{EventReviewStands, EventReviewUndid, EventReviewEnded, "revoke"},
	},
	{Term: "申请法院强制执行前催告期满日", Whose: timing.Party, Start: ids{"demand_served"}, End: ids{EventPaidUp}, Drop: ids{"approve_terms", "apply_court", "order_execution", "end_execution"}},
	{
		// Instalments move the beginning to their end (行政处罚法第七十二条第二款); of two beginnings the later counts.
		// A suit that ended without a judgment, or reconsideration without a decision, opens it no earlier than its end.
		Term: "申请法院强制执行截止", After: ids{"直接起诉期限", "不服复议决定起诉期限", "复议机关逾期不决定的起诉期限"},
		Start: ids{"approve_terms", EventSuitDropped, EventSuitDroppedAfterReview, EventReviewEnded}, FromDay: ids{"approve_terms"},
		End: ids{"apply_court"}, Undo: ids{"withdraw_application"}, Drop: ids{EventPaidUp, EventPerformed, "register_review", "register_suit", "revoke", "order_execution", "end_execution"},
	},
	{
		Term: "申请执行生效裁判期限", Start: ids{EventJudgmentDue}, FromDay: ids{EventJudgmentDue}, End: ids{"apply_judgment"}, Undo: ids{"withdraw_application"},
		Drop: ids{EventPaidUp, EventPerformed, "revoke", "change", "end_execution"},
	},
	{Term: "法院受理非诉执行申请", Whose: timing.Others, Start: ids{"hand_in_application"}, End: ids{"court_accepts", "court_rejects"}, Drop: ids{"withdraw_application"}},
	{Term: "法院作出准予执行裁定(书面审查)", Whose: timing.Others, Start: ids{"court_accepts"}, End: ids{"court_allows", "court_denies"}, Drop: ids{"court_hears", "withdraw_application"}},
	{Term: "法院听取意见后裁定", Whose: timing.Others, Start: ids{EventCourtHears}, End: ids{"court_allows", "court_denies"}, Drop: ids{"withdraw_application"}},
	{Term: "对不予受理裁定申请复议", Start: ids{"court_rejects"}, End: ids{"appeal_court"}, Drop: ids{"court_upholds"}},
	{Term: "对不予执行裁定申请复议", Start: ids{"court_denies"}, End: ids{"appeal_court"}, Drop: ids{"court_upholds"}},
	{Term: "撤回已公开的处罚决定信息", Start: ids{"change", "revoke"}, End: ids{"withdraw_publication"}, Drop: ids{EventNeverPublished}},
	{Term: "填写结案审批表期限", Start: ids{"terminate", "police_file", "end_execution", EventPerformed, "withdraw_filing", "revoke", EventFiledLeft}, FromDay: ids{"police_file"}, End: ids{"ask_closing", "approve_closing", "ask_end_closing"}, Undo: ids{"return_end_closing"}, Drop: ids{"return_closing", "reopen"}},
}

// onSpotClocks are the clocks of an on-the-spot case. An order to correct and its look again are steps there.
var onSpotClocks = []timing.Rule{
	{Term: termFile, Start: ids{"decide", "enter"}, End: ids{"file"}, Drop: ids{"issue_failed", "void_paper", "revoke"}},
	{Term: termPay, Whose: timing.Owed, Start: ids{"deliver", "enter", "change"}, End: ids{EventPaidUp}, Drop: ids{EventNothingOwed, "approve_terms", "revoke", "close"}},
	{Term: clockPayParts, Whose: timing.Owed, Set: true, Cite: basis(xzcf(66, 2)), Start: ids{EventPartDue}, End: ids{EventPartPaid, EventPaidUp}, Drop: ids{EventPartOff, "revoke", "close"}},
	{Term: termHandIn, Start: ids{"collect"}, End: ids{"hand_in"}},
	{Term: termDeposit, Start: ids{"hand_in"}, End: ids{"deposit"}},
	{Term: clockCorrection, Whose: timing.Owed, Set: true, Cite: basis(xzcf(28, 1)), Start: ids{"order_paper"}, End: ids{"recheck"}, Drop: ids{"decline", "revoke", "close"}},
	{Term: "陈述申辩期限", Whose: timing.Party, Start: ids{"change_notice"}, Drop: ids{"hear_again", "change"}},
	{Term: "行政复议申请期限", Whose: timing.Party, Start: ids{"deliver", "enter", "change"}, Drop: ids{"revoke"}},
	{Term: "撤回已公开的处罚决定信息", Start: ids{EventPublicationOwed}, End: ids{"withdraw_publication"}, Drop: ids{EventNeverPublished}},
}

// OrdinaryClocks and OnSpotClocks reckon the terms of a case. A fault in the tables stops the program at start.
var (
	OrdinaryClocks = sync.OnceValue(func() *timing.Book { return book(ordinaryClocks) })
	OnSpotClocks   = sync.OnceValue(func() *timing.Book { return book(onSpotClocks) })
)

func book(rules []timing.Rule) *timing.Book {
	b, err := timing.NewBook(calendar.StatutoryTerms(), rules...)
	if err != nil {
		panic(err)
	}
	return b
}

// pendingOn tells of a day whether reconsideration or a suit was pending, in which no surcharge accrues (行政处罚法第七十三条第三款).
func pendingOn(events []timing.Event) func(law.Date) bool {
	return timing.Pending(events, timing.Between{From: "register_review", To: "review_decided"}, timing.Between{From: "register_suit", To: "suit_decided"})
}
