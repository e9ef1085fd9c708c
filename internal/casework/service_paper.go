package casework

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

func fromMicros(n int64) time.Time { return store.FromMicros(n) }

// Jobs are the handlers of this slice's background work.
func (s *Service) Jobs() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		JobRender: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			var id PaperID
			if err := r.Read(&id); err != nil {
				return nil, err
			}
			return nil, s.Finish(ctx, id)
		},
		JobSignedCopy: func(ctx context.Context, r jobs.Record) (func(*store.Tx) error, error) {
			var id PaperID
			if err := r.Read(&id); err != nil {
				return nil, err
			}
			return s.signedCopy(ctx, id)
		},
	}
}

// signedCopy renders the copy for the file, with the signatures that were drawn, and returns what fixes
// its digest.
func (s *Service) signedCopy(ctx context.Context, id PaperID) (func(*store.Tx) error, error) {
	var p Paper
	var sigs []Signature
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if err = tx.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(tx.Ctx); err != nil {
			return store.One(err, "这份文书")
		}
		sigs, err = signatures(tx, id)
		return err
	})
	if err != nil || p.SignedDigest != "" {
		return nil, err
	}
	images := map[string][]byte{}
	for _, sg := range sigs {
		if sg.Digest == "" {
			continue
		}
		b, err := s.bytes(sg.Digest)
		if err != nil {
			return nil, err
		}
		images[sg.Digest] = b
	}
	var content Content
	if err := json.Unmarshal([]byte(p.Content), &content); err != nil {
		return nil, fmt.Errorf("casework: content of paper %s: %w", id, err)
	}
	layout, err := s.signedLayout(content, sigs, images)
	if err != nil {
		return nil, err
	}
	layout.Mark, layout.HandFill = "存根", p.HandFill != ""
	pdf, err := s.Press.Render(layout, p.Created())
	if err != nil {
		return nil, err
	}
	digest, _, err := s.Blobs.Put(ctx, bytes.NewReader(pdf))
	if err != nil {
		return nil, err
	}
	return func(tx *store.Tx) error {
		entry, err := ledger.Append(tx, access.System("job").Actor(), ledger.Act{Kind: "casework.signed_copy_made", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: map[string]any{"paper": p.ID, "digest": digest}})
		if err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE paper SET signed_digest = ?, entry_id = ?, version = version + 1 WHERE id = ? AND signed_digest = ''`, digest, entry, id)
		return err
	}, nil
}

func (s *Service) bytes(digest string) ([]byte, error) {
	r, err := s.Blobs.Open(digest)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// PaperView is what a paper's page shows.
type PaperView struct {
	Paper      Paper
	Content    Content
	Signatures []Signature
	Case       *Case
	// Lacks is what delivery still lacks, for a decision.
	Choices []Choice
}

// Paper loads a paper in the scope of case.read.
func (s *Service) Paper(ctx context.Context, by access.Session, id PaperID) (*PaperView, error) {
	out := &PaperView{}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := s.paperFor(tx, by, access.CaseRead, id)
		if err != nil {
			return err
		}
		out.Paper = *p
		if err := json.Unmarshal([]byte(p.Content), &out.Content); err != nil {
			return fmt.Errorf("casework: content of paper %s: %w", id, err)
		}
		if out.Signatures, err = signatures(tx, id); err != nil {
			return err
		}
		scope, err := by.Require(access.CaseRead)
		if err != nil {
			return err
		}
		if out.Case, err = load(tx, scope, p.Case); err != nil {
			return err
		}
		out.Choices, err = s.Choices(tx, by, out.Case)
		return err
	})
	return out, err
}

// Print returns a paper's bytes for printing or downloading and enters it in the ledger. The first
// print is the original; later ones are copies, and their number says so: the same number never goes
// out twice as an original.
func (s *Service) Print(ctx context.Context, by access.Session, id PaperID) (name string, pdf []byte, err error) {
	var p *Paper
	err = s.DB.Update(ctx, func(tx *store.Tx) error {
		var err error
		if p, err = s.paperFor(tx, by, access.PaperPrint, id); err != nil {
			return err
		}
		if p.Digest == "" {
			return fault.New(fault.Conflict, "文书还在出具中，请稍候再打印")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.paper_printed", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: map[string]any{"paper": p.ID, "number": p.DocNo, "print": p.Prints + 1}})
		if err != nil {
			return err
		}
		p.Prints++
		p.Version++
		p.Entry = int64(entry)
		return savePaper(tx, p)
	})
	if err != nil {
		return "", nil, err
	}
	pdf, err = s.printed(p)
	return p.Kind.Label() + "-" + p.DocNo + ".pdf", pdf, err
}

// printed returns the bytes to print: the original once; after that, and when it no longer counts, a
// marked copy.
func (s *Service) printed(p *Paper) ([]byte, error) {
	if p.Prints == 1 && (p.State == PaperIssued || p.State == PaperDelivered) {
		return s.bytes(p.Digest)
	}
	var content Content
	if err := json.Unmarshal([]byte(p.Content), &content); err != nil {
		return nil, fmt.Errorf("casework: content of paper %s: %w", p.ID, err)
	}
	layout, err := s.layout(content)
	if err != nil {
		return nil, err
	}
	layout.Mark, layout.HandFill = fmt.Sprintf("副本（第%d次打印）", p.Prints), p.HandFill != ""
	if p.State == PaperVoid || p.State == PaperRevoked {
		layout.Void = p.EndedWhy
	}
	return s.Press.Render(layout, p.Created())
}

// Preview returns the bytes of a paper as issued, for showing on the page; nothing is counted.
func (s *Service) Preview(ctx context.Context, by access.Session, id PaperID, signed bool) ([]byte, error) {
	var p *Paper
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		p, err = s.paperFor(tx, by, access.CaseRead, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	digest := p.Digest
	if signed && p.SignedDigest != "" {
		digest = p.SignedDigest
	}
	if digest == "" {
		return nil, fault.New(fault.Conflict, "文书还在出具中")
	}
	return s.bytes(digest)
}

// Verdict is the answer to "is this paper ours and does it still count". It has no personal data.
type Verdict struct {
	Known  bool
	Kind   string
	Organ  string
	Number string
	Dated  string
	State  PaperState
	// Counts: delivered, or issued and on its way, and not withdrawn.
	Counts bool
	// Corrected lists the numbers of papers that corrected it.
	Corrected []string
	Demo      bool
}

// CheckPaper answers /v/<code>. A wrong or unknown code is "not ours", never an error.
func (s *Service) CheckPaper(ctx context.Context, typed string) (Verdict, error) {
	code, err := store.ParseCode(typed)
	if err != nil {
		return Verdict{Demo: s.Demo}, err
	}
	v := Verdict{Demo: s.Demo}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var ps []Paper
		if err := tx.DB().NewSelect().Model(&ps).Where("code = ?", code).Scan(tx.Ctx); err != nil || len(ps) == 0 {
			return err
		}
		p := ps[0]
		var content Content
		if err := json.Unmarshal([]byte(p.Content), &content); err != nil {
			return fmt.Errorf("casework: content of paper %s: %w", p.ID, err)
		}
		v.Known, v.Kind, v.Organ, v.Number, v.Dated, v.State = true, p.Kind.Label(), content.Organ, p.DocNo, p.Dated.Han(), p.State
		v.Counts = p.State == PaperDelivered || p.State == PaperIssued
		return tx.DB().NewSelect().Model((*Paper)(nil)).Column("doc_no").Where("about_id = ?", p.ID).Where("kind = ?", CorrectionSlip).
			Where("state IN (?, ?)", PaperIssued, PaperDelivered).Scan(tx.Ctx, &v.Corrected)
	})
	return v, err
}

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
		rows, err := tx.DB().QueryContext(tx.Ctx, `SELECT ns.prefix, ns.year, ns.next_no - ns.first_no,
			(SELECT COUNT(*) FROM paper p WHERE p.series_id = ns.id),
			(SELECT COUNT(*) FROM number_void v WHERE v.series_id = ns.id AND v.number < ns.next_no) FROM number_series ns`)
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
	{Table: "penalty_case", Column: "entry_id"}, {Table: "case_step", Column: "entry_id"}, {Table: "case_photo", Column: "entry_id"}, {Table: "case_fact", Column: "entry_id"},
	{Table: "paper", Column: "entry_id"}, {Table: "paper_signature", Column: "entry_id"}, {Table: "number_series", Column: "entry_id"}, {Table: "number_void", Column: "entry_id"},
	{Table: "payment", Column: "entry_id"}, {Table: "receipt_book", Column: "entry_id"}, {Table: "receipt", Column: "entry_id"}, {Table: "statement", Column: "entry_id"}, {Table: "statement_line", Column: "entry_id"},
}

// recordExport enters an export in the ledger before anything is given out.
func (s *Service) recordExport(ctx context.Context, by access.Session, f Filter) error {
	return s.DB.Update(ctx, func(tx *store.Tx) error {
		_, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.exported", Subject: "cases", Unit: int64(by.Unit().ID), Data: f})
		return err
	})
}
