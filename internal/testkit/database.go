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

// Actor is who acts in tests.
func Actor() ledger.Actor {
	return ledger.Actor{Account: 1, Name: "演示·测试员", Via: "test"}
}

// Both runs f as a subtest on SQLite and on PostgreSQL, each with an empty database of its own that has
// the tables of the ledger and of the migrations. Advance on the clock moves Tx.Now.
func Both(t *testing.T, migrations []fs.FS, f func(t *testing.T, db *store.DB, clock *Clock)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		db, clock := SQLite(t, migrations...)
		f(t, db, clock)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		db, clock := PostgreSQL(t, migrations...)
		f(t, db, clock)
	})
}

// SQLite opens an empty database of the ledger's tables and the migrations, without waiting for the
// disk, and starts the ledger. It is closed at the end of the test.
func SQLite(t testing.TB, migrations ...fs.FS) (*store.DB, *Clock) {
	t.Helper()
	folders := withLedger(migrations)
	template, err := sqliteTemplate(folders)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "fadu.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+path, folders)
}

// PostgreSQL is SQLite on the other engine: the database is a copy of a migrated template and is
// dropped at the end of the test.
func PostgreSQL(t testing.TB, migrations ...fs.FS) (*store.DB, *Clock) {
	t.Helper()
	c := cluster(t)
	folders := withLedger(migrations)
	template, err := c.template(folders)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, c.createFor(t, template), folders)
}

// SQLiteURL names a database that does not exist yet, for tests that open it themselves.
func SQLiteURL(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "fadu.db")
}

// PostgreSQLURL names a database without any table, for tests that open it themselves. It is dropped
// at the end of the test.
func PostgreSQLURL(t testing.TB) string {
	t.Helper()
	return cluster(t).createFor(t, "template0")
}

// PostgreSQLCopy names a copy of the database that fill makes out of an empty one when a test of the
// process first asks for this name. It is dropped at the end of the test; fill must have closed it.
func PostgreSQLCopy(t testing.TB, name string, fill func(url string) error) string {
	t.Helper()
	d := cluster(t)
	copies.Lock()
	defer copies.Unlock()
	if copies.from == nil {
		copies.from = map[string]string{}
	}
	if copies.from[name] == "" {
		filled, err := d.filled("template0", fill)
		if err != nil {
			t.Fatal(err)
		}
		copies.from[name] = filled
	}
	return d.createFor(t, copies.from[name])
}

var copies struct {
	sync.Mutex
	from map[string]string
}

// Update runs f in a transaction and fails the test when that fails.
func Update(t testing.TB, db *store.DB, f func(*store.Tx) error) {
	t.Helper()
	if err := db.Update(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// View runs f on a snapshot and fails the test when that fails.
func View(t testing.TB, db *store.DB, f func(*store.Tx) error) {
	t.Helper()
	if err := db.View(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, url string, folders []fs.FS) (*store.DB, *Clock) {
	t.Helper()
	return openAt(t, url, folders, NewClock().Now())
}

func openAt(t testing.TB, url string, folders []fs.FS, at time.Time) (*store.DB, *Clock) {
	t.Helper()
	clock := NewClock()
	clock.Set(at)
	ctx, cancel := context.WithCancel(context.Background())
	db, err := store.Open(ctx, store.Options{URL: url, Clock: clock.Now, Migrations: folders, NoSync: true})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := db.Close(); err != nil {
			t.Errorf("close %s: %v", url, err)
		}
	})
	if err := ledger.Start(ctx, db); err != nil {
		t.Fatal(err)
	}
	return db, clock
}

// withLedger adds the ledger's migrations unless the caller passed them.
func withLedger(folders []fs.FS) []fs.FS {
	for _, f := range folders {
		if found, err := fs.Glob(f, "*/0010_*.sql"); err == nil && len(found) > 0 {
			return folders
		}
	}
	return append([]fs.FS{ledger.Migrations}, folders...)
}

// templates keeps one migrated SQLite file for each set of migrations: copying it is faster than
// migrating again.
var templates struct {
	sync.Mutex
	files map[string][]byte
}

func sqliteTemplate(folders []fs.FS) ([]byte, error) {
	key, err := fingerprint(folders)
	if err != nil {
		return nil, err
	}
	templates.Lock()
	defer templates.Unlock()
	if b, ok := templates.files[key]; ok {
		return b, nil
	}
	dir, err := os.MkdirTemp("", "fadu-template-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "fadu.db")
	if err := migrated("sqlite:"+path, folders); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if templates.files == nil {
		templates.files = map[string][]byte{}
	}
	templates.files[key] = b
	return b, nil
}

// migrated opens and closes the database, so that all its tables exist.
func migrated(url string, folders []fs.FS) error {
	db, err := store.Open(context.Background(), store.Options{URL: url, Clock: NewClock().Now, Migrations: folders, NoSync: true})
	if err != nil {
		return err
	}
	return errors.Join(ledger.Watch(context.Background(), db), db.Close())
}
