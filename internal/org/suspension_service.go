package org

import (
	"context"
	"slices"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

type entryID = ledger.EntryID

func joined(items []string) string { return strings.Join(items, "、") }

// SuspensionInput says from when until when (both days included; no until is open), why, and by which
// document a certificate is suspended.
type SuspensionInput struct {
	From     law.Date `json:"from"`
	Until    law.Date `json:"until"`
	Reason   string   `json:"reason"`
	Document string   `json:"document"`
}

// Suspend enters a suspension (暂扣).
func (s *Service) Suspend(ctx context.Context, by access.Session, id CertificateID, version int64, in SuspensionInput) error {
	return s.changeCertificate(ctx, by, kindSuspended, id, version, []any{in}, func(_ *store.Tx, card *Card, _ Person) (map[string]any, error) {
		var fs fault.Fields
		in.Reason = text(&fs, "reason", "暂扣原因", in.Reason, 200, true)
		in.Document = text(&fs, "document", "文书", in.Document, 100, false)
		switch {
		case in.From.IsZero():
			fs.Add("from", "请填写暂扣的第一天")
		case !in.Until.IsZero() && in.Until.Before(in.From):
			fs.Add("until", "最后一天早于第一天")
		}
		for _, x := range card.Suspensions {
			if !bool(x.Annulled) && overlap(in.From, in.Until, x.From, x.Until) {
				fs.Add("from", "与%s起的暂扣重叠", x.From.Han())
			}
		}
		if err := fs.Err(); err != nil {
			return nil, err
		}
		if !card.RevokedOn.IsZero() {
			return nil, errRevoked(card.Certificate)
		}
		return map[string]any{"from": in.From, "until": in.Until, "reason": in.Reason, "document": in.Document}, nil
	}, func(tx *store.Tx, c Certificate) error {
		return insert(tx, &Suspension{ID: SuspensionID(store.NewID()), Certificate: id, From: in.From, Until: in.Until, Reason: in.Reason, Document: in.Document, Version: 1, Entry: c.Entry}, "")
	})
}

// Resume gives a suspended certificate back: on is the first day on which it is valid again.
func (s *Service) Resume(ctx context.Context, by access.Session, id CertificateID, version int64, suspension SuspensionID, on law.Date) error {
	var x Suspension
	return s.changeCertificate(ctx, by, kindResumed, id, version, []any{suspension, on}, func(tx *store.Tx, card *Card, _ Person) (map[string]any, error) {
		var err error
		if x, err = suspensionOf(card, suspension); err != nil {
			return nil, err
		}
		var fs fault.Fields
		checkDay(&fs, "on", "发还日期", on, tx.Today())
		switch {
		case on.IsZero():
		case !on.After(x.From):
			fs.Add("on", "发还日期应晚于暂扣的第一天%s；不该暂扣的，请用“撤销暂扣”", x.From.Han())
		case !x.Until.IsZero() && on.After(x.Until):
			fs.Add("on", "这次暂扣到%s已经结束", x.Until.Han())
		}
		if err := fs.Err(); err != nil {
			return nil, err
		}
		d := map[string]any{"from": x.From, "until_was": x.Until, "on": on}
		x.Until = on.AddDays(-1)
		return d, nil
	}, func(tx *store.Tx, c Certificate) error { return saveSuspension(tx, x, c.Entry) })
}

// AnnulSuspension marks a suspension that was entered in error; it then never was.
func (s *Service) AnnulSuspension(ctx context.Context, by access.Session, id CertificateID, version int64, suspension SuspensionID, reason string) error {
	var x Suspension
	return s.changeCertificate(ctx, by, kindSuspensionAnnulled, id, version, []any{suspension, reason}, func(_ *store.Tx, card *Card, _ Person) (map[string]any, error) {
		var err error
		if x, err = suspensionOf(card, suspension); err != nil {
			return nil, err
		}
		var fs fault.Fields
		reason = text(&fs, "reason", "撤销的理由", reason, 200, true)
		if err := fs.Err(); err != nil {
			return nil, err
		}
		x.Annulled = true
		return map[string]any{"from": x.From, "until": x.Until, "reason_was": x.Reason, "reason": reason}, nil
	}, func(tx *store.Tx, c Certificate) error { return saveSuspension(tx, x, c.Entry) })
}

func suspensionOf(card *Card, id SuspensionID) (Suspension, error) {
	i := slices.IndexFunc(card.Suspensions, func(x Suspension) bool { return x.ID == id && !bool(x.Annulled) })
	if i < 0 {
		return Suspension{}, fault.Missing("这次暂扣")
	}
	return card.Suspensions[i], nil
}

func saveSuspension(tx *store.Tx, x Suspension, entry entryID) error {
	x.Version++
	x.Entry = entry
	return update(tx, &x, "", "", x.Version, "这次暂扣")
}

// RecordCheck enters the result of an annual check; entering a year again corrects it.
func (s *Service) RecordCheck(ctx context.Context, by access.Session, id CertificateID, version int64, in AnnualCheck) error {
	var old AnnualCheck
	return s.changeCertificate(ctx, by, kindChecked, id, version, []any{in.Year, in.Result, in.CheckedOn, in.Note}, func(tx *store.Tx, card *Card, _ Person) (map[string]any, error) {
		old = AnnualCheck{}
		var fs fault.Fields
		today := tx.Today()
		in.Note = text(&fs, "note", "备注", in.Note, 200, false)
		checkDay(&fs, "checked_on", "审验日期", in.CheckedOn, today)
		if labelOf(CheckResults, string(in.Result)) == string(in.Result) {
			fs.Add("result", "请选择审验结果")
		}
		if first := card.Validities[0].From.Year(); in.Year < first || in.Year > today.Year() {
			fs.Add("year", "年度应在 %d 到 %d 之间", first, today.Year())
		}
		if in.CheckedOn.Year() < in.Year && !in.CheckedOn.IsZero() {
			fs.Add("checked_on", "审验日期早于 %d 年", in.Year)
		}
		if err := fs.Err(); err != nil {
			return nil, err
		}
		for _, k := range card.Checks {
			if k.Year == in.Year {
				old = k
			}
		}
		d := map[string]any{"year": in.Year, "result": in.Result.Label(), "checked_on": in.CheckedOn, "note": in.Note}
		if old.ID != 0 {
			d["before"] = map[string]string{"result": old.Result.Label(), "checked_on": old.CheckedOn.String(), "note": old.Note}
		}
		return d, nil
	}, func(tx *store.Tx, c Certificate) error {
		k := AnnualCheck{ID: store.NewID(), Certificate: id, Year: in.Year, Result: in.Result, CheckedOn: in.CheckedOn, Note: in.Note, Version: 1, Entry: c.Entry}
		if old.ID == 0 {
			return insert(tx, &k, "")
		}
		k.ID, k.Version = old.ID, old.Version+1
		return update(tx, &k, "", "", k.Version, "这次审验")
	})
}
