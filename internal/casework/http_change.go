package casework

import (
	"time"

	"github.com/a-h/templ"

	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/web"
)

// changeInput reads the form that changes a delivered decision. How it is paid stays as decided.
func (s *Service) changeInput(q posted) (ChangeInput, error) {
	f := q.form
	in := ChangeInput{PenaltyInput: penaltyInput(f), Faults: f.Choices("faults", faultOrder...), Why: f.Long("why", 500), NotWorse: f.Bool("not_worse")}
	in.Clear = true // 处罚法四十: whoever changes the decision holds its facts for established
	if f.Bool("calculate") || f.Bool("search") {
		return in, tryOut{}
	}
	if !f.Has("corrected") {
		f.Add("corrected", "请选择是否已经改正")
	}
	if err := f.Err(); err != nil {
		return in, err
	}
	file, err := s.View(q.Context(), q.by, q.id)
	if err == nil && in.Fine {
		in.PayBy = orWord(file.Case.PayBy, PayCode)
	}
	return in, err
}

func (s *Service) postChange(q posted) (web.Flash, error) {
	in, err := s.changeInput(q)
	if err != nil {
		return web.Flash{}, err
	}
	id, err := s.Change(q.Context(), q.by, q.id, q.version, in)
	return paperFlash("已变更决定，变更决定书要用印、送达", id), err
}

func (s *Service) postVoidChange(q posted) (web.Flash, error) {
	why := q.form.Long("why", 500)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "变更决定书已作废，编号保留不再用；处罚决定回到变更以前"}, s.VoidChange(q.Context(), q.by, q.id, q.version, why)
}

func (s *Service) postChangeNotice(q posted) (web.Flash, error) {
	in, err := s.changeInput(q)
	if err != nil {
		return web.Flash{}, err
	}
	id, err := s.NotifyChange(q.Context(), q.by, q.id, q.version, in)
	return paperFlash("已出具告知书，送达后听取陈述申辩", id), err
}

func (s *Service) postHearAgain(q posted) (web.Flash, error) {
	f := q.form
	in := HearInput{At: f.RequiredTime("at", "陈述申辩的时间"), Text: f.Long("text", 2000), Review: f.Long("review", 1000)}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已记录陈述申辩"}, s.HearAgain(q.Context(), q.by, q.id, q.version, in)
}

func (s *Service) postWithdrawal(q posted) (web.Flash, error) {
	f := q.form
	in := WithdrawalInput{Published: f.RequiredChoice("published", "公开过没有", "1", "0") == "1", On: f.Date("on", "撤回日期"), Place: f.Text("place", 200), Note: f.Long("note", 300)}
	if err := f.Err(); err != nil {
		return web.Flash{}, err
	}
	return web.Flash{Text: "已登记"}, s.WithdrawPublication(q.Context(), q.by, q.id, q.version, in)
}

func (v *caseView) changeBody() templ.Component {
	f := v.frame("change", "change", "变更决定", "变更，出具变更决定书")
	f.Class = "danger"
	f.Explain = "决定书交付以后发现确有错误、不必全部撤销的，由负责人变更。原编号不动，变更决定书另取号；已公开的三个工作日内撤回，多缴的罚款退还。"
	f.Cite = law.Citations{xzcf(75, 2), xzcf(48, 2), xzqz(41)}
	return v.changeForm(f, true)
}

func (v *caseView) voidChangeBody() templ.Component {
	f := v.frame("void_change", "change-void", "作废变更决定书", "作废，回到变更以前")
	f.Class = "danger"
	f.Explain = "只在变更决定书送达以前。编号保留、不再使用；处罚决定照变更以前的执行，可以重新变更。因这次变更已经撤回的公开信息，照原决定重新公开。"
	f.Cite = law.Citations{xzcf(75, 2), xzcf(61, 1)}
	if p := v.unservedChange(); p != nil {
		f.Facts = []web.FactView{{Label: p.Kind.Label(), Text: p.DocNo, Href: p.ID.URL()}, {Label: "现在的处罚", Text: v.Case.Penalty.text()}}
	}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "作废的原因"})
}

// unservedChange is the newest change of the decision when its paper has not reached the party, or nil.
func (v *caseView) unservedChange() *Paper {
	if p := newestChange(v.Papers); p != nil && p.State == PaperIssued {
		return p
	}
	return nil
}

func (v *caseView) changeNoticeBody() templ.Component {
	f := v.frame("change_notice", "change-notice", "拟变更决定，出具告知书", "出具告知书")
	f.Explain = "变更以后事实、依据、种类或者数额对当事人更不利的，先照变更后的内容告知，听取陈述申辩，再报负责人变更。这里不改动案件。"
	f.Cite = law.Citations{xzcf(44), xzcf(45, 1), xzcf(62)}
	return v.changeForm(f, false)
}

func (v *caseView) changeForm(f pages.StepForm, decides bool) templ.Component {
	c := v.Case
	if f.Locked != "" || f.Over || v.Decision == nil {
		f.Facts = v.penaltyRecord()
		return pages.Record(f)
	}
	f.Facts = append([]web.FactView{{Label: "决定书", Text: v.Decision.DocNo, Href: v.Decision.ID.URL()}, {Label: "现在的处罚", Text: c.Penalty.text()}}, v.moneyFacts()...)
	found := law.DateOf(c.Found())
	return pages.Change(pages.ChangeView{
		PenaltyView: pages.PenaltyView{
			StepForm: f, Base: c.URL(), Values: v.penaltyValues(found), FoundOn: found.String(), Powers: v.causes, Harms: options(harmOrder, harmLabels), Calc: v.calc, MetricTip: v.metricTip(),
		},
		Faults: options(faultOrder, faultLabels), Decides: decides,
	})
}

func (v *caseView) hearAgainBody() templ.Component {
	f := v.frame("hear_again", "hear-again", "记录变更前的陈述申辩", "记录")
	f.Explain, f.Cite = "告知书送达以后，当事人五个工作日内可以陈述申辩；必须听取、复核，不得因此加重处罚。", law.Citations{xzcf(45), law.Cite("MOHURD55", 22)}
	return pages.HearAgain(pages.HearView{StepForm: f, Now: timeInput(v.now.Truncate(time.Minute))})
}

func (v *caseView) withdrawalBody() templ.Component {
	f := v.frame("withdraw_publication", "withdrawal", "撤回公开信息", "登记")
	f.Explain, f.Cite = "公开过的处罚决定被变更、撤销的，三个工作日内撤回公开的信息并说明理由；推送过的平台一并撤回。", law.Citations{xzcf(48, 2)}
	if v.withdrawal == nil && f.Locked == "" && !f.Over {
		f.Locked = "没有要撤回的公开信息。"
	} else if v.withdrawal != nil {
		f.Facts = []web.FactView{{Label: "期限", Body: web.Due(web.DueOf(v.withdrawal.Due, v.today, true, v.s.Calendar))}}
	}
	return pages.Withdrawal(pages.WithdrawalView{StepForm: f, Today: v.today.String()})
}

// changed reports whether the decision was changed by a paper that stands.
func (v *caseView) changed() bool {
	for _, p := range v.Papers {
		if p.Kind == ChangeDecision && p.State != PaperVoid {
			return true
		}
	}
	return false
}

// overpaid is what of the fine is to be given back.
func (v *caseView) overpaid() law.Money { return v.Case.overpaid(v.Case.Amount - v.outstandingNow()) }
