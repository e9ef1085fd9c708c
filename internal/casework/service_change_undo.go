package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// VoidChange voids the newest change of a decision before its paper is served, with the reason: the
// number stays used and the decision stands as it stood before. After service only a correction, another
// change or a revocation is possible (处罚法七十五、55号令二十八).
func (s *Service) VoidChange(ctx context.Context, by access.Session, id CaseID, version int64, why string) error {
	why = strings.TrimSpace(why)
	var p *Paper
	return s.update(ctx, by, "casework.void_change", why, id, command{
		act: "void_change", version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) error {
			ps, err := papers(tx, c.ID)
			if err != nil {
				return err
			}
			if p = newestChange(ps); p != nil && p.State == PaperRendering {
				return fault.New(fault.Conflict, "变更决定书正在出具，请过几秒再作废")
			}
			// An earlier one that was overtaken has nothing left to go back to.
			f.SetBool(law.ChangeUnserved, p != nil && p.State == PaperIssued, c.ID.Subject())
			f.SetBool(law.ReasonRecorded, why != "", c.ID.Subject())
			return nil
		},
		data: func(*Case) any { return map[string]any{"paper": p.ID, "number": p.DocNo, "why": why} },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			if err := asBefore(tx, c, p, entry); err != nil {
				return err
			}
			p.State, p.EndedAt, p.EndedWhy, p.Entry = PaperVoid, store.Micros(tx.Now), why, int64(entry)
			p.Version++
			return savePaper(tx, p)
		},
	})
}

// newestChange is the last change decision that was not voided, or nil.
func newestChange(ps []Paper) (out *Paper) {
	for i, p := range ps {
		if p.Kind == ChangeDecision && p.State != PaperVoid {
			out = &ps[i]
		}
	}
	return out
}

// undoChange puts a case back whose change has no paper: the paper could not be made.
func (s *Service) undoChange(tx *store.Tx, p *Paper, data any, void func(ledger.EntryID) error) error {
	_, err := s.run(tx, access.System("job"), p.Case, command{
		act:  "change_failed",
		data: func(*Case) any { return data },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			if err := asBefore(tx, c, p, entry); err != nil {
				return err
			}
			return void(entry)
		},
	})
	return err
}

// asBefore puts the case back to what it was before the change by the paper, and drops the duty to
// withdraw what was published that came with it. A case in which money moved since stays open.
func asBefore(tx *store.Tx, c *Case, p *Paper, entry ledger.EntryID) error {
	ch := new(Change)
	if err := tx.DB().NewSelect().Model(ch).Where("paper_id = ?", p.ID).Scan(tx.Ctx); err != nil {
		return err
	}
	var was outcome
	if err := json.Unmarshal([]byte(ch.Before), &was); err != nil {
		return fmt.Errorf("casework: change %s: %w", p.ID, err)
	}
	c.restore(was)
	moved, err := tx.DB().NewSelect().Model((*Payment)(nil)).Where("case_id = ?", c.ID).Where("id > ?", p.ID).Count(tx.Ctx)
	if err != nil {
		return err
	}
	if c.State == Closed && moved > 0 {
		c.State, c.ClosedAt, c.Ending, c.EndingNote = Delivered, 0, "", ""
	}
	if _, err := tx.Exec(`UPDATE decision_change SET undone = 1, entry_id = ? WHERE paper_id = ?`, entry, p.ID); err != nil {
		return err
	}
	// Identifiers grow with time: those after the paper's came with this change, earlier ones are still owed.
	_, err = tx.Exec(`UPDATE publication_withdrawal SET state = 'lapsed', entry_id = ? WHERE case_id = ? AND cause = 'change' AND state = 'open' AND id > ?`, entry, c.ID, p.ID)
	return err
}
