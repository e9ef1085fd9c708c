package casework

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/uptrace/bun"

	"fadu/internal/access"
	"fadu/internal/ledger"
	"fadu/internal/org"
	"fadu/internal/store"
)

// BookletRow is a booklet in a list, with how many of its numbers stand where.
type BookletRow struct {
	Booklet
	UnitName, HolderName string
	Numbers              map[NumberState]int64
}

// BookletFilter chooses booklets. Zero values choose everything.
type BookletFilter struct {
	State  BookletState
	Unit   access.UnitID
	Holder int64
}

func (f BookletFilter) key() string { return fmt.Sprintf("%+v", f) }

// BookletPage is one page of booklets, the newest first.
type BookletPage struct {
	Rows       []BookletRow
	Total      int
	Prev, Next string
}

func (f BookletFilter) query(tx *store.Tx, scope access.Scope) *bun.SelectQuery {
	q := scope.Where(tx.DB().NewSelect().TableExpr("booklet AS bk"), "bk")
	if f.State != "" {
		q = q.Where("bk.state = ?", f.State)
	}
	if f.Unit != 0 {
		q = q.Where("? IN (bk.u1, bk.u2, bk.u3, bk.u4, bk.u5)", f.Unit)
	}
	if f.Holder != 0 {
		q = q.Where("bk.holder = ?", f.Holder)
	}
	return q
}

// Booklets returns a page of the booklets in the scope of case.read.
func (s *Service) Booklets(ctx context.Context, by access.Session, f BookletFilter, after string) (BookletPage, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return BookletPage{}, err
	}
	cur, ok, err := store.DecodeCursor(after, f.key())
	if err != nil {
		return BookletPage{}, err
	}
	var page BookletPage
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if page.Total, err = store.CountUpTo(tx, f.query(tx, scope)); err != nil {
			return err
		}
		var rows []Booklet
		q := store.Keyset(f.query(tx, scope).ColumnExpr("bk.*"), "bk.id", "bk.id", true, true, cur, ok).Limit(store.PageLimit(ctx))
		if err := q.Scan(tx.Ctx, &rows); err != nil {
			return err
		}
		rows, page.Prev, page.Next = store.PageOf(ctx, rows, cur, ok, f.key(), func(b Booklet) store.Cursor { return byID(int64(b.ID)) })
		page.Rows, err = s.bookletRows(tx, rows)
		return err
	})
	return page, err
}

// byID places rows that are ordered by their identifiers.
func byID(id int64) store.Cursor { return store.Cursor{Sort: strconv.FormatInt(id, 10), ID: id} }

// bookletRows adds names and counts, with one query each.
func (s *Service) bookletRows(tx *store.Tx, bs []Booklet) ([]BookletRow, error) {
	if len(bs) == 0 {
		return nil, nil
	}
	units, err := s.unitNames(tx)
	if err != nil {
		return nil, err
	}
	out := make([]BookletRow, len(bs))
	at := map[BookletID]*BookletRow{}
	ids := make([]BookletID, len(bs))
	var holders []int64
	for i, b := range bs {
		out[i] = BookletRow{Booklet: b, UnitName: units[b.UnitID], Numbers: map[NumberState]int64{}}
		at[b.ID], ids[i] = &out[i], b.ID
		holders = append(holders, b.Holder)
	}
	names, err := namesOf(tx, holders)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].HolderName = names[out[i].Holder]
	}
	var counts []struct {
		Booklet BookletID   `bun:"booklet_id"`
		State   NumberState `bun:"state"`
		N       int64       `bun:"n"`
	}
	err = tx.DB().NewSelect().TableExpr("booklet_number AS bn").ColumnExpr("bn.booklet_id").ColumnExpr("bn.state").ColumnExpr("COUNT(*) AS n").
		Where("bn.booklet_id IN (?)", bun.List(ids)).GroupExpr("bn.booklet_id, bn.state").Scan(tx.Ctx, &counts)
	for _, c := range counts {
		at[c.Booklet].Numbers[c.State] = c.N
	}
	return out, err
}

// namesOf returns the names of people; 0 is nobody.
func namesOf(tx *store.Tx, people []int64) (map[int64]string, error) {
	names := map[int64]string{}
	var ids []org.PersonID
	for _, p := range people {
		if _, seen := names[p]; !seen && p != 0 {
			names[p] = ""
			ids = append(ids, org.PersonID(p))
		}
	}
	if len(ids) == 0 {
		return names, nil
	}
	all, err := org.OfficersOn(tx, ids, tx.Today(), "")
	for _, o := range all {
		names[int64(o.Person)] = o.Name
	}
	return names, err
}

