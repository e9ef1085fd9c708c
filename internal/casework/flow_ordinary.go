package casework

import (
	"errors"

	"fadu/internal/flow"
	"fadu/internal/law"
)

// The further states of an ordinary case. It shares lead, issuing, issued, delivered, closed, declined and
// revoked with the on-the-spot case; ordinary is where a case arrives that left the street.
const (
	Checking      State = "checking"
	FilingAsked   State = "filing_asked"
	Investigating State = "investigating"
	Concluding    State = "concluding"
	Concluded     State = "concluded"
	Noticing      State = "noticing"
	Notified      State = "notified"
	Answered      State = "answered"
	Reviewing     State = "reviewing"
	Agreed        State = "agreed"
	Discussing    State = "discussing"
	DecisionAsked State = "decision_asked"
	Demanded      State = "demanded"
	Enforcing     State = "enforcing"
	WithPolice    State = "with_police"
	// LeadWithPolice is a lead that went to the police before anything was filed.
	LeadWithPolice State = "lead_with_police"
	EndingAsked    State = "ending_asked"
	Suspended      State = "suspended"
	Halted         State = "halted"
	Disputed       State = "disputed"
	Transferred    State = "transferred"
	Merged         State = "merged"
	Withdrawn      State = "withdrawn"
)

// act, the type of the lines below; mohurd shortens the ministry's order on procedure.
type act = flow.Act[State]

func mohurd(article int) law.Citation { return law.Cite("MOHURD55", article) }

func basis(cs ...law.Citation) law.Citations { return cs }

func from(states ...State) []State { return states }

// OrdinaryLine is the main line of the ordinary procedure (普通程序). What runs beside it has tables of its own:
// Preservation, Seizure, HearingTrack, Serving, CourtTrack.
var OrdinaryLine = flow.Table[State]{
	Name:  "普通程序",
	Cite:  law.Citations{xzcf(54), xzcf(55), xzcf(57), xzcf(58), xzcf(60), xzcf(61), law.Cite("MOHURD55", 15), law.Cite("MOHURD55", 31)},
	Start: Lead,
	States: []flow.State[State]{
		{ID: Lead, Label: "线索", Class: flow.Open},
		{ID: Ordinary, Label: "转普通程序", Class: flow.Open},
		{ID: Checking, Label: "核查中", Class: flow.Open},
		{ID: FilingAsked, Label: "待批准立案", Class: flow.Open},
		{ID: Investigating, Label: "调查取证", Class: flow.Open},
		{ID: Concluding, Label: "待批调查终结", Class: flow.Open},
		{ID: Concluded, Label: "待告知", Class: flow.Open},
		{ID: Noticing, Label: "告知书待送达", Class: flow.Open},
		{ID: Notified, Label: "已告知，听取意见", Class: flow.Open},
		{ID: Answered, Label: "意见已复核", Class: flow.Open},
		{ID: Reviewing, Label: "法制审核中", Class: flow.Open},
		{ID: Agreed, Label: "审核同意", Class: flow.Open},
		{ID: Discussing, Label: "待集体讨论", Class: flow.Open},
		{ID: DecisionAsked, Label: "待批准决定", Class: flow.Open},
		{ID: Issuing, Label: "文书出具中", Class: flow.Open},
		{ID: Issued, Label: "决定书待送达", Class: flow.Open},
		{ID: Delivered, Label: "已送达，履行中", Class: flow.Open},
		{ID: Demanded, Label: "催告中", Class: flow.Open},
		{ID: Enforcing, Label: "强制执行中", Class: flow.Open},
		{ID: WithPolice, Label: "已移送公安机关", Class: flow.Open},
		{ID: LeadWithPolice, Label: "线索已移送公安机关", Class: flow.Open},
		{ID: EndingAsked, Label: "待批准结案", Class: flow.Side},
		{ID: Suspended, Label: "中止调查", Class: flow.Side},
		{ID: Halted, Label: "中止执行", Class: flow.Side},
		{ID: Disputed, Label: "管辖争议", Class: flow.Side},
		{ID: Closed, Label: "已结案", Class: flow.Closed},
		{ID: Declined, Label: "不予立案", Class: flow.Closed},
		{ID: Revoked, Label: "已撤销", Class: flow.Closed},
		{ID: Transferred, Label: "已移送管辖", Class: flow.Closed},
		{ID: Merged, Label: "已并入他案", Class: flow.Closed},
		{ID: Withdrawn, Label: "已撤销立案", Class: flow.Closed},
	},
	Acts: ordinaryActs,
}

// ordinaryActs are written stage by stage: flow_inquiry.go up to the closing report, flow_decision.go up to the
// served decision, flow_performance.go to the end.
var ordinaryActs = join(filingActs, inquiryActs, asideActs, noticeActs, legalReviewActs, decisionActs, performanceActs, contestActs, closingActs)

func join(groups ...[]act) []act {
	var out []act
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

// Procedures are the tables of a case: both lines and the tracks beside the ordinary one, in the order in which
// pages list them. Track names are those of Act.Opens.
func Procedures() []Procedure {
	return []Procedure{
		procedure("onspot", OnSpot), procedure("ordinary", OrdinaryLine), procedure("preservation", Preservation),
		procedure("seizure", Seizure), procedure("hearing", HearingTrack), procedure("serving", Serving), procedure("court", CourtTrack),
	}
}

// CheckProcedures reports what is wrong with the tables and the books of clocks; the program does not start with it.
func CheckProcedures() error {
	var faults []error
	for _, p := range Procedures() {
		faults = append(faults, p.Check())
	}
	OrdinaryClocks()
	OnSpotClocks()
	_, err := majorRows()
	return errors.Join(append(faults, err)...)
}

// Procedure is a table of this slice whatever its states' type.
type Procedure struct {
	File, Name string
	Check      func() error
	Page       func() string
	// ActNames are the names of its acts by identifier.
	ActNames     func() map[string]string
	Cite         law.Citations
	States, Acts int
}

func procedure[S ~string](file string, t flow.Table[S]) Procedure {
	names := func() map[string]string {
		out := map[string]string{}
		for _, a := range t.Acts {
			out[a.ID] = a.Name
		}
		return out
	}
	return Procedure{file, t.Name, t.Check, t.Page, names, t.Cite, len(t.States), len(t.Acts)}
}

// withOrdinary adds the kinds of entry of the ordinary procedure, named after their acts.
func withOrdinary(kinds map[string]string) map[string]string {
	add := func(kind, name string) {
		if kinds[kind] == "" {
			kinds[kind] = name
		}
	}
	for _, a := range OrdinaryLine.Acts {
		add(a.Emits, a.Name)
	}
	for _, t := range []flow.Table[MeasureState]{Preservation, Seizure} {
		for _, a := range t.Acts {
			add(a.Emits, a.Name)
		}
	}
	for _, a := range HearingTrack.Acts {
		add(a.Emits, a.Name)
	}
	for _, a := range Serving.Acts {
		add(a.Emits, a.Name)
	}
	for _, a := range CourtTrack.Acts {
		add(a.Emits, a.Name)
	}
	return kinds
}
