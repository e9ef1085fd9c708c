package ending

import (
	"slices"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

// The act that the decision's term is extended by, and the term.
const (
	decisionTerm = casework.DecisionTerm
	policeTerm   = "批准移送涉嫌犯罪案件后移送"
)

// facts states how the case could end, whether its term was extended, and whether a crime is suspected.
func (s *Service) facts(tx *store.Tx, c *casework.Case, _ law.Date, f *law.Facts) error {
	src := c.ID.Subject()
	acts, err := casework.Acts(tx, c.ID)
	if err != nil {
		return err
	}
	mine, err := casework.RoundActs(tx, c.ID) // a new decision has days of its own
	if err != nil {
		return err
	}
	f.SetBool(law.ExtendedOnce, slices.ContainsFunc(mine, func(a casework.CaseAct) bool { return a.Act == "extend_decision" }), src)
	f.SetBool(law.CrimeReported, after(acts, "report_crime", append([]string{"approve_crime"}, crimeDone...)...), src)
	f.SetBool(law.SuspectedCrime, after(acts, "report_crime", crimeDone...), src)
	f.SetBool(law.CrimeOpen, after(acts, "report_crime", append(slices.Clone(handed), crimeDone...)...), src)
	f.SetBool(law.PoliceAsked, after(acts, "hand_decided_to_police", "police_answer"), src)
	var crime endingReportCrimeBody
	if ok, err := said(tx, c.ID, "report_crime", &crime); err != nil {
		return err
	} else if ok {
		f.SetNumber(law.Verifiers, int64(len(names(crime.Verifiers))), src)
	}
	if err := stateGone(tx, c, f); err != nil {
		return err
	}
	g, err := s.ground(tx, c)
	f.SetBool(law.ClosingGround, g.code != "", src)
	return err
}

// stateGone states whether the party died or ended and nobody who takes its place is recorded. The last record counts.
func stateGone(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	var in endingPartyGoneBody
	ok, err := said(tx, c.ID, "party_gone", &in)
	if err != nil {
		return err
	}
	src := c.ID.Subject()
	switch {
	case !ok || in.Follows == heirKnown:
		f.SetBool(law.PartyGone, false, src)
		f.SetText(law.PartyGoneAs, "没有", src)
	case in.Follows == heirOpen:
		f.SetBool(law.PartyGone, true, src)
		f.SetText(law.PartyGoneAs, "待确定承受人", src)
	default:
		f.SetBool(law.PartyGone, true, src)
		f.SetText(law.PartyGoneAs, in.What, src)
	}
	return nil
}

// crimeDone are the acts after which nothing is suspected any more, or the police have it; handed those by which they got it.
var (
	crimeDone = []string{"refuse_crime", "police_decline", "police_decline_lead", "police_answer"}
	handed    = []string{"hand_to_police", "hand_lead_to_police", "hand_decided_to_police"}
)

// after reports whether an act was done and none of the others since.
func after(acts []casework.CaseAct, act string, others ...string) bool {
	found := false
	for _, a := range acts {
		found = a.Act == act || found && !slices.Contains(others, a.Act)
	}
	return found
}

// ground is how the case came to its end (55号令第三十一条).
type ground struct {
	code, label string
	on          law.Date
}

// grounds are the acts that end a case; what returns it to work takes them back.
var grounds = map[string]ground{
	"withdraw_filing": {code: "withdrawn", label: "撤销立案"}, "revoke": {code: "revoked", label: "撤销处罚决定，不再重新办理"}, "transfer_out": {code: "transferred", label: "移送有管辖权的机关"},
	"terminate": {code: "terminated", label: "终止调查"}, "police_file": {code: "police", label: "公安机关已立案"}, "end_execution": {code: "execution_ended", label: "终结执行"},
}

// ground finds it in what was done: ended off the line, no penalty and told so, or everything performed.
func (s *Service) ground(tx *store.Tx, c *casework.Case) (ground, error) {
	events, err := s.cases.Events(tx, c)
	var out ground
	spared := false
	for _, e := range events {
		if g, ok := grounds[e.Act]; ok && (e.Act != "transfer_out" || !c.FiledOn.IsZero()) {
			if out, out.on = g, e.On; e.Act == "police_file" && !e.Day.IsZero() {
				out.on = e.Day // the police filed the case then, whenever that was entered
			}
		}
		switch e.Act {
		case "return_closing", "resume", "police_decline":
			if out.code != "performed" && out.code != "no_penalty" {
				out = ground{}
			}
		case "reopen", "decide_no_penalty", "decide_penalty", "change": // another decision, or none
			out, spared = ground{}, e.Act == "decide_no_penalty"
		case "decision_served":
			if spared {
				out = ground{"no_penalty", "不予行政处罚决定已送达", e.On}
			}
		case casework.EventPerformed:
			if !spared {
				out = ground{"performed", "行政处罚决定执行完毕", e.On}
			}
		}
	}
	return out, err
}

// running returns a clock of the case while it runs or stands still, nil when it does not.
func (s *Service) running(tx *store.Tx, c *casework.Case, term string) (*timing.Clock, error) {
	return s.cases.OpenClock(tx, c, term)
}

// headApproves: whoever heads the bureau approves by doing.
func headApproves(by access.Session, f *law.Facts) {
	f.SetBool(law.ApprovedByHead, casework.HeadsBureau(by), "form")
}

// presume states what a form that is filled in well states.
func presume(keys ...law.BoolKey) func(*store.Tx, access.Session, *casework.Case, *law.Facts) error {
	return func(_ *store.Tx, by access.Session, _ *casework.Case, f *law.Facts) error {
		headApproves(by, f)
		f.SetBool(law.ReasonRecorded, true, "form")
		f.SetText(law.EndGround, "", "form")
		for _, k := range keys {
			f.SetBool(k, false, "form")
		}
		return nil
	}
}
