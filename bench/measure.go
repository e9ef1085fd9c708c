package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// whoKey is under which a request carries who asks.
type whoKey struct{}

// cell is what was measured of one workload at one number of clients.
type cell struct {
	rate, p50, p99, cpu float64
	failed              int
}

// measure lets n clients ask one request after the other for a while, after a short warm-up.
func measure(ctx context.Context, srv *server, w workload, n int, during time.Duration) cell {
	run(ctx, w, n, during/6)
	before := srv.cpu()
	began := time.Now()
	took, failed := run(ctx, w, n, during)
	elapsed := time.Since(began)
	c := cell{rate: float64(len(took)) / elapsed.Seconds(), failed: failed}
	if len(took) == 0 {
		return c
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	c.p50, c.p99 = ms(took[len(took)/2]), ms(took[len(took)*99/100])
	c.cpu = ms(srv.cpu()-before) / float64(len(took))
	return c
}

func run(ctx context.Context, w workload, n int, during time.Duration) (took []time.Duration, failed int) {
	ctx, stop := context.WithTimeout(ctx, during)
	defer stop()
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), uint64(time.Now().UnixNano())))
			var mine []time.Duration
			bad := 0
			for ctx.Err() == nil {
				began := time.Now()
				if err := ask(w, r); err != nil {
					if bad == 0 {
						fmt.Fprintln(os.Stderr, w.name, err)
					}
					bad++
					continue
				}
				mine = append(mine, time.Since(began))
			}
			mu.Lock()
			took, failed = append(took, mine...), failed+bad
			mu.Unlock()
		})
	}
	wg.Wait()
	return took, failed
}

func ask(w workload, r *rand.Rand) error {
	req, err := w.make(r)
	if err != nil {
		return err
	}
	resp, err := req.Context().Value(whoKey{}).(*browser).client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		body, _ := io.ReadAll(io.LimitReader(resp.Body, 300))
		return fmt.Errorf("%s: %s %s", req.URL.Path, resp.Status, body)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// ticksPerSecond is Linux's USER_HZ.
const ticksPerSecond = 100

// cpu returns the processor time that the server, and the database beside it, have used.
func (s *server) cpu() time.Duration {
	total := processTime(s.cmd.Process.Pid)
	if s.also > 0 {
		total += treeTime(s.also)
	}
	return total
}

func processTime(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	var ticks int64
	for _, i := range []int{11, 12} { // utime, stime
		n, _ := strconv.ParseInt(f[i], 10, 64)
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}

// treeTime adds the time of a process and of its direct children.
func treeTime(pid int) time.Duration {
	total := processTime(pid)
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for _, f := range strings.Fields(string(b)) {
		child, _ := strconv.Atoi(f)
		total += processTime(child)
	}
	return total
}

// memory returns the proportional set size in MB, peak the most that was resident.
func (s *server) memory() float64 { return s.kilobytes("smaps_rollup", "Pss:") / 1000 }

func (s *server) peak() float64 { return s.kilobytes("status", "VmHWM:") / 1000 }

func (s *server) kilobytes(file, field string) float64 {
	f, err := os.Open(fmt.Sprintf("/proc/%d/%s", s.cmd.Process.Pid, file))
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), field); ok {
			n, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return n
		}
	}
	return 0
}
