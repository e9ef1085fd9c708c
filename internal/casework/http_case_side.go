package casework

import (
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
	"fadu/internal/web"
)

// historyShown bounds the record at the right of the page.
const historyShown = 30

// side is the material at the right of the page.
func (v *caseView) side() pages.SideView {
	out := pages.SideView{Terms: v.terms(), Money: v.moneyFacts(), Facts: v.caseFacts(), Photos: v.photoViews(), Ordinary: v.Case.ordinary(), Exhibits: v.exhibitViews()}
	for i := len(v.Papers) - 1; i >= 0; i-- {
		out.Papers = append(out.Papers, v.paperLine(v.Papers[i]))
	}
	if v.Case.ordinary() && len(v.Papers) > 0 && v.by.ScopeFor(access.PaperPrint).CoversLevels(v.Case.Levels) {
		for _, s := range [][2]string{{"cover", "封面"}, {"contents", "卷内目录"}, {"closing", "备考表"}} {
			out.Sheets = append(out.Sheets, web.Link{Label: s[1], Href: v.Case.URL() + "/dossier/" + s[0]})
		}
	}
	if v.possible("photo") {
		out.PhotoAdd = v.href("photo")
	}
	for _, p := range slices.Concat(v.Payments, v.GainsPayments) {
		out.Payments = append(out.Payments, v.paymentLine(p))
	}
	out.Earlier, out.EarlierNote = v.earlier()
	out.Similar = v.similarView()
	for i, e := range v.History {
		if i == historyShown {
			out.HistoryNote = fmt.Sprintf("只显示最近 %d 条", historyShown)
			break
		}
		out.History = append(out.History, v.historyLine(e))
	}
	return out
}

func (v *caseView) paperLine(p Paper) web.FileView {
	tag := web.TagView{Label: p.State.Label()}
	switch p.State {
	case PaperDelivered:
		tag.Kind = "ok"
		if p.Kind == OnSpotDecision && v.changed() {
			tag.Label, tag.Kind = "已变更", "soon"
		}
	case PaperIssued:
		tag.Kind = "blue"
		if p.Kind != OnSpotDecision {
			tag = web.TagView{Label: "已出具", Kind: "blue"}
		}
	case PaperVoid, PaperRevoked:
		tag.Kind = "line"
	}
	return web.FileView{Label: p.Kind.Label(), Href: "/w/papers/" + p.ID.String(), Tag: tag, Small: joinDot(p.DocNo, dayText(p.Dated, v.today))}
}

func (v *caseView) photoViews() []pages.PhotoView {
	var out []pages.PhotoView
	for _, p := range v.Photos {
		href := fmt.Sprintf("%s/photos/%d", v.Case.URL(), p.ID)
		small := joinDot(p.Caption, p.Place, clock(p.Taken(), v.today), v.names[p.Person])
		out = append(out, pages.PhotoView{Href: href, Thumb: href + "?small=1", Alt: "照片：" + orWord(p.Caption, p.Place), Small: small})
	}
	return out
}

// moneyFacts says what the fine is and what of it is paid.
func (v *caseView) moneyFacts() []web.FactView {
	c := v.Case
	if c.DecidedOn == (law.Date{}) {
		return nil
	}
	var taken []web.FactView
	if c.Gains > 0 {
		taken = []web.FactView{{Label: "没收违法所得", Text: c.Gains.Grouped() + " 元，已缴 " + gainsOf(v.GainsPayments).Grouped() + " 元"}}
	}
	if c.Amount == 0 {
		return taken
	}
	out := []web.FactView{{Label: "罚款", Text: c.Amount.Grouped() + " 元"}, {Label: "已缴", Text: (c.Amount - v.outstandingNow()).Grouped() + " 元"}}
	if c.State != Revoked && v.outstandingNow() > 0 {
		out = append(out, web.FactView{Label: "还欠", Text: v.outstandingNow().Grouped() + " 元"})
	}
	if over := v.overpaid(); over > 0 {
		out = append(out, web.FactView{Label: "要退还", Text: over.Grouped() + " 元"})
	}
	out = append(append(out, taken...), web.FactView{Label: "缴款方式", Text: payLabels[c.PayBy]})
	if due, err := v.s.due(termPay, c.payOn()); err == nil && c.DeliveredAt != 0 && c.State != Revoked {
		out = append(out, planFacts(c, due, v.Plans, v.Payments, v.today)...)
	}
	return out
}

func (v *caseView) paymentLine(p Payment) web.FileView {
	out := web.FileView{Label: payLabels[p.Channel] + " " + p.Amount.Grouped() + " 元", Mute: dayText(p.PaidOn, v.today), Small: "流水号 " + p.Reference}
	switch p.Kind {
	case PaidRefund:
		out.Label = "退库 " + (-p.Amount).Grouped() + " 元"
	case PaidGains:
		out.Label = "没收违法所得，" + out.Label
	case GainsRefund:
		out.Label = "退还违法所得 " + (-p.Amount).Grouped() + " 元"
	}
	switch {
	case p.Channel != PayCash || p.Kind == PaidRefund:
	case p.HandedInOn.IsZero():
		out.Due, out.Small = web.DueOf(p.HandInDue, v.today, true, v.s.Calendar), joinDot("专用票据 "+p.ReceiptNo, v.names[p.Officer]+" 收缴，待上交")
	case p.DepositedOn.IsZero():
		out.Due, out.Small = web.DueOf(p.DepositDue, v.today, true, v.s.Calendar), joinDot("专用票据 "+p.ReceiptNo, dayText(p.HandedInOn, v.today)+" 上交，待缴付银行")
	default:
		out.Small = joinDot("专用票据 "+p.ReceiptNo, dayText(p.DepositedOn, v.today)+" 缴付银行")
	}
	return out
}

