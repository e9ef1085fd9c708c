package casework

import "fadu/internal/law"

// Notice, statement and defence (行政处罚法第四十四条、第四十五条、第六十二条至第六十四条；55号令第二十二条).
var noticeActs = []act{
	{ID: "issue_notice", Name: "出具处罚事先告知书", From: from(Concluded), To: Noticing, By: "case.handle", Chain: "处罚告知", Weighs: true, Cite: basis(xzcf(44), mohurd(22)), Guards: []law.Action{ActNotify}, Papers: []string{"penalty_notice", "hearing_right_notice"}, Opens: "serving", Emits: "casework.notice_issued"},
	{ID: "void_notice", Name: "作废告知书", From: from(Noticing), To: Concluded, By: "case.void", Cite: basis(mohurd(28)), Guards: []law.Action{ActVoidPaper}, Emits: "casework.notice_voided"},
	{ID: "notice_served", Name: "告知书已送达", From: from(Noticing), To: Notified, By: "case.handle", Cite: basis(xzcf(44), mohurd(22)), Guards: []law.Action{ActConfirmService}, Clocks: []string{"陈述申辩期限", "听证申请期限"}, Emits: "casework.notice_served"},
	{ID: "state_defence", Name: "记录陈述申辩", From: heardIn, To: Notified, By: "case.handle", Cite: basis(xzcf(45, 1)), Papers: []string{"defence_record"}, Emits: "casework.defence_recorded"},
	{ID: "waive_defence", Name: "记录放弃陈述申辩", From: from(Notified), By: "case.handle", Cite: basis(xzcf(62)), Papers: []string{"waiver_record"}, Emits: "casework.defence_waived"},
	{ID: "ask_hearing", Name: "登记听证申请", From: heardIn, By: "case.handle", Cite: basis(item(xzcf(64), 1)), Opens: "hearing", Papers: []string{"hearing_request"}, Emits: "casework.hearing_asked"},
	{ID: "answer_defence", Name: "作出复核意见", From: from(Notified), To: Answered, By: "case.handle", Cite: basis(xzcf(45), mohurd(22)), Guards: []law.Action{ActAnswerDefence}, Papers: []string{"defence_review"}, Emits: "casework.defence_answered"},
	{ID: "notify_again", Name: "重新告知", From: from(Notified, Answered, Agreed, Discussing, DecisionAsked), To: Concluded, By: "case.handle", Cite: basis(xzcf(44), xzcf(62)), Emits: "casework.notice_renewed"},
	{ID: "not_told", Name: "尚未告知，回到待告知", From: from(Answered), To: Concluded, Cite: basis(xzcf(44)), Emits: "casework.notice_wanted"},
	{ID: "keep_notice", Name: "沿用原来的告知", From: from(Concluded), To: Answered, Cite: basis(xzcf(44), xzcf(62)), Guards: []law.Action{ActKeepNotice}, Emits: "casework.notice_kept"},
	{ID: "lapse_notice", Name: "原来的告知不再作数", From: from(Concluded), Cite: basis(xzcf(44), xzcf(62)), Emits: "casework.notice_lapsed"},
	{ID: "investigate_again", Name: "补充调查", From: from(Concluded, Answered, Discussing, DecisionAsked), To: Investigating, By: "case.approve", Cite: basis(xzcf(57, 1), mohurd(20)), Emits: "casework.investigation_reopened"},
}

// heardIn are the states in which what a party says is taken down: all from the served notice to the decision. Whatever was sent to review or asked
// for before it waits for the answer (行政处罚法第四十五条第一款、第六十二条).
var heardIn = from(Notified, Answered, Reviewing, Agreed, Discussing, DecisionAsked)

