package powers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// actForms are the forms of a power's page that came back with something to mend.
type actForms struct{ confirm, adopt, end, issue *web.Form }

// showItem shows one power for today, or for the day asked for.
func (s *Service) showItem(w http.ResponseWriter, r *http.Request, who access.Session, status int, forms actForms) error {
	query := web.QueryForm(r)
	on := query.Date("on", "有效于")
	var d Dossier
	var set Setting
	var today law.Date
	batch := ""
	var adjustments []Adjustment
	err := s.db.View(r.Context(), func(tx *store.Tx) (err error) {
		today = tx.Today()
		if on.IsZero() {
			on = today
		}
		if set, err = s.Setting(tx); err != nil {
			return err
		}
		if d, err = s.Dossier(tx, r.PathValue("code"), on); err != nil {
			return err
		}
		if adjustments, err = s.Adjustments(tx, AdjustFilter{Code: d.Item.Code}, 0, adjustPage); err != nil {
			return err
		}
		// The link to the import batch is for those who may open it: one loaded at the console has no unit.
		if _, _, err := s.drafts.Get(tx, who, draft.BatchID(d.Batch)); err == nil {
			batch = ImportPath + "/" + strconv.FormatInt(d.Batch, 10)
		}
		return nil
	})
	if err != nil {
		return err
	}
	v := itemView(d, set, today, on)
	v.acts(d, who, forms, today)
	v.BatchHref = batch
	for _, a := range adjustments {
		v.Adjustments = append(v.Adjustments, adjustRowView(a))
	}
	v.links(d.Item, who, today)
	if d.Item.HasFine() {
		calc := calcView(d, web.NewForm(map[string]string{"code": d.Item.Code, "act": on.String()}))
		v.Calc = &calc
	}
	return web.Render(w, r, status, pages.Item(v.ItemView))
}

// itemPageView adds to the page's view what fills it.
type itemPageView struct{ pages.ItemView }

func itemView(d Dossier, set Setting, today, on law.Date) *itemPageView {
	p := d.Item
	v := &itemPageView{pages.ItemView{Code: p.Code, Name: p.Name, Trigger: p.EscalationTrigger}}
	v.Meta = p.Code + " · " + p.Kind.Label() + " · " + p.Domain
	v.Tags = append(v.Tags, tagOf(p.StateOn(today)))
	if p.Demo {
		v.Tags = append(v.Tags, web.TagView{Label: "演示法规", Kind: "line"})
	}
	if !p.InForce(today) {
		v.Tags = append(v.Tags, web.TagView{Label: "不适用于今天的行为", Kind: "soon"})
	}
	v.Facts = itemFacts(d, today)
	for _, party := range []Party{Citizen, Organisation} {
		if b := p.Fine.Of(party); b.Set || p.Escalated.Of(party).Set {
			v.Fines = append(v.Fines, [3]string{party.Label(), b.Text(), p.Escalated.Of(party).Text()})
		}
	}
	if len(v.Fines) == 0 && p.HasFine() {
		v.Fines = append(v.Fines, [3]string{"公民、单位", p.FineText(), ""})
	}
	for _, b := range d.Benchmarks {
		v.Benchmarks = append(v.Benchmarks, benchmarkView(b, set, on))
	}
	for _, e := range d.Exemptions {
		if !e.General() {
			v.Exemptions = append(v.Exemptions, exemptionView(e, set, on))
		}
	}
	for _, x := range d.Versions {
		v.Versions = append(v.Versions, versionLine(x, x.ID == p.ID))
	}
	for _, x := range d.Relatives {
		v.Related = append(v.Related, versionLine(x, false))
	}
	for _, e := range d.History {
		v.History = append(v.History, historyLine(e))
	}
	a := Assessment{Item: p, Adopted: p.Adopted(today)}
	if b, ok := NewLibrary(nil, d.Benchmarks, nil, nil).anyBenchmark(p.Code, on); ok {
		a.Benchmark, a.HasBenchmark = b, true
	}
	v.Lacks = a.lacks(AssessInput{ActDate: on, DecisionDate: today}, set)
	return v
}

