package hearing

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	hearingAskBody struct {
		casework.OnVersion
		AskInput
	}
	hearingTextBody struct {
		casework.OnVersion
		TextInput
	}
	hearingHostBody struct {
		casework.OnVersion
		HostInput
	}
	hearingAgentsBody struct {
		casework.OnVersion
		AgentsInput
	}
	hearingThirdBody struct {
		casework.OnVersion
		ThirdInput
	}
	hearingPlanBody struct {
		casework.OnVersion
		PlanInput
	}
	hearingRecordBody struct {
		casework.OnVersion
		RecordInput
	}
	hearingReportBody struct {
		casework.OnVersion
		ReportInput
	}
)

// texts are the acts that need one text at most.
func (s *Service) texts() map[string]func(context.Context, access.Session, casework.CaseID, int64, TextInput) error {
	return map[string]func(context.Context, access.Session, casework.CaseID, int64, TextInput) error{
		"accept_hearing": s.Accept, "refuse_hearing": s.Refuse, "postpone_hearing": s.Postpone, "pause_hearing": s.Pause, "resume_hearing": s.Resume, "withdraw_hearing": s.Withdraw,
	}
}

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "ask_hearing", "书面或者口头；不收费", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingAskBody) error {
		return s.Ask(ctx, by, id, in.Version, in.AskInput)
	})
	for _, act := range []string{"accept_hearing", "refuse_hearing", "postpone_hearing", "pause_hearing", "resume_hearing", "withdraw_hearing"} {
		do := s.texts()[act]
		casework.Call(a, s.cases, act, "", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingTextBody) error {
			return do(ctx, by, id, in.Version, in.TextInput)
		})
	}
	casework.Call(a, s.cases, "appoint_host", "主持人、听证员、记录员都不能是本案调查人员，从人员名册里选", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingHostBody) error {
		return s.Appoint(ctx, by, id, in.Version, in.HostInput)
	})
	casework.Call(a, s.cases, "name_agents", "一至二人，各有授权委托书", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingAgentsBody) error {
		return s.NameAgents(ctx, by, id, in.Version, in.AgentsInput)
	})
	casework.Call(a, s.cases, "add_third", "已经通知听证日期的，随即出具通知书", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingThirdBody) error {
		return s.AddThird(ctx, by, id, in.Version, in.ThirdInput)
	})
	casework.Call(a, s.cases, "schedule_hearing", "通知送达与举行之间有七个完整的工作日", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingPlanBody) error {
		return s.Schedule(ctx, by, id, in.Version, in.PlanInput)
	})
	casework.Call(a, s.cases, "hold_hearing", "四个步骤都要有", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingRecordBody) error {
		return s.Hold(ctx, by, id, in.Version, in.RecordInput)
	})
	casework.Call(a, s.cases, "end_hearing", "当事人无正当理由缺席、退场的", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingRecordBody) error {
		return s.End(ctx, by, id, in.Version, in.RecordInput)
	})
	casework.Call(a, s.cases, "report_hearing", "决定根据听证笔录作出", func(ctx context.Context, by access.Session, id casework.CaseID, in hearingReportBody) error {
		return s.Report(ctx, by, id, in.Version, in.ReportInput)
	})
}
