package casework

import (
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/flow"
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
	for _, a := range v.Acts {
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
			if st.view.Small == p.label {
				st.view.Small = ""
			}
		case i > now && ended:
			st.view.State, st.view.Href = web.StepNA, ""
		case i > now:
			st.view.Href = ""
			if i == now+1 {
				v.bar(&st.view)
			}
		}
		out[i] = st
	}
	return out
}

// bar says of the next part what still keeps the case out of it, with the first article.
func (v *caseView) bar(next *web.StepView) {
	least := -1
	for _, ch := range v.Choices {
		a, ok := OrdinaryLine.Act(ch.Act)
		if !ok || ch.Of != "" || a.To == "" || slices.Contains(ordinaryParts[v.partOf(v.Case.State)].states, a.To) || v.partOf(a.To) != v.partOf(v.Case.State)+1 {
			continue
		}
		if n := len(ch.Lacks); least < 0 || n < least {
			least = n
			next.State, next.Small, next.Cites = web.StepTodo, "", nil
			if n > 0 {
				next.State, next.Small = web.StepLock, fmt.Sprintf("还缺 %d 项", n)
				next.Cites = ch.Lacks[0].Cite[:min(1, len(ch.Lacks[0].Cite))]
			}
		}
	}
}

// actsIn are the acts of a part that were done.
func (v *caseView) actsIn(part int) []CaseAct {
	var out []CaseAct
	for _, a := range v.Acts {
		act, ok := OrdinaryLine.Act(a.Act)
		if ok && slices.ContainsFunc(act.From, func(s State) bool { return slices.Contains(ordinaryParts[part].states, s) }) && v.partOf(act.From[0]) == part {
			out = append(out, a)
		}
	}
	return out
}

// lastIn is the act that last took the case out of a part, or nil.
func (v *caseView) lastIn(part int) *CaseAct {
	all := v.actsIn(part)
	for i := range slices.Backward(all) {
		if a, _ := OrdinaryLine.Act(all[i].Act); a.To != "" {
			return &all[i]
		}
	}
	return nil
}

// firstOrdinary is the step that an ordinary case opens with: the act that leads on, when nothing is missing; else
// what mends its first lack; else that act with what it lacks. Who may do none of these sees the part in hand.
func (v *caseView) firstOrdinary() string {
	var forward *Choice
	for i := range v.Choices {
		ch := &v.Choices[i]
		if !v.formed(*ch) || ch.Of != "" || !v.leadsOn(ch.Act) {
			continue
		}
		if len(ch.Lacks) == 0 {
			return ch.Act
		}
		if forward == nil {
			forward = ch
		}
	}
	if forward == nil {
		for _, ch := range v.Choices {
			a, _ := findAct(ch.Act)
			if v.formed(ch) && len(ch.Lacks) == 0 && !aside(ch.Act) && ch.Of == "" && a.By != string(access.CaseHandle) && !a.Leaves && (ch.Act != "assign" || v.Case.Lead == 0) {
				return ch.Act // what the person's own office is: to name officers, to sign the minutes
			}
		}
		if v.possible("pay") && !v.idle("pay") {
			return "pay"
		}
		if v.unasked != "" {
			return v.unasked
		}
		return ordinaryParts[v.partOf(v.Case.State)].key
	}
	for _, f := range forward.Lacks {
		if act := v.mends(f.Rule); act != "" && len(v.choice(act).Lacks) == 0 {
			return act
		}
	}
	return forward.Act
}

// formed reports whether this person has a form for the act here.
func (v *caseView) formed(ch Choice) bool {
	_, desk := v.s.formOf(ch.Act)
	return ch.Allowed && (desk || v.Case.ordinary() && (ch.Act == "party" || ch.Act == "propose"))
}

// leadsOn reports whether the act takes the case to a later state of its line that is not an end of it.
func (v *caseView) leadsOn(act string) bool {
	a, ok := OrdinaryLine.Act(act)
	if !ok || aside(act) || OrdinaryLine.Closed(a.To) {
		return a.To == Closed && ok
	}
	order := func(s State) int {
		return slices.IndexFunc(OrdinaryLine.States, func(x flow.State[State]) bool { return x.ID == s })
	}
	return a.Back && v.Case.State != EndingAsked || a.To != "" && order(a.To) > order(v.Case.State)
}

// moves reports whether the act takes the case out of its state, onward, back or to an end.
func (v *caseView) moves(act string) bool {
	a, ok := OrdinaryLine.Act(act)
	return ok && (a.Back || a.To != "" && a.To != v.Case.State)
}

// aside reports whether the act is for special situations: time, competence, several cases in one.
func aside(act string) bool {
	return slices.ContainsFunc(asideActs, func(a flow.Act[State]) bool { return a.ID == act && !a.Back })
}

// mends names the act of a desk that mends the lack of a rule and that this person can do now, or "".
func (v *caseView) mends(rule string) string {
	for _, d := range v.s.desks {
		if act, ok := d.Mends[rule]; ok && v.choice(act) != nil && v.choice(act).Allowed {
			return act
		}
	}
	return ""
}

