package demo

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/filing"
	"fadu/internal/casework/inquiry"
	"fadu/internal/casework/notice"
	"fadu/internal/casework/serving"
	"fadu/internal/law"
	"fadu/internal/store"
)

// serveRest brings every paper that goes to the party and has not yet gone.
func serveRest(w *Walk) error {
	var papers []casework.Paper
	err := w.o.app.DB.View(w.ctx, func(tx *store.Tx) (err error) {
		papers, err = casework.Papers(tx, w.ID)
		return err
	})
	for _, p := range papers {
		if err != nil || p.State != casework.PaperIssued {
			continue
		}
		if !casework.Served(p.Kind) && !casework.HandedOver(p.Kind) {
			continue
		}
		if err = w.sendOut(serving.Direct, p); err == nil {
			err = w.deliver(p)
		}
	}
	return err
}

// Filing.

func returnFiling(w *Walk) error {
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Return(w.ctx, by, id, v, filing.ReturnInput{Why: "补充核实当事人身份"})
	})
}

// checkNothing finds no offence.
func checkNothing(w *Walk) error { return w.check(filing.CheckInput{Ours: true}) }

func declineFiling(w *Walk) error {
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Decline(w.ctx, by, id, v, filing.DeclineInput{Why: "经核查没有发现违法事实", ToldOn: w.today()})
	})
}

func extendCheck(w *Walk) error {
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Filing.Extend(w.ctx, by, id, v, filing.ExtendInput{Days: 5, Complex: true, Why: "产权资料在外地，要函调"})
	})
}

// Investigation again.

func returnConclusion(w *Walk) error {
	return w.by(w.leader, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Return(w.ctx, by, id, v, inquiry.ReturnInput{Why: "补充核实数量"})
	})
}

func investigateAgain(w *Walk) error {
	return w.by(w.leader, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Notice.InvestigateAgain(w.ctx, by, id, v, notice.WhyInput{Why: "当事人提出的意见要补充核实"})
	})
}

func notifyAgain(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Notice.Again(w.ctx, by, id, v, notice.WhyInput{Why: "告知书没有写明全部证据，重新告知"})
	})
}

func voidNotice(w *Walk) error {
	return w.by(w.leader, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Notice.Void(w.ctx, by, id, v, notice.WhyInput{Why: "联系电话写错"})
	})
}

// taken is a notice that was taken along to be handed over, and dropService ends that: it is to be voided.
func taken(w *Walk) error {
	_, err := w.send(serving.Direct, casework.PenaltyNotice)
	return err
}

func dropService(w *Walk) error {
	of, err := w.row("send")
	if err != nil {
		return err
	}
	id, err := store.ParseID(of[len("service/"):])
	if err != nil {
		return err
	}
	return w.by(w.leader, func(by access.Session, c casework.CaseID, v int64) error {
		return w.o.app.Serving.Drop(w.ctx, by, c, v, serving.DropInput{Service: casework.PaperID(id), Why: "告知书写错，要作废"})
	})
}

// found anew, the matter is worse.
func worse(w *Walk) error {
	w.matter.metric, w.matter.fine = "12", w.matter.fine+law.Yuan(70)
	w.matter.fact += "另在同一路段堆放6平方米，合计占用12平方米。"
	w.matter.measure, w.matter.proves = "卷尺测量堆放面积合计12平方米", "在道路上堆放物料合计12平方米"
	return inspect(w)
}

func issueChanged(w *Walk) error { return w.issueNotice("事实和数额有变更，重新告知") }

// Off the line.

const waitsForCourt = "以相关案件的裁判结果或者其他行政机关的决定为依据，尚未作出"