// earlier shows the party's earlier matters: of other units' cases only day, cause, result and unit.
func (v *caseView) earlier() ([]web.FileView, string) {
	switch {
	case !v.by.Can(access.CaseHandle) || v.Case.PartyKind == "":
		return nil, ""
	case v.Case.PartyKey == "":
		return nil, "身份没有查清，不能查以往记录。"
	case len(v.Earlier) == 0:
		return nil, "两年内没有查到。"
	}
	var out []web.FileView
	for _, e := range v.Earlier {
		out = append(out, e.file(v.units))
	}
	return out, ""
}

// result is how an earlier matter ended.
func (e EarlierCase) result() string {
	switch {
	case e.Amount > 0:
		return "罚款 " + law.Money(e.Amount).Grouped() + " 元"
	case e.State != Declined:
		return "警告"
	}
	return stateLabel(e.Procedure, e.State)
}

// file shows an earlier matter by day, cause, result and unit.
func (e EarlierCase) file(units map[access.UnitID]string) web.FileView {
	return web.FileView{Label: orWord(e.PowerName, "未定案由"), Mute: orWord(e.DecidedOn, "未处罚"), Small: joinDot(e.result(), units[access.UnitID(e.Unit)])}
}

// caseFacts are where, when and by whom.
func (v *caseView) caseFacts() []web.FactView {
	c := v.Case
	var out []web.FactView
	add := func(label, text string) {
		if text != "" {
			out = append(out, web.FactView{Label: label, Text: text})
		}
	}
	add("承办机构", v.Unit.Name)
	add("执法主体", v.Organ)
	add("来源", sourceLabels[c.Source])
	add("发现", clock(c.Found(), v.today))
	if v.late(c.FoundAt, c.RecordedAt) {
		add("录入", clock(store.FromMicros(c.RecordedAt), v.today)+"（补录）")
	}
	add("地点", c.Place)
	add("情况", c.Summary)
	add("证件", identityLine(c.Party))
	if c.PartyKind != "" {
		out = append(out, web.FactView{Label: "同一当事人", Text: "全部案件、处罚、未缴罚款", Href: c.ID.partyURL()})
	}
	out = append(out, v.unmaskFact()...)
	for _, o := range v.Officers {
		add("执法证", o.Name+" "+o.CertificateNo)
	}
	return out
}

// keyEntries are the acts that matter most in the record.
var keyEntries = map[string]bool{
	"casework.started": true, "casework.decided": true, "casework.paper_issued": true, "casework.delivered": true, "casework.cash_collected": true, "casework.paid": true,
	"casework.filed": true, "casework.closed": true, "casework.declined": true, "casework.revoked": true, "casework.paper_voided": true, "casework.to_ordinary": true,
	"casework.terms_approved": true, "casework.terms_refused": true, "casework.terms_ended": true, "casework.handwritten_entered": true, "casework.entry_confirmed": true, "casework.entry_kept": true,
}

func (v *caseView) historyLine(e ledger.Entry) web.LedgerView {
	text := joinSpace(orWord(Kinds[e.Kind], orWord(v.s.Kinds[e.Kind], e.Kind)), historyDetail(e))
	if e.Kind == "casework.step_recorded" {
		text = "记录" + historyDetail(e)
	}
	return web.LedgerView{Time: clock(e.Time(), v.today), Who: e.Actor, Text: text, Key: keyEntries[e.Kind]}
}

// historyDetail is what of an entry's data says which one: never personal data.
func historyDetail(e ledger.Entry) string {
	var d struct {
		Kind   string `json:"kind"`
		Number string `json:"number"`
		Role   string `json:"role"`
		Method string `json:"method"`
		Why    string `json:"why"`
	}
	if json.Unmarshal([]byte(e.Data), &d) != nil {
		return "" // an entry whose data is no object of this shape has nothing to add
	}
	switch e.Kind {
	case "casework.step_recorded":
		return shortStep[StepKind(d.Kind)]
	case "casework.paper_issued":
		if d.Number == "" {
			return PaperKind(d.Kind).Label()
		}
		return d.Number
	case "casework.paper_voided", "casework.delivered", "casework.paper_sealed":
		return joinSpace(d.Number, d.Why)
	case "casework.signed":
		return joinSpace(SignatureRole(d.Role).Label(), signMethods[d.Method])
	case "casework.terms_refused", "casework.terms_ended", "casework.step_withdrawn", "casework.reassigned", "casework.to_ordinary":
		return d.Why
	}
	return ""
}

var signMethods = map[string]string{"drawn": "手写", "on_paper": "签在纸上", "refused": "拒绝签名"}

func joinSpace(a, b string) string {
	if a != "" && b != "" {
		return a + "：" + b
	}
	return a + b
}

func orWord(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// Standing says whether somebody may handle the case today, in one line.
func Standing(o org.OfficerStatus) string {
	if o.Certified {
		return "执法证 " + o.CertificateNo + " 今日有效"
	}
	out := ""
	for _, r := range o.Reasons {
		if out != "" {
			out += "；"
		}
		out += r
	}
	return out
}
