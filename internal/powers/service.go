package powers

import (
	"context"

	"fadu/internal/draft"
	"fadu/internal/store"
)

// Service is the slice's joint: what pages, the console and other slices call.
type Service struct {
	db     *store.DB
	drafts *draft.Service
	// soleTraderAs is Citizen unless the bureau decided otherwise.
	soleTraderAs Party
}

// Options are the bureau's settings.
type Options struct {
	// SoleTraderAs says what a sole trader (个体工商户) counts as; empty means Citizen, the strict reading.
	SoleTraderAs Party
}

// New returns the service.
func New(db *store.DB, o Options) *Service {
	s := &Service{db: db, soleTraderAs: Citizen}
	if o.SoleTraderAs == Organisation {
		s.soleTraderAs = Organisation
	}
	s.drafts = draft.New(db, s.ImportKinds()...)
	return s
}

// Sweep removes abandoned import batches; a daily job calls it.
func (s *Service) Sweep(ctx context.Context) error { return s.drafts.Sweep(ctx) }
