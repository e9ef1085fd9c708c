package jobs

import (
	"context"
	"time"

	"fadu/internal/store"
)

// Claim takes the next job, as a worker would before its process dies.
func Claim(r *Runner) (Record, bool, error) { return r.claim(context.Background()) }

// Finish completes a claimed job.
func Finish(r *Runner, job Record, complete func(*store.Tx) error) error {
	return r.db.Update(context.Background(), func(tx *store.Tx) error { return r.finish(tx, job, complete) })
}

// ErrLost is what a runner gets whose job was taken over.
var ErrLost = errLost

// Looks lets the runner look for due jobs that often only.
func Looks(r *Runner, every time.Duration) { r.poll = every }

// MaxTries is how often a job is tried.
const MaxTries = maxTries
