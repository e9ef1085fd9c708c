package ending

import (
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"
)

type endingAskClosingBody struct {
	casework.OnVersion
	Outcome   string `json:"outcome" doc:"处理结果" ask:"need long 500"`
	Performed string `json:"performed" doc:"执行情况" ask:"need long 500"`
	Measures  string `json:"measures" doc:"涉案财物的去向，没有的写无" label:"涉案财物的去向" ask:"need" hint:"没有的写无"`
	Published string `json:"published" doc:"公示情况，不公示的写明理由" label:"公示情况" ask:"need" hint:"不公示的写明理由"`
	Opinion   string `json:"opinion,omitempty" doc:"承办人意见" ask:"long 500"`
}

type endingApproveClosingBody struct {
	casework.OnVersion
	Note string `json:"note,omitempty" doc:"审批意见" ask:"long 500"`
}

type endingReturnClosingBody struct {
	casework.OnVersion
	Why string `json:"why" doc:"退回的理由" ask:"need long 500"`
}

type endingReopenBody struct {
	casework.OnVersion
	Ground string `json:"ground" doc:"重新办理的情形" label:"情形" ask:"need select" of:"原决定仅因程序违法被撤销|有新的事实、证据或者改变了法律依据|事实、理由没有变化"`
	Why    string `json:"why" doc:"依据的裁判、复议决定和重新办理的理由" label:"依据和理由" ask:"need long 500"`
	// Due is the day by which the judgment or the decision of reconsideration wants the new decision.
	Due law.Date `json:"due,omitempty" doc:"裁判、复议决定限定的重新作出决定的最后一日" label:"限定重作的最后一日" hint:"裁判、复议决定写明期限的照实填写，已经过了的也填；没有写明的不填，自重新办理之日起按办案期限计算"`
}

// The grounds on which a revoked case is dealt with anew; the last repeats the same act.
const (
	onlyProcedure = "原决定仅因程序违法被撤销"
	newGround     = "有新的事实、证据或者改变了法律依据"
	nothingNew    = "事实、理由没有变化"
)

func (s *Service) closingDeeds() []casework.Deed {
	return []casework.Deed{
		casework.NewDeed(s.cases, casework.DeedDef[endingAskClosingBody]{
			Act: "ask_closing", Submit: "报批，出具结案审批表", Done: "已报批结案", Explain: "出现结案情形的，十五个工作日内填写结案审批表，报负责人批准。财物要了结，文书要送达。", When: "执行完毕或者有其他结案情形的",
			Start: s.startClosing, Command: s.askClosing,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingAskClosingBody]{
			Act: "ask_end_closing", Submit: "填写，出具结案审批表", Done: "已填写结案审批表，等负责人批准", Explain: "案件已移送、撤销立案，或者决定撤销以后不再重新办理的，十五个工作日内填写结案审批表。财物要了结，文书要送达，罚款要退还。", When: "案件移送、撤销以后",
			Start: s.startClosing, Presume: presumeRefund, Command: s.askEndClosing,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingApproveClosingBody]{
			Act: "approve_end_closing", Submit: "同意结案", Done: "已结案", Explain: "批准以后等待归档。", When: "负责人同意结案的",
			Presume: presumeRefund, Command: s.approveEndClosing,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingReturnClosingBody]{
			Act: "return_end_closing", Submit: "退回", Done: "已退回结案审批表", Explain: "审批表登记作废，重新填写。", When: "结案审批表要补正的",
			Command: s.returnEndClosing,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingApproveClosingBody]{
			Act: "approve_closing", Submit: "批准结案", Done: "已结案", Explain: "批准以后案件不再变动，等待归档。", When: "负责人同意结案的",
			Command: s.approveClosing,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingReturnClosingBody]{
			Act: "return_closing", Submit: "退回", Done: "已退回继续办理", Explain: "案件回到报批前的那一步，审批表编号登记作废。", When: "还有事情没有办完的",
			Command: s.returnClosing,
		}),
		casework.NewDeed(s.cases, casework.DeedDef[endingReopenBody]{
			Act: "reopen", Submit: "重新办理", Done: "案件回到调查取证", Explain: "判决、复议决定撤销并责令重作，或者自行撤销以后要重新处理的。不得以同一的事实和理由作出基本相同的行为；仅因程序违法被撤销的除外。", When: "撤销以后要重新作出决定的",
			Presume: func(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
				f.SetBool(law.SameActAgain, false, "form")
				return stateRefund(tx, c, f)
			},
			Command: s.reopen,
		}),
	}
}

