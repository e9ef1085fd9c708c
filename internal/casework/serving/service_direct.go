package serving

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// Send opens the service of a paper and draws its receipt up to be taken along.
func (s *Service) Send(ctx context.Context, by access.Session, id casework.CaseID, version int64, in SendInput) error {
	var p casework.Paper
	_, err := s.cases.Do(ctx, by, id, casework.Command{
		Act: "send", Version: version, Of: of(in.Paper), Input: in,
		Change: func(tx *store.Tx, c *casework.Case) (err error) {
			var fs fault.Fields
			if in.Way.Label() == "" || in.Way == Announced {
				fs.Add("way", "请选择准备用的方式；公告送达在其他方式无法送达后办理")
			}
			if p, err = sendable(tx, c, in.Paper); err != nil {
				return err
			}
			return fs.Err()
		},
		Drafts: func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) {
			return receiptDraft(tx, c, p, casework.ServiceReceipt{Way: in.Way.Label(), At: place(c, p, strings.TrimSpace(in.At))})
		},
		Write: func(tx *store.Tx, c *casework.Case, done casework.Done) error {
			known, err := rows(tx, c.ID)
			if err != nil {
				return err
			}
			j := jobOf(c, p, known[p.ID])
			j.place.State, j.row.Way = casework.ServiceReady, in.Way
			if err := j.keep(tx, done); err != nil {
				return err
			}
			return record(tx, by, j, Try{Way: in.Way, On: tx.Today(), Place: place(c, p, strings.TrimSpace(in.At))}, "send", done)
		},
	})
	return err
}

// sendable finds a paper of the case that may go out and whose service is not under way.
func sendable(tx *store.Tx, c *casework.Case, id casework.PaperID) (casework.Paper, error) {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return casework.Paper{}, err
	}
	i := slices.IndexFunc(papers, func(p casework.Paper) bool { return p.ID == id && c.Serves(p.Kind) })
	if i < 0 {
		var fs fault.Fields
		fs.Add("paper", "请选择要送达的文书")
		return casework.Paper{}, fs.Err()
	}
	known, err := rows(tx, c.ID)
	if err != nil {
		return papers[i], err
	}
	if r := known[id]; r != nil && r.State != casework.ServiceDropped {
		return papers[i], fault.New(fault.Conflict, "%s的送达已经在办理", papers[i].Named())
	}
	return papers[i], casework.Deliverable(&papers[i])
}

// Deliver records that a paper was handed over: on the spot, or brought to the addressee (直接送达).
func (s *Service) Deliver(ctx context.Context, by access.Session, id casework.CaseID, version int64, way Way, in DeliverInput) error {
	in.Receiver, in.At = strings.TrimSpace(in.Receiver), strings.TrimSpace(in.At)
	a := act{
		Command: casework.Command{Act: string(way), On: in.On, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, c *casework.Case, j *job) error {
			var w wants
			w.day("on", &in.On, j.paper, tx)
			if in.Relation == "" {
				in.Relation = Self
			}
			if in.Relation.Label() == "" {
				w.fs.Add("relation", "请选择签收人是谁")
			}
			if in.Relation == Self && in.Receiver == "" && j.paper.Kind != noFilingNotice {
				in.Receiver = c.PartyName
			}
			in.At = place(c, j.paper, in.At)
			if j.paper.Kind == noFilingNotice {
				w.text("at", in.At, "请填写送达地点：反映人的地址不在案卷里")
			}
			w.text("receiver", in.Receiver, "请填写签收人的姓名")
			if err := w.fs.Err(); err != nil {
				return err
			}
			return s.mayReceive(c, in, tx.Today())
		},
		try: func(*casework.Case) Try {
			return Try{Way: way, On: in.On, Place: in.At, Receiver: in.Receiver, Relation: in.Relation.Label()}
		},
		proof: func() Proof {
			return Proof{Signed: in.On}
		},
	}
	a.State = func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetBool(law.ReceiptSigned, in.Signed, "form")
		return nil
	}
	a.receipt = func(c *casework.Case, p casework.Paper) casework.ServiceReceipt { return in.receipt(way)(c, p) }
	if way == OnSpot && !in.Signed {
		return fault.New(fault.Conflict, "送达回证没有签名和日期，不能视为送达。请由签收人签名并写明日期；拒收的改办留置送达")
	}
	return s.do(ctx, by, id, version, a)
}

