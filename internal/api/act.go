package api

import (
	"context"
	"strconv"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"
	"fadu/internal/store"
)

// Seen is the part of a body that says which version of the record the caller saw.
type Seen struct {
	Version int64 `json:"version" required:"true" doc:"看到的版本；别人改过以后答复 409，要重新读取再办"`
}

// Reasoned is a body with nothing but the version and a reason.
type Reasoned struct {
	Seen
	Reason string `json:"reason" doc:"理由"`
}

// Why is a body with nothing but a reason.
type Why struct {
	Reason string `json:"reason" doc:"原因"`
}

// Nothing is the body of an act that needs to be told nothing: {}.
type Nothing struct{}

// Done names the record that a write was done to.
type Done struct {
	ID string `json:"id"`
}

// One names a record in the path of an operation that reads.
type One struct {
	ID string `path:"id" doc:"编号"`
}

// Act adds an operation on the record with the number {id} of its path; record is what the record is
// called where there is none with that number.
func Act[ID ~int64, Body any](a *API, op Operation, record string, do func(ctx context.Context, by access.Session, id ID, in Body) error) {
	records, _, _ := strings.Cut(op.Path, "/{")
	Post(a, op, func(ctx context.Context, by access.Session, text string, in Body) (out Made[Done], err error) {
		id, err := IDOf[ID](text, record)
		if err != nil {
			return out, err
		}
		return Made[Done]{Location: Base + records + "/" + text, Body: Done{text}}, do(ctx, by, id, in)
	})
}

// Add adds an operation that makes a record.
func Add[ID ~int64, Body any](a *API, op Operation, do func(ctx context.Context, by access.Session, in Body) (ID, error)) {
	Post(a, op, func(ctx context.Context, by access.Session, _ string, in Body) (Made[Done], error) {
		id, err := do(ctx, by, in)
		text := strconv.FormatInt(int64(id), 10)
		return Made[Done]{Location: Base + op.Path + "/" + text, Body: Done{text}}, err
	})
}

// IDOf reads a number of a path; record is what it names.
func IDOf[ID ~int64](text, record string) (ID, error) {
	n, err := store.ParseID(text)
	if err != nil {
		return 0, fault.Missing(record)
	}
	return ID(n), nil
}

// List is a page of records; next is to be sent as after for the page that follows.
type List[T any] struct {
	Items []T    `json:"items"`
	Prev  string `json:"prev,omitempty"`
	Next  string `json:"next,omitempty"`
}

// ListOf makes a page; a page without records is [] rather than null.
func ListOf[From, T any](rows []From, prev, next string, f func(From) T) List[T] {
	out := List[T]{Items: make([]T, len(rows)), Prev: prev, Next: next}
	for i, r := range rows {
		out.Items[i] = f(r)
	}
	return out
}
