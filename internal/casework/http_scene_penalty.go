package casework

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

// penaltyInput reads the form that proposes a penalty.
func penaltyInput(f *web.Form) PenaltyInput {
	kinds := f.Choices("kinds", mapped(penaltyOptions(true), func(o web.Option) string { return o.Value })...)
	in := PenaltyInput{
		ActFrom: f.Date("act_from", "违法行为发生日"), ActUntil: f.Date("act_until", "终了日"), FactText: f.Long("fact_text", 2000), Clear: f.Bool("facts_clear"),
		PowerCode: f.Text("power_code", 30), Amount: f.Money("amount", "罚款数额"), Metric: f.Decimal("metric", 20), MeasuredBy: f.Int("measured_by", "测量值的证据", 0, 9999), Corrected: f.Bool("corrected"), Harm: f.Text("harm", 10),
		TierWhy: f.Text("tier_why", 300), NoExemption: f.Long("no_exemption", 500), PayBy: f.Text("pay_by", 20),
		Spare: f.Bool("no_penalty"), ChosenLaw: f.Text("chosen_law", 5), LawWhy: f.Text("law_why", 500), Gains: f.Money("gains", "没收违法所得"), Goods: f.Money("goods", "财物的价值"), Worthless: f.Bool("goods_worthless"), Contents: f.Long("contents", 500),
	}
	for _, k := range kinds {
		in.Warning = in.Warning || k == string(PenaltyWarning)
		in.Fine = in.Fine || k == string(PenaltyFine)
		if slices.Contains(furtherKinds, PenaltyKind(k)) {
			in.More = append(in.More, PenaltyKind(k))
		}
	}
	return in
}

func (s *Service) postProposal(q posted) (web.Flash, error) {
	f := q.form
	in := penaltyInput(f)
	if f.Bool("calculate") || f.Bool("search") {
		return web.Flash{}, tryOut{}
	}
	if !f.Has("corrected") {
		f.Add("corrected", "请选择是否已经改正")
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已拟定处罚"}, s.Propose(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postDecline(q posted) (web.Flash, error) {
	f := q.form
	in := DeclineInput{Ground: f.Text("ground", 10), ActFrom: f.Date("act_from", "违法行为发生日"), FactText: f.Long("fact_text", 2000), PowerCode: f.Text("power_code", 30), Harm: f.Text("harm", 10), Why: f.Long("why", 500)}
	if f.Bool("search") {
		return web.Flash{}, tryOut{}
	}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	paper, err := s.Decline(q.Context(), q.by, q.id, q.version, in)
	return paperFlash("已教育改正，不予立案", paper), err
}

// choosePower answers with the causes that fit the words typed.
func (s *Service) choosePower(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.liveCase(r, by, func(tx *store.Tx, c *Case, f *web.Form) (templ.Component, error) {
		on := f.Date("act_from", "违法行为发生日")
		if on.IsZero() {
			on = law.DateOf(c.Found())
		}
		choices, err := s.powerChoices(tx, by, c, f.Text("power_words", 50), f.Text("power_code", 30), on)
		return pages.PowerList(choices), err
	}, w)
}

// showCalculation answers with what follows from the form as it is filled in.
func (s *Service) showCalculation(w http.ResponseWriter, r *http.Request, by access.Session) error {
	return s.liveCase(r, by, func(tx *store.Tx, c *Case, f *web.Form) (templ.Component, error) {
		calc, err := s.calculate(tx, c, penaltyInput(f))
		return pages.Calculation(calc), err
	}, w)
}

// liveCase answers a part of a page about one case in scope.
func (s *Service) liveCase(r *http.Request, by access.Session, part func(*store.Tx, *Case, *web.Form) (templ.Component, error), w http.ResponseWriter) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	var out templ.Component
	err = s.DB.View(r.Context(), func(tx *store.Tx) error {
		scope := by.ScopeFor(access.CaseHandle)
		if !by.Can(access.CaseHandle) {
			scope = by.ScopeFor(access.CaseRevoke) // whoever may change the decision computes it too
		}
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		out, err = part(tx, c, web.QueryForm(r))
		return err
	})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, out)
}

// usual is how many causes are offered before words are typed.
const usual = 6

