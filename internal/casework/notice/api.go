package notice

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	noticeIssueBody struct {
		casework.OnVersion
		IssueInput
	}
	noticeWhyBody struct {
		casework.OnVersion
		WhyInput
	}
	noticeStateBody struct {
		casework.OnVersion
		StateInput
	}
	noticeWaiveBody struct {
		casework.OnVersion
		WaiveInput
	}
	noticeAnswerBody struct {
		casework.OnVersion
		AnswerInput
	}
)

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "issue_notice", "种类、数额、事实、依据取自拟定的处罚；达到听证标准的同时告知听证权利", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeIssueBody) error {
		return s.Issue(ctx, by, id, in.Version, in.IssueInput)
	})
	casework.Call(a, s.cases, "void_notice", "送达以前；编号登记作废", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeWhyBody) error {
		return s.Void(ctx, by, id, in.Version, in.WhyInput)
	})
	casework.Call(a, s.cases, "state_defence", "可以多次；误记的一点用 withdraw 撤回", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeStateBody) error {
		return s.StateDefence(ctx, by, id, in.Version, in.StateInput)
	})
	casework.Call(a, s.cases, "waive_defence", "当事人签名的声明；没有表示的等期限届满", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeWaiveBody) error {
		return s.Waive(ctx, by, id, in.Version, in.WaiveInput)
	})
	casework.Call(a, s.cases, "answer_defence", "每一点意见都要答复，不采纳的写理由", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeAnswerBody) error {
		return s.AnswerDefence(ctx, by, id, in.Version, in.AnswerInput)
	})
	casework.Call(a, s.cases, "notify_again", "拟作的处罚比告知的更不利的，重新告知，陈述申辩期限重新起算", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeWhyBody) error {
		return s.Again(ctx, by, id, in.Version, in.WhyInput)
	})
	casework.Call(a, s.cases, "investigate_again", "补充调查后重新报批、重新告知", func(ctx context.Context, by access.Session, id casework.CaseID, in noticeWhyBody) error {
		return s.InvestigateAgain(ctx, by, id, in.Version, in.WhyInput)
	})
}
