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

	"github.com/jackc/pgx/v5"
)

// whoKey is under which a request carries who asks.
type whoKey struct{}

// cell is what was measured of one workload at one number of clients.
type cell struct {
	// Rate is requests a second; P50 and P99 are ms; CPU is ms of the server and of its database a request.
	Rate, P50, P99, CPU float64
	Failed              int
}

// measure lets n clients ask one request after the other for a while, after a short warm-up.
func measure(ctx context.Context, srv *server, w workload, n int, during time.Duration) cell {
	run(ctx, w, n, during/6)
	srv.settle(ctx)
	before := srv.cpu()
	began := time.Now()
	took, failed := run(ctx, w, n, during)
	elapsed := time.Since(began)
	c := summary(took, elapsed, srv.cpu()-before)
	c.Failed = failed
	return c
}

// settle waits until the server has done what earlier requests left it to do, such as noting who read what.
func (s *server) settle(ctx context.Context) { s.rest(ctx, 200*time.Millisecond, 10*time.Second) }

// rest waits until the server has done next to nothing for so long, at most until another time has passed.
func (s *server) rest(ctx context.Context, quiet, most time.Duration) {
	for began := time.Now(); time.Since(began) < most && ctx.Err() == nil; {
		before := s.cpu()
		time.Sleep(quiet)
		if s.cpu()-before <= quiet/20 {
			return
		}
	}
}

func summary(took []time.Duration, elapsed, cpu time.Duration) cell {
	if len(took) == 0 {
		return cell{}
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return cell{
		Rate: float64(len(took)) / elapsed.Seconds(), P50: ms(took[len(took)/2]), P99: ms(took[len(took)*99/100]),
		CPU: ms(cpu) / float64(len(took)),
	}
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
	total := processTime(s.cmd.Process.Pid, userTime, systemTime)
	if s.also > 0 {
		total += treeTime(s.also)
	}
	return total
}

// userTime and systemTime are fields of /proc/…/stat behind the name.
const userTime, systemTime = 11, 12

func processTime(pid int, fields ...int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	var ticks int64
	for _, i := range fields {
		n, _ := strconv.ParseInt(f[i], 10, 64)
		ticks += n
	}
	return time.Duration(ticks) * time.Second / ticksPerSecond
}

// treeTime adds the time of a process, of its direct children and of those that have ended.
func treeTime(pid int) time.Duration {
	total := processTime(pid, 11, 12, 13, 14)
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for _, f := range strings.Fields(string(b)) {
		child, _ := strconv.Atoi(f)
		total += processTime(child, userTime, systemTime)
	}
	return total
}

// postmaster returns the process of the database server; 0 when it is on another machine, or SQLite.
func postmaster(ctx context.Context, url string) int {
	if url == "" {
		return 0
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0
	}
	defer func() { _ = conn.Close(ctx) }()
	var backend, parent int
	if err := conn.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&backend); err != nil {
		return 0
	}
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", backend))
	if name, rest, ok := strings.Cut(string(b), ") "); ok && strings.HasSuffix(name, "(postgres") {
		_, _ = fmt.Sscanf(rest, "%1s %d", new(string), &parent)
	}
	return parent
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
