package ending

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/org"
	"fadu/internal/store"
)

type endingReportCrimeBody struct {
	casework.OnVersion
	Crime     string `json:"crime" doc:"涉嫌的罪名" ask:"need"`
	Verifiers string `json:"verifiers" doc:"核实人员，两名以上，用顿号分开" label:"核实人员" ask:"need" hint:"两名以上执法人员，照人员名册，用顿号分开"`
	Standard  string `json:"standard" doc:"追诉标准" ask:"need long 500"`
	Why       string `json:"why" doc:"核实的事实" ask:"need long 1000"`
	Measures  string `json:"measures" doc:"涉案财物，没有的写无" label:"涉案财物" ask:"need" hint:"没有的写无" propose:"无"`
}

type endingApproveCrimeBody struct {
	casework.OnVersion
	Note string `json:"note,omitempty" doc:"审批意见" ask:"long 500"`
}

type endingRefuseCrimeBody struct {
	casework.OnVersion
	Why      string `json:"why" doc:"不批准移送的理由" ask:"need long 500"`
	NotCrime bool   `json:"not_crime" doc:"经核实不涉嫌犯罪" label:"经核实，不涉嫌犯罪"`
}

type endingHandOverBody struct {
	casework.OnVersion
	Police    string `json:"police" doc:"受移送的公安机关" ask:"need"`
	Facts     string `json:"facts" doc:"涉嫌犯罪的事实" ask:"need long 1000"`
	Report    string `json:"report" doc:"涉嫌犯罪案件情况的调查报告" label:"调查报告" hint:"涉嫌犯罪案件情况的调查报告"`
	List      string `json:"list" doc:"涉案物品清单，没有涉案物品的写无" label:"涉案物品清单" hint:"没有涉案物品的写无"`
	Appraisal string `json:"appraisal" doc:"检验报告或者鉴定结论，不需要的写不需要" label:"检验报告或者鉴定结论" hint:"不需要的写不需要"`
	Other     string `json:"other" doc:"其他有关涉嫌犯罪的材料，没有的写无" label:"其他材料" hint:"没有的写无"`
	Penalties string `json:"penalties" doc:"已作出的行政处罚，没有的写无" label:"已作出的行政处罚" ask:"need" hint:"没有的写无" propose:"无"`
	Late      string `json:"late,omitempty" doc:"超过二十四小时才移送的原因" label:"超过二十四小时的原因" hint:"没有超过的不填"`
	Things    bool   `json:"things" doc:"查封、扣押的财物随案移送"`
}

type endingHandLeadBody struct {
	casework.OnVersion
	Police    string `json:"police" doc:"受移送的公安机关" ask:"need"`
	Facts     string `json:"facts" doc:"涉嫌犯罪的事实" ask:"need long 1000"`
	Report    string `json:"report" doc:"涉嫌犯罪案件情况的调查报告" label:"调查报告" hint:"涉嫌犯罪案件情况的调查报告"`
	List      string `json:"list" doc:"涉案物品清单，没有涉案物品的写无" label:"涉案物品清单" hint:"没有涉案物品的写无"`
	Appraisal string `json:"appraisal" doc:"检验报告或者鉴定结论，不需要的写不需要" label:"检验报告或者鉴定结论" hint:"不需要的写不需要"`
	Other     string `json:"other" doc:"其他有关涉嫌犯罪的材料，没有的写无" label:"其他材料" hint:"没有的写无"`
	Late      string `json:"late,omitempty" doc:"超过二十四小时才移送的原因" label:"超过二十四小时的原因" hint:"没有超过的不填"`
	Things    bool   `json:"things" doc:"查封、扣押的财物随案移送"`
}

// whole is the form of a lead or of a decided case as that of a case.
func (in endingHandLeadBody) whole(penalties string) endingHandOverBody {
	return endingHandOverBody{Police: in.Police, Facts: in.Facts, Report: in.Report, List: in.List, Appraisal: in.Appraisal, Other: in.Other, Penalties: penalties, Late: in.Late, Things: in.Things}
}

type endingPoliceAnswerBody struct {
	casework.OnVersion
	Result string   `json:"result" doc:"公安机关的答复" ask:"need radio" of:"立案|不予立案"`
	No     string   `json:"no" doc:"立案决定书或者不予立案通知书的文号" label:"文号" ask:"need"`
	On     law.Date `json:"on" doc:"收到答复的日期" ask:"need now"`
	Why    string   `json:"why,omitempty" doc:"不予立案的理由和本机关的处理" ask:"long 500" when:"result=不予立案"`
}

