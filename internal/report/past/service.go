package past

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Service keeps printed reports.
type Service struct {
	db     *store.DB
	drafts *draft.Service
}

// New returns the slice.
func New(db *store.DB) *Service { return &Service{db: db, drafts: draft.New(db, printed{})} }

// Sweep removes abandoned drafts.
func (s *Service) Sweep(ctx context.Context) error { return s.drafts.Sweep(ctx) }

// Import uploads a report as a draft batch.
func (s *Service) Import(ctx context.Context, by access.Session, fileName string, content []byte) (draft.BatchID, error) {
	return s.drafts.Upload(ctx, by, printedKind, fileName, content)
}

// Publish confirms the figures of a draft batch.
func (s *Service) Publish(ctx context.Context, by access.Session, id draft.BatchID) error {
	_, err := s.drafts.Publish(ctx, by, id)
	return err
}

// Withdraw takes a report down that should not have been confirmed; it stays, with the reason.
func (s *Service) Withdraw(ctx context.Context, by access.Session, id ReportID, seen int64, why string) error {
	scope, err := by.Require(access.ReportImport)
	if err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		return fault.InvalidField("reason", "请写明为什么撤下")
	}
	_, _, err = s.db.Once(ctx, by.Once(kindWithdrawn, []any{id, seen, why}), func(tx *store.Tx) (string, error) {
		r, err := reportOf(tx, scope, id)
		switch {
		case err != nil:
			return "", err
		case r.Version != seen:
			return "", fault.Stale(nounReport)
		case r.Withdrawn != "":
			return "", fault.New(fault.Conflict, "这份报告已经撤下")
		}
		r.Withdrawn = why
		if r.Entry, err = ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindWithdrawn, Subject: r.Subject(), Unit: int64(r.UnitID), Data: map[string]any{"why": why}}); err != nil {
			return "", err
		}
		return r.URL(), save(tx, &r)
	})
	return err
}
