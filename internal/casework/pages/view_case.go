// Package pages are the pages of cases, papers and money. They show views that casework fills and know
// nothing of it.
package pages

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"fadu/internal/law"
	"fadu/internal/web"
)

// The places of this slice in the navigation.
const (
	NavTodo  = "/w/"
	NavCases = "/w/cases"
	NavLead  = "/w/cases/new"
)

// CaseView is a case's page: what it is, its steps, the step in hand, and its material.
type CaseView struct {
	Title   string
	Strip   web.StripView
	Steps   web.StepsView
	Notices []NoteView
	// Body is the form or record of the step in hand.
	Body templ.Component
	// Tracks run beside the line.
	Tracks []TrackView
	// Others are the further acts that are possible now.
	Others []ActGroup
	Side   SideView
	// Refresh reloads the page while a paper is being made; seconds.
	Refresh int
}

// NoteView is a notice with its basis.
type NoteView struct {
	Kind, Title, Text string
	Cite              law.Citations
	Exit              web.Link
}

// OtherAct leads to the form of an act beside the main line; Small says when it is the way, or what it
// lacks.
type OtherAct struct {
	Act, Label, Href, Small string
	Current                 bool
}

// ActGroup are further acts of one sort; Folded ones open on demand. Parts are used instead of Acts where they are many.
type ActGroup struct {
	Title  string
	Acts   []OtherAct
	Parts  []ActGroup
	Folded bool
}

// SideView is the material of a case.
type SideView struct {
	Terms  TermsView
	Papers []web.FileView
	// Sheets are the printable sheets of the paper file.
	Sheets []web.Link
	Photos []PhotoView
	// Ordinary: the case has numbered evidence; Exhibits are it.
	Ordinary bool
	Exhibits []ExhibitView
	PhotoAdd string
	Money    []web.FactView
	Payments []web.FileView
	// Earlier are the party's earlier matters in the whole city; EarlierNote says what was looked for.
	Earlier     []web.FileView
	EarlierNote string
	// Similar compares with the bureau's own similar cases; nil while there is nothing to compare.
	Similar     *SimilarView
	Facts       []web.FactView
	History     []web.LedgerView
	HistoryNote string
}

// SimilarView is how the fines of the bureau's own similar cases lie.
type SimilarView struct {
	Title   string
	Facts   []web.FactView
	Latest  []web.FileView
	Note    string
	AllHref string
}

// ExhibitView is a piece of evidence: its number and name lead to its picture or record, Thumb is a small picture.
type ExhibitView struct {
	Label, Href, Small, Thumb string
	Tag                       web.TagView
}

// TrackView is what runs beside the line: a hearing, a service, a seizure, with the acts that move it now.
type TrackView struct {
	Title, State string
	Acts         []OtherAct
}

// PhotoView is a photograph: a small picture that leads to the original.
type PhotoView struct{ Href, Thumb, Alt, Small string }

// StepForm is the frame of one step: what is recorded, what is missing, and its form.
type StepForm struct {
	Title string
	// Explain says what the step is for, with its basis.
	Explain string
	Cite    law.Citations
	Notes   []NoteView
	// Facts are what is recorded already.
	Facts []web.FactView
	// Locked says why there is no form at all, Over that the case has ended and only the record is shown;
	// Why greys the button for a reason that is not the law's.
	Locked, Why string
	Over        bool
	// Action is where the form is posted to; Submit and Class are its button's.
	Action, Submit, Class string
	Multipart             bool
	Version               int64
	// Of is the row beside the line that the form is about.
	Of   string
	Form *web.Form
	// Preview shows the papers of the act before it is done.
	Preview PreviewView
	// Refusal answers a refused post. Lacks is what the act lacks before it is tried; Met what it has.
	Refusal *web.RefusalView
	Lacks   []LackView
	Warns   []law.Finding
	Met     []string
}

// LackView is one thing that is missing, with the place where it is mended.
type LackView struct {
	law.Finding
	Fix web.Link
}

// lackGroup are the lacks that one step mends.
type lackGroup struct {
	Fix   web.Link
	Items []LackView
}

// notRecorded begins what the judge says of facts that no record states.
const notRecorded = "案卷中没有记载："

// unrecorded reports whether nothing is wrong but that the file does not say so yet.
func (g lackGroup) unrecorded() bool {
	for _, l := range g.Items {
		if !strings.HasPrefix(l.Message, notRecorded) {
			return false
		}
	}
	return true
}

func (g lackGroup) title() string {
	n := strconv.Itoa(len(g.Items)) + " 项"
	if g.unrecorded() {
		return "案卷中没有记载的 " + n
	}
	return g.Fix.Label + "，" + n
}

// line is one lack of the group, without what the title says.
func (g lackGroup) line(l LackView) string {
	if g.unrecorded() {
		return strings.TrimPrefix(l.Message, notRecorded)
	}
	return l.Message
}

// groups puts together what one step mends, in the order of the first; what nothing here mends stays
// by itself.
func (s StepForm) groups() []lackGroup {
	var out []lackGroup
	at := map[string]int{}
	for _, l := range s.Lacks {
		i, ok := at[l.Fix.Href]
		if !ok || l.Fix.Href == "" {
			i = len(out)
			at[l.Fix.Href] = i
			out = append(out, lackGroup{Fix: l.Fix})
		}
		out[i].Items = append(out[i].Items, l)
	}
	return out
}

// shut reports whether there is no form.
func (s StepForm) shut() bool { return s.Over || s.Locked != "" }

// foot holds the form's button, or is nil.
func (s StepForm) foot() templ.Component {
	if s.shut() || s.Submit == "" {
		return nil
	}
	if s.Preview.Offered {
		return previewFoot(s.act())
	}
	return web.Act(s.act())
}

func (s StepForm) version() string { return strconv.FormatInt(s.Version, 10) }

// act is the form's button. The lacks stand above it with the ways to mend them, so that the button
// only counts them.
func (s StepForm) act() web.ActView {
	v := web.ActView{Label: s.Submit, Class: s.Class, Form: stepFormID, Why: s.Why}
	if n := len(s.Lacks); n > 0 {
		v.Why = "补齐上面 " + strconv.Itoa(n) + " 项后可用"
	}
	return v
}

// stepFormID is the id of the one form in the middle of a case's page.
const stepFormID = "step-form"

// LeadView is the page that registers a lead.
type LeadView struct {
	Form    *web.Form
	Now     string
	Sources []web.Option
	Areas   []web.Option
	// Units are those in which the person may register; one needs no choice.
	Units []web.Option
	Unit  string
}

// OfficersView names the two handling officers.
type OfficersView struct {
	StepForm
	Options []web.Option
	// Lead and Assist are the officers named so far.
	Lead, Assist string
	// Replace: they are replaced, which needs a reason.
	Replace bool
	// Barred are those who cannot handle the case today, with the reasons.
	Barred []web.FactView
}

// PartyView records the party.
type PartyView struct {
	StepForm
	Kinds, IDKinds, Bases []web.Option
	Values                map[string]string
	// SoleTrader is how the bureau reads the ceiling for sole traders.
	SoleTrader string
	Demo       bool
}

// AmendView corrects the lead.
type AmendView struct {
	StepForm
	Sources, Areas []web.Option
	Values         map[string]string
}