type endingPoliceFileBody struct {
	casework.OnVersion
	No string   `json:"no" doc:"立案决定书文号" ask:"need"`
	On law.Date `json:"on" doc:"公安机关立案的日期" label:"立案日期" ask:"need now"`
}

type endingPoliceDeclineBody struct {
	casework.OnVersion
	No  string   `json:"no" doc:"不予立案通知书文号" ask:"need"`
	On  law.Date `json:"on" doc:"收到不予立案通知书的日期" label:"收到的日期" ask:"need now"`
	Why string   `json:"why" doc:"不予立案的理由，提请复议或者继续行政处罚" label:"不予立案的理由和本机关的处理" ask:"need long 500"`
}

func (s *Service) crimeDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingReportCrimeBody]{
			Act: "report_crime", Submit: "报告，出具案件情况报告", Done: "已报告涉嫌犯罪，负责人三日内决定", Explain: "发现涉嫌犯罪的，指定两名以上执法人员核实，提出书面报告；负责人三日内决定是否移送。", When: "违法事实涉嫌构成犯罪的",
			Presume: func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
				f.SetNumber(law.Verifiers, 2, "form")
				return nil
			},
			Command: s.reportCrime,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingApproveCrimeBody]{
			Act: "approve_crime", Submit: "批准移送", Done: "已批准，二十四小时内移送", Explain: "由正职负责人或者主持工作的负责人批准。批准以后二十四小时内移送公安机关。", When: "核实涉嫌犯罪的",
			Presume: func(tx *store.Tx, by access.Session, _ *casework.Case, f *law.Facts) error {
				return s.stateChief(tx, by, f)
			},
			Command: s.approveCrime,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingRefuseCrimeBody]{
			Act: "refuse_crime", Submit: "不批准移送", Done: "已决定不移送", Explain: "涉嫌犯罪的必须移送，不得以行政处罚代替。经核实不涉嫌犯罪的，写明理由，记录在案。", When: "核实不涉嫌犯罪的",
			Presume: func(_ *store.Tx, _ access.Session, _ *casework.Case, f *law.Facts) error {
				f.SetBool(law.SuspectedCrime, false, "form")
				return nil
			},
			Command: s.refuseCrime,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingHandOverBody]{
			Act: "hand_to_police", Submit: "移送，出具移送书和告知书", Danger: true, Done: "已移送公安机关", Explain: "批准以后二十四小时内，连同五项材料移送同级公安机关，抄送人民检察院；查封、扣押的财物一并移送，并告知当事人。", When: "负责人批准移送以后",
			Presume: func(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
				f.SetList(law.MissingMaterials, nil, "form")
				f.SetBool(law.ThingsUnaccounted, false, "form")
				f.SetBool(law.LatenessExplained, true, "form")
				return stateApproved(tx, c, f)
			},
			Command: s.handOver,
		}),
	}
}

// handDeeds hand a lead, or the crime behind a decided case, to the police.
func (s *Service) handDeeds() []casework.Deed {
	presumeHand := func(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
		f.SetList(law.MissingMaterials, nil, "form")
		f.SetBool(law.ThingsUnaccounted, false, "form")
		f.SetBool(law.LatenessExplained, true, "form")
		return stateApproved(tx, c, f)
	}
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingHandLeadBody]{
			Act: "hand_lead_to_police", Submit: "移送，出具移送书", Danger: true, Done: "线索已移送公安机关", Explain: "核查中发现涉嫌犯罪的，不等立案：批准以后二十四小时内连同材料移送。公安机关不予立案的，接着核查。", When: "核查中负责人批准移送以后",
			Presume: presumeHand, Command: func(by access.Session, in endingHandLeadBody) casework.Command {
				return s.hand(by, "hand_lead_to_police", in.whole("无"), in)
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingHandLeadBody]{
			Act: "hand_decided_to_police", Submit: "移送，出具移送书和告知书", Danger: true, Done: "已移送公安机关，处罚决定继续执行", Explain: "决定作出以后才发现涉嫌犯罪的，同样移送。已经作出的处罚决定不停止执行；已经缴纳的罚款，法院判处罚金时折抵。", When: "决定以后负责人批准移送的",
			Presume: presumeHand, Command: func(by access.Session, in endingHandLeadBody) casework.Command {
				return s.handDecided(by, in)
			},
		}),
	}
}