// mayReceive judges whether who signed may receive for the addressee: only grown-up family of a natural person that
// lives with it (民事诉讼法第八十八条第一款).
func (s *Service) mayReceive(c *casework.Case, in DeliverInput, on law.Date) error {
	if in.Relation != Kin {
		return nil
	}
	var f law.Facts
	f.SetBool(law.ReceiverAdult, in.Adult, "form")
	f.SetText(law.Recipient, c.PartyKind.Label(), c.ID.Subject())
	if lacks := s.cases.Judge.Judge(casework.ActServeMinorKin, on, f).Lacks(); len(lacks) > 0 {
		return &law.Refusal{Action: casework.ActServeMinorKin, Findings: lacks}
	}
	return nil
}

// Leave records that a refused paper was left at the residence (留置送达).
func (s *Service) Leave(ctx context.Context, by access.Session, id casework.CaseID, version int64, in LeaveInput) error {
	in.Refused, in.Witness, in.Film, in.At = strings.TrimSpace(in.Refused), strings.TrimSpace(in.Witness), strings.TrimSpace(in.Film), strings.TrimSpace(in.At)
	a := act{
		Command: casework.Command{Act: string(Leaving), On: in.On, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, c *casework.Case, j *job) error {
			var w wants
			w.day("on", &in.On, j.paper, tx)
			in.At = place(c, j.paper, in.At)
			return w.fs.Err()
		},
		try: func(*casework.Case) Try {
			return Try{Way: Leaving, On: in.On, Place: in.At, Reason: in.Refused, Proof: joined(in.Witness, in.Film)}
		},
		proof:   func() Proof { return Proof{Left: in.On} },
		receipt: func(c *casework.Case, p casework.Paper) casework.ServiceReceipt { return in.receipt(c, p) },
	}
	a.State = func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		f.SetBool(law.RecipientRefused, in.Refused != "", "form")
		f.SetBool(law.WitnessPresent, in.Witness != "", "form")
		f.SetBool(law.PhotoOrVideo, in.Film != "", "form")
		f.SetBool(law.LeftAtResidence, in.Left, "form")
		return nil
	}
	return s.do(ctx, by, id, version, a)
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "；")
}

// Transmit records that a paper reached the system that the party named and consented to (电子送达).
func (s *Service) Transmit(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ElectronicInput) error {
	in.Proof = strings.TrimSpace(in.Proof)
	var held *Address
	var kind casework.PaperKind
	a := act{
		Command: casework.Command{Act: string(Electronic), On: in.On, Input: in}, paper: in.Service,
		look: func(tx *store.Tx, c *casework.Case, j *job) (err error) {
			var w wants
			w.day("on", &in.On, j.paper, tx)
			w.text("proof", in.Proof, "请填写截屏、录像的编号，它证明到达了系统")
			if err := w.fs.Err(); err != nil {
				return err
			}
			kind = j.paper.Kind
			held, err = address(tx, c.ID)
			return err
		},
		try: func(*casework.Case) Try {
			t := Try{Way: Electronic, On: in.On, Proof: in.Proof}
			if held != nil {
				t.Place, t.Receiver = held.Account, held.Receiver
			}
			return t
		},
		proof: func() Proof { return Proof{Arrived: in.On} },
		receipt: func(*casework.Case, casework.Paper) casework.ServiceReceipt {
			return casework.ServiceReceipt{Way: Electronic.Label(), At: held.Account, On: in.On, Note: "到达截屏、录像：" + in.Proof}
		},
	}
	a.State = func(_ *store.Tx, _ *casework.Case, f *law.Facts) error {
		consents(f, held, kind, in.On)
		return nil
	}
	return s.do(ctx, by, id, version, a)
}

// consents states whether the party agreed to electronic service of a paper of the kind, and had signed for it by the day of the transmission
// (行政处罚法第六十一条第二款).
func consents(f *law.Facts, held *Address, kind casework.PaperKind, on law.Date) {
	agreed := held != nil && bool(held.Electronic) && slices.Contains(strings.Split(held.Papers, "\n"), kind.Label())
	f.SetBool(law.PartyConsented, agreed, "form")
	f.SetBool(law.ConfirmationSigned, agreed && !held.SignedOn.IsZero() && !held.SignedOn.After(on) && held.Account != "", "form")
}
