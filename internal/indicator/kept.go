package indicator

import (
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fadu/internal/planted"
	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// unitDimension and monthDimension are kept of every kept figure.
const (
	unitDimension  = "unit"
	monthDimension = "month"
)

// Kept keeps sums of the figures whose records are rows of one table: by unit, month and up to two more
// dimensions (Definition.Keep). They are a cache of the same definitions: what a record counts for is
// asked of the definition before and after its change, and the difference is inserted in the same
// transaction. Recount compares them with the records.
type Kept struct {
	defs []Definition
	// texts are the queries of Of by engine; building them costs more than asking.
	texts *sync.Map
}

// Keep picks the definitions that are kept and whose records are in the table with the alias.
func Keep(alias string, defs []Definition) Kept {
	k := Kept{texts: &sync.Map{}}
	for _, d := range defs {
		if d.Keep != nil && d.Columns.Alias == alias {
			k.defs = append(k.defs, d)
		}
	}
	return k
}

// cell is one sum: of an indicator, for a unit, a month and the values of two more dimensions.
type cell struct {
	Indicator string `bun:"indicator"`
	Unit      int64  `bun:"unit_id"`
	U1        int64  `bun:"u1"`
	U2        int64  `bun:"u2"`
	U3        int64  `bun:"u3"`
	U4        int64  `bun:"u4"`
	U5        int64  `bun:"u5"`
	Month     string `bun:"month"`
	K1        string `bun:"k1"`
	K2        string `bun:"k2"`
}

// amount is a sum and the number of records in it: a group whose sum is 0 still has records.
type amount struct {
	N       int64 `bun:"n"`
	Records int64 `bun:"records"`
}

func (a amount) plus(b amount) amount  { return amount{a.N + b.N, a.Records + b.Records} }
func (a amount) minus(b amount) amount { return amount{a.N - b.N, a.Records - b.Records} }

// Counts is what one record counts for: an amount for each cell it is in.
type Counts map[cell]amount

// anyID stands in a text for the identifier of the record.
const anyID = 912000000000000000

// text is the query that says what the record counts for: nothing but the identifier differs from call to
// call, since a kept definition depends on nothing but the record.
func (k Kept) text(tx *store.Tx, id int64) string {
	known, ok := k.texts.Load(tx.Engine())
	if !ok {
		var q *bun.SelectQuery
		for _, d := range k.defs {
			one := d.cells(tx).Where("? = ?", bun.Safe(d.Columns.ID), int64(anyID))
			if q == nil {
				q = one
			} else {
				q = q.UnionAll(one)
			}
		}
		known, _ = k.texts.LoadOrStore(tx.Engine(), q.String())
	}
	return strings.ReplaceAll(known.(string), strconv.Itoa(anyID), strconv.FormatInt(id, 10))
}

// Of returns what the record counts for now.
func (k Kept) Of(tx *store.Tx, id int64) (Counts, error) {
	if len(k.defs) == 0 {
		return nil, nil
	}
	return k.ask(tx, id, k.text(tx, id))
}

// OfAll returns what the records that meet a condition count for now, all together: of a batch that becomes visible, or that is
// taken back.
func (k Kept) OfAll(tx *store.Tx, where string, args ...any) (Counts, error) {
	out := Counts{}
	for _, d := range k.defs {
		text := tx.DB().NewSelect().TableExpr("(?) AS f", d.cells(tx).Where(where, args...)).ColumnExpr("indicator, unit_id, u1, u2, u3, u4, u5, month, k1, k2, CAST(SUM(n) AS BIGINT), COUNT(*)").GroupExpr("indicator, unit_id, u1, u2, u3, u4, u5, month, k1, k2").String()
		part, err := k.ask(tx, 0, text)
		if err != nil {
			return nil, err
		}
		maps.Copy(out, part)
	}
	return out, nil
}

// Moved notes the difference between what records counted for before and after a change of all of them.
func (k Kept) Moved(tx *store.Tx, after, before Counts) error { return k.note(tx, after, before) }

func (k Kept) ask(tx *store.Tx, id int64, text string) (Counts, error) {
	rows, err := tx.DB().QueryContext(tx.Ctx, text)
	if err != nil {
		return nil, fmt.Errorf("indicator: what %d counts for: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	out := Counts{}
	for rows.Next() {
		var c cell
		var a amount
		if err := rows.Scan(&c.Indicator, &c.Unit, &c.U1, &c.U2, &c.U3, &c.U4, &c.U5, &c.Month, &c.K1, &c.K2, &a.N, &a.Records); err != nil {
			return nil, fmt.Errorf("indicator: what %d counts for: %w", id, err)
		}
		out[c] = out[c].plus(a)
	}
	return out, rows.Err()
}

type delta struct {
	bun.BaseModel `bun:"table:figure_delta,alias:f"`

	ID int64 `bun:"id,pk"`
	cell
	amount
}

// Added notes what a record counts for that was just inserted into the table from the model. On PostgreSQL
// the definitions are asked about the model's values under the table's name: to read the record by its
// identifier would lock the page of the index on which all new records are, and serialisable transactions
// that add records would have to retry.
func (k Kept) Added(tx *store.Tx, table string, id int64, model any) error {
	if tx.Engine() != store.PostgreSQL || len(k.defs) == 0 {
		return k.Changed(tx, id, nil)
	}
	object, err := asJSON(tx, model)
	if err != nil {
		return fmt.Errorf("indicator: %s %d: %w", table, id, err)
	}
	named := tx.DB().NewRaw("WITH ? AS (SELECT * FROM json_populate_record(NULL::?, ?::json)) ?", bun.Ident(table), bun.Ident(table), object, bun.Safe(k.text(tx, id)))
	now, err := k.ask(tx, id, named.String())
	if err != nil {
		return err
	}
	return k.note(tx, now, nil)
}

// asJSON returns the columns of a model as they are stored.
func asJSON(tx *store.Tx, model any) (string, error) {
	v := reflect.Indirect(reflect.ValueOf(model))
	columns := map[string]any{}
	for _, f := range tx.DB().Dialect().Tables().Get(v.Type()).Fields {
		value := f.Value(v).Interface()
		if stored, ok := value.(driver.Valuer); ok {
			var err error
			if value, err = stored.Value(); err != nil {
				return "", err
			}
		}
		columns[f.Name] = value
	}
	b, err := json.Marshal(columns)
	return string(b), err
}

// Changed asks again what the record counts for and notes the difference to before; nil is a new record.
func (k Kept) Changed(tx *store.Tx, id int64, before Counts) error {
	after, err := k.Of(tx, id)
	if err != nil {
		return err
	}
	return k.note(tx, after, before)
}

func (k Kept) note(tx *store.Tx, after, before Counts) error {
	if planted.Is(planted.FigureKept) {
		return nil
	}
	var deltas []delta
	add := func(c cell, a amount) {
		if a != (amount{}) {
			deltas = append(deltas, delta{ID: store.NewID(), cell: c, amount: a})
		}
	}
	for c, a := range after {
		add(c, a.minus(before[c]))
	}
	for c, a := range before {
		if _, still := after[c]; !still {
			add(c, amount{}.minus(a))
		}
	}
	if len(deltas) == 0 {
		return nil
	}
	for part := range slices.Chunk(deltas, foldAtOnce) {
		if _, err := tx.DB().NewInsert().Model(&part).Exec(tx.Ctx); err != nil {
			return err
		}
	}
	return nil
}

// cells selects the counted rows with their place in the cube.
func (d Definition) cells(tx *store.Tx) *bun.SelectQuery {
	q := d.Rows(tx).Where("? <> ''", bun.Safe(d.Columns.Date)).ColumnExpr("? AS indicator", d.ID)
	for _, c := range []string{"unit_id", "u1", "u2", "u3", "u4", "u5"} {
		q = q.ColumnExpr("?.?", bun.Ident(d.Columns.Alias), bun.Ident(c))
	}
	q = q.ColumnExpr("? AS month", bun.Safe(Month(d.Columns.Date)))
	for i, name := range []string{"k1", "k2"} {
		expr := "''"
		if i < len(d.Keep) {
			dim, _ := d.dimension(d.Keep[i])
			expr = "CAST((" + dim.Expr + ") AS TEXT)"
		}
		q = q.ColumnExpr("? AS ?", bun.Safe(expr), bun.Ident(name))
	}
	n := "1"
	if d.Sum != "" {
		n = d.Sum
	}
	return q.ColumnExpr("? AS n", bun.Safe(n)).ColumnExpr("1 AS records")
}

// checkKeep says what about Keep cannot be.
func (d Definition) checkKeep() error {
	if d.Keep == nil {
		return nil
	}
	if d.Rows == nil || d.Distinct != "" || d.Met != "" || len(d.Keep) > 2 {
		return errors.New("only a count or a sum by at most two further dimensions can be kept")
	}
	for _, id := range append([]string{unitDimension, monthDimension}, d.Keep...) {
		if _, err := d.dimension(id); err != nil {
			return fmt.Errorf("kept by %s, which is no dimension", id)
		}
	}
	return nil
}

// fingerprint changes with the definition, so that sums of another definition are not used.
func (d Definition) fingerprint(tx *store.Tx) string {
	sum := sha256.Sum256([]byte(d.cells(tx).String()))
	return hex.EncodeToString(sum[:8])
}

// Rebuild counts the kept figures anew where their definition is new or other than at the last count, or
// all of them. It runs before the program serves: on ten years of records it takes seconds.
func Rebuild(tx *store.Tx, defs []Definition, all bool) error {
	for _, d := range defs {
		if d.Keep == nil {
			continue
		}
		var known string
		err := tx.DB().QueryRowContext(tx.Ctx, `SELECT definition FROM figure_kept WHERE indicator = ?`, d.ID).Scan(&known)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		now := d.fingerprint(tx)
		if known == now && !all {
			continue
		}
		for _, stmt := range []string{`DELETE FROM figure_delta WHERE indicator = ?`, `DELETE FROM figure_cell WHERE indicator = ?`, `DELETE FROM figure_kept WHERE indicator = ?`} {
			if _, err := tx.Exec(stmt, d.ID); err != nil {
				return err
			}
		}
		_, err = tx.Exec(`INSERT INTO figure_cell (indicator, unit_id, u1, u2, u3, u4, u5, month, k1, k2, n, records)
			SELECT indicator, unit_id, u1, u2, u3, u4, u5, month, k1, k2, CAST(SUM(n) AS BIGINT), COUNT(*) FROM (?) AS f GROUP BY indicator, unit_id, u1, u2, u3, u4, u5, month, k1, k2`, d.cells(tx))
		if err == nil {
			_, err = tx.Exec(`INSERT INTO figure_kept (indicator, definition) VALUES (?, ?)`, d.ID, now)
		}
		if err != nil {
			return fmt.Errorf("indicator: count %s anew: %w", d.ID, err)
		}
	}
	return nil
}

// foldAtOnce bounds what one transaction folds.
const foldAtOnce = 2000

// Fold adds the oldest deltas to the cells and reports whether there are more.
func Fold(tx *store.Tx) (more bool, err error) {
	var ds []delta
	if err := tx.DB().NewSelect().Model(&ds).Order("id").Limit(foldAtOnce).Scan(tx.Ctx); err != nil || len(ds) == 0 {
		return false, err
	}
	sums := Counts{}
	ids := make([]int64, len(ds))
	for i, d := range ds {
		sums[d.cell] = sums[d.cell].plus(d.amount)
		ids[i] = d.ID
	}
	rows := make([]keptCell, 0, len(sums))
	for c, a := range sums {
		rows = append(rows, keptCell{cell: c, amount: a})
	}
	slices.SortFunc(rows, func(a, b keptCell) int { return a.compare(b) }) // one order of locks
	if _, err := tx.DB().NewInsert().Model(&rows).On("CONFLICT (indicator, month, unit_id, k1, k2) DO UPDATE").Set("n = f.n + EXCLUDED.n").Set("records = f.records + EXCLUDED.records").Exec(tx.Ctx); err != nil {
		return false, fmt.Errorf("indicator: fold %d deltas: %w", len(ds), err)
	}
	_, err = tx.DB().NewDelete().Model((*delta)(nil)).Where("id IN (?)", bun.List(ids)).Exec(tx.Ctx)
	return len(ds) == foldAtOnce, err
}

type keptCell struct {
	bun.BaseModel `bun:"table:figure_cell,alias:f"`

	cell
	amount
}

func (k keptCell) compare(o keptCell) int {
	key := func(c keptCell) string { return fmt.Sprint(c.Indicator, c.Month, c.Unit, c.K1, "\x00", c.K2) }
	switch a, b := key(k), key(o); {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
