package casework

import (
	"fadu/internal/flow"
	"fadu/internal/law"
)

// MeasureState is where a registered keeping, or a sealing or seizure, stands.
type MeasureState string

// The states of measures.
const (
	MeasureAsked    MeasureState = "asked"
	MeasureApproved MeasureState = "approved"
	MeasureUrgent   MeasureState = "urgent"
	MeasureInForce  MeasureState = "in_force"
	MeasureRefused  MeasureState = "refused"
	MeasureSettled  MeasureState = "settled"
	// MeasureReturning is a seizure that was lifted, or ran out, and whose things wait for their owner.
	MeasureReturning MeasureState = "returning"
	MeasureReleased  MeasureState = "released"
	MeasureLapsed    MeasureState = "lapsed"
	MeasureHanded    MeasureState = "handed_over"
	MeasureDropped   MeasureState = "dropped"
)

func measures(s ...MeasureState) []MeasureState { return s }

// Preservation is 先行登记保存: evidence kept where it is or in store for seven working days, no seizure
// (行政处罚法第五十六条).
var Preservation = flow.Table[MeasureState]{
	Name: "先行登记保存", Cite: basis(xzcf(56)), Start: MeasureAsked,
	States: []flow.State[MeasureState]{
		{ID: MeasureAsked, Label: "待批准", Class: flow.Open},
		{ID: MeasureApproved, Label: "已批准，待实施", Class: flow.Open},
		{ID: MeasureInForce, Label: "保存中", Class: flow.Open},
		{ID: MeasureRefused, Label: "不予批准", Class: flow.Closed},
		{ID: MeasureSettled, Label: "已作处理决定", Class: flow.Closed},
		{ID: MeasureLapsed, Label: "期满解除，待退还", Class: flow.Open},
		{ID: MeasureDropped, Label: "没有实施", Class: flow.Closed},
	},
	Acts: []flow.Act[MeasureState]{
		{ID: "approve_preservation", Name: "批准登记保存", From: measures(MeasureAsked), To: MeasureApproved, By: "case.decide", Chain: "登记保存", Cite: basis(xzcf(56)), Guards: []law.Action{ActPreserve, ActPreserveNeed}, Papers: []string{"preservation_approval"}, Emits: "casework.preservation_approved"},
		{ID: "consent_preservation", Name: "法制机构同意登记保存", From: measures(MeasureAsked), By: "case.review", Cite: basis(xzcf(56)), Emits: "casework.preservation_consented"},
		{ID: "refuse_preservation", Name: "不批准登记保存", From: measures(MeasureAsked), To: MeasureRefused, By: "case.decide", Chain: "登记保存", Cite: basis(xzcf(56)), Emits: "casework.preservation_refused"},
		{ID: "drop_preservation", Name: "不再实施登记保存", From: measures(MeasureAsked, MeasureApproved), To: MeasureDropped, By: "case.handle", Cite: basis(xzcf(56)), Emits: "casework.preservation_dropped"},
		{ID: "preserve", Name: "实施登记保存", From: measures(MeasureApproved), To: MeasureInForce, By: "case.handle", Cite: basis(xzcf(56)), Guards: []law.Action{ActInvestigate, ActPreserve, ActPreserveNeed}, Papers: []string{"preservation_notice", "thing_list"}, Clocks: []string{"先行登记保存处理期限"}, Emits: "casework.preserved"},
		{ID: "settle_preservation", Name: "作出处理决定", From: measures(MeasureInForce), To: MeasureSettled, By: "case.decide", Chain: "登记保存处理", Cite: basis(xzcf(56)), Guards: []law.Action{ActSettlePreservation}, Papers: []string{"preservation_decision"}, Emits: "casework.preservation_settled"},
		{ID: "lapse_preservation", Name: "期满解除登记保存", From: measures(MeasureInForce), To: MeasureLapsed, Cite: basis(xzcf(56)), Papers: []string{"preservation_decision"}, Emits: "casework.preservation_lapsed"},
		{ID: "return_preserved", Name: "退还期满解除的物品", From: measures(MeasureLapsed), To: MeasureSettled, By: "case.handle", Cite: basis(xzcf(56)), Papers: []string{"return_list"}, Emits: "casework.preserved_returned"},
		{ID: "store_preserved", Name: "登记保存物品入库、移库", From: measures(MeasureInForce, MeasureLapsed), By: "case.custody", Cite: basis(xzcf(56)), Papers: []string{"custody_record"}, Emits: "casework.preserved_stored"},
	},
}

