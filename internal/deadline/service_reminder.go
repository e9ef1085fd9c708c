package deadline

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// The most characters of what people write here.
const (
	maxDemand = 500
	maxAnswer = 1000
)

// ReminderID identifies an order of supervision.
type ReminderID int64

// MissID identifies a missed term.
type MissID int64

// RowID identifies a running term.
type RowID int64

// Issue makes an order of supervision about a running term to the person who holds its matter. Needs deadline.supervise.
func (s *Service) Issue(ctx context.Context, by access.Session, id RowID, demand string, answerBy law.Date) (out ReminderID, err error) {
	scope, err := supervise(by)
	if err != nil {
		return 0, err
	}
	demand = strings.TrimSpace(demand)
	var fs fault.Fields
	said(&fs, "demand", "督办要求", demand, maxDemand)
	if answerBy.IsZero() {
		fs.Add("answer_by", "请写明最迟哪一天答复")
	} else if answerBy.Before(law.DateOf(s.DB.Now())) {
		fs.Add("answer_by", "答复日期不能早于今天")
	}
	if err := fs.Err(); err != nil {
		return 0, err
	}
	where, _, err := s.DB.Once(ctx, by.Once(kindIssued, []string{RowText(id), demand, answerBy.String()}), func(tx *store.Tx) (string, error) {
		r, err := rowIn(tx, scope, id)
		if err != nil {
			return "", err
		}
		if r.Holder == 0 {
			return "", fault.New(fault.Conflict, "这件事还没有承办人，先派给人再督办")
		}
		rm := Reminder{ID: store.NewID(), Year: tx.Today().Year(), Matter: r.Matter, Term: r.Term, Due: r.Due, IssuedOn: tx.Today(), Issuer: int64(by.Account()), IssuerName: by.Name(), Demand: demand, AnswerBy: answerBy, State: ReminderOpen, Version: 1}
		names, err := s.peopleNames(tx, r.Holder)
		if err != nil {
			return "", err
		}
		rm.HolderName = names[r.Holder]
		if rm.No, err = nextNumber(tx, rm.Year); err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindIssued, Subject: rm.Subject(), Unit: int64(rm.UnitID), Data: map[string]any{
			"number": rm.Number(), "about": rm.Title, "term": rm.Term, "to": rm.HolderName, "demand": demand, "answer_by": answerBy,
		}})
		if err != nil {
			return "", err
		}
		rm.Entry = int64(entry)
		_, err = tx.DB().NewInsert().Model(&rm).Exec(tx.Ctx)
		return rm.URL(), err
	})
	if err != nil {
		return 0, err
	}
	n, err := store.ParseID(where[strings.LastIndexByte(where, '/')+1:])
	return ReminderID(n), err
}

// Answer answers an order. Only the person to whom it was given may.
func (s *Service) Answer(ctx context.Context, by access.Session, id ReminderID, version int64, text string) error {
	if _, err := by.Require(access.CaseHandle); err != nil {
		return err
	}
	return s.onReminder(ctx, by, by.ScopeFor(access.CaseHandle), id, version, kindAnswered, "answer", "答复", text, func(tx *store.Tx, r *Reminder, text string) error {
		switch {
		case r.State != ReminderOpen:
			return fault.New(fault.Conflict, "这份督办单%s，不用再答复", reminderLabels[r.State])
		case r.Holder != by.Person():
			return fault.New(fault.Forbidden, "督办单由收到的人答复，这一份是给%s的", r.HolderName)
		}
		r.State, r.Answer, r.AnsweredOn = ReminderAnswered, text, tx.Today()
		return nil
	})
}

// Close ends an order, with or without an answer. Needs deadline.supervise.
func (s *Service) Close(ctx context.Context, by access.Session, id ReminderID, version int64, text string) error {
	scope, err := supervise(by)
	if err != nil {
		return err
	}
	return s.onReminder(ctx, by, scope, id, version, kindClosed, "closing", "办结意见", text, func(tx *store.Tx, r *Reminder, text string) error {
		if r.State == ReminderClosed {
			return fault.New(fault.Conflict, "这份督办单已经办结")
		}
		r.State, r.Closing, r.ClosedOn = ReminderClosed, text, tx.Today()
		return nil
	})
}

// onReminder does one act with words on an order.
func (s *Service) onReminder(ctx context.Context, by access.Session, scope access.Scope, id ReminderID, version int64, kind, field, label, text string, do func(*store.Tx, *Reminder, string) error) error {
	text = strings.TrimSpace(text)
	var fs fault.Fields
	said(&fs, field, label, text, maxAnswer)
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kind, []string{RowText(RowID(id)), text}), func(tx *store.Tx) (string, error) {
		r, err := reminderIn(tx, scope, id)
		if err != nil {
			return "", err
		}
		if r.Version != version {
			return "", fault.Stale("这份督办单")
		}
		if err := do(tx, &r, text); err != nil {
			return "", err
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{"number": r.Number(), field: text}})
		if err != nil {
			return "", err
		}
		r.Entry = int64(entry)
		return r.URL(), updateReminder(tx, &r)
	})
	return err
}

// Explain says why a term was missed: its holders, or a leader.
func (s *Service) Explain(ctx context.Context, by access.Session, id MissID, version int64, cause string) error {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return err
	}
	cause = strings.TrimSpace(cause)
	var fs fault.Fields
	said(&fs, "cause", "超期原因", cause, maxDemand)
	if err := fs.Err(); err != nil {
		return err
	}
	_, _, err = s.DB.Once(ctx, by.Once(kindExplained, []string{RowText(RowID(id)), cause}), func(tx *store.Tx) (string, error) {
		m, err := missByID(tx, int64(id))
		if err != nil {
			return "", err
		}
		if err := scope.Check(m.Levels, "这条超期记录"); err != nil {
			return "", err
		}
		mine := by.Person() != 0 && (m.Holder == by.Person() || m.Second == by.Person())
		if !mine && !by.Can(access.DeadlineSupervise) {
			return "", fault.New(fault.Forbidden, "超期原因由承办人或者督办的领导说明")
		}
		if m.Version != version {
			return "", fault.Stale("这条超期记录")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindExplained, Subject: m.Subject(), Unit: int64(m.UnitID), Data: map[string]any{"term": m.Term, "due": m.Due, "before": m.Cause, "cause": cause}})
		if err != nil {
			return "", err
		}
		m.Cause, m.SaidBy, m.SaidOn, m.Entry = cause, by.Name(), tx.Today(), int64(entry)
		return PathMisses, updateMiss(tx, &m)
	})
	return err
}

// said refuses words that are missing or too many.
func said(fs *fault.Fields, name, label, text string, most int) {
	switch n := len([]rune(text)); {
	case n == 0:
		fs.Add(name, "请写明%s", label)
	case n > most:
		fs.Add(name, "%s最多 %d 个字，现有 %d 个", label, most, n)
	}
}
