package powers

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers/pages"
	"fadu/internal/store"
	"fadu/internal/web"
)

// calcView asks what the power's ranges and tiers depend on.
func calcView(d Dossier, form *web.Form) pages.CalcView {
	p := d.Item
	v := pages.CalcView{Form: form, Code: p.Code, Parties: options(partyLabels), Trigger: p.EscalationTrigger}
	if p.FineBasis == FineRatio {
		v.Base = p.Formula.Base
		if p.Formula.PerDay {
			v.Quantity = "日"
		}
	}
	if p.FineBasis == FinePerUnit {
		v.Quantity = p.Formula.Unit
	}
	for _, g := range p.Formula.Grades {
		v.Grades = append(v.Grades, web.Option{Value: g.Name, Label: g.Name})
	}
	v.Metric, v.MetricUnit = metricOf(d.Benchmarks)
	for _, q := range d.Relatives {
		if p.supersededBy(q) {
			v.Successors = append(v.Successors, web.Option{Value: q.Code, Label: q.Code + " " + q.Name})
		}
	}
	return v
}

// calculatorPage is the fine calculator; a live request gets the result alone.
func (s *Service) calculatorPage(w http.ResponseWriter, r *http.Request, _ access.Session) error {
	form := web.QueryForm(r)
	v := pages.CalcView{Form: form, Parties: options(partyLabels)}
	in, asked := assessInput(form)
	err := s.db.View(r.Context(), func(tx *store.Tx) error {
		if in.Code == "" {
			return nil
		}
		day := in.ActDate
		if day.IsZero() {
			day = tx.Today()
		}
		d, err := s.Dossier(tx, in.Code, day)
		if err != nil {
			v.Result = problem(err)
			return known4xx(err)
		}
		v = calcView(d, form)
		if !asked {
			return nil
		}
		if err := form.Err(); err != nil {
			v.Result = problem(err)
			return nil
		}
		a, err := s.Assess(tx, in)
		if err != nil {
			v.Result = problem(err)
			return known4xx(err)
		}
		v.Result = resultView(a, in)
		if m := a.Milder; m != nil && m.Use == ChooseNew && (m.Chosen || len(m.Others) == 0) {
			// The new law decides: the tier and range shown are its own.
			next := in.UnderNewLaw(m)
			if a, err = s.Assess(tx, next); err != nil {
				return err
			}
			first := v.Result
			v.Result = resultView(a, next)
			v.Result.Milder = first.Milder
		}
		return s.addSimilar(tx, v.Result, a)
	})
	if err != nil {
		return err
	}
	if web.IsHX(r) {
		return web.Render(w, r, http.StatusOK, pages.Result(v.Result))
	}
	return web.Render(w, r, http.StatusOK, pages.CalculatorPage(v))
}

