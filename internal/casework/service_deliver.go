package casework

import (
	"context"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Seal records that the bureau's seal was put on a paper (用印). Delivery is refused before.
func (s *Service) Seal(ctx context.Context, by access.Session, id PaperID) error {
	return s.onPaper(ctx, by, access.CaseFile, id, "casework.seal", nil, func(tx *store.Tx, p *Paper) error {
		if p.State != PaperIssued || p.SealedAt != 0 {
			return fault.New(fault.Conflict, "这份文书现在不用登记用印")
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.paper_sealed", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: map[string]any{"paper": p.ID, "number": p.DocNo}})
		p.SealedAt, p.Entry = store.Micros(tx.Now), int64(entry)
		return err
	})
}

// onPaper changes one paper as an idempotent request.
func (s *Service) onPaper(ctx context.Context, by access.Session, perm access.Permission, id PaperID, what string, body any, f func(*store.Tx, *Paper) error) error {
	_, _, err := s.DB.Once(ctx, by.Once(what+"/"+id.String(), body), func(tx *store.Tx) (string, error) {
		p, err := s.paperFor(tx, by, perm, id)
		if err != nil {
			return "", err
		}
		if err := f(tx, p); err != nil {
			return "", err
		}
		p.Version++
		return "/w/papers/" + id.String(), savePaper(tx, p)
	})
	return err
}

// VoidPaper voids a decision before its delivery, with the reason; the number stays used and the case
// goes back to the street (after delivery only a correction or a revocation is possible).
func (s *Service) VoidPaper(ctx context.Context, by access.Session, id CaseID, version int64, why string) error {
	why = strings.TrimSpace(why)
	var p *Paper
	return s.update(ctx, by, "casework.void_paper", why, id, command{
		act: "void_paper", version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) (err error) {
			if p, err = decision(tx, c.ID); err != nil {
				return err
			}
			f.SetBool(law.ReasonRecorded, why != "", c.ID.Subject())
			c.DecidedOn = law.Date{}
			return nil
		},
		data: func(*Case) any { return map[string]any{"paper": p.ID, "number": p.DocNo, "why": why} },
		finish: func(tx *store.Tx, _ *Case, entry ledger.EntryID) error {
			p.State, p.EndedAt, p.EndedWhy, p.Entry = PaperVoid, store.Micros(tx.Now), why, int64(entry)
			p.Version++
			return savePaper(tx, p)
		},
	})
}

// DeliverInput says when and how the decision was handed over.
type DeliverInput struct {
	At time.Time `json:"at"`
}

// Deliver records that the decision was handed over on the spot (处罚法五十二). It starts the clocks of
// filing, payment and reconsideration; a job then makes the signed copy for the file.
func (s *Service) Deliver(ctx context.Context, by access.Session, id CaseID, version int64, in DeliverInput) error {
	var p *Paper
	return s.update(ctx, by, "casework.deliver", in, id, command{
		act: "deliver", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) (err error) {
			if p, err = decision(tx, c.ID); err != nil {
				return err
			}
			if c.DeliveredAt, err = moment(tx, c, in.At, "at"); err != nil {
				return err
			}
			if c.DeliveredAt < p.CreatedAt-int64(time.Minute/time.Microsecond) {
				return fault.InvalidField("at", "交付时间不能早于决定书出具的时间")
			}
			c.PayFrom = c.DeliveredAt
			return nil
		},
		data: func(c *Case) any {
			return map[string]any{"paper": p.ID, "number": p.DocNo, "at": c.Delivered().Format(time.RFC3339)}
		},
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) error {
			p.State, p.DeliveredAt, p.Entry = PaperDelivered, c.DeliveredAt, int64(entry)
			p.Version++
			if err := savePaper(tx, p); err != nil {
				return err
			}
			return jobs.Add(tx, jobs.Job{Kind: JobSignedCopy, Key: p.ID.String(), Payload: p.ID, Due: tx.Now})
		},
	})
}

// JobSignedCopy is the kind of the job that makes the copy for the file with the signatures.
const JobSignedCopy = "casework.signed_copy"

// FileWithBureau records that the officers reported the decision to their bureau (处罚法五十二、55号令十四).
func (s *Service) FileWithBureau(ctx context.Context, by access.Session, id CaseID, version int64) error {
	return s.update(ctx, by, "casework.file", nil, id, command{
		act: "file", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			if c.FiledAt != 0 {
				return fault.New(fault.Conflict, "这个案件已经备案")
			}
			c.FiledAt = store.Micros(tx.Now)
			return nil
		},
		data: func(c *Case) any { return map[string]any{"filed_at": store.FromMicros(c.FiledAt).Format(time.RFC3339)} },
	})
}

