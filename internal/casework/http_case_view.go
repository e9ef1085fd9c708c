package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/web"
)

// caseView turns a file into its page for one person and one step in hand.
type caseView struct {
	*File
	shown
	s     *Service
	by    access.Session
	today law.Date
	now   time.Time

	stages []stage
	units  map[access.UnitID]string
	names  map[int64]string
	met    map[string]string
	// What only some steps need.
	staff   []org.OfficerStatus
	areas   []web.Option
	causes  pages.PowerChoices
	calc    *pages.CalcView
	receipt string
	setting powers.Setting
	// withdrawal is the open duty to withdraw a publication; noticed: a notice of a change was served.
	withdrawal *Withdrawal
	noticed    bool
	// unasked is the act that goes on with the case once its approval form is signed, while nobody asked for the form yet.
	unasked string
	// panel is the step in hand of an ordinary case.
	panel templ.Component
	// deskNotices are what desks have to say above the page.
	deskNotices []pages.NoteView
	// similar compares the case with the bureau's own; nil while there is nothing to compare.
	similar *Similar
	// hands are numbers of booklets under which the decision may have been written.
	hands []BookletNumber
}

// load gathers what the page needs beside the file.
func (v *caseView) load(tx *store.Tx) error {
	v.units, v.names = map[access.UnitID]string{}, map[int64]string{}
	units, err := v.s.Units.Units(tx)
	if err != nil {
		return err
	}
	for _, u := range units {
		v.units[u.ID] = u.Name
	}
	if err := v.loadNames(tx); err != nil {
		return err
	}
	if v.withdrawal, err = openWithdrawal(tx, v.Case.ID); err != nil {
		return err
	}
	notice, err := lastNotice(tx, v.Case.ID)
	if err != nil {
		return err
	}
	v.noticed = notice != nil
	v.met = map[string]string{}
	for _, r := range v.s.Judge.Rules() {
		v.met[r.ID] = r.Name
	}
	if err := v.loadHands(tx); err != nil {
		return err
	}
	if err := v.loadDesks(tx); err != nil {
		return err
	}
	if !v.Case.ended() {
		if v.similar, err = similarTo(tx, v.by.ScopeFor(access.CaseRead), v.Case); err != nil {
			return err
		}
	}
	if err := v.loadUnasked(tx); err != nil {
		return err
	}
	v.stages = v.stageList()
	if v.step == "" || !v.shows(v.step) {
		v.step = v.first()
	}
	if f, ok := v.s.formFor(v.Case, v.step); ok {
		return v.deskBody(tx, f)
	}
	return v.loadStep(tx)
}

// loadNames learns the names of everybody whom the file mentions.
func (v *caseView) loadNames(tx *store.Tx) error {
	for _, o := range v.Officers {
		v.names[int64(o.Person)] = o.Name
	}
	var ids []org.PersonID
	add := func(person int64) {
		if _, ok := v.names[person]; !ok && person != 0 {
			v.names[person] = ""
			ids = append(ids, org.PersonID(person))
		}
	}
	for _, st := range v.File.Steps {
		add(st.Person)
	}
	for _, p := range v.Photos {
		add(p.Person)
	}
	for _, a := range v.Acts {
		add(a.Person)
	}
	for _, p := range v.Payments {
		add(p.Officer)
	}
	all, err := org.OfficersOn(tx, ids, v.today, "")
	for _, o := range all {
		v.names[int64(o.Person)] = o.Name
	}
	return err
}

// loadStep gathers what the step in hand needs.
func (v *caseView) loadStep(tx *store.Tx) (err error) {
	switch v.step {
	case "party":
		v.setting, err = v.s.Powers.Setting(tx)
	case "officers":
		v.staff, err = org.Officers(tx, v.by.ScopeFor(access.CaseHandle), v.today, v.Case.Area)
	case "lead":
		v.areas, err = areaOptions(tx, v.Case.UnitID)
	case "propose", "decline", "change", "change_notice":
		if v.causes, err = v.s.powerChoices(tx, v.by, v.Case, v.penaltyValue("power_words"), v.penaltyValue("power_code"), v.actDay()); err != nil {
			return err
		}
		v.calc, err = v.calculation(tx)
	case "collect":
		v.receipt, err = NextReceipt(tx, v.by.Person())
	}
	return err
}

