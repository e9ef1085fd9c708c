package casework

import (
	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/web"
)

// mends says by which step of the page the lack that a rule finds is mended. Rules whose lack lies outside
// the case are missing here on purpose; see mend.
var mends = map[string]string{
	"XZCF-42-1-investigators": "officers", "XZCF-42-1-investigators-certified": "officers", "XZCF-42-1-onspot": "officers", "XZCF-42-1-onspot-certified": "officers",
	"XZCF-42-1-handlers": "officers", "MOHURD55-11-area": "officers", "XZCF-43-1-handlers": "officers", "ZF37-12": "officers",
	"XZCF-55-1": "show_id", "XZCF-52-1-certificate": "show_id",
	"XZCF-40-identity": "party", "XZCF-30-guardian": "party", "XZCF-30": "party", "XZCF-30-lighter": "propose",
	"XZCF-47-photo": "photo", "XZCF-40-measurement": "measure", "XZCF-47-footage": "footage",
	"XZCF-62-onspot-told": "tell", "XZCF-44-recorded": "tell", "XZCF-62-onspot-heard": "hear", "XZCF-45-1-statement": "hear",
	"XZCF-28-1": "correct", "XZCF-28-1-declined": "correct", "XZCF-33-3": "educate", "XZCF-33-3-pledge": "educate",
	"XZCF-51-facts": "propose", "XZCF-51-basis": "propose", "XZCF-33-checked": "propose", "XZCF-37-power": "propose", "XZCF-4-kind": "propose",
	"XZCF-4-range": "propose", "XZCF-34-tier": "propose", "XZCF-5-2-tier": "propose", "XZCF-36": "propose", "XZCF-37": "propose", "XZCF-32-1": "propose", "XZCF-32-2": "propose",
	"XZCF-51-kind": "to_ordinary", "XZCF-51-1": "propose", "XZCF-57-1-declined": "to_ordinary", "XZCF-33-2": "to_ordinary",
	"XZCF-33-1": "decline", "XZCF-33-1-first": "decline", "XZCF-33-1-declined": "correct", "XZCF-33-1-looked-up": "decline", "XZCF-29-onspot": "propose",
	"XZCF-52-1-number": "void_paper", "XZCF-52-2-elements": "void_paper", "XZFY-23-2": "void_paper", "XZCF-52-1-refusal": "sign", "XZCF-52-2-signatures": "sign", "XZCF-52-1-seal": "seal",
	"XZCF-67-delivered": "deliver", "XZCF-52-3": "deliver", "MOHURD55-28-delivered": "deliver", "XZCF-75-2-delivered": "deliver",
	"XZCF-68-69": "pay", "MOHURD55-31-done": "pay", "XZCF-52-3-closing": "file", "XZCF-71-closing": "hand_in", "XZQZ-41-closing": "refund", "XZCF-44-change": "change_notice", "XZCF-62-change": "hear_again",
	"XZCF-75-2-void": "correct_paper", "XZCF-75-2-void-change": "correct_paper", "MOHURD55-28": "revoke",
	"XZCF-42-1-entered": "confirm_entry", "XZCF-75-2-handwritten": "keep_entry", "XZCF-38-2-keep": "revoke",
}

// mendLabels are what the ways are called on their buttons.
var mendLabels = map[string]string{
	"officers": "改执法人员", "show_id": "记出示证件", "party": "改当事人", "photo": "添加照片", "measure": "记测量", "footage": "关联音像", "tell": "记告知",
	"hear": "记陈述申辩", "review": "复核申辩", "correct": "责令改正", "educate": "记教育", "propose": "改拟定处罚", "to_ordinary": "转普通程序", "decline": "改为不予处罚",
	"void_paper": "作废重做", "sign": "去签名", "seal": "登记用印", "deliver": "去交付", "pay": "登记缴款", "file": "去备案", "hand_in": "登记上交", "correct_paper": "补正、更正", "revoke": "撤销决定", "refund": "登记退库", "change_notice": "出具告知书", "hear_again": "记陈述申辩",
	"confirm_entry": "确认补录", "keep_entry": "处理手工决定",
}

// mend leads from a finding to the place where it is mended, or nowhere.
func (v *caseView) mend(f law.Finding) web.Link {
	if v.Case.ordinary() {
		return v.deskMend(f)
	}
	step, ok := mends[f.Rule]
	switch {
	case v.step == "change" && (step == "propose" || step == "to_ordinary" || step == "decline" || step == "measure"):
		return web.Link{} // the form itself
	case v.Case.Kinds == "" && v.step != "decline" && (atPower[f.Rule] || step == "decline" || step == "to_ordinary" || step == "measure"):
		step, ok = "propose", true
	case atPower[f.Rule] && v.by.Can(access.PowerRead):
		return web.Link{Label: "看这一事项", Href: "/w/powers/" + v.Case.PowerCode}
	case step == "hear" && v.lastStep(StepHear) != nil:
		step = "review"
	case step == "tell" && v.lastStep(StepTell) != nil:
		step = "hear"
	}
	if !ok || step == v.step {
		return web.Link{}
	}
	return web.Link{Label: mendLabels[step], Href: v.href(step)}
}

// atPower are the rules whose lack the legal section mends at the power itself.
var atPower = map[string]bool{"XZCF-17-adopted": true, "XZCF-38-1-verified": true, "XZCF-34-issued": true, "XZCF-17-competent": true}

// lackViews are findings with the ways to mend them.
func (v *caseView) lackViews(fs []law.Finding) []pages.LackView {
	out := make([]pages.LackView, len(fs))
	for i, f := range fs {
		out[i] = pages.LackView{Finding: f, Fix: v.mend(f)}
	}
	return out
}

// metNames are what the rules that passed are called, each once.
func (v *caseView) metNames(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		if name := v.met[id]; name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// refusal is the panel for a refused post, with the ways to mend each lack.
func (v *caseView) refusal(act string) *web.RefusalView {
	r := v.form.Refused()
	if r == nil {
		return nil
	}
	out := web.RefusalOf(r)
	if a, ok := findAct(act); ok {
		out.Title, out.Act = "", a.Name
	}
	out.Fix = map[string]web.Link{}
	for _, f := range r.Findings {
		if fix := v.mend(f); fix.Href != "" {
			out.Fix[f.Rule] = fix
		}
	}
	if ch := v.choice(act); ch != nil {
		out.Met = v.metNames(ch.Met)
	}
	return &out
}