// anyBenchmark is the base group for either party, for what a page says about the power as such.
func (l *Library) anyBenchmark(code string, d law.Date) (Benchmark, bool) {
	if b, ok := l.BenchmarkFor(code, BaseStage, Citizen, d); ok {
		return b, true
	}
	return l.BenchmarkFor(code, BaseStage, Organisation, d)
}

func itemFacts(d Dossier, today law.Date) []web.FactView {
	p := d.Item
	lawLink := func(b Basis) web.FactView {
		q := url.Values{"law": {b.Law}, "article": {b.Articles.Han()}, "on": {p.ValidFrom.String()}}
		if p.InForce(today) {
			q.Del("on")
		}
		return web.FactView{Text: b.Han(), Href: web.Address(pages.NavLaws, q)}
	}
	violated, penalty := lawLink(p.Violated), lawLink(p.Penalty)
	violated.Label, penalty.Label = "违反依据", "处罚依据"
	if p.Kind != KindPenalty {
		violated.Label, penalty.Label = "依据", "实施依据"
	}
	out := []web.FactView{violated, penalty, {Label: "适用的行为日", Text: SpanText(p.ValidFrom, p.ValidTo)}}
	add := func(label, text string) {
		if text != "" {
			out = append(out, web.FactView{Label: label, Text: text})
		}
	}
	kinds := ""
	for i, k := range p.PenaltyKinds {
		if i > 0 {
			kinds += "、"
		}
		kinds += k
	}
	add("处罚种类", kinds)
	if p.HasFine() {
		add("罚款方式", p.FineBasis.Label())
	}
	add("罚款算式", p.FormulaText)
	if p.CorrectionFirst {
		add("前提", "责令改正后逾期不改正、拒不改正的才罚款")
	}
	if p.SeizurePower != "否" {
		add("强制措施", p.SeizurePower)
	}
	limit := fmt.Sprintf("%d 年", p.LimitationYears)
	if p.LimitationNote != "" {
		limit += "；" + p.LimitationNote
	}
	add("追责时效", limit)
	add("适用范围", p.Scope)
	add("核对", p.Verify)
	add("备注", p.Notes)
	if st := p.Standing; !st.AdoptedFrom.IsZero() {
		add("采用", st.AdoptBasis.Label()+"，"+st.AdoptDocument+"，"+SpanText(st.AdoptedFrom, st.AdoptedUntil))
		for _, x := range slices.Backward(st.Earlier) {
			add("以前行使", x.Basis.Label()+"，"+x.Document+"，"+SpanText(x.From, x.Until))
		}
	}
	if st := p.Standing; !st.ConfirmedOn.IsZero() {
		add("核实", st.ConfirmedOn.Han()+"，"+st.ConfirmSource)
	}
	if l, ok := d.Laws[p.Penalty.Law]; ok {
		add("法律状态", l.Status+"，"+l.StatusAsOf)
	}
	return out
}

func benchmarkView(b Benchmark, set Setting, on law.Date) pages.BenchmarkView {
	title := "裁量基准"
	if b.Subject != SubjectAll {
		title += " · " + b.Subject.Label()
	}
	if b.Escalated() {
		title += " · " + b.Stage
	}
	v := pages.BenchmarkView{Title: title, Note: b.Issue.IssueText()}
	switch {
	case b.Issue.Issued(on) && (!b.Sample || set.Demo):
		v.Tag = web.TagView{Label: "已公布", Kind: "ok"}
	case b.Issue.Issuer != "":
		v.Tag = web.TagView{Label: "不适用于这一天", Kind: "line"}
	default:
		v.Tag = web.TagView{Label: "未公布，不能用于办案", Kind: "soon"}
		v.Note = "须登记制定机关、文号和公布日期。各档首尾相接、不重叠（导入时已校验）。"
	}
	if b.Sample {
		v.Note += " 示范值，不是任何机关公布的基准。"
	}
	ts := b.byRange()
	for _, t := range b.Tiers {
		if !t.RangeSet {
			v.Tiers = append(v.Tiers, pages.TierLine{Grade: t.Grade.Label(), When: t.Circumstances, Range: t.RangeText(b.Unit)})
		}
	}
	for _, i := range ts {
		t := b.Tiers[i]
		v.Tiers = append(v.Tiers, pages.TierLine{Grade: t.Grade.Label(), When: t.Circumstances, Range: t.RangeText(b.Unit)})
	}
	return v
}

