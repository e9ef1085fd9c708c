package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"fadu/internal/store"

	"github.com/uptrace/bun"
)

var errLost = errors.New("jobs: the job was taken over by another runner")

// databaseNow is the time by which leases on PostgreSQL are measured, in µs.
const databaseNow = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT"

// claim takes the job that has been due longest.
func (r *Runner) claim(ctx context.Context) (job Record, ok bool, err error) {
	if len(r.handlers) == 0 {
		return job, false, nil
	}
	due := func(tx *store.Tx) *bun.SelectQuery {
		return tx.DB().NewSelect().Model((*Record)(nil)).Column("id").
			Where("state = ?", Pending).
			// A try that failed is never put off for longer than the longest wait: such a time was taken from a clock that ran ahead.
			Where("(due_at <= ? OR tries > 0 AND due_at > ?)", store.Micros(tx.Now), store.Micros(tx.Now.Add(longestWait))).Where("kind IN (?)", bun.List(slices.Sorted(maps.Keys(r.handlers)))).
			Order("due_at", "id").Limit(1)
	}
	// Looking costs no write transaction.
	waiting := false
	err = r.db.View(ctx, func(tx *store.Tx) (err error) { waiting, err = due(tx).Exists(tx.Ctx); return err })
	if err != nil || !waiting {
		return job, false, err
	}
	err = r.db.Maintain(ctx, func(tx *store.Tx) error {
		next, until := due(tx), "0"
		if tx.Engine() == store.PostgreSQL {
			next, until = next.For("UPDATE SKIP LOCKED"), fmt.Sprintf("%s + %d", databaseNow, lease.Microseconds())
		}
		job = Record{}
		err := tx.DB().NewUpdate().Model(&job).Set("state = ?", Running).Set("tries = tries + 1").Set("owner = ?", r.owner).Set("lease_until = "+until).
			Where("id = (?)", next).Returning("*").Scan(tx.Ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return job, err == nil && job.ID != 0, err
}

// reclaim puts jobs back whose runner died: on SQLite those of any other runner, since there is only
// one; on PostgreSQL those whose lease has run out by the database's clock. One that was interrupted
// too often may be what kills the process, and becomes a dead letter.
func (r *Runner) reclaim(ctx context.Context) error {
	lost := "owner <> ?"
	if r.db.Engine() == store.PostgreSQL {
		lost = "owner <> ? AND lease_until < " + databaseNow
	}
	interrupted := false
	err := r.db.View(ctx, func(tx *store.Tx) (err error) {
		interrupted, err = tx.DB().NewSelect().Model((*Record)(nil)).Where("state = ?", Running).Where(lost, r.owner).Exists(tx.Ctx)
		return err
	})
	if err != nil || !interrupted {
		return err
	}
	return r.db.Maintain(ctx, func(tx *store.Tx) error {
		_, err := tx.DB().NewUpdate().Model((*Record)(nil)).
			Set("state = CASE WHEN tries >= ? THEN ? ELSE ? END", maxTries, Dead, Pending).
			Set("ended_at = CASE WHEN tries >= ? THEN ? ELSE 0 END", maxTries, store.Micros(tx.Now)).
			Set("owner = ''").Set("again_at = 0").Set("last_error = ?", "执行中断：程序退出或超过时限").
			Where("state = ?", Running).Where(lost, r.owner).Exec(tx.Ctx)
		return err
	})
}

// finish writes what the handler returned and completes the job, or starts it anew if it was asked for
// meanwhile.
func (r *Runner) finish(tx *store.Tx, job Record, complete func(*store.Tx) error) error {
	if complete != nil {
		if err := complete(tx); err != nil {
			return err
		}
	}
	res, err := tx.DB().NewUpdate().Model((*Record)(nil)).
		Set("state = CASE WHEN again_at > 0 THEN ? ELSE ? END", Pending, Done).
		Set("due_at = CASE WHEN again_at > 0 THEN again_at ELSE due_at END").
		Set("tries = CASE WHEN again_at > 0 THEN 0 ELSE tries END").
		Set("ended_at = ?", store.Micros(tx.Now)).Set("owner = ''").Set("last_error = ''").Set("again_at = 0").
		Where("id = ?", job.ID).Where("state = ?", Running).Where("owner = ?", r.owner).Exec(tx.Ctx)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(errLost, err)
	}
	tx.Wake(topic)
	return nil
}

// fail records a failed try: the next one comes later each time, the last makes a dead letter.
func (r *Runner) fail(tx *store.Tx, job Record, cause error) error {
	state, due, ended := Pending, tx.Now.Add(backoff(job.Tries)), int64(0)
	if job.Tries >= maxTries {
		state, due, ended = Dead, store.FromMicros(job.DueAt), store.Micros(tx.Now)
	}
	_, err := tx.DB().NewUpdate().Model((*Record)(nil)).
		Set("state = ?", state).Set("due_at = ?", store.Micros(due)).Set("ended_at = ?", ended).
		Set("owner = ''").Set("again_at = 0").Set("last_error = ?", clip(cause.Error())).
		Where("id = ?", job.ID).Where("state = ?", Running).Where("owner = ?", r.owner).Exec(tx.Ctx)
	return err
}

// longestWait is how long a job waits at most after a try that failed.
const longestWait = time.Hour

// backoff is how long to wait after the try: 10 s, 30 s, 90 s, … at most an hour.
func backoff(try int) time.Duration {
	d := 10 * time.Second
	for ; try > 1 && d < longestWait; try-- {
		d *= 3
	}
	return min(d, longestWait)
}

// clip bounds an error's text to what a page shows.
func clip(s string) string {
	const most = 500
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
