package casework

import (
	"strings"

	"fadu/internal/document"
	"fadu/internal/law"
)

// decisionPapers are the papers of review, discussion and decision.
var decisionPapers = map[PaperKind]paperDef{
	"review_submission":   paper[ReviewSubmission]("XZCF-58-1"),
	"review_opinion":      paper[ReviewOpinion]("XZCF-58-1", "MOHURD55-25"),
	"counsel_opinion":     paper[CounselOpinion]("GBF118-11"),
	"coordination_record": paper[CoordinationRecord]("XZCF-58-1"),
	"discussion_record":   paper[DiscussionRecord]("XZCF-57-2"),
	"decision_approval":   paper[DecisionApproval]("XZCF-57-1"),
	"penalty_decision":    paper[PenaltyDecision]("XZCF-59-1"),
	"no_penalty_decision": paper[NoPenaltyDecision]("XZCF-57-1"),
}

// ReviewSubmission is the 法制审核送审表; Ground is one of 行政处罚法第五十八条第一款 or of the bureau's directory.
type ReviewSubmission struct {
	Round     int      `json:"round" must:"送审次数"`
	On        law.Date `json:"on" must:"送审日期"`
	Ground    string   `json:"ground" must:"应当审核的情形"`
	Proposal  string   `json:"proposal" must:"拟作出的决定"`
	Facts     string   `json:"facts" must:"事实和证据"`
	Heard     string   `json:"heard" must:"陈述申辩、听证的情况"`
	Materials []string `json:"materials" must:"送审材料"`
	Changed   string   `json:"changed"` // from the second time on: what is different
}

func (s ReviewSubmission) lacks(c Content) []string {
	out := grounds(c, law.Cite("MOHURD55", 24))
	if s.Round > 1 && s.Changed == "" {
		out = append(out, "与上次送审不同的内容（"+mohurd(25).Han()+"）")
	}
	return out
}

// ReviewPoint is one of the points of 住房和城乡建设行政处罚程序规定第二十四条 with its finding.
type ReviewPoint struct {
	Name    string `json:"name" must:"审核事项"`
	Finding string `json:"finding" must:"审核结论"`
	Cite    string `json:"cite"`
}

// ReviewPoints are the points that an opinion goes through, in their order.
var ReviewPoints = []string{"主体是否合法，执法人员是否具备资格", "程序是否合法", "当事人基本情况、案件事实是否清楚，证据是否合法充分", "适用法律、法规、规章和裁量基准是否准确、适当", "是否超越法定权限", "文书是否完备、规范", "违法行为是否涉嫌犯罪、需要移送", "法律、法规规定的其他内容"}

// ReviewOpinion is the 法制审核意见书; Outcome is 同意, 补充调查, 改正 or 移送.
type ReviewOpinion struct {
	Round      int           `json:"round" must:"审核次数"`
	ReceivedOn law.Date      `json:"received_on" must:"收到送审材料的日期"`
	Proposal   string        `json:"proposal" must:"拟作出的决定"`
	Points     []ReviewPoint `json:"points" must:"逐项审核 MOHURD55-24"`
	Outcome    string        `json:"outcome" must:"审核意见"`
	Reason     string        `json:"reason" must:"理由和要求"`
}

// Agree reports the outcome 同意.
func (o ReviewOpinion) Agree() bool { return o.Outcome == "同意" }

// Inquire reports the outcome 补充调查.
func (o ReviewOpinion) Inquire() bool { return o.Outcome == "补充调查" }

// Amend reports the outcome 改正.
func (o ReviewOpinion) Amend() bool { return o.Outcome == "改正" }

// Transfer reports the outcome 移送.
func (o ReviewOpinion) Transfer() bool { return o.Outcome == "移送" }

