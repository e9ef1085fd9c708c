package powers

import (
	"fadu/internal/flow"
	"fadu/internal/law"
)

// AdjustState is where an adjustment of the list of powers stands.
type AdjustState string

// The states of an adjustment.
const (
	AdjustProposed  AdjustState = "proposed"
	AdjustChecked   AdjustState = "checked"
	AdjustFiled     AdjustState = "filed"
	AdjustInForce   AdjustState = "in_force"
	AdjustReturned  AdjustState = "returned"
	AdjustWithdrawn AdjustState = "withdrawn"
)

// Adjusting is how the list of powers is adjusted: proposed, checked by somebody else of 法制, filed, and in
// force on its day without anybody's doing.
var Adjusting = flow.Table[AdjustState]{
	Name:  "权责清单动态调整",
	Cite:  law.Citations{law.Cite("XZCF", 24), {Statute: "GBF118", Section: "四"}},
	Start: AdjustProposed,
	States: []flow.State[AdjustState]{
		{ID: AdjustProposed, Label: "待法制核", Class: flow.Open},
		{ID: AdjustChecked, Label: "待备案", Class: flow.Open},
		{ID: AdjustFiled, Label: "已备案，待生效", Class: flow.Open},
		{ID: AdjustInForce, Label: "已生效", Class: flow.Closed},
		{ID: AdjustReturned, Label: "退回修改", Class: flow.Open},
		{ID: AdjustWithdrawn, Label: "已撤回", Class: flow.Closed},
	},
	Acts: []flow.Act[AdjustState]{
		{ID: "amend", Name: "修改后重新提出", From: []AdjustState{AdjustProposed, AdjustReturned}, To: AdjustProposed, By: "power.propose", Emits: "power.adjust_amended"},
		{ID: "attach", Name: "附依据文件", From: []AdjustState{AdjustProposed, AdjustReturned}, By: "power.propose", Emits: "power.adjust_attached"},
		{ID: "check", Name: "法制核通过", From: []AdjustState{AdjustProposed}, To: AdjustChecked, By: "power.confirm", Emits: "power.adjust_checked"},
		{ID: "file", Name: "登记备案", From: []AdjustState{AdjustChecked}, To: AdjustFiled, By: "power.adopt", Emits: "power.adjust_filed"},
		{ID: "return", Name: "退回", From: []AdjustState{AdjustProposed, AdjustChecked}, To: AdjustReturned, By: "power.confirm", Emits: "power.adjust_returned"},
		{ID: "take_effect", Name: "到期生效", From: []AdjustState{AdjustFiled}, To: AdjustInForce, Emits: "power.adjust_in_force"},
		{ID: "withdraw", Name: "撤回", From: []AdjustState{AdjustProposed, AdjustReturned, AdjustChecked, AdjustFiled}, To: AdjustWithdrawn, By: "power.propose", Emits: "power.adjust_withdrawn"},
	},
}
