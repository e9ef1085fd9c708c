package sitting

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

func hundredthsOf(points float64) int64 { return int64(math.Round(points * 100)) }

// place draws where a script of the sitting stands among those of its item.
func (s Sitting) place(a AttemptID, item int) int64 {
	return int64(binary.BigEndian.Uint32(s.key(fmt.Sprint("script ", item), CandidateID(a))))
}

// begins is where a marker begins in the queue, so that many markers do not all take the same script.
func begins(account access.AccountID) int64 {
	sum := sha256.Sum256([]byte(fmt.Sprint("marker ", account)))
	return int64(binary.BigEndian.Uint32(sum[:]))
}

// Appoint makes people markers of a sitting, by their logins.
func (s *Service) Appoint(ctx context.Context, by access.Session, id SittingID, version int64, logins []string) error {
	return s.manage(ctx, by, kindAppointed, id, version, logins, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if x.State == Published || x.State == Marked || x.State == Cancelled {
			return nil, fault.New(fault.Conflict, "这场考试%s，不再评卷", x.Phase(tx.Now, 0).Label())
		}
		if len(logins) == 0 {
			return nil, fault.InvalidField("markers", "请填写评卷人的登录名")
		}
		if len(logins) > maxLogins {
			return nil, fault.InvalidField("markers", "一次最多指定 %d 人", maxLogins)
		}
		var names []string
		e, err := s.log(tx, by, kindAppointed, *x, map[string]any{"logins": logins})
		if err != nil {
			return nil, err
		}
		people, err := s.people(tx, by, RosterInput{Logins: logins}, "markers")
		if err != nil {
			return nil, err
		}
		for _, a := range people {
			if err := s.appoint(tx, *x, a, e); err != nil {
				return nil, err
			}
			names = append(names, a.Name)
		}
		x.Entry = e
		return map[string]any{"names": names}, nil
	})
}

func (s *Service) appoint(tx *store.Tx, x Sitting, a access.Account, entry int64) error {
	unit, err := s.Units.UnitByID(tx, a.UnitID)
	if err != nil {
		return err
	}
	able, err := s.Units.WhoCan(tx, unit, access.ExamMark)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(able, func(b access.Account) bool { return b.ID == a.ID }) {
		return fault.InvalidField("markers", "%s没有评阅考试答卷的权限", a.Name)
	}
	sits, err := tx.DB().NewSelect().Model((*Candidate)(nil)).Where("sitting_id = ?", x.ID).Where("account = ?", a.ID).Where("state <> ?", Removed).Exists(tx.Ctx)
	if err != nil {
		return err
	}
	if sits {
		return fault.InvalidField("markers", "%s是这一场的考生，不能评卷", a.Name)
	}
	row := &Marker{ID: store.NewID(), Sitting: x.ID, Account: a.ID, Name: a.Name, Levels: a.Levels, Active: true, Entry: entry}
	_, err = tx.DB().NewInsert().Model(row).On("CONFLICT (sitting_id, account) DO UPDATE").
		Set("name = EXCLUDED.name").Set("unit_id = EXCLUDED.unit_id").Set("u1 = EXCLUDED.u1").Set("u2 = EXCLUDED.u2").Set("u3 = EXCLUDED.u3").Set("u4 = EXCLUDED.u4").Set("u5 = EXCLUDED.u5").
		Set("active = 1").Set("entry_id = EXCLUDED.entry_id").Exec(tx.Ctx)
	return err
}

// Dismiss takes a marker off a sitting; what was marked stays.
func (s *Service) Dismiss(ctx context.Context, by access.Session, id SittingID, version int64, marker access.AccountID) error {
	return s.manage(ctx, by, kindDismissed, id, version, marker, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		m, err := markerOf(tx, id, marker)
		if err != nil {
			return nil, err
		}
		data := map[string]any{"name": m.Name}
		if x.Entry, err = s.log(tx, by, kindDismissed, *x, data); err != nil {
			return nil, err
		}
		m.Active, m.Entry = false, x.Entry
		_, err = tx.DB().NewUpdate().Model(&m).WherePK().Exec(tx.Ctx)
		return data, err
	})
}

// markerOf finds a marker of a sitting; to everybody else its scripts do not exist.
func markerOf(tx *store.Tx, id SittingID, account access.AccountID) (m Marker, err error) {
	err = tx.DB().NewSelect().Model(&m).Where("sitting_id = ?", id).Where("account = ?", account).Where("active = 1").Scan(tx.Ctx)
	return m, store.One(err, nounScript)
}