func (s *Service) startClosing(tx *store.Tx, at casework.FormAt) (casework.Asked[endingAskClosingBody], error) {
	g, err := s.ground(tx, at.Case)
	if g.code == "" || err != nil {
		return casework.Asked[endingAskClosingBody]{}, err
	}
	in := endingAskClosingBody{Performed: g.label}
	if had, err := measured(tx, at.Case.ID); err != nil {
		return casework.Asked[endingAskClosingBody]{}, err
	} else if !had { // what became of things is the officer's to say
		in.Measures = "无"
	}
	if c := at.Case; c.Amount > 0 && g.code == "performed" {
		in.Outcome = "罚款 " + c.Amount.Grouped() + " 元"
		in.Performed = "罚款已缴清，" + g.on.Han() + "执行完毕"
	}
	return casework.Asked[endingAskClosingBody]{In: in}, nil
}

// measured reports whether things were ever kept, sealed, seized or taken in a case.
func measured(tx *store.Tx, id casework.CaseID) (bool, error) {
	acts, err := casework.Acts(tx, id)
	return slices.ContainsFunc(acts, func(a casework.CaseAct) bool {
		return slices.Contains([]string{"preserve", "seize", "seize_at_once", "take_confiscated"}, a.Act)
	}), err
}

func (s *Service) askClosing(by access.Session, in endingAskClosingBody) casework.Command {
	return casework.Command{
		Note: strings.TrimSpace(in.Opinion),
		Change: func(tx *store.Tx, c *casework.Case) error {
			form, err := closingForm(tx, c.ID)
			if err == nil && form != nil && c.State == casework.EndingAsked {
				err = fault.New(fault.Conflict, "结案审批表已经填写，等负责人批准")
			}
			return err
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			form, err := casework.Unsigned(tx, c, orWord(in.Opinion, "符合结案条件，建议结案"))
			if err != nil {
				return nil, err
			}
			return s.closingPaper(tx, c, form, in)
		},
		Write: s.keeping("ask_closing", by, in),
	}
}

// closingForm is the officer's form of the closing in hand; that of an earlier closing, after which the case was taken up
// again, is of that one.
func closingForm(tx *store.Tx, id casework.CaseID) (*casework.Paper, error) {
	form, err := casework.LastPaper(tx, id, "case_closing_approval")
	if err != nil || form == nil {
		return nil, err
	}
	acts, err := casework.Acts(tx, id)
	for _, a := range acts {
		if (a.Act == "approve_closing" || a.Act == "approve_end_closing") && a.ID > int64(form.ID) {
			return nil, err
		}
	}
	return form, err
}

// presumeRefund states what of a revoked fine is not given back yet.
func presumeRefund(tx *store.Tx, _ access.Session, c *casework.Case, f *law.Facts) error {
	f.SetMoney(law.FineUnreturned, 0, c.ID.Subject())
	if c.State != casework.Revoked {
		return nil
	}
	return stateRefund(tx, c, f)
}

// ended reports whether the form of a case that ended where it stands was approved since it ended.
func ended(tx *store.Tx, id casework.CaseID) (bool, error) {
	acts, err := casework.Acts(tx, id)
	done := false
	for _, a := range acts {
		switch a.Act {
		case "approve_end_closing":
			done = true
		case "transfer_out", "withdraw_filing", "revoke", "reopen":
			done = false
		}
	}
	return done, err
}

// askEndClosing is askClosing of a case that stays where it ended.
func (s *Service) askEndClosing(by access.Session, in endingAskClosingBody) casework.Command {
	cmd := s.askClosing(by, in)
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		done, err := ended(tx, c.ID)
		if err == nil && done {
			return fault.New(fault.Conflict, "这个案件已经批准结案")
		}
		if err != nil {
			return err
		}
		form, err := closingForm(tx, c.ID)
		if err == nil && form != nil {
			err = fault.New(fault.Conflict, "结案审批表已经填写，等负责人批准")
		}
		return err
	}
	cmd.State = func(tx *store.Tx, c *casework.Case, f *law.Facts) error { return presumeRefund(tx, by, c, f) }
	cmd.Write = s.keeping("ask_end_closing", by, in)
	return cmd
}

