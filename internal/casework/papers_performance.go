package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// performancePapers are the papers of performance, of the application to the court, and of closing.
var performancePapers = map[PaperKind]paperDef{
	"performance_record":    paper[PerformanceRecord]("MOHURD55-40"),
	"demand_notice":         paper[DemandNotice]("XZQZ-35"),
	"judgment_application":  paper[JudgmentApplication]("XZSS-95"),
	"court_application":     paper[CourtApplication]("XZQZ-55-1"),
	"court_material_list":   paper[CourtMaterialList]("XZQZ-55-1"),
	"court_appeal":          paper[CourtAppeal]("XZQZ-56-2"),
	"case_closing_approval": paper[ClosingApproval]("MOHURD55-31"),
}

// PerformanceRecord is the 履行情况记录.
type PerformanceRecord struct {
	Title    string   `json:"title" must:"决定书名称"`
	Decision string   `json:"decision" must:"决定书文号"`
	Duty     string   `json:"duty" must:"应当履行的义务"`
	Due      law.Date `json:"due" must:"履行期限"`
	Done     string   `json:"done" must:"履行情况"`
	Proof    string   `json:"proof" must:"证明材料"`
	Result   string   `json:"result" must:"结论"`
}

// DemandNotice is the 履行行政决定催告书 with the elements of 行政强制法第三十五条. Court: before an application to the
// court (第五十四条), otherwise before the bureau's own execution.
type DemandNotice struct {
	Court     bool     `json:"court"`
	Title     string   `json:"title" must:"决定书名称"`
	Decision  string   `json:"decision" must:"决定书文号"`
	DecidedOn law.Date `json:"decided_on" must:"决定日期"`
	ServedOn  law.Date `json:"served_on" must:"决定书送达日期"`
	Duty      string   `json:"duty" must:"决定的义务"`
	Expired   law.Date `json:"expired" must:"履行期限届满日"`
	Within    string   `json:"within" must:"履行义务的期限 XZQZ-35-1-1"`
	How       string   `json:"how" must:"履行义务的方式 XZQZ-35-1-2"`
	Money     bool     `json:"money"` // something is to be paid
	// Imposed is the fine of the decision, Fine what of it is open: none when it was paid late and only the surcharge is not.
	Imposed       law.Money `json:"imposed"`
	Fine          law.Money `json:"fine"`
	Surcharge     law.Money `json:"surcharge"`
	SurchargeFrom law.Date  `json:"surcharge_from" must:"加处罚款起算日" when:"Surcharge"`
	SurchargeTo   law.Date  `json:"surcharge_to" must:"加处罚款计算到的日期" when:"Surcharge"`
	Channel       string    `json:"channel" must:"给付方式 XZQZ-35-1-3" when:"Money"`
	Contact       string    `json:"contact" must:"陈述申辩的联系人 XZQZ-35-1-4"`
}

// Sum is what is to be paid in all.
func (d DemandNotice) Sum() law.Money { return d.Fine + d.Surcharge }

func (d DemandNotice) lacks(Content) []string {
	switch {
	case d.Surcharge > d.Imposed:
		return []string{"不超过罚款数额的加处罚款（" + law.Cite("XZCF", 72, 1, 1).Han() + "）"}
	case d.Money && d.Sum() <= 0:
		return []string{"明确的金额（" + item(law.Cite("XZQZ", 35), 3).Han() + "）"}
	}
	return nil
}

// CourtApplication is the 强制执行申请书, signed by the head, sealed and dated (行政强制法第五十五条第二款).
type CourtApplication struct {
	OrganAddress string   `json:"organ_address" must:"申请人地址"`
	Head         string   `json:"head" must:"行政机关负责人 XZQZ-55-2"`
	Agent        string   `json:"agent"`
	Claim        string   `json:"claim" must:"申请事项"`
	Title        string   `json:"title" must:"决定书名称"`
	Decision     string   `json:"decision" must:"决定书文号"`
	DecidedOn    law.Date `json:"decided_on" must:"决定日期"`
	ServedOn     law.Date `json:"served_on" must:"决定书送达日期"`
	DemandedOn   law.Date `json:"demanded_on" must:"催告书送达日期 XZQZ-54"`
	// Contest tells of reconsideration and suits as they were registered. Fine and Surcharge are what is open of each,
	// Until the day by which the surcharge is reckoned.
	Contest   string    `json:"contest" must:"复议、诉讼的经过 XZQZ-53"`
	Fine      law.Money `json:"fine"`
	Surcharge law.Money `json:"surcharge"`
	// Cost is what of the cost of performance by others is open (行政强制法第五十一条第二款).
	Cost      law.Money `json:"cost"`
	Until     law.Date  `json:"until" must:"加处罚款计算到的日期" when:"Surcharge"`
	Reason    string    `json:"reason" must:"执行标的情况和其他理由 XZQZ-55-1-4"`
	CourtName string    `json:"court_name" must:"受理的人民法院 XZQZ-54"`
}

