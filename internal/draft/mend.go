package draft

import (
	"context"
	"fmt"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// Row returns a stored row with its batch, for the form that mends it.
func (s *Service) Row(tx *store.Tx, by access.Session, id RowID) (Stored, Batch, Kind, error) {
	r, err := rowByID(tx, id)
	if err != nil {
		return Stored{}, Batch{}, nil, err
	}
	b, k, err := s.Get(tx, by, r.Batch)
	return r.stored(), b, k, err
}

// Mend replaces a row's values by what a person typed, and checks the batch again. The answer is the
// row as it stands now, perhaps still with problems.
func (s *Service) Mend(ctx context.Context, by access.Session, id RowID, version int64, values map[string]string) (Stored, error) {
	return s.edit(ctx, by, id, version, kindMended, values, func(k Kind, r *record) map[string]any {
		before, after := map[string]string{}, map[string]string{}
		for _, c := range k.Columns() {
			old, fresh := r.Values[c.Key], clean(values[c.Key])
			if old != fresh {
				before[c.Key], after[c.Key] = shown(c, old), shown(c, fresh)
			}
		}
		r.Values = map[string]string{}
		for _, c := range k.Columns() {
			if v := clean(values[c.Key]); v != "" {
				r.Values[c.Key] = v
			}
		}
		r.Unread, r.Mended = []Problem{}, true
		return map[string]any{"line": r.Line, "before": before, "after": after}
	})
}

// shown is a value as the ledger and lists may carry it.
func shown(c Column, v string) string {
	if c.Secret {
		return Mask(v)
	}
	return v
}

// Mask hides all but the ends of a value: 450202********0011.
func Mask(v string) string {
	rs := []rune(v)
	switch {
	case len(rs) == 0:
		return ""
	case len(rs) <= 4:
		return "****"
	case len(rs) <= 11:
		return string(rs[:1]) + "****" + string(rs[len(rs)-2:])
	}
	return string(rs[:4]) + "********" + string(rs[len(rs)-2:])
}

// RemoveRow takes a row out of the batch; it stays visible among the removed ones and can be restored.
func (s *Service) RemoveRow(ctx context.Context, by access.Session, id RowID, version int64) error {
	_, err := s.edit(ctx, by, id, version, kindRowRemoved, nil, func(_ Kind, r *record) map[string]any {
		r.Removed = true
		return map[string]any{"line": r.Line}
	})
	return err
}

// RestoreRow brings a removed row back.
func (s *Service) RestoreRow(ctx context.Context, by access.Session, id RowID, version int64) error {
	_, err := s.edit(ctx, by, id, version, kindRowRestored, nil, func(_ Kind, r *record) map[string]any {
		r.Removed = false
		return map[string]any{"line": r.Line}
	})
	return err
}

// edit changes one row of an open batch, with its entry, and checks the batch again. values are what was typed.
func (s *Service) edit(ctx context.Context, by access.Session, id RowID, version int64, kind string, values map[string]string, change func(Kind, *record) map[string]any) (Stored, error) {
	var batch BatchID
	var long Long
	once := by.Once(kind, map[string]any{"row": id, "version": version, "values": values})
	_, _, err := s.db.Once(ctx, once, func(tx *store.Tx) (string, error) {
		r, err := rowByID(tx, id)
		if err != nil {
			return "", err
		}
		b, k, err := s.Get(tx, by, r.Batch)
		if err != nil {
			return "", err
		}
		batch = b.ID
		long, _ = k.(Long)
		if b.State != Open {
			return "", errState(b)
		}
		if r.Version != version {
			return "", fault.Stale(fmt.Sprintf("第 %d 行", r.Line))
		}
		data := change(k, &r)
		if r.Entry, err = appendEntry(tx, by, b, kind, data); err != nil {
			return "", err
		}
		b.Entry = r.Entry
		if err := saveRow(tx, &r); err != nil {
			return "", err
		}
		return b.ID.String(), saveBatch(tx, &b)
	})
	if err != nil {
		return Stored{}, err
	}
	if batch == 0 { // the request was repeated
		if err := s.db.View(ctx, func(tx *store.Tx) error { r, err := rowByID(tx, id); batch = r.Batch; return err }); err != nil {
			return Stored{}, err
		}
	}
	again := func() error { return s.Recheck(ctx, by, batch) }
	if long != nil {
		again = func() error { return s.recheckRow(ctx, by, long, id) }
	}
	if err := again(); err != nil {
		return Stored{}, err
	}
	var out Stored
	err = s.db.View(ctx, func(tx *store.Tx) error {
		r, err := rowByID(tx, id)
		out = r.stored()
		return err
	})
	return out, err
}

// errState says why a batch cannot be changed.
func errState(b Batch) error {
	switch b.State {
	case Published:
		return fault.New(fault.Conflict, "这个批次已在 %s 由%s发布，不能再改。要改请到相应的页面", b.PublishedTime().Format("2006-01-02 15:04"), b.Publisher)
	case Discarded:
		return fault.New(fault.Conflict, "这个批次已作废：%s", b.Reason)
	case Publishing:
		return fault.New(fault.Conflict, "这个批次正在发布。如果发布中断了，请在批次页点“继续发布”或“退回修改”")
	case Loading:
		return fault.New(fault.Conflict, "这个文件没有读完，请重新上传")
	}
	return nil
}

// Recheck checks all rows of an open batch against each other and the database as it is now.
func (s *Service) Recheck(ctx context.Context, by access.Session, id BatchID) error {
	for range 3 {
		done, err := s.recheck(ctx, by, id)
		if err != nil || done {
			return err
		}
	}
	return nil // somebody keeps changing the batch and checks it again; publishing checks in any case
}

func (s *Service) recheck(ctx context.Context, by access.Session, id BatchID) (done bool, err error) {
	var b Batch
	var k Kind
	var changed []record
	err = s.db.View(ctx, func(tx *store.Tx) error {
		if b, k, err = s.Get(tx, by, id); err != nil {
			return err
		}
		if b.State != Open {
			return errState(b)
		}
		if _, long := k.(Long); long {
			return nil
		}
		records, err := liveRows(tx, id)
		if err == nil {
			changed, err = compared(tx, by, k, records, nil)
		}
		return err
	})
	if err != nil {
		return false, err
	}
	if l, long := k.(Long); long {
		return s.recheckLong(ctx, by, l, b)
	}
	if err := s.saveAll(ctx, id, changed); err != nil {
		return false, err
	}
	return s.recounted(ctx, b)
}