// Close closes a delivered case: the fine paid or the warning given, and the decision filed.
func (s *Service) Close(ctx context.Context, by access.Session, id CaseID, version int64, note string) error {
	return s.update(ctx, by, "casework.close", note, id, command{
		act: "close", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			c.ClosedAt, c.Ending, c.EndingNote = store.Micros(tx.Now), "paid", strings.TrimSpace(note)
			if c.Amount == 0 {
				c.Ending = "warned"
			}
			return nil
		},
		data: func(c *Case) any { return map[string]any{"ending": c.Ending, "note": c.EndingNote} },
	})
}

// DeclineInput ends a lead without a case: educated, corrected, not filed.
type DeclineInput struct {
	Ground    string   `json:"ground"` // slight (轻微) or first (首违)
	ActFrom   law.Date `json:"act_from"`
	FactText  string   `json:"fact_text"`
	PowerCode string   `json:"power_code"`
	Harm      string   `json:"harm"`
	Why       string   `json:"why"`
}

// Decline ends a lead by education: order to correct, record of education, the party's promise, and no
// filing (处罚法三十三; 首违 looks up the party's earlier cases in the whole city).
func (s *Service) Decline(ctx context.Context, by access.Session, id CaseID, version int64, in DeclineInput) (PaperID, error) {
	var paper *Paper
	err := s.update(ctx, by, "casework.decline", in, id, command{
		act: "decline", version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) error {
			var fs fault.Fields
			if in.Ground != "slight" && in.Ground != "first" {
				fs.Add("ground", "请选择轻微不罚或者首违不罚")
			}
			if in.ActFrom.IsZero() {
				fs.Add("act_from", "请填写违法行为发生的日期")
			}
			if strings.TrimSpace(in.FactText) == "" {
				fs.Add("fact_text", "请写明违法事实")
			}
			if strings.TrimSpace(in.PowerCode) == "" {
				fs.Add("power_code", "请选择案由")
			}
			if strings.TrimSpace(in.Why) == "" {
				fs.Add("why", "请写明不予处罚的理由")
			}
			if _, ok := harmLabels[in.Harm]; !ok {
				fs.Add("harm", "请选择危害后果")
			}
			if err := fs.Err(); err != nil {
				return err
			}
			c.ActFrom, c.FactText, c.PowerCode, c.AppliedCode, c.Harm = in.ActFrom, strings.TrimSpace(in.FactText), in.PowerCode, in.PowerCode, in.Harm
			c.Kinds, c.Amount, c.PayBy = "", 0, ""
			c.Ending, c.EndingNote, c.ClosedAt = "declined_"+in.Ground, strings.TrimSpace(in.Why), store.Micros(tx.Now)
			var err error
			if c.Prior, err = s.priorCount(tx, c); err != nil {
				return err
			}
			a, err := s.assess(tx, c, tx.Today())
			if err != nil {
				return err
			}
			c.PowerName = a.Item.Name
			c.Exemption = exemptionNote(exemptionHits(a))
			src := c.ID.Subject()
			f.SetText(law.Harm, harmLabels[c.Harm], src)
			f.SetBool(law.FirstViolation, c.Prior == 0 && c.PartyKey != "", src)
			f.SetBool(law.SlightViolation, in.Ground == "slight", src)
			f.SetBool(law.ExemptionChecked, true, src)
			f.SetBool(law.ReasonRecorded, true, src)
			return nil
		},
		data: func(c *Case) any { return in },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) (err error) {
			paper, err = s.draw(tx, c, EducationRecord, 0, entry, nil)
			return err
		},
	})
	if err != nil || paper == nil {
		return 0, err
	}
	return paper.ID, s.Finish(ctx, paper.ID)
}

// ToOrdinary leaves the on-the-spot procedure: the matter needs the ordinary one, and stays open in it.
func (s *Service) ToOrdinary(ctx context.Context, by access.Session, id CaseID, version int64, why string) error {
	why = strings.TrimSpace(why)
	return s.update(ctx, by, "casework.to_ordinary", why, id, command{
		act: "to_ordinary", version: version,
		prepare: func(tx *store.Tx, c *Case, _ *law.Facts) error {
			if why == "" {
				return fault.InvalidField("why", "请写明转普通程序的理由")
			}
			c.Ending, c.EndingNote = "ordinary", why
			return nil
		},
		data: func(*Case) any { return map[string]any{"why": why} },
	})
}

