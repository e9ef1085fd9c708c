package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/planted"

	"github.com/uptrace/bun"
	"golang.org/x/sync/semaphore"
)

// Engine is the database in use.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// Options say which database to open.
type Options struct {
	// URL is "sqlite:" and a file path, or "postgres://…".
	URL string
	// Clock is the one clock of the process; Tx.Now is read from it once per transaction.
	Clock func() time.Time
	// Migrations are the embedded migration folders of all slices, in any order.
	Migrations []fs.FS
	// AsIs leaves the schema as it is, for looking at a database before it is upgraded.
	AsIs bool
	// Glance is how old a count of Glance may be; 0 allows none.
	Glance time.Duration
	// NoSync trades durability for speed: for tests that do not kill the process.
	NoSync bool
	// Under replaces what the database stands on, for tests of its failures.
	Under Under
}

// Under is what a database stands on: the database/sql driver of SQLite and how PostgreSQL is reached. Empty
// fields are the usual ones.
type Under struct {
	Driver string
	Dial   func(ctx context.Context, network, address string) (net.Conn, error)
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	closed atomic.Bool
	engine Engine
	clock  func() time.Time
	read   *bun.DB             // SQLite: read-only pool; PostgreSQL: the only pool
	writer *writer             // SQLite only
	turns  *semaphore.Weighted // PostgreSQL only

	active       sync.Map // goroutines inside Update, to refuse nesting
	listeners    listeners
	beforeCommit []func(*Tx, []any) error
	metrics      Metrics
	watched      map[string]*Table

	// commits counts what became durable in this process.
	commits   atomic.Uint64
	versions  versions
	glances   glances
	glanceAge time.Duration
}

// Tx is a transaction. Use Ctx for every statement: on SQLite it is detached from the caller's
// cancellation, since a cancelled statement would undo the whole batch.
type Tx struct {
	// Ctx is the context for statements.
	Ctx context.Context
	// Now is the instant of the transaction, in law.Zone with microseconds; the same on each retry.
	Now time.Time

	idb    bun.IDB
	engine Engine
	write  bool
	db     *DB
	after  []func()
	end    []func() error
	notes  []any
	late   []func(*Tx) error
	memo   map[any]any
	// commits is how many were counted before the snapshot of a View.
	commits uint64
}

// DB returns the handle for bun queries and raw SQL with ? placeholders.
func (tx *Tx) DB() bun.IDB { return tx.idb }

// Today returns the day of the transaction.
func (tx *Tx) Today() law.Date { return law.DateOf(tx.Now) }

// Engine returns the database in use.
func (tx *Tx) Engine() Engine { return tx.engine }

// Writable reports whether the transaction may change anything.
func (tx *Tx) Writable() bool { return tx.write }

// AfterCommit runs f once the transaction is durable: the only place for wake-ups and live events. It
// does not run when the transaction fails.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Note leaves v for the steps that run before the commit; what a failed closure noted is dropped.
func (tx *Tx) Note(v any) { tx.notes = append(tx.notes, v) }

// Notes returns what the closure noted so far.
func (tx *Tx) Notes() []any { return tx.notes }

// Late runs f before the commit: on SQLite once the batch's other closures are through, too, as full-text tables write
// what they hold to the disk at every savepoint; on PostgreSQL at once. What f writes cannot be read in the closure.
// An error of f undoes the closure, and on SQLite has its neighbours run again without it.
func (tx *Tx) Late(f func(*Tx) error) error {
	if tx.engine == PostgreSQL {
		return f(tx)
	}
	tx.late = append(tx.late, f)
	return nil
}

// Exec runs a statement with ? placeholders.
func (tx *Tx) Exec(query string, args ...any) (sql.Result, error) {
	return tx.idb.ExecContext(tx.Ctx, query, args...)
}

// Open opens the database, brings its schema up to date and starts the writer. A schema newer than
// this program is refused.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Clock == nil {
		return nil, errors.New("store: no clock")
	}
	db := &DB{clock: o.Clock, glanceAge: o.Glance}
	var err error
	switch {
	case strings.HasPrefix(o.URL, "sqlite:"):
		err = db.openSQLite(ctx, strings.TrimPrefix(o.URL, "sqlite:"), o)
	case strings.HasPrefix(o.URL, "postgres://"), strings.HasPrefix(o.URL, "postgresql://"):
		err = db.openPostgreSQL(ctx, o)
	default:
		return nil, fmt.Errorf("数据库地址“%s”不对，应以 sqlite: 或 postgres:// 开头", o.URL)
	}
	if err != nil {
		return nil, err
	}
	return db, nil
}

// Close stops the writer after what it holds and closes the connections.
func (db *DB) Close() error {
	db.closed.Store(true)
	var err error
	if db.writer != nil {
		err = db.writer.close()
	}
	return errors.Join(err, db.read.Close())
}

// Closed reports whether Close was called: what failed since will not work again.
func (db *DB) Closed() bool { return db.closed.Load() }

// Engine returns the database in use.
func (db *DB) Engine() Engine { return db.engine }

// Now returns the process clock's time in law.Zone, with microseconds.
func (db *DB) Now() time.Time { return db.clock().In(law.Zone).Truncate(time.Microsecond) }

