package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"golang.org/x/sync/semaphore"
)

const (
	maxTries     = 6 // the first and at most five retries
	pgConns      = 16
	firstBackoff = 3 * time.Millisecond
)

// turn is how a transaction on PostgreSQL stands to others that write.
type turn int64

const (
	// beside runs while others write.
	beside turn = 1
	// alone runs while nobody else writes: its reads meet no changes, so that it cannot fail to serialise.
	alone turn = pgConns
)

// begin holds the turn in the database, for other processes; this one's wait before they take a connection. LOCK takes
// no snapshot, so the transaction sees what was committed while it waited. The table is one that no work touches.
var begin = map[turn]string{
	beside: "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE goose_db_version IN ROW SHARE MODE",
	alone:  "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE goose_db_version IN EXCLUSIVE MODE",
}

// beginKey finds the statements that begin a transaction in its context.
type beginKey struct{}

func (db *DB) openPostgreSQL(ctx context.Context, o Options) error {
	cfg, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	if _, set := cfg.RuntimeParams["jit"]; !set {
		// Compiling a statement takes longer than any of ours; the planner's costs think otherwise in a large database.
		cfg.RuntimeParams["jit"] = "off"
	}
	if o.Under.Dial != nil {
		cfg.DialFunc = o.Under.Dial
	}
	pool := openReusingPG(*cfg)
	pool.SetMaxOpenConns(pgConns)
	pool.SetMaxIdleConns(pgConns)
	if err := pool.PingContext(ctx); err != nil {
		return errors.Join(fmt.Errorf("连不上 PostgreSQL。请看数据库在不在运行，地址、账号、口令对不对（FADU_DATABASE）：%w", err), pool.Close())
	}
	db.turns = semaphore.NewWeighted(int64(alone))
	db.engine, db.read = PostgreSQL, bun.NewDB(pool, pgMarked{pgdialect.New()}).WithQueryHook(guard{})
	if db.versions.known, err = migrate(ctx, pool, PostgreSQL, o); err == nil {
		err = db.current(ctx, db.read)
	}
	if err != nil {
		return errors.Join(translate(err), pool.Close())
	}
	return nil
}

// updatePostgreSQL retries on serialisation failure and deadlock, with the same Now. Officers work on cases of the same
// days, whose rows share pages of indexes, so two steps at a time often meet; who met another one goes on alone.
func (db *DB) updatePostgreSQL(ctx context.Context, now time.Time, f func(*Tx) error) error {
	// A caller that gives up only stops waiting for a retry: a started transaction runs to its end.
	detached := context.WithoutCancel(ctx)
	backoff := firstBackoff
	for try, as := 1, beside; ; try, as = try+1, alone {
		if err := db.Outdated(); err != nil {
			return err
		}
		if err := db.turns.Acquire(ctx, int64(as)); err != nil {
			return err
		}
		after, err := db.attemptPostgreSQL(context.WithValue(detached, beginKey{}, begin[as]+db.versions.unmigrated()), now, sql.LevelSerializable, f)
		db.turns.Release(int64(as))
		if err == nil {
			db.metrics.add(func(m *Metrics) { m.Updates++; m.Batches++ })
			for _, g := range after {
				g()
			}
			return nil
		}
		upgraded := migrated(err)
		if upgraded {
			if err := db.LookAtSchema(ctx); err != nil {
				return err
			}
		}
		if !upgraded && !conflict(err) || try == maxTries {
			db.metrics.add(func(m *Metrics) { m.Failed++ })
			return translate(err)
		}
		db.metrics.add(func(m *Metrics) { m.Retries++ })
		if as == beside {
			continue
		}
		select { // only housekeeping, which waits for nobody, can have been met
		case <-time.After(backoff + rand.N(backoff)):
		case <-ctx.Done():
			return ctx.Err()
		}
		backoff *= 2
	}
}

func (db *DB) attemptPostgreSQL(ctx context.Context, now time.Time, level sql.IsolationLevel, f func(*Tx) error) ([]func(), error) {
	btx, err := db.read.BeginTx(ctx, &sql.TxOptions{Isolation: level})
	if err != nil {
		return nil, err
	}
	defer func() { _ = btx.Rollback() }()
	tx := &Tx{Now: now, idb: btx, engine: PostgreSQL, write: true, db: db}
	var g guarded
	tx.Ctx = context.WithValue(ctx, guardKey{}, &g)
	err = db.timed(f, tx)
	if err := errors.Join(g.conflict, err, g.err); err != nil {
		return nil, err
	}
	return tx.after, btx.Commit()
}

// conflict reports a serialisation failure or deadlock, which a retry may cure.
func conflict(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && (pe.Code == "40001" || pe.Code == "40P01")
}