var (
	suspend  = deed("deputy", ending, "suspend", says{"ground": waitsForCourt, "why": "产权归属正在诉讼", "proof": "（2026）演1行初8号受理通知书（演示）"})
	keepOurs = func(w *Walk) error {
		return deed("deputy", ending, "keep_jurisdiction", says{"how": "协商一致，由本机关管辖", "on": w.today()})(w)
	}
	resume = func(w *Walk) error {
		return deed("deputy", ending, "resume", says{"ended_on": w.today(), "why": "判决已经生效"})(w)
	}
	terminate      = deed("deputy", ending, "terminate", says{"ground": "当事人死亡，没有承受其权利义务的人", "why": "死亡医学证明，没有继承人", "measures": "无"})
	withdrawFiling = deed("deputy", ending, "withdraw_filing", says{"why": "查明行为发生在本机关管辖区域以外", "measures": "无"})
	transferOut    = deed("deputy", ending, "transfer_out", says{"to": "演示市生态环境局（演示）", "basis": "《中华人民共和国行政处罚法》第二十二条", "reason": "查明的行为属于生态环境部门管辖", "attached": "线索登记表、核查记录、现场照片", "things": true})
	approveCrime   = deed("head", ending, "approve_crime", says{"note": "同意移送"})
	refuseCrime    = deed("head", ending, "refuse_crime", says{"why": "经核实没有达到追诉标准", "not_crime": true})
	handToPolice   = deed("", ending, "hand_to_police", says{
		"police": "演示区公安分局（演示）", "facts": "擅自倾倒建筑垃圾，数量较大", "report": "调查报告一份", "list": "无", "appraisal": "不需要", "other": "运输单据复印件", "penalties": "无", "things": true,
	})
	handLead = deed("", ending, "hand_lead_to_police", says{
		"police": "演示区公安分局（演示）", "facts": "擅自倾倒建筑垃圾，数量较大", "report": "核查报告一份", "list": "无", "appraisal": "不需要", "other": "现场照片", "things": true,
	})
	handDecided = deed("", ending, "hand_decided_to_police", says{
		"police": "演示区公安分局（演示）", "facts": "处罚决定以后查明还有多次倾倒，数量较大", "report": "调查报告一份", "list": "无", "appraisal": "不需要", "other": "运输单据复印件", "things": true,
	})
	policeFileLead = func(w *Walk) error {
		return deed("", ending, "police_file_lead", says{"no": "演公立字〔2026〕15号（演示）", "on": w.today()})(w)
	}
	policeDeclineLead = func(w *Walk) error {
		return deed("", ending, "police_decline_lead", says{"no": "演公不立字〔2026〕6号（演示）", "on": w.today(), "why": "没有达到追诉标准，接着核查"})(w)
	}
	policeAnswer = func(w *Walk) error {
		return deed("", ending, "police_answer", says{"result": "立案", "no": "演公立字〔2026〕16号（演示）", "on": w.today()})(w)
	}
	policeFile = func(w *Walk) error {
		return deed("", ending, "police_file", says{"no": "演公立字〔2026〕12号（演示）", "on": w.today()})(w)
	}
	policeDecline = func(w *Walk) error {
		return deed("", ending, "police_decline", says{"no": "演公不立字〔2026〕3号（演示）", "on": w.today(), "why": "没有达到追诉标准，继续行政处罚"})(w)
	}
	extendTime = deed("deputy", ending, "extend_decision", says{"days": 30, "why": "案情复杂，需要函调外地资料"})
)

func partyGone(w *Walk) error {
	c, err := w.Case()
	if err != nil {
		return err
	}
	in := says{"what": "公民死亡", "on": w.today(), "proof": "死亡医学证明（演示）", "follows": "没有"}
	if c.PartyKind != casework.Citizen {
		in["what"], in["proof"] = "法人或者其他组织终止", "注销登记通知书（演示）"
	}
	return deed("", ending, "party_gone", in)(w)
}

func dispute(w *Walk) error {
	from, until := w.during(30)
	return deed("", ending, "dispute", says{
		"body": "演示市演示二区城市管理综合执法局（演示）", "arose": w.today(), "matter": "违法地点在两区交界", "from": from, "until": until, "at": "本局会议室", "attend": "演示甲、演示乙", "result": "协商不成",
	})(w)
}

var refer = deed("deputy", ending, "refer_dispute", says{"to": "演示市城市管理局（演示）", "facts": "违法地点在两区交界", "views": "双方都认为由本机关管辖", "attached": "核查记录、现场照片"})

// split takes the second party's part out, which becomes a case of its own.
var split = deed("deputy", ending, "split", says{"summary": "同一路段另一当事人堆放物料", "why": "当事人不同，分开办理"})

