package casework

import "fadu/internal/law"

// sidePapers are the papers of longer terms, side states and suspected crimes.
var sidePapers = map[PaperKind]paperDef{
	"extension_approval":    paper[ExtensionApproval]("XZCF-60", "MOHURD55-29"),
	"suspension_approval":   paper[SuspensionApproval]("MOHURD55-30"),
	"resumption_approval":   paper[ResumptionApproval]("MOHURD55-30"),
	"termination_approval":  paper[TerminationApproval]("MOHURD55-31"),
	"withdrawal_approval":   paper[WithdrawalApproval]("MOHURD55-15"),
	"crime_report":          paper[CrimeReport]("XZCF-27-1", "YSGD-5"),
	"crime_transfer":        paper[CrimeTransfer]("XZCF-27-1", "YSGD-6"),
	"crime_transfer_notice": paper[CrimeTransferNotice]("XZQZ-21"),
}

// ExtensionApproval is the 延长办案期限审批表. Again is the second extension, by collective discussion.
type ExtensionApproval struct {
	Approval
	FiledOn    law.Date `json:"filed_on" must:"立案日期"`
	Due        law.Date `json:"due" must:"原定期限"`
	Excluded   string   `json:"excluded" must:"已扣除的时间，没有的写无"`
	Until      law.Date `json:"until" must:"延长后的期限"`
	Days       int      `json:"days" must:"延长的日数"`
	Again      bool     `json:"again"`
	Discussion string   `json:"discussion" must:"集体讨论笔录" when:"Again"`
}

func (e ExtensionApproval) lacks(Content) []string {
	most, what := 30, "延长不超过三十日"
	if e.Again {
		most, what = 60, "继续延期不超过六十日"
	}
	if e.Days > most {
		return []string{what + "（" + mohurd(29).Han() + "）"}
	}
	return nil
}

// SuspensionApproval is the 中止调查审批表.
type SuspensionApproval struct {
	Approval
	Ground string   `json:"ground" must:"中止的情形"`
	From   law.Date `json:"from" must:"中止日期"`
	Proof  string   `json:"proof" must:"证明中止情形的材料"`
}

// ResumptionApproval is the 恢复调查审批表.
type ResumptionApproval struct {
	Approval
	Since law.Date `json:"since" must:"中止日期"`
	Ended law.Date `json:"ended" must:"中止情形消失的日期"`
	From  law.Date `json:"from" must:"恢复日期"`
}

// TerminationApproval is the 终止调查审批表.
type TerminationApproval struct {
	Approval
	Ground   string `json:"ground" must:"终止的情形"`
	Measures string `json:"measures" must:"涉案财物的去向，没有的写无"`
}

// WithdrawalApproval is the 撤销立案审批表.
type WithdrawalApproval struct {
	Approval
	Ground   string `json:"ground" must:"撤销立案的理由"`
	Measures string `json:"measures" must:"涉案财物的去向，没有的写无"`
}

// CrimeReport is the 涉嫌犯罪案件情况报告 to the head.
type CrimeReport struct {
	Approval
	Verifiers []string `json:"verifiers" must:"核实人员"`
	Crime     string   `json:"crime" must:"涉嫌的罪名"`
	Standard  string   `json:"standard" must:"追诉标准"`
	Measures  string   `json:"measures" must:"涉案财物，没有的写无"`
}

func (r CrimeReport) lacks(Content) []string {
	if len(r.Verifiers) < 2 {
		return []string{"两名以上核实人员（" + law.Cite("YSGD", 5).Han() + "）"}
	}
	return nil
}

// CrimeTransfer is the 涉嫌犯罪案件移送书.
type CrimeTransfer struct {
	Police     string   `json:"police" must:"受移送的公安机关"`
	Facts      string   `json:"facts" must:"涉嫌犯罪的事实"`
	Crime      string   `json:"crime" must:"涉嫌的罪名"`
	ApprovedAt string   `json:"approved_at" must:"批准移送的时间 YSGD-5"`
	Attached   []string `json:"attached" must:"移送材料"`
	Penalties  string   `json:"penalties" must:"已作出的行政处罚，没有的写无 YSGD-11"`
}

// CrimeTransferNotice is the 案件及财物移送告知书.
type CrimeTransferNotice struct {
	Moved
	On     law.Date `json:"on" must:"移送日期"`
	Police string   `json:"police" must:"受移送的公安机关"`
	Letter string   `json:"letter" must:"移送书文号"`
}

// Moved are things that go along; there may be none.
type Moved struct {
	Things []Thing `json:"things"`
}

func (m Moved) things() []Thing { return m.Things }
