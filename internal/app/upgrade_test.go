package app_test

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // database/sql for the rows of both engines

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/indicator"
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

func schemaOf(t *testing.T, cfg app.Config, asIs ...bool) string {
	t.Helper()
	db, err := store.Open(context.Background(), store.Options{URL: address(cfg), Clock: cfg.Clock, Migrations: app.Migrations(), AsIs: len(asIs) > 0})
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

// rowCounts counts the rows of every table that the release has, without the program: the upgrade comes
// afterwards. The tables in which the program keeps its own accounts are left out.
func rowCounts(t *testing.T, cfg app.Config) map[string]int64 {
	t.Helper()
	driver, source, tables := "sqlite", filepath.Join(cfg.Data, "fadu.db"), `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
	if cfg.Database != "" {
		driver, source, tables = "pgx", cfg.Database, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.Query(tables)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(name, "ledger_") && !strings.HasPrefix(name, "goose_") && !strings.HasPrefix(name, "figure_") {
			out[name] = 0
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	for name := range out {
		var n int64
		if err := db.QueryRow(`SELECT COUNT(*) FROM ` + name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		out[name] = n
	}
	return out
}

// keptRows compares the rows of a release with those after the upgrade: no table lost or gained any.
func keptRows(t *testing.T, before, after map[string]int64) {
	t.Helper()
	sum := int64(0)
	for table, n := range before {
		sum += n
		if table == "setting" {
			continue // split up after 0.1: what they say is compared in upgraded
		}
		if got, ok := after[table]; ok && got != n {
			t.Errorf("%s 升级以前 %d 行，以后 %d 行", table, n, got)
		} else if !ok && n > 0 {
			t.Errorf("%s 的 %d 行随升级不见了", table, n)
		}
	}
	if sum < 10 {
		t.Errorf("旧库里只有 %d 行，比不出什么", sum)
	}
}

// figuresOf writes every figure of the whole bureau over all time.
func figuresOf(t *testing.T, a *app.App) string {
	t.Helper()
	var out strings.Builder
	testkit.View(t, a.DB, func(tx *store.Tx) error {
		out.Reset()
		for _, d := range a.Report.Definitions() {
			v, err := d.Value(tx, indicator.Query{Scope: access.System("test").ScopeFor(access.FigureRead)})
			if err != nil {
				return err
			}
			out.WriteString(d.ID + " " + v.Text() + "\n")
		}
		return nil
	})
	return out.String()
}

// upgraded opens the database with this program and checks what the release left in it.
func upgraded(t *testing.T, cfg app.Config, want string, before map[string]int64) {
	t.Helper()
	defer func() { keptRows(t, before, rowCounts(t, cfg)) }()
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
	// 0.1 kept no sums: what the upgrade made of its records is what counting them anew comes to.
	kept := figuresOf(t, a)
	if err := a.Report.Recount(context.Background()); err != nil {
		t.Error(err)
	}
	if anew := figuresOf(t, a); anew != kept || !strings.Contains(kept, "casework.") {
		t.Errorf("数字重数以后不同：\n%s", firstDifference(kept, anew))
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

// TestUpgrade: a database of each release becomes what a new one is, with its data; so does the backup that
// the new program makes of it before, which upgrades nothing.
func TestUpgrade(t *testing.T) {
	eachEngine(t, func(t *testing.T, database func() string) {
		want := schemaOf(t, clocked(app.Config{Data: t.TempDir(), Database: database()}))
		for _, release := range released {
			cfg := asReleased(t, release, database())
			before := rowCounts(t, cfg)
			file := filepath.Join(t.TempDir(), "升级前.backup")
			if _, err := app.Backup(context.Background(), cfg, file); err != nil {
				t.Fatalf("升级以前用新程序备份：%v", err)
			}
			if schemaOf(t, cfg, true) == want {
				t.Error("备份把旧库升级了")
			}
			upgraded(t, cfg, want, before)
			back := clocked(app.Config{Data: t.TempDir(), Database: database(), Base: "http://localhost"})
			if _, err := app.Restore(context.Background(), back, file); err != nil {
				t.Fatalf("恢复升级以前的备份：%v", err)
			}
			upgraded(t, back, want, before)
		}
	})
}

// TestNewerDatabaseIsRefused: the whole program does not open a database that a newer one has upgraded,
// says so, and changes nothing in it.
func TestNewerDatabaseIsRefused(t *testing.T) {
	eachEngine(t, func(t *testing.T, database func() string) {
		cfg := clocked(app.Config{Data: t.TempDir(), Database: database(), Base: "http://localhost"})
		if err := app.Create(context.Background(), cfg, "演示市演示区城市管理局", false); err != nil {
			t.Fatal(err)
		}
		before := rowCounts(t, cfg)
		driver, source := "sqlite", filepath.Join(cfg.Data, "fadu.db")
		if cfg.Database != "" {
			driver, source = "pgx", cfg.Database
		}
		db, err := sql.Open(driver, source)
		if err == nil {
			_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, ` + map[string]string{"sqlite": "1", "pgx": "true"}[driver] + `)`)
		}
		if err = errors.Join(err, db.Close()); err != nil {
			t.Fatal(err)
		}
		for name, open := range map[string]func() error{
			"启动": func() error { _, err := app.Open(context.Background(), cfg); return err },
			"备份": func() error {
				_, err := app.Backup(context.Background(), cfg, filepath.Join(t.TempDir(), "x.backup"))
				return err
			},
		} {
			if err := open(); err == nil || !strings.Contains(err.Error(), "9999") || !strings.Contains(err.Error(), "请使用更新的程序") {
				t.Errorf("%s：%v", name, err)
			}
		}
		keptSame := rowCounts(t, cfg)
		for table, n := range before {
			if keptSame[table] != n {
				t.Errorf("拒绝打开以后 %s 从 %d 行变成 %d 行", table, n, keptSame[table])
			}
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
		before := rowCounts(t, cfg)
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
		upgraded(t, cfg, want, before)
	})
}
