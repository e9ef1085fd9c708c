package demo

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/inquiry"
	"fadu/internal/law"
)

type says = map[string]any

// pay registers what came in at the bank.
func pay(w *Walk) error {
	return w.by("cashier", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.RecordPayment(w.ctx, by, id, v, casework.PaymentInput{
			Channel: casework.PayBank, Amount: w.matter.fine, PaidOn: w.today(), Reference: fmt.Sprintf("演银%s%06d", w.today().String(), w.number), Note: "银行回单",
		})
	})
}

// deed does an act of a desk whose forms are lists of fields.
func deed(login string, desk func(w *Walk) doer, act string, in says) func(w *Walk) error {
	return func(w *Walk) error {
		who := login
		if who == "" {
			who = w.lead
		}
		return w.by(who, func(by access.Session, id casework.CaseID, v int64) error {
			all := says{"version": v}
			for k, x := range in {
				all[k] = x
			}
			return desk(w).Do(w.ctx, by, id, act, all)
		})
	}
}

func askClosing(w *Walk) error {
	return deed("", ending, "ask_closing", says{"outcome": "罚款" + w.matter.fine.Grouped() + "元", "performed": "已经履行", "measures": "无", "published": "处罚决定已按规定公示"})(w)
}

// askOffLine asks to close a case that ended off the line.
var askOffLine = deed("", ending, "ask_closing", says{"outcome": "案件终止，不再办理", "performed": "没有应当执行的内容，或者已终结执行", "measures": "无", "published": "没有应当公示的决定"})

// A case that stays where it ended: its form is filled in and approved.
var (
	askEnd     = deed("", ending, "ask_end_closing", says{"outcome": "案件不再由本机关办理", "performed": "没有应当执行的内容", "measures": "随案移送或者没有", "published": "没有应当公示的决定"})
	approveEnd = deed("deputy", ending, "approve_end_closing", says{"note": "同意结案"})
)

var approveClosing = deed("deputy", ending, "approve_closing", says{"note": "同意结案"})

// part pays a part of the fine, in hundredths.
func part(percent int) func(w *Walk) error {
	return func(w *Walk) error {
		return w.by("cashier", func(by access.Session, id casework.CaseID, v int64) error {
			return w.o.app.Cases.RecordPayment(w.ctx, by, id, v, casework.PaymentInput{
				Channel: casework.PayBank, Amount: w.matter.fine * law.Money(percent) / 100, PaidOn: w.today(), Reference: fmt.Sprintf("演银%s%06d", w.today().String(), w.number), Note: "银行回单",
			})
		})
	}
}

// applyTerms asks to pay in two parts, approveTerms allows it.
func applyTerms(w *Walk) error {
	half := w.matter.fine / 2
	in := casework.PlanInput{AppliedOn: w.today(), Reason: "工程款没有收回，暂时周转困难", Hardship: true, Parts: []casework.Part{{Due: w.today().AddDays(20), Amount: half}, {Due: w.today().AddDays(50), Amount: w.matter.fine - half}}}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.ApplyPlan(w.ctx, by, id, v, in, []casework.Picture{{Bytes: w.o.picture()}})
	})
}

func approveTerms(w *Walk) error {
	err := w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		_, err := w.o.app.Cases.DecidePlan(w.ctx, by, id, v, true, "情况属实")
		return err
	})
	if err != nil {
		return err
	}
	return serveRest(w)
}

// demand demands what is owed, for the court or for the bureau's own execution.
func demand(own bool) func(w *Walk) error {
	return func(w *Walk) error {
		err := deed("", performance, "issue_demand", says{
			"own": own, "duty": "缴纳罚款和加处罚款", "days": 10, "how": "缴纳罚款，履行决定书载明的义务", "channel": "演示银行各网点", "contact": "演示执法人员 0990-0000000",
		})(w)
		if err != nil {
			return err
		}
		return w.serve("demand_notice")
	}
}

func hearDemand(w *Walk) error {
	role := "当事人本人"
	if w.matter.unit {
		role = "法定代表人"
	}
	name, _ := w.speaker()
	from, until := w.during(20)
	return deed("", performance, "hear_demand", says{"said": "提出了意见", "person": name, "role": role, "from": from, "until": until, "at": "本局调解室（演示）", "points": "资金困难，请求再宽限一些时间", "answer": "没有提出新的事实、理由和证据，可以依法申请分期，不停止执行"})(w)
}

