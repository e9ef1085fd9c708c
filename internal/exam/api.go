package exam

import (
	"context"
	"strconv"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/exam/bank"
	"fadu/internal/exam/interchange"
	"fadu/internal/law"
	"fadu/internal/store"
)

const apiGroup = "题库"

// BankQuestionOut is a question of the bank for programs.
type BankQuestionOut struct {
	ID       string           `json:"id"`
	Code     string           `json:"code"`
	State    string           `json:"state" enum:"draft,in_use,ended,returned"`
	Type     string           `json:"type" enum:"single,multiple,judgement,fill,order,match,material,analysis,drafting"`
	Topic    string           `json:"topic"`
	Chapter  string           `json:"chapter"`
	Level    int              `json:"level" doc:"1 易，2 中，3 难"`
	From     law.Date         `json:"from"`
	Until    law.Date         `json:"until,omitzero"`
	Source   string           `json:"source" enum:"builtin,own,imported"`
	Waiting  bool             `json:"waiting" doc:"最新的一版等待审定"`
	Changed  []string         `json:"changed,omitempty" doc:"引用的条文修改、废止了，还没有复核的；只在单独取一道题时给出"`
	Stem     string           `json:"stem"`
	Version  int64            `json:"version" doc:"办理时照填"`
	Current  string           `json:"current" doc:"在用的一版的编号；没有的是 0"`
	Versions []BankVersionOut `json:"versions,omitempty" doc:"各版，新的在前；只在单独取一道题时给出"`
}

// BankVersionOut is a version of a question for programs.
type BankVersionOut struct {
	ID       string            `json:"id"`
	Number   int               `json:"number"`
	State    string            `json:"state" enum:"draft,in_use,ended,replaced,returned"`
	Author   string            `json:"author"`
	Approver string            `json:"approver"`
	Remark   string            `json:"remark" doc:"退回的理由"`
	Digest   string            `json:"digest"`
	Asks     interchange.Cells `json:"asks" doc:"各栏的文字，见起草"`
}

func questionOut(q Question, head Version) BankQuestionOut {
	return BankQuestionOut{
		ID: q.ID.String(), Code: q.Code, State: string(q.State), Type: string(q.Type), Topic: q.Topic, Chapter: q.Chapter, Level: q.Level, From: q.From, Until: q.Until, Source: string(q.Source),
		Waiting: bool(q.Waiting), Stem: head.Stem, Version: q.Version, Current: q.Current.String(),
	}
}

// BankQuery chooses questions.
type BankQuery struct {
	Words  string `query:"q" doc:"题干、选项、编号里的词"`
	Topic  string `query:"topic" doc:"专题"`
	Type   string `query:"type" enum:"single,multiple,judgement,fill,order,match,material,analysis,drafting" doc:"题型"`
	Level  string `query:"level" enum:"1,2,3" doc:"难度：1 易，2 中，3 难"`
	State  string `query:"state" enum:"draft,in_use,ended,returned,waiting,changed" doc:"状态；waiting 是有新版待审定的，changed 是引用的条文已修改、还没有复核的"`
	Source string `query:"source" enum:"builtin,own,imported" doc:"来源"`
	Law    string `query:"law" doc:"引用的法律的代号，例如 XZCF"`
	After  string `query:"after" doc:"接着哪一页"`
}

func (in BankQuery) filter() Filter {
	level, _ := strconv.Atoi(in.Level) // nothing, or one of three
	f := Filter{Words: in.Words, Topic: in.Topic, Type: bank.Type(in.Type), Level: level, State: State(in.State), Source: Source(in.Source), Statute: in.Law}
	if in.State == waiting {
		f.State, f.Waiting = "", true
	}
	if in.State == changed {
		f.State, f.Changed = "", true
	}
	return f
}

// NewBody is a question as it was written.
type NewBody struct {
	Asks interchange.Cells `json:"asks" doc:"各栏的文字，与编写页面、Excel 模板相同：type 题型、topic 专题、level 难度、stem 题干、options 选项（一行一个）、answer 答案、blanks 各空的答案（一行一个）、pairs 配对（左项｜右项）、parts 小题、refs 条文（一行一条）、from 从哪天起适用等"`
}

// EditBody is the next version of a question.
type EditBody struct {
	api.Seen
	NewBody
}

