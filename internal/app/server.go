package app

import (
	"cmp"
	"net/http"
	"time"
)

// Limits bound what a connection may take; what is 0 has the value of the field's comment.
type Limits struct {
	// Header is for the head of a request (10 s), Part for each next part of a body or an answer (30 s),
	// Request for all of a request (10 min: 80 MB over a bad line), Answer for all of it and its answer
	// (30 min: an export of all cases), Idle for a connection that asks nothing (30 s).
	Header, Part, Request, Answer, Idle time.Duration
	// HeaderBytes bounds the head of a request (64 KiB).
	HeaderBytes int
}

func (l Limits) filled() Limits {
	return Limits{
		Header: cmp.Or(l.Header, 10*time.Second), Part: cmp.Or(l.Part, 30*time.Second), Request: cmp.Or(l.Request, 10*time.Minute),
		Answer: cmp.Or(l.Answer, 30*time.Minute), Idle: cmp.Or(l.Idle, 30*time.Second), HeaderBytes: cmp.Or(l.HeaderBytes, 64<<10),
	}
}

// Server serves the program within its limits.
func (a *App) Server() *http.Server {
	l := a.cfg.Limits.filled()
	return &http.Server{Handler: a.Handler(), ReadHeaderTimeout: l.Header, ReadTimeout: l.Request, WriteTimeout: l.Answer, IdleTimeout: l.Idle, MaxHeaderBytes: l.HeaderBytes}
}
