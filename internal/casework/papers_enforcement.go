package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// enforcementPapers are the papers of execution by the bureau itself and of performance by others.
var enforcementPapers = map[PaperKind]paperDef{
	"demolition_announcement": paper[DemolitionAnnouncement]("XZQZ-44"),
	"clearance_notice":        paper[ClearanceNotice]("XZQZ-52"),
	"execution_decision":      paper[ExecutionDecision]("XZQZ-37-2"),
	"execution_record":        paper[ExecutionRecord]("XZQZ-51-1"),
	"substitute_decision":     paper[SubstituteDecision]("XZQZ-51-1-1"),
	"substitute_demand":       paper[SubstituteDemand]("XZQZ-51-1-2"),
	"execution_agreement":     paper[ExecutionAgreement]("XZQZ-42"),
	"halt_notice":             paper[HaltNotice]("XZQZ-39"),
	"end_execution_notice":    paper[EndExecutionNotice]("XZQZ-40"),
}

// Executed names the decision that is executed.
type Executed struct {
	Title    string `json:"title" must:"决定书名称"`
	Decision string `json:"decision" must:"决定书文号"`
}

// DemolitionAnnouncement is the 限期拆除公告; Shown is the party's name as it may be published.
type DemolitionAnnouncement struct {
	Executed
	Shown     string   `json:"shown" must:"当事人"`
	What      string   `json:"what" must:"违法建筑物的位置、面积和特征"`
	DecidedOn law.Date `json:"decided_on" must:"决定日期"`
	ServedOn  law.Date `json:"served_on" must:"决定书送达日期"`
	Due       law.Date `json:"due" must:"自行拆除的期限"`
}

// ExecutionDecision is the 行政强制执行决定书 with the elements of 行政强制法第三十七条第二款.
type ExecutionDecision struct {
	Executed
	DecidedOn  law.Date `json:"decided_on" must:"决定日期"`
	DemandedOn law.Date `json:"demanded_on" must:"催告书送达日期 XZQZ-35"`
	Duty       string   `json:"duty" must:"没有履行的义务"`
	Heard      string   `json:"heard" must:"催告后的陈述申辩和复核 XZQZ-36" says:"whole"`
	Reason     string   `json:"reason" must:"强制执行的理由 XZQZ-37-2-2"`
	Grant      string   `json:"grant" must:"本机关强制执行的法律依据 XZQZ-37-2-2"`
	Mandate    string   `json:"mandate" must:"人民政府责成的文件 CXGH-68"`
	Order      string   `json:"order" must:"强制执行的内容"`
	Way        string   `json:"way" must:"强制执行的方式 XZQZ-37-2-3"`
	When       string   `json:"when" must:"强制执行的时间 XZQZ-37-2-3"`
	Advice     string   `json:"advice" says:"whole"`
}

func (ExecutionDecision) lacks(c Content) []string {
	return append(addressed(c, law.Cite("XZQZ", 37, 2, 1)), remedyLacks(c, law.Cite("XZQZ", 37, 2, 4))...)
}

func addressed(c Content, cite law.Citation) []string {
	if c.PartyAddress == "" {
		return []string{"当事人的地址（" + cite.Han() + "）"}
	}
	return nil
}

// ExecutionRecord is the 强制执行（代履行）笔录.
type ExecutionRecord struct {
	Session
	Executed
	Present    string `json:"present" must:"到场的当事人，不到场的写明"`
	Supervisor string `json:"supervisor" must:"行政机关到场监督人员 XZQZ-51-1-3"`
	Witness    string `json:"witness"`
	Course     string `json:"course" must:"执行经过"`
	Goods      string `json:"goods" must:"财物清点和保管，没有的写无"`
	Cost       string `json:"cost"`
	Remark     string `json:"remark" must:"当事人的意见，没有的写无" says:"whole"`
}

func (ExecutionRecord) lacks(c Content) []string {
	out := twoOfficers(c)
	if c.Footage == "" {
		out = append(out, "全程音像记录（"+law.Cite("XZCF", 47).Han()+"）")
	}
	return out
}

