package register

import (
	"context"
	"strings"

	"fadu/internal/access"
	"fadu/internal/draft"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/register/definition"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// The states of a batch of records.
const (
	importStaged    = "staged"
	importPublished = "published"
	importUndone    = "undone"
)

// Imported is a batch of records that came in a file.
type Imported struct {
	bun.BaseModel `bun:"table:register_import,alias:ri"`

	ID          draft.BatchID `bun:"batch_id,pk"`
	Code        string        `bun:"code"`
	State       string        `bun:"state"`
	Records     int64         `bun:"records"`
	PublishedBy string        `bun:"published_by"`
	PublishedAt int64         `bun:"published_at"`
	UndoneBy    string        `bun:"undone_by"`
	UndoneAt    int64         `bun:"undone_at"`
	Reason      string        `bun:"reason"`
	Settled     store.Flag    `bun:"settled"`
	Version     int64         `bun:"version"`
	Entry       int64         `bun:"entry_id"`
}

// seen is the condition that a record is one that people see: none of a batch that is not published.
const seen = "(rr.batch_id = 0 OR rr.state = 'void' OR EXISTS (SELECT 1 FROM register_import AS ri WHERE ri.batch_id = rr.batch_id AND ri.state = 'published'))"

func importOf(tx *store.Tx, id draft.BatchID) (Imported, error) {
	var m Imported
	err := tx.DB().NewSelect().Model(&m).Where("batch_id = ?", id).Scan(tx.Ctx)
	return m, store.One(err, nounImport)
}

func saveImport(tx *store.Tx, m *Imported) error {
	old := m.Version
	m.Version++
	res, err := tx.DB().NewUpdate().Model(m).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounImport)
}

// staging notes that records of the batch are being written; the first piece makes the row.
func staging(tx *store.Tx, id draft.BatchID, code string, entry int64) error {
	n, err := tx.DB().NewSelect().Model((*Imported)(nil)).Where("batch_id = ?", id).Count(tx.Ctx)
	if err != nil || n > 0 {
		return err
	}
	return insert(tx, &Imported{ID: id, Code: code, State: importStaged, Version: 1, Entry: entry})
}

// hidden shows a record as its batch says: one that is not published yet is not there, one that was undone is void.
func hidden(tx *store.Tx, r *Record) error {
	if r.Batch == 0 || r.State == definition.Void {
		return nil
	}
	m, err := importOf(tx, draft.BatchID(r.Batch))
	switch {
	case err != nil:
		return err
	case m.State == importStaged:
		return fault.Missing(nounRecord)
	case m.State == importUndone:
		r.State, r.Reason = definition.Void, m.Reason
	}
	return nil
}

// ImportSight is a batch with what its page shows; Changed counts the records that were changed since.
type ImportSight struct {
	Import   Imported
	Batch    draft.Batch
	Register string
	Changed  int
}

// Import reads a batch of records in scope.
func (s *Service) Import(ctx context.Context, by access.Session, id draft.BatchID) (out ImportSight, err error) {
	if _, err := by.Require(access.RegisterWrite); err != nil {
		return out, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if out.Import, out.Batch, err = s.importIn(tx, by, id); err != nil {
			return err
		}
		out.Changed, err = store.CountUpTo(tx, tx.DB().NewSelect().Model((*Record)(nil)).Where("batch_id = ?", id).Where("version > 1").Where("state <> ?", definition.Void))
		if err != nil {
			return err
		}
		_, d, err := s.current(tx, by, out.Import.Code)
		if fault.Is(err, fault.NotFound) { // the register is out of use, its records stay
			out.Register = out.Import.Code
			return nil
		}
		if err == nil {
			out.Register = d.Name
		}
		return err
	})
	return out, err
}

func (s *Service) importIn(tx *store.Tx, by access.Session, id draft.BatchID) (Imported, draft.Batch, error) {
	b, _, err := s.drafts.Get(tx, by, id)
	if err != nil {
		return Imported{}, b, err
	}
	m, err := importOf(tx, id)
	if err == nil && m.State == importStaged {
		err = fault.Missing(nounImport)
	}
	return m, b, err
}

// Undo makes all records of a published batch void, at once and with the reason.
func (s *Service) Undo(ctx context.Context, by access.Session, id draft.BatchID, version int64, reason string) error {
	if _, err := by.Require(access.RegisterManage); err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	switch n := len([]rune(reason)); {
	case n == 0:
		return fault.InvalidField("reason", "请写明为什么撤回整批记录")
	case n > maxReason:
		return fault.InvalidField("reason", "理由最多 %d 个字，现在有 %d 个", maxReason, n)
	}
	_, _, err := s.DB.Once(ctx, by.Once(kindImportUndone, []any{id, version, reason}), func(tx *store.Tx) (string, error) {
		m, b, err := s.importIn(tx, by, id)
		switch {
		case err != nil:
			return "", err
		case m.Version != version:
			return "", fault.Stale(nounImport)
		case m.State != importPublished:
			return "", fault.New(fault.Conflict, "这一批记录已经撤回")
		}
		return id.String(), s.undo(tx, by, b, m, reason)
	})
	if err != nil {
		return err
	}
	return s.settle(ctx, id)
}

