package sitting

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

const nounMotion = "这件待批准的事项"

// JobRegrade finishes a correction of scores that was cut short.
const JobRegrade = "exam.regrade"

// CorrectInput asks to correct an item.
type CorrectInput struct {
	Version int64      `json:"version"`
	Item    int        `json:"item" doc:"第几道，从 1 起"`
	Kind    MotionKind `json:"kind" enum:"accept,rekey,give_all,drop" doc:"怎么更正"`
	Value   string     `json:"value,omitempty" doc:"答案，写法和考生作答相同；填空一行一空"`
	Reason  string     `json:"reason" doc:"原因"`
}

// Correct asks to mark an item of a marked sitting by another key, for everybody, or not at all. Nothing changes before
// somebody else approves it.
func (s *Service) Correct(ctx context.Context, by access.Session, id SittingID, in CorrectInput) (MotionID, error) {
	m := Motion{Kind: in.Kind, Item: in.Item - 1, Value: strings.ReplaceAll(strings.TrimSpace(in.Value), "\r\n", "\n"), Reason: in.Reason}
	var out MotionID
	err := s.manage(ctx, by, kindProposed, id, in.Version, in, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if !x.judged() {
			return nil, fault.New(fault.Conflict, "这场考试%s，阅卷以后才能更正", x.Phase(tx.Now, 0).Label())
		}
		form, err := s.formOf(*x)
		if err != nil {
			return nil, err
		}
		if err := m.check(form); err != nil {
			return nil, err
		}
		m.Sitting, m.Levels = x.ID, x.Levels
		e, err := s.propose(tx, by, &m)
		out, x.Entry = m.ID, e
		return nil, err
	})
	if err == nil && out == 0 { // the same once more
		err = s.DB.View(ctx, func(tx *store.Tx) error {
			return tx.DB().NewSelect().Model((*Motion)(nil)).ColumnExpr("COALESCE(MAX(id), 0)").Where("sitting_id = ?", id).Where("author = ?", by.Account()).Scan(tx.Ctx, &out)
		})
	}
	return out, err
}

func (m Motion) check(form assembly.Form) error {
	if err := reasoned(m.Reason); err != nil {
		return err
	}
	known := false
	for _, k := range ofItem {
		known = known || k == m.Kind
	}
	switch {
	case !known:
		return fault.InvalidField("kind", "请选择怎么更正")
	case m.Item < 0 || m.Item >= len(form):
		return fault.InvalidField("item", "试卷里没有这一道")
	case m.Kind != Accept && m.Kind != Rekey:
		return nil
	case m.Value == "" || len([]rune(m.Value)) > maxValue:
		return fault.InvalidField("value", "请填写答案")
	}
	if _, err := keyed(form[m.Item].Question, m.Value, m.Kind == Accept); err != nil {
		return fault.InvalidField("value", "%s", err)
	}
	return nil
}

// propose writes a motion; the same thing is not asked for twice at once.
func (s *Service) propose(tx *store.Tx, by access.Session, m *Motion) (int64, error) {
	open, err := tx.DB().NewSelect().Model((*Motion)(nil)).Where("sitting_id = ?", m.Sitting).Where("candidate_id = ?", m.Candidate).Where("item = ?", m.Item).Where("state IN (?)", bun.List([]MotionState{Proposed, Applying})).Exists(tx.Ctx)
	if err != nil {
		return 0, err
	}
	if open {
		return 0, fault.New(fault.Conflict, "同一件事已经在等批准，请先办完那一件")
	}
	m.ID, m.State, m.Author, m.AuthorName, m.At, m.Version = MotionID(store.NewID()), Proposed, by.Account(), by.Name(), store.Micros(tx.Now), 1
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindProposed, Subject: m.Subject(), Unit: int64(m.UnitID), Data: map[string]any{"sitting": m.Sitting.String(), "kind": m.Kind, "title": m.Title(), "value": m.Value, "points": points(m.Points), "reason": m.Reason}})
	m.Entry = int64(e)
	if err != nil {
		return 0, err
	}
	return m.Entry, insert(tx, m)
}

