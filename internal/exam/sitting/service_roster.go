package sitting

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// RosterInput adds to the roster everybody of units who may sit exams, and single people by their login.
type RosterInput struct {
	Units  []access.UnitID `json:"units,omitempty" doc:"单位：连同下级的全部考生"`
	Logins []string        `json:"logins,omitempty" doc:"个人：登录名"`
}

const (
	maxLogins = 2000
	// MaxCandidates bounds a roster.
	MaxCandidates = 20000
)

// Enrol adds to the roster; who is on it already stays as they are. It may be done until the last entry.
func (s *Service) Enrol(ctx context.Context, by access.Session, id SittingID, version int64, in RosterInput) error {
	if len(in.Units) == 0 && len(in.Logins) == 0 {
		return fault.InvalidField("unit", "请选择单位，或者填写登录名")
	}
	if len(in.Logins) > maxLogins {
		return fault.InvalidField("logins", "一次最多加 %d 人", maxLogins)
	}
	return s.manage(ctx, by, kindRoster, id, version, in, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if x.State != Draft && (x.State != Frozen || tx.Now.After(x.LastEntry())) {
			return nil, fault.New(fault.Conflict, "已过最晚入场时间，不能再加考生")
		}
		people, err := s.people(tx, by, in, "logins")
		if err != nil {
			return nil, err
		}
		var on, back []Candidate
		if err := tx.DB().NewSelect().Model(&on).Where("sitting_id = ?", id).Scan(tx.Ctx); err != nil {
			return nil, err
		}
		known := map[access.AccountID]Candidate{}
		for _, c := range on {
			known[c.Account] = c
		}
		people = slices.DeleteFunc(people, func(a access.Account) bool {
			c, twice := known[a.ID]
			if c.State == Removed {
				back = append(back, c)
			}
			known[a.ID] = Candidate{State: Registered}
			return twice
		})
		switch {
		case len(people)+len(back) == 0:
			return nil, fault.InvalidField("unit", "选的人都已经在名单里，或者没有可以参加考试的人")
		case len(on)+len(people) > MaxCandidates:
			return nil, fault.InvalidField("unit", "一场考试最多 %d 名考生", MaxCandidates)
		}
		data := map[string]any{"added": len(people) + len(back)}
		e, err := s.log(tx, by, kindRoster, *x, data)
		if err != nil {
			return nil, err
		}
		x.Entry = e
		return data, enter(tx, id, back, people, e)
	})
}

// enter writes the roster: who is back on it, and who is new.
func enter(tx *store.Tx, id SittingID, back []Candidate, people []access.Account, entry int64) error {
	for i := range back {
		back[i].State, back[i].Why, back[i].Entry = Registered, "", entry
		if err := saveCandidate(tx, &back[i]); err != nil {
			return err
		}
	}
	rows := make([]Candidate, len(people))
	for i, a := range people {
		rows[i] = Candidate{ID: CandidateID(store.NewID()), Sitting: id, Account: a.ID, Name: a.Name, Levels: a.Levels, State: Registered, Version: 1, Entry: entry}
	}
	for part := range slices.Chunk(rows, 200) {
		if err := insert(tx, &part); err != nil {
			return err
		}
	}
	return nil
}

