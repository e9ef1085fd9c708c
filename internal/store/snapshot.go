package store

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// Relation is a table with its columns, as a copy of it is written: derived columns and indexes are left out.
type Relation struct {
	Name    string
	Columns []string
}

// Snapshot is one consistent state of the database, readable while others go on writing.
type Snapshot struct {
	// Tx reads the state.
	Tx *Tx

	db   *DB
	conn *bun.Conn // PostgreSQL only: COPY needs the connection itself
}

// Snapshot runs f on a consistent state of the database.
func (db *DB) Snapshot(ctx context.Context, f func(*Snapshot) error) error {
	if db.engine == SQLite {
		return db.View(ctx, func(tx *Tx) error { return f(&Snapshot{Tx: tx, db: db}) })
	}
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`); err != nil {
		return translate(err)
	}
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`) }()
	return translate(f(&Snapshot{Tx: &Tx{Ctx: ctx, Now: db.Now(), idb: conn, engine: PostgreSQL, db: db}, db: db, conn: &conn}))
}

// Migrations returns the numbers of the migrations that the database has had.
func (s *Snapshot) Migrations() ([]int64, error) {
	var out []int64
	err := s.Tx.idb.NewSelect().TableExpr("goose_db_version").ColumnExpr("DISTINCT version_id").Where("version_id > 0").OrderExpr("version_id").Scan(s.Tx.Ctx, &out)
	return out, err
}

var createTable = regexp.MustCompile(`(?im)^\s*CREATE TABLE (?:IF NOT EXISTS )?(\w+)`)

// Tables returns the tables that the migrations make and that are there, parents before those that
// refer to them.
func (s *Snapshot) Tables(folders []fs.FS) ([]Relation, error) {
	order, err := tableOrder(folders, s.db.engine)
	if err != nil {
		return nil, err
	}
	q := `SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`
	if s.db.engine == PostgreSQL {
		q = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type <> 'tsvector' ORDER BY table_name, ordinal_position`
	}
	rows, err := s.Tx.idb.QueryContext(s.Tx.Ctx, q)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		columns[table] = append(columns[table], column)
	}
	var out []Relation
	for _, name := range order {
		if len(columns[name]) > 0 {
			out = append(out, Relation{name, columns[name]})
		}
	}
	return out, rows.Err()
}

// tableOrder are the tables in the order in which the migrations make them.
func tableOrder(folders []fs.FS, e Engine) ([]string, error) {
	merged, _, err := merge(folders, e)
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(merged, "*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var out []string
	for _, f := range files {
		text, err := fs.ReadFile(merged, f)
		if err != nil {
			return nil, err
		}
		for _, m := range createTable.FindAllStringSubmatch(string(text), -1) {
			if name := strings.ToLower(m[1]); !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out, nil
}

// Copy writes a table's rows as PostgreSQL's COPY does in text form: a line for each, tab between columns,
// \N for none. Both engines write and read this form.
func (s *Snapshot) Copy(t Relation, w io.Writer) (int64, error) {
	if s.db.engine == PostgreSQL {
		var n int64
		err := s.conn.Raw(func(driverConn any) error {
			tag, err := driverConn.(*pgConn).Conn().PgConn().CopyTo(s.Tx.Ctx, w, `COPY `+t.quoted()+` TO STDOUT`)
			n = tag.RowsAffected()
			return err
		})
		return n, err
	}
	rows, err := s.Tx.idb.QueryContext(s.Tx.Ctx, `SELECT `+quoteAll(t.Columns)+` FROM `+quote(t.Name))
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	return copyRows(rows, len(t.Columns), w)
}

func copyRows(rows *sql.Rows, columns int, w io.Writer) (n int64, err error) {
	out := bufio.NewWriter(w)
	cells, into := make([]any, columns), make([]any, columns)
	for i := range cells {
		into[i] = &cells[i]
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		for i, c := range cells {
			if i > 0 {
				_ = out.WriteByte('\t') // a failed write shows at Flush
			}
			_, _ = out.WriteString(cellText(c))
		}
		_ = out.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	return n, out.Flush()
}

var cellEscapes = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func cellText(c any) string {
	switch v := c.(type) {
	case nil:
		return `\N`
	case string:
		return cellEscapes.Replace(v)
	case []byte:
		return cellEscapes.Replace(string(v))
	}
	return fmt.Sprint(c)
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteAll(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quote(n)
	}
	return strings.Join(out, ", ")
}

func (t Relation) quoted() string { return quote(t.Name) + ` (` + quoteAll(t.Columns) + `)` }
