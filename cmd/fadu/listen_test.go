package main

import (
	"net"
	"strings"
	"testing"
)

// TestListenNear: a port that somebody has on either address of localhost is taken, and it is said which
// one is used instead.
func TestListenNear(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "::1"} {
		other, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
		if err != nil {
			t.Logf("%s: %v", host, err)
			continue
		}
		addr := "localhost:" + portOf(other)
		l, notice, err := listenNear(addr)
		if err != nil {
			t.Fatal(err)
		}
		if portOf(l) == portOf(other) || !strings.Contains(notice, addr+" 已被占用") || !strings.Contains(notice, portOf(l)) {
			t.Errorf("%s 被占用：%q，监听 %s", host, notice, l.Addr())
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if err := other.Close(); err != nil {
			t.Error(err)
		}
		l, notice, err = listenNear(addr)
		if err != nil || "localhost:"+portOf(l) != addr || strings.Contains(notice, "占用") {
			t.Errorf("空出来以后：%q %v", notice, err)
		}
		if err == nil {
			_ = l.Close()
		}
	}
}
