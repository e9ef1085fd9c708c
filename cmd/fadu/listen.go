package main

import (
	"fmt"
	"net"
	"time"
)

// taken reports whether somebody answers at the address already. Listening alone does not show it: on one
// of localhost's two addresses a port may be free that a browser would reach on the other.
func taken(addr string) bool {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "0" {
		return false
	}
	hosts := []string{host}
	if host == "" || host == "localhost" {
		hosts = []string{"127.0.0.1", "::1"}
	}
	for _, h := range hosts {
		if c, err := net.DialTimeout("tcp", net.JoinHostPort(h, port), 300*time.Millisecond); err == nil {
			_ = c.Close() // nothing was said
			return true
		}
	}
	return false
}

// listenNear listens at the address or, when it is taken, at a free port, and says plainly at which.
func listenNear(addr string) (l net.Listener, notice string, err error) {
	if !taken(addr) {
		if l, err = net.Listen("tcp", addr); err == nil {
			return l, "端口 " + portOf(l), nil
		}
	}
	if l, err = net.Listen("tcp", "localhost:0"); err != nil {
		return nil, "", err
	}
	return l, fmt.Sprintf("%s 已被占用，改用端口 %s", addr, portOf(l)), nil
}

func portOf(l net.Listener) string {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return l.Addr().String()
	}
	return port
}
