//go:build trial

package main

import (
	"os"
	"time"
)

// clock is the machine's, moved by the duration in FADU_TRIAL_SHIFT, so that the trials of the whole program
// work on a day that the calendar and the certificates of the test bureau know. No release is built with it.
var clock = func() time.Time {
	by, _ := time.ParseDuration(os.Getenv("FADU_TRIAL_SHIFT")) // not set: not moved
	return time.Now().Add(by)
}
