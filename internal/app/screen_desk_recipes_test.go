package app_test

import "maps"

// deskRecipes are what the forms of the desks need beside free text, by the act and the field: ticks, choices, days.
var deskRecipes = map[string]map[string]string{
	"ask-seizure":         {"+power_code": "CG-271", "+necessity": "1", "+way": "扣押"},
	"clear-at-once":       {"+object": "青石路路面遗洒的渣土", "+showed_id": "1", "+from": "$EARLIER", "+until": "$LATER", "+party_at": "当事人不在场", "+due": "$NEXT"},
	"register-mandate":    {"+government": "演示区人民政府", "+document": "演区政〔2026〕9号"},
	"settle-cost":         {"+how": "当事人缴纳", "+amount": "1"},
	"apply-judgment":      {"+ruled_on": "2026-01-06"},
	"police-answer":       {"+result": "不予立案"},
	"collect-evidence":    {"+showed_id": "1"},
	"commission":          {"+qualified": "1"},
	"receive-result":      {"+told_on": "$TODAY"},
	"discuss-extension":   {"+days": "30", "+agreed": "1", "+member1": "$account deputy", "+vote1": "for", "+member2": "$account head", "+vote2": "for"},
	"record-discussion":   {"+agreed": "1", "+member1": "$account deputy", "+vote1": "for", "+member2": "$account head", "+vote2": "for", "+guests.0.0": "演示承办人", "+guests.0.1": "承办人", "+guests.1.0": "演示审核员", "+guests.1.1": "法制审核员"},
	"draft-decision":      {"+outcome": "penalty", "+norms.0.0": "", "+norms.0.1": "", "+content.0.0": "", "+content.0.1": "", "+circumstances.0.0": "", "+circumstances.0.1": "", "+clear": "1"},
	"end-execution":       {"+ground": "执行标的灭失"},
	"terminate":           {"+ground": "其他应当终止调查的情形"},
	"halt":                {"+ground": "当事人履行行政决定确有困难或者暂无履行能力"},
	"extend-check":        {"+complex": "1"},
	"hear-demand":         {"+from": "$EARLIER", "+until": "$LATER"},
	"hold-hearing":        {"+from": "$TODAYT09:00", "+until": "$TODAYT09:30", "+signed": "1"},
	"end-hearing":         {"+from": "$TODAYT09:00", "+until": "$TODAYT09:30", "+absent": "1"},
	"hand-over":           {"+signed": "1"},
	"inspect":             {"+began": "$EARLIER", "+ended": "$LATER", "+showed_id": "1", "+pages_signed": "1", "+corrections_initialled": "1"},
	"interview":           {"+began": "$EARLIER", "+ended": "$LATER", "+showed_id": "1", "+pages_signed": "1", "+corrections_initialled": "1", "+alone": "1", "+talk": "问：物料是谁堆的<script data-trap>window.__x=1</script>？答：是我\"><img data-trap src=x onerror=window.__x=2>。"},
	"merge":               {"+into": "$other"},
	"order-substitute":    {"+clearing": "1", "+due": "$NEXT", "+when": "$AFTER"},
	"preserve":            {"+showed_id": "1"},
	"refuse-crime":        {"+not_crime": "1"},
	"report-crime":        {"+verifiers": "演示卫远信、演示蒋清志"},
	"report-hearing":      {"+attached": "1"},
	"sample":              {"+showed_id": "1", "+taken_at": "$LATER"},
	"settle-preservation": {"+outcome": "return"},
	"seize":               {"+showed_id": "1", "+informed": "1", "+party_heard": "1", "+handed_over": "1", "+list_two_copies": "1", "+delegated_to": ""},
	"seize-at-once":       {"+showed_id": "1", "+informed": "1", "+party_heard": "1", "+handed_over": "1", "+list_two_copies": "1", "+delegated_to": ""},
	"extend-seizure":      {"+complex": "1", "+told": "1", "+days": "11"},
	"sell-perishable":     {"+perishable": "1", "+agreed": "1", "+evidence_kept": "1"},
	"serve-by-leaving":    {"+left": "1"},
	"serve-directly":      {"+signed": "1"},
	"settle-seizure":      {"+provided": "1"},
	"approve-disposal":    {"+way": "公开拍卖", "+labels": ""},
	"dispose":             {"+labels": "", "+proceeds": "600", "+treasury": "600"},
	"take-confiscated":    {"+at": "$LATER"},
	"announce":            {"+missing": "1"},
	"apply-court":         {"+target": "1", "+other": "1"},
	"review-agree":        {"+signed": "1"},
	"review-amend":        {"+signed": "1", "+finding1": "符合", "+finding2": "符合", "+finding3": "符合", "+finding5": "符合", "+finding6": "符合", "+finding7": "符合", "+finding8": "符合", "+finding4": "不符合：<script data-trap>window.__x=1</script>", "+cite4": "行政处罚法第五条<svg data-trap onload=window.__x=2>"},
	"review-inquire":      {"+signed": "1", "+finding1": "符合", "+finding2": "符合", "+finding4": "符合", "+finding5": "符合", "+finding6": "符合", "+finding7": "符合", "+finding8": "符合", "+finding3": "不清：<script data-trap>window.__x=1</script>", "+cite3": "行政处罚法第四十条<svg data-trap onload=window.__x=2>"},
	"review-transfer":     {"+signed": "1", "+finding1": "符合", "+finding2": "符合", "+finding3": "符合", "+finding4": "符合", "+finding6": "符合", "+finding7": "符合", "+finding8": "符合", "+finding5": "超越：<script data-trap>window.__x=1</script>", "+cite5": "行政处罚法第十七条<svg data-trap onload=window.__x=2>"},
	"confirm-address":     {"+electronic": "1", "+papers": "行政处罚意见告知书"},
	"advise":              {"+signed": "1"},
}

