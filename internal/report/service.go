package report

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/indicator"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// KindExported is the ledger's kind of an export of the records behind a figure.
const KindExported = "report.exported"

// Kinds are the ledger entry kinds of this slice with their labels.
var Kinds = map[string]string{KindExported: "导出统计明细"}

// Service shows the figures of all slices.
type Service struct {
	db      *store.DB
	units   *access.Service
	known   atomic.Pointer[figures]
	refresh func(ctx context.Context) error
}

// figures are the definitions at a time.
type figures struct {
	byID *indicator.Registry
	// ordered are the definitions as the slices gave them: the order of the work, not of the letters.
	ordered []indicator.Definition
}

// New checks the definitions and returns the service. A definition that is incomplete or double is an
// error.
func New(db *store.DB, units *access.Service, defs []indicator.Definition) (*Service, error) {
	s := &Service{db: db, units: units}
	return s, s.Define(defs)
}

// Define takes other definitions from now on: a bureau has designed a register, whose figures are counted at once. Kept figures
// are those that there were at the start.
func (s *Service) Define(defs []indicator.Definition) error {
	byID, err := indicator.NewRegistry(defs...)
	if err == nil {
		s.known.Store(&figures{byID, slices.Clone(defs)})
	}
	return err
}

// Follow has the service ask, before it shows which figures there are, whether there are others by now.
func (s *Service) Follow(refresh func(ctx context.Context) error) { s.refresh = refresh }

// latest are the definitions as they are now.
func (s *Service) latest(ctx context.Context) ([]indicator.Definition, error) {
	if s.refresh != nil {
		if err := s.refresh(ctx); err != nil {
			return nil, err
		}
	}
	return s.ordered(), nil
}

func (s *Service) ordered() []indicator.Definition { return s.known.Load().ordered }

// Prepare counts kept figures whose definition is new or has changed, before the program serves.
func (s *Service) Prepare(ctx context.Context) error {
	return s.db.Update(ctx, func(tx *store.Tx) error { return indicator.Rebuild(tx, s.ordered(), false) })
}

// Recount counts all kept figures anew from the records.
func (s *Service) Recount(ctx context.Context) error {
	return s.db.Update(ctx, func(tx *store.Tx) error { return indicator.Rebuild(tx, s.ordered(), true) })
}

// Fold adds what changed to the kept sums, a part at a time.
func (s *Service) Fold(ctx context.Context) error {
	for more := true; more; {
		err := s.db.Update(ctx, func(tx *store.Tx) (err error) {
			more, err = indicator.Fold(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Definitions are the figures there are, in the order in which the slices gave them.
func (s *Service) Definitions() []indicator.Definition { return slices.Clone(s.ordered()) }

func (s *Service) definition(ctx context.Context, id string) (indicator.Definition, error) {
	d, ok := s.known.Load().byID.Get(id)
	if !ok { // perhaps of a register that another process took into use
		if _, err := s.latest(ctx); err != nil {
			return d, err
		}
		d, ok = s.known.Load().byID.Get(id)
	}
	if !ok {
		return d, fault.Missing("这个指标")
	}
	return d, nil
}

// FigureCheck recounts every figure over the whole bureau and all time: it is what its records come to,
// and its months and other parts add up to it.
func (s *Service) FigureCheck() ledger.Check {
	return ledger.Check{Name: "统计", Run: func(ctx context.Context, db *store.DB) ([]string, error) {
		var faults []string
		everything := indicator.Query{Scope: access.System("verify").ScopeFor(access.FigureRead)}
		for _, d := range s.ordered() {
			err := db.View(ctx, func(tx *store.Tx) error {
				found, err := d.Recount(tx, everything)
				faults = append(faults, found...)
				return err
			})
			if err != nil {
				return nil, fmt.Errorf("report: recount %s: %w", d.ID, err)
			}
		}
		return faults, nil
	}}
}