// API adds the calls of this slice.
func (b *Bank) API(a *api.API) {
	read, manage, approve := access.ExamBankRead, access.ExamBankManage, access.ExamBankApprove
	b.drafts.API(a, "bank", "/bank-import", apiGroup, manage)
	api.Get(a, api.Operation{ID: "listBankQuestions", Path: "/bank", Group: apiGroup, Allow: read, Summary: "题库的题目"}, b.listOut)
	api.Get(a, api.Operation{ID: "getBankQuestion", Path: "/bank/{id}", Group: apiGroup, Allow: read, Summary: "一道题，连同各版"}, b.oneOut)
	api.Add(a, api.Operation{ID: "addBankQuestion", Path: "/bank", Group: apiGroup, Allow: manage, Summary: "起草新题"},
		func(ctx context.Context, by access.Session, in NewBody) (QuestionID, error) {
			return b.SaveCells(ctx, by, SaveInput{}, in.Asks)
		})
	api.Act(a, api.Operation{ID: "editBankQuestion", Path: "/bank/{id}/edit", Group: apiGroup, Allow: manage, Summary: "起草题目的新一版"}, nounQuestion,
		func(ctx context.Context, by access.Session, id QuestionID, in EditBody) error {
			_, err := b.SaveCells(ctx, by, SaveInput{Question: id, Seen: in.Version}, in.Asks)
			return err
		})
	api.Act(a, api.Operation{ID: "approveBankQuestion", Path: "/bank/{id}/approve", Group: apiGroup, Allow: approve, Summary: "审定"}, nounQuestion,
		func(ctx context.Context, by access.Session, id QuestionID, in api.Seen) error {
			return b.Approve(ctx, by, id, in.Version)
		})
	api.Act(a, api.Operation{ID: "returnBankQuestion", Path: "/bank/{id}/return", Group: apiGroup, Allow: approve, Summary: "退回"}, nounQuestion,
		func(ctx context.Context, by access.Session, id QuestionID, in api.Reasoned) error {
			return b.Return(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "recheckBankQuestion", Path: "/bank/{id}/recheck", Group: apiGroup, Allow: approve, Summary: "条文修改以后复核，题目仍正确"}, nounQuestion,
		func(ctx context.Context, by access.Session, id QuestionID, in api.Reasoned) error {
			return b.Recheck(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "endBankQuestion", Path: "/bank/{id}/end", Group: apiGroup, Allow: manage, Summary: "停用题目"}, nounQuestion,
		func(ctx context.Context, by access.Session, id QuestionID, in api.Reasoned) error {
			return b.End(ctx, by, id, in.Version, in.Reason)
		})
	api.Act(a, api.Operation{ID: "restoreBankQuestion", Path: "/bank/{id}/restore", Group: apiGroup, Allow: manage, Summary: "恢复题目"}, nounQuestion,
		func(ctx context.Context, by access.Session, id QuestionID, in api.Reasoned) error {
			return b.Restore(ctx, by, id, in.Version, in.Reason)
		})
}

func (b *Bank) listOut(ctx context.Context, _ access.Session, in BankQuery) (out api.List[BankQuestionOut], err error) {
	err = b.DB.View(ctx, func(tx *store.Tx) error {
		p, err := b.Find(tx, in.filter(), in.After)
		out = api.ListOf(p.Questions, p.Prev, p.Next, func(q Question) BankQuestionOut { return questionOut(q, p.Heads[q.Head]) })
		return err
	})
	return out, err
}

func (b *Bank) oneOut(ctx context.Context, _ access.Session, in api.One) (out BankQuestionOut, err error) {
	id, err := api.IDOf[QuestionID](in.ID, nounQuestion)
	if err != nil {
		return out, err
	}
	err = b.DB.View(ctx, func(tx *store.Tx) error {
		d, err := b.dossier(tx, id, 0)
		if err != nil {
			return err
		}
		out = questionOut(d.Question, d.Versions[d.shown])
		for _, f := range d.flags {
			if f.State == FlagOpen {
				out.Changed = append(out.Changed, f.Text())
			}
		}
		for _, v := range d.Versions {
			asks, err := v.Asks()
			if err != nil {
				return err
			}
			out.Versions = append(out.Versions, BankVersionOut{v.ID.String(), v.Number, string(v.State), v.Author, v.Approver, v.Remark, v.Digest, interchange.ToCells(asks)})
		}
		return nil
	})
	return out, err
}