// nextAct is the strip's last line: what this person can do now, or that somebody else does it.
func (v *caseView) nextAct() web.ClockView {
	act := v.firstOrdinary()
	ch := v.choice(act)
	if ch != nil && act == v.unasked {
		return web.ClockView{Label: "现在可以做", Body: web.A("报批："+ch.Name, v.href(act))}
	}
	if ch == nil {
		for _, other := range v.Choices {
			if other.Of == "" && v.leadsOn(other.Act) {
				return web.ClockView{Label: "等别人办", Body: web.A(other.Name, v.href(ordinaryParts[v.partOf(v.Case.State)].key))}
			}
		}
		return web.ClockView{}
	}
	label := "现在可以做"
	if len(ch.Lacks) > 0 {
		label = fmt.Sprintf("下一步，还缺 %d 项", len(ch.Lacks))
	}
	return web.ClockView{Label: label, Body: web.A(ch.Name, v.href(act))}
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
		f.Notes = v.waitingFor()
	}
	if len(f.Facts) == 0 && len(f.Notes) == 0 {
		f.Explain = "还没有办理。"
	}
	return pages.Record(f)
}

// waitingFor says which acts of the line wait for whom, in a line for each permission.
func (v *caseView) waitingFor() []pages.NoteView {
	var out []pages.NoteView
	for _, ch := range v.Choices {
		a, _ := findAct(ch.Act)
		if ch.Allowed || ch.Of != "" || aside(ch.Act) || !v.moves(ch.Act) {
			continue
		}
		title := "等有“" + permissionLabel(a.By) + "”权限的人办理："
		i := slices.IndexFunc(out, func(n pages.NoteView) bool { return n.Title == title })
		if i < 0 {
			out, i = append(out, pages.NoteView{Title: title}), len(out)
		}
		if out[i].Text != "" {
			out[i].Text += "、"
		}
		out[i].Text += ch.Name
	}
	return out
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

// groups are the further acts: those that take the case to another state, what is recorded meanwhile, desk by desk where
// it is much, and what special situations ask for.
func (v *caseView) groups() []pages.ActGroup {
	street := v.others()
	if !v.Case.ordinary() {
		return []pages.ActGroup{{Title: "其他办理", Acts: street}}
	}
	on, record, special := pages.ActGroup{Title: "下一步"}, pages.ActGroup{Title: "记录与文书"}, pages.ActGroup{Title: "特殊情形", Folded: true}
	for _, a := range street {
		act := a.Act
		switch {
		case act != "" && aside(act):
			special.Acts = append(special.Acts, a)
			special.Folded = special.Folded && !a.Current
		case act != "" && v.moves(act):
			on.Acts = append(on.Acts, a)
		default:
			record.Acts = append(record.Acts, a)
		}
	}
	if len(record.Acts) > actsAtAGlance {
		record.Parts, record.Acts = v.byDesk(record.Acts), nil
	}
	return []pages.ActGroup{on, record, special}
}

// actsAtAGlance is how many acts a list shows before it is parted.
const actsAtAGlance = 8

// byDesk parts acts by the desk that does them, in the desks' order; what the case's page itself does comes first.
func (v *caseView) byDesk(acts []pages.OtherAct) []pages.ActGroup {
	parts := []pages.ActGroup{{Title: "案件和当事人"}}
	for _, d := range v.s.desks {
		parts = append(parts, pages.ActGroup{Title: d.Name})
	}
	for _, a := range acts {
		at := 1 + slices.IndexFunc(v.s.desks, func(d Desk) bool {
			return slices.ContainsFunc(d.Forms, func(f Form) bool { return f.Act == a.Act })
		})
		parts[at].Acts = append(parts[at].Acts, a)
	}
	return slices.DeleteFunc(parts, func(p pages.ActGroup) bool { return len(p.Acts) == 0 })
}

// deskActs are the acts of desks that this person can try now: of the case with "", else of a row beside its line.
func (v *caseView) deskActs(of string) []pages.OtherAct {
	var out []pages.OtherAct
	for _, ch := range v.Choices {
		if ch.Of != of {
			continue
		}
		f, ok := v.s.formFor(v.Case, ch.Act)
		if kernel := v.Case.ordinary() && (ch.Act == "party" || ch.Act == "propose"); !ok && !kernel || !ch.Allowed {
			continue
		}
		a := pages.OtherAct{Act: ch.Act, Label: ch.Name, Href: v.href(ch.Act), Small: f.When, Current: ch.Act == v.step && ch.Of == v.of}
		if ch.Of != "" {
			a.Href += "&of=" + ch.Of
		}
		if n := len(ch.Lacks); n > 0 {
			a.Small = joinDot(a.Small, fmt.Sprintf("还缺 %d 项", n))
		}
		out = append(out, a)
	}
	return out
}

// trackViews are what runs beside the line, each as a card.
func (v *caseView) trackViews() []pages.TrackView {
	var out []pages.TrackView
	for _, t := range v.Tracks {
		out = append(out, pages.TrackView{Title: t.Label, State: t.State, Acts: v.deskActs(t.Of)})
	}
	return out
}

// loadDesks asks the desks what the page shows of their records.
func (v *caseView) loadDesks(tx *store.Tx) (err error) {
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
	v.hideDesks()
	return nil
}

// hideDesks hides in what desks keep, in free text, what of the party the session does not see.
func (v *caseView) hideDesks() {
	for i := range v.deskNotices {
		v.deskNotices[i].Title, v.deskNotices[i].Text = v.veiled(v.deskNotices[i].Title), v.veiled(v.deskNotices[i].Text)
	}
}
