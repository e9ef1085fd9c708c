package casework

import (
	"fmt"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// sceneExplain says what each step on the street is for, with its basis.
var sceneExplain = map[StepKind]struct {
	text string
	cite law.Citations
}{
	StepShowID:  {"作出决定前，先向当事人出示执法证件。", law.Citations{xzcf(52, 1)}},
	StepTell:    {"告知拟处罚内容、事实、理由、依据，以及陈述、申辩的权利。没有告知的，不得处罚。", law.Citations{xzcf(44), xzcf(62)}},
	StepHear:    {"充分听取当事人的意见，按原话记录。", law.Citations{xzcf(45, 1)}},
	StepReview:  {"对当事人提出的事实、理由和证据复核；成立的要采纳。", law.Citations{xzcf(45)}},
	StepCorrect: {"处罚的同时责令改正：当场改正，或者限期改正、到期复查。", law.Citations{xzcf(28, 1)}},
	StepRecheck: {"限期改正的，到期复查并记录结果。", law.Citations{xzcf(28, 1)}},
	StepMeasure: {"裁量阶次要看数量的，现场测量并记录。", law.Citations{xzcf(40)}},
	StepFootage: {"关联执法记录仪的音像；没有的，写明原因。", law.Citations{xzcf(47)}},
	StepEducate: {"批评教育；改为不予处罚的，由当事人签承诺书。", law.Citations{xzcf(33, 3)}},
	StepRecusal: {"当事人申请回避的，由负责人决定；决定前不停止调查。", law.Citations{xzcf(43)}},
}

func (v *caseView) sceneBody() templ.Component {
	k := StepKind(v.step)
	act := "step"
	if k == StepRecheck {
		act = "recheck"
	}
	f := v.frame(act, "steps/"+string(k), k.Label(), "记录："+shortStep[k])
	f.Explain, f.Cite = sceneExplain[k].text, sceneExplain[k].cite
	if st := v.lastStep(k); st != nil {
		f.Facts = []web.FactView{{Label: "已记录", Text: joinDot(clock(st.Done(), v.today), v.names[st.Person], stepText(*st, v.today))}}
		f.Class, f.Submit = " ", "再记一次"
	}
	out := pages.SceneView{StepForm: f, Kind: string(k), Now: timeInput(v.now), Today: v.today.String(), Done: v.stepRows(), Kinds: v.sceneTabs(), Unit: v.metricUnit()}
	for _, o := range v.Officers {
		out.Officers = append(out.Officers, web.Option{Value: o.Person.String(), Label: o.Name})
	}
	if k == StepTell && f.Locked == "" && !f.Over {
		out.Tell = v.tell()
		if len(out.Tell) > 0 {
			out.Values = map[string]string{"text": tellText(out.Tell)}
		}
	}
	return pages.Scene(out)
}

// sceneTabs lead from one kind of step to another while the case is on the street.
func (v *caseView) sceneTabs() []web.TabView {
	if v.Case.State != OnSite {
		return nil
	}
	var out []web.TabView
	for _, k := range sceneOrder {
		label := shortStep[k]
		if v.lastStep(k) != nil {
			label = "✓ " + label
		}
		out = append(out, web.TabView{Label: label, Href: v.href(string(k)), Current: string(k) == v.step, NoCount: true})
	}
	return out
}

// tell is what the party must hear before a penalty, from the proposal.
func (v *caseView) tell() []web.FactView {
	c := v.Case
	if c.Kinds == "" {
		return []web.FactView{{Label: "还没有拟定处罚", Text: "先拟定处罚，再照着告知", Href: v.href("propose")}}
	}
	out := []web.FactView{{Label: "事实", Text: c.FactText}}
	if a := v.Assessment; a != nil {
		out = append(out, web.FactView{Label: "违反", Text: a.Item.Violated.Han()}, web.FactView{Label: "依据", Text: a.Item.Penalty.Han()})
	}
	if c.TierWhy != "" {
		out = append(out, web.FactView{Label: "理由", Text: joinSpace("裁量阶次为"+c.Tier, c.TierWhy)})
	}
	return append(out, web.FactView{Label: "拟处罚", Text: v.penaltySmall()}, web.FactView{Label: "权利", Text: "您有权陈述和申辩，我们要充分听取，不会因此加重处罚"})
}

// tellText is the record of what was told, for the officers to correct.
func tellText(facts []web.FactView) string {
	var b strings.Builder
	b.WriteString("已当面告知")
	for _, f := range facts {
		if f.Href != "" {
			return ""
		}
		if f.Label == "拟处罚" {
			b.WriteString("拟处" + f.Text + "的事实、理由、依据")
		}
	}
	b.WriteString("和陈述、申辩的权利")
	return b.String()
}

func (v *caseView) metricUnit() string {
	if v.measured() {
		for _, t := range v.Assessment.Benchmark.Tiers {
			if t.MetricSet {
				return t.MetricUnit
			}
		}
	}
	return v.Case.MetricUnit
}

// stepRows are all steps, the newest first, withdrawn ones too.
func (v *caseView) stepRows() []pages.StepRow {
	var out []pages.StepRow
	for i := len(v.File.Steps) - 1; i >= 0; i-- {
		st := v.File.Steps[i]
		row := pages.StepRow{Kind: st.Kind.Label(), Text: stepText(st, v.today), Time: clock(st.Done(), v.today), Who: v.names[st.Person], Late: st.Late(), Gone: bool(st.Withdrawn)}
		if st.Late() {
			row.Time += "（" + clock(store.FromMicros(st.RecordedAt), v.today) + "录入）"
		}
		if v.possible("withdraw_step") && !row.Gone {
			row.Withdraw = fmt.Sprintf("%s&item=%d", v.href("withdraw"), st.ID)
		}
		out = append(out, row)
	}
	return out
}

// stepText says what a step recorded, in words.
func stepText(st Step, today law.Date) string {
	detail := st.Detail
	switch {
	case st.Kind == StepCorrect && detail == CorrectedNow:
		detail = "已当场改正"
	case st.Kind == StepCorrect:
		detail = dayText(st.Due, today) + "前改正"
	case st.Kind == StepRecheck && detail == CorrectedNow:
		detail = "已改正"
	case st.Kind == StepRecheck:
		detail = "没有改正"
	case st.Kind == StepEducate && detail == "signed":
		detail = "已签承诺书"
	case st.Kind == StepRecusal && detail == "withdrawn":
		detail = "决定回避"
	case st.Kind == StepRecusal:
		detail = "决定不回避"
	}
	return joinDot(detail, st.Text)
}

func (v *caseView) withdrawBody() templ.Component {
	f := v.frame("withdraw_step", fmt.Sprintf("steps/%d/withdraw", v.item), "更正现场步骤", "更正，原记录作废")
	f.Explain = "写错的步骤不删除：原记录、原因、更正人都留在案卷里，但不再算数。更正后再照实记一次。"
	found := false
	for _, st := range v.File.Steps {
		if st.ID == v.item && !bool(st.Withdrawn) {
			found = true
			f.Facts = []web.FactView{{Label: st.Kind.Label(), Text: joinDot(clock(st.Done(), v.today), stepText(st, v.today))}}
		}
	}
	if !found {
		f.Locked = "没有找到要更正的步骤，可能已经更正过。"
	}
	return pages.Reason(pages.WhyView{StepForm: f, Label: "更正的原因"})
}

func (v *caseView) photoBody() templ.Component {
	f := v.frame("photo", "photos", "现场照片", "添加照片")
	f.Explain, f.Cite = "每件当场处罚至少一张带时间、地点的现场照片。", law.Citations{xzcf(40), xzcf(47)}
	f.Multipart = true
	if len(v.Photos) > 0 {
		f.Class = " "
	}
	return pages.Photo(pages.PhotoFormView{StepForm: f, Now: timeInput(v.now), Place: v.Case.Place, Photos: v.photoViews()})
}
