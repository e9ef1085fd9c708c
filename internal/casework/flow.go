package casework

import (
	"fadu/internal/flow"
	"fadu/internal/law"
)

// The states of an on-the-spot case.
const (
	Lead      State = "lead"
	OnSite    State = "on_site"
	Issuing   State = "issuing"
	Issued    State = "issued"
	Delivered State = "delivered"
	Closed    State = "closed"
	Declined  State = "declined"
	Ordinary  State = "ordinary"
	Revoked   State = "revoked"
)

// OnSpot is the on-the-spot procedure.
var OnSpot = flow.Table[State]{
	Name:  "简易程序（当场处罚）",
	Cite:  law.Citations{law.Cite("XZCF", 51), law.Cite("XZCF", 52), law.Cite("MOHURD55", 12), law.Cite("MOHURD55", 13), law.Cite("MOHURD55", 14)},
	Start: Lead,
	States: []flow.State[State]{
		{ID: Lead, Label: "线索", Class: flow.Open},
		{ID: OnSite, Label: "现场办理", Class: flow.Open},
		{ID: Issuing, Label: "文书出具中", Class: flow.Open},
		{ID: Issued, Label: "待交付", Class: flow.Open},
		{ID: Delivered, Label: "已交付", Class: flow.Open},
		{ID: Closed, Label: "已结案", Class: flow.Closed},
		{ID: Declined, Label: "不予立案", Class: flow.Closed},
		{ID: Ordinary, Label: "转普通程序", Class: flow.Closed},
		{ID: Revoked, Label: "已撤销", Class: flow.Closed},
	},
	Acts: []flow.Act[State]{
		{ID: "start", Name: "确定两名执法人员", From: []State{Lead}, To: OnSite, By: "case.handle", Emits: "casework.started"},
		{ID: "reassign", Name: "更换执法人员", From: []State{OnSite}, By: "case.handle", Emits: "casework.reassigned"},
		{ID: "amend_lead", Name: "更正线索", From: []State{Lead, OnSite}, By: "case.handle", Emits: "casework.lead_amended"},
		{ID: "party", Name: "登记当事人", From: []State{Lead, OnSite}, By: "case.handle", Emits: "casework.party_recorded"},
		{ID: "step", Name: "记录现场步骤", From: []State{OnSite}, By: "case.handle", Emits: "casework.step_recorded"},
		{ID: "withdraw_step", Name: "更正现场步骤", From: []State{OnSite}, By: "case.handle", Emits: "casework.step_withdrawn"},
		{ID: "photo", Name: "拍照取证", From: []State{OnSite}, By: "case.handle", Emits: "casework.photo_added"},
		{ID: "propose", Name: "拟定处罚", From: []State{OnSite}, By: "case.handle", Emits: "casework.penalty_proposed"},
		{ID: "order_paper", Name: "出具责令改正等通知", From: []State{Lead, OnSite, Issued, Delivered}, By: "case.handle", Papers: []string{"correction_notice", "inquiry_notice", "parking_notice"}, Emits: "casework.paper_issued"},
		{
			ID: "decide", Name: "当场作出处罚决定", From: []State{OnSite}, To: Issuing, By: "case.handle",
			Guards: []law.Action{ActInvestigate, ActDecideOnSpot, ActOnSpotRequirements, ActPunish},
			Papers: []string{"onspot_decision"}, Emits: "casework.decided",
		},
		{ID: "issued", Name: "出具决定书", From: []State{Issuing}, To: Issued, Emits: "casework.paper_issued"},
		{ID: "issue_failed", Name: "决定书无法出具", From: []State{Issuing}, To: OnSite, Emits: "casework.paper_voided"},
		{ID: "sign", Name: "签名", From: []State{Issued}, By: "case.handle", Emits: "casework.signed"},
		{ID: "void_paper", Name: "作废决定书", From: []State{Issued}, To: OnSite, By: "case.void", Guards: []law.Action{ActVoidPaper}, Emits: "casework.paper_voided"},
		{
			ID: "deliver", Name: "交付决定书", From: []State{Issued}, To: Delivered, By: "case.handle",
			Guards: []law.Action{ActDeliverOnSpot, ActDeliveryRequirements}, Clocks: []string{"当场处罚决定备案", "缴纳罚款期限", "行政复议申请期限"}, Emits: "casework.delivered",
		},
		{
			ID: "collect", Name: "当场收缴罚款", From: []State{Delivered}, By: "money.collect", Guards: []law.Action{ActCollectOnSpot, ActCashRequirements},
			Clocks: []string{"当场收缴罚款交至行政机关"}, Emits: "casework.cash_collected",
		},
		{ID: "pay", Name: "登记缴款", From: []State{Delivered}, By: "money.reconcile", Emits: "casework.paid"},
		{
			ID: "hand_in", Name: "上交当场收缴的罚款", From: []State{Delivered, Closed, Revoked}, By: "money.reconcile", Guards: []law.Action{ActHandInCash},
			Clocks: []string{"行政机关将当场收缴罚款缴付银行"}, Emits: "casework.cash_handed_in",
		},
		{ID: "deposit", Name: "缴付银行", From: []State{Delivered, Closed, Revoked}, By: "money.reconcile", Emits: "casework.cash_deposited"},
		{ID: "recheck", Name: "复查改正情况", From: []State{Issued, Delivered}, By: "case.handle", Emits: "casework.step_recorded"},
		{ID: "file", Name: "报所属机关备案", From: []State{Delivered}, By: "case.file", Guards: []law.Action{ActFileOnSpot}, Emits: "casework.filed"},
		{
			ID: "correct_paper", Name: "补正、更正", From: []State{Delivered, Closed}, By: "case.approve", Guards: []law.Action{ActCorrectPaper},
			Papers: []string{"correction_of_paper"}, Emits: "casework.paper_corrected",
		},
		{
			ID: "revoke", Name: "撤销决定", From: []State{Delivered, Closed}, To: Revoked, By: "case.revoke", Guards: []law.Action{ActRevoke},
			Papers: []string{"revocation_decision"}, Emits: "casework.revoked",
		},
		{ID: "change_notice", Name: "拟变更决定，出具告知书", From: []State{Delivered, Closed}, By: "case.handle", Papers: []string{"penalty_notice"}, Clocks: []string{"陈述申辩期限"}, Emits: "casework.change_proposed"},
		{ID: "hear_again", Name: "记录变更前的陈述申辩", From: []State{Delivered, Closed}, By: "case.handle", Emits: "casework.step_recorded"},
		{
			ID: "change", Name: "变更决定", From: []State{Delivered, Closed}, To: Delivered, By: "case.revoke", Guards: []law.Action{ActRevoke, ActChange, ActPunish},
			Papers: []string{"change_decision"}, Clocks: []string{"撤回已公开的处罚决定信息"}, Emits: "casework.changed",
		},
		{ID: "change_failed", Name: "变更决定书无法出具", From: []State{Delivered}, Emits: "casework.paper_voided"},
		{ID: "void_change", Name: "作废变更决定书", From: []State{Delivered}, By: "case.void", Guards: []law.Action{ActVoidChange}, Emits: "casework.paper_voided"},
		{ID: "withdraw_publication", Name: "登记撤回公开信息", From: []State{Delivered, Closed, Revoked}, By: "case.file", Emits: "casework.publication_withdrawn"},
		{ID: "close", Name: "结案", From: []State{Delivered}, To: Closed, By: "case.file", Guards: []law.Action{ActClose}, Emits: "casework.closed"},
		{
			ID: "decline", Name: "教育改正，不予立案", From: []State{Lead, OnSite}, To: Declined, By: "case.handle",
			Guards: []law.Action{ActDecline}, Papers: []string{"education_record"}, Emits: "casework.declined",
		},
		{ID: "apply_terms", Name: "登记延期、分期缴纳申请", From: []State{Delivered}, By: "case.handle", Emits: "casework.terms_applied"},
		{
			ID: "approve_terms", Name: "同意延期、分期缴纳", From: []State{Delivered}, By: "case.approve", Guards: []law.Action{ActDeferPayment},
			Papers: []string{"payment_terms_notice"}, Emits: "casework.terms_approved",
		},
		{ID: "refuse_terms", Name: "不同意延期、分期缴纳", From: []State{Delivered}, By: "case.approve", Papers: []string{"payment_terms_notice"}, Emits: "casework.terms_refused"},
		{ID: "end_terms", Name: "取消延期、分期缴纳", From: []State{Delivered}, By: "case.approve", Emits: "casework.terms_ended"},
		{ID: "enter", Name: "补录手工决定书", From: []State{Lead, OnSite}, To: Delivered, By: "case.handle", Clocks: []string{"当场处罚决定备案", "缴纳罚款期限", "行政复议申请期限"}, Emits: "casework.handwritten_entered"},
		{ID: "confirm_entry", Name: "确认补录", From: []State{Delivered}, By: "case.handle", Emits: "casework.entry_confirmed"},
		{ID: "keep_entry", Name: "维持有瑕疵的手工决定", From: []State{Delivered}, By: "case.revoke", Guards: []law.Action{ActKeepHandwritten}, Emits: "casework.entry_kept"},
		{ID: "to_ordinary", Name: "转普通程序", From: []State{Lead, OnSite}, To: Ordinary, By: "case.handle", Emits: "casework.to_ordinary"},
	},
}