func exemptionView(e Exemption, set Setting, on law.Date) pages.ExemptionView {
	v := pages.ExemptionView{Kind: e.Kind.Label(), Effect: e.Effect.Label(), Basis: e.Basis, Note: e.Issue.IssueText(), Conditions: e.conditions()}
	if e.Usable(on, set.Demo) {
		v.Tag = web.TagView{Label: "可适用", Kind: "ok"}
	} else {
		v.Tag = web.TagView{Label: "清单未公布", Kind: "soon"}
	}
	if e.Sample {
		v.Note += " 门槛是示范值。"
	}
	return v
}

func versionLine(p PowerItem, current bool) pages.VersionLine {
	v := pages.VersionLine{Span: SpanText(p.ValidFrom, p.ValidTo), Basis: p.Penalty.Short(), Fine: p.FineText(), Name: p.Code + " " + p.Name, Current: current}
	if !current {
		v.Href = web.Address("/w/powers/"+url.PathEscape(p.Code), url.Values{"on": {p.ValidFrom.String()}})
	}
	return v
}

func historyLine(e ledger.Entry) web.LedgerView {
	text := Kinds[e.Kind]
	if text == "" {
		text = e.Kind
	}
	var data struct{ Document, Source, Reason, Opinion string }
	if json.Unmarshal([]byte(e.Data), &data) == nil && e.Kind != "power.adjust_proposed" {
		if said := data.Document + data.Source + data.Reason + data.Opinion; said != "" {
			text += "：" + said
		}
	}
	return web.LedgerView{Time: e.Time().Format("2006-01-02 15:04"), Who: e.Actor, Text: text, Key: true}
}

// links lead to what the public sees of the power, to its guide and to a proposal.
func (v *itemPageView) links(p PowerItem, who access.Session, today law.Date) {
	if p.Adopted(today) && p.InForce(today) {
		v.Links = append(v.Links, web.Link{Label: "门户", Href: publicURL(p.Code)})
	}
	if who.Can(access.PowerAdopt) {
		v.Links = append(v.Links, web.Link{Label: "办事指南", Href: guideURL(p.Code)})
	}
	if who.Can(access.PowerPropose) {
		v.Links = append(v.Links, web.Link{Label: "提出调整", Href: adjustmentsPath + "/new?code=" + url.QueryEscape(p.Code)})
	}
}

// acts adds the forms that the viewer may use and the power's standing asks for.
func (v *itemPageView) acts(d Dossier, who access.Session, forms actForms, today law.Date) {
	p := d.Item
	form := func(f *web.Form, small string) *pages.ActForm {
		return &pages.ActForm{Form: f, Version: strconv.FormatInt(d.Row, 10), ItemID: p.ID.String(), Small: small, Bases: options(adoptBasisLabels)}
	}
	if who.Can(access.PowerConfirm) && !p.Confirmed() {
		v.Confirm = form(forms.confirm, "这一行没有对照原文核对过（"+p.Verify+"）。请由专人对照官方公布的文本核对，并写明来源。")
	}
	if !who.Can(access.PowerAdopt) {
		return
	}
	switch st := p.StateOn(today); {
	case st == StateLibrary && p.Standing.AdoptedFrom.IsZero() || st == StateEnded:
		v.Adopt = form(forms.adopt, "按职能划转或者赋权的文件采用后，才能用于办案。")
	case st == StateAdopted && p.Standing.AdoptedUntil.IsZero():
		v.End = form(forms.end, "权力划出或者取消时登记。办理中的案件按移交文件处理。")
	}
	for _, b := range d.Benchmarks {
		if b.Issue.Issuer == "" {
			v.Issue = form(forms.issue, "登记后，这一事项未公布的阶次全部按此生效，以前公布的版本到前一日为止。")
		}
	}
}
