package decision

import (
	"encoding/json"
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

// The papers of this desk.
const (
	discussionRecordKind casework.PaperKind = "discussion_record"
	decisionApprovalKind casework.PaperKind = "decision_approval"
)

// reviewed tells the legal review of the case: the number and outcome of the opinion, or that none was due.
func reviewed(tx *store.Tx, id casework.CaseID) (number, outcome string, err error) {
	p, part, ok, err := casework.LastPart[casework.ReviewOpinion](tx, id, "review_opinion")
	if err != nil || !ok {
		return "没有送审", "本案不属于应当法制审核的情形", err
	}
	return p.DocNo, part.Outcome, nil
}

// record are the minutes as a paper.
func (s *Service) record(tx *store.Tx, c *casework.Case, in DiscussionInput, all []Opinion, roster int) (out casework.DiscussionRecord, err error) {
	out = discussionPart(in, all, roster)
	out.Opinion, out.Reviewed, err = reviewed(tx, c.ID)
	return out, err
}

// discussionPart is what minutes say whatever was discussed.
func discussionPart(in DiscussionInput, all []Opinion, roster int) casework.DiscussionRecord {
	out := casework.DiscussionRecord{
		Session: casework.Session{From: in.On.Han() + in.From, Until: in.Until, At: in.At, Recorder: in.Recorder}, Host: in.Host, Due: roster,
		Report: in.Report, Read: in.Read, Result: in.Result, Dissent: in.Dissent,
	}
	for _, o := range all {
		sp := casework.Speaker{Name: o.Name, Post: o.Post, Says: o.Says}
		if o.Account == 0 {
			out.Guests = append(out.Guests, sp)
			continue
		}
		if !strings.HasPrefix(sp.Says, voteLabels[o.Vote]) {
			sp.Says = voteLabels[o.Vote] + "。" + sp.Says
		}
		if strings.TrimSpace(o.Says) == "" {
			sp.Says = ""
		}
		out.Members = append(out.Members, sp)
	}
	return out
}

// approval is the form on which the head decides.
func (s *Service) approval(tx *store.Tx, c *casework.Case, opinion string) (casework.DecisionApproval, error) {
	_, in, err := last(tx, c.ID)
	if err != nil {
		return casework.DecisionApproval{}, err
	}
	number, outcome, err := reviewed(tx, c.ID)
	if err != nil {
		return casework.DecisionApproval{}, err
	}
	told, err := s.told(tx, c)
	if err != nil {
		return casework.DecisionApproval{}, err
	}
	names, err := officerNames(tx, c)
	if err != nil {
		return casework.DecisionApproval{}, err
	}
	talked, err := s.discussedText(tx, c)
	if err != nil {
		return casework.DecisionApproval{}, err
	}
	if opinion = strings.TrimSpace(opinion); opinion == "" {
		opinion = "事实清楚，证据充分，建议按拟定的意见处理"
	}
	out := casework.DecisionApproval{
		Approval: casework.Approval{Reason: in.Facts, Steps: []casework.ApprovalStep{
			{Post: "承办人意见", Opinion: opinion, Name: names, Date: tx.Today()}, {Post: "承办机构意见"}, {Post: "法制机构意见"}, {Post: "负责人审批"},
		}},
		FiledOn: c.FiledOn, Heard: in.heard(told), Review: outcome + "（" + number + "）", Discussion: talked, Proposal: in.says(),
	}
	clock, err := s.cases.ClockOf(tx, c, decideTerm)
	if clock != nil {
		out.Due = clock.Due
	}
	return out, err
}

// discussedText tells the collective discussion of what is now proposed, or that none was due: one that was due and not held keeps the case from
// being submitted.
func (s *Service) discussedText(tx *store.Tx, c *casework.Case) (string, error) {
	d, err := s.discussed(tx, c)
	if err != nil || d == nil {
		return "不属于应当集体讨论的情形", err
	}
	var in DiscussionInput
	err = json.Unmarshal([]byte(d.Content), &in)
	return d.On.Han() + "集体讨论：" + strings.TrimRight(strings.TrimSpace(in.Result), "。"), err
}

func officerNames(tx *store.Tx, c *casework.Case) (string, error) {
	names, err := org.PeopleNames(tx, []org.PersonID{org.PersonID(c.Lead), org.PersonID(c.Assist)})
	return names[org.PersonID(c.Lead)] + "、" + names[org.PersonID(c.Assist)], err
}

// heard tells notice, defence and hearing in short: what is on record, with the words of the draft about notice and hearing.
func (in DraftInput) heard(h casework.Heard) string {
	parts := said([]string{strings.TrimRight(in.Notified, "。"), h.Says()})
	if h.ServedOn.IsZero() && in.Outcome == Spare {
		parts = []string{"拟不予处罚，没有告知"}
	}
	if in.Hearing != "" {
		parts = append(parts, strings.TrimRight(in.Hearing, "。"))
	}
	return strings.Join(parts, "；")
}

// decisionDrafts are the papers of the decision: to punish, or not to punish with the record of education.
func (s *Service) decisionDrafts(tx *store.Tx, c *casework.Case, in DraftInput) ([]casework.Draft, error) {
	proofs, err := s.proofs(tx, c, in)
	if err != nil {
		return nil, err
	}
	if in.Outcome == Punish {
		told, err := s.told(tx, c)
		return []casework.Draft{{Kind: casework.PenaltyDecisionKind, Part: in.penaltyPaper(c, proofs, told)}}, err
	}
	out := []casework.Draft{{Kind: casework.NoPenaltyDecisionKind, Part: in.sparingPaper(proofs)}}
	if !in.unproven() && in.Educated != "" {
		out = append(out, casework.Draft{Kind: casework.EducationRecord, Fields: map[string]string{"educated": in.Educated, "provision": provision(spareGrounds, in.Ground).Han()}})
	}
	return out, nil
}

func (in DraftInput) penaltyPaper(c *casework.Case, proofs casework.Proofs, told casework.Heard) casework.PenaltyDecision {
	out := casework.PenaltyDecision{
		Proofs: proofs, Course: in.Course, Facts: in.Facts, Notified: in.Notified, HearingRight: told.HearingRight, HearingAsked: told.HearingAsked, Answers: told.Answers, Hearing: in.Hearing, Opinion: in.opinion(c), Correct: in.Correct,
		Channel: in.Channel, Pays: in.fine() > 0, Perform: in.performs(), Publish: in.Publish,
	}
	if !out.Pays && out.Perform == "" {
		out.Perform = "本决定自送达之日起生效"
	}
	for _, p := range in.Penalties {
		one := casework.PenaltyItem(p)
		if one.Amount == 0 && one.Content == "" && !casework.PenaltyKind(p.Kind).NeedsContent() {
			one.Content = "给予" + p.Kind // a warning says all by its name
		}
		out.Penalties = append(out.Penalties, one)
	}
	if in.Departure != "" {
		out.Departure = "本案没有适用上述裁量阶次，理由是：" + strings.TrimRight(in.Departure, "。")
		if in.MakerApproval != "" {
			out.Departure += "（已经基准制定机关批准：" + in.MakerApproval + "）"
		}
	}
	return out
}

// opinion is the reasoning with what the law wants said: the lighter penalty, several norms, the choice between two laws.
func (in DraftInput) opinion(c *casework.Case) string {
	parts := []string{strings.TrimRight(in.Opinion, "。")}
	if in.Leniency != "" {
		effect := "从轻"
		if in.Reduced {
			effect = "减轻"
		}
		what, norm := "当事人"+in.Leniency, provision(lenientGrounds, in.Leniency).Han()
		if in.Leniency == otherGround {
			what, norm = "当事人有"+strings.TrimSpace(in.LeniencyNorm)+"规定的情形", strings.TrimSpace(in.LeniencyNorm)+"和"+norm
		}
		if why := strings.TrimRight(strings.TrimSpace(in.LighterWhy), "。"); why != "" {
			effect += "处罚（" + why + "）"
		} else {
			effect += "处罚"
		}
		parts = append(parts, what+"，根据"+norm+"，"+effect)
	}
	if in.Slight != nil && !*in.Slight {
		parts = append(parts, "当事人的违法行为不属于"+law.Cite("XZCF", 33, 1).Han()+"规定的轻微，理由是："+strings.TrimRight(strings.TrimSpace(in.SlightWhy), "。"))
	}
	if in.FaultDisproved != nil && !*in.FaultDisproved {
		parts = append(parts, "关于当事人是否没有主观过错（"+law.Cite("XZCF", 33, 2).Han()+"），经审查不予认定，理由是："+strings.TrimRight(strings.TrimSpace(in.FaultWhy), "。"))
	}
	if len(in.Norms) > 0 {
		parts = append(parts, "当事人的同一行为违反多个法律规范应当给予罚款处罚，根据"+law.Cite("XZCF", 29).Han()+"，按照罚款数额高的规定处罚")
	}
	if in.ChosenLaw != "" && in.LawWhy != "" {
		parts = append(parts, "新旧规定各有轻重，经比较适用"+map[string]string{"old": "行为时的规定", "new": "决定时的规定"}[c.ChosenLaw]+"："+strings.TrimRight(in.LawWhy, "。"))
	}
	return strings.Join(parts, "。")
}

func (in DraftInput) sparingPaper(proofs casework.Proofs) casework.NoPenaltyDecision {
	return casework.NoPenaltyDecision{
		Proofs: proofs, Course: in.Course, Facts: in.Facts, Ground: strings.TrimRight(in.Why, "。"), Provision: provision(spareGrounds, in.Ground).Han(),
		Unproven: in.unproven(), Educated: in.Educated, Correct: in.Correct,
	}
}
