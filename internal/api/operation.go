package api

import (
	"context"
	"net/http"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"

	"github.com/danielgtaylor/huma/v2"
)

// Get adds an operation that reads. In has path and query parameters as strings, tagged for huma.
func Get[In, Out any](a *API, op Operation, f func(ctx context.Context, by access.Session, in In) (Out, error)) {
	op.Method = http.MethodGet
	register(a, op, func(ctx context.Context, in *In) (*answer[Out], error) {
		if err := legible(*in); err != nil {
			return keep[Out](ctx, nil, err)
		}
		out, err := f(ctx, access.SessionFrom(ctx), *in)
		return keep(ctx, &answer[Out]{Body: out}, err)
	})
}

// Made is what an operation that writes answers: the body, and where the record is.
type Made[Out any] struct {
	Location string
	Body     Out
}

// Post adds an operation that takes a JSON body. name is what stands for {id}, {kind} or {code} in its
// path; a path has at most one of them, and no other placeholder.
func Post[Body, Out any](a *API, op Operation, f func(ctx context.Context, by access.Session, name string, body Body) (Made[Out], error)) {
	op.Method = http.MethodPost
	do := func(ctx context.Context, name string, raw []byte) (*answer[Out], error) {
		var body Body
		if err := legible(struct{ Name string }{name}); err != nil {
			return keep[Out](ctx, nil, fault.Missing("这条记录"))
		}
		if err := decode(raw, &body); err != nil {
			return keep[Out](ctx, nil, err)
		}
		made, err := f(ctx, access.SessionFrom(ctx), name, body)
		return keep(ctx, &answer[Out]{Location: made.Location, Body: made.Body}, err)
	}
	switch {
	case strings.Contains(op.Path, "{id}"):
		register(a, op, func(ctx context.Context, in *namedCall[Body]) (*answer[Out], error) {
			return do(ctx, in.ID, in.RawBody)
		})
	case strings.Contains(op.Path, "{kind}"):
		register(a, op, func(ctx context.Context, in *kindCall[Body]) (*answer[Out], error) {
			return do(ctx, in.Kind, in.RawBody)
		})
	case strings.Contains(op.Path, "{code}"):
		register(a, op, func(ctx context.Context, in *codeCall[Body]) (*answer[Out], error) {
			return do(ctx, in.Code, in.RawBody)
		})
	case strings.Contains(op.Path, "{"):
		panic("api: " + op.Path + ": nobody would read the placeholder")
	default:
		register(a, op, func(ctx context.Context, in *call[Body]) (*answer[Out], error) { return do(ctx, "", in.RawBody) })
	}
}

type answer[Out any] struct {
	Location string `header:"Location"`
	Body     Out
}

// call is a request with a body: huma describes Body, RawBody is what is read.
type call[Body any] struct {
	Body    Body
	RawBody []byte
}

type namedCall[Body any] struct {
	ID      string `path:"id"`
	Body    Body
	RawBody []byte
}

type kindCall[Body any] struct {
	Kind    string `path:"kind"`
	Body    Body
	RawBody []byte
}

type codeCall[Body any] struct {
	Code    string `path:"code"`
	Body    Body
	RawBody []byte
}

func register[In, Out any](a *API, op Operation, f func(context.Context, *In) (*answer[Out], error)) {
	huma.Register(a.huma, a.describe(op), f)
	a.mount(op)
}
