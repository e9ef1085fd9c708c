package store

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
)

// Table is a watched table: of every closure it is known which of its rows were written or deleted.
type Table struct {
	Name string
	// Columns are in the order of the table; Key are those of the primary key.
	Columns []string
	Key     []string
	whole   map[string]bool // columns of whole numbers
}

// Row is a row of a watched table as it is stored. Values are int64, float64, string or nil.
type Row struct {
	Table string
	// Key is the values of the primary key, escaped and joined by "/".
	Key     string
	Values  map[string]any
	Deleted bool
}

// Int returns a whole number of the row; 0 when it is something else.
func (r Row) Int(column string) int64 {
	n, _ := r.Values[column].(int64)
	return n
}

// Watch makes Tx.Changes tell of the rows of every table that has the column, except those named. Call
// it before the first Update.
func (db *DB) Watch(ctx context.Context, column string, except ...string) error {
	tables := map[string]*Table{}
	err := db.View(ctx, func(tx *Tx) error {
		q := `SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
			WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) x WHERE x.name = ?) ORDER BY m.name, c.cid`
		if tx.engine == PostgreSQL {
			q = `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), COALESCE(array_position(k.conkey, a.attnum), 0)
				FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
				LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
				WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
				AND EXISTS (SELECT 1 FROM pg_attribute x WHERE x.attrelid = c.oid AND x.attname = ? AND NOT x.attisdropped)
				ORDER BY c.relname, a.attnum`
		}
		return scanTables(tx, tables, q, column)
	})
	if err != nil {
		return fmt.Errorf("store: watch: %w", err)
	}
	for _, name := range except {
		delete(tables, name)
	}
	for _, t := range tables {
		if len(t.Key) == 0 {
			return fmt.Errorf("store: watch: %s has no primary key", t.Name)
		}
	}
	db.watched = tables
	if db.engine == PostgreSQL {
		return db.watchPostgreSQL(ctx)
	}
	return nil
}

func scanTables(tx *Tx, tables map[string]*Table, query string, args ...any) error {
	rows, err := tx.idb.QueryContext(tx.Ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table, column, kind string
		var key int
		if err := rows.Scan(&table, &column, &kind, &key); err != nil {
			return err
		}
		t := tables[table]
		if t == nil {
			t = &Table{Name: table, whole: map[string]bool{}}
			tables[table] = t
		}
		t.Columns = append(t.Columns, column)
		t.whole[column] = strings.Contains(strings.ToUpper(kind), "INT")
		if key > 0 {
			for len(t.Key) < key {
				t.Key = append(t.Key, "")
			}
			t.Key[key-1] = column
		}
	}
	return rows.Err()
}

// Watched returns the watched tables by name.
func (db *DB) Watched() []Table {
	out := make([]Table, 0, len(db.watched))
	for _, t := range db.watched {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// row makes a Row of stored values.
func (t *Table) row(values map[string]any) Row {
	parts := make([]string, len(t.Key))
	for i, k := range t.Key {
		parts[i] = url.PathEscape(fmt.Sprint(values[k]))
	}
	return Row{Table: t.Name, Key: strings.Join(parts, "/"), Values: values}
}

// parse returns the values of a key.
func (t *Table) parse(key string) ([]any, error) {
	parts := strings.Split(key, "/")
	if len(parts) != len(t.Key) {
		return nil, fmt.Errorf("store: key %q of %s", key, t.Name)
	}
	out := make([]any, len(parts))
	for i, p := range parts {
		text, err := url.PathUnescape(p)
		if err != nil {
			return nil, err
		}
		out[i] = text
		if t.whole[t.Key[i]] {
			if out[i], err = strconv.ParseInt(text, 10, 64); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// keyColumns is SQL for the key, and for one value of it.
func (t *Table) keyColumns() (columns, marks string) {
	quoted := make([]string, len(t.Key))
	for i, k := range t.Key {
		quoted[i] = `"` + k + `"`
	}
	return "(" + strings.Join(quoted, ", ") + ")", "(" + strings.TrimSuffix(strings.Repeat("?, ", len(t.Key)), ", ") + ")"
}

// among is SQL that holds for a number of keys. Both engines look each of them up by the primary key.
func (t *Table) among(keys int) string {
	columns, marks := t.keyColumns()
	if len(t.Key) == 1 {
		return columns + " IN (" + strings.TrimSuffix(strings.Repeat("?, ", keys), ", ") + ")"
	}
	return "(" + strings.TrimSuffix(strings.Repeat(columns+" = "+marks+" OR ", keys), " OR ") + ")"
}

// Rows returns the next rows of a watched table in the order of its key, after the given key ("": from
// the first), at most limit.
func (tx *Tx) Rows(table, after string, limit int) ([]Row, error) {
	t, ok := tx.db.watched[table]
	if !ok {
		return nil, fmt.Errorf("store: %s is not watched", table)
	}
	columns, marks := t.keyColumns()
	where, args := "", []any{}
	if after != "" {
		key, err := t.parse(after)
		if err != nil {
			return nil, err
		}
		where, args = "WHERE "+columns+" > "+marks, key
	}
	order := strings.Trim(columns, "()")
	return tx.readRows(t, where+" ORDER BY "+order+" LIMIT "+strconv.Itoa(limit), args...)
}

// RowsByKey returns those of the keys' rows that exist.
func (tx *Tx) RowsByKey(table string, keys []string) (map[string]Row, error) {
	t, ok := tx.db.watched[table]
	if !ok {
		return nil, fmt.Errorf("store: %s is not watched", table)
	}
	out := map[string]Row{}
	for part := range slices.Chunk(keys, 200) {
		var args []any
		for _, k := range part {
			values, err := t.parse(k)
			if err != nil {
				return nil, err
			}
			args = append(args, values...)
		}
		rows, err := tx.readRows(t, "WHERE "+t.among(len(part)), args...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.Key] = r
		}
	}
	return out, nil
}

// readRows reads whole rows, as Changes does.
func (tx *Tx) readRows(t *Table, rest string, args ...any) ([]Row, error) {
	if tx.engine == PostgreSQL {
		var texts []string
		if err := tx.idb.NewRaw(`SELECT to_jsonb(t)::text FROM "`+t.Name+`" AS t `+rest, args...).Scan(tx.Ctx, &texts); err != nil {
			return nil, err
		}
		out := make([]Row, len(texts))
		for i, text := range texts {
			var err error
			if out[i], err = t.fromJSON(text); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	rows, err := tx.idb.QueryContext(tx.Ctx, `SELECT * FROM "`+t.Name+`" `+rest, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []Row
	for rows.Next() {
		r, err := t.scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Repoint sets a whole-number column of some rows of a watched table.
func (tx *Tx) Repoint(table, column string, value int64, keys []string) error {
	t, ok := tx.db.watched[table]
	if !ok {
		return fmt.Errorf("store: %s is not watched", table)
	}
	for part := range slices.Chunk(keys, 200) {
		args := []any{bun.Ident(table), bun.Ident(column), value}
		for _, k := range part {
			values, err := t.parse(k)
			if err != nil {
				return err
			}
			args = append(args, values...)
		}
		if _, err := tx.Exec(`UPDATE ? SET ? = ? WHERE `+t.among(len(part)), args...); err != nil {
			return err
		}
	}
	return nil
}
