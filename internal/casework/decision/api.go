package decision

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	decisionDraftBody struct {
		casework.OnVersion
		DraftInput
	}
	decisionAskBody struct {
		casework.OnVersion
		AskInput
	}
	decisionReturnBody struct {
		casework.OnVersion
		ReturnInput
	}
	decisionDecideBody struct {
		casework.OnVersion
		DecideInput
	}
	decisionDiscussionBody struct {
		casework.OnVersion
		DiscussionInput
	}
	decisionSignBody struct {
		casework.OnVersion
		SignInput
	}
	decisionConcludeBody      struct{ casework.OnVersion }
	decisionExtensionTalkBody struct {
		casework.OnVersion
		ExtensionTalkInput
	}
	decisionExtendBody struct {
		casework.OnVersion
		ExtendInput
	}
)

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "draft_decision", "再次提交的以最后一次为准；法制审核以后提交的，原审核意见失效", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionDraftBody) error {
		return s.Draw(ctx, by, id, in.Version, in.DraftInput)
	})
	casework.Call(a, s.cases, "submit_discussion", "", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionAskBody) error {
		return s.Submit(ctx, by, id, in.Version, in.AskInput)
	})
	casework.Call(a, s.cases, "record_discussion", "成员按发言先后排列，主要负责人在最后", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionDiscussionBody) error {
		return s.Record(ctx, by, id, in.Version, in.DiscussionInput)
	})
	casework.Call(a, s.cases, "sign_discussion", "本人登录后签名，程序不能代签", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionSignBody) error {
		return s.Sign(ctx, by, id, in.Version, in.SignInput)
	})
	casework.Call(a, s.cases, "discuss", "全部成员签名以后", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionConcludeBody) error {
		return s.Conclude(ctx, by, id, in.Version)
	})
	casework.Call(a, s.cases, "discuss_extension", "第一次延长以后，期限届满以前；成员按发言先后排列，主要负责人在最后", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionExtensionTalkBody) error {
		return s.RecordExtension(ctx, by, id, in.Version, in.ExtensionTalkInput)
	})
	casework.Call(a, s.cases, "sign_extension", "本人登录后签名，程序不能代签", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionSignBody) error {
		return s.SignExtension(ctx, by, id, in.Version, in.SignInput)
	})
	casework.Call(a, s.cases, "extend_decision_again", "日数以集体讨论笔录为准，全部成员签名以后", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionExtendBody) error {
		return s.Extend(ctx, by, id, in.Version, in.ExtendInput)
	})
	casework.Call(a, s.cases, "ask_decision", "", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionAskBody) error {
		return s.Ask(ctx, by, id, in.Version, in.AskInput)
	})
	casework.Call(a, s.cases, "return_decision", "审批表登记作废", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionReturnBody) error {
		return s.Return(ctx, by, id, in.Version, in.ReturnInput)
	})
	casework.Call(a, s.cases, "decide_penalty", "拟定的是给予处罚的", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionDecideBody) error {
		return s.Punish(ctx, by, id, in.Version, in.DecideInput)
	})
	casework.Call(a, s.cases, "decide_no_penalty", "拟定的是不予处罚的", func(ctx context.Context, by access.Session, id casework.CaseID, in decisionDecideBody) error {
		return s.Spare(ctx, by, id, in.Version, in.DecideInput)
	})
}
