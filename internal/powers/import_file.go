package powers

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// maxFile bounds what ImportFile reads; the draft mechanism has the same limit for uploads.
const maxFile = draft.MaxFile

// Imported says what an import did. Where rows are bad nothing is published: the batch waits for somebody
// to mend them on its page, and Faults name each of them.
type Imported struct {
	Batch  draft.BatchID
	Rows   int
	Faults []RowError
}

// ImportFile uploads a file as a batch and publishes it when no row is bad: the same path as the pages,
// in one step for the console. by must hold the permissions of both.
func (s *Service) ImportFile(ctx context.Context, by access.Session, kind ImportKind, name string, r io.Reader) (Imported, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Imported{}, fmt.Errorf("powers: read %s: %w", name, err)
	}
	l := list{kind, s}
	batch, err := s.drafts.Upload(ctx, by, l.Name(), name, content)
	if err != nil {
		return Imported{}, err
	}
	out := Imported{Batch: batch}
	if out.Faults, err = s.faultsOf(ctx, by, batch); err != nil {
		return out, err
	}
	if len(out.Faults) > 0 {
		return out, fault.New(fault.Invalid, "%s有%d处要改，没有发布；请在导入页面改好后发布，或者改好文件重新导入", name, len(out.Faults))
	}
	res, err := s.drafts.Publish(ctx, by, batch)
	out.Rows = res.Rows
	return out, err
}

// faultsOf lists the bad cells of a batch.
func (s *Service) faultsOf(ctx context.Context, by access.Session, id draft.BatchID) ([]RowError, error) {
	var out []RowError
	err := s.db.View(ctx, func(tx *store.Tx) error {
		out = nil
		b, k, err := s.drafts.Get(tx, by, id)
		if err != nil {
			return err
		}
		labels := map[string]string{}
		for _, c := range k.Columns() {
			labels[c.Key] = c.Label
		}
		rows, err := s.drafts.Rows(tx, b, draft.ShowBad, 0, draft.MaxRows)
		for _, r := range rows {
			for _, p := range r.Problems {
				if !p.Warning {
					out = append(out, RowError{r.Line, p.Column, labels[p.Column], p.Message})
				}
			}
		}
		return err
	})
	return out, err
}

// ImportStarter loads the starter data, and in a demo database the fictional regulation as well. What is
// loaded is a library: nothing is adopted or published by it. Doing it again changes nothing.
func (s *Service) ImportStarter(ctx context.Context, by access.Session) error {
	demo := false
	err := s.db.View(ctx, func(tx *store.Tx) (err error) {
		_, demo, _, err = ledger.Birth(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, fictional := range []bool{false, true} {
		if fictional && !demo {
			continue
		}
		for _, kind := range ImportKinds() {
			name, data, err := StarterFile(kind, fictional)
			if err != nil {
				return fmt.Errorf("powers: starter: %w", err)
			}
			if _, err := s.ImportFile(ctx, by, kind, name, bytes.NewReader(data)); err != nil {
				return fmt.Errorf("powers: starter %s: %w", name, err)
			}
		}
	}
	return nil
}