func (ExecutionRecord) signers(c Content) []document.Signer {
	out := toSign("当事人（签名或者盖章）", "到场监督人员（签名）", "见证人（签名）")
	return append(append(out, c.officersToSign("执行人员（签名）")...), document.Signer{Role: "记录人（签名）", Dated: true})
}

// SubstituteDecision is the 代履行决定书; AtOnce is the clearing of 行政强制法第五十二条.
type SubstituteDecision struct {
	Executed
	AtOnce bool   `json:"at_once"`
	Duty   string `json:"duty" must:"应当履行的义务"`
	Harm   string `json:"harm" must:"已经或者将造成的后果 XZQZ-50" when:"!AtOnce"`
	Reason string `json:"reason" must:"代履行的理由和依据"`
	What   string `json:"what" must:"代履行的标的"`
	Way    string `json:"way" must:"代履行的方式"`
	When   string `json:"when" must:"代履行的时间"`
	Budget string `json:"budget" must:"费用预算"`
	By     string `json:"by" must:"代履行人"`
}

func (SubstituteDecision) lacks(c Content) []string {
	return append(addressed(c, law.Cite("XZQZ", 51, 1, 1)), remedyLacks(c, law.Cite("XZQZ", 8, 1))...)
}

// ClearanceNotice is the 立即代履行通知书 to a party that was away, and the claim for what it cost (行政强制法第五十一条第二款、第五十二条).
type ClearanceNotice struct {
	Object  string    `json:"object" must:"清除的遗洒物、障碍物、污染物 XZQZ-52"`
	From    string    `json:"from" must:"开始时间"`
	Until   string    `json:"until" must:"结束时间"`
	Course  string    `json:"course" must:"经过"`
	Goods   string    `json:"goods" must:"财物清点和保管，没有的写无"`
	Cost    law.Money `json:"cost"`
	Due     law.Date  `json:"due" must:"缴纳费用的最后一日" when:"Cost"`
	Contact string    `json:"contact" must:"联系人"`
}

func (ClearanceNotice) lacks(c Content) []string { return remedyLacks(c, law.Cite("XZQZ", 8, 1)) }

// SubstituteDemand is the 代履行催告书, three days before.
type SubstituteDemand struct {
	Decision  string   `json:"decision" must:"代履行决定书文号"`
	DecidedOn law.Date `json:"decided_on" must:"代履行决定日期"`
	When      string   `json:"when" must:"代履行的时间"`
	Due       law.Date `json:"due" must:"履行的期限"`
	Duty      string   `json:"duty" must:"应当履行的义务"`
	By        string   `json:"by" must:"代履行人"`
	Contact   string   `json:"contact" must:"联系人"`
}

// ExecutionAgreement is the 执行协议书; only the surcharge can be waived, and only after remedies (行政强制法第四十二条).
type ExecutionAgreement struct {
	Executed
	DecidedOn law.Date `json:"decided_on" must:"决定日期"`
	Duty      string   `json:"duty" must:"没有履行的义务"`
	Plan      string   `json:"plan" must:"分阶段履行的约定"`
	Remedied  string   `json:"remedied"`
	Waived    string   `json:"waived" must:"减免的加处罚款" when:"Remedied"`
}

func (a ExecutionAgreement) lacks(Content) []string {
	if a.Waived != "" && a.Remedied == "" {
		return []string{"当事人采取的补救措施（" + law.Cite("XZQZ", 42, 1).Han() + "）"}
	}
	return nil
}

func (ExecutionAgreement) signers(Content) []document.Signer {
	return toSign("甲方负责人（签名）", "乙方（签名或者盖章）")
}

// HaltNotice is the 中止（恢复）执行通知书.
type HaltNotice struct {
	Executed
	Resumed bool     `json:"resumed"`
	Reason  string   `json:"reason" must:"中止或者恢复的情形"`
	From    law.Date `json:"from" must:"中止或者恢复的日期"`
}

// EndExecutionNotice is the 终结执行通知书.
type EndExecutionNotice struct {
	Executed
	Ground  string   `json:"ground" must:"终结执行的情形"`
	From    law.Date `json:"from" must:"终结日期"`
	Settled string   `json:"settled"` // what became of things and money
}
