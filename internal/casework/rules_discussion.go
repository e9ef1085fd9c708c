package casework

import (
	"slices"
	"strings"

	"fadu/internal/law"
)

// Collective discussion and what it may not leave out (行政处罚法第五十七条第二款; practice.md 22).
var discussionRules = []law.Rule{
	{
		ID: "XZCF-57-2-signed", Name: "讨论成员都在笔录上签名", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: required(law.MembersSigned, "笔录没有全部成员签名。请补签"),
	},
	{
		ID: "XZCF-57-2-opinions", Name: "每名成员的意见都有记载", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: required(law.OpinionsRecorded, "没有逐人记载意见。请记载每名成员的意见，有不同意见的照记"),
	},
	{
		ID: "XZCF-57-2-last", Name: "主要负责人末位表态", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: required(law.ChiefSpokeLast, "主要负责人没有最后表态。请重新讨论，由主要负责人末位表态"),
	},
	{
		ID: "XZCF-57-2-members", Name: "列席人员不参加表决", Actions: []law.Action{ActDiscuss},
		Cite: law.Citations{xzcf(57, 2)}, From: penaltyLaw2021,
		Check: barred(law.OutsiderVoted, "法制、承办等列席人员不是负责人，不参加表决。请重新计算表决结果"),
	},
}

// guests are who attends a discussion without deciding, by the words that name their post: the legal section tells of its review, those who handle
// the case of the facts (行政处罚法第五十七条第二款、第五十八条第一款).
var guests = []struct {
	who   string
	words []string
}{
	{"法制机构", []string{"法制", "法规"}},
	{"承办机构", []string{"承办", "主办", "协办", "办案", "中队", "大队"}},
}

// GuestsLacking are those who should have attended and whose post is none of those written down.
func GuestsLacking(posts []string) []string {
	var out []string
	for _, g := range guests {
		there := slices.ContainsFunc(posts, func(p string) bool {
			return slices.ContainsFunc(g.words, func(w string) bool { return strings.Contains(p, w) })
		})
		if !there {
			out = append(out, g.who)
		}
	}
	return out
}

// Followed reports whether minutes are younger than every agreement of legal review: a meeting before it did not know it. Rows tell the order also
// on one day (行政处罚法第五十七条第二款、第五十八条第一款).
func Followed(acts []CaseAct, minutes int64) bool {
	return !slices.ContainsFunc(acts, func(a CaseAct) bool { return a.Act == "review_agree" && a.ID > minutes })
}
