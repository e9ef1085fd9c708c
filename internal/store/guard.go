package store

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/uptrace/bun"
)

// guard refuses statements by which a closure on PostgreSQL would end its own transaction: what it
// then wrote would be durable though the closure failed, and the final COMMIT would say nothing. Such a
// statement is never sent and the closure fails even if it ignores the error. It sees what goes by
// Tx.Ctx and begins with the keyword, which is enough against mistakes; on SQLite the commit hook sees
// everything.
type guard struct{}

type guardKey struct{}

// guarded notes that a closure tried.
type guarded struct{ err error }

var (
	errControl = errors.New("store: a closure cannot begin or end its transaction")
	// controlling matches a transaction statement, after white space and comments. It does not look
	// further: a text that somebody typed may well contain "; end".
	controlling = regexp.MustCompile(`(?is)^(\s|--[^\n]*\n|/\*.*?\*/)*(begin|start|commit|end|rollback|abort|savepoint|release|prepare)\b`)
)

// BeforeQuery refuses a transaction statement of a closure.
func (guard) BeforeQuery(ctx context.Context, e *bun.QueryEvent) context.Context {
	g, ok := ctx.Value(guardKey{}).(*guarded)
	if !ok || !strings.ContainsRune("bBsScCeErRaApP-/ \t\r\n", rune(e.Query[0])) || !controlling.MatchString(e.Query) {
		return ctx
	}
	g.err = errControl
	return refused{ctx}
}

// AfterQuery does nothing.
func (guard) AfterQuery(context.Context, *bun.QueryEvent) {}

// refused is a context in which no statement starts.
type refused struct{ context.Context }

var closed = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// Done is closed.
func (refused) Done() <-chan struct{} { return closed }

// Err says why.
func (refused) Err() error { return errControl }