func applyCourt(w *Walk) error {
	return deed("head", enforcement, "apply_court", says{
		"court": "演示区人民法院", "head": "演示局长", "address": "演示市演示区青石路1号（演示）", "claim": "强制执行罚款" + w.matter.fine.Grouped() + "元及加处罚款", "state_of_target": "当事人有银行存款可供执行",
		"target": true, "other": true,
	})(w)
}

// byWhom are the acts about the court that a head does; officers enter the others.
var byWhom = map[string]string{"appeal_court": "head", "withdraw_application": "head"}

// applyJudgment asks the court that judged to execute what it judged.
func applyJudgment(w *Walk) error {
	result, err := w.latest("suit_decided")
	if err != nil {
		return err
	}
	return deed("head", enforcement, "apply_judgment", says{
		"court": "演示区人民法院", "ruling": "（2026）演1行初1号（演示）", "ruled_on": result.On, "order": "驳回原告的诉讼请求（演示）", "head": "演示局长", "address": "演示市演示区青石路1号（演示）",
		"claim": "强制执行罚款" + w.matter.fine.Grouped() + "元及加处罚款", "state_of_target": "当事人有银行存款可供执行",
	})(w)
}

// settleCost enters what the party paid for what others did for it.
var settleCost = func(w *Walk) error {
	return deed("", enforcement, "settle_cost", says{"how": "当事人缴纳", "amount": 800, "on": w.today(), "reference": fmt.Sprintf("演银代履行%06d", w.number)})(w)
}

// court enters what the court did about an application, which is the last one.
func court(act string) func(w *Walk) error { return courtOn("apply_court", act) }

// courtOn enters it about the application that an act made.
func courtOn(application, act string) func(w *Walk) error {
	return func(w *Walk) error {
		of, err := w.row(application)
		if err != nil {
			return err
		}
		who, in := byWhom[act], says{"of": of, "on": w.today(), "no": fmt.Sprintf("（%d）演1行审%d号（演示）", w.today().Year(), w.number+1)}
		if act == "appeal_court" {
			ruling, err := w.latest("court_rejects")
			if err != nil {
				return err
			}
			in = says{"of": of, "ruled_on": ruling.On, "ruling": "（2026）演1行审1号（演示）", "upper": "演示市中级人民法院", "claim": "撤销裁定，准予执行", "reason": "申请符合法定条件"}
		}
		return deed(who, enforcement, act, in)(w)
	}
}

// surcharge enters what was paid of the surcharge: all of it.
func surcharge(w *Walk) error {
	return deed("", performance, "perform", says{
		"duty": "加处罚款", "amount": w.matter.fine, "reference": fmt.Sprintf("演银加处%06d", w.number), "says": "加处罚款已由法院划拨", "proof": "银行回单", "done": true, "done_on": w.today(),
	})(w)
}

// demolished is the duty beside the fine in the cases of illegal structures.
const demolition = "限期拆除"

func mustDemolish(w *Walk) error {
	return deed("", performance, "perform", says{"duty": demolition, "due": w.today().AddDays(15), "says": "逾期没有拆除", "proof": "现场照片"})(w)
}

func announceDemolition(w *Walk) error {
	return deed("", enforcement, "announce_demolition", says{"shown": "演示当事人", "what": w.matter.proves, "due": w.today().AddDays(10)})(w)
}

func orderExecution(w *Walk) error {
	row, err := w.row(casework.MandateAct)
	if err != nil {
		return err
	}
	err = deed("head", enforcement, "order_execution", says{
		"power_code": demolishPower, "mandate": strings.TrimPrefix(row, "evidence/"), "duty": "拆除违法搭建的棚架", "heard": "当事人没有提出意见", "reason": "公告期满、复议和起诉期限届满，仍不拆除", "order": "强制拆除", "way": "机械拆除", "when": "下一工作日上午",
	})(w)
	if err != nil {
		return err
	}
	return serveRest(w)
}

// registerMandate enters the government's order on the list of evidence.
func registerMandate(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.RegisterMandate(w.ctx, by, id, v, inquiry.MandateInput{
			Government: "演示区人民政府", Document: "演区政〔2026〕9号", On: w.today(), What: "责成演示区城市管理综合执法局拆除违法搭建的棚架（演示）", Scans: [][]byte{w.o.picture()},
		})
	})
}