// Legal review (行政处罚法第五十八条；55号令第二十三条至第二十五条；国办发〔2018〕118号十一至十四). Only 同意 leads to agreed.
var legalReviewActs = []act{
	{ID: "submit_review", Name: "送法制审核", From: from(Concluded, Answered), To: Reviewing, By: "case.handle", Cite: basis(xzcf(58, 1), mohurd(23), mohurd(24)), Guards: []law.Action{ActSubmitReview}, Papers: []string{"review_submission"}, Clocks: []string{"法制审核期限"}, Emits: "casework.review_submitted"},
	{ID: "withdraw_review", Name: "撤回送审", From: from(Reviewing), To: Answered, By: "case.handle", Cite: basis(mohurd(25)), Emits: "casework.review_withdrawn"},
	{ID: "stop_review", Name: "当事人又提出意见，停止审核", From: from(Notified), Cite: basis(xzcf(45, 1), xzcf(58, 1)), Emits: "casework.review_stopped"},
	{ID: "take_review", Name: "领取法制审核", From: from(Reviewing), By: "case.review", Cite: basis(xzcf(58, 2), mohurd(25)), Guards: []law.Action{ActReviewLegally, ActReviewApart}, Emits: "casework.review_taken"},
	{ID: "release_review", Name: "放回审核队列", From: from(Reviewing), By: "case.review", Cite: basis(mohurd(25)), Emits: "casework.review_released"},
	{ID: "review_agree", Name: "审核意见：同意", From: from(Reviewing), To: Agreed, By: "case.review", Cite: basis(mohurd(25)), Guards: []law.Action{ActReviewLegally, ActGiveOpinion, ActReviewApart}, Papers: []string{"review_opinion"}, Emits: "casework.review_agreed"},
	{ID: "review_inquire", Name: "审核意见：补充调查", From: from(Reviewing), To: Investigating, By: "case.review", Cite: basis(mohurd(25)), Guards: []law.Action{ActReviewLegally, ActGiveOpinion, ActReviewApart}, Papers: []string{"review_opinion"}, Emits: "casework.review_inquiry_asked"},
	{ID: "review_amend", Name: "审核意见：改正", From: from(Reviewing), To: Answered, By: "case.review", Cite: basis(mohurd(25)), Guards: []law.Action{ActReviewLegally, ActGiveOpinion, ActReviewApart}, Papers: []string{"review_opinion"}, Emits: "casework.review_amendment_asked"},
	{ID: "review_transfer", Name: "审核意见：移送", From: from(Reviewing), To: Investigating, By: "case.review", Cite: basis(mohurd(25)), Guards: []law.Action{ActReviewLegally, ActGiveOpinion, ActReviewApart}, Papers: []string{"review_opinion"}, Emits: "casework.review_transfer_asked"},
	{ID: "advise", Name: "提出律师意见", From: from(Investigating, Concluded, Answered, Reviewing), By: "case.advise", Cite: basis(law.Citation{Statute: "GBF118", Section: "十一"}), Papers: []string{"counsel_opinion"}, Emits: "casework.counsel_advised"},
	{ID: "settle_difference", Name: "负责人协调审核分歧", From: from(Investigating, Concluded, Answered, Reviewing), By: "case.decide", Cite: basis(law.Citation{Statute: "GBF118", Section: "十四"}), Papers: []string{"coordination_record"}, Emits: "casework.difference_settled"},
	{ID: "lapse_review", Name: "审核意见失效", From: from(Agreed, Discussing, DecisionAsked), To: Answered, Cite: basis(xzcf(58, 1)), Emits: "casework.review_lapsed"},
}

