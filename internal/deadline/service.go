package deadline

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law/calendar"
	"fadu/internal/law/timing"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Service keeps the rows and does what follows from them.
type Service struct {
	Deps
	sources map[string]Source
}

// Deps are what the package stands on.
type Deps struct {
	DB       *store.DB
	Units    *access.Service
	Calendar *calendar.Calendar
	// Program tells the running program from every other one.
	Program func() (string, error)
	// People names persons; nil leaves them out.
	People func(tx *store.Tx, ids []int64) (map[int64]string, error)
	// OnMoved is told which terms of a matter the calendar that cause names has moved; nil tells nobody.
	OnMoved func(tx *store.Tx, cause string, moved []Moved) error
}

// Source reads the matters of one kind, for counting their terms anew.
type Source struct {
	Kind string
	// Reread makes the clocks of a matter from its records and calls Put.
	Reread func(tx *store.Tx, ref int64) error
	// Moved writes ends that a newly loaded calendar moved where the matter keeps them besides; it may be nil.
	Moved func(tx *store.Tx, ref int64, moved []Moved, entry ledger.EntryID) error
	// Open returns open matters after an identifier, in its order, at most limit.
	Open func(tx *store.Tx, after int64, limit int) ([]int64, error)
}

// New returns the service; the matters' rooms are added by From. A fault in the embedded data stops the program.
func New(d Deps, sources ...Source) *Service {
	chain()
	internalTerms()
	s := &Service{Deps: d, sources: map[string]Source{}}
	for _, x := range sources {
		s.From(x)
	}
	return s
}

// From registers where the matters of a kind are read from.
func (s *Service) From(x Source) { s.sources[x.Kind] = x }

// Jobs are the handlers of this package's background work.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{JobScan: s.scan, JobRecompute: s.recompute, JobFill: s.fill}
}

// Reckon makes the clocks of a matter from its events and puts them. A nil book means that the matter is over.
func (s *Service) Reckon(tx *store.Tx, m Matter, events []timing.Event, book *timing.Book) error {
	if book == nil {
		return s.Put(tx, m, nil)
	}
	clocks, err := book.Run(s.Calendar, events, tx.Today())
	if err != nil {
		return err
	}
	return s.Put(tx, m, clocks)
}

// reread counts the terms of a registered matter anew.
func (s *Service) reread(tx *store.Tx, kind string, ref int64) error {
	src, ok := s.sources[kind]
	if !ok {
		return nil
	}
	return src.Reread(tx, ref)
}

// supervise asks for the permission of leaders and returns its scope.
func supervise(by access.Session) (access.Scope, error) { return by.Require(access.DeadlineSupervise) }

// Start asks for the first scan and, when another program was here before, for the rows of all open matters: it may have
// counted otherwise, or not at all.
func (s *Service) Start(ctx context.Context) error {
	program, err := s.Program()
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		if err := jobs.Add(tx, jobs.Job{Kind: JobScan, Key: "all"}); err != nil {
			return err
		}
		for kind := range s.sources {
			if err := s.askFill(tx, kind, program); err != nil {
				return err
			}
		}
		return nil
	})
}

func missing() error { return fault.Missing("这个期限") }
