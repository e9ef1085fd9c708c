package casework

import (
	"encoding/json"
	"fmt"
	"slices"

	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
)

// ContentOf is what a paper would say if it were drawn up now, so that a desk can state what is missing in it, or
// compare it with an earlier one. The act's Drafts draw it up.
func (s *Service) ContentOf(tx *store.Tx, c *Case, d Draft) (Content, error) {
	organ, err := org.SubjectByID(tx, org.SubjectID(c.Organ))
	if err != nil {
		return Content{}, err
	}
	out, err := s.content(tx, c, &Paper{Kind: d.Kind, Case: c.ID, Dated: tx.Today(), About: d.About}, organ, d.Fields)
	if err != nil || d.Part == nil {
		return out, err
	}
	return out, out.PutPart(d.Part)
}

// Frozen is what a paper says, as it was drawn up.
func Frozen(p Paper) (Content, error) { return p.frozen() }

// LastPaper is the newest paper of the kinds in a case that was not voided; nil when there is none.
func LastPaper(tx *store.Tx, id CaseID, kinds ...PaperKind) (*Paper, error) {
	all, err := papers(tx, id)
	for i := len(all) - 1; i >= 0; i-- {
		if slices.Contains(kinds, all[i].Kind) && all[i].State != PaperVoid {
			return &all[i], err
		}
	}
	return nil, err
}

// PaperByID reads one paper, whichever case it stands in.
func PaperByID(tx *store.Tx, id PaperID) (*Paper, error) { return paperByID(tx, id) }

// PartOf reads the typed part of a paper: PartOf[PriorNotice](p).
func PartOf[T any](p Paper) (out T, err error) {
	c, err := p.frozen()
	if err == nil && len(c.Part) > 0 {
		err = json.Unmarshal(c.Part, &out)
	}
	return out, err
}

// Served reports whether a paper goes to the party, with a receipt. Announcements go to everybody.
func Served(k PaperKind) bool {
	f, ok := FormOf(k)
	return ok && f.Use == PaperServed && k != "service_announcement" && k != "hearing_announcement" || k == PenaltyNotice || k == CorrectionNotice || k == InquiryNotice
}

// HandedOver reports whether a paper about a decision that was served goes to the party too. Of an on-the-spot case its own page registers that.
func HandedOver(k PaperKind) bool {
	return k == CorrectionSlip || k == Revocation || k == ChangeDecision || k == PaymentTerms
}

// Serves reports whether a paper of the case goes to the party by the eight ways, with a receipt (行政处罚法第六十一条；
// 民事诉讼法第八十七条至第九十五条): of an ordinary case everything that changes or corrects the decision too.
func (c *Case) Serves(k PaperKind) bool {
	return Served(k) || c.ordinary() && HandedOver(k)
}

// Deliverable says why a paper cannot be handed over now: it is not made, gone, or not sealed.
func Deliverable(p *Paper) error {
	switch {
	case p.State == PaperRendering:
		return fault.New(fault.Conflict, "%s还在出具中，请稍候再送达", p.Kind.Label())
	case p.State != PaperIssued:
		return fault.New(fault.Conflict, "%s现在是“%s”，不用送达", p.Kind.Label(), p.State.Label())
	case p.SealedAt == 0 && p.DocNo != "":
		return fault.New(fault.Conflict, "%s（%s）还没有登记用印，不能送达。请先用印", p.Kind.Label(), p.DocNo)
	}
	return nil
}

// MarkServed records on a paper the day on which it counts as served.
func MarkServed(tx *store.Tx, id PaperID, on law.Date, entry ledger.EntryID) error {
	p := new(Paper)
	if err := tx.DB().NewSelect().Model(p).Where("id = ?", id).Scan(tx.Ctx); err != nil {
		return store.One(err, "这份文书")
	}
	if err := Deliverable(p); err != nil {
		return err
	}
	if on.Before(p.Dated) {
		return fault.New(fault.Conflict, "送达日期不能早于文书日期 %s", p.Dated.Han())
	}
	if sealed := law.DateOf(store.FromMicros(p.SealedAt)); p.SealedAt != 0 && on.Before(sealed) {
		return fault.New(fault.Conflict, "送达日期不能早于用印日期 %s", sealed.Han())
	}
	p.State, p.DeliveredAt, p.Entry = PaperDelivered, max(momentOf(tx, on, p.Created()), p.CreatedAt), int64(entry)
	if on != p.Dated {
		p.DeliveredAt = store.Micros(on.Start())
	}
	p.Version++
	if err := savePaper(tx, p); err != nil {
		return err
	}
	return jobs.Add(tx, jobs.Job{Kind: JobSignedCopy, Key: p.ID.String(), Payload: p.ID, Due: tx.Now})
}

// ServedOn is the day on which a paper was served; zero before.
func (p Paper) ServedOn() law.Date {
	if p.DeliveredAt == 0 {
		return law.Date{}
	}
	return law.DateOf(store.FromMicros(p.DeliveredAt))
}

// Named is the paper as sentences name it: 行政处罚意见告知书（演城管告字〔2026〕第1号）.
func (p Paper) Named() string {
	if p.DocNo == "" {
		return p.Kind.Label()
	}
	return fmt.Sprintf("%s（%s）", p.Kind.Label(), p.DocNo)
}

// VoidLast voids the last paper of a kind that was drawn up in a case, if it has not left the house: an approval that was
// sent back. Its number stays used, with the reason; those of before, which were approved in their time, go on counting.
func VoidLast(tx *store.Tx, id CaseID, kind PaperKind, why string, entry ledger.EntryID) error {
	p, err := LastPaper(tx, id, kind)
	if err != nil || p == nil {
		return err
	}
	return VoidPaperOf(tx, id, p.ID, why, entry)
}

// VoidPaperOf voids one paper that has not left the house; 0 voids none.
func VoidPaperOf(tx *store.Tx, id CaseID, paper PaperID, why string, entry ledger.EntryID) error {
	all, err := papers(tx, id)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.ID != paper || p.State != PaperIssued && p.State != PaperRendering {
			continue
		}
		p.State, p.EndedAt, p.EndedWhy, p.Entry = PaperVoid, store.Micros(tx.Now), why, int64(entry)
		p.Version++
		if err := savePaper(tx, &p); err != nil {
			return err
		}
	}
	return nil
}