// Sum is what is to be enforced in money.
func (a CourtApplication) Sum() law.Money { return a.Fine + a.Surcharge + a.Cost }

func (CourtApplication) signers(Content) []document.Signer {
	return []document.Signer{{Role: "行政机关负责人（签名）"}}
}

// JudgmentApplication is the 执行生效裁判申请书 to the court of first instance (行政诉讼法第九十五条).
type JudgmentApplication struct {
	OrganAddress string   `json:"organ_address" must:"申请人地址"`
	Head         string   `json:"head" must:"行政机关负责人"`
	Claim        string   `json:"claim" must:"申请事项"`
	Title        string   `json:"title" must:"决定书名称"`
	Decision     string   `json:"decision" must:"决定书文号"`
	DecidedOn    law.Date `json:"decided_on" must:"决定日期"`
	ServedOn     law.Date `json:"served_on" must:"决定书送达日期"`
	CourtName    string   `json:"court_name" must:"第一审人民法院 XZSS-95"`
	Ruling       string   `json:"ruling" must:"生效裁判的文号"`
	RuledOn      law.Date `json:"ruled_on" must:"裁判日期"`
	Order        string   `json:"order" must:"裁判主文"`
	// Fine and Surcharge are what is open of each, Until the day by which the surcharge is reckoned.
	Fine      law.Money `json:"fine"`
	Surcharge law.Money `json:"surcharge"`
	// Cost is what of the cost of performance by others is open (行政强制法第五十一条第二款).
	Cost   law.Money `json:"cost"`
	Until  law.Date  `json:"until" must:"加处罚款计算到的日期" when:"Surcharge"`
	Reason string    `json:"reason" must:"执行标的和财产线索"`
}

// Sum is what is to be executed in money.
func (a JudgmentApplication) Sum() law.Money { return a.Fine + a.Surcharge + a.Cost }

func (JudgmentApplication) signers(Content) []document.Signer {
	return []document.Signer{{Role: "行政机关负责人（签名）"}}
}

// CourtMaterials are the five materials of 行政强制法第五十五条第一款.
var CourtMaterials = []string{"强制执行申请书", "行政决定书及作出决定的事实、理由和依据", "当事人的意见及行政机关催告情况", "申请强制执行标的情况", "法律、行政法规规定的其他材料"}

// CourtMaterialList is the 申请强制执行材料清单.
type CourtMaterialList struct {
	Proofs
	CourtName string `json:"court_name" must:"受理的人民法院"`
}

// CourtAppeal is the 强制执行裁定复议申请书; Kind is 不予受理 or 不予执行, Basis 第五十六条第二款 or 第五十八条第三款.
type CourtAppeal struct {
	CourtName  string   `json:"court_name" must:"作出裁定的人民法院"`
	RuledOn    law.Date `json:"ruled_on" must:"裁定日期"`
	ReceivedOn law.Date `json:"received_on" must:"收到裁定的日期"`
	Ruling     string   `json:"ruling" must:"裁定书文号"`
	Kind       string   `json:"kind" must:"不予受理或者不予执行"`
	Basis      string   `json:"basis" must:"复议的依据"`
	Claim      string   `json:"claim" must:"请求"`
	Reason     string   `json:"reason" must:"事实和理由"`
	Upper      string   `json:"upper" must:"上一级人民法院"`
}

// ClosingApproval is the 结案审批表.
type ClosingApproval struct {
	Approval
	FiledOn   law.Date `json:"filed_on" must:"立案日期"`
	Decision  string   `json:"decision" must:"决定书文号，没有的写无"`
	Ground    string   `json:"ground" must:"结案情形"`
	GroundOn  law.Date `json:"ground_on" must:"结案情形出现的日期"`
	Outcome   string   `json:"outcome" must:"处理结果"`
	Performed string   `json:"performed" must:"执行情况"`
	Measures  string   `json:"measures" must:"涉案财物的去向，没有的写无"`
	Published string   `json:"published" must:"公示情况，不公示的写明理由"`
}
