package app_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"fadu/internal/app"
	"fadu/internal/org"
	"fadu/internal/powers"
	"fadu/internal/setting"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// released are the schemas with data of each release, for both engines, in testdata/released.
var released = []string{"0.1"}

// asReleased makes a database as the release left it; database is a PostgreSQL URL or "".
func asReleased(t *testing.T, release, database string) app.Config {
	t.Helper()
	ctx := context.Background()
	cfg := clocked(app.Config{Data: t.TempDir(), Database: database, Base: "http://localhost"})
	engine := map[bool]string{true: "sqlite", false: "pg"}[database == ""]
	text, err := os.ReadFile(filepath.Join("testdata", "released", release+"."+engine+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	if database == "" {
		db, err := sql.Open("sqlite", filepath.Join(cfg.Data, "fadu.db"))
		if err == nil {
			_, err = db.ExecContext(ctx, string(text))
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return cfg
	}
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.PgConn().Exec(ctx, string(text)).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return cfg
}

func schemaOf(t *testing.T, cfg app.Config) string {
	t.Helper()
	db, err := store.Open(context.Background(), store.Options{URL: address(cfg), Clock: cfg.Clock, Migrations: app.Migrations()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var text string
	if err := db.View(context.Background(), func(tx *store.Tx) (err error) { text, err = tx.SchemaText(); return err }); err != nil {
		t.Fatal(err)
	}
	return text
}

func address(cfg app.Config) string {
	if cfg.Database != "" {
		return cfg.Database
	}
	return "sqlite:" + filepath.Join(cfg.Data, "fadu.db")
}

// upgraded opens the database with this program and checks what the release left in it.
func upgraded(t *testing.T, cfg app.Config, want string) {
	t.Helper()
	a, err := app.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	// 0.1 wrote rows that no entry tells of: after the upgrade they are sealed, as the manual says.
	if n, err := a.SealOldRows(context.Background()); err != nil || n == 0 {
		t.Errorf("补做入账摘要：%v，%d 行", err, n)
	}
	rep, err := a.Verify(context.Background())
	if err != nil || !rep.OK() || rep.Leaves < 10 {
		t.Errorf("%v %v，%d 条", err, rep.Faults, rep.Leaves)
	}
	err = a.DB.View(context.Background(), func(tx *store.Tx) error {
		trader, err := setting.Value(tx, powers.SoleTraderLimit)
		if err != nil {
			return err
		}
		practice, err := org.PracticeOf(tx)
		if trader != string(powers.Organisation) || practice != (org.Practice{AnnualCheck: org.CheckRefuses, CheckMonth: 4, CheckDay: 30}) {
			t.Errorf("原来的设置没有带过来：%s %+v", trader, practice)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if got := schemaOf(t, cfg); got != want {
		t.Errorf("升级上来的结构与新建的不同：\n%s", firstDifference(want, got))
	}
}

// eachEngine runs f with a maker of empty databases.
func eachEngine(t *testing.T, f func(t *testing.T, database func() string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, func() string { return "" }) })
	t.Run("postgres", func(t *testing.T) { f(t, func() string { return testkit.PostgreSQLURL(t) }) })
}

// TestUpgrade: a database of each release becomes what a new one is, with its data.
func TestUpgrade(t *testing.T) {
	eachEngine(t, func(t *testing.T, database func() string) {
		want := schemaOf(t, clocked(app.Config{Data: t.TempDir(), Database: database()}))
		for _, release := range released {
			upgraded(t, asReleased(t, release, database()), want)
		}
	})
}

const childData, childDatabase = "FADU_UPGRADE_DATA", "FADU_UPGRADE_DATABASE"

// TestUpgradeChild is the process that TestUpgradeKilled kills.
func TestUpgradeChild(t *testing.T) {
	if os.Getenv(childData) == "" {
		t.Skip("only as the process that another test kills")
	}
	schemaOf(t, clocked(app.Config{Data: os.Getenv(childData), Database: os.Getenv(childDatabase)}))
}

// TestUpgradeKilled: killed at any moment of an upgrade, the next start goes on with it.
func TestUpgradeKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	eachEngine(t, func(t *testing.T, database func() string) {
		want := schemaOf(t, clocked(app.Config{Data: t.TempDir(), Database: database()}))
		cfg := asReleased(t, released[0], database())
		r := rand.New(rand.NewPCG(11, 11))
		for range 4 {
			child := exec.Command(os.Args[0], "-test.run", "^TestUpgradeChild$")
			child.Env = append(os.Environ(), childData+"="+cfg.Data, childDatabase+"="+cfg.Database)
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(20+r.IntN(120)) * time.Millisecond)
			_ = child.Process.Kill() // it may have ended already
			_ = child.Wait()
		}
		upgraded(t, cfg, want)
	})
}
