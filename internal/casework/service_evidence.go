package casework

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// evidencePage is how many rows the check reads at once.
const evidencePage = 500

// EvidenceCheck is the part of verification for what was brought in: every photograph and every drawn
// signature still has the bytes that it had when it was entered.
func (s *Service) EvidenceCheck() ledger.Check {
	return ledger.Check{Name: "照片和签名", Run: func(ctx context.Context, db *store.DB) ([]string, error) {
		photos, err := damaged(ctx, db, func(p Photo) (int64, error) {
			_, err := s.bytes(p.Digest)
			return p.ID, err
		}, func(p Photo) string { return fmt.Sprintf("案件 %s 的照片 %d", p.Case, p.ID) })
		if err != nil {
			return nil, err
		}
		signatures, err := damaged(ctx, db, func(g Signature) (int64, error) {
			if g.Digest == "" {
				return g.ID, nil // signed on paper, or refused
			}
			_, err := s.bytes(g.Digest)
			return g.ID, err
		}, func(g Signature) string { return fmt.Sprintf("文书 %s 的%s签名", g.Paper, g.Role.Label()) })
		if err != nil {
			return nil, err
		}
		papers, err := damaged(ctx, db, func(p BookletPhoto) (int64, error) {
			_, err := s.bytes(p.Digest)
			return p.ID, err
		}, func(p BookletPhoto) string { return fmt.Sprintf("纸质文书的照片 %d", p.ID) })
		if err != nil {
			return nil, err
		}
		exhibits, err := damaged(ctx, db, func(e exhibitFile) (int64, error) {
			if e.Digest == "" {
				return e.ID, nil // a thing, or a paper that is checked as such
			}
			_, err := s.bytes(e.Digest)
			return e.ID, err
		}, func(e exhibitFile) string { return fmt.Sprintf("案件 %s 的证据 %d", e.Case, e.Number) })
		if err != nil {
			return nil, err
		}
		proofs, err := damaged(ctx, db, func(p Plan) (int64, error) {
			_, err := s.bytes(p.Proof)
			return p.ID, err
		}, func(p Plan) string { return fmt.Sprintf("案件 %s 的延期、分期申请", p.Case) })
		return slices.Concat(photos, signatures, papers, exhibits, proofs), err
	}}
}

// exhibitFile is what is checked of a piece of evidence, which the desk of the inquiry keeps.
type exhibitFile struct {
	bun.BaseModel `bun:"table:evidence,alias:ev"`

	ID     int64  `bun:"id,pk"`
	Case   CaseID `bun:"case_id"`
	Number int64  `bun:"number"`
	Digest string `bun:"digest"`
}

// damaged walks through a table in the order of its identifiers and says which rows' bytes are not what
// they were.
func damaged[R any](ctx context.Context, db *store.DB, check func(R) (id int64, err error), what func(R) string) ([]string, error) {
	var faults []string
	for after := int64(0); ; {
		var rows []R
		err := db.View(ctx, func(tx *store.Tx) error {
			rows = nil
			return tx.DB().NewSelect().Model(&rows).Where("id > ?", after).Order("id").Limit(evidencePage).Scan(tx.Ctx)
		})
		if err != nil || len(rows) == 0 {
			return faults, err
		}
		for _, r := range rows {
			id, err := check(r)
			if err != nil {
				faults = append(faults, what(r)+"读不出或与录入时不符")
			}
			after = id
		}
	}
}
