package powers

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/jobs"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// adjustmentsPath is where the adjustments are.
const adjustmentsPath = "/w/powers/adjustments"

// adjustURL is the page of an adjustment.
func (id AdjustmentID) adjustURL() string { return adjustmentsPath + "/" + id.String() }

// Propose records a proposal to adjust the list. What is wrong with it is named all at once.
func (s *Service) Propose(ctx context.Context, by access.Session, in AdjustInput) (AdjustmentID, error) {
	if _, err := by.Require(access.PowerPropose); err != nil {
		return 0, err
	}
	in = in.tidy()
	id := AdjustmentID(store.NewID())
	location, _, err := s.db.Once(ctx, by.Once("power.adjust_proposed", in), func(tx *store.Tx) (string, error) {
		if err := s.adjustable(tx, in); err != nil {
			return "", err
		}
		a := newAdjustment(tx, by, in)
		a.ID = id
		var err error
		if a.Entry, err = adjustEntry(tx, by, &a, "power.adjust_proposed", a.input()); err != nil {
			return "", err
		}
		return id.adjustURL(), insertAdjustment(tx, &a)
	})
	if err != nil {
		return 0, err
	}
	err = id.UnmarshalText([]byte(strings.TrimPrefix(location, adjustmentsPath+"/")))
	return id, err
}

func newAdjustment(tx *store.Tx, by access.Session, in AdjustInput) Adjustment {
	a := Adjustment{State: AdjustProposed, ProposerID: by.Account(), Proposer: by.Name(), ProposedAt: store.Micros(tx.Now), Live: true, Version: 1}
	in.into(&a)
	return a
}

// tidy cleans codes: one writing, in order.
func (in AdjustInput) tidy() AdjustInput {
	codes := []string{}
	for _, c := range in.Codes {
		if c = strings.ToUpper(strings.TrimSpace(c)); c != "" {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	in.Codes, in.Into = codes, strings.ToUpper(strings.TrimSpace(in.Into))
	return in
}

// adjustable names everything that keeps the proposal from being made.
func (s *Service) adjustable(tx *store.Tx, in AdjustInput) error {
	lib, err := adjustLibrary(tx, in)
	if err != nil {
		return err
	}
	return in.faults(lib, tx.Today()).Err()
}

func adjustLibrary(tx *store.Tx, ins ...AdjustInput) (*Library, error) {
	codes := []string{}
	for _, in := range ins {
		codes = append(append(codes, in.Codes...), in.Into)
	}
	items, err := itemsOf(tx, codes...)
	if err != nil {
		return nil, err
	}
	texts, err := laws(tx)
	return NewLibrary(items, nil, nil, texts), err
}

func adjustEntry(tx *store.Tx, by access.Session, a *Adjustment, kind string, data any) (int64, error) {
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: a.ID.Subject(), Data: data})
	return int64(entry), err
}

// step does one act of the table on an adjustment: place in the procedure, permission, version, the
// change, its entry.
func (s *Service) step(ctx context.Context, by access.Session, id AdjustmentID, version int64, act string, input any, change func(*store.Tx, *Adjustment) (data any, err error)) error {
	rule, _ := Adjusting.Act(act)
	if _, err := by.Require(access.Permission(rule.By)); err != nil {
		return err
	}
	_, _, err := s.db.Once(ctx, by.Once(rule.Emits, []any{id, version, input}), func(tx *store.Tx) (string, error) {
		a, err := adjustmentByID(tx, id)
		if err != nil {
			return "", err
		}
		next, err := Adjusting.Next(a.State, act)
		if err != nil {
			return "", err
		}
		if a.Version != version {
			return "", fault.Stale("这件调整")
		}
		a.State, a.Version = next, a.Version+1
		data, err := change(tx, &a)
		if err != nil {
			return "", err
		}
		if a.Entry, err = adjustEntry(tx, by, &a, rule.Emits, data); err != nil {
			return "", err
		}
		if err := saveAdjustment(tx, &a); err != nil {
			return "", err
		}
		if act == "file" {
			return id.adjustURL(), s.filed(tx, by, &a)
		}
		return id.adjustURL(), nil
	})
	return err
}

// Amend changes a proposal that was returned or not yet checked, and proposes it again.
func (s *Service) Amend(ctx context.Context, by access.Session, id AdjustmentID, version int64, in AdjustInput) error {
	in = in.tidy()
	return s.step(ctx, by, id, version, "amend", in, func(tx *store.Tx, a *Adjustment) (any, error) {
		if err := s.adjustable(tx, in); err != nil {
			return nil, err
		}
		before := a.input()
		in.into(a)
		a.ProposerID, a.Proposer, a.ProposedAt, a.ReturnReason = by.Account(), by.Name(), store.Micros(tx.Now), ""
		return map[string]any{"before": before, "after": in}, replaceCodes(tx, a)
	})
}

// Attachment is the basis document's file.
type Attachment struct {
	Name, Type string
	Body       io.Reader
}