// BeforeCommit adds a step that the SQLite writer runs at the end of each batch, before COMMIT, in the
// batch's transaction, with what its closures noted. An error fails the batch. Call it before the
// first Update. PostgreSQL has no batches and no such step.
func (db *DB) BeforeCommit(f func(*Tx, []any) error) { db.beforeCommit = append(db.beforeCommit, f) }

var errNested = errors.New("store: Update inside Update")

// Update runs f in a durable transaction: f's error undoes f alone. A caller that gives up (ctx) only
// stops waiting; the transaction may still commit, which is what idempotency keys are for.
func (db *DB) Update(ctx context.Context, f func(*Tx) error) error {
	caller, err := db.admit(ctx)
	if err != nil {
		return err
	}
	now := db.Now()
	if rehearsing(ctx) {
		f = rehearsed(f)
	}
	if db.writer != nil {
		return db.writer.do(ctx, now, f)
	}
	defer db.enter(caller)()
	return db.updatePostgreSQL(ctx, now, f)
}

// admit refuses a caller that has given up already or is inside a closure; it returns its goroutine.
func (db *DB) admit(ctx context.Context) (caller string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	caller = goroutine()
	if _, nested := db.active.Load(caller); nested {
		return "", errNested
	}
	return caller, nil
}

// Maintain is Update for housekeeping that takes its own locks: on PostgreSQL it runs at READ COMMITTED,
// so that it never makes a business transaction retry.
func (db *DB) Maintain(ctx context.Context, f func(*Tx) error) error {
	if db.engine == SQLite {
		return db.Update(ctx, f)
	}
	caller, err := db.admit(ctx)
	if err != nil {
		return err
	}
	defer db.enter(caller)()
	if err := db.LookAtSchema(ctx); err != nil {
		return err
	}
	after, err := db.attemptPostgreSQL(context.WithoutCancel(ctx), db.Now(), sql.LevelReadCommitted, f)
	if err != nil {
		return translate(err)
	}
	for _, g := range after {
		g()
	}
	return nil
}

// enter marks the goroutine as inside Update until the returned function is called.
func (db *DB) enter(goroutine string) (leave func()) {
	db.active.Store(goroutine, struct{}{})
	return func() { db.active.Delete(goroutine) }
}

// View runs f on a consistent snapshot that it cannot change.
func (db *DB) View(ctx context.Context, f func(*Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: db.engine == PostgreSQL}
	if db.engine == PostgreSQL {
		opts.Isolation = sql.LevelRepeatableRead
	}
	commits := db.commits.Load()
	tx, err := db.read.BeginTx(ctx, opts)
	if err != nil {
		return translate(err)
	}
	defer func() { _ = tx.Rollback() }()
	return translate(f(&Tx{Ctx: ctx, Now: db.Now(), idb: tx, engine: db.engine, db: db, commits: commits}))
}

// Look runs f without a snapshot: every statement sees what is committed when it starts. It is for one
// question, which needs no transaction around it; on PostgreSQL that saves two of three round trips.
func (db *DB) Look(ctx context.Context, f func(*Tx) error) error {
	if db.engine == SQLite {
		return db.View(ctx, f)
	}
	g := guarded{reading: true}
	tx := &Tx{Ctx: context.WithValue(ctx, guardKey{}, &g), Now: db.Now(), idb: db.read, engine: db.engine, db: db, commits: db.commits.Load()}
	return translate(errors.Join(f(tx), g.err))
}

// timed runs f safely and counts it when it was slow.
func (db *DB) timed(f func(*Tx) error, tx *Tx) error {
	began := db.clock()
	err := safely(f, tx)
	if err == nil {
		err = safely((*Tx).finish, tx)
	}
	if took := db.clock().Sub(began); took > slowClosure {
		if db.engine == SQLite { // elsewhere nobody waits for it
			slog.Warn("slow closure: others waited for it", "took", took)
		}
		db.metrics.add(func(m *Metrics) { m.Slow++ })
	}
	return err
}

// safely runs f and turns a panic into an error, so that one closure cannot take the writer down.
func safely(f func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("store: panic in transaction: %v", p)
		}
	}()
	return f(tx)
}

// Updated checks a conditional write: an error, or no row changed, which means a stale version.
func Updated(res sql.Result, err error, what string) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 && !planted.Is(planted.StaleAccepted) {
		return fault.Stale(what)
	}
	return nil
}

// One turns "no row" into a NotFound fault that names what was looked for.
func One(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Missing(what)
	}
	return err
}

// Metrics counts what the writer did since Open.
type Metrics struct {
	mu                       sync.Mutex
	Updates, Batches, Slow   int64
	Retries, Rescued, Failed int64
}

func (m *Metrics) add(f func(*Metrics)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f(m)
}

// Stats returns the counters: updates and the batches that carried them, closures over 20 ms,
// PostgreSQL retries, closures re-run alone after a failed batch, and failures.
func (db *DB) Stats() (updates, batches, slow, retries, rescued, failed int64) {
	m := &db.metrics
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.Updates, m.Batches, m.Slow, m.Retries, m.Rescued, m.Failed
}
