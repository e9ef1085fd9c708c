package sitting

import (
	"context"
	"fmt"
	"math"

	"fadu/internal/access"
	"fadu/internal/exam/assembly"
	"fadu/internal/exam/grade"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// JobCollect ends the attempts of a sitting whose time is over, and marks when all is over.
const JobCollect = "exam.collect"

// atATime is how many attempts or candidates one transaction takes.
const atATime = 100

// Jobs are what the slice does by itself.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{JobCollect: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
		var id SittingID
		if err := r.Read(&id); err != nil {
			return nil, err
		}
		if err := s.Collect(ctx, id); err != nil {
			return nil, err
		}
		return func(tx *store.Tx) error { return s.again(tx, id) }, nil
	}, JobRegrade: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
		var id MotionID
		if err := r.Read(&id); err != nil {
			return nil, err
		}
		return func(*store.Tx) error { return nil }, s.Regrade(ctx, id)
	}, JobCertify: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
		var id SittingID
		if err := r.Read(&id); err != nil {
			return nil, err
		}
		return func(*store.Tx) error { return nil }, s.Certify(ctx, id)
	}}
}

// again asks for the next look at a sitting that is not over.
func (s *Service) again(tx *store.Tx, id SittingID) error {
	x, err := sittingOf(tx, id)
	if err != nil || x.State != Frozen {
		return err
	}
	extra, err := mostExtra(tx, id)
	if err != nil {
		return err
	}
	due := store.Micros(x.over(extra))
	var first int64
	err = tx.DB().NewSelect().Model((*Attempt)(nil)).ColumnExpr("COALESCE(MIN(deadline), 0)").Where("sitting_id = ?", id).Where("state = ?", Running).Scan(tx.Ctx, &first)
	if err != nil {
		return err
	}
	if first > 0 {
		due = min(due, first+grace.Microseconds())
	}
	return jobs.Add(tx, jobs.Job{Kind: JobCollect, Key: id.String(), Payload: id, Due: store.FromMicros(due + 1000)})
}

// Collect ends what is overdue in a sitting. When nobody can answer any more it marks what the program can mark.
func (s *Service) Collect(ctx context.Context, id SittingID) error {
	for {
		n := 0
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			late, err := overdue(tx, id, atATime)
			n = len(late)
			for i := range late {
				if err == nil {
					err = s.end(tx, access.System("job").Actor(), 0, &late[i], byTimeout)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if n < atATime {
			break
		}
	}
	var x Sitting
	over := false
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if x, err = sittingOf(tx, id); err != nil {
			return err
		}
		extra, err := mostExtra(tx, id)
		over = x.Phase(tx.Now, extra) == Collected
		return err
	})
	if err != nil || !over {
		return err
	}
	return s.mark(ctx, x)
}

// mark marks all attempts of a sitting, puts down who did not come, and says that the sitting is marked.
func (s *Service) mark(ctx context.Context, x Sitting) error {
	form, err := s.formOf(x)
	if err != nil {
		return err
	}
	by := access.System("job")
	for after := CandidateID(0); ; {
		n := 0
		next := after
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			var cs []Candidate
			err := tx.DB().NewSelect().Model(&cs).Where("sitting_id = ?", x.ID).Where("id > ?", after).Order("id").Limit(atATime).Scan(tx.Ctx)
			if n = len(cs); err != nil || n == 0 {
				return err
			}
			next = cs[n-1].ID
			return s.markSome(tx, by.Actor(), x, form, cs)
		})
		if err != nil {
			return err
		}
		if after = next; n < atATime {
			break
		}
	}
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		now, err := sittingOf(tx, x.ID)
		if err != nil || now.State != Frozen {
			return err
		}
		left, err := tx.DB().NewSelect().Model((*Script)(nil)).Where("sitting_id = ?", x.ID).Where("done = 0").Count(tx.Ctx)
		if err != nil {
			return err
		}
		if left == 0 {
			return s.marked(tx, by, x.ID)
		}
		now.State = Marking
		if now.Entry, err = s.log(tx, by, kindByPeople, now, map[string]any{"scripts": left}); err != nil {
			return err
		}
		return saveSitting(tx, &now)
	})
}