func (s *Service) undo(tx *store.Tx, by access.Session, b draft.Batch, m Imported, reason string) error {
	d, err := s.lastOf(tx, m.Code)
	if err != nil {
		return err
	}
	kept := s.kept(d)
	before, err := kept.OfAll(tx, "rr.batch_id = ?", int64(m.ID))
	if err != nil {
		return err
	}
	entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kindImportUndone, Subject: m.ID.Subject(), Unit: int64(b.UnitID), Data: map[string]any{"register": d.Name, "records": m.Records, "reason": reason}})
	if err != nil {
		return err
	}
	m.State, m.UndoneBy, m.UndoneAt, m.Reason, m.Entry = importUndone, by.Name(), store.Micros(tx.Now), reason, int64(entry)
	if err := s.stockOfBatch(tx, d, m.ID, m.Entry, true); err != nil {
		return err
	}
	if err := saveImport(tx, &m); err != nil {
		return err
	}
	return kept.Moved(tx, nil, before)
}

// lastOf is the newest edition of a register that was ever in use.
func (s *Service) lastOf(tx *store.Tx, code string) (*definition.Definition, error) {
	var b Book
	err := tx.DB().NewSelect().Model(&b).Where("code = ?", code).Where("state <> ?", Draft).Order("edition DESC").Limit(1).Scan(tx.Ctx)
	if err := store.One(err, nounBook); err != nil {
		return nil, err
	}
	return s.definitionOf(tx, b)
}

// Settle goes on with undone batches whose records are not all void by themselves yet: it was interrupted.
func (s *Service) Settle(ctx context.Context) error {
	var open []draft.BatchID
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		open = nil
		return tx.DB().NewSelect().Model((*Imported)(nil)).Column("batch_id").Where("state = ?", importUndone).Where("settled = 0").Scan(tx.Ctx, &open)
	})
	for _, id := range open {
		if err == nil {
			err = s.settle(ctx, id)
		}
	}
	return err
}

// settlePiece is how many records are made void in one update.
const settlePiece = 200

// settle makes each record of an undone batch void by itself, with its trace, piece by piece. They count no more already.
func (s *Service) settle(ctx context.Context, id draft.BatchID) error {
	for done := false; !done; {
		err := s.DB.Update(ctx, func(tx *store.Tx) error {
			m, err := importOf(tx, id)
			if done = err == nil && (m.State != importUndone || bool(m.Settled)); err != nil || done {
				return err
			}
			var part []Record
			if err := tx.DB().NewSelect().Model(&part).Where("batch_id = ?", id).Where("state <> ?", definition.Void).Order("id").Limit(settlePiece).Scan(tx.Ctx); err != nil {
				return err
			}
			entry, err := ledger.Append(tx, access.System("import").Actor(), ledger.Act{Kind: kindImportVoided, Subject: id.Subject(), Data: map[string]any{"count": len(part), "reason": m.Reason}})
			if err != nil {
				return err
			}
			if m.Settled = len(part) < settlePiece; bool(m.Settled) {
				m.Entry = int64(entry)
				if err := saveImport(tx, &m); err != nil {
					return err
				}
			}
			return voided(tx, part, m.Reason, int64(entry))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func voided(tx *store.Tx, part []Record, reason string, entry int64) error {
	if len(part) == 0 {
		return nil
	}
	var ids []RecordID
	var places []found
	for _, r := range part {
		ids = append(ids, r.ID)
		r.State, r.Due = definition.Void, law.Date{}
		places = append(places, findable(&definition.Definition{}, r, nil)...)
	}
	if _, err := tx.DB().NewUpdate().Model((*Record)(nil)).Set("state = ?", definition.Void).Set("reason = ?", reason).Set("ended_on = ?", tx.Today()).Set("version = version + 1").Set("entry_id = ?", entry).Where("id IN (?)", bun.List(ids)).Exec(tx.Ctx); err != nil {
		return err
	}
	if _, err := tx.DB().NewDelete().Model((*found)(nil)).Where("record_id IN (?)", bun.List(ids)).Exec(tx.Ctx); err != nil {
		return err
	}
	return insert(tx, &places)
}
