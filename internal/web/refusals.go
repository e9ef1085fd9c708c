package web

import (
	"context"

	"fadu/internal/law"
)

type refusalsKey struct{}

// WithRefusals returns a context whose forms tell hear of each refusal by law that they take from a
// service: a form that is shown again answers the request itself, and nobody else would learn of it.
func WithRefusals(ctx context.Context, hear func(*law.Refusal)) context.Context {
	return context.WithValue(ctx, refusalsKey{}, hear)
}

func refusalsTo(ctx context.Context) func(*law.Refusal) {
	hear, _ := ctx.Value(refusalsKey{}).(func(*law.Refusal))
	return hear
}
