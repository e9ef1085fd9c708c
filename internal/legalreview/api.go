package legalreview

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
)

// The bodies of the calls: the input of the act with the version of the case that the caller saw.
type (
	legalSubmitBody struct {
		casework.OnVersion
		SubmitInput
	}
	legalWithdrawBody struct {
		casework.OnVersion
		WithdrawInput
	}
	legalOpinionBody struct {
		casework.OnVersion
		OpinionInput
	}
	legalDifferenceBody struct {
		casework.OnVersion
		DifferenceInput
	}
)

// API adds a call for each act of the slice. Opinions are signed by persons: a program's token is refused.
func (s *Service) API(a *api.API) {
	casework.Call(a, s.cases, "submit_review", "再次送审的，送审表写明与上次不同的内容", func(ctx context.Context, by access.Session, id casework.CaseID, in legalSubmitBody) error {
		return s.Submit(ctx, by, id, in.Version, in.SubmitInput)
	})
	casework.Call(a, s.cases, "withdraw_review", "", func(ctx context.Context, by access.Session, id casework.CaseID, in legalWithdrawBody) error {
		return s.Withdraw(ctx, by, id, in.Version, in.WithdrawInput)
	})
	for _, act := range []string{"review_agree", "review_inquire", "review_amend", "review_transfer"} {
		casework.Call(a, s.cases, act, "本人登录后签名，程序不能代签", func(ctx context.Context, by access.Session, id casework.CaseID, in legalOpinionBody) error {
			return s.Give(ctx, by, id, in.Version, act, in.OpinionInput)
		})
	}
	casework.Call(a, s.cases, "settle_difference", "只作记录，不代替审核同意", func(ctx context.Context, by access.Session, id casework.CaseID, in legalDifferenceBody) error {
		return s.Settle(ctx, by, id, in.Version, in.DifferenceInput)
	})
}
