package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// staffedAtOnce is how many cases one act gives to others.
const staffedAtOnce = 200

// AssignCasesInput names the two officers of several open cases.
type AssignCasesInput struct {
	Cases  []CaseID     `json:"cases" doc:"案件，至多 200 件"`
	Lead   org.PersonID `json:"lead" doc:"主办执法人员"`
	Assist org.PersonID `json:"assist" doc:"协办执法人员"`
	Why    string       `json:"why" doc:"原因"`
}

// HandOverCasesInput gives all open cases of one officer to another, and what it keeps to a keeper.
type HandOverCasesInput struct {
	From org.PersonID `json:"from" doc:"移交人"`
	To   org.PersonID `json:"to" doc:"接手人，执法证在今天有效、区域包括各案案发地"`
	// Keeper takes over what From keeps in custody; somebody else than To where To then leads the case.
	Keeper org.PersonID `json:"keeper,omitempty" doc:"财物保管的接手人，不能是这些财物案件的主办；没有财物要移交的不填"`
	Why    string       `json:"why" doc:"原因：调离、退休、休假等"`
}

// AssignCases names the officers of the chosen open cases, all or none. Both have to hold a certificate valid today and for
// each place (行政处罚法第四十二条第一款); the law.Refusal or fault names the case that cannot be given to them.
func (s *Service) AssignCases(ctx context.Context, by access.Session, in AssignCasesInput) (int, error) {
	var fs fault.Fields
	switch {
	case len(in.Cases) == 0:
		fs.Add("case", "请先在案件列表里勾选案件")
	case len(in.Cases) > staffedAtOnce:
		fs.Add("case", "一次最多指派 %d 件，请分次办理", staffedAtOnce)
	}
	if in.Lead == 0 {
		fs.Add("lead", "请选择主办执法人员")
	}
	if in.Assist == 0 || in.Assist == in.Lead {
		fs.Add("assist", "请选择协办执法人员，不能和主办是同一个人")
	}
	if strings.TrimSpace(in.Why) == "" {
		fs.Add("why", "请写明原因")
	}
	if err := fs.Err(); err != nil {
		return 0, err
	}
	return s.staff(ctx, by, "casework.assign_cases", in, func(tx *store.Tx, scope access.Scope) ([]Case, error) {
		out, err := casesOf(tx, scope, in.Cases)
		if err != nil {
			return nil, err
		}
		if len(out) != len(in.Cases) {
			return nil, fault.Missing("其中一个案件")
		}
		return out, nil
	}, in.Why, func(*Case) (lead, assist int64) { return int64(in.Lead), int64(in.Assist) })
}

// handOverSome gives the next cases of an officer to another: all of them or none.
func (s *Service) handOverSome(ctx context.Context, by access.Session, in HandOverCasesInput, batch int) (int, error) {
	from, to := int64(in.From), int64(in.To)
	return s.staff(ctx, by, "casework.hand_over_cases/"+strconv.Itoa(batch), in, func(tx *store.Tx, scope access.Scope) ([]Case, error) {
		return openOf(tx, scope, from)
	}, in.Why, func(c *Case) (lead, assist int64) {
		if c.Lead == from {
			return to, c.Assist
		}
		return c.Lead, to
	})
}

// casesOf are those of the cases that are in the scope.
func casesOf(tx *store.Tx, scope access.Scope, ids []CaseID) (out []Case, err error) {
	q := tx.DB().NewSelect().Model(&out).Where("c.id IN (?)", bun.List(ids)).Order("c.id")
	return out, scope.Where(q, "c").Scan(tx.Ctx)
}

// openOf are the open cases that an officer handles in the scope.
func openOf(tx *store.Tx, scope access.Scope, officer int64) ([]Case, error) {
	var out []Case
	q := tx.DB().NewSelect().Model(&out).Where("c.closed_at = 0").Where("(c.lead_officer = ? OR c.assist_officer = ?)", officer, officer).Where("c.state IN (?)", bun.List(openStates)).Order("c.id").Limit(staffedAtOnce)
	return out, scope.Where(q, "c").Scan(tx.Ctx)
}

// counted is an idempotent request that answers a number.
func (s *Service) counted(ctx context.Context, by access.Session, what string, body any, do func(*store.Tx, access.Scope) (int, error)) (int, error) {
	answer, _, err := s.DB.Once(ctx, by.Once(what, body), func(tx *store.Tx) (string, error) {
		scope, err := by.Require(access.CaseApprove)
		if err != nil {
			return "", err
		}
		n, err := do(tx, scope)
		return strconv.Itoa(n), err
	})
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(answer)
}

