package casework

import (
	"fadu/internal/document"
	"fadu/internal/law"
)

// inquiryPapers are the papers of the investigation, but for measures.
var inquiryPapers = map[PaperKind]paperDef{
	"inspection_record":       paper[InspectionRecord]("XZCF-55", "MOHURD55-17"),
	"site_sketch":             paper[SiteSketch]("MOHURD55-17"),
	"interview_record":        paper[InterviewRecord]("XZCF-55", "MOHURD55-17"),
	"evidence_request":        paper[EvidenceRequest]("XZCF-55", "MOHURD55-17"),
	"evidence_list":           paper[EvidenceList]("XZCF-46", "MOHURD55-17"),
	"assistance_letter":       paper[AssistanceLetter]("XZCF-26", "MOHURD55-18"),
	"sampling_notice":         paper[SamplingNotice]("XZCF-56"),
	"appraisal_commission":    paper[AppraisalCommission]("MOHURD55-18"),
	"appraisal_time_notice":   paper[AppraisalTimeNotice]("XZQZ-25-3"),
	"appraisal_result_notice": paper[AppraisalResultNotice]("MOHURD55-18"),
	"stop_notice":             paper[StopNotice]("XZCF-28-1"),
	"recheck_record":          paper[RecheckRecord]("XZCF-28-1"),
	"closing_report":          paper[ClosingReport]("XZCF-57-1", "MOHURD55-20"),
}

// InspectionRecord is the 现场检查（勘验）笔录.
type InspectionRecord struct {
	Session
	Present string `json:"present" must:"到场的当事人或者在场人" when:"!Absent"`
	Witness string `json:"witness"`
	Recusal string `json:"recusal" must:"是否申请回避"`
	Absent  string `json:"absent"` // why the party is not there: 未到场、拒绝到场
	Found   string `json:"found" must:"检查情况"`
	Taken   string `json:"taken" must:"测量、拍照、提取的情况"`
	Remark  string `json:"remark" says:"whole"`
	Footage string `json:"footage,omitempty"` // its number
}

func (r InspectionRecord) lacks(c Content) []string {
	out := twoOfficers(c)
	if r.Absent != "" && r.Footage == "" && c.Footage == "" {
		out = append(out, "当事人不到场时的全程录像（"+mohurd(17).Han()+"）")
	}
	return out
}

// signers: the person inspected, a witness where there is one, and the officers.
func (r InspectionRecord) signers(c Content) []document.Signer {
	out := []document.Signer{{Role: "被检查人（签名或者盖章）", Dated: true}}
	if r.Witness != "" {
		out = append(out, document.Signer{Role: "见证人（签名）", Dated: true})
	}
	return append(append(out, c.officersToSign("检查人员（签名）")...), document.Signer{Role: "记录人（签名）", Dated: true})
}

func twoOfficers(c Content) []string {
	if len(c.Officers) < 2 {
		return []string{"两名执法人员（" + law.Cite("XZCF", 42, 1).Han() + "）"}
	}
	return nil
}

func (c Content) officersToSign(role string) []document.Signer {
	var out []document.Signer
	for _, o := range c.Officers {
		out = append(out, document.Signer{Role: role, Certificate: o.Certificate})
	}
	return out
}

// SiteSketch is the 现场勘验图: a frame to draw in.
type SiteSketch struct {
	DrawnAt string `json:"drawn_at" must:"绘制时间"`
	Scale   string `json:"scale"`
	North   string `json:"north" must:"方位"`
	Legend  string `json:"legend" must:"图例和说明"`
	Drawer  string `json:"drawer" must:"绘图人"`
}

// InterviewRecord is the 询问笔录 of one person; persons are asked one by one.
type InterviewRecord struct {
	Session
	Person   string `json:"person" must:"被询问人"`
	Role     string `json:"role" must:"被询问人与案件的关系"`
	IDNumber string `json:"id_number" must:"被询问人证件号码"`
	Address  string `json:"address"`
	Phone    string `json:"phone"`
	Recusal  string `json:"recusal" must:"是否听清权利义务、是否申请回避 XZCF-43" says:"whole"`
	Talk     []QA   `json:"talk" must:"问答内容"`
}

func (InterviewRecord) lacks(c Content) []string { return twoOfficers(c) }

func (r InterviewRecord) signers(c Content) []document.Signer {
	out := []document.Signer{{Role: "被询问人（签名）", Dated: true}}
	return append(append(out, c.officersToSign("询问人（签名）")...), document.Signer{Role: "记录人（签名）", Dated: true})
}

// EvidenceRequest is the 调取证据通知书.
type EvidenceRequest struct {
	Holder string   `json:"holder" must:"持有证据的单位或者个人"`
	Wanted string   `json:"wanted" must:"调取的证据"`
	Due    law.Date `json:"due" must:"提供的期限"`
}

// EvidenceList is the 证据清单.
type EvidenceList struct {
	Proofs
	Copies string `json:"copies"` // where the originals of copies are kept; empty without copies
}

func (EvidenceList) signers(c Content) []document.Signer {
	return append([]document.Signer{{Role: "证据提供人（签名或者盖章）", Dated: true}}, c.officersToSign("执法人员（签名）")...)
}

