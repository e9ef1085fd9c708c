package holiday

import (
	"context"
	"fmt"
	"sync/atomic"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/law"
	"fadu/internal/law/calendar"
	"fadu/internal/store"
)

// Recount asks, in the transaction that loads a batch, for the running terms to be counted anew from the first changed day
// on; what moved comes back by AddMoves.
type Recount func(tx *store.Tx, batch draft.BatchID, from law.Date) error

// Service loads years into the calendar of the running program.
type Service struct {
	db     *store.DB
	base   *calendar.Calendar
	moved  Recount
	live   *calendar.Calendar
	drafts *draft.Service
	loaded atomic.Int64
	faults atomic.Pointer[[]string]
}

// New returns the service with the calendar as it stands in the database: base (the embedded one, with the
// console's file) and what the bureau loaded.
func New(ctx context.Context, db *store.DB, base *calendar.Calendar) (*Service, error) {
	s := &Service{db: db, base: base, live: base.Still()}
	s.drafts = draft.New(db, notice{s})
	return s, s.read(ctx)
}

// OnLoaded says who recounts terms. It is told after New, since who counts terms holds this calendar.
func (s *Service) OnLoaded(f Recount) { s.moved = f }

// Calendar is the calendar of the running program: whoever holds it sees years as they are loaded.
func (s *Service) Calendar() *calendar.Calendar { return s.live }

// Faults says which loaded notices were not taken, in Chinese.
func (s *Service) Faults() []string {
	if p := s.faults.Load(); p != nil {
		return *p
	}
	return nil
}

// Refresh takes over what another node loaded. It is cheap when there is nothing.
func (s *Service) Refresh(ctx context.Context) error {
	id, err := s.newest(ctx)
	if err != nil || id == s.loaded.Load() {
		return err
	}
	return s.read(ctx)
}

func (s *Service) read(ctx context.Context) error {
	id, err := s.newest(ctx)
	if err != nil {
		return err
	}
	return s.db.View(ctx, func(tx *store.Tx) error {
		cal, faults, err := Load(tx, s.base)
		if err != nil {
			return err
		}
		s.live.Replace(cal)
		s.loaded.Store(id)
		s.faults.Store(&faults)
		return nil
	})
}

// Sweep removes abandoned drafts.
func (s *Service) Sweep(ctx context.Context) error { return s.drafts.Sweep(ctx) }

// Import uploads a notice as a draft batch, for the console and tests.
func (s *Service) Import(ctx context.Context, by access.Session, fileName string, content []byte) (draft.BatchID, error) {
	return s.drafts.Upload(ctx, by, noticeKind, fileName, content)
}

// Publish makes a draft batch the calendar.
func (s *Service) Publish(ctx context.Context, by access.Session, id draft.BatchID) error {
	if _, err := s.drafts.Publish(ctx, by, id); err != nil {
		return fmt.Errorf("holiday: %w", err)
	}
	return nil
}
