package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"

	"fadu/internal/fault"
	"fadu/internal/planted"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
)

const (
	maxBatch     = 128 // closures that share one fsync
	queueLength  = 1024
	slowClosure  = 20 * time.Millisecond
	readers      = 4 // each pooled connection has its own cache
	busyTimeoutM = "5000"
)

func sqliteDSN(path string, pragmas ...string) string {
	q := url.Values{}
	for _, p := range append([]string{"busy_timeout(" + busyTimeoutM + ")", "foreign_keys(1)", "trusted_schema(0)", "cache_size(-16384)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func (db *DB) openSQLite(ctx context.Context, path string, o Options) error {
	keepUndo()
	sync := "synchronous(FULL)"
	if o.NoSync || planted.Is(planted.NoFsync) {
		sync = "synchronous(OFF)"
	}
	driver := "sqlite"
	if o.Under.Driver != "" {
		driver = o.Under.Driver
	}
	// The writer's batches begin IMMEDIATE by hand; _txlock serves goose's own transactions.
	wdb, err := openReusing(driver, sqliteDSN(path, "journal_mode(WAL)", sync)+"&_txlock=immediate")
	if err != nil {
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	wdb.SetMaxOpenConns(1)
	rdb, err := openReusing(driver, sqliteDSN(path, "query_only(1)"))
	if err != nil {
		return errors.Join(err, wdb.Close())
	}
	rdb.SetMaxOpenConns(readers)
	rdb.SetMaxIdleConns(readers)
	db.engine, db.read = SQLite, bun.NewDB(rdb, sqliteMarked{sqlitedialect.New()})
	if db.versions.known, err = migrate(ctx, wdb, SQLite, o); err == nil {
		err = db.current(ctx, db.read)
	}
	if err != nil {
		return errors.Join(translate(err), wdb.Close(), rdb.Close())
	}
	conn, err := bun.NewDB(wdb, sqliteMarked{sqlitedialect.New()}).Conn(context.Background())
	if err != nil {
		return errors.Join(err, wdb.Close(), rdb.Close())
	}
	w := &writer{db: db, conn: conn, pool: wdb, stmts: map[string]*sql.Stmt{}, queue: make(chan *request, queueLength), stopped: make(chan struct{}), stop: make(chan struct{})}
	if err := conn.Raw(w.guard); err != nil {
		return errors.Join(err, conn.Close(), wdb.Close(), rdb.Close())
	}
	db.writer = w
	go w.loop()
	return nil
}

// writer owns the only writing connection. It takes what waits in the queue, gives each closure a
// savepoint, and commits all in one.
type writer struct {
	db            *DB
	conn          bun.Conn
	pool          *sql.DB
	queue         chan *request
	stop, stopped chan struct{}
	// inClosure is set while a closure runs, when nothing may be committed.
	inClosure atomic.Bool
	touched   touched
	stmts     map[string]*sql.Stmt
}

// guard makes SQLite refuse a COMMIT from within a closure, and what a closure writes after its own
// ROLLBACK: either would make neighbours' work durable, or its own, before anything is acknowledged.
func (w *writer) guard(driverConn any) error {
	hooks, ok := driverConn.(sqlite.HookRegisterer)
	if !ok {
		return fmt.Errorf("store: %T has no commit hook", driverConn)
	}
	hooks.RegisterCommitHook(func() int32 {
		if w.inClosure.Load() {
			return 1
		}
		return 0
	})
	hooks.RegisterPreUpdateHook(w.hook)
	return nil
}

type request struct {
	now  time.Time
	run  func(*Tx) error
	ctx  context.Context
	done chan error
	// after are the closure's AfterCommit functions of the run that succeeded.
	after []func()
}

var errClosed = fault.New(fault.Busy, "系统正在停止，请稍后再试")

func (w *writer) do(ctx context.Context, now time.Time, f func(*Tx) error) error {
	r := &request{now: now, run: f, ctx: context.WithoutCancel(ctx), done: make(chan error, 1)}
	select {
	case <-w.stop:
		return errClosed
	default:
	}
	select {
	case w.queue <- r:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stop:
		return errClosed
	}
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stopped:
		select {
		case err := <-r.done:
			return err
		default:
			return errClosed
		}
	}
}

func (w *writer) close() error {
	select {
	case <-w.stop:
	default:
		close(w.stop)
	}
	<-w.stopped
	for _, stmt := range w.stmts {
		_ = stmt.Close()
	}
	return errors.Join(w.conn.Close(), w.pool.Close())
}

func (w *writer) loop() {
	defer close(w.stopped)
	leave := w.db.enter(goroutine())
	defer leave()
	for {
		select {
		case r := <-w.queue:
			w.batch(w.collect(r))
		case <-w.stop:
			for {
				select {
				case r := <-w.queue:
					w.batch(w.collect(r))
				default:
					return
				}
			}
		}
	}
}

func (w *writer) collect(first *request) []*request {
	batch := []*request{first}
	for len(batch) < maxBatch {
		select {
		case r := <-w.queue:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// batch commits the closures together. If the batch itself fails, it is rolled back and each closure
// runs again, once, alone: nobody pays for a neighbour.
func (w *writer) batch(rs []*request) {
	errs, err := w.attempt(rs)
	if err == nil {
		w.acknowledge(rs, errs)
		return
	}
	if len(rs) == 1 {
		w.acknowledge(rs, []error{translate(err)})
		return
	}
	for _, r := range rs {
		w.db.metrics.add(func(m *Metrics) { m.Rescued++ })
		one := []*request{r}
		errs, err := w.attempt(one)
		if err != nil {
			errs = []error{translate(err)}
		}
		w.acknowledge(one, errs)
	}
}

func (w *writer) acknowledge(rs []*request, errs []error) {
	w.db.metrics.add(func(m *Metrics) {
		m.Batches++
		m.Updates += int64(len(rs))
		for _, err := range errs {
			if err != nil {
				m.Failed++
			}
		}
	})
	for i, r := range rs {
		if errs[i] == nil {
			for _, f := range r.after {
				f()
			}
		}
		r.done <- errs[i]
	}
}

// attempt runs one transaction. The second result is a failure of the transaction itself; then nothing
// of it remains.
func (w *writer) attempt(rs []*request) (errs []error, err error) {
	ctx := context.Background()
	exec := func(q string) error { _, err := w.conn.ExecContext(ctx, q); return err }
	if err := exec("BEGIN IMMEDIATE"); err != nil {
		// A ROLLBACK that failed too has left the last transaction open: without this no save would succeed again.
		if exec("ROLLBACK") != nil || exec("BEGIN IMMEDIATE") != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			// After COMMIT or ROLLBACK TO failed the connection may or may not still be in the transaction.
			_ = exec("ROLLBACK")
		}
	}()
	if err := w.db.current(ctx, w.conn); err != nil {
		return nil, err
	}
	errs = make([]error, len(rs))
	var notes []any
	var late []func(*Tx) error
	for i, r := range rs {
		if err := exec("SAVEPOINT closure"); err != nil {
			return nil, err
		}
		tx := &Tx{Ctx: r.ctx, Now: r.now, idb: w.conn, engine: SQLite, write: true, db: w.db}
		w.touched = touched{seen: map[place]bool{}}
		w.inClosure.Store(true)
		runErr := w.db.timed(r.run, tx)
		w.inClosure.Store(false)
		if runErr != nil {
			if err := exec("ROLLBACK TO closure"); err != nil {
				return nil, errors.Join(runErr, err)
			}
			errs[i] = translate(runErr)
			tx.notes, tx.late = nil, nil
		}
		if err := exec("RELEASE closure"); err != nil {
			return nil, err
		}
		r.after = tx.after
		notes, late = append(notes, tx.notes...), append(late, tx.late...)
	}
	last := &Tx{Ctx: ctx, Now: rs[len(rs)-1].now, idb: w.conn, engine: SQLite, write: true, db: w.db}
	for _, f := range w.db.beforeCommit {
		late = append(late, func(tx *Tx) error { return f(tx, notes) })
	}
	for _, f := range late {
		if err := safely(f, last); err != nil {
			return nil, err
		}
	}
	if err = exec("COMMIT"); err == nil {
		w.db.commits.Add(1)
	}
	if planted.Is(planted.CommitUnchecked) {
		return errs, nil
	}
	return errs, err
}