// Kinds are the ledger entry kinds of this slice with their labels.
var Kinds = withOrdinary(map[string]string{
	"casework.lead_registered":       "登记线索",
	"casework.lead_amended":          "更正线索",
	"casework.terms_recounted":       "放假安排载入后重新推算期限",
	"casework.started":               "确定执法人员",
	"casework.reassigned":            "更换执法人员",
	"casework.keeper_changed":        "更换财物保管人",
	"casework.party_recorded":        "登记当事人",
	"casework.step_recorded":         "记录现场步骤",
	"casework.step_withdrawn":        "更正现场步骤",
	"casework.photo_added":           "添加照片",
	"casework.penalty_proposed":      "拟定处罚",
	"casework.decided":               "作出处罚决定",
	"casework.paper_issued":          "出具文书",
	"casework.paper_voided":          "作废文书",
	"casework.paper_sealed":          "登记用印",
	"casework.paper_corrected":       "补正、更正文书",
	"casework.paper_printed":         "打印文书",
	"casework.paper_copied":          "取文书编辑稿",
	"casework.packet_taken":          "打包申请法院强制执行的材料",
	"casework.file_sheet_printed":    "打印案卷封面、目录、备考表",
	"casework.paper_delivered":       "交付文书",
	"casework.signed_copy_made":      "生成存根",
	"casework.signed":                "签名",
	"casework.delivered":             "交付决定书",
	"casework.cash_collected":        "当场收缴罚款",
	"casework.cash_handed_in":        "上交当场收缴的罚款",
	"casework.cash_deposited":        "缴付银行",
	"casework.paid":                  "登记缴款",
	"casework.refunded":              "退库",
	"casework.filed":                 "备案",
	"casework.revoked":               "撤销决定",
	"casework.change_proposed":       "拟变更决定",
	"casework.changed":               "变更决定",
	"casework.publication_withdrawn": "撤回公开信息",
	"casework.closed":                "结案",
	"casework.declined":              "不予立案",
	"casework.to_ordinary":           "转普通程序",
	"casework.fact_recorded":         "记载事实",
	"casework.wording_set":           "规定文号和文书名称",
	"casework.series_opened":         "发放文书编号",
	"casework.series_closed":         "收回文书编号",
	"casework.number_voided":         "登记空号",
	"casework.number_explained":      "说明案件号空缺",
	"casework.numbers_exported":      "导出案件号登记簿",
	"casework.store_exported":        "导出涉案财物",
	"casework.receipts_issued":       "领用票据",
	"casework.receipt_voided":        "作废票据",
	"casework.receipts_returned":     "核销票据",
	"casework.statement_imported":    "导入对账单",
	"casework.statement_matched":     "对账",
	"casework.exported":              "导出案件",
	"casework.exported_full":         "导出案件，含完整个人信息",
	"casework.party_shown":           "查看完整个人信息",
	"casework.case_read":             "查看案件",
	"casework.party_read":            "查看当事人的全部案件",
	"casework.paper_read":            "查看文书",
	"casework.booklet_read":          "查看手写文书的号",

	"casework.view_saved":   "存为视图",
	"casework.view_changed": "修改视图",
	"casework.view_removed": "删去视图",

	"casework.terms_applied":  "登记延期、分期申请",
	"casework.terms_approved": "同意延期、分期",
	"casework.terms_refused":  "不同意延期、分期",
	"casework.terms_ended":    "取消延期、分期",

	"casework.booklet_registered":      "登记文书本",
	"casework.booklet_issued":          "发放文书本",
	"casework.booklet_returned":        "交回文书本",
	"casework.booklet_closed":          "核销文书本",
	"casework.booklet_checked":         "盘点文书本",
	"casework.booklet_exported":        "导出文书本号码",
	"casework.booklet_number_reported": "登记手工使用的编号",
	"casework.booklet_number_voided":   "作废手工文书",
	"casework.booklet_number_lost":     "登记遗失的文书",
	"casework.booklet_number_restored": "恢复编号",
	"casework.handwritten_entered":     "补录手工决定书",
	"casework.handwritten_judged":      "核对手工决定书",
	"casework.entry_confirmed":         "确认补录",
	"casework.entry_kept":              "维持手工决定",
})