// known4xx passes on only what is not the user's to mend.
func known4xx(err error) error {
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

func problem(err error) *pages.ResultView { return &pages.ResultView{Problem: err.Error()} }

func metricOf(bs []Benchmark) (name, unit string) {
	for _, b := range bs {
		for _, t := range b.Tiers {
			if t.MetricSet {
				return t.Metric, t.MetricUnit
			}
		}
	}
	return "", ""
}

// assessInput reads the calculator; asked tells whether enough was filled in to compute.
func assessInput(f *web.Form) (in AssessInput, asked bool) {
	in = AssessInput{
		Code: f.Text("code", 20), ActDate: f.Date("act", "违法行为日"), DecisionDate: f.Date("decision", "决定日"), Escalated: f.Bool("escalated"),
		Base: f.Money("base", "计算基数"), Grade: f.Text("grade", 10), NewCode: f.Text("new", 20),
	}
	in.Party, _ = ParseParty(f.Value("party"))
	if s := f.Decimal("metric", 20); s != "" {
		q, err := ParseQuantity(s)
		if err != nil {
			f.Add("metric", "%v", err)
		}
		in.Metric = &q
	}
	if s := f.Decimal("quantity", 20); s != "" {
		q, err := ParseQuantity(s)
		if err != nil {
			f.Add("quantity", "%v", err)
		}
		in.Quantity = q
	}
	if n, err := strconv.Atoi(f.Value("prior")); err == nil && n >= 0 {
		in.Prior2y = &n
	}
	in.Corrected, in.Harm = triOf(f.Value("corrected")), triOf(f.Value("harm"))
	if f.Value("harm") == "slight" {
		in.Harm, in.HarmSlight = law.True, true
	}
	return in, in.Code != "" && !in.ActDate.IsZero() && in.Party != ""
}

func triOf(s string) law.Tri {
	switch s {
	case "yes":
		return law.True
	case "no":
		return law.False
	}
	return law.Unknown
}

// resultView is an assessment as the calculator shows it.
func resultView(a Assessment, in AssessInput) *pages.ResultView {
	p := a.Item
	v := &pages.ResultView{
		Item: p.Code + " " + p.Name, ItemHref: web.Address("/w/powers/"+url.PathEscape(p.Code), url.Values{"on": {in.ActDate.String()}}),
		Basis: p.Penalty.Han() + "（" + SpanText(p.ValidFrom, p.ValidTo) + "）", RangeProblem: a.RangeProblem, Lacks: a.Lacks,
	}
	if a.HasRange {
		v.Statutory, v.StatutoryNote = a.Statutory.Text(), a.Statutory.How
		if a.Statutory.Optional {
			v.StatutoryNote += "（可以并处）"
		}
	}
	if p.HasFine() && a.HasRange && !a.HasTier {
		v.TierProblem = a.TierProblem
	}
	if a.HasTier {
		v.Grade, v.Why = a.Tier.Tier.Grade.Label(), a.Tier.Why
		for _, m := range a.Tier.Met {
			v.Reasons = append(v.Reasons, pages.ReasonLine{Text: m.Text, Cite: m.Cite(cmp.Or(in.DecisionDate, in.ActDate)), Basis: a.Tier.Tier.Basis})
		}
		v.Range, v.RangeNote = tierRange(a.Tier)
		v.TierSource = a.Benchmark.Issue.IssueText()
		for _, t := range benchmarkView(a.Benchmark, Setting{}, in.ActDate).Tiers {
			t.On = t.Grade == v.Grade
			v.Tiers = append(v.Tiers, t)
		}
	}
	if a.Milder != nil {
		v.Milder = milderView(a.Milder)
	}
	for _, h := range a.Exemptions {
		if h.Fits != law.True || h.Exemption.Kind == ExemptNewLaw {
			continue
		}
		e := pages.ExemptionView{Kind: h.Exemption.Kind.Label(), Effect: h.Exemption.Effect.Label(), Basis: h.Exemption.Basis, Note: h.Why, Conditions: h.Judge, Tag: web.TagView{Label: "可能不罚", Kind: "ok"}}
		if !h.Usable {
			e.Tag = web.TagView{Label: "可能不罚，但清单还没有公布", Kind: "soon"}
		}
		v.Exemptions = append(v.Exemptions, e)
	}
	return v
}

// tierRange prints a tier's range large, with what belongs to its ends.
func tierRange(t TierResult) (text, note string) {
	if !t.RangeSet {
		return "不罚款", ""
	}
	text = t.Min.Grouped() + "—" + t.Max.Grouped() + " 元"
	if !t.UpperInclusive {
		note = "不含 " + t.Max.Grouped() + " 元"
	}
	return text, note
}

func milderView(m *MilderChoice) *pages.MilderView {
	v := &pages.MilderView{Reasons: m.Reasons, Cite: m.Cite}
	v.Reasons = append(v.Reasons, "对应的新事项："+m.New.Code+" "+m.New.Name)
	if len(m.Others) > 0 && !m.Chosen {
		others := "也可能是"
		for _, p := range m.Others {
			others += " " + p.Code
		}
		v.Reasons = append(v.Reasons, others+"，请在“新法对应的事项”里选定")
	}
	switch m.Use {
	case ChooseNew:
		v.Kind, v.Title = "ok", "行为后法律有修改：适用新规定（"+m.New.Penalty.Short()+"）"
	case ChooseOld:
		v.Kind, v.Title = "", "行为后法律有修改：仍适用行为时的规定"
	default:
		v.Kind, v.Title = "soon", "行为后法律有修改：须由法制机构比较轻重"
	}
	return v
}
