package ending

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

type endingSuspendBody struct {
	casework.OnVersion
	Ground string `json:"ground" doc:"中止的情形，55号令第三十条的一种" label:"中止的情形" ask:"need select" of:"以相关案件的裁判结果或者其他行政机关的决定为依据，尚未作出|涉及法律适用等问题，需要报请有权机关作出解释或者确认|因不可抗力致使案件暂时无法调查|因当事人下落不明致使案件暂时无法调查|其他应当中止调查的情形"`
	Why    string `json:"why" doc:"具体情况" ask:"need long 500"`
	Proof  string `json:"proof" doc:"证明中止情形的材料" label:"证明材料" ask:"need" hint:"例如：（2026）演1行初8号受理通知书"`
}

type endingResumeBody struct {
	casework.OnVersion
	EndedOn law.Date `json:"ended_on" doc:"中止情形消失的日期" label:"情形消失的日期" ask:"need now"`
	Why     string   `json:"why" doc:"怎样消失的" ask:"need long 500"`
}

type endingTerminateBody struct {
	casework.OnVersion
	Ground   string `json:"ground" doc:"终止的情形" ask:"select" of:"当事人死亡，没有承受其权利义务的人|法人或者其他组织终止，没有承受其权利义务的人|违法行为超过追诉时效|其他应当终止调查的情形"`
	Why      string `json:"why" doc:"事实和依据" ask:"long 500"`
	Measures string `json:"measures" doc:"涉案财物的去向，没有的写无" label:"涉案财物的去向" ask:"need" hint:"没有的写无" propose:"无"`
}

type endingWithdrawFilingBody struct {
	casework.OnVersion
	Why      string `json:"why" doc:"撤销立案的理由和依据" ask:"long 500"`
	Measures string `json:"measures" doc:"涉案财物的去向，没有的写无" label:"涉案财物的去向" ask:"need" hint:"没有的写无" propose:"无"`
}

func (s *Service) suspensionDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingSuspendBody]{
			Act: "suspend", Submit: "批准中止调查", Done: "已中止调查，办案期限停止计算", Explain: "有法定情形的，经负责人批准中止调查；中止的时间不计入办案期限。", When: "暂时无法查下去的", Detail: "情形消失后用 resume 恢复",
			Presume: func(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
				headApproves(by, f)
				f.SetText(law.SuspensionGround, "不可抗力", "form")
				return nil
			},
			Command: s.suspend,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingResumeBody]{
			Act: "resume", Submit: "批准恢复调查", Done: "已恢复调查，办案期限继续计算", Explain: "中止的情形消失后及时恢复，案件回到中止前的那一步。不计入办案期限的时间算到情形消失的那一天，不算到登记的这一天。", When: "中止的情形消失了的",
			Command: s.resume,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingTerminateBody]{
			Act: "terminate", Submit: "批准终止调查", Danger: true, Done: "已终止调查，请在十五个工作日内报批结案", Explain: "写明属于哪一种情形和依据；终止以后十五个工作日内填写结案审批表。", When: "当事人死亡、终止，超过时效等的",
			Presume: presume(), Command: s.terminate,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingWithdrawFilingBody]{
			Act: "withdraw_filing", Submit: "批准撤销立案", Danger: true, Done: "已撤销立案，案件号保留", Explain: "不应当立案而立了案的，经负责人批准撤销；案件号保留，不再使用。", When: "立案后发现不该立案的",
			Presume: presume(), Command: s.withdrawFiling,
		}),
	}
}

func (s *Service) suspend(by access.Session, in endingSuspendBody) casework.Command {
	return casework.Command{
		Note: joined(in.Ground, in.Why),
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			headApproves(by, f)
			f.SetText(law.SuspensionGround, in.Ground, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, in.Why, "")
			return []casework.Draft{{Kind: "suspension_approval", Part: casework.SuspensionApproval{Approval: form, Ground: in.Ground, From: tx.Today(), Proof: in.Proof}}}, err
		},
		Write: s.keeping("suspend", by, in),
	}
}

func (s *Service) resume(by access.Session, in endingResumeBody) casework.Command {
	var since law.Date
	return casework.Command{
		Note: in.Why, Named: in.EndedOn,
		Change: func(tx *store.Tx, c *casework.Case) error {
			r, err := last(tx, c.ID, "suspend")
			if r != nil {
				since = r.On
			}
			var fs fault.Fields
			if in.EndedOn.After(tx.Today()) || in.EndedOn.Before(since) {
				fs.Add("ended_on", "情形消失的日期在中止（%s）和今天之间", since.Han())
			}
			if err != nil {
				return err
			}
			return fs.Err()
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, in.Why, "")
			return []casework.Draft{{Kind: "resumption_approval", Part: casework.ResumptionApproval{Approval: form, Since: since, Ended: in.EndedOn, From: tx.Today()}}}, err
		},
		Write: s.keeping("resume", by, in),
	}
}

func (s *Service) terminate(by access.Session, in endingTerminateBody) casework.Command {
	return casework.Command{
		Note: joined(in.Ground, in.Why),
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			headApproves(by, f)
			f.SetBool(law.ReasonRecorded, strings.TrimSpace(in.Why) != "" && in.Ground != "", "form")
			f.SetText(law.EndGround, in.Ground, "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, in.Why, "")
			return []casework.Draft{{Kind: "termination_approval", Part: casework.TerminationApproval{Approval: form, Ground: in.Ground, Measures: in.Measures}}}, err
		},
		Write: s.keeping("terminate", by, in),
	}
}

func (s *Service) withdrawFiling(by access.Session, in endingWithdrawFilingBody) casework.Command {
	why := strings.TrimSpace(in.Why)
	return casework.Command{
		Note: why,
		Change: func(_ *store.Tx, c *casework.Case) error {
			c.Ending, c.EndingNote = "withdrawn", why
			return nil
		},
		State: func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
			headApproves(by, f)
			f.SetBool(law.ReasonRecorded, why != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Signed(tx, c, by, why, "")
			return []casework.Draft{{Kind: "withdrawal_approval", Part: casework.WithdrawalApproval{Approval: form, Ground: why, Measures: in.Measures}}}, err
		},
		Write: s.keeping("withdraw_filing", by, in),
	}
}

// joined puts what was chosen before what was written.
func joined(ground, why string) string {
	return strings.Trim(strings.TrimSpace(ground)+"："+strings.TrimSpace(why), "：")
}
