package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// hearingPapers are the papers of a hearing.
var hearingPapers = map[PaperKind]paperDef{
	"hearing_request":      paper[HearingRequest]("XZCF-64-1"),
	"hearing_acceptance":   paper[HearingAcceptance]("XZCF-63-1"),
	"hearing_refusal":      paper[HearingRefusal]("XZCF-63-1"),
	"hearing_notice":       paper[HearingNotice]("XZCF-64-1-2"),
	"hearing_announcement": paper[HearingAnnouncement]("XZCF-64-1-3"),
	"hearing_postponement": paper[HearingPostponement]("MOHURD55-33"),
	"hearing_withdrawal":   paper[HearingWithdrawal]("XZCF-64-1"),
	"hearing_record":       paper[HearingRecord]("XZCF-64-1-8", "MOHURD55-34"),
	"hearing_report":       paper[HearingReport]("XZCF-65"),
}

// HearingRequest is the 听证申请记录, also of an oral request.
type HearingRequest struct {
	AskedAt    string   `json:"asked_at" must:"申请时间"`
	How        string   `json:"how" must:"申请方式"` // 书面, 口头
	Notice     string   `json:"notice" must:"告知书文号"`
	ReceivedOn law.Date `json:"received_on" must:"收到告知书的日期"`
	Reason     string   `json:"reason" must:"申请理由"`
	Agents     []string `json:"agents"`
	Closed     string   `json:"closed" must:"是否申请不公开"`
}

func (r HearingRequest) lacks(Content) []string { return tooManyAgents(r.Agents) }

func tooManyAgents(agents []string) []string {
	if len(agents) > 2 {
		return []string{"代理人不超过二人（" + law.Cite("XZCF", 64, 1, 5).Han() + "）"}
	}
	return nil
}

// HearingAcceptance is the 听证受理通知书.
type HearingAcceptance struct {
	AskedOn law.Date `json:"asked_on" must:"申请日期"`
}

// HearingRefusal is the 不予受理听证通知书.
type HearingRefusal struct {
	AskedOn law.Date `json:"asked_on" must:"申请日期"`
	Reason  string   `json:"reason" must:"不予受理的理由"`
	Basis   string   `json:"basis" must:"不予受理的依据"`
}

// HearingNotice is the 听证通知书, one for each who is called.
type HearingNotice struct {
	To     string   `json:"to" must:"被通知人"`
	When   string   `json:"when" must:"听证时间"`
	At     string   `json:"at" must:"听证地点"`
	Closed bool     `json:"closed"`
	Host   string   `json:"host" must:"听证主持人 XZCF-64-1-4"`
	Panel  []string `json:"panel"`
	Clerk  string   `json:"clerk" must:"记录员"`
}

func (n HearingNotice) lacks(c Content) []string { return investigatorPresides(c, n.Host) }

func investigatorPresides(c Content, host string) []string {
	for _, o := range c.Officers {
		if o.Name != "" && o.Name == host {
			return []string{"非本案调查人员的听证主持人（" + law.Cite("XZCF", 64, 1, 4).Han() + "）"}
		}
	}
	return nil
}

// HearingAnnouncement is the 听证公告; Shown is the party's name as it may be published.
type HearingAnnouncement struct {
	When   string `json:"when" must:"听证时间"`
	At     string `json:"at" must:"听证地点"`
	Shown  string `json:"shown" must:"公开的当事人名称"`
	Host   string `json:"host" must:"听证主持人"`
	Apply  string `json:"apply" must:"旁听登记的截止时间"`
	Office string `json:"office" must:"旁听登记的地点"`
	Seats  int    `json:"seats" must:"旁听席位"`
}

// HearingPostponement is the 听证延期（中止）通知书; When is empty while no new day is set.
type HearingPostponement struct {
	Was    string `json:"was" must:"原定时间"`
	Kind   string `json:"kind" must:"延期或者中止"`
	Reason string `json:"reason" must:"理由"`
	When   string `json:"when"`
	At     string `json:"at" must:"听证地点" when:"When"`
}

// HearingWithdrawal is the 撤回听证申请书, in the party's name.
type HearingWithdrawal struct {
	AskedOn law.Date `json:"asked_on" must:"申请日期"`
	Reason  string   `json:"reason" must:"撤回的理由"`
}

func (HearingWithdrawal) signers(Content) []document.Signer {
	return []document.Signer{{Role: "当事人（签名或者盖章）", Dated: true}}
}

// HearingRecord is the 听证笔录 with the four steps of 住房和城乡建设行政处罚程序规定第三十四条.
type HearingRecord struct {
	Session
	Closed     string   `json:"closed"` // why it is not public
	Host       string   `json:"host" must:"听证主持人"`
	Panel      []string `json:"panel"`
	Present    string   `json:"present" must:"当事人到场情况"`
	Agents     []string `json:"agents"`
	Thirds     []string `json:"thirds,omitempty"`
	Opening    string   `json:"opening" must:"宣布纪律、流程和告知回避权" says:"whole"`
	Accusation string   `json:"accusation" must:"调查人员提出的事实、证据和建议 XZCF-64-1-7" says:"whole"`
	Defence    string   `json:"defence" must:"当事人的申辩和质证 XZCF-64-1-7" says:"whole"`
	Talk       []QA     `json:"talk"`
	Final      string   `json:"final" must:"最后陈述" says:"whole"`
}

func (r HearingRecord) lacks(c Content) []string {
	return append(investigatorPresides(c, r.Host), tooManyAgents(r.Agents)...)
}

func (r HearingRecord) signers(c Content) []document.Signer {
	out := toSign("当事人（签名或者盖章）", "委托代理人（签名）")
	if len(r.Agents) == 0 {
		out = toSign("当事人（签名或者盖章）")
	}
	out = append(out, c.officersToSign("案件调查人员（签名）")...)
	return append(out, toSign("听证主持人（签名）", "记录员（签名）")...)
}

// HearingReport is the 听证报告.
type HearingReport struct {
	When       string   `json:"when" must:"听证时间"`
	At         string   `json:"at" must:"听证地点"`
	Host       string   `json:"host" must:"听证主持人"`
	Panel      []string `json:"panel"`
	Facts      string   `json:"facts" must:"案件基本情况"`
	Accusation string   `json:"accusation" must:"调查人员的主张和证据"`
	Defence    string   `json:"defence" must:"当事人的主张和证据"`
	Findings   string   `json:"findings" must:"质证和认定"`
	Proposal   string   `json:"proposal" must:"处理意见和建议"`
}

func (r HearingReport) signers(Content) []document.Signer {
	out := toSign("听证主持人（签名）")
	for range r.Panel {
		out = append(out, document.Signer{Role: "听证员（签名）"})
	}
	return out
}