// deskPlaces are where an act finds what its form must choose from: a part of the scenario's name or the state.
var deskPlaces = map[string]string{
	"admit_evidence": "重大案件，从线索到结案investigating", "ask_recusal": "investigating", "decide_recusal": "investigating", "clear_at_once": "investigating", "confirm_address": "告知书作废、重新告知noticing",
	"draft_decision": "一般案件，负责人直接决定answered", "merge": "并入他案investigating", "hold_hearing": "当事人缺席", "end_hearing": "当事人缺席", "report_hearing": "听证以后决定", "extend_decision": "中止调查、恢复调查investigating", "extend_decision_again": "中止调查、恢复调查investigating", "recuse_self": "reviewing", "refuse_crime": "核实不涉嫌犯罪", "extend_review": "复议以后变更", "review_decided": "复议以后变更", "sample": "investigating",
	"send": "noticing", "settle_difference": "审核要求改正，再次送审answered", "sign_discussion": "撤回听证discussing", "record_discussion": "撤回听证discussing", "discuss": "撤回听证discussing", "approve_crime": "移送公安机关，立案investigating", "serve_electronically": "告知书作废、重新告知noticing", "sign_extension": "中止调查、恢复调查investigating", "discuss_extension": "中止调查、恢复调查investigating", "receive_result": "investigating", "commission": "investigating",
}

// deskLast are acts that rest on another that is done without leaving the state, in their order: what ends it comes last.
var deskLast = []string{"recuse_self", "receive_result", "decide_recusal", "refuse_crime", "sign_discussion", "sign_extension", "review_decided", "approve_disposal", "dispose", "fail_disposal", "serve_electronically", "cancel_commission"}

// deskNext are acts that are done once more for a second one that rests on them, where a first has used them up.
var deskNext = map[string]string{"commission": "cancel_commission", "check": "decline_filing"}

// deskHands are whose act it is, where several have the permission; of several logins each does it.
var deskHands = map[string][]string{
	"sign_discussion": {"deputy", "head"}, "sign_extension": {"deputy", "head"}, "hold_hearing": {"legal"}, "end_hearing": {"legal"}, "report_hearing": {"legal"}, "recuse_self": {"reviewer"}, "decide_recusal": {"head"}, "refuse_crime": {"head"}, "approve_crime": {"head"},
}

// unopened are acts whose form nobody fills in here, each with why.
var unopened = map[string]string{
	"notice_served":   "文书一送达，系统同时办理；没有送达的只说还缺什么，没有按钮",
	"decision_served": "同上",
	"demand_served":   "同上",
	"tell_clearance":  "要立即代履行时不知道当事人、后来查明，演示的情形没有走到；没有要通知的只说没有",
	"fail_disposal":   "批准以后要么处理成、要么没有处理成，这里走的是处理",
	"settle_seizure":  "要先扣押、后送达没收决定，演示的情形没有走到；没有决定的只说还缺什么",
}

// deskScenarios are those of the demo that open every form between them.
var deskScenarios = []string{
	"重大案件，从线索到结案", "一般案件，负责人直接决定", "听证以后决定", "当事人缺席，终止听证", "逾期申请听证，不予受理", "撤回听证", "告知书作废、重新告知", "审核要求改正，再次送审", "轻微，不予处罚",
	"当场查处时转普通程序", "中止调查、恢复调查", "当事人死亡，终止调查", "管辖争议，由本机关办理", "移送公安机关，立案", "核实不涉嫌犯罪，继续处罚", "并入他案", "撤销立案", "核查中移送公安机关，立案", "核查中移送公安机关，不予立案接着核查", "决定以后移送公安机关", "判决驳回诉讼请求，申请执行裁判",
	"分期缴纳", "不缴纳，催告后申请法院执行", "法院不准予执行，复议后终结执行", "逾期不拆，本机关强制拆除", "代履行", "复议以后变更", "诉讼以后撤销、重新办理", "登记保存中", "登记保存退还后扣押工具，扣押中",
}

// recipes are those of pages and of desks, by the form's address.
var recipes = withDesks(pageRecipes)

func withDesks(pages map[string]map[string]string) map[string]map[string]string {
	out := maps.Clone(pages)
	for act, fields := range deskRecipes {
		out[deskActs+act] = maps.Clone(fields)
	}
	return out
}
