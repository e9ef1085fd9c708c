package store_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"fadu/internal/ledger"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// engines runs f for a database of each engine that does not have any table yet.
func engines(t *testing.T, f func(t *testing.T, url string)) {
	t.Run("SQLite", func(t *testing.T) { f(t, testkit.SQLiteURL(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { f(t, testkit.PostgreSQLURL(t)) })
}

func try(url string, folders ...fs.FS) (*store.DB, error) {
	return store.Open(context.Background(), store.Options{URL: url, Clock: testkit.NewClock().Now, Migrations: folders, NoSync: true})
}

func schema(t *testing.T, db *store.DB) (s string) {
	t.Helper()
	testkit.View(t, db, func(tx *store.Tx) (err error) { s, err = tx.SchemaText(); return err })
	return s
}

func folder(name, sql string) fs.FS {
	return fstest.MapFS{"migrations/" + name: {Data: []byte("-- +goose Up\n" + sql)}}
}

// TestUpgradeEqualsFresh: a database that got its migrations one by one has the schema of a new one.
func TestUpgradeEqualsFresh(t *testing.T) {
	later := folder("9003_add_colour.sql", "ALTER TABLE toy ADD COLUMN colour TEXT NOT NULL DEFAULT '';\nCREATE INDEX toy_n ON toy (n, id);")
	lower := folder("0031_create_box.sql", "CREATE TABLE box (id BIGINT NOT NULL PRIMARY KEY);")
	var fresh, upgraded string
	engines(t, func(t *testing.T, url string) {
		for _, folders := range [][]fs.FS{{}, {ledger.Migrations}, {toys[0], ledger.Migrations}, {later, ledger.Migrations, toys[0]}, {lower, later, ledger.Migrations, toys[0]}} {
			db, err := try(url, folders...)
			if err != nil {
				t.Fatal(err)
			}
			upgraded = schema(t, db)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		other := testkit.SQLiteURL(t)
		if strings.HasPrefix(url, "postgres") {
			other = testkit.PostgreSQLURL(t)
		}
		db, err := try(other, toys[0], later, ledger.Migrations, lower)
		if err != nil {
			t.Fatal(err)
		}
		fresh = schema(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if fresh != upgraded || !strings.Contains(fresh, "colour") || !strings.Contains(fresh, "ledger_leaf") || !strings.Contains(fresh, "box") {
			t.Errorf("fresh:\n%s\nupgraded:\n%s", fresh, upgraded)
		}
	})
}

// TestNewerSchemaIsRefused: an older program refuses a database that a newer one changed, also when
// the change has a lower number than others that the old program knows.
func TestNewerSchemaIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, url string) {
		steps := []struct {
			name    string
			folders []fs.FS
			ok      bool
		}{
			{"旧程序建库", []fs.FS{toys[0]}, true},
			{"新程序升级", []fs.FS{toys[0], ledger.Migrations}, true},
			{"旧程序不认识中间的编号", []fs.FS{toys[0]}, false},
			{"更旧的程序不认识最大的编号", []fs.FS{ledger.Migrations}, false},
			{"拒绝之后新程序照常打开", []fs.FS{toys[0], ledger.Migrations}, true},
		}
		for _, s := range steps {
			db, err := try(url, s.folders...)
			if s.ok != (err == nil) || (err != nil && !strings.Contains(err.Error(), "请使用更新的程序")) {
				t.Fatalf("%s: %v", s.name, err)
			}
			if err == nil {
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestBadMigrations(t *testing.T) {
	engines(t, func(t *testing.T, url string) {
		for _, c := range []struct {
			name, want string
			folders    []fs.FS
		}{
			{"两个切片用同一个编号", "9001 is used by", []fs.FS{toys[0], folder("9001_again.sql", "SELECT 1;")}},
			{"文件名不合规矩", "file name", []fs.FS{folder("toys.sql", "SELECT 1;")}},
			{"语句写错", "migrate", []fs.FS{toys[0], folder("9005_broken.sql", "CREATE TABLE half (id BIGINT);\nCREATE TABLE (;")}},
		} {
			t.Run(c.name, func(t *testing.T) {
				if db, err := try(url, c.folders...); err == nil || !strings.Contains(err.Error(), c.want) {
					t.Fatal(db, err)
				}
			})
		}
		// A migration that failed half-way left nothing and can be mended.
		db, err := try(url, toys[0], folder("9005_mended.sql", "CREATE TABLE half (id BIGINT);"))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestOpen(t *testing.T) {
	for _, o := range []store.Options{
		{URL: "mysql://x", Clock: testkit.NewClock().Now},
		{URL: testkit.SQLiteURL(t)},
		{URL: "sqlite:/nowhere/at/all.db", Clock: testkit.NewClock().Now},
		{URL: "postgres://x@/x?host=/nowhere", Clock: testkit.NewClock().Now},
	} {
		if db, err := store.Open(context.Background(), o); err == nil {
			t.Errorf("%q opened: %v", o.URL, db)
		}
	}
}

// TestTwoNodesMigrate: two nodes that start together on PostgreSQL do not migrate twice.
func TestTwoNodesMigrate(t *testing.T) {
	url := testkit.PostgreSQLURL(t)
	errs := make(chan error, 3)
	for range 3 {
		go func() {
			db, err := try(url, toys[0], ledger.Migrations)
			if err == nil {
				err = db.Close()
			}
			errs <- err
		}()
	}
	for range 3 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
