package casework

import (
	"slices"

	"github.com/a-h/templ"

	"fadu/internal/access"
	"fadu/internal/casework/pages"
	"fadu/internal/fault"
	"fadu/internal/flow"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Signing is how the approval form (审批表) of an act stands, for a bureau that has acts signed post by post
// before they are done.
type Signing struct {
	// Signed: everybody agreed. Waits says whose turn it is otherwise; empty when nobody asked yet.
	Signed bool
	Waits  string
	// Form is where the form is seen.
	Form string
	// Used marks the form as used by the act; it counts for one act only.
	Used func(tx *store.Tx, entry ledger.EntryID) error
}

// formOn asks how the approval form of an act stands; nil when the act needs none.
func (s *Service) formOn(tx *store.Tx, c *Case, of string, a step) (*Signing, error) {
	if a.Chain == "" || s.Approval == nil {
		return nil, nil
	}
	return s.Approval(tx, c, of, a.ID, a.Chain)
}

// missing refuses an act whose form has not been through all hands.
func (g *Signing) missing(c *Case, a step) error {
	switch {
	case g == nil || g.Signed:
		return nil
	case g.Waits == "":
		return &fault.Error{Kind: fault.Conflict, Message: "本局规定“" + a.Name + "”要先走审批表（" + a.Chain + "）。请承办人报批", Location: c.URL() + "?step=" + a.ID}
	}
	return &fault.Error{Kind: fault.Conflict, Message: "“" + a.Name + "”的审批表还没有签完，现在等" + g.Waits, Location: g.Form}
}

// use marks the form of an act that was done.
func (g *Signing) use(tx *store.Tx, entry ledger.EntryID) error {
	if g == nil || g.Used == nil {
		return nil
	}
	return g.Used(tx, entry)
}

// Stands reports whether an act can still be tried in a case, or on the row beside its line that of names.
func (s *Service) Stands(tx *store.Tx, c *Case, of, act string) (bool, error) {
	if of == "" {
		return slices.ContainsFunc(c.acts(), func(a flow.Act[State]) bool { return a.ID == act }), nil
	}
	tracks, err := s.openTracks(tx, c)
	return !OrdinaryLine.Closed(c.State) && slices.ContainsFunc(tracks, func(t Track) bool {
		return t.Of == of && slices.ContainsFunc(t.at(), func(a step) bool { return a.ID == act })
	}), err
}

// Weighs reports whether an act passes on what is proposed in the case.
func Weighs(act string) bool {
	a, _ := findAct(act)
	return a.Weighs
}

// loadUnasked finds what who handles the case has to ask for, so that it goes on.
func (v *caseView) loadUnasked(tx *store.Tx) error {
	if !v.Case.ordinary() || !v.by.ScopeFor(access.CaseHandle).CoversLevels(v.Case.Levels) {
		return nil
	}
	for _, ch := range v.Choices {
		if ch.Of != "" || ch.Allowed || !v.leadsOn(ch.Act) {
			continue
		}
		a, _ := findAct(ch.Act)
		g, err := v.s.formOn(tx, v.Case, "", a)
		if err != nil {
			return err
		}
		if g != nil && !g.Signed && g.Waits == "" {
			v.unasked = ch.Act
			return nil
		}
	}
	return nil
}

// asking is the panel of an act that is to be signed first: how the form stands, or the way to ask for it.
func (v *caseView) asking(a step, g Signing, frame pages.StepForm) templ.Component {
	frame.Notes = append(frame.Notes, pages.NoteView{Title: "先走审批表：", Text: "本局规定这一步逐级签批以后再办。"})
	if g.Waits != "" {
		frame.Notes = append(frame.Notes, pages.NoteView{Kind: "soon", Title: "正在审批：", Text: "现在等" + g.Waits + "。"})
		frame.Over, frame.Facts = true, append(frame.Facts, web.FactView{Label: "审批表", Text: a.Chain + "审批表", Href: g.Form})
		return pages.Record(frame)
	}
	if !v.Case.ordinary() || !v.by.ScopeFor(access.CaseHandle).CoversLevels(v.Case.Levels) {
		frame.Over, frame.Explain = true, "还没有报批。由承办人报批。"
		return pages.Record(frame)
	}
	frame.Action, frame.Submit, frame.Locked, frame.Class = v.Case.URL()+"/signing/"+a.ID, "报批："+a.Name, "", ""
	return pages.Ask(frame)
}

// postAsk asks for the approval form of an act.
func (s *Service) postAsk(q posted) (web.Flash, error) {
	a, _ := findAct(q.PathValue("kind"))
	purpose := q.form.RequiredLong("purpose", "报批事由", maxPurpose)
	if err := q.form.Err(); err != nil {
		return web.Flash{}, err
	}
	if a.Chain == "" || s.AskApproval == nil {
		return web.Flash{}, fault.Missing("这一步的审批表")
	}
	return web.Flash{Text: "已报批"}, s.AskApproval(q.Context(), q.by, q.id, q.form.Value("_of"), a.ID, a.Chain, purpose)
}

const maxPurpose = 500
