package store

import (
	"context"
	"sync"
	"time"
)

// glances are the values that Glance keeps.
type glances struct {
	mu    sync.Mutex
	known map[any]glance
}

type glance struct {
	value   any
	at      time.Time
	commits uint64
}

// maxGlances bounds what is kept; beyond it everything is asked anew.
const maxGlances = 4096

// Glance returns what f gave for the key a moment ago: for counts beside menus and tabs and above lists,
// which stand on every page and need not be of this very instant. On SQLite it is the present value as long as nothing was
// committed; besides, a value may be as old as Options.Glance, unless the context says WithFresh. The key
// is a value of a type of the asking package and holds all that the value depends on, the day included.
func Glance[T any](tx *Tx, key any, f func() (T, error)) (T, error) {
	g, db := &tx.db.glances, tx.db
	if tx.write {
		return f()
	}
	g.mu.Lock()
	old, ok := g.known[key]
	g.mu.Unlock()
	fresh, _ := tx.Ctx.Value(freshKey{}).(bool)
	age := tx.Now.Sub(old.at).Abs()
	same := db.engine == SQLite && old.commits == tx.commits && age < time.Minute // a console command may have written
	if ok && (same || !fresh && age < db.glanceAge) {
		return old.value.(T), nil
	}
	v, err := f()
	if err != nil {
		return v, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.known == nil || len(g.known) >= maxGlances {
		g.known = map[any]glance{}
	}
	g.known[key] = glance{v, tx.Now, tx.commits}
	return v, nil
}

type freshKey struct{}

// WithFresh makes Glance ask anew where something was committed: for the page that follows an own act.
func WithFresh(ctx context.Context) context.Context {
	return context.WithValue(ctx, freshKey{}, true)
}
