package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

// leaf numbers an entry.
type leaf struct {
	bun.BaseModel `bun:"table:ledger_leaf,alias:l"`

	Seq     int64   `bun:"seq,pk"`
	EntryID EntryID `bun:"entry_id"`
	Hash    string  `bun:"hash"`
}

const (
	// every is how long an entry waits at most for its number on PostgreSQL.
	every = 400 * time.Millisecond
	// window is how far back the sequencer looks for entries whose transactions committed late.
	window = 10 * time.Minute
	// usual is how far back most looks go: nearly every transaction is shorter. Every rare-th goes through the
	// window, which holds half a million entries when a thousand a second arrive.
	usual = 5 * time.Second
	rare  = 60
	// lockKey is the advisory lock of the one sequencer.
	lockKey = 0x66616475
	chunk   = 500
	// bigChunk is how many are numbered at once while many wait: each look goes through the window anew.
	bigChunk = 10_000
)

// Start makes every entry tell of the rows that its act wrote, in all tables with a column entry_id
// but the unproven ones, and every committed entry get its leaf. On PostgreSQL it runs until ctx ends.
func Start(ctx context.Context, db *store.DB, unproven ...string) error {
	if err := Watch(ctx, db, unproven...); err != nil {
		return err
	}
	if err := grow(ctx, db); err != nil {
		return err
	}
	if db.Engine() == store.SQLite {
		db.BeforeCommit(func(tx *store.Tx, notes []any) error {
			var es []Entry
			for _, n := range notes {
				if e, ok := n.(*Entry); ok {
					es = append(es, *e)
				}
			}
			return number(tx, es)
		})
		return nil
	}
	if err := Sequence(ctx, db); err != nil {
		return err
	}
	go func() {
		t := time.NewTicker(every)
		defer t.Stop()
		for n := 1; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				back := usual
				if n%rare == 0 {
					back = window
				}
				if err := sequence(ctx, db, back, false); err != nil && ctx.Err() == nil {
					slog.Error("ledger: sequencing failed, will try again", "err", err)
				}
			}
		}
	}()
	return nil
}

// Watch is the part of Start that needs no running program: it prepares the tables.
func Watch(ctx context.Context, db *store.DB, unproven ...string) error {
	return db.Watch(ctx, entryColumn, append(unproven, "ledger_leaf")...)
}

// Sequence numbers what is committed and not yet numbered on PostgreSQL, after whoever is at it. On
// SQLite there is never anything to do.
func Sequence(ctx context.Context, db *store.DB) error { return sequence(ctx, db, window, true) }

// sequence is Sequence for what is not older than back before the newest leaf; without wait it leaves the work to another node that is at it.
func sequence(ctx context.Context, db *store.DB, back time.Duration, wait bool) error {
	if db.Engine() == store.SQLite {
		return nil
	}
	for size := chunk; ; size = min(4*size, bigChunk) {
		n := 0
		err := db.Maintain(ctx, func(tx *store.Tx) error {
			mine := true
			if wait {
				if _, err := tx.Exec(`SELECT pg_advisory_xact_lock(?)`, lockKey); err != nil {
					return err
				}
			} else if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT pg_try_advisory_xact_lock(?)`, lockKey).Scan(&mine); err != nil || !mine {
				return err
			}
			var newest sql.NullInt64
			if err := tx.DB().QueryRowContext(tx.Ctx, `SELECT MAX(entry_id) FROM ledger_leaf`).Scan(&newest); err != nil {
				return err
			}
			var es []Entry
			err := tx.DB().NewSelect().Model(&es).
				Where("e.id > ?", newest.Int64-store.IDSpan(back)).
				Where("NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id)").
				Order("e.id").Limit(int64(size)).Scan(tx.Ctx)
			if err != nil {
				return err
			}
			n = len(es)
			return number(tx, es)
		})
		if err != nil {
			return fmt.Errorf("ledger: sequence: %w", err)
		}
		if n < size {
			return nil
		}
	}
}

// number appends leaves for the entries, in their order.
func number(tx *store.Tx, es []Entry) error {
	if len(es) == 0 {
		return nil
	}
	var last int64
	err := tx.DB().QueryRowContext(tx.Ctx, `SELECT seq FROM ledger_leaf ORDER BY seq DESC LIMIT 1`).Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	leaves := make([]leaf, len(es))
	for i, e := range es {
		leaves[i] = leaf{Seq: last + int64(i) + 1, EntryID: e.ID, Hash: e.Leaf()}
	}
	if _, err = tx.DB().NewInsert().Model(&leaves).Exec(tx.Ctx); err != nil {
		return err
	}
	return plant(tx, last, last+int64(len(leaves)))
}
