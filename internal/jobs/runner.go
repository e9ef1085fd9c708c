package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"fadu/internal/store"
)

// Handler does the work of a job outside any transaction and returns what to write, or nil. The writes
// are committed together with the job's completion; if that fails, the job is tried again.
type Handler func(ctx context.Context, r Record) (complete func(*store.Tx) error, err error)

const (
	// maxTries is how often a job is tried before it is a dead letter.
	maxTries = 6
	// lease is how long one try may take: the handler's context ends then, and on PostgreSQL another
	// node may take the job over.
	lease = 10 * time.Minute
	// workers is how many jobs run at the same time.
	workers = 2
	// poll is how often a runner looks for jobs that became due or were added by another node.
	poll = time.Second
	// patience is how long a stopping runner lets a running handler go on.
	patience = 10 * time.Second
	// maxRepeats bounds how often one RunDue runs the same job, against one that asks for itself again
	// at once without end.
	maxRepeats = 100
)

// Runner runs jobs. On SQLite there must be one runner for a database; on PostgreSQL each node has one.
type Runner struct {
	db       *store.DB
	handlers map[string]Handler
	owner    string
	poll     time.Duration
}

// NewRunner returns a runner that knows the handlers by kind. Jobs of other kinds stay pending.
func NewRunner(db *store.DB, handlers map[string]Handler) *Runner {
	return &Runner{db: db, handlers: handlers, owner: store.NewCode(), poll: poll}
}

// Run runs jobs as they become due, until ctx ends. Then it starts no more, waits for those that are
// running, and returns.
func (r *Runner) Run(ctx context.Context) error {
	if err := r.reclaim(ctx); err != nil {
		return err
	}
	r.warn(ctx)
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(patience, stop) })()
	wake := r.db.Listen(topic)
	var wg sync.WaitGroup
	next := make(chan struct{}, 1) // one idle worker looks at a time
	next <- struct{}{}
	for range workers {
		wg.Go(func() { r.worker(ctx, work, wake, next) })
	}
	wg.Wait()
	return nil
}

// worker takes and does jobs. The token in next is held while it looks for one.
func (r *Runner) worker(ctx, work context.Context, wake <-chan struct{}, next chan struct{}) {
	tick := time.NewTicker(r.poll)
	defer tick.Stop()
	for {
		select {
		case <-next:
		case <-ctx.Done():
			return
		}
		job, ok := r.await(ctx, wake, tick.C)
		next <- struct{}{}
		if !ok {
			return
		}
		if err := r.do(work, job); err != nil {
			slog.Error("jobs: failed", "kind", job.Kind, "key", job.Key, "try", job.Tries, "err", err)
		}
	}
}

// await returns the next job that is due, or false when ctx has ended.
func (r *Runner) await(ctx context.Context, wake <-chan struct{}, tick <-chan time.Time) (Record, bool) {
	for ctx.Err() == nil {
		job, ok, err := r.claim(ctx)
		if ok {
			return job, true
		}
		if err != nil && ctx.Err() == nil {
			slog.Error("jobs: cannot take the next job, will try again", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-tick:
			if r.db.Engine() == store.PostgreSQL {
				if err := r.reclaim(ctx); err != nil && ctx.Err() == nil {
					slog.Error("jobs: cannot look for interrupted jobs", "err", err)
				}
			}
		}
	}
	return Record{}, false
}

// RunDue runs the jobs that are due now, including those that they ask for, and returns how many tries it
// made. A few handlers work at the same time; their ends are recorded one after the other, in the order in
// which the jobs were taken. Failures are recorded as always and returned too.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	if err := r.reclaim(ctx); err != nil {
		return 0, err
	}
	var failed error
	runs := map[ID]int{}
	for n := 0; ; {
		var batch []Record
		for len(batch) < workers {
			job, ok, err := r.claim(ctx)
			if err != nil {
				return n, errors.Join(failed, err)
			}
			if !ok {
				break
			}
			batch = append(batch, job)
		}
		if len(batch) == 0 {
			return n, failed
		}
		for i, err := range r.doAll(ctx, batch) {
			job := batch[i]
			n++
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("jobs: %s %s: %w", job.Kind, job.Key, err))
			}
			if runs[job.ID]++; runs[job.ID] == maxRepeats {
				return n, errors.Join(failed, fmt.Errorf("jobs: %s %s asks for itself again without end", job.Kind, job.Key))
			}
		}
	}
}

// doAll is do for several jobs: the handlers at the same time, the records in order.
func (r *Runner) doAll(ctx context.Context, batch []Record) []error {
	limited, cancel := context.WithTimeout(ctx, lease)
	defer cancel()
	completes, errs := make([]func(*store.Tx) error, len(batch)), make([]error, len(batch))
	var wg sync.WaitGroup
	for i, job := range batch {
		wg.Go(func() { completes[i], errs[i] = r.handle(limited, job) })
	}
	wg.Wait()
	for i, job := range batch {
		errs[i] = r.record(ctx, job, completes[i], errs[i])
	}
	return errs
}

// do runs one job that was claimed and records how it ended. It returns the failure of the job.
func (r *Runner) do(ctx context.Context, job Record) error { return r.doAll(ctx, []Record{job})[0] }

// record writes how a job ended.
func (r *Runner) record(ctx context.Context, job Record, complete func(*store.Tx) error, err error) error {
	if err == nil {
		err = r.db.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return r.finish(tx, job, complete) })
	}
	if errors.Is(err, errLost) {
		return err // whoever has it now records its end
	}
	if err != nil {
		record := func(tx *store.Tx) error { return r.fail(tx, job, err) }
		if err2 := r.db.Update(context.WithoutCancel(ctx), record); err2 != nil {
			return errors.Join(err, err2)
		}
	}
	return err
}

// handle calls the handler and turns a panic into an error.
func (r *Runner) handle(ctx context.Context, job Record) (complete func(*store.Tx) error, err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("jobs: panic", "kind", job.Kind, "key", job.Key, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return r.handlers[job.Kind](ctx, job)
}

// warn logs kinds that wait without a handler: a mistake in wiring.
func (r *Runner) warn(ctx context.Context) {
	var kinds []string
	err := r.db.View(ctx, func(tx *store.Tx) error {
		return tx.DB().NewSelect().Model((*Record)(nil)).Distinct().Column("kind").Where("state = ?", Pending).Scan(tx.Ctx, &kinds)
	})
	for _, k := range kinds {
		if _, ok := r.handlers[k]; !ok {
			slog.Warn("jobs: no handler", "kind", k)
		}
	}
	if err != nil && ctx.Err() == nil {
		slog.Error("jobs: cannot list kinds", "err", err)
	}
}
