package casework

import (
	"context"

	"fadu/internal/access"
	"fadu/internal/law"
	"fadu/internal/store"
)

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
	// Changed lists the numbers of decisions that changed it; what it now says is there.
	Changed []string
	// Ended is the day on which it was voided or revoked, RevokedBy the number of the revocation.
	Ended, RevokedBy string
	Demo             bool
	// Code is the code as it stands on the paper.
	Code string
}

// CheckPaper answers /v/<code>. An unknown code is "not ours", never an error; a code that cannot be one
// (wrong length or check character) is an error that says how to type it. Too many unknown ones from one
// place are TooMany.
func (s *Service) CheckPaper(ctx context.Context, typed string) (Verdict, error) {
	v := Verdict{Demo: s.Demo}
	code, wrong := store.ParseCode(typed)
	if wrong != nil {
		old, ok := store.ParseOldCode(typed)
		if !ok {
			return v, wrong
		}
		code = old
	}
	v.Code = code
	if err := access.MayGuess(ctx); err != nil {
		return v, err
	}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var ps []Paper
		if err := tx.DB().NewSelect().Model(&ps).Where("code = ?", code).Scan(tx.Ctx); err != nil || len(ps) == 0 {
			return err
		}
		p := ps[0]
		content, err := p.frozen()
		if err != nil {
			return err
		}
		v.Known, v.Kind, v.Organ, v.Number, v.Dated, v.State = true, content.titled(), content.Organ, p.DocNo, p.Dated.Han(), p.State
		v.Counts = p.State == PaperDelivered || p.State == PaperIssued
		if p.EndedAt != 0 {
			v.Ended = law.DateOf(fromMicros(p.EndedAt)).Han()
		}
		var later []Paper
		err = tx.DB().NewSelect().Model(&later).Column("kind", "doc_no").Where("about_id = ?", p.ID).Where("state IN (?, ?)", PaperIssued, PaperDelivered).Order("id").Scan(tx.Ctx)
		for _, l := range later {
			switch l.Kind {
			case CorrectionSlip:
				v.Corrected = append(v.Corrected, l.DocNo)
			case ChangeDecision:
				v.Changed = append(v.Changed, l.DocNo)
			case Revocation:
				v.RevokedBy = l.DocNo
			}
		}
		return err
	})
	if err == nil && !v.Known {
		access.Guessed(ctx)
		return v, wrong // of no old paper: mistyped
	}
	return v, err
}