// Seizure is 查封、扣押: only where a statute grants it, at most thirty days and thirty more (行政强制法第十七条至第二十八条).
var Seizure = flow.Table[MeasureState]{
	Name: "查封、扣押", Cite: basis(xzqz(18), xzqz(19), xzqz(22), xzqz(24), xzqz(25), xzqz(28)), Start: MeasureAsked,
	States: []flow.State[MeasureState]{
		{ID: MeasureAsked, Label: "待批准", Class: flow.Open},
		{ID: MeasureApproved, Label: "已批准，待实施", Class: flow.Open},
		{ID: MeasureUrgent, Label: "紧急实施，待补批", Class: flow.Open},
		{ID: MeasureInForce, Label: "查封、扣押中", Class: flow.Open},
		{ID: MeasureRefused, Label: "不予批准", Class: flow.Closed},
		{ID: MeasureReturning, Label: "已解除，待退还", Class: flow.Open},
		{ID: MeasureReleased, Label: "已解除退还", Class: flow.Closed},
		{ID: MeasureSettled, Label: "已依法处理", Class: flow.Closed},
		{ID: MeasureHanded, Label: "已随案移送", Class: flow.Closed},
		{ID: MeasureDropped, Label: "没有实施", Class: flow.Closed},
	},
	Acts: []flow.Act[MeasureState]{
		{ID: "approve_seizure", Name: "批准查封、扣押", From: measures(MeasureAsked), To: MeasureApproved, By: "case.decide", Chain: "查封、扣押", Cite: basis(item(xzqz(18), 1)), Guards: []law.Action{ActSeizeGround}, Papers: []string{"seizure_approval"}, Emits: "casework.seizure_approved"},
		{ID: "refuse_seizure", Name: "不批准查封、扣押", From: measures(MeasureAsked), To: MeasureRefused, By: "case.decide", Chain: "查封、扣押", Cite: basis(item(xzqz(18), 1)), Emits: "casework.seizure_refused"},
		{ID: "drop_seizure", Name: "不再实施查封、扣押", From: measures(MeasureAsked, MeasureApproved), To: MeasureDropped, By: "case.handle", Cite: basis(xzqz(16, 2)), Emits: "casework.seizure_dropped"},
		{ID: "seize", Name: "实施查封、扣押", From: measures(MeasureApproved), To: MeasureInForce, By: "case.handle", Cite: basis(xzqz(18), xzqz(24)), Guards: []law.Action{ActSeize, ActSeizeGround, ActSeizeOnSite}, Papers: []string{"seizure_decision", "thing_list", "inspection_record"}, Clocks: []string{"查封、扣押期限"}, Emits: "casework.seized"},
		{ID: "seize_at_once", Name: "紧急情况当场查封、扣押", From: measures(MeasureAsked), To: MeasureUrgent, By: "case.handle", Cite: basis(xzqz(19)), Guards: []law.Action{ActSeize, ActSeizeGround, ActSeizeOnSite}, Papers: []string{"seizure_decision", "thing_list", "inspection_record"}, Clocks: []string{"查封、扣押期限", "情况紧急当场强制的报告补批"}, Emits: "casework.seized_at_once"},
		{ID: "confirm_seizure", Name: "补办批准手续", From: measures(MeasureUrgent), To: MeasureInForce, By: "case.decide", Chain: "查封、扣押", Cite: basis(xzqz(19)), Papers: []string{"seizure_approval"}, Emits: "casework.seizure_confirmed"},
		{ID: "extend_seizure", Name: "延长查封、扣押", From: measures(MeasureInForce), By: "case.decide", Chain: "查封、扣押", Cite: basis(xzqz(25, 1), xzqz(25, 2)), Guards: []law.Action{ActExtendSeizure, ActExtendSeizureInTime}, Papers: []string{"seizure_extension"}, Emits: "casework.seizure_extended"},
		{ID: "store_thing", Name: "登记保管、移库", From: measures(MeasureUrgent, MeasureInForce, MeasureReturning), By: "case.custody", Cite: basis(xzqz(26, 1)), Papers: []string{"custody_record"}, Emits: "casework.thing_stored"},
		{ID: "return_thing", Name: "退还部分财物", From: measures(MeasureUrgent, MeasureInForce), By: "case.handle", Cite: basis(xzqz(28, 1)), Papers: []string{"return_list"}, Emits: "casework.thing_returned"},
		{ID: "release", Name: "解除查封、扣押", From: measures(MeasureUrgent, MeasureInForce), To: MeasureReturning, By: "case.decide", Chain: "解除查封、扣押", Cite: basis(xzqz(28)), Guards: []law.Action{ActRelease}, Papers: []string{"release_decision"}, Emits: "casework.seizure_released"},
		{ID: "lapse_seizure", Name: "期满解除查封、扣押", From: measures(MeasureUrgent, MeasureInForce), To: MeasureReturning, Cite: basis(xzqz(27), item(xzqz(28, 1), 4)), Papers: []string{"release_decision"}, Emits: "casework.seizure_lapsed"},
		{ID: "return_released", Name: "退还已解除查封、扣押的财物", From: measures(MeasureReturning), To: MeasureReleased, By: "case.handle", Cite: basis(xzqz(27), xzqz(28, 2)), Papers: []string{"return_list"}, Emits: "casework.seized_returned"},
		{ID: "sell_perishable", Name: "先行变卖不易保管的财物", From: measures(MeasureUrgent, MeasureInForce), By: "case.decide", Cite: basis(xzqz(26, 1), xzqz(28, 2)), Guards: []law.Action{ActSellPerishable}, Papers: []string{"disposal_record"}, Emits: "casework.perishable_sold"},
		{ID: "settle_seizure", Name: "没收、销毁等处理", From: measures(MeasureInForce, MeasureReturning), To: MeasureSettled, By: "case.decide", Cite: basis(xzqz(27)), Guards: []law.Action{ActSettleSeizure}, Papers: []string{"disposal_record"}, Emits: "casework.seizure_settled"},
		{ID: "hand_over_seized", Name: "随案移送财物", From: measures(MeasureUrgent, MeasureInForce), To: MeasureHanded, Cite: basis(xzqz(21)), Papers: []string{"thing_list"}, Emits: "casework.seized_handed_over"},
	},
}
