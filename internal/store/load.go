package store

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing/fstest"

	"fadu/internal/fault"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Loader fills an empty database from copies of tables.
type Loader struct {
	engine Engine
	pool   *sql.DB
}

// unfinished is a table that stands while a database is being filled: nobody may open it meanwhile.
const unfinished = "restore_unfinished"

// errUnfinished says that a restore was broken off.
var errUnfinished = fault.New(fault.Conflict, "这个数据库的恢复没有做完，不能使用。请对着同一个数据库重新运行 fadu restore，它会先清掉没有做完的部分")

// NewLoader opens an empty database and gives it the schema that it had after the migrations numbered. A
// database with anything in it is refused; a migration that this program does not know too.
func NewLoader(ctx context.Context, o Options, numbers []int64) (*Loader, error) {
	l := &Loader{engine: SQLite}
	if file, ok := strings.CutPrefix(o.URL, "sqlite:"); ok {
		pool, err := sql.Open("sqlite", sqliteDSN(file, "journal_mode(WAL)", "synchronous(OFF)")+"&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		pool.SetMaxOpenConns(1)
		l.pool = pool
	} else {
		cfg, err := pgx.ParseConfig(o.URL)
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		l.engine, l.pool = PostgreSQL, stdlib.OpenDB(*cfg)
	}
	if err := l.prepare(ctx, o.Migrations, numbers); err != nil {
		return nil, errors.Join(err, l.pool.Close())
	}
	return l, nil
}

func (l *Loader) prepare(ctx context.Context, folders []fs.FS, numbers []int64) error {
	merged, known, err := merge(folders, l.engine)
	if err != nil {
		return err
	}
	only := fstest.MapFS{}
	for _, n := range numbers {
		if known[n] == "" {
			return fault.New(fault.Conflict, "备份里的数据库结构含有本程序不认识的改动（%04d），由更新的程序所做。请用做这份备份的程序或者更新的程序恢复", n)
		}
		name := schemaFile.ReplaceAllString(path.Base(known[n]), ".sql")
		data, err := fs.ReadFile(merged, name)
		if err != nil {
			return err
		}
		only[name] = &fstest.MapFile{Data: data}
	}
	names, err := l.tables(ctx)
	if err != nil {
		return translate(err)
	}
	if len(names) > 0 && !names[unfinished] {
		return fault.New(fault.Conflict, "目标数据库不是空的，没有恢复。请换一个空的目录或者空的数据库，原来的数据没有动")
	}
	if err := l.Discard(ctx); err != nil {
		return err
	}
	if _, err := l.pool.ExecContext(ctx, `CREATE TABLE `+unfinished+` (id BIGINT)`); err != nil {
		return translate(err)
	}
	if err := up(ctx, l.pool, l.engine, only); err != nil {
		return err
	}
	return l.empty(ctx, folders)
}

var schemaFile = regexp.MustCompile(`\.(sqlite|pg)\.sql$`)

// empty removes rows that migrations themselves put into tables: the copies bring them.
func (l *Loader) empty(ctx context.Context, folders []fs.FS) error {
	order, err := tableOrder(folders, l.engine)
	if err != nil {
		return err
	}
	names, err := l.tables(ctx)
	if err != nil {
		return err
	}
	for i := len(order) - 1; i >= 0; i-- {
		if names[order[i]] {
			if _, err := l.pool.ExecContext(ctx, `DELETE FROM `+quote(order[i])); err != nil {
				return fmt.Errorf("store: empty %s: %w", order[i], err)
			}
		}
	}
	return nil
}

func (l *Loader) tables(ctx context.Context) (map[string]bool, error) {
	q := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if l.engine == PostgreSQL {
		q = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	}
	rows, err := l.pool.QueryContext(ctx, q)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	out := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out[name] = true
	}
	return out, rows.Err()
}