// staff changes the officers of cases as one idempotent request and answers how many.
func (s *Service) staff(ctx context.Context, by access.Session, what string, body any, choose func(*store.Tx, access.Scope) ([]Case, error), why string, who func(*Case) (lead, assist int64)) (int, error) {
	return s.counted(ctx, by, what, body, func(tx *store.Tx, scope access.Scope) (int, error) {
		all, err := choose(tx, scope)
		if err != nil {
			return 0, err
		}
		for i := range all {
			lead, assist := who(&all[i])
			if err := s.restaff(tx, by, &all[i], lead, assist, strings.TrimSpace(why)); err != nil {
				return 0, err
			}
		}
		return len(all), nil
	})
}

// restaff gives one case other officers, when they may handle it today.
func (s *Service) restaff(tx *store.Tx, by access.Session, c *Case, lead, assist int64, why string) error {
	title, err := c.numberOrLead(tx)
	if err != nil {
		return err
	}
	switch {
	case !c.open():
		return fault.New(fault.Invalid, "%s已经办结，不用指派", title)
	case lead == assist:
		return fault.New(fault.Invalid, "%s的另一名承办人就是接手人，请先单独指派这件", title)
	case c.Lead == lead && c.Assist == assist:
		return nil
	}
	before := [2]int64{c.Lead, c.Assist}
	c.Lead, c.Assist = lead, assist
	if c.Organ == 0 {
		organ, err := org.SubjectFor(tx, c.UnitID, tx.Today())
		if err != nil {
			return err
		}
		c.Organ = int64(organ.ID)
	}
	facts, err := s.facts(tx, c, tx.Today())
	if err != nil {
		return err
	}
	passed, err := s.enforce([]law.Action{org.ActHandleCase}, tx.Today(), facts)
	var refused *law.Refusal
	if errors.As(err, &refused) {
		for i := range refused.Findings {
			refused.Findings[i].Message = title + "：" + refused.Findings[i].Message
		}
	}
	if err != nil {
		return err
	}
	data := map[string]any{"why": why, "lead": lead, "assist": assist, "before": before}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.reassigned", Subject: c.ID.Subject(), Unit: int64(c.UnitID), Data: data, Rules: passed})
	if err != nil {
		return err
	}
	c.Entry = int64(entry)
	c.Version++
	if err := save(tx, c); err != nil {
		return fmt.Errorf("%s: %w", title, err)
	}
	if err := keepOfficers(tx, c); err != nil {
		return err
	}
	if err := s.moved(tx, c, "", ""); err != nil {
		return err
	}
	return s.keepClocks(tx, c)
}

// Workload is how many open cases an officer handles.
type Workload struct {
	Person org.PersonID `json:"person"`
	Name   string       `json:"name"`
	Open   int          `json:"open" doc:"在办案件，主办和协办都算"`
}

// Workloads are the officers of the session's scope with their open cases, the most first.
func (s *Service) Workloads(ctx context.Context, by access.Session) (out []Workload, err error) {
	scope, err := by.Require(access.CaseApprove)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out, err = workloads(tx, scope)
		return err
	})
	return out, err
}

func workloads(tx *store.Tx, scope access.Scope) ([]Workload, error) {
	count := map[int64]int{}
	for _, column := range []string{"lead_officer", "assist_officer"} {
		var rows []struct {
			Person int64 `bun:"person"`
			N      int   `bun:"n"`
		}
		q := tx.DB().NewSelect().TableExpr("penalty_case AS c").ColumnExpr("c.? AS person, COUNT(*) AS n", bun.Ident(column)).Where("c.closed_at = 0").Where("c.? > 0", bun.Ident(column)).
			Where("c.state IN (?)", bun.List(openStates)).GroupExpr("c.?", bun.Ident(column))
		if err := scope.Where(q, "c").Scan(tx.Ctx, &rows); err != nil {
			return nil, err
		}
		for _, r := range rows {
			count[r.Person] += r.N
		}
	}
	ids := make([]org.PersonID, 0, len(count))
	for id := range count {
		ids = append(ids, org.PersonID(id))
	}
	names, err := org.PeopleNames(tx, ids)
	out := make([]Workload, 0, len(ids))
	for _, id := range ids {
		out = append(out, Workload{id, names[id], count[int64(id)]})
	}
	slices.SortFunc(out, func(a, b Workload) int {
		if a.Open != b.Open {
			return b.Open - a.Open
		}
		return int(a.Person - b.Person)
	})
	return out, err
}
