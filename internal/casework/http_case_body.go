package casework

import (
	"strconv"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/web"
)

// bodies are the steps of a case's page by their keys, each with its form.
var bodies = map[string]func(*caseView) templ.Component{
	"lead": (*caseView).leadBody, "officers": (*caseView).officersBody, "party": (*caseView).partyBody,
	"show_id": (*caseView).sceneBody, "tell": (*caseView).sceneBody, "hear": (*caseView).sceneBody, "review": (*caseView).sceneBody, "correct": (*caseView).sceneBody,
	"recheck": (*caseView).sceneBody, "measure": (*caseView).sceneBody, "footage": (*caseView).sceneBody, "educate": (*caseView).sceneBody, "recusal": (*caseView).sceneBody,
	"withdraw": (*caseView).withdrawBody, "photo": (*caseView).photoBody, "propose": (*caseView).penaltyBody, "decline": (*caseView).declineBody,
	"decide": (*caseView).decideBody, "issuing": (*caseView).issuingBody, "order_paper": (*caseView).orderBody, "sign": (*caseView).signBody, "sign_party": (*caseView).signBody,
	"seal": (*caseView).sealBody, "void_paper": (*caseView).voidBody, "deliver": (*caseView).deliverBody,
	"collect": (*caseView).cashBody, "pay": (*caseView).paymentBody, "hand_in": (*caseView).handInBody, "deposit": (*caseView).depositBody, "refund": (*caseView).refundBody,
	"file": (*caseView).fileBody, "close": (*caseView).closeBody, "to_ordinary": (*caseView).ordinaryBody, "correct_paper": (*caseView).correctionBody, "revoke": (*caseView).revokeBody,
	"change": (*caseView).changeBody, "void_change": (*caseView).voidChangeBody, "change_notice": (*caseView).changeNoticeBody, "hear_again": (*caseView).hearAgainBody, "withdraw_publication": (*caseView).withdrawalBody,
	"apply_terms": (*caseView).planBody, "approve_terms": (*caseView).approvePlanBody, "refuse_terms": (*caseView).refusePlanBody, "end_terms": (*caseView).endPlanBody,
	"enter": (*caseView).enterBody, "confirm_entry": (*caseView).confirmBody, "keep_entry": (*caseView).keepBody,
}

func known(step string) bool { return bodies[step] != nil }

// shows reports whether the page of this case has the step.
func (v *caseView) shows(step string) bool {
	_, desk := v.s.formFor(v.Case, step)
	return desk || known(step) || v.Case.ordinary() && ordinaryStage(step) >= 0
}

func (v *caseView) body() templ.Component {
	switch {
	case v.panel != nil:
		return v.panel
	case bodies[v.step] == nil:
		return v.stageBody()
	}
	return bodies[v.step](v)
}

// frame is the panel of the step whose form does the act; path is below the case's address.
func (v *caseView) frame(act, path, title, submit string) pages.StepForm {
	out := pages.StepForm{Title: title, Action: v.Case.URL() + "/" + path, Submit: submit, Version: v.Case.Version, Form: v.form, Refusal: v.refusal(act)}
	a, _ := findAct(act)
	ch := v.choice(act)
	switch {
	case v.Former != "":
		out.Locked = "这件案只能查看。" + v.Former + "。"
	case ch == nil && v.Case.ended():
		out.Over = true
	case ch == nil:
		out.Locked = v.Case.barred(act)
	case !ch.Allowed:
		out.Locked = "这一步由有“" + permissionLabel(a.By) + "”权限的人办理。"
	default:
		out.Lacks, out.Warns, out.Met = v.lackViews(ch.Lacks), ch.Warns, v.metNames(ch.Met)
	}
	return out
}

func permissionLabel(p string) string {
	for _, l := range access.Permissions() {
		if string(l.Permission) == p {
			return l.Label
		}
	}
	return p
}

// mayDo reports whether this person can do something about a stage now.
func (v *caseView) mayDo(st stage) bool {
	switch st.key {
	case "seal":
		return v.choice("sign") != nil && v.maySeal()
	case "sign":
		return v.possible("sign") && v.signer() != ""
	}
	return v.possible(st.act)
}

func (v *caseView) maySeal() bool { return v.by.ScopeFor(access.CaseFile).CoversLevels(v.Case.Levels) }

