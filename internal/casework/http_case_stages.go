package casework

import (
	"fmt"
	"slices"
	"strings"

	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// stage is one step of the list at the left of a case's page. key is the step's form, act the act of
// OnSpot behind it.
type stage struct {
	key, act string
	view     web.StepView
}

// shortStep is what the steps on the street are called in the list and on buttons.
var shortStep = map[StepKind]string{
	StepShowID: "出示证件", StepTell: "告知权利", StepHear: "听取陈述申辩", StepReview: "复核申辩", StepCorrect: "责令改正",
	StepRecheck: "复查改正", StepMeasure: "现场测量", StepFootage: "关联音像", StepEducate: "批评教育", StepRecusal: "回避",
}

// stageList is the procedure of this case: what is done, when and by whom; what is in hand; what is barred
// and by which article. States come from the table of the procedure, ticks from the records.
func (v *caseView) stageList() []stage {
	if v.Case.ordinary() {
		return v.ordinaryStages()
	}
	all := append(v.folded(v.sceneStages()), v.paperStages()...)
	now := false
	for i := range all {
		st := &all[i]
		if st.view.State == web.StepDone || st.view.State == web.StepNA {
			continue
		}
		ch := v.choice(st.act)
		switch {
		case v.Case.ended():
			st.view.State, st.view.Href = web.StepNA, ""
		case ch == nil:
			st.view.State = web.StepTodo
		case len(ch.Lacks) > 0:
			st.view.State = web.StepLock
			st.view.Small = fmt.Sprintf("还缺 %d 项", len(ch.Lacks))
			st.view.Cites = ch.Lacks[0].Cite[:min(1, len(ch.Lacks[0].Cite))]
		default:
			st.view.State = web.StepTodo
		}
		if !now && st.view.State != web.StepNA && (ch != nil || st.key == "issuing") {
			now = true
			st.view.State = web.StepNow
		}
	}
	return all
}

// folded makes one step of those done on the street, once the decision is made: the list then fits a
// small screen, and the step shows them all.
func (v *caseView) folded(all []stage) []stage {
	if v.Case.DecidedOn.IsZero() && !v.Case.ended() {
		return all
	}
	var out []stage
	n := 0
	for _, st := range all {
		if st.act != "step" {
			out = append(out, st)
		} else if st.view.State == web.StepDone {
			n++
		}
	}
	if n == 0 {
		return out
	}
	street := v.put(string(StepHear), "step", "现场步骤", true, count(n, "项"))
	at := len(out)
	if v.Case.State == Declined {
		at-- // before the end of the matter
	}
	return slices.Insert(out, at, street)
}

// put makes a stage; done with what stands below it, or open.
func (v *caseView) put(key, act, label string, done bool, small string) stage {
	st := stage{key, act, web.StepView{Label: label, Href: v.href(key), Small: small, State: web.StepTodo}}
	if done {
		st.view.State = web.StepDone
	}
	return st
}

// sceneStages are the steps until the decision.
func (v *caseView) sceneStages() []stage {
	c := v.Case
	all := []stage{
		v.put("lead", "amend_lead", "线索", true, clock(c.Found(), v.today)+" "+sourceLabels[c.Source]),
		v.put("officers", "start", "执法人员", c.Lead != 0, v.officerNames()),
		v.sceneStage(StepShowID),
		v.put("party", "party", "当事人", c.PartyKind != "", v.partySmall()),
		v.put("photo", "photo", "现场照片", len(v.Photos) > 0, count(len(v.Photos), "张")),
	}
	if v.measured() || v.lastStep(StepMeasure) != nil {
		all = append(all, v.sceneStage(StepMeasure))
	}
	all = append(all, v.sceneStage(StepFootage), v.put("propose", "propose", "拟定处罚", c.Kinds != "" && c.Exemption != "", v.penaltySmall()),
		v.sceneStage(StepTell), v.sceneStage(StepHear))
	if st := v.lastStep(StepHear); st != nil && st.Text != NothingSaid {
		all = append(all, v.sceneStage(StepReview))
	}
	correct := v.sceneStage(StepCorrect)
	if st := v.lastStep(StepCorrect); st != nil {
		correct.view.Small = "已当场改正"
		if st.Detail != CorrectedNow {
			correct.view.Small = dayText(st.Due, v.today) + "前改正"
		}
	}
	all = append(all, correct)
	if c.State == Declined {
		all = append(all, v.put("decline", "decline", "不予立案", true, endingLabels[c.Ending]))
	}
	return all
}

func (v *caseView) sceneStage(k StepKind) stage {
	st := v.lastStep(k)
	out := v.put(string(k), "step", shortStep[k], st != nil, "")
	if st != nil && st.Late() {
		out.view.Small = "补录"
	}
	return out
}

// measured reports whether the benchmark of the chosen power asks for a measurement.
func (v *caseView) measured() bool {
	return v.Assessment != nil && v.Assessment.HasBenchmark && v.Assessment.Benchmark.Measured()
}

func (v *caseView) partySmall() string {
	c := v.Case
	switch {
	case c.PartyKind == "":
		return ""
	case !c.IdentityEstablished():
		return joinDot(c.PartyName, "身份没有查清")
	}
	return joinDot(c.PartyName, c.PartyKind.Label())
}

func (v *caseView) penaltySmall() string {
	c := v.Case
	switch {
	case c.ordinary() && c.Spares():
		return "不予处罚"
	case c.Kinds == "":
		return ""
	}
	out := strings.ReplaceAll(c.Kinds, ";", "、")
	if c.Amount > 0 {
		out += " " + c.Amount.Grouped() + " 元"
	}
	return out
}

// paperStages are the steps from the decision on.
func (v *caseView) paperStages() []stage {
	c, p := v.Case, v.Decision
	decided := p != nil && c.State != Issuing
	key := "decide"
	if c.State == Issuing {
		key = "issuing"
	}
	small := ""
	if p != nil {
		small = p.DocNo
	}
	all := []stage{v.put(key, "decide", "作出决定", decided, small)}
	delivered := c.DeliveredAt != 0
	all = append(all, v.put("sign", "sign", "签名", decided && v.signed() == 3 || delivered, v.signSmall()))
	if decided && !v.presealed() {
		small := ""
		if p.SealedAt != 0 {
			small = clock(store.FromMicros(p.SealedAt), v.today)
		}
		all = append(all, v.put("seal", "sign", "用印", p.SealedAt != 0, small))
	}
	small = ""
	if delivered {
		small = clock(c.Delivered(), v.today)
	}
	all = append(all, v.put("deliver", "deliver", "交付", delivered, small))
	if v.recheckDue() || v.lastStep(StepRecheck) != nil {
		re := v.sceneStage(StepRecheck)
		re.act = "recheck"
		if st := v.lastStep(StepCorrect); v.recheckDue() {
			re.view.State, re.view.Due = web.StepTodo, web.DueOf(st.Due, v.today, false, v.s.Calendar)
		}
		all = append(all, re)
	}
	return append(all, v.endStages()...)
}

// endStages are paying, filing and closing.
func (v *caseView) endStages() []stage {
	c := v.Case
	delivered := c.DeliveredAt != 0
	pay := v.put("pay", "pay", "缴纳罚款", delivered && c.Amount > 0 && v.outstandingNow() <= 0, "")
	if pay.view.State == web.StepDone {
		pay.view.Small = c.Amount.Grouped() + " 元，" + payLabels[c.PayBy]
	}
	if c.DecidedOn != (law.Date{}) && c.Amount == 0 {
		pay.view.State, pay.view.Small, pay.view.Href = web.StepNA, "只有警告", ""
	}
	if c.PayBy == PayCash && v.possible("collect") {
		pay.key, pay.act, pay.view.Href = "collect", "collect", v.href("collect")
	}
	all := []stage{pay}
	for _, p := range v.Payments {
		if p.Channel != PayCash || p.Kind != "fine" {
			continue
		}
		hand := v.put("hand_in", "hand_in", "上交罚款", !p.HandedInOn.IsZero(), "")
		if !p.HandedInOn.IsZero() {
			hand.view.Small = dayText(p.HandedInOn, v.today)
		}
		bank := v.put("deposit", "deposit", "缴付银行", !p.DepositedOn.IsZero(), "")
		if !p.DepositedOn.IsZero() {
			bank.view.Small = dayText(p.DepositedOn, v.today)
		}
		all = append(all, hand, bank)
	}
	file := v.put("file", "file", "备案", c.FiledAt != 0, "")
	if c.FiledAt != 0 {
		file.view.Small = clock(store.FromMicros(c.FiledAt), v.today)
	}
	end := v.put("close", "close", "结案", c.State == Closed, "")
	if c.ClosedAt != 0 && c.State == Closed {
		end.view.Small = clock(store.FromMicros(c.ClosedAt), v.today)
	}
	all = append(all, file, end)
	for i := range all {
		v.running(&all[i])
	}
	return all
}

// clockOf names the term that a stage has to keep.
var clockOf = map[string]string{"file": termFile, "pay": termPay, "collect": termPay, "hand_in": termHandIn, "deposit": termDeposit}

// running shows the term of an open stage.
func (v *caseView) running(st *stage) {
	if st.view.State == web.StepDone || st.view.State == web.StepNA {
		return
	}
	for _, k := range v.Clocks {
		if v.runs(k) && (k.Term == clockOf[st.key] || st.key == "pay" && k.Term == clockPayParts) {
			st.view.Due = v.due(k)
		}
	}
}

// signed counts the signatures of the decision.
func (v *caseView) signed() int { return len(v.Signatures) }

func (v *caseView) signSmall() string {
	if v.Decision == nil || v.Case.State == Issuing {
		return ""
	}
	return fmt.Sprintf("%d / 3", v.signed())
}

// presealed reports whether the decision's form was sealed before it was given out.
func (v *caseView) presealed() bool {
	return v.Decision != nil && v.Decision.SealedAt == v.Decision.CreatedAt
}

// stage finds a stage by its key.
func (v *caseView) stage(key string) (stage, bool) {
	for _, st := range v.stages {
		if st.key == key {
			return st, true
		}
	}
	return stage{}, false
}

// first is the step that the page opens with: the first open one that this person may do, else the one
// in hand, else how the case ended.
func (v *caseView) first() string {
	if v.Case.ordinary() {
		return v.firstOrdinary()
	}
	now := ""
	for _, st := range v.stages {
		open := st.view.State == web.StepNow || st.view.State == web.StepTodo || st.view.State == web.StepLock
		if st.view.State == web.StepNow {
			now = st.key
		}
		if open && v.mayDo(st) {
			return st.key
		}
	}
	switch {
	case now != "":
		return now
	case v.Case.State == Declined:
		return "decline"
	}
	return "decide"
}

func count(n int, unit string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", n, unit)
}
