package inquiry

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/casework"
	"fadu/internal/law"
	"fadu/internal/store"
)

// ProlongInput gives a test more days than its paper named.
type ProlongInput struct {
	Appraisal string   `json:"appraisal" doc:"委托" ask:"select" hint:"只有一项时可以不选"`
	Due       law.Date `json:"due" doc:"延长后的报告期限" ask:"need"`
	Why       string   `json:"why" doc:"延长的理由" ask:"need long 300"`
}

// Prolong gives a test more days by a new paper: what is left out of the terms ends with the day that a paper names (行政强制法第二十五条第三款).
func (s *Service) Prolong(ctx context.Context, by access.Session, id casework.CaseID, version int64, in ProlongInput) error {
	var row *Appraisal
	of := "" // the seizure whose days go on standing still
	if err := s.cases.DB.View(ctx, func(tx *store.Tx) error {
		found, err := pending(tx, id, in.Appraisal)
		if found != nil {
			of = found.SeizureOf
		}
		return err
	}); err != nil {
		return err
	}
	cmd := casework.Command{Act: "prolong_commission", Version: version, Named: in.Due, Of: in.Appraisal, For: of, Note: strings.TrimSpace(in.Why), Input: in}
	cmd.Row = awaited(&row, in.Appraisal)
	cmd.Change = func(tx *store.Tx, c *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		if row == nil {
			return faultIf(true, "appraisal", "没有这项委托，或者已经收到结果、撤回")
		}
		told, err := toldUntil(tx, c, row)
		if err != nil {
			return err
		}
		return faultIf(in.Due.Before(tx.Today()) || !in.Due.After(told), "due", "延长后的期限在今天以后，并且晚于原来的 %s", told.Han())
	}
	cmd.Drafts = func(tx *store.Tx, c *casework.Case) ([]casework.Draft, error) { return in.drafts(tx, c, row) }
	cmd.Write = func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
		row.Entry = int64(done.Entry)
		row.Version++
		return save(tx, row, row.Version-1, "这项委托")
	}
	_, err := s.cases.Do(ctx, by, id, cmd)
	return err
}

// awaited finds the appraisal that is meant and names it as what the act is about; nil where none awaits its result.
func awaited(row **Appraisal, of string) func(*store.Tx, *casework.Case) (string, error) {
	return func(tx *store.Tx, c *casework.Case) (string, error) {
		found, err := pending(tx, c.ID, of)
		if *row = found; found == nil {
			return "", err
		}
		return found.Of(), err
	}
}

// toldUntil is the day that the last paper of a commission names.
func toldUntil(tx *store.Tx, c *casework.Case, row *Appraisal) (until law.Date, err error) {
	acts, err := casework.Acts(tx, c.ID)
	for _, a := range acts {
		if a.Of == row.Of() && (a.Act == "commission" || a.Act == "prolong_commission") && a.Named.After(until) {
			until = a.Named
		}
	}
	return until, err
}

// drafts are the commission once more with its new day and, of what a seizure holds, the notice of it.
func (in ProlongInput) drafts(tx *store.Tx, c *casework.Case, row *Appraisal) ([]casework.Draft, error) {
	papers, err := casework.Papers(tx, c.ID)
	if err != nil {
		return nil, err
	}
	var part casework.AppraisalCommission
	for _, p := range papers {
		if p.ID == row.Paper {
			if part, err = casework.PartOf[casework.AppraisalCommission](p); err != nil {
				return nil, err
			}
			part.Questions += "（" + p.Dated.Han() + "委托，因" + strings.TrimSpace(in.Why) + "，报告期限延长）"
		}
	}
	part.Due = in.Due
	out := []casework.Draft{{Kind: "appraisal_commission", Part: part}}
	if row.SeizureOf == "" {
		return out, nil
	}
	seizure, err := seized(tx, c, row.SeizureOf)
	if err != nil || seizure == nil { // it has ended: there is nobody to tell
		return out, err
	}
	number, err := numberOf(tx, c.ID, seizure.Paper)
	return append(out, casework.Draft{Kind: "appraisal_time_notice", Part: casework.AppraisalTimeNotice{
		Decision: number, MeasureOn: seizure.On, Kind: row.Kind, Body: row.Body, From: row.CommissionedOn, Until: in.Due,
	}}), err
}

// CancelInput takes a commission back.
type CancelInput struct {
	Appraisal string `json:"appraisal" doc:"委托" ask:"select" hint:"只有一项时可以不选"`
	Why       string `json:"why" doc:"撤回的理由" ask:"need long 300"`
}

// Cancel takes a commission back whose result has not come; from then on the terms run again.
func (s *Service) Cancel(ctx context.Context, by access.Session, id casework.CaseID, version int64, in CancelInput) error {
	var row *Appraisal
	cmd := casework.Command{Act: "cancel_commission", Version: version, Of: in.Appraisal, Note: strings.TrimSpace(in.Why), Input: in}
	cmd.Row = awaited(&row, in.Appraisal)
	cmd.Change = func(*store.Tx, *casework.Case) error {
		if err := casework.Lacking(in); err != nil {
			return err
		}
		return faultIf(row == nil, "appraisal", "没有这项委托，或者已经收到结果、撤回")
	}
	cmd.Write = func(tx *store.Tx, _ *casework.Case, done casework.Done) error {
		row.Entry, row.CancelledOn = int64(done.Entry), tx.Today()
		row.Version++
		return save(tx, row, row.Version-1, "这项委托")
	}
	_, err := s.cases.Do(ctx, by, id, cmd)
	return err
}
