package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

var migrationName = regexp.MustCompile(`^(\d{4})_[a-z0-9_]+?(\.sqlite|\.pg)?\.sql$`)

// migrate brings the schema up to date: the slices' folders merged into one, in the order of their
// numbers, which are unique across the program.
func migrate(ctx context.Context, db *sql.DB, e Engine, o Options) (known map[int64]string, err error) {
	merged, known, err := merge(o.Migrations, e)
	if err != nil {
		return nil, err
	}
	if err := refuseUnfinished(ctx, db, e); err != nil {
		return nil, err
	}
	p, err := provider(db, e, merged)
	if err != nil {
		return nil, err
	}
	if err := refuseNewer(ctx, db, p, known); err != nil || o.AsIs {
		return known, err
	}
	if _, err := p.Up(ctx); err != nil {
		return nil, fmt.Errorf("store: migrate: %w", err)
	}
	return known, nil
}

// up runs all of the migrations given.
func up(ctx context.Context, db *sql.DB, e Engine, merged fs.FS) error {
	p, err := provider(db, e, merged)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

func provider(db *sql.DB, e Engine, merged fs.FS) (*goose.Provider, error) {
	// Each slice has its range of numbers, so a later one of a low range comes to a database that has had
	// higher ones long since.
	dialect, opts := goose.DialectSQLite3, []goose.ProviderOption{goose.WithVerbose(false), goose.WithAllowOutofOrder(true)}
	if e == PostgreSQL {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300), lock.WithUnlockTimeout(1, 60)) // try each second, for five minutes
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, db, merged, opts...)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return p, nil
}

// refuseNewer is an error when the database has had a migration that this program does not know.
func refuseNewer(ctx context.Context, db *sql.DB, p *goose.Provider, known map[int64]string) error {
	if _, err := p.GetDBVersion(ctx); err != nil { // it also makes the table of versions
		return fmt.Errorf("store: schema version: %w", err)
	}
	n, err := unknown(ctx, db, known)
	if err == nil && n != 0 {
		err = fmt.Errorf("数据库结构含有本程序不认识的改动（%04d），由更新的程序所做。请使用更新的程序，不要用旧程序打开", n)
	}
	return err
}

// merge collects the migrations for one engine and their file names by number. A pair NNNN_x.sqlite.sql and NNNN_x.pg.sql is one
// migration.
func merge(folders []fs.FS, e Engine) (fs.FS, map[int64]string, error) {
	folders = append([]fs.FS{migrations}, folders...)
	other := ".pg"
	if e == PostgreSQL {
		other = ".sqlite"
	}
	out := fstest.MapFS{}
	numbers := map[int64]string{}
	for _, folder := range folders {
		err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			base := path.Base(name)
			m := migrationName.FindStringSubmatch(base)
			if m == nil {
				return fmt.Errorf("store: migration file name %q", base)
			}
			if m[2] == other {
				return nil
			}
			n, _ := strconv.ParseInt(m[1], 10, 64)
			if old, dup := numbers[n]; dup {
				return fmt.Errorf("store: migration number %s is used by %s and %s", m[1], old, base)
			}
			numbers[n] = base
			data, err := fs.ReadFile(folder, name)
			if err != nil {
				return err
			}
			out[strings.Replace(base, m[2]+".sql", ".sql", 1)] = &fstest.MapFile{Data: data}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return out, numbers, nil
}

// SchemaText returns the schema in a comparable form, one object a line, for the test that an upgraded
// database equals a fresh one.
func (tx *Tx) SchemaText() (string, error) {
	q := `SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'`
	if tx.engine == PostgreSQL {
		q = `SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '')
		       FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'goose_%'
		     UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'goose_%'`
	}
	rows, err := tx.idb.QueryContext(tx.Ctx, q)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var l string
		if err := rows.Scan(&l); err != nil {
			return "", err
		}
		lines = append(lines, strings.Join(strings.Fields(l), " "))
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n"), rows.Err()
}
