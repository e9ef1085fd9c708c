package legalreview

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/casework"
	"fadu/internal/law"
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
	legalCounselBody struct {
		casework.OnVersion
		CounselInput
	}
	legalTakeBody struct {
		casework.OnVersion
		TakeInput
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
	casework.Call(a, s.cases, "take_review", "合格的审核人员领取，审核期限由领取人负责", func(ctx context.Context, by access.Session, id casework.CaseID, in legalTakeBody) error {
		return s.Take(ctx, by, id, in.Version, in.TakeInput)
	})
	casework.Call(a, s.cases, "release_review", "由领取人放回", func(ctx context.Context, by access.Session, id casework.CaseID, in legalTakeBody) error {
		return s.Release(ctx, by, id, in.Version, in.TakeInput)
	})
	for _, act := range []string{"review_agree", "review_inquire", "review_amend", "review_transfer"} {
		casework.Call(a, s.cases, act, "本人登录后签名，程序不能代签", func(ctx context.Context, by access.Session, id casework.CaseID, in legalOpinionBody) error {
			return s.Give(ctx, by, id, in.Version, act, in.OpinionInput)
		})
	}
	casework.Call(a, s.cases, "settle_difference", "只作记录，不代替审核同意", func(ctx context.Context, by access.Session, id casework.CaseID, in legalDifferenceBody) error {
		return s.Settle(ctx, by, id, in.Version, in.DifferenceInput)
	})
	casework.Call(a, s.cases, "advise", "本人登录后签名，程序不能代签", func(ctx context.Context, by access.Session, id casework.CaseID, in legalCounselBody) error {
		return s.Advise(ctx, by, id, in.Version, in.CounselInput)
	})
	api.Get(a, api.Operation{ID: "listReviews", Path: "/reviews", Group: "法制审核", Allow: access.CaseReview, Summary: "等待审核的案件，先发现的在前"}, s.apiWaits)
	api.Get(a, api.Operation{ID: "reviewDaysUsed", Path: "/reviews/days", Group: "法制审核", Allow: access.CaseReview, Summary: "审核用时：按意见、采纳情况的中位数、平均数、最长"}, s.apiDays)
	api.Get(a, api.Operation{ID: "listReviewOpinions", Path: "/reviews/opinions", Group: "法制审核", Allow: access.CaseReview, Summary: "签过的审核意见，新的在前"}, s.apiGiven)
}

// ReviewDaysIn asks for opinions signed within days, both included; without them of this year.
type ReviewDaysIn struct {
	From  string `query:"from" doc:"从哪一天，不填是今年一月一日"`
	Until string `query:"until" doc:"到哪一天，不填是今天"`
}

func (s *Service) apiDays(ctx context.Context, by access.Session, in ReviewDaysIn) ([]Spent, error) {
	from, until, err := s.span(in.From, in.Until)
	if err != nil {
		return nil, err
	}
	out, err := s.DaysUsed(ctx, by, from, until)
	return append([]Spent{}, out...), err
}

// ReviewsIn asks for a page.
type ReviewsIn struct {
	After string `query:"after"`
}

// ReviewWaiting is a case that waits for an opinion, for programs.
type ReviewWaiting struct {
	Case   string   `json:"case"`
	CaseNo string   `json:"case_no"`
	Cause  string   `json:"cause"`
	Round  int64    `json:"round" doc:"第几次送审"`
	On     law.Date `json:"submitted_on"`
	Due    law.Date `json:"due" doc:"审核期限的最后一天"`
	Taker  string   `json:"taker" doc:"领取人，待领取的是空"`
}

// ReviewGiven is a signed opinion for programs.
type ReviewGiven struct {
	Case     string   `json:"case"`
	CaseNo   string   `json:"case_no"`
	Round    int64    `json:"round"`
	Outcome  string   `json:"outcome" enum:"同意,补充调查,改正,移送"`
	Reviewer string   `json:"reviewer"`
	On       law.Date `json:"submitted_on"`
	Made     law.Date `json:"made_on" doc:"签名日"`
	Due      law.Date `json:"due"`
}

func (s *Service) apiWaits(ctx context.Context, by access.Session, in ReviewsIn) (out api.List[ReviewWaiting], err error) {
	q, err := s.Waits(ctx, by, in.After)
	return api.ListOf(q.Rows, q.Prev, q.Next, func(w Waiting) ReviewWaiting {
		return ReviewWaiting{w.ID.String(), w.CaseNo, w.PowerName, w.Round, w.On, w.Due, w.Taker}
	}), err
}

func (s *Service) apiGiven(ctx context.Context, by access.Session, in ReviewsIn) (out api.List[ReviewGiven], err error) {
	rows, prev, next, err := s.Given(ctx, by, false, in.After)
	return api.ListOf(rows, prev, next, func(o Opinion) ReviewGiven {
		return ReviewGiven{o.Case.String(), o.Title, o.Round, o.Outcome, o.Reviewer, o.SubmittedOn, o.On, o.DueOn}
	}), err
}
