package casework

import "fadu/internal/law"

// filingPapers are the papers of lead, filing, jurisdiction and recusal.
var filingPapers = map[PaperKind]paperDef{
	"check_record":        paper[CheckRecord]("MOHURD55-15"),
	"check_extension":     paper[CheckExtension]("MOHURD55-15"),
	"filing_approval":     paper[FilingApproval]("XZCF-54-2", "MOHURD55-15"),
	"no_filing_approval":  paper[NoFilingApproval]("MOHURD55-15"),
	"no_filing_notice":    paper[NoFilingNotice]("MOHURD55-15"),
	"jurisdiction_record": paper[JurisdictionRecord]("XZCF-25-2", "MOHURD55-6"),
	"designation_request": paper[DesignationRequest]("XZCF-25-2", "MOHURD55-6"),
	"transfer_letter":     paper[TransferLetter]("XZCF-22"),
	"split_approval":      paper[CasesApproval]("MOHURD55-15"),
	"merge_approval":      paper[CasesApproval]("MOHURD55-15"),
	"recusal_decision":    paper[RecusalDecision]("XZCF-43"),
}

// Conditions are the three conditions of filing (住房和城乡建设行政处罚程序规定第十五条), each with what shows it.
type Conditions struct {
	PrimaFacie   string `json:"prima_facie" must:"初步证据"`
	Jurisdiction string `json:"jurisdiction" must:"管辖依据"`
	Limitation   string `json:"limitation" must:"追责时效的判断 XZCF-36-1"`
}

// CheckRecord is the 线索核查记录.
type CheckRecord struct {
	Conditions
	Source     string   `json:"source" must:"线索来源"`
	ReceivedOn law.Date `json:"received_on" must:"收到线索的日期"`
	Lead       string   `json:"lead" must:"线索内容"`
	Course     string   `json:"course" must:"核查经过"`
	Proposal   string   `json:"proposal" must:"核查意见"`
}

// CheckExtension is the 延长核查期限审批表.
type CheckExtension struct {
	Approval
	Source     string   `json:"source" must:"线索来源"`
	ReceivedOn law.Date `json:"received_on" must:"收到线索的日期"`
	Due        law.Date `json:"due" must:"原定期限"`
	Until      law.Date `json:"until" must:"延长后的期限"`
}

// FilingApproval is the 立案审批表.
type FilingApproval struct {
	Approval
	Conditions
	Source  string   `json:"source" must:"案件来源"`
	FoundOn law.Date `json:"found_on" must:"发现日期"`
	// Violated is the provision that seems to be violated; which power it is may not be settled yet.
	Violated string `json:"violated" must:"涉嫌违反的规定 XZCF-54-2"`
}

func (FilingApproval) lacks(c Content) []string {
	var out []string
	if len(c.Officers) < 2 {
		out = append(out, "两名承办人员（"+law.Cite("XZCF", 42, 1).Han()+"）")
	}
	return out
}

// NoFilingApproval is the 不予立案审批表.
type NoFilingApproval struct {
	Approval
	Source     string   `json:"source" must:"线索来源"`
	ReceivedOn law.Date `json:"received_on" must:"收到线索的日期"`
	Ground     string   `json:"ground" must:"不予立案的理由"`
	Informant  bool     `json:"informant"` // somebody reported by name and is told
}

// NoFilingNotice is the 不予立案告知书 to an informant by name.
type NoFilingNotice struct {
	To         string   `json:"to" must:"被告知人"`
	ReportedOn law.Date `json:"reported_on" must:"反映日期"`
	Lead       string   `json:"lead" must:"反映的内容"`
	Ground     string   `json:"ground" must:"不予立案的理由"`
}

// JurisdictionRecord is the 管辖争议协商记录.
type JurisdictionRecord struct {
	Session
	Attend []Speaker `json:"attend" must:"参加协商的机关和人员"`
	Arose  law.Date  `json:"arose" must:"争议发生日期"`
	Matter string    `json:"matter" must:"争议事项"`
	Result string    `json:"result" must:"协商结果"`
}

// DesignationRequest is the 报请指定管辖函.
type DesignationRequest struct {
	To       string   `json:"to" must:"上一级机关"`
	Other    string   `json:"other" must:"争议对方机关"`
	Facts    string   `json:"facts" must:"案件基本情况"`
	Arose    law.Date `json:"arose" must:"争议发生日期"`
	Views    string   `json:"views" must:"各方意见"`
	Attached []string `json:"attached" must:"附送材料"`
}

// TransferLetter is the 案件移送函 to another body.
type TransferLetter struct {
	To       string   `json:"to" must:"受移送机关"`
	Facts    string   `json:"facts" must:"案件基本情况"`
	Reason   string   `json:"reason" must:"移送理由"`
	Basis    string   `json:"basis" must:"移送依据"`
	Seized   bool     `json:"seized"` // things go along with the case
	Attached []string `json:"attached" must:"移送材料"`
}

// CasesApproval is the 分案审批表 and the 并案审批表.
type CasesApproval struct {
	Approval
	Cases string `json:"cases" must:"分案、并案的办法和各案案件号"`
}

// RecusalDecision is the 回避决定书.
type RecusalDecision struct {
	Applicant string   `json:"applicant" must:"申请人"`
	Officer   string   `json:"officer" must:"被申请回避人"`
	Post      string   `json:"post" must:"被申请回避人职务"`
	AskedOn   law.Date `json:"asked_on" must:"申请日期"`
	Reason    string   `json:"reason" must:"申请理由"`
	Finding   string   `json:"finding" must:"审查认定"`
	Granted   bool     `json:"granted"`
	Successor string   `json:"successor" must:"接替的执法人员" when:"Granted"`
	Earlier   string   `json:"earlier" must:"此前调查的效力" when:"Granted"`
	Judge     bool     `json:"judge,omitempty"` // who holds the hearing or reviews
}
