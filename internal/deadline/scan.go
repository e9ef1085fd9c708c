package deadline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/jobs"
	"fadu/internal/law"
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
	// rereads is how many matters one transaction reads anew: a whole case each, while others wait to write.
	rereads = 10
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

// handle does what is due about the rows, several steps when the program was away, and writes what changed: a few
// statements for all of them. Rows that are merely warned of ask for nothing else.
func (s *Service) handle(tx *store.Tx, rows []Row) (int, error) {
	now := store.Micros(tx.Now)
	var seen, rest []*Row
	for i := range rows {
		if r := &rows[i]; s.onlyWarn(*r, now) {
			r.Warned = true
			r.NextAt = s.next(*r, tx.Today())
			seen = append(seen, r)
		} else {
			rest = append(rest, r)
		}
	}
	steps := len(seen)
	if err := warn(tx, seen); err != nil {
		return 0, err
	}
	rest, err := s.stillDue(tx, rest, now)
	if err != nil {
		return 0, err
	}
	w := &work{}
	for _, r := range rest {
		for r.NextAt > 0 && r.NextAt <= now {
			s.advance(w, r, tx.Today())
			steps++
		}
	}
	return steps, s.carryOut(tx, w, append(seen, rest...))
}

// work is what a batch of rows asks for.
type work struct {
	warned, missed []*Row
	// reported are rows with how many levels of leaders had been told of them.
	reported []report
	ranOut   []*Row
}

type report struct {
	row   *Row
	after int
}

// carryOut enters what was missed and reported and writes the rows.
func (s *Service) carryOut(tx *store.Tx, w *work, rows []*Row) error {
	if err := warn(tx, w.warned); err != nil {
		return err
	}
	if err := s.missAll(tx, w.missed); err != nil {
		return err
	}
	if err := s.reportAll(tx, w.reported); err != nil {
		return err
	}
	if err := updateAll(tx, rows); err != nil {
		return err
	}
	again := map[place]bool{}
	for _, r := range w.ranOut { // what begins with its end begins now
		if p := (place{r.Kind, r.Ref}); !again[p] {
			again[p] = true
			if err := s.reread(tx, p.Kind, p.Ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// stillDue counts the matters anew before anything is said of them, and returns the rows, read again, about which
// something is due still. Another's term is not counted anew: its end is what is to be noted.
func (s *Service) stillDue(tx *store.Tx, rows []*Row, now int64) ([]*Row, error) {
	var out []*Row
	var ids []int64
	again := map[place]bool{}
	for _, r := range rows {
		if s.sources[r.Kind].Reread == nil || r.Whose == timing.Party || r.Whose == timing.Others {
			out = append(out, r)
			continue
		}
		ids = append(ids, r.ID)
		if p := (place{r.Kind, r.Ref}); !again[p] {
			again[p] = true
			if err := s.reread(tx, p.Kind, p.Ref); err != nil {
				return nil, fmt.Errorf("%s: %w", r.Subject(), err)
			}
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	var fresh []Row
	err := tx.DB().NewSelect().Model(&fresh).Where("id IN (?)", bun.List(ids)).Where("next_at > 0").Where("next_at <= ?", now).Order("next_at", "id").Scan(tx.Ctx)
	for i := range fresh {
		out = append(out, &fresh[i])
	}
	return out, err
}

type step struct {
	bun.BaseModel `bun:"table:deadline_step"`

	ID   int64  `bun:"deadline_id"`
	Step string `bun:"step"`
	At   int64  `bun:"done_at"`
}

// once notes steps about terms and returns for which it is the first time, whoever else scans.
func once(tx *store.Tx, name string, rows []*Row) (map[int64]bool, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	said := make([]step, len(rows))
	for i, r := range rows {
		said[i] = step{ID: r.ID, Step: name, At: store.Micros(tx.Now)}
	}
	return enter(tx, said)
}

// enter notes steps and returns the terms of which one was new.
func enter(tx *store.Tx, said []step) (map[int64]bool, error) {
	var first []int64
	if _, err := tx.DB().NewInsert().Model(&said).On("CONFLICT DO NOTHING").Returning("deadline_id").Exec(tx.Ctx, &first); err != nil {
		return nil, err
	}
	out := make(map[int64]bool, len(first))
	for _, id := range first {
		out[id] = true
	}
	return out, nil
}

func warn(tx *store.Tx, rows []*Row) error {
	_, err := once(tx, "warned", rows)
	return err
}

// onlyWarn reports whether a term is to be warned of and nothing else is to be done about it now.
func (s *Service) onlyWarn(r Row, now int64) bool {
	if bool(r.Warned) || r.DueAt > 0 || r.Whose != timing.Ours && r.Whose != timing.Owed {
		return false
	}
	r.Warned = true
	next := s.next(r, r.Due)
	return next == 0 || next > now
}

// advance takes the one step that is due next about a term.
func (s *Service) advance(w *work, r *Row, today law.Date) {
	switch {
	case r.Whose != timing.Ours && r.Whose != timing.Owed:
		r.State = timing.RanOut
		w.ranOut = append(w.ranOut, r)
	case r.DueAt == 0 && !bool(r.Warned):
		r.Warned = true
		w.warned = append(w.warned, r)
	case !bool(r.Missed):
		r.Missed = true
		w.missed = append(w.missed, r)
	default:
		if n := len(w.reported); n == 0 || w.reported[n-1].row != r {
			w.reported = append(w.reported, report{r, r.Escalated})
		}
		r.Escalated++
	}
	r.NextAt = s.next(*r, today)
}

// missAll enters that the bureau let terms run out, with who held each. The cause is asked of them (Explain).
func (s *Service) missAll(tx *store.Tx, rows []*Row) error {
	first, err := once(tx, "missed", rows)
	if err != nil || len(first) == 0 {
		return err
	}
	names, err := s.holders(tx, rows)
	if err != nil {
		return err
	}
	var misses []Miss
	for _, r := range rows {
		if !first[r.ID] {
			continue
		}
		entry, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindMissed, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{
			"term": r.Term, "of": r.Of, "start": r.Start, "due": r.Due, "basis": r.Cites().Han(), "holders": bothOf(names, r.Matter),
		}})
		if err != nil {
			return err
		}
		misses = append(misses, Miss{ID: store.NewID(), Matter: r.Matter, Term: r.Term, Of: r.Of, Start: r.Start, Due: r.Due, Cite: r.Cite, Version: 1, Entry: int64(entry)})
	}
	_, err = tx.DB().NewInsert().Model(&misses).On("CONFLICT DO NOTHING").Exec(tx.Ctx)
	return err
}

// reportAll tells leaders of missed terms: of each in one entry, however many levels were due at once.
func (s *Service) reportAll(tx *store.Tx, all []report) error {
	var said []step
	for _, x := range all {
		for level := x.after + 1; level <= x.row.Escalated; level++ {
			said = append(said, step{ID: x.row.ID, Step: fmt.Sprintf("escalated%d", level), At: store.Micros(tx.Now)})
		}
	}
	if len(said) == 0 {
		return nil
	}
	first, err := enter(tx, said)
	if err != nil {
		return err
	}
	for _, x := range all {
		if r := x.row; first[r.ID] {
			to := ""
			for _, l := range chain().Escalate[x.after:r.Escalated] {
				to += "；" + l.Label
			}
			data := map[string]any{"term": r.Term, "of": r.Of, "due": r.Due, "to": strings.TrimPrefix(to, "；")}
			if _, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindEscalated, Subject: r.Subject(), Unit: int64(r.UnitID), Data: data}); err != nil {
				return err
			}
		}
	}
	return nil
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
