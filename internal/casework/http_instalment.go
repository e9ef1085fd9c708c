package casework

import (
	"fmt"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// planRows is how many instalments the form offers.
const planRows = 6

// planFacts are the instalments with what was paid on each, and the 加处罚款 that has come up so far.
func planFacts(c *Case, statutory law.Date, plans []Plan, ps []Payment, today law.Date) []web.FactView {
	var out []web.FactView
	if p := active(plans); p != nil {
		out = append(out, web.FactView{Label: p.Kind() + "缴纳", Text: p.DecidedOn.Han() + "批准"})
		for _, x := range p.standing(c.Amount, ps) {
			out = append(out, web.FactView{Label: fmt.Sprintf("第 %d 期 %s前", x.Number, dayText(x.Due, today)), Text: partText(x, today)})
		}
	}
	if w := pending(plans); w != nil {
		out = append(out, web.FactView{Label: w.Kind() + "申请", Text: dayText(w.AppliedOn, today) + "，等审批"})
	}
	if s, err := accrued(c, statutory, plans, ps, today, pendingOn(nil)); err == nil && s.Amount > 0 {
		text := fmt.Sprintf("%s 元 · %d 日", s.Amount.Grouped(), s.Days)
		if s.Capped {
			text = s.Amount.Grouped() + " 元，到顶"
		}
		out = append(out, web.FactView{Label: "加处罚款，没有扣除复议诉讼期间", Text: text})
	}
	return out
}

func partText(x PartStanding, today law.Date) string {
	switch {
	case x.Open() == 0:
		return x.Amount.Grouped() + " 元，" + dayText(x.PaidOn, today) + "缴清"
	case x.Due.Before(today):
		return "逾期，欠 " + x.Open().Grouped() + " 元"
	case x.Paid > 0:
		return x.Amount.Grouped() + " 元，已缴 " + x.Paid.Grouped() + " 元"
	}
	return x.Amount.Grouped() + " 元，未到期"
}

// presumePlan states of the application that waits what its approval will state.
func presumePlan(tx *store.Tx, by access.Session, c *Case, f *law.Facts) error {
	plans, err := plansOf(tx, c.ID)
	if err != nil {
		return err
	}
	f.SetBool(law.PartyApplied, true, "form")
	f.SetBool(law.EconomicHardship, true, "form")
	if p := pending(plans[c.ID]); p != nil {
		f.SetBool(law.EconomicHardship, bool(p.Hardship), fmt.Sprintf("payment_plan/%d", p.ID))
	}
	f.SetBool(law.AgencyApproved, headsBureau(by), "form")
	return nil
}

// planSide reports whether a side act about paying later is to be offered.
func (v *caseView) planSide(key string) bool {
	switch key {
	case "apply_terms":
		return v.outstandingNow() > 0 && pending(v.Plans) == nil
	case "approve_terms", "refuse_terms":
		return pending(v.Plans) != nil
	case "end_terms":
		return active(v.Plans) != nil
	}
	return true
}

func (v *caseView) planBody() templ.Component {
	f := v.frame("apply_terms", "plan", "登记延期、分期缴纳申请", "登记申请，报负责人审批")
	f.Explain, f.Cite, f.Multipart = "当事人确有经济困难，需要延期或者分期缴纳罚款的，经当事人申请和行政机关批准，可以暂缓或者分期缴纳。", law.Citations{xzcf(66, 2)}, true
	f.Facts = v.moneyFacts()
	rest := v.outstandingNow()
	switch {
	case f.Locked != "" || f.Over:
	case rest <= 0:
		f.Locked = "罚款已经缴清。"
	case pending(v.Plans) != nil:
		f.Locked = "已经有一份申请等审批。"
	case active(v.Plans) != nil:
		f.Notes = append(f.Notes, pages.NoteView{Title: "变更计划：", Text: "批准以后，新的计划代替正在执行的计划。"})
	}
	return pages.Plan(pages.PlanView{StepForm: f, Amount: rest.Grouped(), From: v.Case.DecidedOn.String(), Today: v.today.String(), Rows: planRows})
}

// waiting fills in the application that a decision is about.
func (v *caseView) waiting(f *pages.StepForm) {
	p := pending(v.Plans)
	if p == nil {
		f.Locked, f.Lacks = "没有等审批的延期、分期申请。", nil
		return
	}
	hardship := "材料不能证明"
	if bool(p.Hardship) {
		hardship = "承办人认为材料能够证明"
	}
	f.Facts = []web.FactView{
		{Label: "申请", Text: joinDot(p.Kind(), p.AppliedOn.Han())},
		{Label: "理由", Text: p.Reason},
		{Label: "经济困难", Text: hardship},
		{Label: "计划", Text: p.Text()},
		{Label: "材料", Body: web.A("看申请书和证明", fmt.Sprintf("%s/plans/%d", v.Case.URL(), p.ID))},
	}
	if v.by.Person() == v.Case.Lead || v.by.Person() == v.Case.Assist {
		f.Locked = "本案的承办人不能审批，请报负责人。"
	}
}

func (v *caseView) approvePlanBody() templ.Component {
	f := v.frame("approve_terms", "plan-approval", "同意延期、分期缴纳", "同意，出具通知书")
	f.Explain, f.Cite = "批准以后按计划缴纳，批准的期限内不加处罚款；逾期的那一期从次日起加处。", law.Citations{xzcf(66, 2), xzcf(72, 1, 1)}
	v.waiting(&f)
	return pages.Reason(pages.WhyView{StepForm: f, Label: "批准的意见", Optional: true})
}

func (v *caseView) refusePlanBody() templ.Component {
	f := v.frame("refuse_terms", "plan-refusal", "不同意延期、分期缴纳", "不同意，出具通知书")
	f.Explain, f.Cite = "理由写进通知书，交当事人。", law.Citations{xzcf(66, 2)}
	v.waiting(&f)
	return pages.Reason(pages.WhyView{StepForm: f, Label: "不同意的理由"})
}

func (v *caseView) endPlanBody() templ.Component {
	f := v.frame("end_terms", "plan-end", "取消延期、分期缴纳", "取消")
	f.Class = "danger"
	f.Explain, f.Cite = "取消以后，没有缴的部分当日到期，从次日起加处罚款。要改计划的，由当事人重新申请。", law.Citations{xzcf(66, 2)}
	f.Facts = v.moneyFacts()
	if active(v.Plans) == nil {
		f.Locked = "没有在执行的延期、分期。"
	}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "取消的原因"})
}

