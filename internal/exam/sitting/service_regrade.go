package sitting

import (
	"context"
	"slices"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// motionsOf are the motions that hold for the marks of a sitting, in the order of their approval.
func motionsOf(tx *store.Tx, id SittingID) (out []Motion, err error) {
	return out, tx.DB().NewSelect().Model(&out).Where("sitting_id = ?", id).Where("state IN (?)", bun.List([]MotionState{Applying, Applied})).Where("item >= 0").Order("decided_at", "id").Scan(tx.Ctx)
}

// Change is a candidate whose result a motion changes.
type Change struct {
	Candidate CandidateID `json:"-"`
	Name      string      `json:"name"`
	Old       int64       `json:"old" doc:"原来的得分，以百分之一分计"`
	New       int64       `json:"new" doc:"更正以后的得分，以百分之一分计"`
	WasPassed bool        `json:"was_passed"`
	Passes    bool        `json:"passes"`
	tries     []Attempt
	marks     [][]int64
	candidate Candidate
}

func (c Change) real() bool {
	if c.Old != c.New || c.WasPassed != c.Passes {
		return true
	}
	for i, a := range c.tries {
		if was, err := a.marks(); err != nil || !slices.Equal(was, c.marks[i]) {
			return true
		}
	}
	return false
}

// court is by what results are reckoned anew: the paper with the rulings that hold.
type court struct {
	sitting Sitting
	form    assembly.Form
	rules   map[int]*ruling
	single  map[AttemptID]map[int]int64
	line    int64
}

// convene takes the motions that hold and, while it is only asked for, one more.
func (s *Service) convene(tx *store.Tx, id SittingID, more *Motion) (c court, err error) {
	if c.sitting, err = sittingOf(tx, id); err != nil {
		return c, err
	}
	if c.form, err = s.formOf(c.sitting); err != nil {
		return c, err
	}
	motions, err := motionsOf(tx, id)
	if err != nil {
		return c, err
	}
	if more != nil {
		motions = append(motions, *more)
		if more.Kind == Drop {
			c.sitting.Dropped += c.form[more.Item].Points
		}
	}
	c.line = c.sitting.line(c.form.Points())
	c.rules, c.single, err = rulings(c.form, motions)
	return c, err
}

// reckon works out what candidates come to; preview and correction both do it.
func (c court) reckon(tx *store.Tx, cs []Candidate) (out []Change, err error) {
	ids := make([]CandidateID, len(cs))
	for i := range cs {
		ids[i] = cs[i].ID
	}
	var tries []Attempt
	if err := tx.DB().NewSelect().Model(&tries).Where("candidate_id IN (?)", bun.List(ids)).Order("candidate_id", "number").Scan(tx.Ctx); err != nil {
		return nil, err
	}
	given, err := givenBy(tx, tries)
	if err != nil {
		return nil, err
	}
	at := map[CandidateID]*Change{}
	for i := range cs {
		out = append(out, Change{Candidate: cs[i].ID, Name: cs[i].Name, Old: cs[i].Score, WasPassed: bool(cs[i].Passed), candidate: cs[i]})
	}
	for i := range out {
		at[out[i].Candidate] = &out[i]
	}
	for _, a := range tries {
		was, err := a.marks()
		if err != nil {
			return nil, err
		}
		marks := after(c.form, c.sitting, a, was, given[a.ID], c.rules, c.single)
		x := at[a.Candidate]
		x.tries, x.marks, x.New = append(x.tries, a), append(x.marks, marks), max(x.New, total(marks))
	}
	for i := range out {
		out[i].Passes = out[i].candidate.State == Took && out[i].New >= c.line
	}
	return slices.DeleteFunc(out, func(x Change) bool { return len(x.tries) == 0 || !x.real() }), nil
}

// some are candidates of a sitting after one.
func some(tx *store.Tx, id SittingID, after CandidateID, n int) (cs []Candidate, err error) {
	return cs, tx.DB().NewSelect().Model(&cs).Where("sitting_id = ?", id).Where("id > ?", after).Where("taken > 0").Order("id").Limit(int64(n)).Scan(tx.Ctx)
}

// Preview is what a motion would change.
type Preview struct {
	Changes []Change
	// More is how many changes are not listed.
	More, Up, Down, ToPass, ToFail int
}

func (p *Preview) add(x Change) {
	if len(p.Changes) < shownChanges {
		p.Changes = append(p.Changes, x)
	} else {
		p.More++
	}
	switch {
	case x.New > x.Old:
		p.Up++
	case x.New < x.Old:
		p.Down++
	}
	switch {
	case x.Passes && !x.WasPassed:
		p.ToPass++
	case x.WasPassed && !x.Passes:
		p.ToFail++
	}
}

// shownChanges bounds the list of a preview; its counts are of all.
const shownChanges = 500

// preview reckons a motion without writing anything.
func (s *Service) preview(ctx context.Context, m Motion) (p Preview, err error) {
	var last CandidateID
	for n := exportPage; n == exportPage; {
		var changes []Change
		err := s.DB.View(ctx, func(tx *store.Tx) error {
			court, err := s.convene(tx, m.Sitting, &m)
			if err != nil {
				return err
			}
			cs, err := some(tx, m.Sitting, last, exportPage)
			if n = len(cs); err != nil || n == 0 {
				return err
			}
			last = cs[n-1].ID
			changes, err = court.reckon(tx, cs)
			return err
		})
		if err != nil {
			return p, err
		}
		for _, x := range changes {
			p.add(x)
		}
	}
	return p, nil
}

// Regrade writes what an approved motion changes, some candidates at a time; sent again it goes on.
func (s *Service) Regrade(ctx context.Context, id MotionID) error {
	var last CandidateID
	for n := atATime; n == atATime; {
		next := last
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			m, err := motionOf(tx, id)
			if err != nil {
				return err
			}
			if n = 0; m.State != Applying {
				return nil
			}
			court, err := s.convene(tx, m.Sitting, nil)
			if err != nil {
				return err
			}
			cs, err := some(tx, m.Sitting, last, atATime)
			if err != nil {
				return err
			}
			if n = len(cs); n > 0 {
				next = cs[n-1].ID
			}
			return s.rescore(tx, m, court, cs)
		})
		if err != nil {
			return err
		}
		last = next
	}
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		m, err := motionOf(tx, id)
		if err != nil || m.State != Applying {
			return err
		}
		err = tx.DB().NewSelect().Model((*Rescored)(nil)).ColumnExpr("COUNT(*) AS changed, COALESCE(SUM(CASE WHEN is_passed > was_passed THEN 1 ELSE 0 END), 0) AS to_pass, COALESCE(SUM(CASE WHEN is_passed < was_passed THEN 1 ELSE 0 END), 0) AS to_fail").
			Where("motion_id = ?", id).Scan(tx.Ctx, &m.Changed, &m.ToPass, &m.ToFail)
		if err != nil {
			return err
		}
		e, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindRegraded, Subject: m.Subject(), Unit: int64(m.UnitID), Data: map[string]any{"title": m.Title(), "changed": m.Changed, "to_pass": m.ToPass, "to_fail": m.ToFail}})
		if err != nil {
			return err
		}
		m.State, m.Entry = Applied, int64(e)
		if err := saveMotion(tx, &m); err != nil {
			return err
		}
		x, err := sittingOf(tx, m.Sitting)
		if err != nil {
			return err
		}
		return s.settled(tx, x)
	})
}

