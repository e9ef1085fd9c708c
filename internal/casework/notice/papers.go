package notice

import (
	"fadu/internal/casework"
	"fadu/internal/law"
)

const (
	recordKind casework.PaperKind = "defence_record"
	waiverKind casework.PaperKind = "waiver_record"
	reviewKind casework.PaperKind = "defence_review"
	reportKind casework.PaperKind = "closing_report"

	hearingRightKind casework.PaperKind = "hearing_right_notice"

	approvalKind casework.PaperKind = "decision_approval"
)

// draft is the notice. A notice that tells of the right to a hearing is one paper with both rights.
func (in IssueInput) draft(told Told, penalty string, need casework.HearingNeed, earlier string) casework.Draft {
	return casework.Draft{Kind: casework.PenaltyNotice, Part: casework.PriorNotice{
		Facts: told.Facts, Evidence: in.Evidence, Leniency: in.Leniency, Penalty: penalty, Hearing: need.Required == law.True && !in.Apart, Ground: need.Ground,
		Earlier: earlier, Changed: in.Changed, Contact: in.Contact, Address: in.Address,
	}}
}

// hearingDraft is the paper that tells of the right to a hearing apart, of the notice drawn up with it (行政处罚法第六十三条、第六十四条).
func (in IssueInput) hearingDraft(told Told, penalty string, need casework.HearingNeed, on law.Date) casework.Draft {
	return casework.Draft{Kind: hearingRightKind, Cites: func(before []casework.Paper) any {
		part := casework.HearingRightNotice{NoticeOn: on, Penalty: penalty, Facts: told.Facts, Ground: need.Ground, Contact: in.Contact, Address: in.Address}
		if len(before) > 0 {
			part.Notice = before[len(before)-1].DocNo
		}
		return part
	}}
}

func (in StateInput) draft() casework.Draft {
	attached := in.Attached
	if attached == "" {
		attached = "无"
	}
	const minute = "2006年1月2日15时4分"
	return casework.Draft{Kind: recordKind, Part: casework.DefenceRecord{
		Session: casework.Session{From: in.From.In(law.Zone).Format(minute), Until: in.Until.In(law.Zone).Format(minute), At: in.At, Recorder: in.Recorder},
		Person:  in.Person, Role: in.Role, Points: in.Points, Attached: attached,
	}}
}

// review is the written review: each point with its answer, or that nothing was said.
func (in AnswerInput) review(p *casework.Paper, all []Point) casework.Draft {
	part := casework.DefenceReview{
		Approval: casework.Approval{Reason: in.Reason, Steps: []casework.ApprovalStep{{Post: "承办人意见", Opinion: in.Result}, {Post: "承办机构意见"}, {Post: "负责人审批"}}},
		Notice:   p.DocNo, Result: in.Result, Silent: len(all) == 0,
	}
	for _, pt := range all {
		a := in.answerTo(pt.ID)
		part.Answers = append(part.Answers, casework.DefenceAnswer{Point: pt.Said, Answer: a.Answer, Adopted: a.Adopted, Why: a.Why})
		part.StatedOn = pt.StatedOn
	}
	return casework.Draft{Kind: reviewKind, Part: part}
}