// page is the whole view.
func (v *caseView) page() pages.CaseView {
	out := pages.CaseView{Title: v.title(), Strip: v.strip(), Notices: v.notices(), Tracks: v.trackViews(), Others: v.groups(), Side: v.side()}
	for _, st := range v.stages {
		out.Steps.Items = append(out.Steps.Items, st.view)
	}
	out.Body = v.body()
	if v.Case.State == Issuing {
		out.Refresh = 3
	}
	return out
}

// title names the case: by its decision's number, before by when and where it was found.
func (v *caseView) title() string {
	if v.Decision != nil {
		return v.Decision.DocNo
	}
	return v.Case.leadTitle()
}

func (v *caseView) strip() web.StripView {
	c := v.Case
	out := web.StripView{Title: v.title(), Tags: []web.TagView{stateTag(c), {Label: c.procedureID().Label(), Kind: "line"}}}
	if v.changed() && c.State != Revoked {
		out.Tags = append(out.Tags, web.TagView{Label: "已变更", Kind: "soon"})
	}
	if v.Hand != nil || v.late(c.FoundAt, c.RecordedAt) {
		out.Tags = append(out.Tags, web.TagView{Label: "补录", Kind: "soon"})
	}
	for _, s := range []string{c.PartyName, c.PowerName, c.Place} {
		if s != "" {
			out.Who = append(out.Who, s)
		}
	}
	if len(v.Officers) > 0 {
		out.Who = append(out.Who, "承办 "+v.officerNames())
	}
	for _, k := range v.Clocks {
		if v.runs(k) && len(out.Clocks) < 3 {
			out.Clocks = append(out.Clocks, web.ClockView{Label: v.termLabel(k), Due: v.due(k)})
		}
	}
	if c.ordinary() && !c.ended() {
		if next := v.nextAct(); next.Label != "" {
			out.Clocks = append(out.Clocks, next)
		}
	} else if st, ok := v.stage(v.first()); ok && !c.ended() {
		label := "现在可以做"
		switch ch := v.choice(st.act); {
		case !v.mayDo(st):
			label = "等别人办"
		case ch != nil && len(ch.Lacks) > 0:
			label = "下一步"
		}
		out.Clocks = append(out.Clocks, web.ClockView{Label: label, Body: web.A(orWord(doLabels[st.key], st.view.Label), v.href(st.key))})
	}
	return out
}

// doLabels say as acts what the list of steps says as things.
var doLabels = map[string]string{"officers": "确定执法人员", "party": "登记当事人", "photo": "添加照片", "pay": "登记缴款", "file": "登记备案", "seal": "登记用印"}

// runs reports whether a term still asks for something. What the party may do of a street case is told below only.
func (v *caseView) runs(k timing.Clock) bool {
	return k.Open() && (v.Case.ordinary() || k.Whose == timing.Ours || k.Whose == timing.Owed)
}

// termLabel names a term on the strip: on the street a term to correct is the officers' look at it.
func (v *caseView) termLabel(k timing.Clock) string {
	if k.Term == clockCorrection && !v.Case.ordinary() {
		return "复查改正"
	}
	return strings.TrimSpace(k.Term + " " + whatOf(k.Of))
}

// due shows a term as what is left of it.
func (v *caseView) due(k timing.Clock) web.DueView { return dueOf(k, v.today, v.s.Calendar) }

// late reports whether something was entered more than a day after it was done (补录).
func (v *caseView) late(at, recorded int64) bool {
	return recorded-at > int64(24*time.Hour/time.Microsecond)
}

func (v *caseView) href(step string) string { return v.Case.URL() + "?step=" + step }

func (v *caseView) officerNames() string {
	out := ""
	for _, o := range v.Officers {
		if out != "" {
			out += "、"
		}
		out += o.Name
	}
	return out
}