// rescore writes the results of some candidates and keeps what stood there before.
func (s *Service) rescore(tx *store.Tx, m Motion, court court, cs []Candidate) error {
	if len(cs) == 0 {
		return nil
	}
	changes, err := court.reckon(tx, cs)
	if err != nil || len(changes) == 0 {
		return err
	}
	e, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindRegraded, Subject: m.Subject(), Unit: int64(m.UnitID), Data: map[string]any{"title": m.Title(), "candidates": len(changes)}})
	if err != nil {
		return err
	}
	rows := make([]Rescored, 0, len(changes))
	now := make([]Candidate, 0, len(changes))
	for _, x := range changes {
		row := Rescored{ID: store.NewID(), Motion: m.ID, Candidate: x.Candidate, Name: x.Name, OldScore: x.Old, NewScore: x.New, WasPassed: store.Flag(x.WasPassed), IsPassed: store.Flag(x.Passes), Entry: int64(e)}
		for i, a := range x.tries {
			row.OldMarks += a.Marks
			if err := a.mark(x.marks[i], int64(e)); err != nil {
				return err
			}
			if err := saveAttempt(tx, &a); err != nil {
				return err
			}
		}
		rows = append(rows, row)
		c := x.candidate
		c.Score, c.Passed, c.Entry = x.New, store.Flag(x.Passes), int64(e)
		if err := saveCandidate(tx, &c); err != nil {
			return err
		}
		now = append(now, c)
	}
	if err := insert(tx, &rows); err != nil {
		return err
	}
	return s.settleDiplomas(tx, court.sitting, now, m.Title()+"，更正以后不合格")
}

