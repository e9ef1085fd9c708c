package app

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fadu/internal/access"
	"fadu/internal/jobs"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// buckets are the upper bounds of request durations, in seconds.
var buckets = []float64{0.005, 0.02, 0.1, 0.5, 2, 10}

// slowRequest is from when on a request is warned of.
const slowRequest = 2 * time.Second

type served struct {
	route  string
	status int
}

type tally struct {
	n       int64
	seconds float64
	within  []int64
}

// meters count requests by route pattern: never by address, which may name a record.
type meters struct {
	inFlight atomic.Int64
	mu       sync.Mutex
	by       map[served]*tally
}

func (m *meters) add(route string, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := served{route, status}
	t := m.by[key]
	if t == nil {
		t = &tally{within: make([]int64, len(buckets))}
		m.by[key] = t
	}
	t.n++
	t.seconds += took.Seconds()
	for i, b := range buckets {
		if took.Seconds() <= b {
			t.within[i]++
		}
	}
}

// status notes what was answered.
type status struct {
	http.ResponseWriter
	code int
}

// WriteHeader notes the status.
func (s *status) WriteHeader(code int) {
	if s.code == 0 {
		s.code = code
	}
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap lets http.ResponseController reach the connection.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// measure counts requests and warns of slow ones. h must hand the request itself to the mux, which writes
// the route's pattern into it.
func (a *App) measure(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.meters.inFlight.Add(1)
		defer a.meters.inFlight.Add(-1)
		began := a.cfg.Clock()
		s := &status{ResponseWriter: w}
		h.ServeHTTP(s, r)
		took := a.cfg.Clock().Sub(began)
		route := cmp.Or(r.Pattern, "other")
		a.meters.add(route, cmp.Or(s.code, http.StatusOK), took)
		if took >= slowRequest {
			a.cfg.Log.WarnContext(r.Context(), "slow request", "route", route, "took", took)
		}
	})
}

// Metrics answers in the text form of Prometheus. It holds counts only, no name and no number of a record.
func (a *App) Metrics() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		if err := a.writeMetrics(r.Context(), w); err != nil {
			a.cfg.Log.Error("metrics", "err", err)
		}
	})
}

// series writes one metric.
type series struct{ w io.Writer }

func (s series) head(name, kind, help string) {
	fmt.Fprintf(s.w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (s series) one(name, kind, help string, v any) {
	s.head(name, kind, help)
	fmt.Fprintf(s.w, "%s %v\n", name, v)
}

func (a *App) writeMetrics(ctx context.Context, w io.Writer) error {
	s := series{w}
	a.meters.write(s)
	updates, batches, slow, retries, rescued, failed := a.DB.Stats()
	s.one("fadu_store_updates_total", "counter", "Closures that were run.", updates)
	s.one("fadu_store_batches_total", "counter", "Commits that carried them.", batches)
	s.one("fadu_store_slow_closures_total", "counter", "Closures over 20 ms.", slow)
	s.one("fadu_store_retries_total", "counter", "Retries after a serialisation failure.", retries)
	s.one("fadu_store_rescued_total", "counter", "Closures run again alone after a failed batch.", rescued)
	s.one("fadu_store_failed_total", "counter", "Closures that failed.", failed)
	s.one("fadu_store_queue", "gauge", "Closures that wait for the writer.", a.DB.Queue())
	s.one("fadu_disk_free_bytes", "gauge", "Free space of the data folder.", a.disk.left.Load())
	s.one("fadu_disk_read_only", "gauge", "1 while the disk is too full to write.", zeroOrOne(a.disk.readOnly.Load()))
	s.one("fadu_backup_last_success_timestamp_seconds", "gauge", "When the last backup was complete; 0 for none.", unix(a.LastBackup()))
	s.one("fadu_checkpoint_last_success_timestamp_seconds", "gauge", "When a checkpoint was last made and copied; 0 for none since the start.", unix(a.witnessed.at()))
	err := a.DB.View(ctx, func(tx *store.Tx) error { return a.writeCounts(tx, s) })
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	s.one("go_goroutines", "gauge", "Goroutines.", runtime.NumGoroutine())
	s.one("go_memstats_heap_alloc_bytes", "gauge", "Heap in use.", mem.HeapAlloc)
	s.one("go_memstats_sys_bytes", "gauge", "Memory from the system.", mem.Sys)
	s.one("go_gc_cycles_total", "counter", "Garbage collections.", mem.NumGC)
	s.one("go_gc_pause_seconds_total", "counter", "Time stopped by them.", float64(mem.PauseTotalNs)/1e9)
	return err
}

// writeCounts are the figures that the database has.
func (a *App) writeCounts(tx *store.Tx, s series) error {
	byState, err := jobs.Counts(tx)
	if err != nil {
		return err
	}
	s.head("fadu_jobs", "gauge", "Jobs by state; dead ones wait for a person.")
	for _, state := range []jobs.State{jobs.Pending, jobs.Running, jobs.Done, jobs.Dead} {
		fmt.Fprintf(s.w, "fadu_jobs{state=%q} %d\n", state, byState[state])
	}
	sessions, refusals, err := access.Counts(tx)
	if err != nil {
		return err
	}
	s.one("fadu_sessions", "gauge", "Sessions that have not ended.", sessions)
	s.one("fadu_refusals", "gauge", "Refusals by law in the security log.", refusals)
	waiting, oldest, _, err := ledger.Waiting(tx)
	if err != nil {
		return err
	}
	s.one("fadu_ledger_waiting", "gauge", "Committed entries without a number.", waiting)
	lag := 0.0
	if !oldest.IsZero() {
		lag = tx.Now.Sub(oldest).Seconds()
	}
	s.one("fadu_ledger_lag_seconds", "gauge", "How long the oldest of them waits.", lag)
	return nil
}

func (m *meters) write(s series) {
	s.one("fadu_http_in_flight", "gauge", "Requests that are being answered.", m.inFlight.Load())
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := make([]served, 0, len(m.by))
	for k := range m.by {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b served) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	})
	s.head("fadu_http_request_duration_seconds", "histogram", "Requests by route pattern and status.")
	for _, k := range keys {
		t := m.by[k]
		labels := fmt.Sprintf("route=%q,status=\"%d\"", k.route, k.status)
		for i, b := range buckets {
			fmt.Fprintf(s.w, "fadu_http_request_duration_seconds_bucket{%s,le=\"%g\"} %d\n", labels, b, t.within[i])
		}
		fmt.Fprintf(s.w, "fadu_http_request_duration_seconds_bucket{%s,le=\"+Inf\"} %d\n", labels, t.n)
		fmt.Fprintf(s.w, "fadu_http_request_duration_seconds_sum{%s} %g\nfadu_http_request_duration_seconds_count{%s} %d\n", labels, t.seconds, labels, t.n)
	}
}

func zeroOrOne(on bool) int {
	if on {
		return 1
	}
	return 0
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