// CorrectPaper mends a slip in a delivered decision by a numbered correction paper (55号令二十八): an
// omission or a clerical error that does not touch the party's rights.
func (s *Service) CorrectPaper(ctx context.Context, by access.Session, id CaseID, version int64, in CorrectionInput) (PaperID, error) {
	return s.about(ctx, by, id, version, "correct_paper", CorrectionSlip, in, map[string]string{"item": in.Item, "was": in.Was, "becomes": in.Becomes, "why": in.Why}, func(tx *store.Tx, c *Case, f *law.Facts) error {
		var fs fault.Fields
		for _, v := range []struct{ name, value, label string }{{"item", in.Item, "补正、更正的事项"}, {"becomes", in.Becomes, "补正、更正后的内容"}, {"why", in.Why, "理由"}} {
			if strings.TrimSpace(v.value) == "" {
				fs.Add(v.name, "请填写%s", v.label)
			}
		}
		f.SetBool(law.SlipOnly, in.SlipOnly, c.ID.Subject())
		f.SetBool(law.ReasonRecorded, in.Why != "", c.ID.Subject())
		return fs.Err()
	}, nil)
}

// CorrectionInput describes a slip.
type CorrectionInput struct {
	Item     string `json:"item"`
	Was      string `json:"was"`
	Becomes  string `json:"becomes"`
	Why      string `json:"why"`
	SlipOnly bool   `json:"slip_only"` // the head confirms that no right of the party is touched
}

// Revoke withdraws a delivered decision (处罚法七十五). Its number stays used; a paid fine must be refunded.
func (s *Service) Revoke(ctx context.Context, by access.Session, id CaseID, version int64, why string) (PaperID, error) {
	why = strings.TrimSpace(why)
	return s.about(ctx, by, id, version, "revoke", Revocation, why, map[string]string{"why": why}, func(tx *store.Tx, c *Case, f *law.Facts) error {
		if why == "" {
			return fault.InvalidField("why", "请写明撤销的事实和理由")
		}
		f.SetBool(law.ReasonRecorded, true, c.ID.Subject())
		c.Ending, c.EndingNote, c.ClosedAt = "revoked", why, store.Micros(tx.Now)
		return nil
	}, func(tx *store.Tx, p *Paper, entry ledger.EntryID) error {
		if err := s.oweWithdrawal(tx, p.Case, "revoke", entry); err != nil {
			return err
		}
		all, err := papers(tx, p.Case)
		if err != nil {
			return err
		}
		for _, q := range all { // what changed the decision goes with it
			if q.ID != p.ID && (q.Kind != ChangeDecision || q.State == PaperVoid) {
				continue
			}
			q.State, q.EndedAt, q.EndedWhy, q.Entry = PaperRevoked, store.Micros(tx.Now), why, int64(entry)
			q.Version++
			if err := savePaper(tx, &q); err != nil {
				return err
			}
		}
		return nil
	})
}

// about does an act that issues a paper about the delivered decision.
func (s *Service) about(ctx context.Context, by access.Session, id CaseID, version int64, act string, kind PaperKind, body any, fields map[string]string,
	prepare func(*store.Tx, *Case, *law.Facts) error, end func(*store.Tx, *Paper, ledger.EntryID) error,
) (PaperID, error) {
	var p, paper *Paper
	err := s.update(ctx, by, "casework."+act, body, id, command{
		act: act, version: version,
		prepare: func(tx *store.Tx, c *Case, f *law.Facts) (err error) {
			if p, err = decision(tx, c.ID); err != nil {
				return err
			}
			// Whoever heads the bureau approves by doing it.
			f.SetBool(law.ApprovedByHead, headsBureau(by), c.ID.Subject())
			return prepare(tx, c, f)
		},
		data: func(*Case) any { return map[string]any{"about": p.ID, "number": p.DocNo, "input": body} },
		finish: func(tx *store.Tx, c *Case, entry ledger.EntryID) (err error) {
			if end != nil {
				if err := end(tx, p, entry); err != nil {
					return err
				}
			}
			if err := ruled(tx, by, p, kind, fields["why"], entry); err != nil {
				return err
			}
			paper, err = s.draw(tx, c, kind, p.ID, entry, fields)
			return err
		},
	})
	if err != nil || paper == nil {
		return 0, err
	}
	return paper.ID, s.Finish(ctx, paper.ID)
}

// headsBureau reports whether the session is one of the bureau's heads (负责人).
func headsBureau(by access.Session) bool {
	return by.HasRole(access.BureauHead) || by.HasRole(access.DeputyHead)
}
