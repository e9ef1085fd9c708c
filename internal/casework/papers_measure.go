package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// measurePapers are the papers of registered keeping, of sealing and seizure, and of the store-room.
var measurePapers = map[PaperKind]paperDef{
	"preservation_approval": paper[PreservationApproval]("XZCF-56"),
	"preservation_notice":   paper[PreservationNotice]("XZCF-56"),
	"preservation_decision": paper[PreservationDecision]("XZCF-56"),
	"seizure_approval":      paper[SeizureApproval]("XZQZ-18", "XZQZ-19"),
	"seizure_decision":      paper[SeizureDecision]("XZQZ-24-1"),
	"seizure_extension":     paper[SeizureExtension]("XZQZ-25"),
	"release_decision":      paper[ReleaseDecision]("XZQZ-28"),
	"thing_list":            paper[ThingList]("XZQZ-24-2"),
	"return_list":           paper[ReturnList]("XZQZ-28-2"),
	"custody_record":        paper[CustodyRecord]("XZQZ-26"),
	"disposal_record":       paper[DisposalRecord]("XZCF-74"),
	"disposal_approval":     paper[DisposalApproval]("XZCF-74-1"),
	"disposal_list":         paper[DisposalList]("XZCF-74"),
	"destruction_list":      paper[DestructionList]("XZCF-74-1"),
}

// PreservationApproval is the 先行登记保存审批表.
type PreservationApproval struct {
	Approval
	Things
	Purpose      string `json:"purpose" must:"保存的物品证明什么"`
	Risk         string `json:"risk" must:"可能灭失或者以后难以取得的理由"`
	WhyNotPhotos string `json:"why_not_photos" must:"拍照、录像为什么不够"`
}

// PreservationNotice is the 先行登记保存通知书. Until is the seventh working day.
type PreservationNotice struct {
	Things
	Purpose string   `json:"purpose" must:"保存的物品证明什么"`
	From    law.Date `json:"from" must:"开始保存的日期"`
	Until   law.Date `json:"until" must:"作出处理决定的期限"`
	Where   string   `json:"where" must:"保存方式和地点"`
}

// PreservationDecision is the 登记保存物品处理决定书; Lapsed when the seven days passed without one.
type PreservationDecision struct {
	Things
	From    law.Date `json:"from" must:"开始保存的日期"`
	Notice  string   `json:"notice" must:"登记保存通知书文号"`
	Lapsed  bool     `json:"lapsed"`
	Outcome string   `json:"outcome" must:"处理决定" when:"!Lapsed"`
	Reason  string   `json:"reason" must:"理由" when:"!Lapsed"`
	Collect string   `json:"collect"` // where and when things are handed back
}

// SeizureApproval is the 查封（扣押）审批表.
type SeizureApproval struct {
	Approval
	Things
	Measure  string   `json:"measure" must:"查封或者扣押"`
	Grant    string   `json:"grant" must:"可以查封、扣押的法律、法规规定 XZQZ-17-1"`
	Related  string   `json:"related" must:"财物与违法行为有关的说明 XZQZ-23-1"`
	From     law.Date `json:"from" must:"开始日期"`
	Until    law.Date `json:"until" must:"期限 XZQZ-25-1"`
	Urgent   bool     `json:"urgent"`
	UrgentAt string   `json:"urgent_at" must:"紧急实施的时间 XZQZ-19" when:"Urgent"`
}

// SeizureDecision is the 查封（扣押）决定书 with the elements of 行政强制法第二十四条第一款.
type SeizureDecision struct {
	Things
	// Violated is the provision that the act is taken to violate; without one the case's own is printed.
	Violated string   `json:"violated,omitempty"`
	Measure  string   `json:"measure" must:"查封或者扣押"`
	Grant    string   `json:"grant" must:"查封、扣押的依据 XZQZ-24-1-2"`
	From     law.Date `json:"from" must:"开始日期 XZQZ-24-1-2"`
	Until    law.Date `json:"until" must:"期限 XZQZ-24-1-2"`
	Where    string   `json:"where" must:"存放地点和保管 XZQZ-26-1"`
	Heard    string   `json:"heard" must:"当事人的陈述和申辩 XZQZ-18" says:"whole"`
}

func (d SeizureDecision) lacks(c Content) []string {
	if d.Violated != "" {
		c.Violated = d.Violated
	}
	out := remedyLacks(c, law.Cite("XZQZ", 24, 1, 4))
	if c.PartyAddress == "" {
		out = append(out, "当事人的地址（"+law.Cite("XZQZ", 24, 1, 1).Han()+"）")
	}
	return append(out, violated(c, law.Cite("XZQZ", 24, 1, 2))...)
}