// Attach keeps the basis document's file. Without it nothing can be checked.
func (s *Service) Attach(ctx context.Context, by access.Session, id AdjustmentID, version int64, f Attachment) error {
	if _, err := by.Require(access.PowerPropose); err != nil {
		return err
	}
	if s.blobs == nil {
		return errors.New("powers: no store for files")
	}
	digest, _, err := s.blobs.Put(ctx, f.Body)
	if err != nil {
		return err
	}
	return s.step(ctx, by, id, version, "attach", digest, func(_ *store.Tx, a *Adjustment) (any, error) {
		a.FileDigest, a.FileName, a.FileType = digest, f.Name, f.Type
		return map[string]any{"file": f.Name, "sha256": digest}, nil
	})
}

// CheckAdjustment passes the legal check. Whoever proposed cannot check.
func (s *Service) CheckAdjustment(ctx context.Context, by access.Session, id AdjustmentID, version int64, opinion string) error {
	return s.step(ctx, by, id, version, "check", opinion, func(tx *store.Tx, a *Adjustment) (any, error) {
		if a.ProposerID == by.Account() {
			return nil, fault.New(fault.Forbidden, "提出的人不能自己核。请由另一位法制人员核")
		}
		if a.FileDigest == "" {
			return nil, fault.New(fault.Conflict, "还没有附依据文件，不能核。请提出的人先附上文件")
		}
		if opinion == "" {
			return nil, fieldFault("opinion", "请写核的意见")
		}
		if err := s.adjustable(tx, a.input()); err != nil {
			return nil, err
		}
		a.CheckerID, a.Checker, a.CheckedAt, a.Opinion = by.Account(), by.Name(), store.Micros(tx.Now), opinion
		return map[string]any{"opinion": opinion, "file": a.FileDigest}, nil
	})
}

// ReturnAdjustment sends a proposal back with reasons.
func (s *Service) ReturnAdjustment(ctx context.Context, by access.Session, id AdjustmentID, version int64, reason string) error {
	return s.step(ctx, by, id, version, "return", reason, func(_ *store.Tx, a *Adjustment) (any, error) {
		if reason == "" {
			return nil, fieldFault("reason", "请写退回的理由")
		}
		a.ReturnReason, a.CheckerID, a.Checker, a.CheckedAt, a.Opinion = reason, 0, "", 0, ""
		return map[string]any{"reason": reason}, nil
	})
}

// FilingInput says where and when an adjustment was filed (法制办、编办备案).
type FilingInput struct {
	With   string   `json:"with"`
	Number string   `json:"number"`
	On     law.Date `json:"on"`
}

// FileAdjustment records the filing. What the adjustment touches is listed now; on its day it takes effect
// by itself, at once when the day has come.
func (s *Service) FileAdjustment(ctx context.Context, by access.Session, id AdjustmentID, version int64, in FilingInput) error {
	return s.step(ctx, by, id, version, "file", in, func(tx *store.Tx, a *Adjustment) (any, error) {
		var fs fault.Fields
		if in.With == "" {
			fs.Add("with", "请写向哪个机关备案")
		}
		if in.Number == "" {
			fs.Add("number", "请写备案文号")
		}
		switch {
		case in.On.IsZero():
			fs.Add("on", "请写备案日期")
		case in.On.After(tx.Today()):
			fs.Add("on", "备案日期不能晚于今天")
		case in.On.Before(a.BasisDate):
			fs.Add("on", "备案日期不能早于依据文件的日期%s", a.BasisDate)
		}
		if err := fs.Err(); err != nil {
			return nil, err
		}
		if err := s.adjustable(tx, a.input()); err != nil {
			return nil, err
		}
		a.FiledWith, a.FiledNumber, a.FiledOn = in.With, in.Number, in.On
		return in, nil
	})
}

// filed lists what is touched and arranges the effect.
func (s *Service) filed(tx *store.Tx, by access.Session, a *Adjustment) error {
	found, err := s.affectedByAdjustment(tx, *a)
	if err != nil {
		return err
	}
	if err := storeAffected(tx, SourceAdjustment, int64(a.ID), a.Entry, found); err != nil {
		return err
	}
	if !a.EffectiveOn.After(tx.Today()) {
		return s.takeEffect(tx, by, a)
	}
	return jobs.Add(tx, jobs.Job{Kind: JobEffect, Key: a.ID.String(), Payload: a.ID, Due: a.EffectiveOn.Start()})
}

// WithdrawAdjustment gives a proposal up before it is in force.
func (s *Service) WithdrawAdjustment(ctx context.Context, by access.Session, id AdjustmentID, version int64, reason string) error {
	return s.step(ctx, by, id, version, "withdraw", reason, func(tx *store.Tx, a *Adjustment) (any, error) {
		if reason == "" {
			return nil, fieldFault("reason", "请写撤回的理由")
		}
		a.ReturnReason = reason
		_, err := tx.Exec(`UPDATE power_affected SET gone = 1, version = version + 1 WHERE source = ? AND source_id = ?`, SourceAdjustment, a.ID)
		return map[string]any{"reason": reason}, err
	})
}

// adjustEntryOn appends an entry about a power.
func adjustEntryOn(tx *store.Tx, by access.Session, code, kind string, data any) (int64, error) {
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: LedgerSubject(code), Data: data})
	return int64(entry), err
}
