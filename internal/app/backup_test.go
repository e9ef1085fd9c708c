package app_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/backup"
	"fadu/internal/demo"
	"fadu/internal/fault"
	"fadu/internal/law"
	"fadu/internal/powers"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// lively makes a demo bureau with some cases, papers and photos.
func lively(t *testing.T) app.Config {
	t.Helper()
	cfg := app.Config{Data: filepath.Join(t.TempDir(), "data"), Base: "http://localhost", Log: quiet}
	p := demo.Profile{Name: "backup", Seed: 3, From: law.MustDate("2026-01-05"), Until: law.MustDate("2026-01-20"), Cases: 4}
	if err := demo.Fill(context.Background(), cfg, p, func(string) {}); err != nil {
		t.Fatal(err)
	}
	return clocked(cfg)
}

func clocked(cfg app.Config) app.Config {
	clock := testkit.NewClock()
	clock.Set(law.MustDate("2026-01-21").Start())
	cfg.Clock, cfg.Log = clock.Now, quiet
	return cfg
}

// content is every row of every table and the schema, to compare two databases of one engine.
func content(t *testing.T, cfg app.Config) string {
	t.Helper()
	a, err := app.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	rep, err := a.Verify(context.Background())
	if err != nil || !rep.OK() || rep.Leaves < 100 {
		t.Errorf("核验：%v %v，%d 条", err, rep.Faults, rep.Leaves)
	}
	var out strings.Builder
	err = a.DB.Snapshot(context.Background(), func(s *store.Snapshot) error {
		schema, err := s.Tx.SchemaText()
		if err != nil {
			return err
		}
		tables, err := s.Tables(app.Migrations())
		if err != nil {
			return err
		}
		out.WriteString(schema)
		for _, x := range tables {
			if strings.HasPrefix(x.Name, "figure_") {
				continue // sums that are folded now and then; the verification above recounts them
			}
			slices.Sort(x.Columns)
			var rows strings.Builder
			if _, err := s.Copy(x, &rows); err != nil {
				return err
			}
			lines := strings.Split(rows.String(), "\n")
			slices.Sort(lines)
			out.WriteString("\n" + x.Name + "\n" + strings.Join(lines, "\n"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestBackupAndRestore: what was backed up while others wrote is restored to the last row on an empty
// machine; from SQLite to PostgreSQL and back too.
func TestBackupAndRestore(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	t.Parallel()
	ctx := context.Background()
	cfg := lively(t)
	file := filepath.Join(t.TempDir(), "一份.backup")
	m, err := app.Backup(ctx, cfg, file)
	if err != nil {
		t.Fatal(err)
	}
	if m.Blobs == 0 || m.Leaves < 100 || !m.Demo || m.Root == "" {
		t.Errorf("%+v", m)
	}
	before := content(t, cfg)
	again := clocked(app.Config{Data: filepath.Join(t.TempDir(), "new"), Base: cfg.Base})
	if _, err := app.Restore(ctx, again, file); err != nil {
		t.Fatal(err)
	}
	if after := content(t, again); after != before {
		t.Errorf("恢复出来的与备份时不同：\n%s", firstDifference(before, after))
	}
	if entries, _ := os.ReadDir(again.Data); slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == ".restoring" }) {
		t.Error("恢复用的目录没有收走")
	}
	if _, err := app.Restore(ctx, again, file); !fault.Is(err, fault.Conflict) {
		t.Errorf("恢复到有数据的目录：%v", err)
	}
	url := testkit.PostgreSQLURL(t)
	moved := clocked(app.Config{Data: filepath.Join(t.TempDir(), "pg"), Base: cfg.Base, Database: url})
	if _, err := app.Restore(ctx, moved, file); err != nil {
		t.Fatal(err)
	}
	onPG := content(t, moved)
	file2 := filepath.Join(t.TempDir(), "二份.backup")
	if m2, err := app.Backup(ctx, moved, file2); err != nil || m2.Root != m.Root || m2.Leaves != m.Leaves {
		t.Errorf("%v %+v", err, m2)
	}
	back := clocked(app.Config{Data: filepath.Join(t.TempDir(), "back"), Base: cfg.Base})
	if _, err := app.Restore(ctx, back, file2); err != nil {
		t.Fatal(err)
	}
	if after := content(t, back); after != before {
		t.Errorf("搬到 PostgreSQL 再搬回来变了：\n%s", firstDifference(before, after))
	}
	if _, err := app.Restore(ctx, clocked(app.Config{Data: filepath.Join(t.TempDir(), "x"), Database: url}), file2); !fault.Is(err, fault.Conflict) {
		t.Errorf("恢复到有数据的 PostgreSQL：%v", err)
	}
	if content(t, moved) != onPG {
		t.Error("被拒绝的恢复动了原来的数据")
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return x[i] + "\n" + y[i]
		}
	}
	return "长短不同"
}

// TestBrokenBackups: a backup that was cut or changed anywhere is refused and leaves nothing.
func TestBrokenBackups(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	site, err := apptest.Open(filepath.Join(t.TempDir(), "data"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = site.Close() }()
	file := filepath.Join(t.TempDir(), "whole")
	if _, err := app.Backup(ctx, clocked(app.Config{Data: site.Data}), file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	refused := func(name string, data []byte) {
		t.Helper()
		bad := filepath.Join(t.TempDir(), "bad")
		if err := os.WriteFile(bad, data, 0o600); err != nil {
			t.Fatal(err)
		}
		to := clocked(app.Config{Data: filepath.Join(t.TempDir(), "to")})
		if _, err := app.Restore(ctx, to, bad); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "没有恢复") {
			t.Errorf("%s：%v", name, err)
		}
		if _, err := os.Stat(to.Data); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s：留下了 %s", name, to.Data)
		}
	}
	for range 15 {
		refused("截断", whole[:r.IntN(len(whole)-2000)])
	}
	for range 30 {
		changed := slices.Clone(whole)
		changed[512+r.IntN(len(changed)-20000)] ^= 1 << r.IntN(8)
		if m, err := backup.Check(strings.NewReader(string(changed))); err == nil && m.Format != 0 {
			continue // a bit of padding or of a header's owner: nothing that is restored
		}
		refused("改动一位", changed)
	}
	refused("空文件", nil)
}

// TestBackupWhileWriting: a backup made between writes holds a state that really was.
func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	site, err := apptest.Open(filepath.Join(t.TempDir(), "data"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = site.Close() }()
	stop, done := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for v := int64(0); ; v++ {
			select {
			case <-stop:
				done <- n
				return
			default:
			}
			as := []string{"organisation", "citizen"}[v%2]
			if err := site.App.Settings.Decide(ctx, access.System("test"), powers.SoleTraderLimit.Key, as, "演示文件", v); err != nil {
				t.Errorf("写不了：%v", err)
				done <- n
				return
			}
			n++
		}
	}()
	var files []string
	for _, name := range []string{"a", "b", "c"} {
		file := filepath.Join(t.TempDir(), name)
		if _, err := app.Backup(ctx, clocked(app.Config{Data: site.Data}), file); err != nil {
			t.Error(err)
		}
		files = append(files, file)
	}
	close(stop)
	if n := <-done; n < 3 {
		t.Errorf("备份时只写成 %d 笔", n)
	}
	for _, file := range files {
		to := clocked(app.Config{Data: filepath.Join(t.TempDir(), "to")})
		if _, err := app.Restore(ctx, to, file); err != nil {
			t.Error(err)
			continue
		}
		a, err := app.Open(ctx, to)
		if err != nil {
			t.Error(err)
			continue
		}
		if rep, err := a.Verify(ctx); err != nil || !rep.OK() {
			t.Errorf("%v %v", err, rep.Faults)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestBackupNamesInAnyZone: a backup is named by the clock of the bureau. One made by hand on a machine in
// another zone is not taken for one of the future, which would put off the next.
func TestBackupNamesInAnyZone(t *testing.T) {
	at := time.Date(2026, 3, 2, 23, 30, 0, 0, time.FixedZone("elsewhere", -11*60*60))
	if name := backup.Name(at); name != "fadu-20260303-183000.backup" || !backup.MadeAt(filepath.Join("x", name)).Equal(at) {
		t.Errorf("%s，读回来是 %s", name, backup.MadeAt(name))
	}
	if backup.Name(at) != backup.Name(at.UTC()) {
		t.Error("同一瞬间在两个时区里的名字不同")
	}
}