// handDecided names the decision itself as the penalty that was imposed (移送规定第十一条第二款、第三款).
func (s *Service) handDecided(by access.Session, in endingHandLeadBody) casework.Command {
	whole := in.whole("无")
	cmd := s.hand(by, "hand_decided_to_police", whole, in)
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
		d, err := casework.DecidedOf(tx, c)
		if err != nil {
			return nil, err
		}
		if c.State == casework.Revoked {
			return s.handOverPapers(tx, c, whole)
		}
		whole.Penalties = "《" + d.Title + "》（" + d.Decision + "）：" + c.Says()
		return s.handOverPapers(tx, c, whole)
	}
	return cmd
}

// policeDeeds enter what the police answered.
func (s *Service) policeDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingPoliceFileBody]{
			Act: "police_file_lead", Submit: "登记公安机关立案", Done: "已登记，本机关不再办理", Explain: "本机关还没有立案的，公安机关立案以后不再办理；财物和材料在三日内交接。", When: "收到立案决定书的",
			Command: func(by access.Session, in endingPoliceFileBody) casework.Command {
				cmd := s.police(by, "police_file_lead", in.No, in.On, in)
				change := cmd.Change
				cmd.Change = func(tx *store.Tx, c *casework.Case) error {
					c.Ending, c.EndingNote = "police", in.No
					return change(tx, c)
				}
				return cmd
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingPoliceDeclineBody]{
			Act: "police_decline_lead", Submit: "登记公安机关不予立案", Done: "已登记，线索接着核查", Explain: "公安机关不予立案的，可以自收到通知书三日内提请复议，也可以建议检察机关立案监督；接着核查，需要行政处罚的立案。", When: "收到不予立案通知书的",
			Command: func(by access.Session, in endingPoliceDeclineBody) casework.Command {
				return s.police(by, "police_decline_lead", in.No+"："+in.Why, in.On, in)
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingPoliceAnswerBody]{
			Act: "police_answer", Submit: "登记答复", Done: "已登记公安机关的答复", Explain: "处罚决定已经作出的，公安机关立案不立案，都不停止执行。不予立案的，可以自收到通知书三日内提请复议。", When: "收到公安机关答复的",
			Command: func(by access.Session, in endingPoliceAnswerBody) casework.Command {
				cmd := s.police(by, "police_answer", in.Result+"："+casework.Joined("，", in.No, in.Why), in.On, in)
				change := cmd.Change
				cmd.Change = func(tx *store.Tx, c *casework.Case) error {
					if in.Result == "不予立案" && strings.TrimSpace(in.Why) == "" {
						var fs fault.Fields
						fs.Add("why", "请写明不予立案的理由和本机关的处理")
						return fs.Err()
					}
					return change(tx, c)
				}
				return cmd
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingPoliceFileBody]{
			Act: "police_file", Submit: "登记公安机关立案", Done: "已登记，请在十五个工作日内报批结案", Explain: "公安机关立案的，本机关的案件报批结案；财物和材料在三日内交接。", When: "收到立案决定书的",
			Command: func(by access.Session, in endingPoliceFileBody) casework.Command {
				return s.police(by, "police_file", in.No, in.On, in)
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingPoliceDeclineBody]{
			Act: "police_decline", Submit: "登记公安机关不予立案", Done: "已登记，案件回到调查", Explain: "公安机关不予立案的，可以自收到通知书三日内提请复议，也可以建议检察机关立案监督；需要行政处罚的继续办理。", When: "收到不予立案通知书的",
			Command: func(by access.Session, in endingPoliceDeclineBody) casework.Command {
				return s.police(by, "police_decline", in.No+"："+in.Why, in.On, in)
			},
		}),
	}
}

func (s *Service) reportCrime(by access.Session, in endingReportCrimeBody) casework.Command {
	return casework.Command{
		Note: in.Crime,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			var fs fault.Fields
			for _, n := range names(in.Verifiers) {
				known, err := org.CertifiedNamed(tx, n, tx.Today())
				if err != nil {
					return err
				}
				if !known {
					fs.Add("verifiers", "“%s”不是持有效执法证的在岗人员。请照人员名册填写两名以上执法人员的姓名", n)
				}
			}
			return fs.Err()
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetNumber(law.Verifiers, int64(len(names(in.Verifiers))), "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Unsigned(tx, c, in.Why)
			return []casework.Draft{{Kind: "crime_report", Part: casework.CrimeReport{Approval: form, Verifiers: names(in.Verifiers), Crime: in.Crime, Standard: in.Standard, Measures: in.Measures}}}, err
		},
		Write: s.keeping("report_crime", by, in),
	}
}

func (s *Service) approveCrime(by access.Session, in endingApproveCrimeBody) casework.Command {
	return casework.Command{
		Note:  in.Note,
		State: func(tx *store.Tx, _ *casework.Case, f *law.Facts) error { return s.stateChief(tx, by, f) },
		Write: s.keeping("approve_crime", by, in),
	}
}

// stateChief states whether who decides heads the bureau, in person or by a document for the time being (移送规定第五条).
func (s *Service) stateChief(tx *store.Tx, by access.Session, f *law.Facts) error {
	if by.HasRole(access.BureauHead) {
		f.SetBool(law.ChiefOrActing, true, "form")
		return nil
	}
	document, err := s.cases.ActsAsHead(tx, by)
	f.SetBool(law.ChiefOrActing, document != "", "form")
	return err
}

func (s *Service) refuseCrime(by access.Session, in endingRefuseCrimeBody) casework.Command {
	return casework.Command{
		Note: in.Why,
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			if in.NotCrime {
				f.SetBool(law.SuspectedCrime, false, "form")
			}
			return nil
		},
		Write: s.keeping("refuse_crime", by, in),
	}
}

