package casework

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/org"
	"fadu/internal/store"
)

// Stay is what waits for a person beside the cases that it handles, and what is to be done about it.
type Stay struct {
	Kind string `json:"kind" doc:"听证、涉案财物"`
	Text string `json:"text" doc:"是什么"`
	Case CaseID `json:"case" doc:"案件"`
	// Step is the act by which somebody else is named; empty for what hand-over itself passes on.
	Step string `json:"step,omitempty" doc:"由哪一步另行指定；空的随移交换人"`
}

// Stays are what waits for a person in the session's scope.
func (s *Service) Stays(ctx context.Context, by access.Session, person org.PersonID) (out []Stay, err error) {
	scope, err := by.Require(access.CaseApprove)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		out, err = s.stays(tx, scope, int64(person))
		return err
	})
	return out, err
}

func (s *Service) stays(tx *store.Tx, scope access.Scope, person int64) ([]Stay, error) {
	out := []Stay{}
	for _, d := range s.desks {
		if d.Stays == nil || person == 0 {
			continue
		}
		more, err := d.Stays(tx, scope, person)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// keepersAndHosts are those who may keep things in custody, and those who may host hearings.
func keepersAndHosts(tx *store.Tx) (keepers, hosts []access.Holder, err error) {
	if keepers, err = holding(tx, access.CaseCustody); err == nil {
		hosts, err = holding(tx, access.CasePreside)
	}
	return keepers, hosts, err
}

// holding are the persons whose account holds a role with the permission, each once.
func holding(tx *store.Tx, p access.Permission) ([]access.Holder, error) {
	var roles []access.Role
	for _, r := range access.Catalogue().Roles {
		if slices.Contains(r.Permissions, p) {
			roles = append(roles, r.Code)
		}
	}
	all, err := access.Holders(tx, roles...)
	seen := map[int64]bool{0: true}
	return slices.DeleteFunc(all, func(h access.Holder) bool {
		again := seen[h.Person]
		seen[h.Person] = true
		return again
	}), err
}

// passOn gives what is kept by one person to another, as one idempotent request; it answers how many things.
func (s *Service) passOn(ctx context.Context, by access.Session, in HandOverCasesInput) (int, error) {
	return s.counted(ctx, by, "casework.pass_on", in, func(tx *store.Tx, scope access.Scope) (n int, err error) {
		keepers, err := holding(tx, access.CaseCustody)
		if err == nil && !slices.ContainsFunc(keepers, func(h access.Holder) bool { return h.Person == int64(in.Keeper) }) {
			err = fault.InvalidField("keeper", "接手保管的人没有保管涉案财物的权限，请先给他的账号配上")
		}
		for _, d := range s.desks {
			if d.PassOn == nil || err != nil {
				continue
			}
			var more int
			more, err = d.PassOn(tx, by, scope, int64(in.From), int64(in.Keeper), strings.TrimSpace(in.Why))
			n += more
		}
		return n, err
	})
}

// HandedOn is what went from one person to another: cases, things kept, and how many of the cases did not go because one of them was refused.
type HandedOn struct{ Cases, Things int }

// HandOverAll gives every open case of an officer within the session's scope to another, two hundred at a time, each with its terms and an
// entry of its own, and the things that the officer keeps to another keeper. Of a batch all or none goes: on a refusal what went before stays, and out says how much.
func (s *Service) HandOverAll(ctx context.Context, by access.Session, in HandOverCasesInput) (out HandedOn, err error) {
	if err := in.check(); err != nil {
		return out, err
	}
	for batch := 0; in.To != 0; batch++ {
		n, err := s.handOverSome(ctx, by, in, batch)
		if err != nil {
			return out, err
		}
		if out.Cases += n; n < staffedAtOnce {
			break
		}
	}
	if in.Keeper != 0 {
		if out.Things, err = s.passOn(ctx, by, in); err != nil {
			return out, err
		}
	}
	if out.Cases+out.Things == 0 {
		return out, fault.InvalidField("from", "他在您的范围内没有在办的案件，也没有要移交的财物")
	}
	return out, nil
}

func (in HandOverCasesInput) check() error {
	var fs fault.Fields
	if in.From == 0 {
		fs.Add("from", "请选择移交人")
	}
	if in.To == 0 && in.Keeper == 0 || in.To == in.From && in.To != 0 {
		fs.Add("to", "请选择接手人，不能和移交人是同一个人")
	}
	if in.Keeper != 0 && in.Keeper == in.From {
		fs.Add("keeper", "接手保管的不能是移交人自己")
	}
	if strings.TrimSpace(in.Why) == "" {
		fs.Add("why", "请写明原因")
	}
	return fs.Err()
}
