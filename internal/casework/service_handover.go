package casework

import (
	"context"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// HandOverInput says when and how a paper other than the decision reached the party.
type HandOverInput struct {
	At   time.Time `json:"at"`
	How  string    `json:"how"`
	Note string    `json:"note"`
}

// The ways of handing over.
const (
	HandedDirect = "direct" // to the party
	HandedPlaced = "placed" // put on the vehicle, for a parking notice only
	HandedOther  = "other"  // another way of service, told in the note
)

var handLabels = map[string]string{HandedDirect: "当面交付", HandedPlaced: "放置于车上", HandedOther: "其他送达方式"}

func (in HandOverInput) check(p *Paper) error {
	if p.Kind.decides() {
		return fault.New(fault.Conflict, "%s的交付、送达在案件页面办理", p.Kind.Label())
	}
	if p.State != PaperIssued {
		return fault.New(fault.Conflict, "这份文书现在是“%s”，不用登记交付", p.State.Label())
	}
	if p.SealedAt == 0 && p.Kind != EducationRecord {
		return fault.New(fault.Conflict, "这份文书还没有登记用印，不能交付。请先用印")
	}
	how := strings.TrimSpace(in.How)
	switch {
	case handLabels[how] == "" || how == HandedPlaced && p.Kind != ParkingNotice:
		return fault.InvalidField("how", "请选择怎样交付")
	case how == HandedOther && strings.TrimSpace(in.Note) == "":
		return fault.InvalidField("note", "请写明送达的方式和凭据")
	}
	return nil
}

// HandOver records that a notice, a record, a correction or a revocation reached the party.
func (s *Service) HandOver(ctx context.Context, by access.Session, id PaperID, in HandOverInput) error {
	return s.onPaper(ctx, by, access.CaseHandle, id, "casework.hand_over", in, func(tx *store.Tx, p *Paper) error {
		if err := in.check(p); err != nil {
			return err
		}
		c, err := load(tx, by.ScopeFor(access.CaseHandle), p.Case)
		if err != nil {
			return err
		}
		if c.ordinary() && c.Serves(p.Kind) {
			return fault.New(fault.Conflict, "普通程序的%s要按法定方式送达、有送达回证，请在案件页面点“送达文书”", p.Kind.Label())
		}
		if p.DeliveredAt, err = moment(tx, c, in.At, "at"); err != nil {
			return err
		}
		if p.DeliveredAt < p.CreatedAt-int64(time.Minute/time.Microsecond) {
			return fault.InvalidField("at", "交付时间不能早于文书出具的时间")
		}
		data := map[string]any{"paper": p.ID, "number": p.DocNo, "how": in.How, "note": strings.TrimSpace(in.Note), "at": store.FromMicros(p.DeliveredAt).Format(time.RFC3339)}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: "casework.paper_delivered", Subject: p.Case.Subject(), Unit: int64(p.UnitID), Data: data})
		p.State, p.Entry = PaperDelivered, int64(entry)
		if err != nil || p.Kind != ChangeDecision {
			return err
		}
		c.PayFrom, c.Entry = p.DeliveredAt, int64(entry)
		c.Version++
		if err := save(tx, c); err != nil {
			return err
		}
		return s.keepClocks(tx, c)
	})
}
