package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// noticePapers are the papers of the notice and of what the party says to it.
var noticePapers = map[PaperKind]paperDef{
	PenaltyNotice:          paper[PriorNotice]("XZCF-44"),
	"hearing_right_notice": paper[HearingRightNotice]("XZCF-63-1", "XZCF-64"),
	"defence_record":       paper[DefenceRecord]("XZCF-45-1", "MOHURD55-22"),
	"waiver_record":        paper[WaiverRecord]("XZCF-62"),
	"defence_review":       paper[DefenceReview]("XZCF-45-1", "MOHURD55-22"),
}

// PriorNotice is the 行政处罚意见告知书 before a penalty. Hearing tells the right to a hearing as well; Earlier is the
// number of the notice that a new one replaces.
type PriorNotice struct {
	Facts    string `json:"facts" must:"拟作出处罚的事实"`
	Evidence string `json:"evidence" must:"证明事实的证据"`
	Leniency string `json:"leniency"`
	Penalty  string `json:"penalty" must:"拟作出的行政处罚内容"`
	Hearing  bool   `json:"hearing"`
	// Ground is why the right to a hearing is told: the kind of 行政处罚法第六十三条 and the adopted threshold.
	Ground  string `json:"ground,omitempty"`
	Earlier string `json:"earlier"`
	Changed string `json:"changed" must:"重新告知变更的内容" when:"Earlier"`
	Contact string `json:"contact" must:"联系人"`
	Address string `json:"address" must:"提出陈述申辩的地址"`
}

func (PriorNotice) lacks(c Content) []string { return grounds(c, law.Cite("XZCF", 44)) }

// grounds are the provisions violated and applied, and the benchmark.
func grounds(c Content, cite law.Citation) []string {
	var out []string
	for _, h := range []struct{ name, value string }{{"违反的规定", c.Violated}, {"处罚的依据", c.Basis}, {"裁量基准的适用", c.Benchmark}} {
		if h.value == "" {
			out = append(out, h.name+"（"+cite.Han()+"）")
		}
	}
	return out
}

// HearingRightNotice is the 行政处罚听证告知书; Ground names the kind of 行政处罚法第六十三条 and the local threshold.
type HearingRightNotice struct {
	NoticeOn law.Date `json:"notice_on" must:"意见告知书日期"`
	Notice   string   `json:"notice" must:"意见告知书文号"`
	Penalty  string   `json:"penalty" must:"拟作出的行政处罚内容 XZCF-44"`
	Facts    string   `json:"facts" must:"拟作出处罚的事实 XZCF-44"`
	Ground   string   `json:"ground" must:"属于听证范围的情形 XZCF-63-1"`
	Contact  string   `json:"contact" must:"联系人"`
	Address  string   `json:"address" must:"提出听证要求的地址"`
}

// DefenceRecord is the 陈述申辩笔录; Points are whole sentences in the party's own words, one point each.
type DefenceRecord struct {
	Session
	Person   string   `json:"person" must:"陈述申辩人"`
	Role     string   `json:"role" must:"陈述申辩人的身份"`
	Points   []string `json:"points" must:"陈述申辩的内容"`
	Attached string   `json:"attached" must:"提交的材料，没有的写无"`
}

func (DefenceRecord) lacks(c Content) []string { return twoOfficers(c) }

func (DefenceRecord) signers(c Content) []document.Signer {
	return append(append([]document.Signer{{Role: "陈述申辩人（签名）", Dated: true}}, c.officersToSign("听取人（签名）")...), document.Signer{Role: "记录人（签名）", Dated: true})
}

// WaiverRecord is the 放弃陈述申辩、听证声明, in the party's name.
type WaiverRecord struct {
	NoticeTitle string   `json:"notice_title" must:"告知书名称"`
	Notice      string   `json:"notice" must:"告知书文号"`
	ReceivedOn  law.Date `json:"received_on" must:"收到告知书的日期"`
	Waived      []string `json:"waived" must:"放弃的权利"`
}

func (WaiverRecord) signers(Content) []document.Signer {
	return []document.Signer{{Role: "当事人（签名或者盖章）", Dated: true}}
}

// DefenceAnswer is the answer to one point of the defence.
type DefenceAnswer struct {
	Point   string `json:"point" must:"陈述申辩意见" says:"whole"`
	Answer  string `json:"answer" must:"复核情况"`
	Adopted bool   `json:"adopted"`
	Why     string `json:"why" must:"不予采纳的理由" when:"!Adopted"`
}

// DefenceReview is the 陈述申辩复核意见书: each point answered with reasons.
type DefenceReview struct {
	Approval
	Notice   string          `json:"notice" must:"告知书文号"`
	StatedOn law.Date        `json:"stated_on" must:"提出日期" when:"!Silent"`
	Answers  []DefenceAnswer `json:"answers" must:"对每一点意见的答复" when:"!Silent"`
	Silent   bool            `json:"silent"` // nothing was said, so that there is nothing to answer
	Result   string          `json:"result" must:"复核结论"`
}
