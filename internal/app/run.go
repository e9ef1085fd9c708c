package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"fadu/internal/jobs"
	"fadu/internal/store"
)

// tidyEvery is how often what has run out is swept; leftovers of interrupted uploads go after a day.
const (
	tidyEvery = time.Hour
	leftovers = 24 * time.Hour
)

// Run does the background work until ctx ends: jobs as they become due, housekeeping every hour,
// checkpoints of the ledger, the last one at the end.
func (a *App) Run(ctx context.Context) error {
	go func() {
		t := time.NewTicker(tidyEvery)
		defer t.Stop()
		for {
			if err := a.tidy(ctx); err != nil && ctx.Err() == nil {
				a.cfg.Log.Error("housekeeping failed, will try again", "err", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-t.C:
			}
		}
	}()
	ctx, stop := context.WithCancel(ctx)
	var last sync.WaitGroup
	last.Go(func() { a.witness(ctx) })
	defer last.Wait()
	defer stop()
	return a.Jobs.Run(ctx)
}

// tidy removes what has run out: sessions, sign-in attempts, idempotency keys, done jobs, abandoned
// import batches, leftovers of interrupted uploads.
func (a *App) tidy(ctx context.Context) error {
	_, err := a.Blobs.Sweep(a.cfg.Clock().Add(-leftovers))
	return errors.Join(err,
		a.Access.Sweep(ctx),
		a.Org.Imports().Sweep(ctx),
		a.Powers.Sweep(ctx),
		a.Report.Fold(ctx),
		a.DB.Update(ctx, store.ForgetKeys),
		a.DB.Update(ctx, jobs.Forget),
	)
}