func (o ReviewOpinion) lacks(Content) []string {
	if o.Outcome != "" && !o.Agree() && !o.Inquire() && !o.Amend() && !o.Transfer() {
		return []string{"同意、补充调查、改正、移送之一的审核意见（" + mohurd(25).Han() + "）"}
	}
	if len(o.Points) > 0 && len(o.Points) < len(ReviewPoints) {
		return []string{"全部" + law.HanNumeral(len(ReviewPoints)) + "项审核内容的结论（" + mohurd(24).Han() + "）"}
	}
	return nil
}

func (ReviewOpinion) signers(Content) []document.Signer {
	return []document.Signer{{Role: "法制审核人员（签名）", Dated: true}, {Role: "法制机构负责人（签名）", Dated: true}}
}

// CounselOpinion is the 驻队律师意见书: advice that the reviewer and the heads read, and that replaces nobody's signature.
type CounselOpinion struct {
	Lawyer  string   `json:"lawyer" must:"律师姓名"`
	Firm    string   `json:"firm" must:"执业机构"`
	Licence string   `json:"licence" must:"律师执业证号"`
	On      law.Date `json:"on" must:"提出意见的日期"`
	Matter  string   `json:"matter" must:"对什么提意见"`
	Opinion string   `json:"opinion" must:"意见" says:"whole"`
}

func (CounselOpinion) signers(Content) []document.Signer {
	return []document.Signer{{Role: "律师（签名）", Dated: true}}
}

// CoordinationRecord is the 审核分歧协调记录; it opens nothing.
type CoordinationRecord struct {
	Session
	Opinion   string `json:"opinion" must:"审核意见书文号"`
	Matter    string `json:"matter" must:"分歧的事项"`
	Handling  string `json:"handling" must:"承办机构的意见"`
	Reviewing string `json:"reviewing" must:"法制审核机构的意见"`
	Result    string `json:"result" must:"负责人的处理意见"`
}

// DiscussionRecord is the 集体讨论笔录; Members in the order of speaking, the chief last.
type DiscussionRecord struct {
	Session
	Host     string    `json:"host" must:"主持人"`
	Members  []Speaker `json:"members" must:"参加讨论的负责人"`
	Guests   []Speaker `json:"guests"`
	Due      int       `json:"due" must:"应到人数"`
	Report   string    `json:"report" must:"案情汇报" says:"whole"`
	Opinion  string    `json:"opinion" must:"法制审核意见书文号 XZCF-58-1"`
	Reviewed string    `json:"reviewed" must:"法制审核意见 XZCF-58-1"`
	Read     []string  `json:"read" must:"宣读的材料"`
	Result   string    `json:"result" must:"讨论决定"`
	Dissent  string    `json:"dissent" must:"不同意见，没有的写无"`
}

func (d DiscussionRecord) lacks(Content) []string {
	var silent []string
	for _, m := range d.Members {
		if strings.TrimSpace(m.Says) == "" {
			silent = append(silent, m.Name)
		}
	}
	if len(silent) > 0 {
		return []string{strings.Join(silent, "、") + "的意见（" + law.Cite("XZCF", 57, 2).Han() + "）"}
	}
	return nil
}

func (d DiscussionRecord) signers(Content) []document.Signer {
	var out []document.Signer
	for _, m := range d.Members {
		out = append(out, document.Signer{Role: "参加人（签名）", Name: m.Name})
	}
	return append(out, document.Signer{Role: "记录人（签名）", Dated: true})
}

// DecisionApproval is the 行政处罚决定审批表.
type DecisionApproval struct {
	Approval
	FiledOn    law.Date `json:"filed_on" must:"立案日期 XZCF-60"`
	Due        law.Date `json:"due" must:"办案期限 XZCF-60"`
	Heard      string   `json:"heard" must:"告知、陈述申辩和听证的情况 XZCF-62"`
	Review     string   `json:"review" must:"法制审核意见，不需要审核的写明 XZCF-58-1"`
	Discussion string   `json:"discussion" must:"集体讨论的情况，不需要讨论的写明 XZCF-57-2"`
	Proposal   string   `json:"proposal" must:"拟作出的决定"`
}