// markSome marks the attempts of some candidates; who has none and was not excused is absent.
func (s *Service) markSome(tx *store.Tx, actor ledger.Actor, x Sitting, form assembly.Form, cs []Candidate) error {
	ids := make([]CandidateID, len(cs))
	at := map[CandidateID]*Candidate{}
	for i := range cs {
		ids[i], at[cs[i].ID] = cs[i].ID, &cs[i]
	}
	var tries []Attempt
	if err := tx.DB().NewSelect().Model(&tries).Where("candidate_id IN (?)", bun.List(ids)).Order("id").Scan(tx.Ctx); err != nil {
		return err
	}
	given, err := givenBy(tx, tries)
	if err != nil {
		return err
	}
	kind := kindMarked
	if len(tries) == 0 {
		kind = kindAbsent
	}
	e, err := ledger.Append(tx, actor, ledger.Act{Kind: kind, Subject: x.Subject(), Unit: int64(x.UnitID), Data: map[string]any{"attempts": len(tries), "candidates": len(cs)}})
	if err != nil {
		return err
	}
	for i := range tries {
		a := &tries[i]
		if err := intact(*a, given[a.ID]); err != nil {
			return err
		}
		if err := a.mark(markAll(form, given[a.ID], x.Policy), int64(e)); err != nil {
			return err
		}
		if err := saveAttempt(tx, a); err != nil {
			return err
		}
		c := at[a.Candidate]
		if err := laidOut(tx, scriptsOf(x, form, *c, *a, given[a.ID], x.place, int64(e))); err != nil {
			return err
		}
		c.Score = max(c.Score, a.Score)
		c.Passed = store.Flag(c.Score >= x.Pass && c.State == Took)
	}
	for i := range cs {
		c := &cs[i]
		switch c.State {
		case Registered:
			c.State = Absent
		case Took:
		default:
			continue
		}
		c.Entry = int64(e)
		if err := saveCandidate(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// laidOut keeps what people are to mark; what is there already from a run that was cut short stays.
func laidOut(tx *store.Tx, scripts []Script) error {
	if len(scripts) == 0 {
		return nil
	}
	_, err := tx.DB().NewInsert().Model(&scripts).On("CONFLICT (attempt_id, item) DO NOTHING").Exec(tx.Ctx)
	return err
}

func givenBy(tx *store.Tx, tries []Attempt) (map[AttemptID][]Answer, error) {
	ids := make([]AttemptID, len(tries))
	for i, a := range tries {
		ids[i] = a.ID
	}
	return answersOf(tx, ids...)
}

// intact: answers that differ from the receipt are not marked.
func intact(a Attempt, given []Answer) error {
	if a.State == Running {
		return fault.New(fault.Conflict, "还有没有收上来的答卷")
	}
	sum, err := digestOf(a, given)
	if err == nil && sum != a.Digest {
		err = fault.New(fault.Damaged, "答卷 %s 与交卷回执不符，没有阅卷。请联系系统管理员核验数据库", a.Receipt)
	}
	return err
}

// markAll marks answers: hundredths of a point for each item, nothing for what was not answered or cannot be read.
func markAll(form assembly.Form, given []Answer, policy grade.Policy) []int64 {
	marks := make([]int64, len(form))
	for _, a := range given {
		if a.Item >= len(form) || a.Value == "" {
			continue
		}
		it := form[a.Item]
		if got, err := it.Question.Mark(a.reply(), policy, float64(it.Points)/100); err == nil {
			marks[a.Item] = int64(math.Round(got * 100))
		}
	}
	return marks
}

func total(marks []int64) (n int64) {
	for _, m := range marks {
		n += m
	}
	return max(n, 0)
}

// Tally counts a sitting. Enrolled leaves out who was taken off the roster or excused.
type Tally struct {
	Enrolled int64 `json:"enrolled"`
	Taken    int64 `json:"taken"`
	Passed   int64 `json:"passed"`
	Absent   int64 `json:"absent"`
	Deferred int64 `json:"deferred"`
	Voided   int64 `json:"voided"`
	Running  int64 `json:"running"`
}

// rate prints a share in per cent with its parts, as a pass rate has to be read.
func rate(n, of int64) string {
	if of == 0 {
		return "—"
	}
	return fmt.Sprintf("%.1f%%（%d/%d）", math.Round(1000*float64(n)/float64(of))/10, n, of)
}

func tallyOf(tx *store.Tx, id SittingID, scope access.Scope) (t Tally, err error) {
	var rows []struct {
		State  Standing `bun:"state"`
		N      int64    `bun:"n"`
		Passed int64    `bun:"passed"`
	}
	err = scope.Beside(tx, tx.DB().NewSelect().Model((*Candidate)(nil)), "ec").ColumnExpr("state, COUNT(*) AS n, SUM(passed) AS passed").Where("sitting_id = ?", id).Group("state").Scan(tx.Ctx, &rows)
	if err != nil {
		return t, err
	}
	for _, r := range rows {
		switch r.State {
		case Removed:
			continue
		case Deferred:
			t.Deferred = r.N
			continue
		case Took:
			t.Taken += r.N
		case Voided:
			t.Taken += r.N
			t.Voided = r.N
		case Absent:
			t.Absent = r.N
		}
		t.Enrolled += r.N
		t.Passed += r.Passed
	}
	n, err := tx.DB().NewSelect().Model((*Attempt)(nil)).Where("sitting_id = ?", id).Where("state = ?", Running).Count(tx.Ctx)
	t.Running = int64(n)
	return t, err
}

// Publish lets the candidates see their results; those who passed get their certificates.
func (s *Service) Publish(ctx context.Context, by access.Session, id SittingID, version int64) error {
	err := s.manage(ctx, by, kindPublished, id, version, nil, func(tx *store.Tx, x *Sitting) (map[string]any, error) {
		if err := x.must(tx.Now, Marked, "公布成绩"); err != nil {
			return nil, err
		}
		t, err := tallyOf(tx, id, access.System("job").ScopeFor(access.ExamRead))
		if err != nil {
			return nil, err
		}
		x.State, x.PublishedAt = Published, store.Micros(tx.Now)
		if x.DiplomaPrefix != "" {
			if err := jobs.Add(tx, jobs.Job{Kind: JobCertify, Key: id.String(), Payload: id, Due: tx.Now}); err != nil {
				return nil, err
			}
		}
		return map[string]any{"enrolled": t.Enrolled, "taken": t.Taken, "passed": t.Passed}, s.settled(tx, *x)
	})
	if err != nil {
		return err
	}
	return s.Certify(ctx, id)
}