// powerChoices are the causes to choose from: what the words find, else what the unit uses most, with
// the chosen one first.
func (s *Service) powerChoices(tx *store.Tx, by access.Session, c *Case, words, chosen string, on law.Date) (pages.PowerChoices, error) {
	var out pages.PowerChoices
	words = strings.TrimSpace(words)
	var items []powers.PowerItem
	var err error
	if words != "" {
		out.Query = true
		items, err = s.Powers.SearchForCase(tx, words, on)
	} else {
		items, err = s.usualPowers(tx, c, on)
	}
	if err != nil {
		return out, err
	}
	if chosen != "" {
		items, err = s.chosenFirst(tx, items, chosen, on)
		if err != nil {
			return out, err
		}
	}
	field := web.NewForm(map[string]string{"power_code": chosen}).Field("power_code", "案由").Need()
	var list []web.Option
	for _, p := range items {
		list = append(list, web.Option{Value: p.Code, Label: p.Name, Small: joinDot(p.Code, p.Penalty.Short(), strings.Join(p.PenaltyKinds, "、"))})
	}
	out.Field = field.Options(list...)
	switch {
	case len(list) == 0 && words != "":
		out.Note = "没有找到本局采用的、适用于 " + on.Han() + " 的案由。换个词再找；本局没有采用的事项不能据以处罚。"
	case len(list) == 0:
		out.Note = "输入行为、法律或者第几条来找案由。"
	case words == "":
		out.Note = "以上是本单位常用的案由；要找别的，在上面输入。"
	}
	return out, nil
}

// chosenFirst puts the chosen cause before the others; one that does not apply to the day stays out, and
// the computed part says why.
func (s *Service) chosenFirst(tx *store.Tx, items []powers.PowerItem, chosen string, on law.Date) ([]powers.PowerItem, error) {
	for i, p := range items {
		if p.Code == chosen {
			items[0], items[i] = items[i], items[0]
			return items, nil
		}
	}
	p, err := s.Powers.ItemOn(tx, chosen, on)
	if err != nil {
		return items, nil
	}
	return append([]powers.PowerItem{p}, items...), nil
}

// penaltyValue is a value of the form in hand, else of the case.
func (v *caseView) penaltyValue(name string) string {
	if v.form != nil {
		return v.form.Value(name)
	}
	if name == "power_code" {
		return v.Case.PowerCode
	}
	return ""
}

// actDay is the day that chooses the causes: as typed, as recorded, or when the lead was found.
func (v *caseView) actDay() law.Date {
	if v.form != nil {
		if d, err := law.ParseDate(v.form.Value("act_from")); err == nil {
			return d
		}
	}
	if !v.Case.ActFrom.IsZero() {
		return v.Case.ActFrom
	}
	return law.DateOf(v.Case.Found())
}

// calculation is what follows from the form in hand, else from what is recorded.
func (v *caseView) calculation(tx *store.Tx) (*pages.CalcView, error) {
	if v.form != nil {
		return v.s.calculate(tx, v.Case, penaltyInput(v.form))
	}
	c := v.Case
	if c.PowerCode == "" {
		return nil, nil
	}
	return v.s.calculate(tx, c, PenaltyInput{ActFrom: c.ActFrom, ActUntil: c.ActUntil, PowerCode: c.PowerCode, Metric: c.Metric, Corrected: bool(c.Corrected), Harm: c.Harm, Amount: c.Amount})
}

// penaltyBody proposes a penalty.
func (v *caseView) penaltyBody() templ.Component {
	c := v.Case
	f := v.frame("propose", "proposal", "拟定处罚", "拟定处罚")
	f.Explain, f.Cite = "按违法行为那一天选案由和基准，查核不予处罚的情形，再定种类和数额。还没有作出决定，随时可以改。", law.Citations{xzcf(5, 2), xzcf(33), xzcf(34)}
	if f.Locked != "" || f.Over {
		f.Facts = v.penaltyRecord()
		return pages.Record(f)
	}
	found := law.DateOf(c.Found())
	return pages.Penalty(pages.PenaltyView{
		StepForm: f, Base: c.URL(), Values: v.penaltyValues(found), FoundOn: found.String(), Powers: v.causes, Harms: options(harmOrder, harmLabels), PayBy: options(payOrder, payLabels),
		Calc: v.calc, Kinds: penaltyOptions(c.ordinary()), Ordinary: c.ordinary(), MetricTip: v.metricTip(), Exhibits: v.measures(),
	})
}