// approveEndClosing approves the form; the case stays where it ended, which its state says.
func (s *Service) approveEndClosing(by access.Session, in endingApproveClosingBody) casework.Command {
	return casework.Command{
		Note: strings.TrimSpace(in.Note),
		Change: func(tx *store.Tx, c *casework.Case) error {
			form, err := closingForm(tx, c.ID)
			if err == nil && form == nil {
				err = fault.New(fault.Conflict, "没有等待批准的结案审批表。请承办人先填写（%s）", law.Cite("MOHURD55", 31).Han())
			}
			return err
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error { return presumeRefund(tx, by, c, f) },
		Write: s.keeping("approve_end_closing", by, in),
	}
}

func (s *Service) returnEndClosing(by access.Session, in endingReturnClosingBody) casework.Command {
	return casework.Command{
		Note: in.Why,
		Change: func(tx *store.Tx, c *casework.Case) error {
			form, err := closingForm(tx, c.ID)
			if err == nil && form == nil {
				err = fault.New(fault.Conflict, "没有等待批准的结案审批表")
			}
			return err
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := keep(tx, c, done, "return_end_closing", by.Person(), in); err != nil {
				return err
			}
			return casework.VoidLast(tx, c.ID, "case_closing_approval", "退回："+in.Why, done.Entry)
		},
	}
}

// leftFiled tells the clocks of a filed case that went to another body: its closing is to be approved.
func leftFiled(tx *store.Tx, c *casework.Case) ([]timing.Event, error) {
	if c.FiledOn.IsZero() {
		return nil, nil
	}
	acts, err := casework.Acts(tx, c.ID)
	var out []timing.Event
	for _, a := range acts {
		if a.Act == "transfer_out" {
			out = append(out, timing.Event{Act: casework.EventFiledLeft, On: a.On, At: store.FromMicros(a.At - 1)}) // before what was done in the same instant
		}
	}
	return out, err
}

func orWord(s, word string) string {
	if strings.TrimSpace(s) == "" {
		return word
	}
	return s
}

func (s *Service) closingPaper(tx *store.Tx, c *casework.Case, form casework.Approval, in endingAskClosingBody) ([]casework.Draft, error) {
	g, err := s.ground(tx, c)
	if err != nil {
		return nil, err
	}
	no, err := casework.DocNoOf(tx, c.ID)
	return []casework.Draft{{Kind: "case_closing_approval", Part: casework.ClosingApproval{
		Approval: form, FiledOn: c.FiledOn, Decision: orWord(no, "无"), Ground: g.label, GroundOn: g.on, Outcome: in.Outcome, Performed: in.Performed, Measures: in.Measures, Published: in.Published,
	}}}, err
}

// approveClosing closes the case. One that ended off the line waits for the officer's form too: what became of money, things and publication is the
// officer's to say, not the program's (55号令第三十一条).
func (s *Service) approveClosing(by access.Session, in endingApproveClosingBody) casework.Command {
	return casework.Command{
		Note: strings.TrimSpace(in.Note),
		Change: func(tx *store.Tx, c *casework.Case) error {
			form, err := closingForm(tx, c.ID)
			if err == nil && form == nil {
				err = fault.New(fault.Conflict, "承办人还没有填写结案审批表，不能批准结案。请承办人“报批结案”（%s）", law.Cite("MOHURD55", 31).Han())
			}
			if err != nil {
				return err
			}
			g, err := s.ground(tx, c)
			if g.code != "" {
				c.Ending, c.EndingNote = g.code, g.label
			}
			return err
		},
		Write: s.keeping("approve_closing", by, in),
	}
}

func (s *Service) returnClosing(by access.Session, in endingReturnClosingBody) casework.Command {
	return casework.Command{
		Note: in.Why,
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			if err := keep(tx, c, done, "return_closing", by.Person(), in); err != nil {
				return err
			}
			return casework.VoidLast(tx, c.ID, "case_closing_approval", "退回继续办理："+in.Why, done.Entry)
		},
	}
}

func (s *Service) reopen(by access.Session, in endingReopenBody) casework.Command {
	return casework.Command{
		Note: joined(in.Ground, in.Why), Named: in.Due,
		Change: func(_ *store.Tx, c *casework.Case) error {
			c.Reset()
			return nil
		},
		State: func(tx *store.Tx, c *casework.Case, f *law.Facts) error {
			f.SetBool(law.SameActAgain, in.Ground == nothingNew, "form")
			return stateRefund(tx, c, f)
		},
		Write: s.keeping("reopen", by, in),
	}
}

// stateRefund states what of a revoked fine was not given back.
func stateRefund(tx *store.Tx, c *casework.Case, f *law.Facts) error {
	n, err := paid(tx, c.ID)
	f.SetMoney(law.FineUnreturned, law.Money(max(0, n)), c.ID.Subject())
	return err
}
