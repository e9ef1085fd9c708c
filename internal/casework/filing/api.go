package filing

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw. Their names are
// unique in the whole interface, so that they begin with the desk's.
type (
	filingTakeUpBody struct{ casework.OnVersion }
	filingAssignBody struct {
		casework.OnVersion
		AssignInput
	}
	filingCheckBody struct {
		casework.OnVersion
		CheckInput
	}
	filingExtendBody struct {
		casework.OnVersion
		ExtendInput
	}
	filingAskBody struct {
		casework.OnVersion
		AskInput
	}
	filingDecideBody struct {
		casework.OnVersion
		DecideInput
	}
	filingReturnBody struct {
		casework.OnVersion
		ReturnInput
	}
	filingDeclineBody struct {
		casework.OnVersion
		DeclineInput
	}
)

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "take_up", "线索，或者转普通程序的案件", func(ctx context.Context, by access.Session, id casework.CaseID, in filingTakeUpBody) error {
		return s.TakeUp(ctx, by, id, in.Version)
	})
	casework.Call(a, s.cases, "assign", "再次提交是更换承办人，要写原因", func(ctx context.Context, by access.Session, id casework.CaseID, in filingAssignBody) error {
		return s.Assign(ctx, by, id, in.Version, in.AssignInput)
	})
	casework.Call(a, s.cases, "check", "以最后一次核查为准", func(ctx context.Context, by access.Session, id casework.CaseID, in filingCheckBody) error {
		return s.Record(ctx, by, id, in.Version, in.CheckInput)
	})
	casework.Call(a, s.cases, "extend_check", "期限届满前，一次", func(ctx context.Context, by access.Session, id casework.CaseID, in filingExtendBody) error {
		return s.Extend(ctx, by, id, in.Version, in.ExtendInput)
	})
	casework.Call(a, s.cases, "ask_filing", "审批表取得案件编号", func(ctx context.Context, by access.Session, id casework.CaseID, in filingAskBody) error {
		return s.Ask(ctx, by, id, in.Version, in.AskInput)
	})
	casework.Call(a, s.cases, "approve_filing", "", func(ctx context.Context, by access.Session, id casework.CaseID, in filingDecideBody) error {
		return s.Approve(ctx, by, id, in.Version, in.DecideInput)
	})
	casework.Call(a, s.cases, "return_filing", "", func(ctx context.Context, by access.Session, id casework.CaseID, in filingReturnBody) error {
		return s.Return(ctx, by, id, in.Version, in.ReturnInput)
	})
	casework.Call(a, s.cases, "decline_filing", "具名举报的，填告知日期", func(ctx context.Context, by access.Session, id casework.CaseID, in filingDeclineBody) error {
		return s.Decline(ctx, by, id, in.Version, in.DeclineInput)
	})
}