// another opens a second case of the same party, up to its filing, and goes on with it: it is merged into the first.
func another(w *Walk) error {
	w.Other = w.ID
	return then(lead, takeUp, assign, recordParty, check, askFiling, approveFiling)(w)
}

func merge(w *Walk) error {
	var no string
	err := w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		c, err := w.o.app.Cases.Load(tx, access.System("demo"), access.CaseRead, w.Other)
		if err == nil {
			no = c.CaseNo
		}
		return err
	})
	if err != nil {
		return err
	}
	return deed("deputy", ending, "merge", says{"into": no, "why": "同一当事人的同类行为，一并处理"})(w)
}

// reportCrime has both officers of the case verify the suspicion.
func reportCrime(w *Walk) error {
	var verifiers []string
	err := w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		c, err := w.o.app.Cases.Load(tx, access.System("demo"), access.CaseRead, w.ID)
		if err != nil {
			return err
		}
		for _, p := range []int64{c.Lead, c.Assist} {
			name, err := casework.PersonName(tx, p)
			if err != nil {
				return err
			}
			verifiers = append(verifiers, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return deed("", ending, "report_crime", says{"crime": "污染环境罪（演示）", "verifiers": strings.Join(verifiers, "、"), "standard": "倾倒数量达到追诉标准（演示）", "why": "经两名执法人员核实，倾倒量较大", "measures": "无"})(w)
}

// Service.

// announce serves by public notice, after two ways were tried in vain.
func (w *Walk) announce(kinds ...casework.PaperKind) error {
	p, err := w.send(serving.Direct, kinds...)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		way serving.Way
		why string
	}{{serving.Direct, "两次上门无人，邻居说已搬走"}, {serving.Posted, "邮件退回，原址查无此人"}} {
		err := w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
			return w.o.app.Serving.Fail(w.ctx, by, id, v, serving.FailInput{Service: p.ID, On: w.today(), Way: f.way, Reason: f.why})
		})
		if err != nil {
			return err
		}
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Serving.Announce(w.ctx, by, id, v, serving.AnnounceInput{
			Service: p.ID, Missing: true, Reason: "直接送达、邮寄送达都没有送到，下落不明", Where: "演示日报、本局公告栏（演示）", Gist: "对" + w.matter.cause + "的处理", Office: "演示区青石路1号（演示）", Rights: "自公告期满之日起计算有关期限",
		})
	})
}

func announceNotice(w *Walk) error { return w.announce(casework.PenaltyNotice) }

// post sends the decision by mail; it comes back signed.
func post(w *Walk) error {
	p, err := w.send(serving.Posted, casework.PenaltyDecisionKind)
	if err != nil {
		return err
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Serving.Begin(w.ctx, by, id, v, serving.Posted, serving.BeginInput{Service: p.ID, On: w.today(), To: w.party.Address, Reason: "当事人在外地，书面要求邮寄", Proof: fmt.Sprintf("EMS演示%08d", w.number)})
	})
}

func arrived(w *Walk) error {
	p, err := w.newest(casework.PenaltyDecisionKind)
	if err != nil {
		return err
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Serving.Arrive(w.ctx, by, id, v, serving.ArriveInput{Service: p.ID, On: w.today(), Receiver: w.party.Name, Proof: fmt.Sprintf("EMS回执演示%08d", w.number)})
	})
}

// leave leaves the decision at the residence because it was refused.
func leave(w *Walk) error {
	p, err := w.send(serving.Leaving, casework.PenaltyDecisionKind)
	if err != nil {
		return err
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Serving.Leave(w.ctx, by, id, v, serving.LeaveInput{Service: p.ID, On: w.today(), At: w.party.Address, Refused: "当事人拒绝签收", Left: true, Witness: "演示社区居委会干部", Film: fmt.Sprintf("DSJ-%04d-%s", 300+w.number, w.o.clock.Now().Format("20060102150405"))})
	})
}

// expired is the day after a public notice ran out: the job has recorded the service.
func expired(w *Walk) error {
	_, err := w.o.app.Jobs.RunDue(w.ctx)
	return err
}
