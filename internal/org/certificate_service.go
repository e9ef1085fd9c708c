package org

import (
	"context"
	"fmt"
	"slices"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// CertificateInput describes a certificate with its first validity.
type CertificateInput struct {
	Person       PersonID        `json:"person"`
	Number       string          `json:"number"`
	Kind         CertificateKind `json:"kind"`
	Issuer       string          `json:"issuer"`
	Areas        []string        `json:"areas"`
	Categories   []string        `json:"categories"`
	PrintedUnit  string          `json:"printed_unit"`
	ExamPassedOn law.Date        `json:"exam_passed_on"`
	From         law.Date        `json:"from"`
	To           law.Date        `json:"to"`
}

// maxValidity is how long a validity may be at most, in years; a longer one is a typing error.
const maxValidity = 20

// clean normalises a new certificate; wrong fields are collected in fs.
func (in *CertificateInput) clean(fs *fault.Fields, today law.Date) []Area {
	if !in.From.IsZero() && in.From.After(today.AddMonths(12)) {
		fs.Add("from", "有效期起在一年以后，请核对")
	}
	return in.whole(fs, today)
}

// whole checks everything that stands on a certificate.
func (in *CertificateInput) whole(fs *fault.Fields, today law.Date) []Area {
	in.Number = number(fs, "number", "证件编号", in.Number, 40, true)
	if labelOf(CertificateKinds, string(in.Kind)) == string(in.Kind) {
		fs.Add("kind", "请选择证件种类")
	}
	checkSpan(fs, in.From, in.To)
	return in.particulars(fs, today)
}

// particulars checks what can be edited without touching number and validity.
func (in *CertificateInput) particulars(fs *fault.Fields, today law.Date) []Area {
	in.Issuer = text(fs, "issuer", "发证机关", in.Issuer, 60, true)
	in.PrintedUnit = text(fs, "printed_unit", "证载单位", in.PrintedUnit, 60, false)
	areas, err := ParseAreas(in.Areas)
	switch {
	case err != nil:
		fs.Add("areas", "%v", err)
	case len(areas) == 0:
		fs.Add("areas", "请填写执法区域，写行政区划代码或者全称")
	case len(areas) > 50:
		fs.Add("areas", "执法区域最多 50 个")
	}
	for i, c := range in.Categories {
		in.Categories[i] = text(fs, "categories", "执法类别", c, 40, true)
	}
	if in.Categories == nil {
		in.Categories = []string{}
	}
	if in.ExamPassedOn.After(today) {
		fs.Add("exam_passed_on", "考试合格日期不能晚于今天")
	}
	return areas
}

func checkSpan(fs *fault.Fields, from, to law.Date) {
	switch {
	case from.IsZero():
		fs.Add("from", "请填写有效期起")
	case to.IsZero():
		fs.Add("to", "请填写有效期止")
	case to.Before(from):
		fs.Add("to", "有效期止早于有效期起")
	case to.Year()-from.Year() > maxValidity:
		fs.Add("to", "有效期超过 %d 年，请核对", maxValidity)
	}
}

// Issue enters a certificate that its issuing body gave to a person. Auxiliary staff can hold none.
func (s *Service) Issue(ctx context.Context, by access.Session, in CertificateInput) (CertificateID, error) {
	id, err := s.made(ctx, by, kindCertificateIssued, in, func(tx *store.Tx) (int64, error) {
		c, err := s.issue(tx, by, in, 0, kindCertificateIssued)
		return int64(c), err
	})
	return CertificateID(id), err
}

func (s *Service) issue(tx *store.Tx, by access.Session, in CertificateInput, batch int64, kind string) (CertificateID, error) {
	p, err := certified(tx, by, in.Person)
	if err != nil {
		return 0, err
	}
	var fs fault.Fields
	areas := in.clean(&fs, tx.Today())
	if err := freeCertificate(tx, 0, in.Number, &fs); err != nil {
		return 0, err
	}
	if err := fs.Err(); err != nil {
		return 0, err
	}
	j, err := s.enforce(ActHoldCertificate, tx.Today(), holderFacts(p, in.ExamPassedOn, tx.Today()))
	if err != nil {
		return 0, err
	}
	c := Certificate{ID: CertificateID(store.NewID()), Person: p.ID, Number: in.Number, Kind: in.Kind, Issuer: in.Issuer, Areas: areas, Categories: in.Categories, PrintedUnit: in.PrintedUnit, ExamPassedOn: in.ExamPassedOn, ValidTo: in.To, Batch: batch, Version: 1}
	data := map[string]any{"after": c.shown(), "from": in.From, "to": in.To, "person": p.Name}
	if batch != 0 {
		data["batch"] = fmt.Sprint(batch)
	}
	if c.Entry, err = noteCertificate(tx, by, p, c, kind, data, j.Passed...); err != nil {
		return 0, err
	}
	if err := insert(tx, &c, certificateTable); err != nil {
		return 0, err
	}
	return c.ID, insert(tx, &Validity{ID: store.NewID(), Certificate: c.ID, From: in.From, To: in.To, Batch: batch, Entry: c.Entry}, "")
}

// certified loads the holder for somebody who may manage certificates.
func certified(tx *store.Tx, by access.Session, id PersonID) (Person, error) {
	scope, err := by.Require(access.CertificateManage)
	if err != nil {
		return Person{}, err
	}
	p, err := personByID(tx, id)
	if err != nil {
		return Person{}, err
	}
	return p, scope.Check(p.Levels, "这个人")
}

// holderFacts states what the rules ask about somebody who is to hold a certificate.
func holderFacts(p Person, exam, today law.Date) law.Facts {
	var f law.Facts
	f.SetBool(HolderAuxiliary, p.Kind == AuxiliaryStaff, p.ID.Subject())
	f.SetBool(HolderInPost, p.Here(today), p.ID.Subject())
	f.SetBool(ExamPassed, !exam.IsZero(), p.ID.Subject())
	return f
}

func freeCertificate(tx *store.Tx, self CertificateID, number string, fs *fault.Fields) error {
	n, err := tx.DB().NewSelect().Model((*Certificate)(nil)).ModelTableExpr("org_certificate_row AS ce").Where("ce.number = ?", number).Where("ce.id <> ?", self).Count(tx.Ctx)
	if n > 0 {
		fs.Add("number", "证件编号 %s 已经登记过", number)
	}
	return err
}

// noteCertificate enters what happened to a certificate under its holder, so that the holder's page shows
// one history; the data names the certificate.
func noteCertificate(tx *store.Tx, by access.Session, p Person, c Certificate, kind string, data map[string]any, rules ...string) (entry entryID, err error) {
	data["certificate"], data["number"] = c.ID.String(), c.Number
	return act(tx, by, kind, p.ID.Subject(), p.UnitID, data, rules...)
}

// shown are the fields of a certificate as the ledger carries them.
func (c Certificate) shown() map[string]string {
	return map[string]string{
		"number": c.Number, "kind": c.Kind.Label(), "issuer": c.Issuer, "areas": AreaNames(c.Areas), "categories": joined(c.Categories),
		"printed_unit": c.PrintedUnit, "exam_passed_on": c.ExamPassedOn.String(), "valid_to": c.ValidTo.String(),
	}
}

// ownCertificate loads a certificate of the actor's scope for a change; version is what the actor saw.
func ownCertificate(tx *store.Tx, by access.Session, id CertificateID, version int64) (Card, Person, error) {
	c, err := certificateByID(tx, id)
	if err != nil {
		return Card{}, Person{}, err
	}
	p, err := certified(tx, by, c.Person)
	if err != nil {
		return Card{}, Person{}, err
	}
	if c.Version != version {
		return Card{}, Person{}, fault.Stale("执法证 " + c.Number)
	}
	cards, err := completed(tx, []Certificate{c})
	if err != nil {
		return Card{}, Person{}, err
	}
	return cards[0], p, nil
}

// CertificateEdit corrects a certificate: the particulars and the last validity.
type CertificateEdit struct {
	CertificateInput
	Reason string `json:"reason"`
}

// EditCertificate corrects what was entered wrongly; the ledger keeps what it said before.
func (s *Service) EditCertificate(ctx context.Context, by access.Session, id CertificateID, version int64, in CertificateEdit) error {
	return s.once(ctx, by, kindCertificateEdited, []any{id, version, in}, func(tx *store.Tx) error {
		card, p, err := ownCertificate(tx, by, id, version)
		if err != nil {
			return err
		}
		var fs fault.Fields
		areas := in.whole(&fs, tx.Today())
		in.Reason = text(&fs, "reason", "更正的理由", in.Reason, 200, true)
		if err := freeCertificate(tx, id, in.Number, &fs); err != nil {
			return err
		}
		last := card.Validities[len(card.Validities)-1]
		for _, v := range card.Validities[:len(card.Validities)-1] {
			if overlap(in.From, in.To, v.From, v.To) {
				fs.Add("from", "与 %s 至 %s 的有效期重叠", v.From, v.To)
			}
		}
		if err := fs.Err(); err != nil {
			return err
		}
		c := card.Certificate
		before := c.shown()
		before["valid_from"] = last.From.String()
		c.Number, c.Kind, c.Issuer, c.Areas, c.Categories, c.PrintedUnit, c.ExamPassedOn, c.ValidTo = in.Number, in.Kind, in.Issuer, areas, in.Categories, in.PrintedUnit, in.ExamPassedOn, in.To
		after := c.shown()
		after["valid_from"] = in.From.String()
		d := diff(before, after)
		if !changed(d) {
			return nil
		}
		d["reason"] = in.Reason
		if c.Entry, err = noteCertificate(tx, by, p, c, kindCertificateEdited, d); err != nil {
			return err
		}
		last.From, last.To, last.Entry = in.From, in.To, c.Entry
		if _, err := tx.DB().NewUpdate().Model(&last).WherePK().Exec(tx.Ctx); err != nil {
			return err
		}
		return saveCertificate(tx, &c)
	})
}

// Renew adds a validity: the certificate keeps its number. A new number is a new certificate.
func (s *Service) Renew(ctx context.Context, by access.Session, id CertificateID, version int64, from, to law.Date) error {
	return s.changeCertificate(ctx, by, kindCertificateRenewed, id, version, []any{from, to}, func(tx *store.Tx, card *Card, p Person) (map[string]any, error) {
		var fs fault.Fields
		checkSpan(&fs, from, to)
		if !card.RevokedOn.IsZero() {
			return nil, errRevoked(card.Certificate)
		}
		if last := card.Validities[len(card.Validities)-1]; !from.After(last.To) {
			fs.Add("from", "新的有效期应在原有效期（至%s）之后开始；登记错了的，请用“更正”", last.To.Han())
		}
		if err := fs.Err(); err != nil {
			return nil, err
		}
		if _, err := s.enforce(ActHoldCertificate, tx.Today(), holderFacts(p, card.ExamPassedOn, tx.Today())); err != nil {
			return nil, err
		}
		d := map[string]any{"before": map[string]string{"valid_to": card.ValidTo.String()}, "after": map[string]string{"valid_from": from.String(), "valid_to": to.String()}}
		card.ValidTo = to
		return d, nil
	}, func(tx *store.Tx, c Certificate) error {
		return insert(tx, &Validity{ID: store.NewID(), Certificate: id, From: from, To: to, Entry: c.Entry}, "")
	})
}

// changeCertificate is the frame of a change of one certificate: decide changes the card and says what
// the ledger gets; then, with the entry's number known, write stores what belongs to it.
func (s *Service) changeCertificate(ctx context.Context, by access.Session, kind string, id CertificateID, version int64, body []any,
	decide func(*store.Tx, *Card, Person) (map[string]any, error), write func(*store.Tx, Certificate) error,
) error {
	return s.once(ctx, by, kind, append([]any{id, version}, body...), func(tx *store.Tx) error {
		card, p, err := ownCertificate(tx, by, id, version)
		if err != nil {
			return err
		}
		data, err := decide(tx, &card, p)
		if err != nil {
			return err
		}
		c := card.Certificate
		if c.Entry, err = noteCertificate(tx, by, p, c, kind, data); err != nil {
			return err
		}
		if write != nil {
			if err := write(tx, c); err != nil {
				return err
			}
		}
		return saveCertificate(tx, &c)
	})
}

func errRevoked(c Certificate) error {
	return fault.New(fault.Conflict, "执法证 %s 已于%s%s", c.Number, c.RevokedOn.Han(), c.RevokedHow)
}

// Revoke ends a certificate before its time: on is the first day on which it is no longer valid. how is
// one of RevokedHows.
func (s *Service) Revoke(ctx context.Context, by access.Session, id CertificateID, version int64, on law.Date, how, reason string) error {
	return s.once(ctx, by, kindRevoked, []any{id, version, on, how, reason}, func(tx *store.Tx) error {
		card, p, err := ownCertificate(tx, by, id, version)
		if err != nil {
			return err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "原因", reason, 200, true)
		checkDay(&fs, "on", "日期", on, tx.Today())
		if !slices.Contains(RevokedHows, how) {
			fs.Add("how", "请选择收回、注销还是作废")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		if !card.RevokedOn.IsZero() {
			return errRevoked(card.Certificate)
		}
		return revoke(tx, by, p, card.Certificate, on, how, reason)
	})
}

func revoke(tx *store.Tx, by access.Session, p Person, c Certificate, on law.Date, how, reason string) (err error) {
	c.RevokedOn, c.RevokedHow, c.RevokedReason = on, how, reason
	if c.Entry, err = noteCertificate(tx, by, p, c, kindRevoked, map[string]any{"on": on, "how": how, "reason": reason}); err != nil {
		return err
	}
	return saveCertificate(tx, &c)
}

// AnnulRevocation takes back a revocation that was entered in error.
func (s *Service) AnnulRevocation(ctx context.Context, by access.Session, id CertificateID, version int64, reason string) error {
	return s.changeCertificate(ctx, by, kindRevocationAnnulled, id, version, []any{reason}, func(tx *store.Tx, card *Card, p Person) (map[string]any, error) {
		var fs fault.Fields
		reason = text(&fs, "reason", "撤销的理由", reason, 200, true)
		if err := fs.Err(); err != nil {
			return nil, err
		}
		if card.RevokedOn.IsZero() {
			return nil, fault.New(fault.Conflict, "执法证 %s 没有收回、注销的记录", card.Number)
		}
		if _, err := s.enforce(ActHoldCertificate, tx.Today(), holderFacts(p, card.ExamPassedOn, tx.Today())); err != nil {
			return nil, err
		}
		d := map[string]any{"before": map[string]string{"revoked_on": card.RevokedOn.String(), "how": card.RevokedHow, "reason": card.RevokedReason}, "reason": reason}
		card.RevokedOn, card.RevokedHow, card.RevokedReason = law.Date{}, "", ""
		return d, nil
	}, nil)
}
