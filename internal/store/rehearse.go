package store

import (
	"context"

	"fadu/internal/fault"
)

// ErrRehearsed is what an Update of a rehearsal ends with when its closure found nothing wrong.
var ErrRehearsed = fault.New(fault.Conflict, "只是预览，没有保存")

type rehearseKey struct{}

// Rehearse makes every Update and Once of the context run whole and be undone: they end with ErrRehearsed, or with
// what the closure refuses. No key is remembered, nothing runs after a commit. What a closure puts into blobs stays.
func Rehearse(ctx context.Context) context.Context {
	return context.WithValue(ctx, rehearseKey{}, true)
}

func rehearsing(ctx context.Context) bool {
	on, _ := ctx.Value(rehearseKey{}).(bool)
	return on
}

// rehearsed is the closure with its undoing.
func rehearsed(f func(*Tx) error) func(*Tx) error {
	return func(tx *Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return ErrRehearsed
	}
}
