package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"fadu/internal/fault"
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
			if f := a.checkClock(ctx); f.Level != OK && ctx.Err() == nil {
				a.cfg.Log.Warn("clock", "found", f.Line())
			}
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
	if err := a.setOut(ctx); ctx.Err() != nil {
		return nil
	} else if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var last sync.WaitGroup
	last.Go(func() { a.witness(ctx) })
	defer last.Wait()
	defer stop()
	go a.follow(ctx)
	go a.watchDisk(ctx)
	go a.keepBackups(ctx)
	return a.Jobs.Run(ctx)
}

// setOut brings in the scenes of the program and asks for the first look at the terms, again for as long as the database
// is away: that somebody restarts it in this moment is no reason to stop.
func (a *App) setOut(ctx context.Context) error {
	for {
		err := errors.Join(a.Bank.Start(ctx), a.Training.Start(ctx), a.Terms.Start(ctx))
		if !fault.Is(err, fault.Busy) || ctx.Err() != nil {
			return err
		}
		a.cfg.Log.Error("scenes and terms not looked at, will try again", "err", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(followEvery):
		}
	}
}

// followEvery is how often a node looks for what another one changed.
const followEvery = time.Second

// follow takes over the years that another node loaded into the calendar, and sees when a newer program has changed
// the schema.
func (a *App) follow(ctx context.Context) {
	t := time.NewTicker(followEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		err := a.DB.LookAtSchema(ctx)
		if fault.Is(err, fault.Outdated) {
			a.cfg.Log.Error("a newer program changed the database: this one answers 503 until it is replaced", "err", err)
			return
		}
		if err = errors.Join(err, a.Holidays.Refresh(ctx)); err != nil && ctx.Err() == nil {
			a.cfg.Log.Error("database not followed, will try again", "err", err)
		}
	}
}

// tidy removes what has run out: sessions, sign-in attempts, idempotency keys, done jobs, abandoned
// import batches, leftovers of interrupted uploads.
func (a *App) tidy(ctx context.Context) error {
	_, err := a.Blobs.Sweep(a.cfg.Clock().Add(-leftovers))
	return errors.Join(err,
		a.Access.Sweep(ctx),
		a.Org.Imports().Sweep(ctx),
		a.Holidays.Sweep(ctx),
		a.Powers.Sweep(ctx),
		a.Past.Sweep(ctx),
		a.Bank.Imports().Sweep(ctx),
		a.Registers.Sweep(ctx),
		a.Report.Fold(ctx),
		a.DB.Update(ctx, store.ForgetKeys),
		a.DB.Update(ctx, jobs.Forget),
	)
}

// Program tells the running program from every other one, by what its file contains.
var Program = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:12]), nil
})
