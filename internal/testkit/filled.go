package testkit

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fadu/internal/ledger"
	"fadu/internal/store"
)

// Filled is a database that tests start from: it is filled once for each engine in a test process, and
// every test gets a copy of its own. T is what tests must know of what is in it, such as identifiers.
type Filled[T any] struct {
	// Migrations make the tables, beside those of the ledger.
	Migrations []fs.FS
	// Fill fills the empty database; the clock of each copy goes on from where it leaves it. What it
	// returns is shared by all tests and must not be changed by them.
	Fill func(t testing.TB, db *store.DB, clock *Clock) T

	mu     sync.Mutex
	sqlite *copied[T]
	server *copied[T]
}

// copied is a filled database that is closed.
type copied[T any] struct {
	file []byte // of SQLite
	name string // of the database on the PostgreSQL server
	at   time.Time
	what T
}

// Both runs test as a subtest on SQLite and on PostgreSQL, each with a copy of its own.
func (f *Filled[T]) Both(t *testing.T, test func(t *testing.T, db *store.DB, clock *Clock, what T)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		db, clock, what := f.SQLite(t)
		test(t, db, clock, what)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		db, clock, what := f.PostgreSQL(t)
		test(t, db, clock, what)
	})
}

// SQLite opens a copy that is closed at the end of the test.
func (f *Filled[T]) SQLite(t testing.TB) (*store.DB, *Clock, T) {
	t.Helper()
	c := f.once(t, &f.sqlite, f.fillSQLite)
	path := filepath.Join(t.TempDir(), "fadu.db")
	if err := os.WriteFile(path, c.file, 0o600); err != nil {
		t.Fatal(err)
	}
	db, clock := openAt(t, "sqlite:"+path, withLedger(f.Migrations), c.at)
	return db, clock, c.what
}

// PostgreSQL opens a copy that is dropped at the end of the test.
func (f *Filled[T]) PostgreSQL(t testing.TB) (*store.DB, *Clock, T) {
	t.Helper()
	server := cluster(t)
	c := f.once(t, &f.server, f.fillPostgreSQL)
	db, clock := openAt(t, server.createFor(t, c.name), withLedger(f.Migrations), c.at)
	return db, clock, c.what
}

// once fills the database for the first test that asks; one that failed is tried again by the next.
func (f *Filled[T]) once(t testing.TB, kept **copied[T], fill func(testing.TB, []fs.FS) *copied[T]) *copied[T] {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if *kept == nil {
		*kept = fill(t, withLedger(f.Migrations))
	}
	return *kept
}

func (f *Filled[T]) fillSQLite(t testing.TB, folders []fs.FS) *copied[T] {
	t.Helper()
	empty, err := sqliteTemplate(folders)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "filled.db")
	if err := os.WriteFile(path, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	c := f.fill(t, "sqlite:"+path, folders)
	// The last one to close a SQLite database brings its log back into the file.
	if left, err := os.Stat(path + "-wal"); err == nil && left.Size() > 0 {
		t.Fatalf("testkit: %s-wal still has %d bytes", path, left.Size())
	}
	if c.file, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return c
}

func (f *Filled[T]) fillPostgreSQL(t testing.TB, folders []fs.FS) *copied[T] {
	t.Helper()
	server := cluster(t)
	empty, err := server.template(folders)
	if err != nil {
		t.Fatal(err)
	}
	var c *copied[T]
	name, err := server.filled(empty, func(url string) error {
		c = f.fill(t, url, folders)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c.name = name
	return c
}

// fill opens, fills and closes the database.
func (f *Filled[T]) fill(t testing.TB, url string, folders []fs.FS) *copied[T] {
	t.Helper()
	clock := NewClock()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	db, err := store.Open(ctx, store.Options{URL: url, Clock: clock.Now, Migrations: folders, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // the second time is nothing; the first counts below
	if err := ledger.Start(ctx, db); err != nil {
		t.Fatal(err)
	}
	c := &copied[T]{what: f.Fill(t, db, clock)}
	c.at = clock.Now()
	err = ledger.Sequence(ctx, db)
	cancel()
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return c
}
