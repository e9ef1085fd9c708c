package demo

import (
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/inquiry"
	"fadu/internal/law"
	"fadu/internal/store"
)

// day is the day on which the matter was seen.
func day(c *casework.Case) law.Date { return law.DateOf(c.Found()) }

// summon calls the party in for the next hours and hands the paper over.
func summon(w *Walk) error {
	err := w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Summon(w.ctx, by, id, v, inquiry.SummonInput{When: w.o.clock.Now().Add(24 * time.Hour), Where: "演示区青石路1号询问室（演示）", Bring: "身份证件、有关手续"})
	})
	if err != nil {
		return err
	}
	return w.serve(casework.InquiryNotice)
}

// who speaks for the party, and as what.
func (w *Walk) speaker() (name, role string) {
	if w.matter.unit {
		return w.party.LegalRep, "legal_rep"
	}
	return w.party.Name, "party"
}

// past is a time of the last half hour: records are entered when the work is done.
func (w *Walk) during(minutes int) (from, until time.Time) {
	from = w.o.clock.Now()
	w.tick(minutes)
	return from, w.o.clock.Now()
}

func interview(w *Walk) error {
	from, until := w.during(25)
	name, role := w.speaker()
	in := inquiry.InterviewInput{
		Began: from, Ended: until, At: "演示区青石路1号询问室（演示）", Recorder: "演示记录员", Person: name, Role: role, IDNumber: w.party.IDNumber, Phone: w.party.Phone, Address: w.party.Address,
		Recusal: "听清楚了，不申请回避", Purpose: "证明" + w.matter.proves, ShowedID: true, Alone: true, Pages: true, Corrections: true,
		Talk: []casework.QA{{Ask: "我们已向你出示执法证件，你是否看清？", Answer: "看清了。"}, {Ask: w.matter.asked, Answer: w.matter.answered}, {Ask: "你还有什么要说明的？", Answer: "没有了，愿意配合改正。"}},
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Interview(w.ctx, by, id, v, in)
	})
}

// witness questions somebody who saw it, after the party and alone.
func witness(w *Walk) error {
	from, until := w.during(15)
	p := makeParty(950000+w.number, false)
	in := inquiry.InterviewInput{
		Began: from, Ended: until, At: w.place(), Recorder: "演示记录员", Person: p.Name, Role: "witness", IDNumber: p.IDNumber, Phone: p.Phone, Address: p.Address,
		Recusal: "听清楚了，不申请回避", Purpose: "证明" + w.matter.proves, ShowedID: true, Alone: true, Pages: true, Corrections: true,
		Talk: []casework.QA{{Ask: "你看到了什么？", Answer: "我住在对面，看到了" + w.matter.summary + "。"}},
	}
	return w.by(w.assist, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Interview(w.ctx, by, id, v, in)
	})
}

// inspect examines the place, with photographs and the frame of a sketch.
func inspect(w *Walk) error {
	from, until := w.during(30)
	name, _ := w.speaker()
	in := inquiry.InspectInput{
		Began: from, Ended: until, At: w.place(), Recorder: "演示记录员", Party: "present", Present: name, Recusal: "不申请回避", Found: "现场位于" + w.place() + "。" + w.matter.summary + "。",
		Taken: w.matter.measure + "，拍照2张", Purpose: "证明" + w.matter.proves, Photos: [][]byte{w.o.picture(), w.o.picture()}, Footage: fmt.Sprintf("DSJ-%04d-%s", 200+w.number, from.Format("20060102150405")),
		Legend: "图中标注的为现场位置", North: "上北下南", Scale: "不按比例", Drawer: "演示记录员", ShowedID: true, Pages: true, Corrections: true,
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Inspect(w.ctx, by, id, v, in)
	})
}

func collect(w *Walk) error {
	in := inquiry.CollectInput{
		Kind: inquiry.Written, Title: "当事人身份证明、有关单据", ObtainedOn: w.today(), Pages: "3", Holder: w.party.Name, Source: "当事人提供", Purpose: "证明当事人身份和" + w.matter.proves,
		Copy: true, OriginalAt: w.party.Name, Checked: true, Photos: [][]byte{w.o.picture()}, ShowedID: true,
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Collect(w.ctx, by, id, v, in)
	})
}

// order orders the party to correct, and hands the paper over.
func order(w *Walk) error {
	due, err := w.o.app.Calendar.AddWorkdays(w.today(), 3)
	if err != nil {
		return err
	}
	err = w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Correct(w.ctx, by, id, v, inquiry.CorrectInput{Kind: "correct", Demand: w.matter.demand, Due: due})
	})
	if err != nil {
		return err
	}
	return w.serve(casework.CorrectionNotice)
}

func recheck(w *Walk) error {
	result, found := "已改正", "到现场复查，当事人已按要求改正。"
	if !w.matter.corrected {
		result, found = "没有改正", "到现场复查，当事人没有改正。"
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Recheck(w.ctx, by, id, v, inquiry.RecheckInput{CheckedAt: w.o.clock.Now(), Found: found, Result: result})
	})
}

func admit(w *Walk) error {
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Admit(w.ctx, by, id, v, inquiry.AdmitInput{Evidence: "all", Outcome: inquiry.Admitted, Reason: "来源合法，内容真实，与案件有关"})
	})
}

// propose says which power applies and what is to be imposed.
func propose(w *Walk) error {
	c, err := w.Case()
	if err != nil {
		return err
	}
	m := w.matter
	measured, err := w.measuredBy(c)
	if err != nil {
		return err
	}
	in := casework.PenaltyInput{
		ActFrom: day(c), FactText: fmt.Sprintf(m.fact, day(c).Han(), w.place()), Clear: true, PowerCode: m.code, Fine: true, Amount: m.fine, Metric: m.metric, MeasuredBy: measured, Corrected: m.corrected, Harm: m.harm,
		TierWhy: "按" + m.measure + "确定阶次", NoExemption: m.noExemption, PayBy: casework.PayBank,
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Cases.Propose(w.ctx, by, id, v, in)
	})
}

// measuredBy is the evidence in which the figure stands: the last record of the site, else the first piece on the list.
func (w *Walk) measuredBy(c *casework.Case) (number int64, err error) {
	err = w.o.app.DB.View(w.ctx, func(tx *store.Tx) error {
		all, err := w.o.app.Cases.Exhibits(tx, c)
		for _, e := range all {
			if number == 0 || e.Kind == inquiry.SiteRecord.Label() || e.Kind == inquiry.Inquest.Label() {
				number = e.Number
			}
		}
		return err
	})
	return number, err
}

func conclude(w *Walk) error {
	in := inquiry.ConcludeInput{
		Course: "本机关发现线索后核查，经批准立案，依法询问、检查、收集证据，调查已经终结。", Views: "当事人承认违法事实，已按责令改正通知书处理。", Discretion: "按" + w.matter.measure + "，适用裁量基准相应阶次，在幅度以内确定数额。",
		Proposal: "建议罚款" + w.matter.fine.Grouped() + "元", Measures: "无", Crime: "不涉嫌犯罪",
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Conclude(w.ctx, by, id, v, in)
	})
}

func approveConclusion(w *Walk) error {
	return w.by(w.leader, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Inquiry.Approve(w.ctx, by, id, v, inquiry.ApproveInput{Note: "同意"})
	})
}