// stateApproved states whether the head approved the transfer after the report.
func stateApproved(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	acts, err := casework.Acts(tx, c.ID)
	f.SetBool(law.ApprovedByHead, after(acts, "approve_crime", append([]string{"report_crime"}, crimeDone...)...), c.ID.Subject())
	return err
}

// missing are the materials of 移送规定第六条 that are not named; the letter itself is drawn up here.
func (in endingHandOverBody) missing() []string {
	var out []string
	for _, m := range []struct{ says, what string }{
		{in.Report, "涉嫌犯罪案件情况的调查报告"}, {in.List, "涉案物品清单"}, {in.Appraisal, "有关检验报告或者鉴定结论"}, {in.Other, "其他有关涉嫌犯罪的材料"},
	} {
		if strings.TrimSpace(m.says) == "" {
			out = append(out, m.what)
		}
	}
	return out
}

func (s *Service) handOver(by access.Session, in endingHandOverBody) casework.Command {
	return s.hand(by, "hand_to_police", in, in)
}

// hand hands over by one of the three acts; said is what its form says.
func (s *Service) hand(by access.Session, act string, in endingHandOverBody, said any) casework.Command {
	return casework.Command{
		Note: joined(in.Police, in.Late),
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			k, err := s.running(tx, c, policeTerm)
			if err != nil {
				return err
			}
			f.SetBool(law.LatenessExplained, k == nil || !tx.Now.After(k.DueAt) || strings.TrimSpace(in.Late) != "", "form")
			f.SetList(law.MissingMaterials, in.missing(), "form")
			accountFor(f, in.Things)
			return stateApproved(tx, c, f)
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) { return s.handOverPapers(tx, c, in) },
		Write:  s.keeping(act, by, said),
	}
}

func (s *Service) handOverPapers(tx *store.Tx, c *casework.Case, in endingHandOverBody) ([]casework.Draft, error) {
	var crime endingReportCrimeBody
	if _, err := said(tx, c.ID, "report_crime", &crime); err != nil {
		return nil, err
	}
	approved, err := last(tx, c.ID, "approve_crime")
	if err != nil || approved == nil {
		return nil, err
	}
	notice := casework.CrimeTransferNotice{On: tx.Today(), Police: in.Police}
	if notice.Things, err = s.cases.Held(tx, c); err != nil {
		return nil, err
	}
	attached := []string{"调查报告：" + in.Report, "涉案物品清单：" + in.List, "检验报告、鉴定结论：" + in.Appraisal, "其他：" + in.Other}
	notice.Letter = "移送书"
	if c.CaseNo != "" {
		notice.Letter = c.CaseNo + "移送书"
	}
	out := []casework.Draft{
		{Kind: "crime_transfer", Part: casework.CrimeTransfer{Police: in.Police, Facts: in.Facts, Crime: crime.Crime, ApprovedAt: han(store.FromMicros(approved.RecordedAt)), Attached: attached, Penalties: in.Penalties}},
		{Kind: "crime_transfer_notice", Part: notice},
	}
	if c.PartyName == "" { // of a lead nobody may be known yet
		out = out[:1]
	}
	return out, nil
}

func (s *Service) police(by access.Session, act, note string, on law.Date, in any) casework.Command {
	return casework.Command{
		Note: note, Named: on,
		Change: func(tx *store.Tx, _ *casework.Case) error {
			var fs fault.Fields
			if on.After(tx.Today()) {
				fs.Add("on", "日期不能晚于今天")
			}
			return fs.Err()
		},
		Write: s.keeping(act, by, in),
	}
}
