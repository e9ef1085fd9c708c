package demo

import (
	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/measure"
)

// vending is trade without a licence from a barrow: the goods are evidence, and the law lets the tools be seized.
var vending = matter{
	source: "patrol", summary: "人行道上用推车无照经营，当事人拒不停止", cause: "涉嫌户外流动无照经营", code: "CG-271", metric: "2", harm: "none", demand: "立即停止无照经营",
	fact: "当事人于%s在%s无照经营日用百货。", asked: "有没有营业执照？", answered: "没有办过。", proves: "无照经营日用百货", measure: "现场清点商品",
}

var (
	goods = []casework.Thing{{Name: "日用百货", Amount: "1批", Trait: "纸箱装，外观完好"}}
	tools = []casework.Thing{{Name: "折叠桌", Amount: "2张", Trait: "木面，可用"}, {Name: "遮阳伞", Amount: "1把", Trait: "蓝色，可用"}}
)

// Registered keeping (行政处罚法第五十六条).

func askPreservation(w *Walk) error {
	in := measure.AskPreservationInput{
		Things: goods, Purpose: "证明无照经营的商品种类和数量", Risk: "当事人可能转移、出售", WhyNot: "要逐件清点数量，拍照看不出", KeptAt: "本局涉案财物仓库（演示）",
	}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.AskPreservation(w.ctx, by, id, v, in)
	})
}

func approvePreservation(w *Walk) error {
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.ApprovePreservation(w.ctx, by, id, v, measure.DecideInput{Note: "同意"})
	})
}

func preserve(w *Walk) error {
	w.tick(20)
	err := w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.Preserve(w.ctx, by, id, v, measure.PreserveInput{At: w.o.clock.Now(), ShowedID: true})
	})
	if err != nil {
		return err
	}
	return w.by("clerk", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.StorePreserved(w.ctx, by, id, v, measure.StoreInput{At: w.o.clock.Now(), Shelf: "甲架三层", Condition: "与清单相符，完好"})
	})
}

func settlePreservation(w *Walk) error {
	in := measure.SettleInput{Outcome: "return", Reason: "已经清点、拍照，证据已经保全", Collect: "本局涉案财物仓库（演示）", Receiver: w.party.Name}
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.Settle(w.ctx, by, id, v, in)
	})
}

// Seizure (行政强制法第十八条).

func askSeizure(w *Walk) error {
	in := measure.AskSeizureInput{Way: "扣押", Power: vending.code, Things: tools, Related: "用于无照经营的工具", KeptAt: "本局涉案财物仓库（演示）", Reason: "当事人拒不停止，工具可能转移"}
	return w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.AskSeizure(w.ctx, by, id, v, in)
	})
}

func approveSeizure(w *Walk) error {
	return w.by("deputy", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.ApproveSeizure(w.ctx, by, id, v, measure.DecideInput{Note: "同意"})
	})
}

func seize(w *Walk) error {
	w.tick(20)
	from, until := w.during(15)
	in := measure.SeizeInput{
		At: from, Ended: until, Place: w.place(), Recorder: "演示记录员", Present: w.party.Name, Recusal: "听清楚了，不申请回避", Footage: "DSJ-演示0217", Found: "人行道上摆放折叠桌两张、遮阳伞一把，陈列百货。", Heard: "希望尽快归还。",
		ShowedID: true, Informed: true, PartyHeard: true, HandedOver: true, ListTwice: true,
	}
	err := w.by(w.lead, func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.Seize(w.ctx, by, id, v, in)
	})
	if err != nil {
		return err
	}
	return w.by("clerk", func(by access.Session, id casework.CaseID, v int64) error {
		return w.o.app.Measure.Store(w.ctx, by, id, v, measure.StoreInput{At: w.o.clock.Now(), Shelf: "乙区", Condition: "与清单相符，完好"})
	})
}
