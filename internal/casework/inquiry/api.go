package inquiry

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	inquirySummonBody struct {
		casework.OnVersion
		SummonInput
	}
	inquiryInterviewBody struct {
		casework.OnVersion
		InterviewInput
	}
	inquiryInspectBody struct {
		casework.OnVersion
		InspectInput
	}
	inquiryRequestBody struct {
		casework.OnVersion
		RequestInput
	}
	inquiryCollectBody struct {
		casework.OnVersion
		CollectInput
	}
	inquiryAskAssistanceBody struct {
		casework.OnVersion
		AssistanceInput
	}
	inquirySampleBody struct {
		casework.OnVersion
		SampleInput
	}
	inquiryCommissionBody struct {
		casework.OnVersion
		CommissionInput
	}
	inquiryReceiveBody struct {
		casework.OnVersion
		ResultInput
	}
	inquiryProlongBody struct {
		casework.OnVersion
		ProlongInput
	}
	inquiryCancelBody struct {
		casework.OnVersion
		CancelInput
	}
	inquiryMandateBody struct {
		casework.OnVersion
		MandateInput
	}
	inquiryAdmitBody struct {
		casework.OnVersion
		AdmitInput
	}
	inquiryCorrectBody struct {
		casework.OnVersion
		CorrectInput
	}
	inquiryRecheckBody struct {
		casework.OnVersion
		RecheckInput
	}
	inquiryRecuseSelfBody struct {
		casework.OnVersion
		SelfRecusalInput
	}
	inquiryAskRecusalBody struct {
		casework.OnVersion
		RecusalInput
	}
	inquiryDecideRecusalBody struct {
		casework.OnVersion
		DecideRecusalInput
	}
	inquiryConcludeBody struct {
		casework.OnVersion
		ConcludeInput
	}
	inquiryApproveBody struct {
		casework.OnVersion
		ApproveInput
	}
	inquiryReturnBody struct {
		casework.OnVersion
		ReturnInput
	}
)

// withPhotos bounds a body with photographs, with their Base64 third.
const withPhotos = 110 << 20

// API adds a call for each act of the desk.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "summon", "写明时间、地点", func(ctx context.Context, by access.Session, id casework.CaseID, in inquirySummonBody) error {
		return s.Summon(ctx, by, id, in.Version, in.SummonInput)
	})
	casework.Call(a, s.cases, "interview", "一人一份；同一案件的询问时间不能重叠", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryInterviewBody) error {
		return s.Interview(ctx, by, id, in.Version, in.InterviewInput)
	})
	casework.CallWithFiles(a, s.cases, "inspect", "照片各自编号进证据清单", withPhotos, func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryInspectBody) error {
		return s.Inspect(ctx, by, id, in.Version, in.InspectInput)
	})
	casework.Call(a, s.cases, "request_evidence", "取得证据以前", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryRequestBody) error {
		return s.Request(ctx, by, id, in.Version, in.RequestInput)
	})
	casework.CallWithFiles(a, s.cases, "collect_evidence", "一次一份；同时出具证据清单", withPhotos, func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryCollectBody) error {
		return s.Collect(ctx, by, id, in.Version, in.CollectInput)
	})
	casework.CallWithFiles(a, s.cases, casework.MandateAct, "文号、日期和扫描件；进证据清单", withPhotos, func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryMandateBody) error {
		return s.RegisterMandate(ctx, by, id, in.Version, in.MandateInput)
	})
	casework.Call(a, s.cases, "ask_assistance", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryAskAssistanceBody) error {
		return s.AskAssistance(ctx, by, id, in.Version, in.AssistanceInput)
	})
	casework.Call(a, s.cases, "sample", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquirySampleBody) error {
		return s.Sample(ctx, by, id, in.Version, in.SampleInput)
	})
	casework.Call(a, s.cases, "commission", "委托书是扣除时间的依据", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryCommissionBody) error {
		return s.Commission(ctx, by, id, in.Version, in.CommissionInput)
	})
	casework.Call(a, s.cases, "prolong_commission", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryProlongBody) error {
		return s.Prolong(ctx, by, id, in.Version, in.ProlongInput)
	})
	casework.Call(a, s.cases, "cancel_commission", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryCancelBody) error {
		return s.Cancel(ctx, by, id, in.Version, in.CancelInput)
	})
	casework.Call(a, s.cases, "receive_result", "结果告知书送达以后才能认定这份证据", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryReceiveBody) error {
		return s.Receive(ctx, by, id, in.Version, in.ResultInput)
	})
	casework.Call(a, s.cases, "admit_evidence", "以最后一次认定为准", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryAdmitBody) error {
		return s.Admit(ctx, by, id, in.Version, in.AdmitInput)
	})
	casework.Call(a, s.cases, "order_correction", "kind：correct 或 stop", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryCorrectBody) error {
		return s.Correct(ctx, by, id, in.Version, in.CorrectInput)
	})
	casework.Call(a, s.cases, "recheck", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryRecheckBody) error {
		return s.Recheck(ctx, by, id, in.Version, in.RecheckInput)
	})
	s.recusalAPI(a)
	casework.Call(a, s.cases, "conclude", "要先拟定处理意见、认定证据", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryConcludeBody) error {
		return s.Conclude(ctx, by, id, in.Version, in.ConcludeInput)
	})
	casework.Call(a, s.cases, "approve_conclusion", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryApproveBody) error {
		return s.Approve(ctx, by, id, in.Version, in.ApproveInput)
	})
	casework.Call(a, s.cases, "return_conclusion", "", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryReturnBody) error {
		return s.Return(ctx, by, id, in.Version, in.ReturnInput)
	})
}

func (s *Service) recusalAPI(a *api.API) {
	casework.Call(a, s.cases, "recuse_self", "主持、记录听证的，审核的，本人申请", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryRecuseSelfBody) error {
		return s.RecuseSelf(ctx, by, id, in.Version, in.SelfRecusalInput)
	})
	casework.Call(a, s.cases, "ask_recusal", "决定以前调查不停止", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryAskRecusalBody) error {
		return s.AskRecusal(ctx, by, id, in.Version, in.RecusalInput)
	})
	casework.Call(a, s.cases, "decide_recusal", "由负责人决定", func(ctx context.Context, by access.Session, id casework.CaseID, in inquiryDecideRecusalBody) error {
		return s.DecideRecusal(ctx, by, id, in.Version, in.DecideRecusalInput)
	})
}
