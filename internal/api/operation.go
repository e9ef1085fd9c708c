package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"fadu/internal/access"
	"fadu/internal/fault"

	"github.com/danielgtaylor/huma/v2"
)

// Get adds an operation that reads. In has path and query parameters as strings, tagged for huma.
func Get[In, Out any](a *API, op Operation, f func(ctx context.Context, by access.Session, in In) (Out, error)) {
	op.Method = http.MethodGet
	huma.Register(a.huma, a.describe(op, nil, reflect.TypeFor[Out]()), func(ctx context.Context, in *In) (*answer, error) {
		if err := legible(*in); err != nil {
			return keep(ctx, nil, err)
		}
		out, err := f(ctx, access.SessionFrom(ctx), *in)
		return keep(ctx, &answer{Body: out}, err)
	})
	a.mount(op)
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
	a.post(op, reflect.TypeFor[Body](), reflect.TypeFor[Out](), func(ctx context.Context, name string, raw []byte) (*answer, error) {
		var body Body
		if err := decode(raw, &body); err != nil {
			return nil, err
		}
		made, err := f(ctx, access.SessionFrom(ctx), name, body)
		return &answer{Location: made.Location, Body: made.Body}, err
	})
}

// post is Post without type parameters: huma's Register is long, and each of its instances is code to compile and carry.
func (a *API) post(op Operation, body, out reflect.Type, f func(ctx context.Context, name string, raw []byte) (*answer, error)) {
	do := func(ctx context.Context, name string, raw []byte) (*answer, error) {
		if err := legible(struct{ Name string }{name}); err != nil {
			return keep(ctx, nil, fault.Missing("这条记录"))
		}
		made, err := f(ctx, name, raw)
		return keep(ctx, made, err)
	}
	described := a.describe(op, body, out)
	switch {
	case strings.Contains(op.Path, "{id}"):
		huma.Register(a.huma, described, func(ctx context.Context, in *namedCall) (*answer, error) { return do(ctx, in.ID, in.RawBody) })
	case strings.Contains(op.Path, "{kind}"):
		huma.Register(a.huma, described, func(ctx context.Context, in *kindCall) (*answer, error) { return do(ctx, in.Kind, in.RawBody) })
	case strings.Contains(op.Path, "{code}"):
		huma.Register(a.huma, described, func(ctx context.Context, in *codeCall) (*answer, error) { return do(ctx, in.Code, in.RawBody) })
	case strings.Contains(op.Path, "{"):
		panic("api: " + op.Path + ": nobody would read the placeholder")
	default:
		huma.Register(a.huma, described, func(ctx context.Context, in *call) (*answer, error) { return do(ctx, "", in.RawBody) })
	}
	a.mount(op)
}

// answer is a reply. The operation describes the type of Body.
type answer struct {
	Location string `header:"Location"`
	Body     any
}

// call is a request with a body: RawBody is what is read; the operation describes the type of Body.
type call struct {
	Body    struct{}
	RawBody []byte
}

type namedCall struct {
	ID string `path:"id"`
	call
}

type kindCall struct {
	Kind string `path:"kind"`
	call
}

type codeCall struct {
	Code string `path:"code"`
	call
}
