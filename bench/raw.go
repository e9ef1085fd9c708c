package main

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"modernc.org/sqlite"
)

// rawCmd measures the limit: the rows of one create, written to a bare database.
type rawCmd struct{ serving }

// limit is a create beside the same bytes written bare.
type limit struct {
	Clients int
	// Group is the group commit of the bare database, Single one transaction a create, App the program.
	Group, Single, App cell
}

// Run measures bare database and program by turns and prints the ratios.
func (c *rawCmd) Run(ctx context.Context) error {
	ls, what, err := c.limits(ctx)
	if err != nil {
		return err
	}
	fmt.Println(what)
	printLimits(os.Stdout, ls)
	return nil
}

// limits measures, at each number of clients, the bare database and right after it the program.
func (c *serving) limits(ctx context.Context) (ls []limit, what string, err error) {
	srv, err := c.start(ctx)
	if err != nil {
		return nil, "", err
	}
	defer srv.stop()
	_, officer, err := c.people(ctx)
	if err != nil {
		return nil, "", err
	}
	made, err := capture(ctx, c.where, officer)
	if err != nil {
		return nil, "", err
	}
	what = fmt.Sprintf("One create writes %d rows with %d bytes of values in %d tables.\n", len(made.rows), made.bytes(), len(made.rows))
	bare, err := c.bare(ctx, made)
	if err != nil {
		return nil, "", err
	}
	defer bare.close()
	create := workload{name: createName, make: creating(ctx, officer)}
	for _, n := range c.Clients {
		l := limit{Clients: n}
		if l.Group, err = c.press(ctx, bare.group, n); err != nil {
			return nil, "", err
		}
		if l.Single, err = c.press(ctx, bare.single, n); err != nil {
			return nil, "", err
		}
		l.App = measure(ctx, srv, create, n, c.For)
		ls = append(ls, l)
	}
	return ls, what, ctx.Err()
}

// writers is a bare database: group hands a create to the one writer, single writes it in a transaction
// of its own on the connection of the client.
type writers struct {
	group, single func(client int, n int64) error
	close         func()
}

func (c *serving) bare(ctx context.Context, made *creation) (*writers, error) {
	if c.Database != "" {
		return barePostgreSQL(ctx, c.Database, made, slices.Max(c.Clients))
	}
	return bareSQLite(ctx, c.Data, made)
}

// press lets n clients write one create after the other for a while.
func (c *serving) press(ctx context.Context, write func(int, int64) error, n int) (cell, error) {
	var mu sync.Mutex
	var took []time.Duration
	var errs []error
	began, cpu := time.Now(), c.own()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			var mine []time.Duration
			var err error
			for err == nil && ctx.Err() == nil && time.Since(began) < c.For {
				at := time.Now()
				if err = write(i, serial.Add(1)); err == nil {
					mine = append(mine, time.Since(at))
				}
			}
			mu.Lock()
			took, errs = append(took, mine...), append(errs, err)
			mu.Unlock()
		})
	}
	wg.Wait()
	return summary(took, time.Since(began), c.own()-cpu), errors.Join(errs...)
}

var serial atomic.Int64

// own is the processor time of this process and of the database server.
func (c *serving) own() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	total := time.Duration(u.Utime.Nano() + u.Stime.Nano())
	if c.also > 0 {
		total += treeTime(c.also)
	}
	return total
}

// order is a create that waits for the writer.
type order struct {
	values [][]any
	done   chan error
}

const atOnce = 128 // as many as the program's writer commits together

// lead starts a writer that commits what waits; commit writes one batch.
func lead(made *creation, commit func([]order) error) (write func(int, int64) error, stop func()) {
	orders := make(chan order, 1024)
	go func() {
		for first := range orders {
			batch := []order{first}
		more:
			for len(batch) < atOnce {
				select {
				case o, ok := <-orders:
					if !ok {
						break more
					}
					batch = append(batch, o)
				default:
					break more
				}
			}
			err := commit(batch)
			for _, o := range batch {
				o.done <- err
			}
		}
	}()
	write = func(_ int, n int64) error {
		o := order{made.copy(n), make(chan error, 1)}
		orders <- o
		return <-o.done
	}
	return write, func() { close(orders) }
}

