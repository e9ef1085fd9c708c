package casework

import (
	"context"
	"fmt"
	"io"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// PlanInput is a party's application to pay later or in parts.
type PlanInput struct {
	AppliedOn law.Date `json:"applied_on"`
	Reason    string   `json:"reason"`
	// Hardship: the officers hold that the proof shows real hardship (确有经济困难).
	Hardship bool   `json:"hardship"`
	Parts    []Part `json:"parts"`
	// Proof is filled in from the picture: the written application with its papers.
	Proof     string `json:"proof"`
	ProofType string `json:"proof_type"`
}

// maxParts is how many instalments one plan has at most.
const maxParts = 12

func (in PlanInput) check(tx *store.Tx, c *Case, rest law.Money) error {
	var fs fault.Fields
	today := tx.Today()
	if in.AppliedOn.IsZero() || in.AppliedOn.After(today) || in.AppliedOn.Before(c.DecidedOn) {
		fs.Add("applied_on", "申请日期应在决定之日和今天之间")
	}
	if strings.TrimSpace(in.Reason) == "" {
		fs.Add("reason", "请照申请书写明困难在哪里")
	}
	if in.Proof == "" {
		fs.Add("proof", "请拍下申请书和证明材料")
	}
	sum, last := law.Money(0), today.AddDays(-1)
	for i, p := range in.Parts {
		switch {
		case p.Amount <= 0 || p.Due.IsZero():
			fs.Add(fmt.Sprintf("amount%d", i+1), "第 %d 期要有日期和大于 0 的数额", i+1)
		case !p.Due.After(last):
			fs.Add(fmt.Sprintf("due%d", i+1), "第 %d 期的日期不能早于今天，也要晚于上一期", i+1)
		default:
			last = p.Due
		}
		sum += p.Amount
	}
	switch {
	case rest <= 0:
		fs.Add("amount1", "罚款已经缴清")
	case len(in.Parts) == 0 || len(in.Parts) > maxParts:
		fs.Add("amount1", "请写明缴纳计划，最多 %d 期", maxParts)
	case sum != rest:
		fs.Add("amount1", "各期加起来是 %s 元，应当等于尚未缴纳的 %s 元", sum, rest)
	}
	return fs.Err()
}

// ApplyPlan registers the party's application with its proof and its plan. While an approved plan runs,
// the application asks to change it.
func (s *Service) ApplyPlan(ctx context.Context, by access.Session, id CaseID, version int64, in PlanInput, proof []Picture) error {
	kept, err := s.keepPictures(ctx, "proof", proof)
	if err != nil {
		return err
	}
	if len(kept) > 0 {
		in.Proof, in.ProofType = kept[0].Digest, kept[0].Type
	}
	row := &Plan{ID: store.NewID(), Version: 1, State: PlanApplied, AppliedOn: in.AppliedOn, Reason: strings.TrimSpace(in.Reason), Hardship: store.Flag(in.Hardship), Proof: in.Proof, ProofType: in.ProofType, Parts: in.Parts}
	return s.update(ctx, by, "casework.apply_terms", in, id, command{
		act: "apply_terms", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			plans, err := plansOf(tx, id)
			if err != nil {
				return err
			}
			if pending(plans[id]) != nil {
				return fault.New(fault.Conflict, "已经有一份申请等审批")
			}
			rest, err := outstanding(tx, c)
			if err != nil {
				return err
			}
			row.Levels, row.Case, row.Amount, row.RegisteredBy, row.RegisteredAt = c.Levels, id, rest, by.Person(), store.Micros(tx.Now)
			return in.check(tx, c, rest)
		},
		data: func(*Case) any { return in },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			row.Entry = int64(entry)
			if err := insert(tx, row); err != nil {
				return err
			}
			for i, p := range in.Parts {
				p.Plan, p.Number = row.ID, int64(i+1)
				if err := insert(tx, &p); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// pending is the application that waits, or nil.
func pending(plans []Plan) *Plan {
	for i := range plans {
		if plans[i].State == PlanApplied {
			return &plans[i]
		}
	}
	return nil
}

// DecidePlan approves or refuses the application that waits, with a numbered notice to the party. An
// approved plan replaces the one that ran. Who handles the case does not decide.
func (s *Service) DecidePlan(ctx context.Context, by access.Session, id CaseID, version int64, approve bool, note string) (PaperID, error) {
	note = strings.TrimSpace(note)
	act := "refuse_terms"
	if approve {
		act = "approve_terms"
	}
	var p, before *Plan
	var paper *Paper
	err := s.update(ctx, by, "casework."+act, note, id, command{
		act: act, version: version,
		named: func() law.Date {
			if len(p.Parts) == 0 {
				return law.Date{}
			}
			return p.Parts[len(p.Parts)-1].Due
		},
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) (err error) {
			p, before, err = s.decidable(tx, by, c, approve, note)
			if err != nil {
				return err
			}
			src := fmt.Sprintf("payment_plan/%d", p.ID)
			f.SetBool(law.PartyApplied, p.Proof != "", src)
			f.SetBool(law.EconomicHardship, bool(p.Hardship), src)
			f.SetBool(law.AgencyApproved, headsBureau(by), src)
			return nil
		},
		data: func(*Case) any {
			return map[string]any{"plan": fmt.Sprint(p.ID), "kind": p.Kind(), "parts": p.Parts, "why": note}
		},
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			d, err := decision(tx, c.ID)
			if err != nil {
				return err
			}
			if paper, err = s.draw(tx, c, PaymentTerms, d.ID, entry, p.fields(approve, note)); err != nil {
				return err
			}
			p.State, p.DecidedOn, p.DecidedBy, p.DecisionNote, p.Paper = PlanRefused, tx.Today(), by.Person(), note, paper.ID
			if approve {
				p.State = PlanApproved
				if err := VoidLast(tx, c.ID, "demand_notice", "已经同意"+p.Kind()+"缴纳，不再催告", entry); err != nil {
					return err
				}
				if before != nil {
					before.State, before.EndedOn, before.EndedWhy = PlanEnded, tx.Today().AddDays(-1), "变更为新的计划"
					if err := savePlan(tx, before, entry); err != nil {
						return err
					}
				}
			}
			return savePlan(tx, p, entry)
		},
	})
	if err != nil || paper == nil {
		return 0, err
	}
	return paper.ID, s.Finish(ctx, paper.ID)
}

// decidable returns the application that waits and the plan that runs, when this person may decide now.
func (s *Service) decidable(tx *store.Tx, by access.Session, c *Case, approve bool, note string) (p, before *Plan, err error) {
	plans, err := plansOf(tx, c.ID)
	if err != nil {
		return nil, nil, err
	}
	p, before = pending(plans[c.ID]), active(plans[c.ID])
	if p == nil {
		return nil, nil, fault.New(fault.Conflict, "没有等审批的延期、分期申请")
	}
	if by.Person() != 0 && (by.Person() == c.Lead || by.Person() == c.Assist) {
		return nil, nil, fault.New(fault.Forbidden, "本案的承办人不能审批延期、分期，请报负责人")
	}
	if !approve {
		if note == "" {
			return nil, nil, fault.InvalidField("why", "请写明不同意的理由")
		}
		return p, before, nil
	}
	rest, err := outstanding(tx, c)
	switch {
	case err != nil:
		return nil, nil, err
	case rest != p.Amount:
		return nil, nil, fault.New(fault.Conflict, "申请以后又缴了款，现在还欠 %s 元，计划是 %s 元。请退回，重新提出计划", rest, p.Amount)
	case p.Parts[0].Due.Before(tx.Today()):
		return nil, nil, fault.New(fault.Conflict, "计划的第一期（%s）已经过了。请退回，重新提出计划", p.Parts[0].Due.Han())
	}
	return p, before, nil
}

// fields are what the notice says beside the case.
func (p *Plan) fields(approve bool, note string) map[string]string {
	out := map[string]string{"answer": "不同意", "terms": p.Kind(), "when": p.AppliedOn.Han(), "plan": p.Text(), "why": note}
	if approve {
		out["answer"] = "同意"
	}
	return out
}

func savePlan(tx *store.Tx, p *Plan, entry ledger.EntryID) error {
	p.Entry = int64(entry)
	p.Version++
	res, err := tx.DB().NewUpdate().Model(p).WherePK().Where("version = ?", p.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这份缴纳计划")
}

// EndPlan cancels the approved plan with the reason; what is open is due from then on.
func (s *Service) EndPlan(ctx context.Context, by access.Session, id CaseID, version int64, why string) error {
	why = strings.TrimSpace(why)
	var p *Plan
	return s.update(ctx, by, "casework.end_terms", why, id, command{
		act: "end_terms", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			plans, err := plansOf(tx, id)
			if err != nil {
				return err
			}
			if p = active(plans[id]); p == nil {
				return fault.New(fault.Conflict, "没有在执行的延期、分期")
			}
			if why == "" {
				return fault.InvalidField("why", "请写明取消的原因，例如 当事人不按期缴纳、困难已经消除")
			}
			return nil
		},
		data: func(*Case) any { return map[string]any{"plan": fmt.Sprint(p.ID), "why": why} },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			p.State, p.EndedOn, p.EndedWhy = PlanEnded, tx.Today(), why
			return savePlan(tx, p, entry)
		},
	})
}

// OpenProof returns the picture of an application in scope; the caller closes the bytes.
func (s *Service) OpenProof(ctx context.Context, by access.Session, id CaseID, plan int64) (*Plan, io.ReadCloser, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, nil, err
	}
	p := new(Plan)
	var unit access.UnitID
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := load(tx, scope, id)
		if err != nil {
			return err
		}
		unit = c.UnitID
		return store.One(tx.DB().NewSelect().Model(p).Where("id = ?", plan).Where("case_id = ?", id).Scan(tx.Ctx), "这份申请")
	})
	if err == nil {
		err = s.saw(ctx, by, "casework.case_read", id.Subject(), unit)
	}
	if err != nil {
		return nil, nil, err
	}
	r, err := s.Blobs.Open(p.Proof)
	return p, r, err
}
