package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"fadu/internal/app"
	"fadu/internal/app/apptest"
)

// TestSlowHTTP: senders and readers that only hold a place are ended, heads and bodies are bounded, and
// others are served all the while. The limits are the program's own, set short.
func TestSlowHTTP(t *testing.T) {
	p, err := peopledBureau()
	if err != nil {
		t.Fatal(err)
	}
	const part = 300 * time.Millisecond
	site, err := apptest.Serve(app.Config{Data: p.copyTo(t), Limits: app.Limits{Header: part, Part: part, Idle: part, Request: 5 * time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := site.App.Server()
	go func() { _ = srv.Serve(l) }()
	defer srv.Close()
	addr := l.Addr().String()

	post := "POST /sign-in HTTP/1.1\r\nHost: " + addr + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	var conns []net.Conn
	for range 100 { // and as many idle ones as a small bureau has browsers
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		conns = append(conns, c)
	}
	for _, c := range []struct {
		name, send string
		// want is how the answer begins, where there is one.
		want string
	}{
		{"什么也不发", "", ""},
		{"请求头发一半", "GET / HTTP/1.1\r\nHost: x\r\nX-A: ", ""},
		{"请求体发一半", post + "Content-Length: 100\r\n\r\nlogin=", "HTTP/1.1 422"},
		{"分块发一半", post + "Transfer-Encoding: chunked\r\n\r\n5\r\nlogin\r\n", "HTTP/1.1 422"},
		{"答复以后不再说话", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200"},
		{"请求头太大", "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("a", 80<<10) + "\r\n\r\n", "HTTP/1.1 431"},
		{"两个长度", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nlogin=", "HTTP/1.1 400"},
		{"长度和分块并用", post + "Content-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n\r\nlogin", "HTTP/1.1 501"},
	} {
		t.Run(c.name, func(t *testing.T) {
			said, err := talk(addr, c.send)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(said, c.want) {
				t.Errorf("答复 %.100q，应是 %s", said, c.want)
			}
		})
	}
	t.Run("一个字节一个字节地发", func(t *testing.T) {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, post+"Content-Length: 1000000\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { defer close(ended); _, _ = io.Copy(io.Discard, c) }()
		for n := 0; ; n++ { // each byte comes in time; the whole request does not
			select {
			case <-ended:
				if n == 0 {
					t.Error("还没有发就断了")
				}
				return
			case <-time.After(part / 3):
			}
			if n > 600 {
				t.Fatal("没有人结束它")
			}
			_, _ = c.Write([]byte("a")) // the server may have closed
		}
	})
	t.Run("别人照常使用", func(t *testing.T) {
		res, err := http.Get("http://" + addr + "/sign-in")
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%v %v", res, err)
		}
		_ = res.Body.Close()
	})
	for i, c := range conns { // the server ended them all by itself
		if err := ended(c); err != nil {
			t.Fatalf("第 %d 个空闲连接：%v", i, err)
		}
	}
}

// talk sends and reads until the server ends the connection.
func talk(addr, send string) (string, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	defer c.Close()
	go func() { _, _ = io.WriteString(c, send) }() // the server may not want to hear it all
	if err := c.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		return "", err
	}
	b, err := io.ReadAll(bufio.NewReader(c))
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return "", fmt.Errorf("服务器一分钟没有结束连接，已答复 %.80q", b)
	}
	return string(b), nil
}

// ended waits until the other side has closed.
func ended(c net.Conn) error {
	if err := c.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	_, err := c.Read(make([]byte, 1))
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return context.DeadlineExceeded
	}
	return nil
}

// TestBodiesAreBounded: every route that takes something refuses what is larger than it takes, before
// anything is done with it.
func TestBodiesAreBounded(t *testing.T) {
	a := newAbused(t)
	a.gather()
	before := a.state()
	n := 0
	for _, rt := range a.site.App.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if method == http.MethodGet || pattern == "/sign-out" {
			continue
		}
		size := rt.MaxBody
		if size == 0 {
			size = 1 << 20
		}
		if size > 4<<20 && n%8 != 0 { // the large ones take turns
			n++
			continue
		}
		n++
		path, _ := pathOf(pattern, a.found)
		kind, body := formType, "x="+strings.Repeat("a", int(size))
		if strings.HasPrefix(pattern, "/api/") {
			kind, body = "application/json", `{"x":"`+strings.Repeat("a", int(size))+`"}`
		}
		r := a.holder(rt).do(method, path, body, "Content-Type", kind, "Idempotency-Key", fmt.Sprint("large-", n))
		if r.StatusCode != http.StatusRequestEntityTooLarge && r.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s 收下了 %d 字节：%d %.200s", rt.Pattern, len(body), r.StatusCode, r.body)
		}
	}
	if n < 150 {
		t.Errorf("只试了 %d 条路由", n)
	}
	a.unchanged(before, "太大的请求")
}
