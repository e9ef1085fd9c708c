package approval

import (
	"context"
	"io"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/store"
)

// OnPaper is a signature that was given on paper and is entered later.
type OnPaper struct {
	// Login is the account of who signed, On the day that stands there.
	Login   string
	On      law.Date
	Agree   bool
	Opinion string
	// Scan is the picture or PDF of the signed form.
	Scan     io.Reader
	ScanType string
}

// Enter records a signature on paper (线下签批回填) with its scan and real day: of somebody who might have signed here on that
// day. The act of a last signature is then done by whoever may do it (Perform). Needs case.file.
func (s *Service) Enter(ctx context.Context, by access.Session, id ID, version int64, in OnPaper) error {
	if _, err := by.Require(access.CaseFile); err != nil {
		return err
	}
	in.Login, in.Opinion = strings.TrimSpace(in.Login), strings.TrimSpace(in.Opinion)
	var fs fault.Fields
	words(&fs, "opinion", "意见", in.Opinion)
	if in.Login == "" {
		fs.Add("signer", "请选择是谁签的")
	}
	switch today := law.DateOf(s.DB.Now()); {
	case in.On.IsZero():
		fs.Add("signed_on", "请写明纸上签的日期")
	case in.On.After(today):
		fs.Add("signed_on", "签批日期不能晚于今天")
	}
	if in.Scan == nil {
		fs.Add("scan", "请附签批原件的扫描件")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	digest, _, err := s.Blobs.Put(ctx, in.Scan)
	if err != nil {
		return err
	}
	return s.on(ctx, by, id, version, kindEntered, []any{id, in.Login, in.On, in.Agree, in.Opinion, digest}, func(tx *store.Tx, a *Approval) error {
		step, err := a.turn()
		if err != nil {
			return err
		}
		if err := s.onPaper(tx, by, a, step, in); err != nil {
			return err
		}
		step.Agreed, step.Opinion, step.SignedOn, step.EnteredAt = store.Flag(in.Agree), in.Opinion, in.On, store.Micros(tx.Now)
		step.Scan, step.ScanType, step.EnteredBy = digest, in.ScanType, by.Name()
		return s.signed(tx, by, a, step, kindEntered)
	})
}

// onPaper checks that who signed might have signed this step on that day, and names him.
func (s *Service) onPaper(tx *store.Tx, by access.Session, a *Approval, step *Step, in OnPaper) error {
	before := a.AskedOn
	if step.N > 1 {
		before = a.Steps[step.N-2].SignedOn
	}
	if in.On.Before(before) {
		var fs fault.Fields
		fs.Add("signed_on", "上一栏是%s签的，这一栏不能更早", before.Han())
		return fs.Err()
	}
	signed, err := s.Units.AccountByLogin(tx, in.Login)
	if fault.KindOf(err) == fault.NotFound {
		var fs fault.Fields
		fs.Add("signer", "没有“%s”这个账号", in.Login)
		return fs.Err()
	}
	if err != nil {
		return err
	}
	step.Mandate, err = s.entitled(tx, signerBy(signed), *a, *step, in.On)
	if fault.KindOf(err) == fault.Forbidden {
		var fs fault.Fields
		fs.Add("signer", "%s", err.Error())
		return fs.Err()
	}
	if err != nil {
		return err
	}
	if err := s.stands(tx, by, a); err != nil {
		return err
	}
	step.Account, step.Name = signed.ID, signed.Name
	return nil
}
