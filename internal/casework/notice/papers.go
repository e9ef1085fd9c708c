package notice

import (
	"strings"

	"fadu/internal/casework"
	"fadu/internal/law"
)

const (
	recordKind casework.PaperKind = "defence_record"
	waiverKind casework.PaperKind = "waiver_record"
	reviewKind casework.PaperKind = "defence_review"
	reportKind casework.PaperKind = "closing_report"
)

// sum prints an amount in words and figures, which agree because they are one value.
func sum(m law.Money) string { return "人民币" + m.Han() + "（￥" + m.Grouped() + "）" }

// penalty says a proposed penalty in words.
func penalty(t Told, things string) string {
	var out []string
	contents := contentsOf(t.Contents)
	for _, k := range strings.Split(t.Kinds, ";") {
		switch casework.PenaltyKind(k) {
		case "":
		case casework.PenaltyFine:
			out = append(out, "罚款"+sum(t.Amount))
		case casework.PenaltyGains:
			out = append(out, "没收违法所得"+sum(t.Gains))
		case casework.PenaltyGoods:
			out = append(out, "没收非法财物："+things+"，价值"+sum(t.Goods))
		default:
			if contents[k] != "" {
				k += "：" + contents[k]
			}
			out = append(out, k)
		}
	}
	return strings.Join(out, "；")
}

// draft is the notice. A notice that tells of the right to a hearing is one paper with both rights.
func (in IssueInput) draft(told Told, hears bool, earlier string) casework.Draft {
	return casework.Draft{Kind: casework.PenaltyNotice, Part: casework.PriorNotice{
		Facts: told.Facts, Evidence: in.Evidence, Leniency: in.Leniency, Penalty: penalty(told, in.Things), Hearing: hears,
		Earlier: earlier, Changed: in.Changed, Contact: in.Contact, Address: in.Address,
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