// Matter is a motion with its sitting and what it changes or would change.
type Matter struct {
	Motion    Motion
	Sitting   Sitting
	Candidate Candidate
	Stem      string
	Preview   Preview
}

// Motion is a motion that the session may read about.
func (s *Service) Motion(ctx context.Context, by access.Session, id MotionID) (x Matter, err error) {
	scope, err := by.Require(access.ExamRead)
	if err != nil {
		return x, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if x.Motion, err = motionOf(tx, id); err == nil {
			err = scope.Check(x.Motion.Levels, nounMotion)
		}
		if err != nil {
			return err
		}
		if x.Motion.Candidate != 0 {
			if x.Candidate, err = candidateOf(tx, x.Motion.Candidate); err != nil {
				return err
			}
		}
		if x.Sitting, err = sittingOf(tx, x.Motion.Sitting); err != nil {
			return err
		}
		return s.outcome(tx, &x)
	})
	if err != nil || x.Motion.Item < 0 {
		return x, err
	}
	form, err := s.formOf(x.Sitting)
	if err != nil {
		return x, err
	}
	x.Stem = form[x.Motion.Item].Question.Stem
	if x.Motion.State == Proposed {
		x.Preview, err = s.preview(ctx, x.Motion)
	}
	return x, err
}

// outcome is what a motion has changed.
func (s *Service) outcome(tx *store.Tx, x *Matter) error {
	x.Preview = Preview{}
	if x.Motion.State != Applied && x.Motion.State != Applying {
		return nil
	}
	var rows []Rescored
	if err := tx.DB().NewSelect().Model(&rows).Where("motion_id = ?", x.Motion.ID).Order("id").Limit(shownChanges).Scan(tx.Ctx); err != nil {
		return err
	}
	for _, r := range rows {
		x.Preview.add(Change{Candidate: r.Candidate, Name: r.Name, Old: r.OldScore, New: r.NewScore, WasPassed: bool(r.WasPassed), Passes: bool(r.IsPassed)})
	}
	x.Preview.More = max(0, int(x.Motion.Changed)-len(rows))
	return nil
}

// MotionFilter chooses motions.
type MotionFilter struct {
	State   MotionState
	Sitting SittingID
}

// Motions is a page of the motions within the units whose exams the session reads, the newest first.
func (s *Service) Motions(ctx context.Context, by access.Session, f MotionFilter, after string) (ms []Motion, prev, next string, err error) {
	scope, err := by.Require(access.ExamRead)
	if err != nil {
		return nil, "", "", err
	}
	filter := "motions|" + string(f.State) + "|" + f.Sitting.String()
	cur, ok, err := store.DecodeCursor(after, filter)
	if err != nil {
		return nil, "", "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		ms = nil
		q := scope.Beside(tx, tx.DB().NewSelect().Model(&ms), "ey")
		if f.State != "" {
			q = q.Where("ey.state = ?", f.State)
		}
		if f.Sitting != 0 {
			q = q.Where("ey.sitting_id = ?", f.Sitting)
		}
		return store.KeysetByID(q, "ey.id", true, cur, ok).Limit(store.PageLimit(ctx)).Scan(tx.Ctx)
	})
	if err != nil {
		return nil, "", "", err
	}
	ms, prev, next = store.PageOf(ctx, ms, cur, ok, filter, func(m Motion) store.Cursor { return store.Cursor{ID: int64(m.ID)} })
	return ms, prev, next, nil
}

// MotionNames names motions by what they ask for.
func MotionNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(m Motion) (int64, string) { return int64(m.ID), m.Title() })
}
