package testkit

import (
	"context"
	"errors"
	"net"
	"sync"
)

// ErrPlanned is the failure that a test planned.
var ErrPlanned = errors.New("planned failure")

// Nth lets the N-th step of what the database or the disk does fail, once or from then on. Steps count only
// while it is armed. It is safe for concurrent use.
type Nth struct {
	mu     sync.Mutex
	armed  bool
	at, n  int
	sticky bool
	fired  string
	// Only, if set, says which steps count.
	Only func(step string) bool
}

// Arm starts to count: the at-th step from now fails, and with sticky every one after it. 0 fails none.
func (f *Nth) Arm(at int, sticky bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed, f.at, f.n, f.sticky, f.fired = true, at, 0, sticky, ""
}

// Disarm stops it and returns how many steps there were and the one that failed first, "" for none.
func (f *Nth) Disarm() (steps int, fired string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed = false
	return f.n, f.fired
}

// Step counts a step and returns its failure.
func (f *Nth) Step(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.armed || f.Only != nil && !f.Only(name) {
		return nil
	}
	f.n++
	if f.at == 0 || f.n < f.at || f.n > f.at && !f.sticky {
		return nil
	}
	if f.fired == "" {
		f.fired = name
	}
	return ErrPlanned
}

// Dial opens connections to PostgreSQL whose every write and read is a step. A failed one cuts the
// connection, so that a COMMIT may have reached the server without its answer coming back.
func (f *Nth) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &cutConn{c, f}, nil
}

type cutConn struct {
	net.Conn
	f *Nth
}

// Write sends unless it is this write's turn to fail.
func (c *cutConn) Write(b []byte) (int, error) {
	if err := c.f.Step("net write"); err != nil {
		return 0, errors.Join(err, c.Close())
	}
	return c.Conn.Write(b)
}

// Read receives unless it is this read's turn to fail. What the server had sent is lost.
func (c *cutConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		if planned := c.f.Step("net read"); planned != nil {
			return 0, errors.Join(planned, c.Close())
		}
	}
	return n, err
}