// AssistanceLetter is the 协助调查函.
type AssistanceLetter struct {
	To      string   `json:"to" must:"协助机关"`
	Wanted  string   `json:"wanted" must:"协助事项"`
	Due     law.Date `json:"due" must:"函复期限"`
	Contact string   `json:"contact" must:"联系人"`
}

// SamplingNotice is the 抽样取证通知书.
type SamplingNotice struct {
	Things
	TakenAt string `json:"taken_at" must:"抽样时间"`
	At      string `json:"at" must:"抽样地点"`
	Method  string `json:"method" must:"抽样方法"`
	Sealed  string `json:"sealed" must:"样品封存情况"`
}

// AppraisalCommission is the 检测（鉴定）委托书; its day begins excluded time.
type AppraisalCommission struct {
	Things
	Body          string   `json:"body" must:"受委托机构"`
	Qualification string   `json:"qualification" must:"受委托机构的资质"`
	Kind          string   `json:"kind" must:"检测或者鉴定"` // 检测, 检验, 检疫, 技术鉴定
	Questions     string   `json:"questions" must:"委托事项和要求"`
	Due           law.Date `json:"due" must:"报告期限"`
}

// AppraisalTimeNotice is the 检测（鉴定）期间告知书 during a seizure.
type AppraisalTimeNotice struct {
	Decision  string   `json:"decision" must:"查封（扣押）决定书文号"`
	MeasureOn law.Date `json:"measure_on" must:"查封（扣押）日期"`
	Kind      string   `json:"kind" must:"检测、检验、检疫或者技术鉴定"`
	Body      string   `json:"body" must:"受委托机构"`
	From      law.Date `json:"from" must:"期间的开始日"`
	Until     law.Date `json:"until" must:"期间的结束日"`
}

// AppraisalResultNotice is the 检测（鉴定）结果告知书.
type AppraisalResultNotice struct {
	Body   string `json:"body" must:"检测、鉴定机构"`
	Kind   string `json:"kind" must:"检测或者鉴定"`
	Report string `json:"report" must:"报告编号"`
	Result string `json:"result" must:"结果"`
	Days   string `json:"days" must:"提出异议的期限"` // 五个工作日, as the bureau sets it
}

// StopNotice is the 责令停止违法行为通知书.
type StopNotice struct {
	Stop  string `json:"stop" must:"责令停止的行为"`
	Basis string `json:"basis"` // a provision of its own, such as 城乡规划法第六十四条
	Until string `json:"until"`
}

func (StopNotice) lacks(c Content) []string { return violated(c, law.Cite("XZCF", 28, 1)) }

// violated is what every paper that reproaches something must name.
func violated(c Content, cite law.Citation) []string {
	var out []string
	for _, h := range []struct{ name, value string }{{"违法事实", c.FactText}, {"违反的规定", c.Violated}} {
		if h.value == "" {
			out = append(out, h.name+"（"+cite.Han()+"）")
		}
	}
	return out
}

// RecheckRecord is the 责令改正复查记录.
type RecheckRecord struct {
	OrderTitle string   `json:"order_title" must:"责令改正文书名称"`
	Order      string   `json:"order" must:"责令改正文书文号"`
	OrderedOn  law.Date `json:"ordered_on" must:"责令改正日期"`
	Due        law.Date `json:"due" must:"改正期限"`
	Demand     string   `json:"demand" must:"改正要求"`
	CheckedAt  string   `json:"checked_at" must:"复查时间"`
	Found      string   `json:"found" must:"复查情况"`
	Result     string   `json:"result" must:"复查结论"`
}

// ClosingReport is the 案件调查终结报告; its elements are those of 住房和城乡建设行政处罚程序规定第二十条.
type ClosingReport struct {
	Proofs
	FiledOn    law.Date `json:"filed_on" must:"立案日期"`
	Course     string   `json:"course" must:"案件来源和调查经过"`
	Facts      string   `json:"facts" must:"认定的违法事实"`
	Views      string   `json:"views" must:"当事人的意见和改正情况"`
	Discretion string   `json:"discretion" must:"裁量的理由"`
	Departure  string   `json:"departure"`
	// Penalty is what is proposed, in the words in which the party will be told it.
	Penalty  string `json:"penalty,omitempty" must:"拟作出的行政处罚内容 XZCF-44"`
	Proposal string `json:"proposal" must:"处罚意见"`
	Measures string `json:"measures" must:"登记保存、查封、扣押财物的去向，没有的写无"`
	Crime    string `json:"crime" must:"是否涉嫌犯罪的判断"`
	// Hearing is as the adopted thresholds say, HearingGround why.
	Hearing       bool   `json:"hearing"`
	HearingGround string `json:"hearing_ground,omitempty"`
	Spared        bool   `json:"spared,omitempty"` // not to punish is proposed
}

func (ClosingReport) lacks(c Content) []string {
	out := twoOfficers(c)
	for _, h := range []struct{ name, value string }{{"违反的规定", c.Violated}, {"处罚依据", c.Basis}, {"裁量基准的适用", c.Benchmark}} {
		if h.value == "" {
			out = append(out, h.name+"（"+mohurd(20).Han()+"）")
		}
	}
	return out
}

func (ClosingReport) signers(c Content) []document.Signer {
	out := c.officersToSign("承办人员（签名）")
	return append(out, document.Signer{Role: "承办机构负责人（签名）", Dated: true})
}
