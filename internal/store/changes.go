package store

import (
	"context"
	"database/sql"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// AtEnd runs f after the closure has succeeded, inside its transaction: what f fails, fails. It is for
// the ledger, which records what the closure wrote.
func (tx *Tx) AtEnd(f func() error) { tx.end = append(tx.end, f) }

// finish runs what AtEnd left.
func (tx *Tx) finish() error {
	for _, f := range tx.end {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// Changes returns the rows of watched tables that the closure wrote so far, as they are now, and the
// keys of those that it deleted; each row once.
func (tx *Tx) Changes() ([]Row, error) {
	if len(tx.db.watched) == 0 || !tx.write {
		return nil, nil
	}
	if tx.engine == PostgreSQL {
		return tx.changesPostgreSQL()
	}
	return tx.db.writer.changes(tx)
}

// place is where SQLite keeps a row.
type place struct {
	table *Table
	rowid int64
}

// touched collects what the statements of a closure touched on SQLite.
type touched struct {
	order []place
	seen  map[place]bool
	gone  []Row
}

// hook hears of every row that the writing connection touches. It takes note only; a statement that
// fails later undoes the row, so changes reads what is really there.
func (w *writer) hook(d sqlite.SQLitePreUpdateData) {
	if !w.inClosure.Load() {
		return
	}
	t, ok := w.db.watched[d.TableName]
	if !ok {
		return
	}
	if d.Op != sqlite3.SQLITE_DELETE {
		p := place{t, d.NewRowID}
		if !w.touched.seen[p] {
			w.touched.seen[p] = true
			w.touched.order = append(w.touched.order, p)
		}
	}
	if d.Op != sqlite3.SQLITE_DELETE {
		return // no program changes a key
	}
	old := make([]any, len(t.Columns))
	if err := d.Old(old...); err != nil {
		return // verification will say that the row is gone without a trace
	}
	w.touched.gone = append(w.touched.gone, t.named(old))
}

// named makes a row of values in the order of the columns.
func (t *Table) named(values []any) Row {
	m := make(map[string]any, len(values))
	for i, c := range t.Columns {
		if b, ok := values[i].([]byte); ok {
			values[i] = string(b)
		}
		m[c] = values[i]
	}
	return t.row(m)
}

func (t *Table) scan(rows *sql.Rows) (Row, error) {
	values, at := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		at[i] = &values[i]
	}
	if err := rows.Scan(at...); err != nil {
		return Row{}, err
	}
	return t.named(values), nil
}

func (w *writer) changes(tx *Tx) ([]Row, error) {
	var out []Row
	here := map[string]bool{}
	for _, p := range w.touched.order {
		stmt, err := w.reading(p.table)
		if err != nil {
			return nil, err
		}
		rows, err := stmt.QueryContext(tx.Ctx, p.rowid)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			r, err := p.table.scan(rows)
			if err != nil {
				_ = rows.Close()
				return nil, err
			}
			out = append(out, r)
			here[r.Table+"/"+r.Key] = true
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	for _, r := range w.touched.gone {
		if here[r.Table+"/"+r.Key] {
			continue
		}
		still, err := tx.RowsByKey(r.Table, []string{r.Key}) // the deleting statement may have failed
		if err != nil {
			return nil, err
		}
		if len(still) == 0 {
			here[r.Table+"/"+r.Key] = true
			out = append(out, Row{Table: r.Table, Key: r.Key, Deleted: true})
		}
	}
	return out, nil
}

// reading is the prepared reading of one row by its place.
func (w *writer) reading(t *Table) (*sql.Stmt, error) {
	if s, ok := w.stmts[t.Name]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), `SELECT * FROM "`+t.Name+`" WHERE rowid = ?`)
	if err == nil {
		w.stmts[t.Name] = s
	}
	return s, err
}
