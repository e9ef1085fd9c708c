package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// running is the program as another process.
type running struct {
	cmd *exec.Cmd
	url string

	mu  sync.Mutex
	out strings.Builder
}

// Write keeps what the program says.
func (r *running) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(p)
}

func (r *running) said() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

var (
	announced = regexp.MustCompile(`(?m)^\s+(http://localhost:\d+)$`)
	folder    = regexp.MustCompile(`(?m)^数据目录 (.+)$`)
)

// startDemo builds nothing: the test binary is the program (testscript.Main).
func startDemo(t *testing.T) *running {
	t.Helper()
	path, err := exec.LookPath("fadu")
	if err != nil {
		t.Fatal(err)
	}
	r := &running{cmd: exec.Command(path, "demo", "--cases", "2", "--ordinary", "1", "--addr", "localhost:0")}
	r.cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir(), "FADU_DATABASE=")
	r.cmd.Stdout, r.cmd.Stderr = r, r
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.cmd.Process.Kill() })
	for range 600 {
		if m := announced.FindStringSubmatch(r.said()); m != nil && strings.Contains(r.said(), "Ctrl-C") {
			r.url = m[1]
			return r
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("the demo did not get ready:\n%s", r.said())
	return nil
}

func (r *running) get(t *testing.T, path string) string {
	t.Helper()
	res, err := http.Get(r.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", path, res.Status)
	}
	return string(body)
}

// data is the folder that the program announced.
func (r *running) data(t *testing.T) string {
	t.Helper()
	m := folder.FindStringSubmatch(r.said())
	if m == nil {
		t.Fatalf("no folder announced:\n%s", r.said())
	}
	return m[1]
}

// interrupt sends what Ctrl-C sends and waits for the end.
func (r *running) interrupt(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- r.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("ended with %v:\n%s", err, r.said())
		}
	case <-time.After(30 * time.Second):
		t.Fatalf("did not end:\n%s", r.said())
	}
}
