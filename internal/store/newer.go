package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"fadu/internal/fault"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
)

// versions is what this program knows of the schema, and what a newer program did to it meanwhile.
type versions struct {
	known map[int64]string
	// looked is the last row of goose_db_version when all of its migrations were known.
	looked atomic.Int64
	// newer is the first migration found that this program does not know; 0 for none. It is never taken back: what this
	// program keeps in memory may be of either schema.
	newer atomic.Int64
}

// lastMigration is one look at an index; the whole table is read when it tells something new.
const lastMigration = `SELECT COALESCE(max(id), 0) FROM goose_db_version`

// Outdated is the refusal of everything once a newer program has changed the schema under this one, nil until then.
func (db *DB) Outdated() error {
	n := db.versions.newer.Load()
	if n == 0 {
		return nil
	}
	return fault.New(fault.Outdated, "数据库已由更新的程序升级（%04d），正在运行的这个程序不认识，不再查看和保存。这一步没有办，已经保存的都在。请系统管理员停止这个程序，换上新的程序启动；启动以后请再办一次", n)
}

// LookAtSchema looks whether a newer program has changed the schema, and returns the refusal when it has.
func (db *DB) LookAtSchema(ctx context.Context) error {
	return translate(db.current(ctx, db.read))
}

// current compares the schema as the connection sees it with what the program knows.
func (db *DB) current(ctx context.Context, on bun.IDB) error {
	if err := db.Outdated(); err != nil {
		return err
	}
	var last int64
	if err := on.QueryRowContext(ctx, lastMigration).Scan(&last); err != nil {
		return err
	}
	if last == db.versions.looked.Load() {
		return nil
	}
	n, err := unknown(ctx, on, db.versions.known)
	switch {
	case err != nil:
		return err
	case n != 0:
		db.versions.newer.Store(n)
		return db.Outdated()
	}
	db.versions.looked.Store(last)
	return nil
}

// unknown returns the first migration that the database has had and the program does not know, 0 for none.
func unknown(ctx context.Context, on interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, known map[int64]string,
) (int64, error) {
	rows, err := on.QueryContext(ctx, `SELECT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY version_id`)
	if err != nil {
		return 0, fmt.Errorf("store: schema version: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return 0, fmt.Errorf("store: schema version: %w", err)
		}
		if known[n] == "" {
			return n, nil
		}
	}
	return 0, rows.Err()
}

// unmigrated is the part of a transaction's first message that fails, by a division by zero, unless the last migration is
// the one that was looked at: it costs no round trip.
func (v *versions) unmigrated() string {
	return fmt.Sprintf("; SELECT 1 / (COALESCE(max(id), 0) = %d)::int FROM goose_db_version", v.looked.Load())
}

// migrated reports that the migrations were other ones than those looked at when the transaction began.
func migrated(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && pe.Code == "22012"
}
