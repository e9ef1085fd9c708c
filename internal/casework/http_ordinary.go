package casework

import (
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

type ordinaryPart struct {
	key, label string
	states     []State
}

// ordinaryParts are the parts of the ordinary procedure as its page lists them, each with its states.
var ordinaryParts = []ordinaryPart{
	{"part-lead", "线索", from(Lead, Ordinary)},
	{"part-check", "核查", from(Checking)},
	{"part-filing", "立案", from(FilingAsked)},
	{"part-inquiry", "调查取证", from(Investigating, Concluding)},
	{"part-notice", "告知、听取意见", from(Concluded, Noticing, Notified, Answered)},
	{"part-review", "法制审核", from(Reviewing, Agreed)},
	{"part-decision", "作出决定", from(Discussing, DecisionAsked, Issuing)},
	{"part-service", "送达", from(Issued)},
	{"part-performance", "履行", from(Delivered, Demanded, Enforcing)},
	{"part-closing", "结案", from(EndingAsked)},
}

// ordinaryStage is the place of a part by its key, or -1.
func ordinaryStage(key string) int {
	for i, p := range ordinaryParts {
		if p.key == key {
			return i
		}
	}
	return -1
}

// partOf is the part in which a state lies; a side state lies where it was entered from, an ended case behind
// the last part that it reached.
func (v *caseView) partOf(s State) int {
	for i, p := range ordinaryParts {
		if slices.Contains(p.states, s) {
			return i
		}
	}
	if v.Case.Back != "" && s != v.Case.Back {
		return v.partOf(v.Case.Back)
	}
	last := 0
	for _, a := range v.acts {
		if act, ok := OrdinaryLine.Act(a.Act); ok && len(act.From) == 1 { // one that leaves a side state lies in no part
			last = max(last, slices.IndexFunc(ordinaryParts, func(p ordinaryPart) bool { return slices.Contains(p.states, act.From[0]) }))
		}
	}
	return last
}

// ordinaryStages are the parts of the procedure: done, in hand, ahead.
func (v *caseView) ordinaryStages() []stage {
	now, ended := v.partOf(v.Case.State), v.Case.ended()
	out := make([]stage, len(ordinaryParts))
	for i, p := range ordinaryParts {
		st := v.put(p.key, "", p.label, i < now || ended && i == now, "")
		if last := v.lastIn(i); last != nil && i <= now {
			st.view.Small = dayText(last.On, v.today)
		}
		switch {
		case i == now && !ended:
			st.view.State, st.view.Small = web.StepNow, v.Case.StateLabel()
		case i > now && ended:
			st.view.State, st.view.Href = web.StepNA, ""
		case i > now:
			st.view.Href = ""
		}
		out[i] = st
	}
	return out
}

// actsIn are the acts of a part that were done.
func (v *caseView) actsIn(part int) []CaseAct {
	var out []CaseAct
	for _, a := range v.acts {
		act, ok := OrdinaryLine.Act(a.Act)
		if ok && slices.ContainsFunc(act.From, func(s State) bool { return slices.Contains(ordinaryParts[part].states, s) }) && v.partOf(act.From[0]) == part {
			out = append(out, a)
		}
	}
	return out
}

func (v *caseView) lastIn(part int) *CaseAct {
	if all := v.actsIn(part); len(all) > 0 {
		return &all[len(all)-1]
	}
	return nil
}

// firstOrdinary is the step that an ordinary case opens with: the first act that leads on and that this person
// may do now, else any that they may do, else the part in hand.
func (v *caseView) firstOrdinary() string {
	free := func(ch Choice) bool {
		_, form := v.s.formFor(v.Case, ch.Act)
		return form && ch.Allowed && ch.Of == "" && len(ch.Lacks) == 0
	}
	for _, leaves := range []bool{true, false} {
		for _, ch := range v.Choices {
			if a, _ := OrdinaryLine.Act(ch.Act); free(ch) && (a.To != "" || a.Back) == leaves {
				return ch.Act
			}
		}
	}
	return ordinaryParts[v.partOf(v.Case.State)].key
}

// stageBody shows what was done in a part of the procedure, and what waits for whom.
func (v *caseView) stageBody() templ.Component {
	i := max(ordinaryStage(v.step), 0)
	f := pages.StepForm{Title: ordinaryParts[i].label, Over: true}
	for _, a := range v.actsIn(i) {
		act, _ := findAct(a.Act)
		f.Facts = append(f.Facts, web.FactView{Label: act.Name, Text: joinDot(dayText(a.On, v.today), v.names[a.Person], a.Note)})
	}
	if i == v.partOf(v.Case.State) && !v.Case.ended() {
		for _, ch := range v.Choices {
			a, _ := findAct(ch.Act)
			if !ch.Allowed && a.Leaves && ch.Of == "" {
				f.Notes = append(f.Notes, pages.NoteView{Title: ch.Name + "：", Text: fmt.Sprintf("由有“%s”权限的人办理。", permissionLabel(a.By))})
			}
		}
	}
	if len(f.Facts) == 0 && len(f.Notes) == 0 {
		f.Explain = "还没有办理。"
	}
	return pages.Record(f)
}

// deskMend leads from a finding to the form of a desk that mends it, where that is possible now.
func (v *caseView) deskMend(f law.Finding) web.Link {
	for _, d := range v.s.desks {
		if act, ok := d.Mends[f.Rule]; ok && act != v.step && v.choice(act) != nil {
			a, _ := findAct(act)
			return web.Link{Label: a.Name, Href: v.href(act)}
		}
	}
	return web.Link{}
}

// deskActs are the acts of desks that this person can try now, of the case and of the rows beside its line.
func (v *caseView) deskActs() []pages.OtherAct {
	var out []pages.OtherAct
	for _, ch := range v.Choices {
		f, ok := v.s.formFor(v.Case, ch.Act)
		if kernel := v.Case.ordinary() && (ch.Act == "party" || ch.Act == "propose"); !ok && !kernel || !ch.Allowed {
			continue
		}
		a := pages.OtherAct{Label: ch.Name, Href: v.href(ch.Act), Small: f.When, Current: ch.Act == v.step && ch.Of == v.of}
		if ch.Of != "" {
			a.Label, a.Href = ch.Name+"："+ch.About, a.Href+"&of="+ch.Of
		}
		if n := len(ch.Lacks); n > 0 {
			a.Small = joinDot(a.Small, fmt.Sprintf("还缺 %d 项", n))
		}
		out = append(out, a)
	}
	return out
}

func (v *caseView) loadDeskNotices(tx *store.Tx) error {
	if !v.Case.ordinary() {
		return nil
	}
	for _, d := range v.s.desks {
		if d.Notices == nil {
			continue
		}
		more, err := d.Notices(tx, v.Case)
		if err != nil {
			return err
		}
		v.deskNotices = append(v.deskNotices, more...)
	}
	return nil
}