// notices are what a reader must know before anything else.
func (v *caseView) notices() []pages.NoteView {
	var out []pages.NoteView
	c := v.Case
	if v.Former != "" {
		out = append(out, pages.NoteView{Kind: "soon", Title: "这件案只能查看。", Text: v.Former + "。要办的，按当时的规定在线下办理。"})
	}
	switch {
	case c.State == Issuing:
		out = append(out, pages.NoteView{Title: "文书出具中。", Text: "编号已取，正在生成文书，页面会自己刷新。久等不到的，后台会接着做完，编号不会丢。"})
	case c.Ending != "":
		out = append(out, pages.NoteView{Kind: stateNote[c.State], Title: c.StateLabel() + "：" + endingLabels[c.Ending] + "。", Text: c.EndingNote})
	}
	if over := v.overpaid(); over > 0 {
		out = append(out, pages.NoteView{Kind: "soon", Title: "多缴 " + over.Grouped() + " 元，要退还。", Text: "由财务人员登记退库。", Cite: law.Citations{xzqz(41)}, Exit: web.Link{Label: "登记退库", Href: v.href("refund")}})
	}
	if w := v.withdrawal; w != nil {
		out = append(out, pages.NoteView{Kind: "soon", Title: "查明原决定是否公开过，公开过的" + dayText(w.Due, v.today) + "前撤回。", Cite: law.Citations{xzcf(48, 2)}, Exit: web.Link{Label: "去登记", Href: v.href("withdraw_publication")}})
	}
	out = append(out, v.handNotices()...)
	out = append(out, v.deskNotices...)
	proposed := v.proposedAt()
	if c.State == OnSite && c.Kinds != "" && c.Exemption == "" {
		out = append(out, pages.NoteView{Kind: "soon", Title: "当事人改过，请重新拟定处罚。", Text: "以往记录、不予处罚情形和裁量阶次都要按现在的当事人重查。", Exit: web.Link{Label: "去拟定处罚", Href: v.href("propose")}})
	} else if c.State == OnSite && !proposed.IsZero() {
		for _, k := range []StepKind{StepTell, StepHear} {
			if st := v.lastStep(k); st != nil && st.RecordedAt < store.Micros(proposed) {
				out = append(out, pages.NoteView{
					Kind: "soon", Title: k.Label() + "之后又改过拟定处罚。",
					Text: "内容、理由或者依据有变化的，要按新的内容重新办。", Cite: law.Citations{law.Cite("XZCF", 44)}, Exit: web.Link{Label: "去" + shortStep[k], Href: v.href(string(k))},
				})
				break
			}
		}
	}
	return out
}

// stateNote is how the notice of an ended case looks.
var stateNote = map[State]string{Closed: "ok", Declined: "ok"}

// proposedAt is when the proposed penalty was last changed, as the ledger has it.
func (v *caseView) proposedAt() time.Time {
	for _, e := range v.History {
		if e.Kind == "casework.penalty_proposed" {
			return e.Time()
		}
	}
	return time.Time{}
}

// lastStep is the newest step of the kind that counts, or nil.
func (v *caseView) lastStep(k StepKind) *Step {
	for _, st := range slices.Backward(v.File.Steps) {
		if st.Kind == k && !bool(st.Withdrawn) {
			return &st
		}
	}
	return nil
}

// recheckDue reports whether a correction by a date was ordered and not looked at since.
func (v *caseView) recheckDue() bool {
	st := v.lastStep(StepCorrect)
	re := v.lastStep(StepRecheck)
	return st != nil && st.Detail != CorrectedNow && (re == nil || re.DoneAt < st.DoneAt) && v.Case.DecidedOn != (law.Date{})
}

// choice is an act that leaves from the case's state, or nil.
func (v *caseView) choice(act string) *Choice {
	for i := range v.Choices {
		if ch := v.Choices[i]; ch.Act == act && (ch.Of == "" || ch.Of == v.of) {
			return &v.Choices[i]
		}
	}
	return nil
}

// possible reports whether the act can be tried now by this person.
func (v *caseView) possible(act string) bool {
	ch := v.choice(act)
	return ch != nil && ch.Allowed
}

// outstandingNow is what of the fine is not paid.
func (v *caseView) outstandingNow() law.Money {
	rest := v.Case.Amount
	for _, p := range v.Payments {
		rest -= p.Amount
	}
	return rest
}

// identityLine shows a number with its kind.
func identityLine(p Party) string {
	if p.IDNumber == "" {
		return ""
	}
	return idKindLabels[p.IDKind] + " " + p.IDNumber
}

func joinDot(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" && out != "" {
			out += " · "
		}
		out += p
	}
	return out
}

// clock prints an instant as pages do: the year only when it is not this year's.
func clock(at time.Time, today law.Date) string {
	if at.Year() == today.Year() {
		return at.Format("1月2日 15:04")
	}
	return at.Format("2006年1月2日 15:04")
}

func dayText(d, today law.Date) string {
	if d.Year() == today.Year() {
		return fmt.Sprintf("%d月%d日", int(d.Month()), d.Day())
	}
	return d.Han()
}

func stateTag(c *Case) web.TagView {
	kind := "blue"
	switch c.State {
	case Lead:
		kind = ""
	case Closed, Declined:
		kind = "ok"
	case Revoked, Transferred, Merged, Withdrawn:
		kind = "line"
	}
	return web.TagView{Label: c.StateLabel(), Kind: kind}
}
