package casework

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// PaperCheck is this slice's part of verification: every paper's bytes still have their digest, and
// every number of a block is used, voided with a reason, or not given out yet.
func (s *Service) PaperCheck() ledger.Check {
	return ledger.Check{Name: "文书", Run: func(ctx context.Context, db *store.DB) ([]string, error) {
		var faults []string
		var after PaperID
		for {
			var ps []Paper
			err := db.View(ctx, func(tx *store.Tx) error {
				return tx.DB().NewSelect().Model(&ps).Where("id > ?", after).Order("id").Limit(500).Scan(tx.Ctx)
			})
			if err != nil {
				return nil, err
			}
			for _, p := range ps {
				for _, digest := range []string{p.Digest, p.SignedDigest} {
					if digest == "" {
						continue
					}
					if _, err := s.bytes(digest); err != nil {
						faults = append(faults, fmt.Sprintf("%s（%s）的文件读不出或与出具时不符", p.Kind.Label(), p.DocNo))
					}
				}
				after = p.ID
			}
			if len(ps) == 0 {
				break
			}
		}
		gaps, err := numberGaps(ctx, db)
		return append(faults, gaps...), err
	}}
}

// numberGaps finds numbers that were given out and have neither a paper nor a recorded reason.
func numberGaps(ctx context.Context, db *store.DB) ([]string, error) {
	var faults []string
	err := db.View(ctx, func(tx *store.Tx) error {
		rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT ns.prefix, ns.year,
			CASE WHEN ns.closed = 1 THEN ns.last_no + 1 ELSE ns.next_no END - ns.first_no,
			(SELECT COUNT(*) FROM paper p WHERE p.series_id = ns.id),
			(SELECT CAST(COALESCE(SUM(v.last_no - v.first_no + 1), 0) AS BIGINT) FROM number_void v WHERE v.series_id = ns.id) FROM number_series ns`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var prefix string
			var year, given, used, voided int64
			if err := rows.Scan(&prefix, &year, &given, &used, &voided); err != nil {
				return err
			}
			if given != used+voided {
				faults = append(faults, fmt.Sprintf("%s〔%d〕号段发出 %d 个编号，有文书 %d 份、登记空号 %d 个，对不上", prefix, year, given, used, voided))
			}
		}
		return rows.Err()
	})
	return faults, err
}

// References are the columns that keep ledger entries.
var References = []ledger.Reference{
	{Table: "penalty_case", Column: "entry_id"},
	{Table: "case_step", Column: "entry_id"},
	{Table: "case_photo", Column: "entry_id"},
	{Table: "case_fact", Column: "entry_id"},
	{Table: "case_act", Column: "entry_id"},
	{Table: "case_officer", Column: "entry_id"},
	{Table: "lead_check", Column: "entry_id"},
	{Table: "prior_notice", Column: "entry_id"},
	{Table: "defence_point", Column: "entry_id"},
	{Table: "defence_waiver", Column: "entry_id"},
	{Table: "hearing", Column: "entry_id"},
	{Table: "service", Column: "entry_id"},
	{Table: "service_try", Column: "entry_id"},
	{Table: "service_address", Column: "entry_id"},
	{Table: "decision_draft", Column: "entry_id"},
	{Table: "discussion", Column: "entry_id"},
	{Table: "discussion_opinion", Column: "entry_id"},
	{Table: "discussion_signature", Column: "entry_id"},
	{Table: "extension_discussion", Column: "entry_id"},
	{Table: "extension_signature", Column: "entry_id"},
	{Table: "side_record", Column: "entry_id"},
	{Table: "case_link", Column: "entry_id"},
	{Table: "performance", Column: "entry_id"},
	{Table: "contest", Column: "entry_id"},
	{Table: "court_application", Column: "entry_id"},
	{Table: "execution", Column: "entry_id"},
	{Table: "interview", Column: "entry_id"},
	{Table: "evidence", Column: "entry_id"},
	{Table: "evidence_review", Column: "entry_id"},
	{Table: "appraisal", Column: "entry_id"},
	{Table: "recusal", Column: "entry_id"},
	{Table: "measure", Column: "entry_id"},
	{Table: "thing", Column: "entry_id"},
	{Table: "thing_move", Column: "entry_id"},
	{Table: "disposal", Column: "entry_id"},
	{Table: "paper", Column: "entry_id"},
	{Table: "paper_signature", Column: "entry_id"},
	{Table: "number_series", Column: "entry_id"},
	{Table: "paper_wording", Column: "entry_id"},
	{Table: "decision_change", Column: "entry_id"},
	{Table: "publication_withdrawal", Column: "entry_id"},
	{Table: "number_void", Column: "entry_id"},
	{Table: "number_note", Column: "entry_id"},
	{Table: "payment", Column: "entry_id"},
	{Table: "receipt_book", Column: "entry_id"},
	{Table: "receipt", Column: "entry_id"},
	{Table: "statement", Column: "entry_id"},
	{Table: "statement_line", Column: "entry_id"},
	{Table: "payment_plan", Column: "entry_id"},
	{Table: "booklet", Column: "entry_id"},
	{Table: "booklet_number", Column: "entry_id"},
	{Table: "booklet_photo", Column: "entry_id"},
	{Table: "saved_view", Column: "entry_id"},
	{Table: "saved_view_default", Column: "entry_id"},
}

// recordExport enters an export in the ledger before anything is given out.
func (s *Service) recordExport(ctx context.Context, by access.Session, f Filter) error {
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		f.Words = web.MaskText(f.Words)
		_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.exported", Subject: "cases", Unit: int64(by.Unit().ID), Data: f})
		return err
	})
}