// remedyLacks wants the names of the body that reviews and of the court.
func remedyLacks(c Content, cite law.Citation) []string {
	if c.ReviewOrgan == "" || c.Court == "" || c.ReviewDays == 0 {
		return []string{"申请行政复议或者提起行政诉讼的途径和期限（" + cite.Han() + "）"}
	}
	return nil
}

// SeizureExtension is the 延长查封（扣押）期限决定书.
type SeizureExtension struct {
	Decision  string   `json:"decision" must:"查封（扣押）决定书文号"`
	MeasureOn law.Date `json:"measure_on" must:"查封（扣押）日期"`
	Measure   string   `json:"measure" must:"查封或者扣押"`
	Due       law.Date `json:"due" must:"原期限"`
	Until     law.Date `json:"until" must:"延长后的期限"`
	Reason    string   `json:"reason" must:"延长的理由 XZQZ-25-2"`
}

// ReleaseDecision is the 解除查封（扣押）决定书; Ground is one of 行政强制法第二十八条第一款.
type ReleaseDecision struct {
	Things
	Decision  string   `json:"decision" must:"查封（扣押）决定书文号"`
	MeasureOn law.Date `json:"measure_on" must:"查封（扣押）日期"`
	Measure   string   `json:"measure" must:"查封或者扣押"`
	Ground    string   `json:"ground" must:"解除的情形 XZQZ-28-1"`
	From      law.Date `json:"from" must:"解除日期"`
	Collect   string   `json:"collect" must:"领取的地点和办法"`
}

// ThingList is the 财物清单 that goes with another paper.
type ThingList struct {
	Things
	Title  string `json:"title" must:"所附文书名称"`
	Of     string `json:"of" must:"所附文书文号"`
	Remark string `json:"remark" says:"whole"`
}

// ReturnList is the 退还财物清单.
type ReturnList struct {
	Things
	Title  string `json:"title" must:"退还依据的文书"`
	Of     string `json:"of" must:"退还依据的文书文号"`
	Remark string `json:"remark" says:"whole"`
}

// CustodyRecord is the 涉案财物出入库单.
type CustodyRecord struct {
	Things
	Move    string `json:"move" must:"入库、移库或者出库"`
	MovedAt string `json:"moved_at" must:"出入库时间"`
	Shelf   string `json:"shelf" must:"库位"`
	Label   string `json:"label" must:"标签号"`
	Basis   string `json:"basis" must:"出入库依据"`
	State   string `json:"state" must:"财物状况"`
}

func (CustodyRecord) signers(Content) []document.Signer {
	return toSign("经手人（签名）", "保管人（签名）")
}

// DisposalRecord is the 财物处理记录.
type DisposalRecord struct {
	Approval
	Things
	Basis    string `json:"basis" must:"处理的依据"`
	Way      string `json:"way" must:"处理方式"` // 公开拍卖, 销毁, 上缴
	Course   string `json:"course" must:"处理经过"`
	Proceeds string `json:"proceeds" must:"款项和票据，没有的写无"`
}

// DisposalApproval is the 没收财物处理审批表.
type DisposalApproval struct {
	Approval
	Things
	Decision string `json:"decision" must:"没收的处罚决定书文号"`
	Way      string `json:"way" must:"处理方式"`
	Basis    string `json:"basis" must:"处理的依据"`
}

// DisposalList is the 没收财物处理清单: what was auctioned, handed on or paid in, to whom, and where the money went.
type DisposalList struct {
	Things
	Decision string    `json:"decision" must:"没收的处罚决定书文号"`
	Approved law.Date  `json:"approved" must:"批准处理的日期"`
	Way      string    `json:"way" must:"处理方式"`
	Receiver string    `json:"receiver" must:"买受人、接收单位"`
	Course   string    `json:"course" must:"处理经过"`
	Proceeds law.Money `json:"proceeds"`
	Voucher  string    `json:"voucher" must:"上缴国库的票据" when:"Proceeds"`
}

func (DisposalList) signers(Content) []document.Signer {
	return toSign("经手人（签名）", "保管人（签名）", "买受人、接收人（签名或者盖章）")
}

// DestructionList is the 销毁物品清单.
type DestructionList struct {
	Things
	Decision string   `json:"decision" must:"没收的处罚决定书文号"`
	Approved law.Date `json:"approved" must:"批准销毁的日期"`
	Basis    string   `json:"basis" must:"依法应当销毁的规定"`
	At       string   `json:"at" must:"销毁的地点"`
	Course   string   `json:"course" must:"销毁经过"`
	Watched  string   `json:"watched" must:"监销人"`
	Footage  string   `json:"footage" must:"销毁的照片、录像"`
}

func (DestructionList) signers(Content) []document.Signer {
	return toSign("经手人（签名）", "保管人（签名）", "监销人（签名）")
}