// sideActs are the acts beside the main line, in the order in which the page offers them.
var sideActs = []struct{ key, act, when string }{
	{"lead", "amend_lead", "地点、时间、情况写错了的"},
	{"officers", "reassign", "有人不能承办或者要回避的"},
	{"recusal", "step", "有人被申请回避的"},
	{"order_paper", "order_paper", "要书面责令改正、通知询问、告知违停的"},
	{"educate", "step", "要记录批评教育和承诺书的"},
	{"decline", "decline", "轻微或者首次，改正了的"},
	{"to_ordinary", "to_ordinary", "事实不清、数额超过当场限额、要没收或者停业的"},
	{"void_paper", "void_paper", "交付前发现写错了的，编号保留"},
	{"recheck", "recheck", "限期改正到期的"},
	{"collect", "collect", "法律允许收现金的"},
	{"pay", "pay", "罚款到账以后"},
	{"correct_paper", "correct_paper", "交付后发现漏载或者文字、计算错误的"},
	{"change_notice", "change_notice", "要变更得对当事人更不利的，先告知"},
	{"hear_again", "hear_again", "告知书送达以后"},
	{"change", "change", "决定有错误、不必全部撤销的"},
	{"void_change", "void_change", "变更决定书写错了、还没有送达的，编号保留"},
	{"revoke", "revoke", "决定确有错误的"},
	{"withdraw_publication", "withdraw_publication", "变更、撤销以后三个工作日内"},
	{"apply_terms", "apply_terms", "当事人确有经济困难，申请晚缴或者分几次缴的"},
	{"approve_terms", "approve_terms", "负责人批准当事人的申请"},
	{"refuse_terms", "refuse_terms", "不符合条件，或者计划不妥的"},
	{"end_terms", "end_terms", "当事人不按期缴纳，或者困难已经消除的"},
	{"enter", "enter", "没电没网，用纸质文书本手写了的"},
	{"confirm_entry", "confirm_entry", "另一名执法人员补录了手工决定书的"},
	{"keep_entry", "keep_entry", "手工决定书有瑕疵，不影响决定合法的"},
}

// others are the side acts that are possible for this person now.
func (v *caseView) others() []pages.OtherAct {
	var out []pages.OtherAct
	for _, a := range sideActs {
		if !v.possible(a.act) || v.idle(a.key) {
			continue
		}
		label := mendLabels[a.key]
		if act, ok := findAct(a.act); ok && a.act != "step" {
			label = act.Name
		} else {
			label = orWord(label, StepKind(a.key).Label())
		}
		out = append(out, pages.OtherAct{Label: label, Href: v.href(a.key), Small: a.when, Current: a.key == v.step})
	}
	out = append(out, v.deskActs("")...)
	if v.by.ScopeFor(access.MoneyReconcile).CoversLevels(v.Case.Levels) && v.overpaid() > 0 {
		out = append(out, pages.OtherAct{Label: "登记退库", Href: v.href("refund"), Small: "决定撤销、变更后退还多缴的罚款", Current: v.step == "refund"})
	}
	return out
}

// idle reports whether a side act that the state allows has nothing to act on in this case.
func (v *caseView) idle(key string) bool {
	switch key {
	case "change", "revoke":
		return v.Decision == nil
	case "collect":
		return v.outstandingNow() <= 0
	case "pay": // on the street it is a stage of its own
		return !v.Case.ordinary() || v.outstandingNow() <= 0
	case "recheck":
		return !v.rechecks()
	case "hear_again":
		return !v.noticed
	case "withdraw_publication":
		return v.withdrawal == nil
	case "void_change":
		return v.unservedChange() == nil
	}
	return !v.handSide(key) || !v.planSide(key)
}

// rechecks reports whether a correction by a date was ordered.
func (v *caseView) rechecks() bool {
	st := v.lastStep(StepCorrect)
	return st != nil && st.Detail != CorrectedNow
}

func (v *caseView) leadBody() templ.Component {
	c := v.Case
	f := v.frame("amend_lead", "lead", "线索", "更正线索")
	if f.Locked != "" || f.Over {
		f.Facts = v.caseFacts()
		return pages.Record(f)
	}
	return pages.Amend(pages.AmendView{
		StepForm: f, Sources: options(sourceOrder, sourceLabels), Areas: v.areas,
		Values: map[string]string{"summary": c.Summary, "found_at": timeInput(c.Found()), "source": c.Source, "area": c.Area, "place": c.Place},
	})
}