// BookletFile is what a booklet's page shows.
type BookletFile struct {
	Booklet BookletRow
	Numbers []BookletNumber
	Photos  map[int64][]BookletPhoto // by the number’s row
	Names   map[int64]string
	History []ledger.Entry
}

// BookletView loads a booklet with all its numbers, in the scope of case.read.
func (s *Service) BookletView(ctx context.Context, by access.Session, id BookletID) (*BookletFile, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, err
	}
	out := &BookletFile{Photos: map[int64][]BookletPhoto{}}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		b, err := bookletIn(tx, scope, id)
		if err != nil {
			return err
		}
		rows, err := s.bookletRows(tx, []Booklet{*b})
		if err != nil {
			return err
		}
		out.Booklet = rows[0]
		if err := tx.DB().NewSelect().Model(&out.Numbers).Where("booklet_id = ?", id).Order("number").Scan(tx.Ctx); err != nil {
			return err
		}
		var photos []BookletPhoto
		if err := tx.DB().NewSelect().Model(&photos).Where("bp.number_id IN (SELECT bn.id FROM booklet_number AS bn WHERE bn.booklet_id = ?)", id).Order("bp.id").Scan(tx.Ctx); err != nil {
			return err
		}
		for _, p := range photos {
			out.Photos[p.Number] = append(out.Photos[p.Number], p)
		}
		var people []int64
		for _, n := range out.Numbers {
			people = append(people, n.Holder)
		}
		if out.Names, err = namesOf(tx, people); err != nil {
			return err
		}
		out.History, err = ledger.History(tx, id.Subject(), 0, 30)
		return err
	})
	return out, err
}

// NumberFile is what a number's page shows.
type NumberFile struct {
	Booklet Booklet
	Number  BookletNumber
	Photos  []BookletPhoto
	Names   map[int64]string
}

// BookletNumberView loads one number of a booklet, in the scope of case.read.
func (s *Service) BookletNumberView(ctx context.Context, by access.Session, id BookletID, number int64) (*NumberFile, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, err
	}
	out := new(NumberFile)
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		b, err := bookletIn(tx, scope, id)
		if err != nil {
			return err
		}
		out.Booklet = *b
		if err := tx.DB().NewSelect().Model(&out.Number).Where("booklet_id = ?", id).Where("number = ?", number).Scan(tx.Ctx); err != nil {
			return store.One(err, "这个号")
		}
		if out.Photos, err = bookletPhotos(tx, out.Number.ID); err != nil {
			return err
		}
		n := out.Number
		out.Names, err = namesOf(tx, []int64{n.Holder, n.EnteredBy, n.ConfirmedBy, n.RuledBy, b.Holder})
		return err
	})
	if err == nil {
		err = s.sawNumber(ctx, by, &out.Booklet, number)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (s *Service) sawNumber(ctx context.Context, by access.Session, b *Booklet, number int64) error {
	return s.saw(ctx, by, "casework.booklet_read", fmt.Sprintf("booklet/%d/%d", b.ID, number), b.UnitID)
}

// OpenBookletPhoto returns a picture of a paper in the scope of case.read; the caller closes the bytes.
func (s *Service) OpenBookletPhoto(ctx context.Context, by access.Session, id BookletID, photoID int64) (*BookletPhoto, io.ReadCloser, error) {
	scope, err := by.Require(access.CaseRead)
	if err != nil {
		return nil, nil, err
	}
	p, n, b := new(BookletPhoto), new(BookletNumber), new(Booklet)
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if b, err = bookletIn(tx, scope, id); err != nil {
			return err
		}
		q := tx.DB().NewSelect().Model(p).Where("bp.id = ?", photoID).Where("bp.number_id IN (SELECT bn.id FROM booklet_number AS bn WHERE bn.booklet_id = ?)", id)
		if err := store.One(q.Scan(tx.Ctx), "这张照片"); err != nil {
			return err
		}
		return tx.DB().NewSelect().Model(n).Where("bn.id = ?", p.Number).Scan(tx.Ctx)
	})
	switch {
	case err != nil:
	case n.Case != 0: // the paper of a case
		err = s.saw(ctx, by, "casework.case_read", n.Case.Subject(), n.UnitID)
	default:
		err = s.sawNumber(ctx, by, b, n.Number)
	}
	if err != nil {
		return nil, nil, err
	}
	r, err := s.Blobs.Open(p.Digest)
	return p, r, err
}