// Desk is a script as its marker sees it: nothing of it tells whose it is.
type Desk struct {
	Sitting Sitting
	Script  Script
	Item    assembly.Item
	Answer  string
	Lacks   []string
	// Own is what the marker gave already; nil when nothing.
	Own *Mark
}

// deskOf finds a script that the account marks.
func deskOf(tx *store.Tx, by access.Session, id ScriptID) (d Desk, m Marker, err error) {
	err = tx.DB().NewSelect().Model(&d.Script).Where("id = ?", id).Scan(tx.Ctx)
	if err = store.One(err, nounScript); err != nil {
		return d, m, err
	}
	if m, err = markerOf(tx, d.Script.Sitting, by.Account()); err != nil {
		return d, m, err
	}
	if d.Sitting, err = sittingOf(tx, d.Script.Sitting); err != nil {
		return d, m, err
	}
	if d.Script.Account == m.Account || near(m.Levels, d.Script.Levels, d.Sitting.Levels) {
		return d, m, fault.Missing(nounScript)
	}
	var own Mark
	switch err = store.One(tx.DB().NewSelect().Model(&own).Where("script_id = ?", id).Where("marker = ?", by.Account()).Scan(tx.Ctx), nounScript); {
	case err == nil:
		d.Own = &own
	case fault.Is(err, fault.NotFound):
		err = nil
	}
	return d, m, err
}

// Script is a script for its marker.
func (s *Service) Script(ctx context.Context, by access.Session, id ScriptID) (d Desk, err error) {
	if _, err := by.Require(access.ExamMark); err != nil {
		return d, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if d, _, err = deskOf(tx, by, id); err != nil {
			return err
		}
		var a Answer
		err := tx.DB().NewSelect().Model(&a).Where("attempt_id = ?", d.Script.Attempt).Where("item = ?", d.Script.Item).Scan(tx.Ctx)
		d.Answer = a.Value
		return store.One(err, nounScript)
	})
	if err != nil {
		return d, err
	}
	form, err := s.formOf(d.Sitting)
	if err != nil {
		return d, err
	}
	d.Item = form[d.Script.Item]
	d.Lacks = s.lacks(d.Item, d.Answer)
	return d, nil
}

// MarkInput is what a marker gives a script.
type MarkInput struct {
	Version int64   `json:"version" doc:"改自己的评分时，读到的版本；第一次评填 0"`
	Points  []int64 `json:"points" doc:"每个评分点给几分，以百分之一分计"`
	Note    string  `json:"note,omitempty" doc:"评语"`
}

func (in MarkInput) check(it assembly.Item) (total int64, err error) {
	var fs fault.Fields
	texts, most := criteria(it)
	if len(in.Points) != len(most) {
		fs.Add("points", "这道题有 %d 个评分点", len(most))
		return 0, fs.Err()
	}
	for i, p := range in.Points {
		if p < 0 || p > most[i] {
			fs.Add(fmt.Sprintf("points.%d", i), "“%s”应在 0 至 %s 分之间", texts[i], points(most[i]))
		}
		total += p
	}
	if len([]rune(in.Note)) > maxReason {
		fs.Add("note", "评语最多 %d 个字", maxReason)
	}
	return total, fs.Err()
}

// Mark keeps what a marker gives a script. Who has marked it alone may still correct it; the second mark joins both or calls
// for a third.
func (s *Service) Mark(ctx context.Context, by access.Session, id ScriptID, in MarkInput) error {
	if _, err := by.Require(access.ExamMark); err != nil {
		return err
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindScored, []any{id, in}), func(tx *store.Tx) (string, error) {
		d, m, err := deskOf(tx, by, id)
		if err != nil {
			return "", err
		}
		if d.Sitting.State != Marking {
			return "", fault.New(fault.Conflict, "这场考试%s，不能评分", d.Sitting.Phase(tx.Now, 0).Label())
		}
		form, err := s.formOf(d.Sitting)
		if err != nil {
			return "", err
		}
		d.Item = form[d.Script.Item]
		total, err := in.check(d.Item)
		if err != nil {
			return "", err
		}
		b, err := json.Marshal(in.Points)
		if err != nil {
			return "", err
		}
		next := Mark{Points: string(b), Score: total, Note: in.Note, At: store.Micros(tx.Now), Version: in.Version + 1}
		return d.Script.URL(), s.give(tx, by, d, m, next)
	})
	return err
}