func (v *caseView) officersBody() templ.Component {
	act, title, submit := "start", "确定两名执法人员", "确定，开始现场办理"
	if v.Case.State != Lead {
		act, title, submit = "reassign", "更换执法人员", "更换执法人员"
	}
	f := v.frame(act, "officers", title, submit)
	f.Explain, f.Cite = "不少于两人，执法证在今天有效、区域包括案发地；协管不能承办。", law.Citations{law.Cite("XZCF", 42, 1)}
	for _, o := range v.Officers {
		f.Facts = append(f.Facts, web.FactView{Label: o.Name, Text: Standing(o)})
		for _, w := range o.Warnings {
			f.Notes = append(f.Notes, pages.NoteView{Kind: "soon", Title: o.Name + "：", Text: w})
		}
	}
	out := pages.OfficersView{StepForm: f, Replace: act == "reassign", Lead: idValue(v.Case.Lead), Assist: idValue(v.Case.Assist)}
	for _, o := range v.staff {
		option := web.Option{Value: o.Person.String(), Label: o.Name, Small: o.UnitName}
		if !o.Certified {
			option.Off, option.Small = true, "今天不能承办"
			out.Barred = append(out.Barred, web.FactView{Label: o.Name, Text: Standing(o)})
		}
		out.Options = append(out.Options, option)
		if act == "start" && o.Certified && int64(o.Person) == v.by.Person() {
			out.Lead = o.Person.String()
		}
	}
	return pages.Officers(out)
}

func idValue(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (v *caseView) partyBody() templ.Component {
	c := v.Case
	f := v.frame("party", "party", "当事人", "登记当事人")
	f.Explain, f.Cite = "身份没有查清的，不能当场处罚，只责令改正，线索继续保留。", law.Citations{law.Cite("XZCF", 40)}
	if f.Locked != "" || f.Over {
		f.Facts = append(partyRecord(c.Party), v.unmaskFact()...)
		return pages.Record(f)
	}
	values := map[string]string{
		"kind": string(orKind(c.PartyKind)), "name": c.PartyName, "id_kind": c.IDKind, "id_number": c.IDNumber, "address": c.PartyAddress, "phone": c.PartyPhone,
		"born": c.Born.String(), "legal_rep": c.LegalRep, "guardian": c.Guardian, "identity_basis": c.IdentityBasis,
	}
	if c.IDKind == "resident_id" {
		values["born"] = "" // the number says it
	}
	trader := "个体工商户当场罚款按公民的限额掌握，这是本局口径"
	if v.soleTraderAsUnit() {
		trader = "个体工商户当场罚款按单位的限额掌握，这是本局书面口径"
	}
	return pages.Party(pages.PartyView{StepForm: f, Kinds: options(partyOrder, partyLabels), IDKinds: options(idKindOrder, idKindLabels), Bases: basisOptions(), Values: values, SoleTrader: trader, Demo: v.s.Demo})
}

func orKind(k PartyKind) PartyKind {
	if k == "" {
		return Citizen
	}
	return k
}

// partyRecord shows the party, as masked as it comes.
func partyRecord(p Party) []web.FactView {
	if p.PartyKind == "" {
		return []web.FactView{{Label: "当事人", Text: "没有登记"}}
	}
	out := []web.FactView{{Label: p.PartyKind.Label(), Text: p.PartyName}}
	for _, f := range []web.FactView{
		{Label: "证件", Text: identityLine(p)},
		{Label: "住址", Text: p.PartyAddress},
		{Label: "电话", Text: p.PartyPhone},
		{Label: "法定代表人", Text: p.LegalRep},
		{Label: "监护人", Text: p.Guardian},
		{Label: "身份核实", Text: identityBasisLabels[p.IdentityBasis]},
	} {
		if f.Text != "" {
			out = append(out, f)
		}
	}
	return out
}

// unmaskFact leads to the full data who may ask for it.
func (v *caseView) unmaskFact() []web.FactView {
	if v.Case.PartyKind == "" || !v.by.Can(access.PersonalRead) {
		return nil
	}
	return []web.FactView{{Label: "完整信息", Text: "写明理由后查看", Href: v.Case.URL() + "/personal"}}
}

func (v *caseView) soleTraderAsUnit() bool { return v.setting.SoleTraderAs == powers.Organisation }