func (DecisionApproval) lacks(c Content) []string { return grounds(c, law.Cite("XZCF", 57, 1)) }

// PenaltyItem is one penalty of a decision; Amount is 0 where the kind has none.
type PenaltyItem struct {
	Kind    string    `json:"kind" must:"处罚种类 XZCF-59-1-3"`
	Content string    `json:"content" must:"处罚内容 XZCF-59-1-3" when:"!Amount"`
	Amount  law.Money `json:"amount"`
	// Days is by when what is no fine is to be performed, from the receipt of the decision on; 0 where it does not say.
	Days int `json:"days,omitempty"`
}

// PenaltyDecision is the 行政处罚决定书 of the ordinary procedure with the elements of 行政处罚法第五十九条第一款.
type PenaltyDecision struct {
	Proofs
	Course       string          `json:"course" must:"案件来源和调查经过 XZCF-59-1-2"`
	Facts        string          `json:"facts" must:"违法事实 XZCF-59-1-2"`
	Notified     string          `json:"notified" must:"告知的情况 XZCF-44"`
	HearingRight bool            `json:"hearing_right"`
	HearingAsked bool            `json:"hearing_asked"`
	Answers      []DefenceAnswer `json:"answers"`
	Hearing      string          `json:"hearing"`
	Opinion      string          `json:"opinion" must:"定性和裁量的理由"`
	Departure    string          `json:"departure"`
	Penalties    []PenaltyItem   `json:"penalties" must:"处罚的种类 XZCF-59-1-3"`
	Correct      string          `json:"correct"`
	Channel      string          `json:"channel" must:"缴纳罚款的银行或者电子支付渠道 XZCF-59-1-4" when:"Pays"`
	Pays         bool            `json:"pays"`                                            // there is a fine
	Perform      string          `json:"perform" must:"履行方式和期限 XZCF-59-1-4" when:"!Pays"` // of what is no fine
	Publish      string          `json:"publish"`
}

func (p PenaltyDecision) lacks(c Content) []string {
	var out []string
	if c.PartyAddress == "" {
		out = append(out, "当事人的地址（"+law.Cite("XZCF", 59, 1, 1).Han()+"）")
	}
	out = append(out, grounds(c, law.Cite("XZCF", 59, 1, 3))...)
	out = append(out, remedyLacks(c, law.Cite("XZCF", 59, 1, 5))...)
	if c.ReviewFirst {
		out = append(out, "普通程序的救济途径：六十日内复议，也可以六个月内直接起诉（"+law.Cite("XZSS", 46, 1).Han()+"）")
	}
	fined := law.Money(0)
	for _, one := range p.Penalties {
		if one.Kind == "罚款" {
			fined += one.Amount
			if one.Amount == 0 {
				out = append(out, "罚款数额（"+law.Cite("XZCF", 59, 1, 3).Han()+"）")
			}
		}
	}
	if (fined > 0) != p.Pays || fined != c.Fine {
		out = append(out, "一致的罚款数额（"+law.Cite("XZCF", 59, 1, 3).Han()+"）")
	}
	return out
}

// NoPenaltyDecision is the 不予行政处罚决定书; Provision is where the ground stands.
type NoPenaltyDecision struct {
	Proofs
	Course    string `json:"course" must:"案件来源和调查经过"`
	Facts     string `json:"facts" must:"查明的事实"`
	Ground    string `json:"ground" must:"不予处罚的理由 XZCF-33"`
	Provision string `json:"provision" must:"不予处罚的依据 XZCF-33"`
	Unproven  bool   `json:"unproven"` // the offence is not established: there is nothing to teach
	Educated  string `json:"educated" must:"教育的情况 XZCF-33-3" when:"!Unproven"`
	Correct   string `json:"correct"`
}

func (NoPenaltyDecision) lacks(c Content) []string { return remedyLacks(c, law.Cite("XZFY", 20, 1)) }
