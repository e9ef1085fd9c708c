package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// allCmd measures everything and writes the report.
type allCmd struct {
	serving
	Out    string `default:"bench/results" type:"path" help:"Folder of the reports."`
	Starts int    `default:"5" help:"How many cold starts; the median counts."`
}

// report is what one run saw. It is kept as JSON too, so that the run with ten times the cases can be
// compared with it.
type report struct {
	Engine, Version, Machine, Revision, Go string
	At                                     time.Time
	Load                                   string
	Cases                                  int64
	DatabaseMB, BinaryMB                   float64
	ColdMS, IdleMB, AfterMB, PeakMB        float64
	What                                   string
	Cells                                  []line
	Limits                                 []limit
}

type line struct {
	Name    string
	Clients int
	cell
}

// Run makes bench/results/<engine>-<cases>.md.
func (c *allCmd) Run(ctx context.Context) error {
	r := report{At: time.Now(), Go: runtime.Version(), Machine: machine(), Load: firstLine("/proc/loadavg"), Revision: output("git", "describe", "--always", "--dirty")}
	if err := r.size(ctx, c.where); err != nil {
		return err
	}
	if err := c.first(ctx); err != nil {
		return err
	}
	if err := c.starts(ctx, &r); err != nil {
		return err
	}
	say("bare database and create by turns")
	var err error
	if r.Limits, r.What, err = c.limits(ctx); err != nil {
		return err
	}
	srv, err := c.start(ctx)
	if err != nil {
		return err
	}
	defer srv.stop()
	err = c.each(ctx, srv, "", func(w workload, n int, m cell) {
		say(fmt.Sprintf("%s, %d clients: %.0f/s", w.name, n, m.Rate))
		r.Cells = append(r.Cells, line{w.name, n, m})
	})
	if err != nil {
		return err
	}
	r.AfterMB, r.PeakMB = srv.memory(), srv.peak()
	return c.write(&r)
}

func say(what string) { fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), what) }

// first is the start that is not measured: a program that meets a database for the first time works out every running
// term once more.
func (c *allCmd) first(ctx context.Context) error {
	say("first start")
	srv, err := c.start(ctx)
	if err != nil {
		return err
	}
	defer srv.stop()
	srv.rest(ctx, 3*time.Second, 10*time.Minute)
	return ctx.Err()
}

// starts measures the start and the memory of a server that nobody has asked yet.
func (c *allCmd) starts(ctx context.Context, r *report) error {
	var cold, idle []float64
	for range c.Starts {
		srv, err := c.start(ctx)
		if err != nil {
			return err
		}
		cold, idle = append(cold, float64(srv.cold.Microseconds())/1000), append(idle, srv.memory())
		r.BinaryMB = srv.size / 1e6
		srv.stop()
	}
	slices.Sort(cold)
	slices.Sort(idle)
	r.ColdMS, r.IdleMB = cold[len(cold)/2], idle[len(idle)/2]
	return nil
}

// size asks the database what it is and how much it holds.
func (r *report) size(ctx context.Context, w where) error {
	db, err := open(w)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	r.Engine = "sqlite"
	version, bytes := "SELECT sqlite_version()", "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
	if w.Database != "" {
		r.Engine, version, bytes = "postgres", "SHOW server_version", "SELECT pg_database_size(current_database())"
	}
	var n int64
	for _, q := range []struct {
		text string
		into any
	}{{"SELECT COUNT(*) FROM penalty_case", &r.Cases}, {version, &r.Version}, {bytes, &n}} {
		if err := db.QueryRowContext(ctx, q.text).Scan(q.into); err != nil && err != sql.ErrNoRows {
			return fmt.Errorf("%s: %w", q.text, err)
		}
	}
	r.DatabaseMB = float64(n) / 1e6
	return nil
}

// scale is the size for which the bureau was filled; earlier runs have added some cases.
func (r *report) scale() int64 {
	for _, n := range []int64{1_000_000, 100_000} {
		if r.Cases >= n {
			return n
		}
	}
	return r.Cases
}

func (c *allCmd) write(r *report) error {
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return err
	}
	name := filepath.Join(c.Out, fmt.Sprintf("%s-%d", r.Engine, r.scale()))
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".json", append(data, '\n'), 0o644); err != nil {
		return err
	}
	var smaller *report
	if r.scale() == 1_000_000 {
		if b, err := os.ReadFile(filepath.Join(c.Out, r.Engine+"-100000.json")); err == nil {
			smaller = &report{}
			if err := json.Unmarshal(b, smaller); err != nil {
				return err
			}
		}
	}
	var text bytes.Buffer
	r.print(&text, smaller)
	say("written: " + name + ".md")
	return os.WriteFile(name+".md", text.Bytes(), 0o644)
}

func firstLine(file string) string {
	b, _ := os.ReadFile(file)
	line, _, _ := strings.Cut(string(b), "\n")
	return line
}

func output(name string, args ...string) string {
	b, err := exec.Command(name, args...).Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(b))
}

// machine names processor, memory and kernel.
func machine() string {
	field := func(file, name string) string {
		b, _ := os.ReadFile(file)
		for l := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(l, name); ok {
				return strings.TrimSpace(strings.TrimLeft(rest, "\t :"))
			}
		}
		return "unknown"
	}
	return fmt.Sprintf("%s, %d cores, %s memory, Linux %s", field("/proc/cpuinfo", "model name"), runtime.NumCPU(), field("/proc/meminfo", "MemTotal"), firstLine("/proc/sys/kernel/osrelease"))
}