// site is what a record of something done on the spot says.
func (w *Walk) site(more says) says {
	from, until := w.during(60)
	out := says{
		"from": from, "until": until, "present": "当事人到场", "supervisor": "演示区司法局监督人员（演示）", "footage": fmt.Sprintf("DSJ-%04d-%s", 400+w.number, from.Format("20060102150405")), "course": "拆除棚架，清理现场", "goods": "无", "remark": "无",
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

func execute(w *Walk) error { return deed("", enforcement, "execute", w.site(nil))(w) }

func demolished(w *Walk) error {
	return deed("", performance, "perform", says{"duty": demolition, "done": true, "done_on": w.today(), "says": "已强制拆除", "proof": "强制执行笔录、照片"})(w)
}

// orderSubstitute has somebody else do what the party does not do, and hands both papers over.
func orderSubstitute(w *Walk) error {
	due, err := w.o.app.Calendar.AddWorkdays(w.today(), 3)
	if err != nil {
		return err
	}
	err = deed("head", enforcement, "order_substitute", says{
		"duty": "清理道路上堆放的物料", "clearing": true, "harm": "危害交通安全", "reason": "催告后仍不清理", "what": "道路上的水泥、黄沙", "way": "装车清运", "when": due.AddDays(1), "budget": "800元", "doer": "演示清运有限公司", "due": due, "contact": "演示执法人员",
	})(w)
	if err != nil {
		return err
	}
	return serveRest(w)
}

func substitute(w *Walk) error {
	return deed("", enforcement, "substitute", w.site(says{"course": "清运堆放的物料", "cost": 800}))(w)
}

var (
	halt         = deed("head", enforcement, "halt", says{"ground": "当事人履行行政决定确有困难或者暂无履行能力", "why": "企业停产，正在清算"})
	resumeAgain  = deed("head", enforcement, "resume_execution", says{"why": "清算结束，有财产可供执行"})
	endExecution = deed("head", enforcement, "end_execution", says{"ground": "法人或者其他组织终止，无财产可供执行，又无义务承受人", "why": "法院裁定终结破产程序，已注销（演示）", "proof": "注销登记证明（演示）"})
)

// The decision under attack.

func registerReview(w *Walk) error {
	return deed("", performance, "register_review", says{"on": w.today(), "body": "演示区人民政府"})(w)
}

func reviewResult(result string) func(w *Walk) error {
	return func(w *Walk) error {
		return deed("", performance, "review_decided", says{"on": w.today(), "result": result, "no": "演府复〔2026〕1号（演示）"})(w)
	}
}

func registerSuit(w *Walk) error {
	return deed("", performance, "register_suit", says{"on": w.today(), "body": "演示区人民法院"})(w)
}

func suitResult(result string) func(w *Walk) error {
	return func(w *Walk) error {
		return deed("", performance, "suit_decided", says{"on": w.today(), "result": result, "no": "（2026）演1行初1号（演示）"})(w)
	}
}

// lower changes the decision for the better, as the review wanted.
func lower(w *Walk) error {
	c, err := w.Case()
	if err != nil {
		return err
	}
	m := w.matter
	in := casework.ChangeInput{
		PenaltyInput: casework.PenaltyInput{
			ActFrom: c.ActFrom, FactText: c.FactText, Clear: true, PowerCode: m.code, Fine: true, Amount: m.fine - law.Yuan(40), Metric: m.metric, Corrected: m.corrected, Harm: m.harm, TierWhy: "按复议决定重新确定", NoExemption: m.noExemption, PayBy: casework.PayBank,
		},
		Faults: []string{"amount"}, Why: "复议决定认为数额偏高", NotWorse: true,
	}
	err = w.by("head", func(by access.Session, id casework.CaseID, v int64) error {
		_, err := w.o.app.Cases.Change(w.ctx, by, id, v, in)
		return err
	})
	if err != nil {
		return err
	}
	w.matter.fine = in.Amount
	return serveRest(w)
}

func revoke(w *Walk) error {
	return w.by("head", func(by access.Session, id casework.CaseID, v int64) error {
		_, err := w.o.app.Cases.Revoke(w.ctx, by, id, v, "法院判决撤销，责令重新作出")
		return err
	})
}

var reopen = deed("head", ending, "reopen", says{"ground": "原决定仅因程序违法被撤销", "why": "（2026）演1行初1号判决撤销（演示），责令重新作出"})

func withdrawPublication(w *Walk) error {
	return w.by("clerk", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.WithdrawPublication(w.ctx, by, id, v, casework.WithdrawalInput{Published: true, On: w.today(), Place: "演示区政府网站（演示）", Note: "三个工作日内撤下"})
	})
}