// Load fills a table from its copy and returns how many rows there were.
func (l *Loader) Load(ctx context.Context, t Relation, r io.Reader) (int64, error) {
	if l.engine == SQLite {
		return l.insert(ctx, t, r)
	}
	conn, err := l.pool.Conn(ctx)
	if err != nil {
		return 0, translate(err)
	}
	defer func() { _ = conn.Close() }()
	var n int64
	err = conn.Raw(func(driverConn any) error {
		tag, err := driverConn.(*stdlib.Conn).Conn().PgConn().CopyFrom(ctx, r, `COPY `+t.quoted()+` FROM STDIN`)
		n = tag.RowsAffected()
		return err
	})
	return n, translate(err)
}

func (l *Loader) insert(ctx context.Context, t Relation, r io.Reader) (n int64, err error) {
	tx, err := l.pool.BeginTx(ctx, nil)
	if err != nil {
		return 0, translate(err)
	}
	defer func() { _ = tx.Rollback() }()
	st, err := tx.PrepareContext(ctx, `INSERT INTO `+t.quoted()+` VALUES (`+strings.TrimSuffix(strings.Repeat("?,", len(t.Columns)), ",")+`)`)
	if err != nil {
		return 0, err
	}
	err = Rows(r, func(cells []any) error {
		if len(cells) != len(t.Columns) {
			return fmt.Errorf("store: load %s: row %d has %d columns, not %d", t.Name, n+1, len(cells), len(t.Columns))
		}
		n++
		_, err := st.ExecContext(ctx, cells...)
		return err
	})
	if err != nil {
		return n, translate(err)
	}
	return n, translate(tx.Commit())
}

// Rows reads the rows of a copy: each cell a string, or nil for none.
func Rows(r io.Reader, f func(cells []any) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for {
		line, err := in.ReadString('\n')
		if errors.Is(err, io.EOF) && line == "" {
			return nil
		}
		if err != nil {
			return fmt.Errorf("store: copy of a table: %w", err)
		}
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		cells := make([]any, len(parts))
		for i, p := range parts {
			if p != `\N` {
				cells[i] = unescape(p)
			}
		}
		if err := f(cells); err != nil {
			return err
		}
	}
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if at := strings.IndexByte("bfnrtv", s[i]); at >= 0 {
			b.WriteByte("\b\f\n\r\t\v"[at])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// Finish checks references and lets the database be opened.
func (l *Loader) Finish(ctx context.Context) error {
	if l.engine == SQLite {
		var table string
		err := l.pool.QueryRowContext(ctx, `SELECT "table" FROM pragma_foreign_key_check LIMIT 1`).Scan(&table)
		if err == nil {
			return fmt.Errorf("store: load: a row of %s refers to one that is not there", table)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	if _, err := l.pool.ExecContext(ctx, `DROP TABLE `+unfinished); err != nil {
		return translate(err)
	}
	if l.engine == SQLite {
		_, err := l.pool.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
		return err
	}
	_, err := l.pool.ExecContext(ctx, `ANALYZE`)
	return err
}

// Discard takes away everything that is in the database. It is for one that was empty before.
func (l *Loader) Discard(ctx context.Context) error {
	if l.engine == SQLite {
		return nil // the file goes as a whole
	}
	_, err := l.pool.ExecContext(ctx, `DO $$ DECLARE r record; BEGIN
		FOR r IN SELECT table_name AS n FROM information_schema.views WHERE table_schema = 'public' LOOP EXECUTE 'DROP VIEW IF EXISTS ' || quote_ident(r.n) || ' CASCADE'; END LOOP;
		FOR r IN SELECT table_name AS n FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' LOOP EXECUTE 'DROP TABLE IF EXISTS ' || quote_ident(r.n) || ' CASCADE'; END LOOP;
		FOR r IN SELECT p.oid::regprocedure AS n FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace JOIN pg_roles o ON o.oid = p.proowner WHERE s.nspname = 'public' AND o.rolname = current_user AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP EXECUTE 'DROP FUNCTION IF EXISTS ' || r.n || ' CASCADE'; END LOOP;
	END $$`)
	return translate(err)
}

// Close closes the connections.
func (l *Loader) Close() error { return l.pool.Close() }

// refuseUnfinished is an error when a restore into the database was broken off.
func refuseUnfinished(ctx context.Context, db *sql.DB, e Engine) error {
	names, err := (&Loader{engine: e, pool: db}).tables(ctx)
	if err == nil && names[unfinished] {
		err = errUnfinished
	}
	return err
}
