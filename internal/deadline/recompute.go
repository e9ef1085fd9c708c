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
)

// place is where a walk over matters goes on.
type place struct {
	Kind string `json:"kind"`
	Ref  int64  `json:"ref"`
}

// settled is after how long every server has taken over a calendar that one of them loaded.
const settled = 5 * time.Second

// loading is the calendar that made a recount necessary: Cause names it to who listens (OnMoved), From is the first day that
// changed.
type loading struct {
	Cause string   `json:"cause"`
	From  law.Date `json:"from"`
}

// AskRecompute asks for running terms that end on or after a changed day to be counted anew: for the transaction that loads a
// calendar, which cause names.
func (s *Service) AskRecompute(tx *store.Tx, cause string, from law.Date) error {
	return jobs.Add(tx, jobs.Job{Kind: JobRecompute, Key: cause, Payload: loading{cause, from}, Due: tx.Now.Add(settled)})
}

// askFill asks for the rows of all open matters of a kind to be made, unless this program made them before.
func (s *Service) askFill(tx *store.Tx, kind, program string) error {
	done, err := tx.DB().NewSelect().TableExpr("deadline_fill").Where("kind = ?", kind).Where("program = ?", program).Exists(tx.Ctx)
	if err != nil || done {
		return err
	}
	return jobs.Add(tx, jobs.Job{Kind: JobFill, Key: kind, Payload: place{Kind: kind}})
}

// recompute counts every matter with a running term that a calendar may move anew, and keeps which terms moved.
func (s *Service) recompute(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
	var load loading
	if err := r.Read(&load); err != nil {
		return nil, err
	}
	at := place{}
	for {
		n, last := 0, at
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			var found []place
			err := tx.DB().NewSelect().TableExpr("deadline AS dl").ColumnExpr("DISTINCT dl.kind, dl.ref").Where("dl.state = 'running'").Where("(dl.due >= ? OR dl.due = '' OR dl.red_line >= ?)", load.From, load.From).
				Where("(dl.kind > ? OR dl.kind = ? AND dl.ref > ?)", at.Kind, at.Kind, at.Ref).OrderExpr("dl.kind, dl.ref").Limit(rereads).Scan(tx.Ctx, &found)
			if err != nil {
				return err
			}
			n = len(found)
			for _, p := range found {
				if err := s.recount(tx, p, load.Cause); err != nil {
					return err
				}
				last = p
			}
			return nil
		})
		at = last
		if err != nil || n == 0 {
			return nil, err
		}
	}
}

// recount counts one matter anew and enters what moved.
func (s *Service) recount(tx *store.Tx, p place, cause string) error {
	was, err := rowsOf(tx, p.Kind, p.Ref)
	if err != nil {
		return err
	}
	if err := s.reread(tx, p.Kind, p.Ref); err != nil {
		return fmt.Errorf("deadline: %s/%d: %w", p.Kind, p.Ref, err)
	}
	is, err := rowsOf(tx, p.Kind, p.Ref)
	if err != nil {
		return err
	}
	old := map[int64]law.Date{}
	for _, r := range was {
		if r.State == timing.Running {
			old[r.ID] = r.Due
		}
	}
	var moved []Moved
	said := map[string]string{}
	for _, r := range is {
		if before, ok := old[r.ID]; ok && before != r.Due && !r.Due.IsZero() {
			moved = append(moved, Moved{ID: store.NewID(), Kind: r.Kind, Ref: r.Ref, Title: r.Title, Href: r.Href, Levels: r.Levels, Term: r.Term, Of: r.Of, Was: before, Due: r.Due, MovedOn: tx.Today()})
			said[strings.TrimSpace(r.Term+" "+r.Of)] = before.String() + " → " + r.Due.String()
		}
	}
	if len(moved) == 0 {
		return nil
	}
	entry, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: kindMoved, Subject: is[0].Subject(), Unit: int64(is[0].UnitID), Data: map[string]any{"terms": said}})
	if err != nil {
		return err
	}
	for i := range moved {
		moved[i].Entry = int64(entry)
	}
	if _, err = tx.DB().NewInsert().Model(&moved).Exec(tx.Ctx); err != nil {
		return err
	}
	if f := s.sources[p.Kind].Moved; f != nil {
		if err := f(tx, p.Ref, moved, entry); err != nil {
			return err
		}
	}
	if s.OnMoved == nil {
		return nil
	}
	return s.OnMoved(tx, cause, moved)
}

// fill makes the rows of matters that were open before; doing it again changes nothing.
func (s *Service) fill(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
	var at place
	if err := r.Read(&at); err != nil {
		return nil, err
	}
	src, ok := s.sources[at.Kind]
	if !ok {
		return nil, nil
	}
	for {
		n, last := 0, at.Ref
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			refs, err := src.Open(tx, at.Ref, rereads)
			if err != nil {
				return err
			}
			n = len(refs)
			for _, ref := range refs {
				if err := s.reread(tx, at.Kind, ref); err != nil {
					return err
				}
				last = ref
			}
			return nil
		})
		at.Ref = last
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return func(tx *store.Tx) error { return s.filled(tx, at.Kind) }, nil
		}
	}
}

// filled notes that this program did it, whoever asked.
func (s *Service) filled(tx *store.Tx, kind string) error {
	program, err := s.Program()
	if err == nil {
		_, err = tx.DB().NewRaw("INSERT INTO deadline_fill (kind, program) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET program = EXCLUDED.program", kind, program).Exec(tx.Ctx)
	}
	return err
}