// about asks for a state of a candidate.
func (s *Service) about(ctx context.Context, by access.Session, kind MotionKind, id CandidateID, version int64, reason string, may func(tx *store.Tx, x Sitting, c Candidate) error) error {
	return s.onCandidate(ctx, by, kindProposed, id, version, []any{kind, reason}, func(tx *store.Tx, x Sitting, c *Candidate) (map[string]any, error) {
		if err := may(tx, x, *c); err != nil {
			return nil, err
		}
		if err := reasoned(reason); err != nil {
			return nil, err
		}
		m := Motion{Sitting: x.ID, Candidate: c.ID, Levels: c.Levels, Kind: kind, Item: -1, Reason: reason}
		if _, err := s.propose(tx, by, &m); err != nil {
			return nil, err
		}
		return map[string]any{"motion": m.ID.String(), "kind": kind, "reason": reason}, nil
	})
}

// mayDefer says why a candidate cannot sit another time: who has begun cannot.
func mayDefer(_ *store.Tx, x Sitting, c Candidate) error {
	if c.State != Registered && c.State != Absent || c.Taken > 0 {
		return fault.New(fault.Conflict, "这名考生%s，不能缓考", c.State.Label())
	}
	if x.State == Cancelled {
		return fault.New(fault.Conflict, "这场考试已取消，不能再缓考")
	}
	return nil
}

// Defer asks that a candidate who has not begun sit another time; who was absent with good reason may be excused later.
func (s *Service) Defer(ctx context.Context, by access.Session, id CandidateID, version int64, reason string) error {
	return s.about(ctx, by, Defer, id, version, reason, mayDefer)
}

func mayVoid(_ *store.Tx, _ Sitting, c Candidate) error {
	if c.State != Took {
		return fault.New(fault.Conflict, "这名考生%s，没有成绩可以作废", c.State.Label())
	}
	return nil
}

// Void asks that the result of a candidate who broke the rules of the exam does not count.
func (s *Service) Void(ctx context.Context, by access.Session, id CandidateID, version int64, reason string) error {
	return s.about(ctx, by, Void, id, version, reason, mayVoid)
}

func mayReinstate(_ *store.Tx, _ Sitting, c Candidate) error {
	if c.State != Voided {
		return fault.New(fault.Conflict, "这名考生%s，没有违纪处理可以撤销", c.State.Label())
	}
	return nil
}

// Reinstate asks that a result counts again that was made void.
func (s *Service) Reinstate(ctx context.Context, by access.Session, id CandidateID, version int64, reason string) error {
	return s.about(ctx, by, Reinstate, id, version, reason, mayReinstate)
}

func motionOf(tx *store.Tx, id MotionID) (m Motion, err error) {
	err = tx.DB().NewSelect().Model(&m).Where("id = ?", id).Scan(tx.Ctx)
	return m, store.One(err, nounMotion)
}

func saveMotion(tx *store.Tx, m *Motion) error {
	old := m.Version
	m.Version++
	res, err := tx.DB().NewUpdate().Model(m).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounMotion)
}

// onMotion runs an act on a motion that waits.
func (s *Service) onMotion(ctx context.Context, by access.Session, p access.Permission, kind string, id MotionID, version int64, remark string, f func(tx *store.Tx, m *Motion) error) error {
	scope, err := by.Require(p)
	if err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kind, []any{id, version, remark}), func(tx *store.Tx) (string, error) {
		m, err := motionOf(tx, id)
		if err == nil {
			err = scope.Check(m.Levels, nounMotion)
		}
		if err == nil && version != m.Version {
			err = fault.Stale(nounMotion)
		}
		if err == nil && m.State != Proposed {
			err = fault.New(fault.Conflict, "这件事项%s，不能再办", m.State.Label())
		}
		if err != nil {
			return "", err
		}
		e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: m.Subject(), Unit: int64(m.UnitID), Data: map[string]any{"title": m.Title(), "remark": remark}})
		if err != nil {
			return "", err
		}
		m.Entry, m.Decider, m.DeciderName, m.Remark, m.DecidedAt = int64(e), by.Account(), by.Name(), remark, store.Micros(tx.Now)
		if err := f(tx, &m); err != nil {
			return "", err
		}
		return m.URL(), saveMotion(tx, &m)
	})
	return err
}

