package casework

import (
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/law/timing"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// Plan is a party's application to pay later or in parts, and what was decided about it (行政处罚法第六十六
// 条第二款). One part is a deferral (延期), several are instalments (分期).
type Plan struct {
	bun.BaseModel `bun:"table:payment_plan,alias:pp"`

	ID      int64 `bun:"id,pk"`
	Version int64 `bun:"version"`
	Entry   int64 `bun:"entry_id"`
	access.Levels
	Case      CaseID     `bun:"case_id"`
	State     PlanState  `bun:"state"`
	AppliedOn law.Date   `bun:"applied_on"`
	Reason    string     `bun:"reason"`
	Hardship  store.Flag `bun:"hardship"` // the proof shows 确有经济困难
	Proof     string     `bun:"proof_digest"`
	ProofType string     `bun:"proof_type"`
	// Amount is what of the fine was open when the plan was made; the parts sum to it.
	Amount       law.Money `bun:"amount"`
	RegisteredBy int64     `bun:"registered_by"`
	RegisteredAt int64     `bun:"registered_at"`
	DecidedOn    law.Date  `bun:"decided_on"`
	DecidedBy    int64     `bun:"decided_by"`
	DecisionNote string    `bun:"decision_note"`
	Paper        PaperID   `bun:"paper_id"`
	EndedOn      law.Date  `bun:"ended_on"`
	EndedWhy     string    `bun:"ended_why"`

	Parts []Part `bun:"-"`
}

// Part is one instalment: an amount due by a day.
type Part struct {
	bun.BaseModel `bun:"table:payment_part,alias:pt" json:"-"`

	Plan   int64     `bun:"plan_id,pk" json:"-"`
	Number int64     `bun:"number,pk" json:"number"`
	Due    law.Date  `bun:"due" json:"due"`
	Amount law.Money `bun:"amount" json:"amount"`
}

// PlanState is where a plan stands.
type PlanState string

// The states of a plan.
const (
	PlanApplied  PlanState = "applied"
	PlanRefused  PlanState = "refused"
	PlanApproved PlanState = "approved"
	PlanEnded    PlanState = "ended" // was approved, then cancelled or replaced by another
)

// Label returns the state's Chinese name.
func (s PlanState) Label() string { return planStateLabels[s] }

var planStateLabels = map[PlanState]string{PlanApplied: "待审批", PlanRefused: "不同意", PlanApproved: "已同意", PlanEnded: "已终止"}

// Kind says whether it defers or divides the payment.
func (p Plan) Kind() string {
	if len(p.Parts) == 1 {
		return "延期"
	}
	return "分期"
}

// Text prints the parts for a paper: 第1期于2026年5月31日前缴纳100元；…
func (p Plan) Text() string {
	out := make([]string, len(p.Parts))
	for i, x := range p.Parts {
		out[i] = fmt.Sprintf("第%d期于%s前缴纳 %s 元", i+1, x.Due.Han(), x.Amount.Grouped())
		if len(p.Parts) == 1 {
			out[i] = fmt.Sprintf("于%s前缴纳 %s 元", x.Due.Han(), x.Amount.Grouped())
		}
	}
	return strings.Join(out, "；")
}

// ran reports whether the plan was in force on a day.
func (p Plan) ran(on law.Date) bool {
	return (p.State == PlanApproved || p.State == PlanEnded) && !on.Before(p.DecidedOn) && (p.EndedOn.IsZero() || !on.After(p.EndedOn))
}

// PartStanding is an instalment with what was paid on it.
type PartStanding struct {
	Part
	Paid law.Money
	// PaidOn is when it was paid in full; zero while it is open.
	PaidOn law.Date
}

// Open is what is still to be paid.
func (p PartStanding) Open() law.Money { return p.Amount - p.Paid }

// standing matches the payments against the parts in order: what was open before the plan comes first.
func (p Plan) standing(fine law.Money, ps []Payment) []PartStanding {
	out := make([]PartStanding, len(p.Parts))
	for i, x := range p.Parts {
		out[i] = PartStanding{Part: x}
	}
	before, i := max(0, fine-p.Amount), 0
	for _, pay := range ps {
		rest := pay.Amount
		taken := min(rest, before)
		before, rest = before-taken, rest-taken
		for ; rest > 0 && i < len(out); i++ {
			taken := min(rest, out[i].Open())
			out[i].Paid, rest = out[i].Paid+taken, rest-taken
			if out[i].Open() > 0 {
				break
			}
			out[i].PaidOn = pay.PaidOn
		}
	}
	return out
}

// active is the approved plan, or nil.
func active(plans []Plan) *Plan {
	for i := range plans {
		if plans[i].State == PlanApproved {
			return &plans[i]
		}
	}
	return nil
}

// payTerm is by when the party has to pay next: the statutory term, or what was approved.
type payTerm struct {
	due  law.Date
	cite law.Citations
	// part is the instalment that is open; nil without a plan.
	part *PartStanding
}

// payTermOf finds the term that binds the party, given the statutory last day.
func payTermOf(c *Case, statutory law.Date, plans []Plan, ps []Payment) payTerm {
	out := payTerm{due: statutory, cite: law.Citations{xzcf(67, 3)}}
	if p := active(plans); p != nil {
		for _, x := range p.standing(c.Amount, ps) {
			if x.Open() > 0 {
				return payTerm{due: x.Due, cite: law.Citations{xzcf(66, 2)}, part: &x}
			}
		}
		return out
	}
	for _, p := range plans { // after a plan has ended, what is open is due
		if p.State == PlanEnded && p.EndedOn.After(out.due) {
			out.due, out.cite = p.EndedOn, law.Citations{xzcf(66, 2)}
		}
	}
	return out
}

// accrued reckons the 加处罚款 by the end of a day: three percent a day of what was due and not paid. While
// an approved term runs nothing accrues on what it covers; the day of payment does not count, nor does a day of which
// stands says that review or a suit was pending.
func accrued(c *Case, statutory law.Date, plans []Plan, ps []Payment, today law.Date, stands func(law.Date) bool) (law.Surcharge, error) {
	most, err := law.SurchargeOn(today, c.Amount, 1<<20, 0)
	if err != nil {
		return most, err
	}
	sum, days := law.Money(0), 0
	for d := statutory.AddDays(1); !d.After(today); d = d.AddDays(1) {
		base := owed(c, plans, ps, d)
		if base == 0 || stands(d) {
			continue
		}
		sum, days = sum+base, days+1
		s, err := law.SurchargeOn(today, sum, 1, 0)
		if err != nil {
			return s, err
		}
		if s.Amount >= most.Amount {
			most.Days = days
			return most, nil
		}
	}
	s, err := law.SurchargeOn(today, sum, min(days, 1), 0)
	s.Days, s.Total, s.Capped = days, c.Amount+s.Amount, false
	return s, err
}

// Accrued is the 加处罚款 of a case by the end of a day, by what happened in it.
func (s *Service) Accrued(tx *store.Tx, c *Case, on law.Date, events []timing.Event) (law.Surcharge, error) {
	statutory, err := s.due(termPay, c.payOn())
	if err != nil {
		return law.Surcharge{}, err
	}
	plans, err := plansOf(tx, c.ID)
	if err != nil {
		return law.Surcharge{}, err
	}
	ps, err := payments(tx, c.ID)
	if err != nil {
		return law.Surcharge{}, err
	}
	return accrued(c, statutory, plans[c.ID], ps, on, pendingOn(events))
}

// owed is what was due before a day and is not paid on it.
func owed(c *Case, plans []Plan, ps []Payment, on law.Date) law.Money {
	due := c.Amount
	for _, p := range plans {
		if !p.ran(on) {
			continue
		}
		due = max(0, c.Amount-p.Amount) // a change may have lowered the fine
		for _, x := range p.Parts {
			if x.Due.Before(on) {
				due += x.Amount
			}
		}
	}
	due = min(due, c.Amount)
	for _, pay := range ps {
		if !pay.PaidOn.After(on) {
			due -= pay.Amount
		}
	}
	return max(0, due)
}

// plansOf loads the plans of cases with their parts, oldest first.
func plansOf(tx *store.Tx, ids ...CaseID) (map[CaseID][]Plan, error) {
	out := map[CaseID][]Plan{}
	if len(ids) == 0 {
		return out, nil
	}
	var all []Plan
	if err := tx.DB().NewSelect().Model(&all).Where("case_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx); err != nil || len(all) == 0 {
		return out, err
	}
	planIDs := make([]int64, len(all))
	for i, p := range all {
		planIDs[i] = p.ID
	}
	var parts []Part
	if err := tx.DB().NewSelect().Model(&parts).Where("plan_id IN (?)", bun.List(planIDs)).Order("plan_id", "number").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	for _, p := range all {
		for _, x := range parts {
			if x.Plan == p.ID {
				p.Parts = append(p.Parts, x)
			}
		}
		out[p.Case] = append(out[p.Case], p)
	}
	return out, nil
}

// openPart is what of the next instalment is open; 0 without an approved plan.
func openPart(tx *store.Tx, c *Case) (law.Money, error) {
	plans, err := plansOf(tx, c.ID)
	if err != nil {
		return 0, err
	}
	p := active(plans[c.ID])
	if p == nil {
		return 0, nil
	}
	ps, err := payments(tx, c.ID)
	if err != nil {
		return 0, err
	}
	for _, x := range p.standing(c.Amount, ps) {
		if x.Open() > 0 {
			return x.Open(), nil
		}
	}
	return 0, nil
}
