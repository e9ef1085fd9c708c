package demo

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/casework"
)

// doer is a desk whose acts are done with what their forms say.
type doer interface {
	Do(ctx context.Context, by access.Session, id casework.CaseID, act string, in map[string]any) error
}

func ending(w *Walk) doer      { return w.o.app.Ending }
func performance(w *Walk) doer { return w.o.app.Perform }
func enforcement(w *Walk) doer { return w.o.app.Enforce }

func now(do func(w *Walk) error) step          { return step{do: do} }
func after(n int, do func(w *Walk) error) step { return step{wait: n, do: do} }
func later(n int, do func(w *Walk) error) step { return step{days: n, do: do} }

func steps(groups ...[]step) (out []step) {
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

// running are steps at whose end something runs on: the demo lets them end in its last days.
func running(groups ...[]step) []step {
	out := steps(groups...)
	out[len(out)-1].runs = true
	return out
}

func list(all ...step) []step { return all }

// Stretches of the line that scenarios share.
var (
	found    = list(now(lead).to(casework.Lead))
	checked  = steps(found, list(after(1, takeUp).to(casework.Checking), now(assign), now(recordParty), after(1, check)))
	filed    = steps(checked, list(now(askFiling).to(casework.FilingAsked), after(1, approveFiling).to(casework.Investigating)))
	inquired = list(after(1, summon), after(1, interview), now(witness), now(inspect), now(collect), now(order), after(4, recheck), after(1, admit), now(propose))
	// asked is an investigation that needs little.
	asked     = list(after(1, interview), now(order), after(4, recheck), now(admit), now(propose))
	reported  = list(now(conclude).to(casework.Concluding), after(1, approveConclusion).to(casework.Concluded))
	told      = list(after(1, issueNotice).to(casework.Noticing), after(1, serveNotice).to(casework.Notified))
	toldAgain = list(after(1, issueChanged).to(casework.Noticing), after(1, serveNotice).to(casework.Notified))
	heard     = list(after(2, stateDefence), after(5, answerDefence).to(casework.Answered), now(drawUp))
	reviewed  = list(now(submitReview).to(casework.Reviewing), after(3, agree).to(casework.Agreed))
	debated   = list(now(submitDiscussion).to(casework.Discussing), after(1, discuss).to(casework.DecisionAsked))
	decided   = list(after(1, punish).to(casework.Issued), after(2, serveDecision).to(casework.Delivered))
	paidUp    = list(after(6, pay), after(1, askClosing).to(casework.EndingAsked), after(1, approveClosing).to(casework.Closed))
)

// More stretches, of fewer scenarios.
var (
	closing    = list(after(1, askClosing).to(casework.EndingAsked), after(1, approveClosing).to(casework.Closed))
	toNotice   = steps(filed, asked, reported, told)
	toAnswer   = steps(toNotice, heard)
	toDecision = steps(toAnswer, list(now(askDecision).to(casework.DecisionAsked)))
	toServed   = steps(toDecision, decided)
	toReview   = steps(toAnswer, list(now(submitReview).to(casework.Reviewing)))
	unpaid     = steps(toServed, list(later(30, demand(false)).to(casework.Demanded)))
	inCourt    = steps(unpaid, list(after(1, hearDemand), later(190, applyCourt).to(casework.Enforcing), after(2, court("hand_in_application"))))
	listed     = list(after(2, askHearing), after(1, acceptHearing), now(appointHost), now(scheduleHearing))
	keeping    = list(now(askPreservation), now(approvePreservation), now(preserve))
	pursued    = steps(filed, asked, list(now(reportCrime), after(1, approveCrime), now(handToPolice).to(casework.WithPolice)))
)

// Scenarios are the ways that cases of the ordinary procedure go in the demo.
func Scenarios() []Scenario {
	return append(append(mainScenarios(), asideScenarios()...), lateScenarios()...)
}

// mainScenarios go down the line to the decision and its performance.
func mainScenarios() []Scenario {
	return []Scenario{
		{"重大案件，从线索到结案", debris, steps(filed, inquired, reported, told, heard, reviewed, debated, decided, paidUp)},
		{"一般案件，负责人直接决定", stacking, steps(toServed, paidUp)},
		{"听证以后决定", debris, steps(toNotice, list(after(2, askHearing), after(1, acceptHearing), now(appointHost), now(pauseHearing), after(2, resumeHearing), now(scheduleHearing)), list(after(hearingAhead, holdHearing), after(2, reportHearing), now(answerDefence).to(casework.Answered), now(drawUp)), reviewed, debated, decided, paidUp)},
		{"当事人缺席，终止听证", debris, steps(toNotice, listed, list(after(hearingAhead, endHearing), after(1, answerDefence).to(casework.Answered), now(drawUp)))},
		{"逾期申请听证，不予受理", debris, steps(toNotice, list(after(7, askHearing), after(1, refuseHearing), now(serveRest), now(answerDefence).to(casework.Answered), now(drawUp)))},
		{"撤回听证", debris, steps(toNotice, listed, list(after(2, withdrawHearing), after(1, answerDefence).to(casework.Answered), now(drawUp)), reviewed, debated, decided, paidUp)},
		{"数额加重，重新调查、重新告知", stacking, steps(toNotice, list(after(2, stateDefence), after(5, answerDefence).to(casework.Answered), after(1, investigateAgain).to(casework.Investigating), now(worse), now(admit), now(propose)), reported,
			list(after(1, issueChanged).to(casework.Noticing), after(1, serveNotice).to(casework.Notified)), heard, list(now(askDecision).to(casework.DecisionAsked)), decided, paidUp)},
		{"告知书作废、重新告知", stacking, steps(filed, asked, reported, list(after(1, issueNotice).to(casework.Noticing), now(taken), now(dropService), now(voidNotice).to(casework.Concluded)), told,
			list(after(1, notifyAgain).to(casework.Concluded), now(issueChanged).to(casework.Noticing), after(1, serveNotice).to(casework.Notified)), heard, list(now(askDecision).to(casework.DecisionAsked)), decided, paidUp)},
		{"审核要求补充调查，再次送审", debris, steps(toReview, list(after(3, opinion("review_inquire", "处置量的依据不足，补充核算")).to(casework.Investigating), after(2, inspect), now(admit)), reported, toldAgain, heard, reviewed, debated, decided, paidUp)},
		{"审核要求改正，再次送审", debris, steps(toReview, list(now(withdrawReview).to(casework.Answered), after(1, submitReview).to(casework.Reviewing), after(3, opinion("review_amend", "裁量理由不充分，改正后再送")).to(casework.Answered), after(1, redraft)), reviewed, debated, decided, paidUp)},
		{"轻微，不予处罚", spotless, steps(filed, asked, reported, list(now(spare("违法行为轻微", "违法行为轻微并及时改正，没有造成危害后果")), now(askDecision).to(casework.DecisionAsked), after(1, pardon).to(casework.Issued), after(1, serveDecision).to(casework.Delivered)), closing)},
		{"首违，不予处罚", spotless, steps(filed, asked, reported, list(now(spare("首违", "初次违法，危害后果轻微并及时改正")), now(askDecision).to(casework.DecisionAsked), after(1, pardon).to(casework.Issued), after(1, serveDecision).to(casework.Delivered)), closing)},
		{"违法事实不成立", spotless, steps(filed, asked, reported, list(now(spare("违法事实不成立", "现有证据不能证明物料由当事人堆放")), now(askDecision).to(casework.DecisionAsked), after(1, pardon).to(casework.Issued), after(1, serveDecision).to(casework.Delivered)), closing)},
		{"退回、作废后重新出具", stacking, steps(checked, list(now(extendCheck), now(askFiling).to(casework.FilingAsked), after(1, returnFiling).to(casework.Checking), now(askFiling).to(casework.FilingAsked), after(1, approveFiling).to(casework.Investigating)), asked,
			list(now(conclude).to(casework.Concluding), after(1, returnConclusion).to(casework.Investigating)), reported, told, heard, list(now(askDecision).to(casework.DecisionAsked), after(1, returnDecision).to(casework.Answered), now(askDecision).to(casework.DecisionAsked),
				after(1, punish).to(casework.Issued), now(voidDecision).to(casework.DecisionAsked)), decided, paidUp)},
	}
}

// asideScenarios leave the line.
func asideScenarios() []Scenario {
	return []Scenario{
		{"当场查处时转普通程序", stacking, steps(found, list(now(toOrdinary).to(casework.Ordinary), after(1, takeUp).to(casework.Checking), now(assign)))},
		{"不予立案", stacking, steps(found, list(after(1, takeUp).to(casework.Checking), now(assign), after(1, checkNothing), after(1, declineFiling).to(casework.Declined)))},
		{"中止调查、恢复调查", stacking, steps(filed, asked, list(now(suspend).to(casework.Suspended), later(20, resume).to(casework.Investigating), now(extendTime)), reported, told, heard, list(now(askDecision).to(casework.DecisionAsked)), decided, paidUp)},
		{"当事人死亡，终止调查", stacking, steps(filed, list(after(2, partyGone), after(1, terminate).to(casework.EndingAsked), now(askOffLine), after(1, approveClosing).to(casework.Closed)))},
		{"撤销立案", stacking, steps(filed, list(after(3, withdrawFiling).to(casework.Withdrawn), after(1, askEnd), after(1, approveEnd)))},
		{"管辖争议，由本机关办理", stacking, steps(filed, list(after(1, dispute).to(casework.Disputed), after(2, refer), after(5, keepOurs).to(casework.Investigating)), asked)},
		{"移送有管辖权的机关", debris, steps(filed, inquired, list(now(transferOut).to(casework.Transferred), after(1, serveRest), now(askEnd), after(1, approveEnd)))},
		{"审核要求移送", debris, steps(toReview, list(after(3, opinion("review_transfer", "属于生态环境部门管辖，移送")).to(casework.Investigating), now(transferOut).to(casework.Transferred)))},
		{"移送公安机关，立案", debris, steps(pursued, list(after(5, policeFile).to(casework.EndingAsked), now(serveRest), now(askOffLine), after(1, approveClosing).to(casework.Closed)))},
		{"移送公安机关，不予立案退回", debris, steps(pursued, list(after(5, policeDecline).to(casework.Investigating), now(serveRest)), reported, told)},
		{"核实不涉嫌犯罪，继续处罚", debris, steps(filed, asked, list(now(reportCrime), after(1, refuseCrime)), reported)},
		{"核查中移送公安机关，立案", debris, steps(checked, list(now(reportCrime), after(1, approveCrime), now(handLead).to(casework.LeadWithPolice), after(5, policeFileLead).to(casework.Transferred)))},
		{"核查中移送公安机关，不予立案接着核查", debris, steps(checked, list(now(reportCrime), after(1, approveCrime), now(handLead).to(casework.LeadWithPolice), after(3, policeDeclineLead).to(casework.Checking), now(serveRest), now(askFiling).to(casework.FilingAsked)))},
		{"并入他案", stacking, steps(filed, list(after(2, another), after(1, merge).to(casework.Merged)))},
		{"分案办理", stacking, steps(filed, asked, list(now(split)), reported)},
		{"公告送达告知书", stacking, steps(filed, asked, reported, list(after(1, issueNotice).to(casework.Noticing), now(announceNotice), later(32, expired).to(casework.Notified), after(7, answerDefence).to(casework.Answered)))},
	}
}

// lateScenarios are about what follows the decision.
func lateScenarios() []Scenario {
	return []Scenario{
		{"分期缴纳", debris, steps(toReview, list(after(3, agree).to(casework.Agreed)), debated, list(after(1, punish).to(casework.Issued), after(1, post), after(4, arrived).to(casework.Delivered), after(3, applyTerms), after(1, approveTerms), later(15, part(50)), later(30, part(50))), closing)},
		{"不缴纳，催告后申请法院执行", stacking, steps(inCourt, list(after(3, court("court_accepts")), after(5, court("court_allows")), after(10, court("court_executed")), now(pay), now(surcharge)), closing)},
		{"申请法院后缴清，撤回申请", stacking, steps(inCourt, list(after(2, pay), now(surcharge), now(court("withdraw_application"))), closing)},
		{"法院不准予执行，复议后终结执行", debris, steps(toReview, list(after(3, agree).to(casework.Agreed)), debated, decided, list(later(30, demand(false)).to(casework.Demanded), after(1, hearDemand), later(190, applyCourt).to(casework.Enforcing), after(2, court("hand_in_application")), after(3, court("court_rejects")), after(2, court("appeal_court")), after(10, court("court_accepts")),
			after(5, court("court_denies")), after(10, court("court_upholds")), now(halt).to(casework.Halted), after(5, resumeAgain).to(casework.Enforcing), after(5, partyGone), now(endExecution).to(casework.EndingAsked), now(serveRest), now(askOffLine), after(1, approveClosing).to(casework.Closed)))},
		{"逾期不拆，本机关强制拆除", shed, steps(toServed, list(now(mustDemolish), later(30, demand(true)).to(casework.Demanded), after(1, hearDemand), now(announceDemolition), later(190, registerMandate), now(orderExecution).to(casework.Enforcing), after(2, execute), now(demolished), now(pay), now(surcharge)), closing)},
		{"代履行", stacking, steps(toServed, list(later(30, demand(true)).to(casework.Demanded), after(11, orderSubstitute), later(20, substitute), now(settleCost), now(pay), now(surcharge)), closing)},
		{"判决驳回诉讼请求，申请执行裁判", stacking, steps(toServed, list(after(3, registerSuit), later(60, suitResult("驳回诉讼请求")), after(5, applyJudgment).to(casework.Enforcing), after(3, courtOn("apply_judgment", "court_takes_judgment")), later(60, courtOn("apply_judgment", "court_executed")), now(pay), now(surcharge)), closing)},
		{"决定以后移送公安机关", debris, steps(toReview, list(after(3, agree).to(casework.Agreed)), debated, decided, list(after(2, reportCrime), after(1, approveCrime), now(handDecided), now(serveRest), after(3, pay), after(2, policeAnswer)), closing)},
		{"复议以后变更", stacking, steps(toServed, list(after(3, registerReview), later(30, reviewResult("变更")), now(lower), now(pay), now(withdrawPublication)), closing)},
		{"诉讼以后撤销、重新办理", stacking, steps(toServed, list(after(3, registerSuit), later(60, suitResult("撤销")), now(revoke).to(casework.Revoked), now(serveRest), now(withdrawPublication), after(2, reopen).to(casework.Investigating), now(propose)), reported, told, heard)},
		{"拒收，留置送达后缴清", stacking, steps(toDecision, list(after(1, punish).to(casework.Issued), after(1, leave).to(casework.Delivered)), paidUp)},
		{"登记保存中", vending, running(filed, keeping)},
		{"登记保存退还后扣押工具，扣押中", vending, running(filed, keeping, list(after(2, settlePreservation), now(askSeizure), now(approveSeizure), now(seize)))},
	}
}