// Approve lets a motion take effect: by somebody else than its author. Corrected scores are written some at a time; what a
// crash cuts short a job finishes.
func (s *Service) Approve(ctx context.Context, by access.Session, id MotionID, version int64) error {
	scored := false
	err := s.onMotion(ctx, by, access.ExamApprove, kindApproved, id, version, "", func(tx *store.Tx, m *Motion) error {
		if m.Author == by.Account() {
			return fault.New(fault.Conflict, "自己提请的，由另一个人批准")
		}
		if !m.Kind.scored() {
			m.State = Applied
			return s.stand(tx, *m)
		}
		scored, m.State = true, Applying
		if m.Kind == Drop {
			if err := s.dropItem(tx, *m); err != nil {
				return err
			}
		}
		return jobs.Add(tx, jobs.Job{Kind: JobRegrade, Key: id.String(), Payload: id, Due: tx.Now})
	})
	if err != nil || !scored {
		return err
	}
	return s.Regrade(ctx, id)
}

// dropItem takes the points of an item out of what counts.
func (s *Service) dropItem(tx *store.Tx, m Motion) error {
	x, err := sittingOf(tx, m.Sitting)
	if err != nil {
		return err
	}
	form, err := s.formOf(x)
	if err != nil {
		return err
	}
	before, err := motionsOf(tx, m.Sitting)
	if err != nil {
		return err
	}
	rules, _, err := rulings(form, before)
	if err != nil {
		return err
	}
	if r := rules[m.Item]; r != nil && r.drop {
		return fault.New(fault.Conflict, "这道题已经作废")
	}
	x.Dropped += form[m.Item].Points
	x.Entry = m.Entry
	return saveSitting(tx, &x)
}

// stand gives a candidate the state that was asked for.
func (s *Service) stand(tx *store.Tx, m Motion) error {
	c, err := candidateOf(tx, m.Candidate)
	if err != nil {
		return err
	}
	x, err := sittingOf(tx, m.Sitting)
	if err != nil {
		return err
	}
	c.Why, c.Entry = m.Reason, m.Entry
	switch m.Kind {
	case Defer:
		if err := mayDefer(tx, x, c); err != nil {
			return err
		}
		c.State = Deferred
	case Void:
		if err := mayVoid(tx, x, c); err != nil {
			return err
		}
		c.State, c.Passed = Voided, false
	case Reinstate:
		if err := mayReinstate(tx, x, c); err != nil {
			return err
		}
		form, err := s.formOf(x)
		if err != nil {
			return err
		}
		c.State, c.Passed = Took, store.Flag(x.judged() && c.Score >= x.line(form.Points()))
	}
	if err := saveCandidate(tx, &c); err != nil {
		return err
	}
	if err := s.settled(tx, x); err != nil {
		return err
	}
	return s.settleDiplomas(tx, x, []Candidate{c}, m.Kind.Label())
}

// Refuse turns a motion down.
func (s *Service) Refuse(ctx context.Context, by access.Session, id MotionID, version int64, reason string) error {
	return s.onMotion(ctx, by, access.ExamApprove, kindRefused, id, version, reason, func(_ *store.Tx, m *Motion) error {
		m.State = Refused
		return reasoned(reason)
	})
}

// Withdraw takes a motion back.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id MotionID, version int64, reason string) error {
	return s.onMotion(ctx, by, access.ExamManage, kindWithdrawn, id, version, reason, func(_ *store.Tx, m *Motion) error {
		m.State = Withdrawn
		return reasoned(reason)
	})
}
