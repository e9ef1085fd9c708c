package deadline

import (
	"context"
	"fmt"
	"time"

	"fadu/internal/access"
	"fadu/internal/jobs"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The kinds of background work.
const (
	JobScan      = "deadline.scan"
	JobRecompute = "deadline.recompute"
	JobFill      = "deadline.fill"
)

const (
	// batch is how many rows one transaction handles.
	batch = 500
	// scanEvery is how often the scan looks: terms in hours end within a day.
	scanEvery = time.Hour
)

// scan does what is due about running terms and asks for the next look.
func (s *Service) scan(ctx context.Context, _ jobs.Record) (func(*store.Tx) error, error) {
	if _, err := s.Scan(ctx); err != nil {
		return nil, err
	}
	return func(tx *store.Tx) error {
		return jobs.Add(tx, jobs.Job{Kind: JobScan, Key: "all", Due: tx.Now.Truncate(scanEvery).Add(scanEvery)})
	}, nil
}

// Scan warns of terms that end soon, enters those that were missed, ends those that ran out and reports upwards; it
// returns how many steps it did. Each is done once, whoever else scans.
func (s *Service) Scan(ctx context.Context) (steps int, err error) {
	for more := true; more; {
		n := 0
		err = s.DB.Update(ctx, func(tx *store.Tx) error {
			n = 0
			var rows []Row
			err := tx.DB().NewSelect().Model(&rows).Where("next_at > 0").Where("next_at <= ?", store.Micros(tx.Now)).Order("next_at", "id").Limit(batch).Scan(tx.Ctx)
			if err != nil {
				return err
			}
			more = len(rows) == batch
			n, err = s.handle(tx, rows)
			return err
		})
		if err != nil {
			return steps, fmt.Errorf("deadline: scan: %w", err)
		}
		steps += n
	}
	return steps, nil
}

// handle does one step about each row, or several when the program was away, and writes what changed. Rows that are
// merely warned of are written together.
func (s *Service) handle(tx *store.Tx, rows []Row) (int, error) {
	steps, now := 0, store.Micros(tx.Now)
	warned := map[int64][]int64{} // by when they are looked at again
	var said []step
	for i := range rows {
		r := &rows[i]
		if first := *r; s.onlyWarn(r, now) {
			warned[r.NextAt], steps = append(warned[r.NextAt], r.ID), steps+1
			said = append(said, step{ID: r.ID, Step: "warned", At: now})
			continue
		} else {
			*r = first
		}
		ok, err := s.stillDue(tx, r, now)
		if err != nil {
			return 0, err
		}
		if !ok {
			continue
		}
		for r.NextAt > 0 && r.NextAt <= now {
			if err := s.advance(tx, r); err != nil {
				return 0, err
			}
			steps++
		}
		if err := update(tx, r); err != nil {
			return 0, err
		}
		if r.State == timing.RanOut { // what begins with its end begins now
			if err := s.reread(tx, r.Kind, r.Ref); err != nil {
				return 0, err
			}
		}
	}
	for next, ids := range warned {
		if _, err := tx.Exec(`UPDATE deadline SET warned = 1, next_at = ?, version = version + 1 WHERE id IN (?)`, next, bun.List(ids)); err != nil {
			return 0, err
		}
	}
	if len(said) == 0 {
		return steps, nil
	}
	_, err := tx.DB().NewInsert().Model(&said).On("CONFLICT DO NOTHING").Exec(tx.Ctx)
	return steps, err
}

// stillDue counts the matter anew before anything is said of it, and reports whether something is still due about the
// row, which it reads again.
func (s *Service) stillDue(tx *store.Tx, r *Row, now int64) (bool, error) {
	if s.sources[r.Kind].Reread == nil {
		return true, nil
	}
	if r.Whose == timing.Party || r.Whose == timing.Others { // its end is what is to be entered; counting anew follows
		return true, nil
	}
	if err := s.reread(tx, r.Kind, r.Ref); err != nil {
		return false, fmt.Errorf("%s: %w", r.Subject(), err)
	}
	rows, err := rowsOf(tx, r.Kind, r.Ref)
	for _, x := range rows {
		if x.ID == r.ID {
			*r = x
			return x.NextAt > 0 && x.NextAt <= now, err
		}
	}
	return false, err
}

type step struct {
	bun.BaseModel `bun:"table:deadline_step"`

	ID   int64  `bun:"deadline_id"`
	Step string `bun:"step"`
	At   int64  `bun:"done_at"`
}

// onlyWarn marks a day's term as warned of and reports whether nothing else is to be done about it now.
func (s *Service) onlyWarn(r *Row, now int64) bool {
	if bool(r.Warned) || r.DueAt > 0 || r.Whose != timing.Ours && r.Whose != timing.Owed {
		return false
	}
	r.Warned = true
	r.NextAt = s.next(*r, r.Due)
	return r.NextAt == 0 || r.NextAt > now
}

// advance does the one step that is due next about a term.
func (s *Service) advance(tx *store.Tx, r *Row) (err error) {
	switch {
	case r.Whose != timing.Ours && r.Whose != timing.Owed:
		r.State = timing.RanOut
		_, err = once(tx, r.ID, "ran_out")
	case r.DueAt == 0 && !bool(r.Warned):
		r.Warned = true
		_, err = once(tx, r.ID, "warned")
	case !bool(r.Missed):
		err = s.miss(tx, r)
	default:
		err = s.report(tx, r)
	}
	r.NextAt = s.next(*r, tx.Today())
	return err
}

// miss enters that the bureau let a term run out, with who held it. The cause is asked of them (Explain).
func (s *Service) miss(tx *store.Tx, r *Row) error {
	r.Missed = true
	first, err := once(tx, r.ID, "missed")
	if err != nil || !first {
		return err
	}
	names, err := s.names(tx, r.Holder, r.Second)
	if err != nil {
		return err
	}
	entry, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindMissed, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{
		"term": r.Term, "of": r.Of, "start": r.Start, "due": r.Due, "basis": r.Cites().Han(), "holders": names,
	}})
	if err != nil {
		return err
	}
	m := Miss{ID: store.NewID(), Matter: r.Matter, Term: r.Term, Of: r.Of, Start: r.Start, Due: r.Due, Cite: r.Cite, Version: 1, Entry: int64(entry)}
	_, err = tx.DB().NewInsert().Model(&m).On("CONFLICT DO NOTHING").Exec(tx.Ctx)
	return err
}

// report tells the next level of leaders of a missed term.
func (s *Service) report(tx *store.Tx, r *Row) error {
	l := chain().Escalate[r.Escalated]
	r.Escalated++
	first, err := once(tx, r.ID, fmt.Sprintf("escalated%d", r.Escalated))
	if err != nil || !first {
		return err
	}
	_, err = ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindEscalated, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{"term": r.Term, "of": r.Of, "due": r.Due, "to": l.Label}})
	return err
}

// names are the names of persons that are not 0, where they are known.
func (s *Service) names(tx *store.Tx, ids ...int64) ([]string, error) {
	found, err := s.peopleNames(tx, ids...)
	out := []string{}
	for _, id := range ids {
		if found[id] != "" {
			out = append(out, found[id])
		}
	}
	return out, err
}

func (s *Service) peopleNames(tx *store.Tx, ids ...int64) (map[int64]string, error) {
	var known []int64
	for _, id := range ids {
		if id != 0 {
			known = append(known, id)
		}
	}
	if s.People == nil || len(known) == 0 {
		return map[int64]string{}, nil
	}
	return s.People(tx, known)
}
