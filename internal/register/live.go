package register

import (
	"context"
	"errors"
	"slices"

	"fadu/internal/store"
)

// Live are the registers in use as this process last saw them.
func (s *Service) Live() []Register {
	if all := s.live.Load(); all != nil {
		return *all
	}
	return nil
}

// Sweep removes abandoned imports and goes on with what was interrupted.
func (s *Service) Sweep(ctx context.Context) error {
	return errors.Join(s.drafts.Sweep(ctx), s.Settle(ctx))
}

// Refresh looks again at which registers are in use: one may have been taken into use, here or by another process.
func (s *Service) Refresh(ctx context.Context) error {
	var all []Register
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		all, err = s.registers(tx)
		return err
	})
	if err != nil {
		return err
	}
	return s.saw(all)
}

// Follow has somebody told when other registers are in use than before, so that their figures are counted at once.
func (s *Service) Follow(moved func() error) { s.moved = moved }

func (s *Service) saw(all []Register) error {
	same := slices.EqualFunc(s.Live(), all, func(a, b Register) bool { return a.Book.ID == b.Book.ID })
	s.live.Store(&all)
	if same || s.moved == nil {
		return nil
	}
	return s.moved()
}