// people are the accounts that the input names, in the units that the session manages.
func (s *Service) people(tx *store.Tx, by access.Session, in RosterInput, field string) (out []access.Account, err error) {
	scope := by.ScopeFor(access.ExamManage)
	for _, id := range in.Units {
		u, err := s.Units.UnitByID(tx, id)
		if err != nil || scope.Check(u.Levels(), "这个单位") != nil {
			return nil, fault.InvalidField("unit", "没有这个单位，或者不归您管")
		}
		found, err := s.Units.WhoCan(tx, u, access.ExamTake)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	var unknown []string
	for _, login := range in.Logins {
		a, err := s.Units.AccountByLogin(tx, login)
		switch {
		case err == nil && !a.Disabled && scope.Check(a.Levels, "") == nil:
			out = append(out, a)
		case err == nil || fault.Is(err, fault.NotFound):
			unknown = append(unknown, login)
		default:
			return nil, err
		}
	}
	if len(unknown) > 0 {
		return nil, fault.InvalidField(field, "没有这些登录名，或者已停用、不归您管：%s", strings.Join(unknown, "、"))
	}
	return out, nil
}

// onCandidate runs an act on a candidate of a sitting that the session manages.
func (s *Service) onCandidate(ctx context.Context, by access.Session, kind string, id CandidateID, version int64, body any, f func(tx *store.Tx, x Sitting, c *Candidate) (map[string]any, error)) error {
	scope, err := by.Require(access.ExamManage)
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kind, []any{id, version, body}), func(tx *store.Tx) (string, error) {
		c, err := candidateOf(tx, id)
		if err != nil {
			return "", err
		}
		x, err := sittingOf(tx, c.Sitting)
		if err == nil {
			err = scope.Check(x.Levels, nounCandidate)
		}
		if err == nil && version != c.Version {
			err = fault.Stale(nounCandidate)
		}
		if err != nil {
			return "", err
		}
		data, err := f(tx, x, &c)
		if err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: c.Subject(), Unit: int64(c.UnitID), Data: data})
		if err != nil {
			return "", err
		}
		c.Entry = int64(e)
		return x.URL(), saveCandidate(tx, &c)
	})
	return err
}

// GrantInput gives a candidate extra minutes, all in all.
type GrantInput struct {
	Version int64  `json:"version"`
	Minutes int64  `json:"minutes" doc:"一共加几分钟"`
	Reason  string `json:"reason"`
}

// Grant gives a candidate more time, before or during the attempt; a running attempt goes on with it at once.
func (s *Service) Grant(ctx context.Context, by access.Session, id CandidateID, in GrantInput) error {
	return s.onCandidate(ctx, by, kindGranted, id, in.Version, in, func(tx *store.Tx, x Sitting, c *Candidate) (map[string]any, error) {
		if err := reasoned(in.Reason); err != nil {
			return nil, err
		}
		if in.Minutes < 0 || in.Minutes > maxExtra {
			return nil, fault.InvalidField("minutes", "加时应在 0 至 %d 分钟之间", maxExtra)
		}
		if x.State != Draft && x.State != Frozen {
			return nil, fault.New(fault.Conflict, "这场考试%s，不能再加时", x.Phase(tx.Now, 0).Label())
		}
		tries, err := attemptsOf(tx, id)
		if err != nil {
			return nil, err
		}
		data := map[string]any{"was": c.Extra, "minutes": in.Minutes, "reason": in.Reason}
		c.Extra, c.ExtraWhy = in.Minutes, in.Reason
		for i := range tries {
			a := &tries[i]
			if a.State != Running {
				continue
			}
			end := x.deadline(store.FromMicros(a.StartedAt), c.Extra)
			if end.Before(tx.Now) {
				return nil, fault.InvalidField("minutes", "照这样算，答卷时间已经结束。加时不能少于已经用掉的")
			}
			a.Deadline = store.Micros(end)
			e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindGranted, Subject: a.Subject(), Unit: int64(c.UnitID), Data: map[string]any{"deadline": clockText(end)}})
			if err != nil {
				return nil, err
			}
			a.Entry = int64(e)
			if err := saveAttempt(tx, a); err != nil {
				return nil, err
			}
		}
		return data, nil
	})
}

// Remove takes somebody who has not begun off the roster.
func (s *Service) Remove(ctx context.Context, by access.Session, id CandidateID, version int64, reason string) error {
	return s.onCandidate(ctx, by, kindRemoved, id, version, reason, func(tx *store.Tx, x Sitting, c *Candidate) (map[string]any, error) {
		if c.Taken > 0 || c.State == Removed || x.State != Draft && x.State != Frozen {
			return nil, fault.New(fault.Conflict, "%s已经答过卷、已经移出，或者考试已经结束，不能移出名单", c.Name)
		}
		c.State, c.Why = Removed, reason
		return map[string]any{"reason": reason}, reasoned(reason)
	})
}
