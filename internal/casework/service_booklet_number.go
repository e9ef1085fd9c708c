package casework

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/web"
)

// Picture is a photograph of a paper; Digest, Type and Size are filled in from the bytes.
type Picture struct {
	Bytes  []byte `json:"-"`
	Digest string `json:"digest"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

// keepPictures stores the bytes first, durably: a row without its blob never is.
func (s *Service) keepPictures(ctx context.Context, field string, ps []Picture) ([]Picture, error) {
	out := make([]Picture, len(ps))
	for i, p := range ps {
		if p.Type = http.DetectContentType(p.Bytes); p.Type != "image/jpeg" && p.Type != "image/png" {
			return nil, fault.InvalidField(field, "照片只收 JPEG 或 PNG 格式")
		}
		if why := web.PictureFault(bytes.NewReader(p.Bytes)); why != "" {
			return nil, fault.InvalidField(field, "照片%s，请换一张", why)
		}
		var err error
		if p.Digest, p.Size, err = s.Blobs.Put(ctx, bytes.NewReader(p.Bytes)); err != nil {
			return nil, err
		}
		p.Bytes = nil
		out[i] = p
	}
	return out, nil
}

func insertPictures(tx *store.Tx, n *BookletNumber, kind string, ps []Picture, entry ledger.EntryID) error {
	for _, p := range ps {
		if err := insert(tx, &BookletPhoto{ID: store.NewID(), Number: n.ID, Entry: int64(entry), Kind: kind, Digest: p.Digest, Type: p.Type, Size: p.Size, At: store.Micros(tx.Now)}); err != nil {
			return err
		}
	}
	return nil
}

// numberIn returns a number of a booklet for who manages booklets in the scope, or holds this one.
func numberIn(tx *store.Tx, by access.Session, id BookletID, number int64) (*Booklet, *BookletNumber, error) {
	b := new(Booklet)
	if err := tx.DB().NewSelect().Model(b).Where("id = ?", id).Scan(tx.Ctx); err != nil {
		return nil, nil, store.One(err, "这一本文书")
	}
	if !mayUse(by, b) {
		return nil, nil, fault.Missing("这一本文书")
	}
	n := new(BookletNumber)
	err := tx.DB().NewSelect().Model(n).Where("booklet_id = ?", id).Where("number = ?", number).Scan(tx.Ctx)
	if fault.Is(store.One(err, "号"), fault.NotFound) {
		return nil, nil, fault.New(fault.NotFound, "这一本里没有 %d 号，它的号码是 %d—%d", number, b.First, b.Last)
	}
	return b, n, err
}

// mayUse reports whether the session manages the booklet, or handles cases in the unit that has it.
func mayUse(by access.Session, b *Booklet) bool {
	return by.Can(access.SeriesManage) && by.ScopeFor(access.SeriesManage).CoversLevels(b.Levels) ||
		by.Can(access.CaseHandle) && by.ScopeFor(access.CaseHandle).CoversLevels(b.Levels)
}

func saveNumber(tx *store.Tx, n *BookletNumber, entry ledger.EntryID) error {
	n.Entry = int64(entry)
	n.Version++
	res, err := tx.DB().NewUpdate().Model(n).WherePK().Where("version = ?", n.Version-1).Exec(tx.Ctx)
	return store.Updated(res, err, "这个号")
}

// onNumber changes one number as an idempotent request, with its entry.
func (s *Service) onNumber(ctx context.Context, by access.Session, id BookletID, number int64, kind string, body any, f func(*store.Tx, *Booklet, *BookletNumber) error, after func(*store.Tx, *BookletNumber, ledger.EntryID) error) error {
	_, _, err := s.DB.Once(ctx, by.Once(fmt.Sprintf("%s/%s/%d", kind, id, number), body), func(tx *store.Tx) (string, error) {
		b, n, err := numberIn(tx, by, id, number)
		if err != nil {
			return "", err
		}
		if err := f(tx, b, n); err != nil {
			return "", err
		}
		data := map[string]any{"number": n.DocNo, "state": n.State, "why": n.Reason}
		if n.UsedAt != 0 {
			data["used_at"] = store.FromMicros(n.UsedAt).Format(time.RFC3339)
		}
		entry, err := ledger.Append(tx, by.Actor(), ledger.Act{Kind: kind, Subject: id.Subject(), Unit: int64(b.UnitID), Data: data})
		if err != nil {
			return "", err
		}
		if after != nil {
			if err := after(tx, n, entry); err != nil {
				return "", err
			}
		}
		return n.URL(), saveNumber(tx, n, entry)
	})
	return err
}

// still refuses what is not possible from a number's state.
func (n *BookletNumber) still(states ...NumberState) error {
	for _, st := range states {
		if n.State == st {
			return nil
		}
	}
	e := fault.New(fault.Conflict, "%s 现在是“%s”", n.DocNo, n.State.Label())
	switch {
	case n.State == NumberEntered:
		e.Message += "，同一份文书不能再录一次"
		e.Location = (&Case{ID: n.Case}).URL()
	case n.State == NumberVoided || n.State == NumberLost:
		e.Message += "（" + n.Reason + "），不能使用。确实用了的，请内勤先恢复这个号，再照实补录"
	}
	return e
}

// ReportInput tells that a number was written by hand and is to be entered: by telephone, or at the end
// of the shift.
type ReportInput struct {
	UsedAt time.Time `json:"used_at"`
	Note   string    `json:"note"`
}

// ReportNumber records that a number was used by hand and waits to be entered.
func (s *Service) ReportNumber(ctx context.Context, by access.Session, id BookletID, number int64, in ReportInput) error {
	return s.onNumber(ctx, by, id, number, "casework.booklet_number_reported", in, func(tx *store.Tx, b *Booklet, n *BookletNumber) error {
		if err := n.still(NumberBlank); err != nil {
			return err
		}
		if b.State != BookletIssued {
			return fault.New(fault.Conflict, "这一本现在是“%s”，没有领用人", b.State.Label())
		}
		at, err := moment(tx, nil, in.UsedAt, "used_at")
		if err != nil {
			return err
		}
		if at < b.IssuedAt {
			return fault.InvalidField("used_at", "使用时间不能早于这一本的领用时间 %s", store.FromMicros(b.IssuedAt).Format("2006-01-02 15:04"))
		}
		n.State, n.UsedAt, n.ReportedAt, n.Holder, n.Reason = NumberUsed, at, store.Micros(tx.Now), b.Holder, strings.TrimSpace(in.Note)
		return nil
	}, nil)
}

// VoidBookletNumber records a spoilt form: a photograph shows all its copies.
func (s *Service) VoidBookletNumber(ctx context.Context, by access.Session, id BookletID, number int64, why string, pictures []Picture) error {
	why = strings.TrimSpace(why)
	kept, err := s.keepPictures(ctx, "photos", pictures)
	if err != nil {
		return err
	}
	return s.onNumber(ctx, by, id, number, "casework.booklet_number_voided", []any{why, kept}, func(_ *store.Tx, b *Booklet, n *BookletNumber) error {
		var fs fault.Fields
		if why == "" {
			fs.Add("why", "请写明作废的原因")
		}
		if len(kept) == 0 {
			fs.Add("photos", "请拍下作废文书的全部各联")
		}
		if err := fs.Err(); err != nil {
			return err
		}
		if err := n.still(NumberBlank, NumberUsed); err != nil {
			return err
		}
		n.State, n.Reason, n.Holder = NumberVoided, why, b.Holder
		return nil
	}, func(tx *store.Tx, n *BookletNumber, entry ledger.EntryID) error {
		return insertPictures(tx, n, "void", kept, entry)
	})
}

// LoseNumber records that a form is gone, with how.
func (s *Service) LoseNumber(ctx context.Context, by access.Session, id BookletID, number int64, why string) error {
	why = strings.TrimSpace(why)
	return s.onNumber(ctx, by, id, number, "casework.booklet_number_lost", why, func(_ *store.Tx, b *Booklet, n *BookletNumber) error {
		if why == "" {
			return fault.InvalidField("why", "请写明怎样遗失的、是否已经使用")
		}
		if err := n.still(NumberBlank, NumberUsed); err != nil {
			return err
		}
		n.State, n.Reason, n.Holder = NumberLost, why, b.Holder
		return nil
	}, nil)
}

// RestoreNumber makes a number blank again that was reported used, void or lost by mistake, or was found.
// Only who manages booklets may, with the reason; what was recorded stays in the ledger.
func (s *Service) RestoreNumber(ctx context.Context, by access.Session, id BookletID, number int64, why string) error {
	why = strings.TrimSpace(why)
	if _, err := by.Require(access.SeriesManage); err != nil {
		return err
	}
	return s.onNumber(ctx, by, id, number, "casework.booklet_number_restored", why, func(_ *store.Tx, b *Booklet, n *BookletNumber) error {
		if why == "" {
			return fault.InvalidField("why", "请写明恢复的原因")
		}
		if !by.ScopeFor(access.SeriesManage).CoversLevels(b.Levels) {
			return fault.Missing("这一本文书")
		}
		if b.State == BookletClosed {
			return fault.New(fault.Conflict, "这一本已经核销")
		}
		if err := n.still(NumberUsed, NumberVoided, NumberLost); err != nil {
			return err
		}
		n.State, n.Reason, n.UsedAt, n.ReportedAt, n.Holder = NumberBlank, why, 0, 0, 0
		return nil
	}, nil)
}