// penaltyValues are what the form begins with: the proposal, before it what the street recorded.
func (v *caseView) penaltyValues(found law.Date) map[string]string {
	c := v.Case
	out := map[string]string{"act_from": orWord(c.ActFrom.String(), found.String()), "act_until": c.ActUntil.String(), "fact_text": orWord(c.FactText, c.Summary), "metric": c.Metric, "harm": c.Harm, "pay_by": c.PayBy, "no_exemption": c.ExemptionWhy, "facts_clear": flagValue(bool(c.FactsClear))}
	if c.Kinds != "" || c.ordinary() && c.Spares() {
		out["corrected"], out["no_penalty"] = flagDigit(bool(c.Corrected)), flagValue(c.Spares())
		out["kinds"] = c.Kinds
	} else if st := v.lastStep(StepCorrect); st != nil {
		out["corrected"] = flagDigit(st.Detail == CorrectedNow)
	}
	for name, m := range map[string]law.Money{"amount": c.Amount, "gains": c.Gains, "goods": c.Goods} {
		if m > 0 {
			out[name] = m.String()
		}
	}
	out["contents"] = c.Contents
	if c.MetricExhibit != 0 {
		out["measured_by"] = strconv.FormatInt(c.MetricExhibit, 10)
	}
	out["goods_worthless"] = flagValue(strings.Contains(c.Kinds, string(PenaltyGoods)) && c.Goods == 0)
	if st := v.lastStep(StepMeasure); st != nil && c.Metric == "" {
		out["metric"] = st.Detail
	}
	return out
}

// measures are the evidence from which a figure can come.
func (v *caseView) measures() []web.Option {
	out := []web.Option{{Label: "（没有测量值）"}}
	for _, e := range v.Exhibits {
		out = append(out, web.Option{Value: strconv.FormatInt(e.Number, 10), Label: strconv.FormatInt(e.Number, 10) + "．" + e.Title, Small: e.Outcome})
	}
	return out
}

func flagValue(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func flagDigit(on bool) string {
	if on {
		return "1"
	}
	return "0"
}

func (v *caseView) metricTip() string {
	if u := v.metricUnit(); u != "" {
		return "单位：" + u
	}
	return "案由的阶次要看数量的才填"
}

// penaltyRecord is the proposed or decided penalty in words.
func (v *caseView) penaltyRecord() []web.FactView {
	c := v.Case
	if c.Kinds == "" && !(c.ordinary() && c.Spares()) {
		return []web.FactView{{Label: "处罚", Text: "没有拟定"}}
	}
	out := []web.FactView{{Label: "违法行为日", Text: actDays(c)}, {Label: "违法事实", Text: c.FactText}, {Label: "案由", Text: c.PowerName, Href: "/w/powers/" + c.AppliedCode}}
	if a := v.Assessment; a != nil {
		out = append(out, web.FactView{Label: "违反", Text: a.Item.Violated.Han()}, web.FactView{Label: "依据", Text: a.Item.Penalty.Han()})
	}
	if c.Tier != "" {
		out = append(out, web.FactView{Label: "裁量阶次", Text: joinDot(c.Tier, tierSpan(c.TierMin, c.TierMax), c.TierWhy)})
	}
	if c.ChosenLaw == string(powers.ChooseNew) {
		out = append(out, web.FactView{Label: "新旧规定", Text: "新规定较轻，适用新规定（" + c.AppliedCode + "）"})
	}
	out = append(out, web.FactView{Label: "不予处罚查核", Text: joinDot(c.Exemption, c.ExemptionWhy)}, web.FactView{Label: "处罚", Text: v.penaltySmall()})
	if c.Amount > 0 {
		out = append(out, web.FactView{Label: "大写", Text: c.Amount.Han()}, web.FactView{Label: "缴款方式", Text: payLabels[c.PayBy]})
	}
	return out
}

func tierSpan(low, high law.Money) string {
	if high <= 0 {
		return ""
	}
	return low.Grouped() + "—" + high.Grouped() + " 元"
}

func actDays(c *Case) string {
	if c.Continuing() {
		return c.ActFrom.Han() + "至" + c.ActUntil.Han()
	}
	return c.ActFrom.Han()
}

// declineBody ends the matter by education.
func (v *caseView) declineBody() templ.Component {
	c := v.Case
	f := v.frame("decline", "decline", "教育改正，不予立案", "教育改正，不予立案")
	f.Explain, f.Cite = "轻微并及时改正、没有危害后果的，不予处罚；初次违法、危害轻微并及时改正的，可以不予处罚。责令改正、教育记录、承诺书都要有。", law.Citations{xzcf(33, 1)}
	if f.Locked != "" || f.Over {
		f.Facts = []web.FactView{{Label: "结果", Text: orWord(endingLabels[c.Ending], "没有办理")}, {Label: "案由", Text: c.PowerName}, {Label: "理由", Text: c.EndingNote}, {Label: "查核", Text: c.Exemption}}
		return pages.Record(f)
	}
	found := law.DateOf(c.Found())
	return pages.Decline(pages.DeclineView{StepForm: f, Base: c.URL(), Values: v.penaltyValues(found), FoundOn: found.String(), Powers: v.causes, Harms: options(harmOrder, harmLabels)})
}
