package casework

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/api"
	"fadu/internal/law"
)

// PlanBody registers an application to pay later or in parts.
type PlanBody struct {
	OnVersion
	AppliedOn law.Date `json:"applied_on" doc:"当事人申请的日期"`
	Reason    string   `json:"reason"`
	Hardship  bool     `json:"hardship" doc:"材料能证明确有经济困难"`
	Parts     []Part   `json:"parts" doc:"各期的日期和数额，加起来等于尚未缴纳的罚款；一期是延期"`
	Proof     []byte   `json:"proof" doc:"申请书和证明材料的照片，JPEG 或 PNG，Base64"`
}

// CasePlan is an application with what became of it.
type CasePlan struct {
	ID        string     `json:"id"`
	State     PlanState  `json:"state"`
	Kind      string     `json:"kind"`
	AppliedOn law.Date   `json:"applied_on"`
	DecidedOn law.Date   `json:"decided_on"`
	EndedOn   law.Date   `json:"ended_on"`
	Amount    law.Money  `json:"amount"`
	Proof     string     `json:"proof" doc:"证明材料的摘要"`
	Parts     []CasePart `json:"parts"`
}

// CasePart is an instalment with what was paid on it.
type CasePart struct {
	Number int64     `json:"number"`
	Due    law.Date  `json:"due"`
	Amount law.Money `json:"amount"`
	Paid   law.Money `json:"paid"`
	PaidOn law.Date  `json:"paid_on"`
}

func casePlans(f *File) []CasePlan {
	return mapped(f.Plans, func(p Plan) CasePlan {
		out := CasePlan{ID: fmt.Sprint(p.ID), State: p.State, Kind: p.Kind(), AppliedOn: p.AppliedOn, DecidedOn: p.DecidedOn, EndedOn: p.EndedOn, Amount: p.Amount, Proof: p.Proof}
		for _, x := range p.standing(f.Case.Amount, f.Payments) {
			if p.State != PlanApproved {
				x.Paid, x.PaidOn = 0, law.Date{}
			}
			out.Parts = append(out.Parts, CasePart{x.Number, x.Due, x.Part.Amount, x.Paid, x.PaidOn})
		}
		return out
	})
}

func (s *Service) apiPlans(a *api.API) {
	onCase(a, s, apiCall{path: "apply-terms", acts: []string{"apply_terms"}, maxBody: photoBody}, func(ctx context.Context, by access.Session, id CaseID, in PlanBody) error {
		var proof []Picture
		if len(in.Proof) > 0 {
			proof = []Picture{{Bytes: in.Proof}}
		}
		return s.ApplyPlan(ctx, by, id, in.Version, PlanInput{AppliedOn: in.AppliedOn, Reason: in.Reason, Hardship: in.Hardship, Parts: in.Parts}, proof)
	})
	onCase(a, s, apiCall{path: "approve-terms", acts: []string{"approve_terms"}}, func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
		_, err := s.DecidePlan(ctx, by, id, in.Version, true, in.Why)
		return err
	})
	onCase(a, s, apiCall{path: "refuse-terms", acts: []string{"refuse_terms"}}, func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
		_, err := s.DecidePlan(ctx, by, id, in.Version, false, in.Why)
		return err
	})
	onCase(a, s, apiCall{path: "end-terms", acts: []string{"end_terms"}}, func(ctx context.Context, by access.Session, id CaseID, in WhyBody) error {
		return s.EndPlan(ctx, by, id, in.Version, in.Why)
	})
}