func (s *Service) postPlan(q posted) (web.Flash, error) {
	f := q.form
	in := PlanInput{AppliedOn: f.RequiredDate("applied_on", "申请日期"), Reason: f.RequiredLong("reason", "申请的理由", 1000), Hardship: f.Bool("hardship")}
	for i := 1; i <= planRows; i++ {
		due, amount := fmt.Sprintf("due%d", i), fmt.Sprintf("amount%d", i)
		if f.Has(due) || f.Has(amount) {
			in.Parts = append(in.Parts, Part{Due: f.RequiredDate(due, "日期"), Amount: f.RequiredMoney(amount, "数额")})
		}
	}
	proof := uploaded(f, "proof", "申请书")
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记申请，等负责人审批"}, s.ApplyPlan(q.Context(), q.by, q.id, q.version, in, proof)
}

func (s *Service) postPlanDecision(approve bool) func(posted) (web.Flash, error) {
	done := "已记录不同意，通知书已出具"
	if approve {
		done = "已同意，通知书已出具"
	}
	return func(q posted) (web.Flash, error) {
		why := q.form.Long("why", 500)
		if err := q.form.Err(); err != nil {
			return web.Flash{}, err
		}
		id, err := s.DecidePlan(q.Context(), q.by, q.id, q.version, approve, why)
		return paperFlash(done, id), err
	}
}

func (s *Service) postPlanEnd(q posted) (web.Flash, error) {
	why := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已取消，没有缴的部分今天到期"}, s.EndPlan(q.Context(), q.by, q.id, q.version, why)
}

// serveProof answers with the picture of an application.
func (s *Service) serveProof(w http.ResponseWriter, r *http.Request, by access.Session) error {
	id, err := pathCase(r)
	if err != nil {
		return err
	}
	plan, err := store.ParseID(r.PathValue("plan"))
	if err != nil {
		return fault.Missing("这份申请")
	}
	p, body, err := s.OpenProof(r.Context(), by, id, plan)
	if err != nil {
		return err
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("casework: read proof of plan %d: %w", plan, err)
	}
	web.Picture(w, r, p.ProofType, store.FromMicros(p.RegisteredAt), data)
	return nil
}
