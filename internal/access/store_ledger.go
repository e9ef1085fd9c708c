package access

import (
	"fmt"

	"fadu/internal/law"
	"fadu/internal/ledger"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// EntryFilter narrows the ledger; zero fields do not. Who is a name or login of today, or 系统.
type EntryFilter struct {
	Kind, Who, Subject string
	From, Until        law.Date
}

func (f EntryFilter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Kind != "" {
		q = q.Where("e.kind = ?", f.Kind)
	}
	if f.Subject != "" {
		q = q.Where("e.subject IN (?, ?)", f.Subject, ReadSubject(f.Subject)) // and who looked at it
	}
	if f.Who == System("").Name() {
		q = q.Where("e.account = 0")
	} else if f.Who != "" {
		q = q.Where("e.account IN (SELECT id FROM account WHERE name = ? OR login = ?)", f.Who, normalLogin(f.Who))
	}
	if !f.From.IsZero() {
		q = q.Where("e.at >= ?", store.Micros(f.From.Start()))
	}
	if !f.Until.IsZero() {
		q = q.Where("e.at < ?", store.Micros(f.Until.AddDays(1).Start()))
	}
	return q
}

// Entries returns a page of the whole ledger, newest first, and the cursors of its neighbours. Needs
// ledger.read.
func (s *Service) Entries(tx *store.Tx, by Session, f EntryFilter, after string) (es []ledger.Entry, prev, next string, err error) {
	if _, err := by.Require(LedgerRead); err != nil {
		return nil, "", "", err
	}
	prev, next, err = page(tx, pageQuery[ledger.Entry]{
		query: f.narrow(tx.DB().NewSelect().Model(&es)), rows: &es, sort: "e.at", id: "e.id", desc: true, numeric: true,
		place: func(e ledger.Entry) store.Cursor {
			return store.Cursor{Sort: fmt.Sprint(e.At), ID: int64(e.ID)}
		},
	}, after, fmt.Sprint("entries", f))
	return es, prev, next, err
}