// give writes a mark and what follows from it.
func (s *Service) give(tx *store.Tx, by access.Session, d Desk, m Marker, next Mark) error {
	c := d.Script
	kind := kindScored
	switch {
	case d.Own != nil && (c.Given > 1 || bool(c.Done)):
		return fault.New(fault.Conflict, "这份已有别人评过，评分不能再改")
	case d.Own != nil && d.Own.Version != next.Version-1:
		return fault.Stale("这次评分")
	case d.Own != nil:
		kind = kindRescored
	case bool(c.Done):
		return fault.New(fault.Conflict, "这份已由别人评完，请评下一份")
	case next.Version != 1:
		return fault.Stale("这次评分")
	}
	e, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: c.Subject(), Unit: int64(d.Sitting.UnitID), Data: map[string]any{"sitting": c.Sitting.String(), "item": c.Item + 1, "score": points(next.Score)}})
	if err != nil {
		return err
	}
	next.ID, next.Script, next.Sitting, next.Item, next.Marker, next.Name, next.Entry = store.NewID(), c.ID, c.Sitting, c.Item, m.Account, m.Name, int64(e)
	if d.Own != nil {
		next.ID, next.Number = d.Own.ID, d.Own.Number
		_, err := tx.DB().NewUpdate().Model(&next).WherePK().Exec(tx.Ctx)
		return err
	}
	c.Given++
	next.Number = c.Given
	if err := insert(tx, &next); err != nil {
		return err
	}
	var marks []Mark
	if err := tx.DB().NewSelect().Model(&marks).Where("script_id = ?", c.ID).Order("number").Scan(tx.Ctx); err != nil {
		return err
	}
	score, open, err := joined(marks, d.Item.Points)
	if err != nil {
		return err
	}
	c.Score, c.Done, c.Entry = score, store.Flag(!open), int64(e)
	if err := saveScript(tx, &c); err != nil || open {
		return err
	}
	return s.settle(tx, by, d.Sitting, c)
}

// settle puts the score of a script into its attempt; with the last script the sitting is marked.
func (s *Service) settle(tx *store.Tx, by access.Session, x Sitting, c Script) error {
	a, err := attemptOf(tx, c.Attempt)
	if err != nil {
		return err
	}
	marks, err := a.marks()
	if err != nil || c.Item >= len(marks) {
		return fmt.Errorf("sitting: marks of %s: %w", a.ID, err)
	}
	marks[c.Item] = c.Score
	if err := a.mark(marks, c.Entry); err != nil {
		return err
	}
	if err := saveAttempt(tx, &a); err != nil {
		return err
	}
	if err := s.best(tx, x, c.Candidate, c.Entry); err != nil {
		return err
	}
	left, err := tx.DB().NewSelect().Model((*Script)(nil)).Where("sitting_id = ?", x.ID).Where("done = 0").Exists(tx.Ctx)
	if err != nil || left {
		return err
	}
	return s.marked(tx, by, x.ID)
}

func (a Attempt) marks() (out []int64, err error) {
	err = json.Unmarshal([]byte(a.Marks), &out)
	return out, err
}

func (a *Attempt) mark(marks []int64, entry int64) error {
	b, err := json.Marshal(marks)
	a.Marks, a.Score, a.Entry = string(b), total(marks), entry
	return err
}

// best gives a candidate the best of the attempts.
func (s *Service) best(tx *store.Tx, x Sitting, id CandidateID, entry int64) error {
	c, err := candidateOf(tx, id)
	if err != nil {
		return err
	}
	tries, err := attemptsOf(tx, id)
	if err != nil {
		return err
	}
	c.Score = 0
	for _, a := range tries {
		c.Score = max(c.Score, a.Score)
	}
	c.Passed, c.Entry = store.Flag(c.Score >= x.Pass && c.State == Took), entry
	return saveCandidate(tx, &c)
}

// marked says that all of a sitting is marked.
func (s *Service) marked(tx *store.Tx, by access.Session, id SittingID) error {
	now, err := sittingOf(tx, id)
	if err != nil {
		return err
	}
	now.State = Marked
	t, err := tallyOf(tx, id, access.System("job").ScopeFor(access.ExamRead))
	if err != nil {
		return err
	}
	if now.Entry, err = s.log(tx, by, kindMarked, now, map[string]any{"enrolled": t.Enrolled, "taken": t.Taken, "passed": t.Passed}); err != nil {
		return err
	}
	return saveSitting(tx, &now)
}