// Collective discussion and decision (行政处罚法第五十七条、第五十九条、第六十一条).
var decisionActs = []act{
	{ID: "draft_decision", Name: "拟定处理决定", From: from(Concluded, Answered, Agreed, Discussing, DecisionAsked), By: "case.handle", Cite: basis(xzcf(57, 1), xzcf(59, 1)), Guards: []law.Action{ActDraftDecision}, Emits: "casework.decision_drafted"},
	{ID: "record_discussion", Name: "记录集体讨论", From: from(Discussing), By: "case.deliberate", Cite: basis(xzcf(57, 2)), Papers: []string{"discussion_record"}, Emits: "casework.discussion_recorded"},
	{ID: "sign_discussion", Name: "在讨论笔录上签名", From: from(Discussing), By: "case.decide", Cite: basis(xzcf(57, 2)), Emits: "casework.discussion_signed"},
	{ID: "submit_discussion", Name: "提请集体讨论", From: from(Concluded, Answered, Agreed), To: Discussing, By: "case.handle", Cite: basis(xzcf(57, 2)), Guards: []law.Action{ActSubmitDiscussion}, Emits: "casework.discussion_asked"},
	{ID: "discuss", Name: "形成集体讨论结论", From: from(Discussing), To: DecisionAsked, By: "case.deliberate", Cite: basis(xzcf(57, 2)), Guards: []law.Action{ActDiscuss}, Emits: "casework.discussed"},
	{ID: "ask_decision", Name: "报批决定", From: from(Concluded, Answered, Agreed), To: DecisionAsked, By: "case.handle", Cite: basis(xzcf(57, 1)), Guards: []law.Action{ActAskDecision}, Papers: []string{"decision_approval"}, Emits: "casework.decision_asked"},
	{ID: "return_decision", Name: "退回承办机构", From: from(DecisionAsked), To: Answered, By: "case.decide", Cite: basis(xzcf(57, 1)), Emits: "casework.decision_returned"},
	{
		ID: "decide_penalty", Name: "作出处罚决定", From: from(DecisionAsked), To: Issuing, By: "case.decide", Chain: "处罚决定", Weighs: true, Cite: basis(xzcf(57, 1, 1), xzcf(59)),
		Guards: []law.Action{ActInvestigate, ActDecide, ActPunish, ActDecideOrdinary, ActSignDecision}, Papers: []string{"penalty_decision"}, Clocks: []string{"处罚决定书送达期限(当事人不在场)"}, Emits: "casework.penalty_decided",
	},
	{
		ID: "decide_no_penalty", Name: "作出不予处罚决定", From: from(DecisionAsked), To: Issuing, By: "case.decide", Chain: "处罚决定", Weighs: true, Cite: basis(xzcf(33), xzcf(57, 1, 2), xzcf(57, 1, 3)),
		Guards: []law.Action{ActDecideNoPenalty}, Papers: []string{"no_penalty_decision", "education_record"}, Clocks: []string{"处罚决定书送达期限(当事人不在场)"}, Emits: "casework.no_penalty_decided",
	},
	{ID: "issued", Name: "出具决定书", From: from(Issuing), To: Issued, Cite: basis(xzcf(59)), Emits: "casework.paper_issued"},
	{ID: "issue_failed", Name: "决定书无法出具", From: from(Issuing), To: DecisionAsked, Cite: basis(xzcf(59)), Emits: "casework.paper_voided"},
	{ID: "sign", Name: "签名", From: signable, By: "case.handle", Cite: basis(xzcf(59, 1), mohurd(17)), Emits: "casework.signed"},
	{ID: "void_paper", Name: "作废决定书", From: from(Issued), To: DecisionAsked, By: "case.void", Cite: basis(mohurd(28)), Guards: []law.Action{ActVoidPaper}, Emits: "casework.paper_voided"},
	{ID: "send", Name: "送达文书", From: from(Checking, Investigating, Concluding, Concluded, Noticing, Notified, Answered, Reviewing, Agreed, Discussing, DecisionAsked, Suspended, Disputed, WithPolice, LeadWithPolice, Issued, Delivered, Demanded, Enforcing, Halted, EndingAsked, Revoked, Closed, Declined, Withdrawn, Transferred), By: "case.handle", Cite: basis(xzcf(61, 1), mohurd(35)), Opens: "serving", Papers: []string{"service_receipt"}, Emits: "casework.service_begun"},
	{ID: "confirm_address", Name: "登记送达地址确认书", From: from(Checking, Investigating, Concluded, Noticing, Notified, Answered, Issued, Delivered, Demanded), By: "case.handle", Cite: basis(mohurd(37)), Papers: []string{"address_confirmation"}, Emits: "casework.address_confirmed"},
	{
		ID: "decision_served", Name: "决定书已送达", From: from(Issued), To: Delivered, By: "case.handle", Cite: basis(xzcf(61)), Guards: []law.Action{ActConfirmService},
		Clocks: []string{"缴纳罚款期限", "行政复议申请期限", "直接起诉期限"}, Emits: "casework.decision_served",
	},
}

// signable are the states in which papers are signed: all in which a case is in hand.
var signable = from(Ordinary, Checking, FilingAsked, Investigating, Concluding, Concluded, Noticing, Notified, Answered, Reviewing, Agreed, Discussing, DecisionAsked, Issued,
	Delivered, Demanded, Enforcing, WithPolice, LeadWithPolice, EndingAsked, Suspended, Halted, Disputed)
