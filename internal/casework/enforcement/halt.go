package enforcement

import (
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/casework/pages"
	"fadu/internal/law"
	"fadu/internal/store"
	"fadu/internal/web"
)

// The grounds of 行政强制法第三十九条 and 第四十条.
var (
	haltGrounds = pages.Words("当事人履行行政决定确有困难或者暂无履行能力", "第三人对执行标的主张权利，确有理由", "执行可能造成难以弥补的损失，且中止执行不损害公共利益", "行政机关认为需要中止执行的其他情形")
	endGrounds  = pages.Words("公民死亡，无遗产可供执行，又无义务承受人", "法人或者其他组织终止，无财产可供执行，又无义务承受人", "执行标的灭失", "据以执行的行政决定被撤销", "中止执行满三年未恢复执行，没有明显社会危害，当事人确无能力履行", "行政机关认为需要终结执行的其他情形")
)

type enforcementGroundBody struct {
	casework.OnVersion
	Ground string `json:"ground" doc:"法定情形" ask:"select"`
	Why    string `json:"why" doc:"具体情况和材料" ask:"need long 500"`
}

// enforcementEndBody is enforcementGroundBody with the papers that show the ground.
type enforcementEndBody struct {
	casework.OnVersion
	Ground string `json:"ground" doc:"法定情形" ask:"select"`
	Why    string `json:"why" doc:"具体情况" ask:"need long 500"`
	Proof  string `json:"proof" doc:"证明这一情形的材料名称和文号" label:"证明材料" ask:"need" hint:"例如：（2026）演1破1号裁定书、注销登记证明"`
}

type enforcementResumeBody struct {
	casework.OnVersion
	Why string `json:"why" doc:"中止的情形怎样消失的" ask:"need long 500"`
}

func (s *Service) haltDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[enforcementGroundBody]{
			Act: "halt", Submit: "中止执行，出具通知书", Done: "已中止执行", Explain: "有法定情形的中止；情形消失后恢复。", When: "暂时不能执行的",
			Options: map[string][]web.Option{"ground": haltGrounds}, Presume: presumeBool(law.ReasonRecorded, true),
			Command: func(by access.Session, in enforcementGroundBody) casework.Command {
				return s.grounded(by, "halt", in, func(d casework.Decided, today law.Date) casework.Draft {
					return casework.Draft{Kind: "halt_notice", Part: casework.HaltNotice{Executed: d.Executed, Reason: in.Ground + "（" + in.Why + "）", From: today}}
				})
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementResumeBody]{
			Act: "resume_execution", Submit: "恢复执行，出具通知书", Done: "已恢复执行", Explain: "中止执行的情形消失后，恢复执行，案件回到中止前的那一步。", When: "中止的情形消失了的",
			Command: func(by access.Session, in enforcementResumeBody) casework.Command {
				return casework.Command{
					Note: in.Why,
					Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
						d, err := casework.DecidedOf(tx, c)
						return []casework.Draft{{Kind: "halt_notice", Part: casework.HaltNotice{Executed: d.Executed, Resumed: true, Reason: in.Why, From: tx.Today()}}}, err
					},
					Write: s.keeping("resume_execution", by, in),
				}
			},
		}),
		casework.NewDeed(s.cases, casework.DeedDef[enforcementEndBody]{
			Act: "end_execution", Submit: "终结执行，出具通知书", Danger: true, Done: "已终结执行，请在十五个工作日内报批结案", Explain: "有法定情形的终结执行，情形要与案卷相符：满三年的先有中止，决定被撤销的先有结果，其他情形由主要负责人批准。终结以后十五个工作日内填写结案审批表。", When: "不能再执行的",
			Options: map[string][]web.Option{"ground": endGrounds}, Presume: presumeEnd,
			Command: func(by access.Session, in enforcementEndBody) casework.Command {
				said := enforcementGroundBody{OnVersion: in.OnVersion, Ground: in.Ground, Why: in.Why}
				cmd := s.grounded(by, "end_execution", said, func(d casework.Decided, today law.Date) casework.Draft {
					return casework.Draft{Kind: "end_execution_notice", Part: casework.EndExecutionNotice{Executed: d.Executed, Ground: in.Ground + "（" + in.Why + "，" + in.Proof + "）", From: today}}
				})
				cmd.Write = s.keeping("end_execution", by, in)
				return cmd
			},
		}),
	}
}

func presumeEnd(tx *store.Tx, by access.Session, c *casework.Case, f *law.Facts) error {
	f.SetText(law.EndGround, "", "form")
	return presumeBool(law.ReasonRecorded, true)(tx, by, c, f)
}

// grounded is an act that needs one of the law's grounds.
func (s *Service) grounded(by access.Session, act string, in enforcementGroundBody, draft func(casework.Decided, law.Date) casework.Draft) casework.Command {
	return casework.Command{
		Note: in.Ground + "：" + in.Why,
		State: func(tx *store.Tx, _ *casework.Case, f *law.Facts) error {
			f.SetBool(law.ReasonRecorded, strings.TrimSpace(in.Ground) != "", "form")
			f.SetText(law.EndGround, in.Ground, "form")
			acting, err := s.cases.ActsAsHead(tx, by)
			if err != nil {
				return err
			}
			f.SetBool(law.ApprovedByChief, by.HasRole(access.BureauHead) || acting != "", "form")
			return nil
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			d, err := casework.DecidedOf(tx, c)
			return []casework.Draft{draft(d, tx.Today())}, err
		},
		Write: s.keeping(act, by, in),
	}
}
