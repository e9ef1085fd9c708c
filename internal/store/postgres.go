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
)

const (
	maxTries     = 6 // the first and at most five retries
	pgConns      = 16
	firstBackoff = 3 * time.Millisecond
)

func (db *DB) openPostgreSQL(ctx context.Context, o Options) error {
	cfg, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return fmt.Errorf("store: %w", err)
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
	if err := migrate(ctx, pool, PostgreSQL, o); err != nil {
		return errors.Join(translate(err), pool.Close())
	}
	db.engine, db.read = PostgreSQL, bun.NewDB(pool, pgMarked{pgdialect.New()}).WithQueryHook(guard{})
	return nil
}

// updatePostgreSQL retries on serialisation failure and deadlock, with the same Now.
func (db *DB) updatePostgreSQL(ctx context.Context, now time.Time, f func(*Tx) error) error {
	// A caller that gives up only stops waiting for a retry: a started transaction runs to its end.
	detached := context.WithoutCancel(ctx)
	backoff := firstBackoff
	for try := 1; ; try++ {
		after, err := db.attemptPostgreSQL(detached, now, sql.LevelSerializable, f)
		if err == nil {
			db.metrics.add(func(m *Metrics) { m.Updates++; m.Batches++ })
			for _, g := range after {
				g()
			}
			return nil
		}
		if !conflict(err) || try == maxTries {
			db.metrics.add(func(m *Metrics) { m.Failed++ })
			return translate(err)
		}
		db.metrics.add(func(m *Metrics) { m.Retries++ })
		select {
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
	if err := errors.Join(db.timed(f, tx), g.err); err != nil {
		return nil, err
	}
	return tx.after, btx.Commit()
}

// conflict reports a serialisation failure or deadlock, which a retry may cure.
func conflict(err error) bool {
	var pe *pgconn.PgError
	return errors.As(err, &pe) && (pe.Code == "40001" || pe.Code == "40P01")
}
