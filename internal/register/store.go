package register

import (
	"fmt"

	"fadu/internal/fault"
	"fadu/internal/register/definition"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

func insert(tx *store.Tx, row any) error {
	_, err := tx.DB().NewInsert().Model(row).Exec(tx.Ctx)
	return err
}

func booksOf(tx *store.Tx, states ...BookState) ([]Book, error) {
	var out []Book
	q := tx.DB().NewSelect().Model(&out).ExcludeColumn("content").OrderExpr("code, edition DESC")
	if len(states) > 0 {
		q = q.Where("state IN (?)", bun.List(states))
	}
	return out, q.Scan(tx.Ctx)
}

func bookOf(tx *store.Tx, id BookID) (Book, error) {
	var b Book
	err := tx.DB().NewSelect().Model(&b).Where("id = ?", id).Scan(tx.Ctx)
	return b, store.One(err, nounBook)
}

func editionOf(tx *store.Tx, code string, edition int) (Book, error) {
	var b Book
	err := tx.DB().NewSelect().Model(&b).Where("code = ?", code).Where("edition = ?", edition).Scan(tx.Ctx)
	return b, store.One(err, nounBook)
}

func lastEdition(tx *store.Tx, code string) (n int, err error) {
	err = tx.DB().NewSelect().Model((*Book)(nil)).ColumnExpr("COALESCE(MAX(edition), 0)").Where("code = ?", code).Scan(tx.Ctx, &n)
	return n, err
}

func saveBook(tx *store.Tx, b *Book) error {
	old := b.Version
	b.Version++
	res, err := tx.DB().NewUpdate().Model(b).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounBook)
}

func recordOf(tx *store.Tx, id RecordID) (Record, error) {
	var r Record
	err := tx.DB().NewSelect().Model(&r).Where("id = ?", id).Scan(tx.Ctx)
	if err = store.One(err, nounRecord); err == nil {
		err = hidden(tx, &r)
	}
	return r, err
}

func saveRecord(tx *store.Tx, r *Record) error {
	old := r.Version
	r.Version++
	res, err := tx.DB().NewUpdate().Model(r).WherePK().Where("version = ?", old).Exec(tx.Ctx)
	return store.Updated(res, err, nounRecord)
}

// found is a row by which a record is found.
type found struct {
	bun.BaseModel `bun:"table:register_found,alias:rv"`

	Unit   int64    `bun:"unit_id,pk"`
	Code   string   `bun:"code,pk"`
	Field  string   `bun:"field,pk"`
	Value  string   `bun:"value,pk"`
	SortOn string   `bun:"sort_on,pk"`
	Record RecordID `bun:"record_id,pk"`
}

// The fields of register_found that no definition has: the whole list, the state, and what is due.
const (
	findAll   = ""
	findState = "state"
	findDue   = "due"
)

// findable are the rows by which the record is found.
func findable(d *definition.Definition, r Record, v definition.Values) []found {
	day := r.Happened.String()
	places := []found{{Field: findState, Value: string(r.State), SortOn: day}}
	if r.State != definition.Void {
		places = append(places, found{Field: findAll, SortOn: day})
		for _, x := range d.Index(v) {
			places = append(places, found{Field: x.Field, Value: x.Value, SortOn: day})
		}
	}
	if !r.Due.IsZero() && !d.Ended(r.State) {
		places = append(places, found{Field: findDue, SortOn: r.Due.String()})
	}
	var out []found
	for _, u := range []int64{int64(r.U1), int64(r.U2), int64(r.U3), int64(r.U4), int64(r.U5)} {
		for _, p := range places {
			if u != 0 {
				p.Unit, p.Code, p.Record = u, r.Code, r.ID
				out = append(out, p)
			}
		}
	}
	return out
}

// replaceFound makes the rows anew by which a record is found; fresh says that there are none yet.
func replaceFound(tx *store.Tx, rows []found, id RecordID, fresh bool) error {
	if !fresh {
		if _, err := tx.DB().NewDelete().Model((*found)(nil)).Where("record_id = ?", id).Exec(tx.Ctx); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return insert(tx, &rows)
}

func filesOf(tx *store.Tx, id RecordID) ([]File, error) {
	var out []File
	return out, tx.DB().NewSelect().Model(&out).Where("record_id = ?", id).Order("id").Scan(tx.Ctx)
}

func fileOf(tx *store.Tx, record RecordID, id FileID) (File, error) {
	var f File
	err := tx.DB().NewSelect().Model(&f).Where("id = ?", id).Where("record_id = ?", record).Scan(tx.Ctx)
	return f, store.One(err, nounFile)
}

func saveFile(tx *store.Tx, f *File) error {
	_, err := tx.DB().NewUpdate().Model(f).WherePK().Exec(tx.Ctx)
	return err
}

// stock is how much of a thing a unit has.
type stock struct {
	bun.BaseModel `bun:"table:register_stock,alias:rs"`

	Unit     int64  `bun:"unit_id,pk"`
	Code     string `bun:"code,pk"`
	Item     string `bun:"item,pk"`
	Quantity int64  `bun:"quantity"`
	Entry    int64  `bun:"entry_id"`
}

func stockOf(tx *store.Tx, unit int64, code, item string) (stock, bool, error) {
	var rows []stock
	err := tx.DB().NewSelect().Model(&rows).Where("unit_id = ?", unit).Where("code = ?", code).Where("item = ?", item).Scan(tx.Ctx)
	if err != nil || len(rows) == 0 {
		return stock{Unit: unit, Code: code, Item: item}, false, err
	}
	return rows[0], true, nil
}

// move adds to a stock, which may not go below zero.
func move(tx *store.Tx, unit int64, code, item, measure string, by int64, entry int64) error {
	s, known, err := stockOf(tx, unit, code, item)
	if err != nil || by == 0 {
		return err
	}
	if s.Quantity+by < 0 {
		return fault.New(fault.Conflict, "“%s”库存只有 %d %s，不够减去 %d %s。请先登记入库，或者核对数量", item, s.Quantity, measure, -by, measure)
	}
	s.Quantity, s.Entry = s.Quantity+by, entry
	if !known {
		return insert(tx, &s)
	}
	_, err = tx.DB().NewUpdate().Model(&s).WherePK().Exec(tx.Ctx)
	return err
}

// RecordNames names records for whoever reads the ledger.
func RecordNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(r Record) (int64, string) { return int64(r.ID), r.Title })
}

// BookNames names editions of registers.
func BookNames(tx *store.Tx, ids []int64) (map[int64]string, error) {
	return store.Names(tx, ids, func(b Book) (int64, string) { return int64(b.ID), fmt.Sprintf("%s第 %d 版", b.Name, b.Edition) })
}