// bareSQLite writes by the driver alone: WAL, synchronous FULL, prepared statements.
func bareSQLite(ctx context.Context, folder string, made *creation) (*writers, error) {
	dir, err := os.MkdirTemp(folder, "raw")
	if err != nil {
		return nil, err
	}
	connector, err := sqlite.NewConnector("file:" + filepath.Join(dir, "raw.db") + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-16384)")
	if err != nil {
		return nil, err
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	bare := &bareWriter{ctx: ctx, conn: conn, rows: made.rows}
	if err := bare.prepareAll(made.schema); err != nil {
		return nil, err
	}
	write := bare.write
	group, stop := lead(made, write)
	var one sync.Mutex
	single := func(_ int, n int64) error {
		values := made.copy(n)
		one.Lock()
		defer one.Unlock()
		return write([]order{{values: values}})
	}
	return &writers{group, single, func() {
		stop()
		_ = conn.Close()
		_ = os.RemoveAll(dir)
	}}, nil
}

// bareWriter is one connection of the driver with its statements prepared.
type bareWriter struct {
	ctx           context.Context
	conn          driver.Conn
	rows          []stored
	begin, commit driver.StmtExecContext
	inserts       []driver.StmtExecContext
}

func (w *bareWriter) prepare(text string) (driver.StmtExecContext, error) {
	s, err := w.conn.Prepare(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	return s.(driver.StmtExecContext), nil
}

func (w *bareWriter) prepareAll(schema []string) (err error) {
	for _, text := range schema {
		s, err := w.prepare(text)
		if err != nil {
			return err
		}
		if _, err := s.ExecContext(w.ctx, nil); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	if w.begin, err = w.prepare("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if w.commit, err = w.prepare("COMMIT"); err != nil {
		return err
	}
	for _, r := range w.rows {
		s, err := w.prepare(r.insert("", func(int) string { return "?" }))
		if err != nil {
			return err
		}
		w.inserts = append(w.inserts, s)
	}
	return nil
}

// write commits a batch.
func (w *bareWriter) write(batch []order) error {
	if _, err := w.begin.ExecContext(w.ctx, nil); err != nil {
		return err
	}
	for _, o := range batch {
		for i, values := range o.values {
			args := make([]driver.NamedValue, len(values))
			for j, v := range values {
				args[j] = driver.NamedValue{Ordinal: j + 1, Value: v}
			}
			if _, err := w.inserts[i].ExecContext(w.ctx, args); err != nil {
				return fmt.Errorf("%s: %w", w.rows[i].table, err)
			}
		}
	}
	_, err := w.commit.ExecContext(w.ctx, nil)
	return err
}

// barePostgreSQL writes by pgx alone into copies of the tables, with the driver's pipeline.
func barePostgreSQL(ctx context.Context, url string, made *creation, clients int) (*writers, error) {
	conns := make([]*pgx.Conn, clients)
	for i := range conns {
		var err error
		if conns[i], err = pgx.Connect(ctx, url); err != nil {
			return nil, err
		}
	}
	setup := []string{"DROP SCHEMA IF EXISTS bench_raw CASCADE", "CREATE SCHEMA bench_raw"}
	var inserts []string
	seen := map[string]bool{}
	for _, r := range made.rows {
		if !seen[r.table] {
			setup = append(setup, "CREATE TABLE bench_raw."+r.table+" (LIKE public."+r.table+" INCLUDING ALL)")
		}
		seen[r.table] = true
		inserts = append(inserts, r.insert("bench_raw.", func(i int) string { return "$" + strconv.Itoa(i) }))
	}
	for _, text := range setup {
		if _, err := conns[0].Exec(ctx, text); err != nil {
			return nil, fmt.Errorf("%s: %w", text, err)
		}
	}
	write := func(conn *pgx.Conn, batch []order) error {
		b := &pgx.Batch{}
		b.Queue("BEGIN")
		for _, o := range batch {
			for i, values := range o.values {
				b.Queue(inserts[i], values...)
			}
		}
		b.Queue("COMMIT")
		return conn.SendBatch(ctx, b).Close()
	}
	group, stop := lead(made, func(batch []order) error { return write(conns[0], batch) })
	single := func(client int, n int64) error { return write(conns[client], []order{{values: made.copy(n)}}) }
	return &writers{group, single, func() {
		stop()
		_, _ = conns[0].Exec(ctx, "DROP SCHEMA bench_raw CASCADE")
		for _, c := range conns {
			_ = c.Close(ctx)
		}
	}}, nil
}
