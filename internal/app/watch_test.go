package app_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/app/apptest"
	"fadu/internal/ledger"
	"fadu/internal/store"
)

// opened is the bureau of tests with a disk whose free space the test says.
func opened(t *testing.T, change func(*app.Config)) (*apptest.Site, *uint64) {
	t.Helper()
	first, err := apptest.Open(filepath.Join(t.TempDir(), "data"), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	free := uint64(10 << 30)
	cfg := app.Config{Data: first.Data, Space: func(string) (uint64, error) { return free, nil }}
	if change != nil {
		change(&cfg)
	}
	s, err := apptest.Serve(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, &free
}

func finding(t *testing.T, a *app.App, name string) app.Finding {
	t.Helper()
	for _, f := range a.Doctor(context.Background(), false) {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("没有查“%s”", name)
	return app.Finding{}
}

func answer(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func signIn(t *testing.T, s *apptest.Site, login string) *apptest.Browser {
	t.Helper()
	b, err := s.Browser(login)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func opens(t *testing.T, b *apptest.Browser, path string) string {
	t.Helper()
	if err := b.Get(path); err != nil || b.Status != http.StatusOK {
		t.Fatalf("%s: %d %v", path, b.Status, err)
	}
	return b.Text()
}

// TestFullDisk: the program goes read only in time, says so on every page, keeps signing in, and comes back
// by itself.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	s, free := opened(t, nil)
	reserve := filepath.Join(s.Data, "reserve")
	look := func() {
		t.Helper()
		if err := s.App.LookAtDisk(); err != nil {
			t.Fatal(err)
		}
	}
	look()
	if f := finding(t, s.App, "磁盘"); f.Level != app.OK {
		t.Fatal(f.Line())
	}
	if info, err := os.Stat(reserve); err != nil || info.Size() != 64<<20 {
		t.Fatalf("没有留出应急空间：%v", err)
	}
	b := signIn(t, s, "legal")
	*free = 20 << 20
	look()
	if f := finding(t, s.App, "磁盘"); f.Level != app.Fail || !strings.Contains(f.How, "自动恢复") {
		t.Error(f.Line())
	}
	if _, err := os.Stat(reserve); !os.IsNotExist(err) {
		t.Error("应急空间没有放出来")
	}
	if code, body := answer(t, s.App.Watch(), "/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, `"disk":"fail"`) {
		t.Errorf("%d %s", code, body)
	}
	if body := opens(t, b, "/w/settings"); !strings.Contains(body, "现在只能查看") {
		t.Error("页面没有说只能查看")
	}
	opens(t, b, "/w/settings/powers.sole_trader")
	if err := b.Submit("/w/settings/powers.sole_trader", t.TempDir(), "value=按单位掌握", "reason=演示文件"); err != nil || b.Status != http.StatusInsufficientStorage {
		t.Errorf("磁盘满时还能写：%d %v", b.Status, err)
	}
	signIn(t, s, "clerk")
	*free = 10 << 30
	look()
	if f := finding(t, s.App, "磁盘"); f.Level != app.OK {
		t.Error(f.Line())
	}
	if body := opens(t, b, "/w/settings"); strings.Contains(body, "现在只能查看") {
		t.Error("腾出空间以后没有恢复")
	}
}

// TestMetrics: counts by route pattern, nothing that names a record or a person.
func TestMetrics(t *testing.T) {
	t.Parallel()
	s, _ := opened(t, nil)
	b := signIn(t, s, "legal")
	opens(t, b, "/w/settings/powers.sole_trader")
	if res, err := http.Get(s.URL + "/metrics"); err != nil || res.StatusCode != http.StatusNotFound {
		t.Errorf("对外的地址上有监控数据：%v %v", res, err)
	}
	code, body := answer(t, s.App.Watch(), "/metrics")
	for _, want := range []string{
		`fadu_http_request_duration_seconds_count{route="GET /w/settings/{key}",status="200"} 1`, `fadu_http_in_flight 0`, `fadu_jobs{state="dead"} 0`, "fadu_sessions 1\n", "fadu_ledger_lag_seconds 0\n", "fadu_disk_read_only 0\n", "fadu_store_queue 0\n", "go_goroutines ",
	} {
		if code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("没有 %s", want)
		}
	}
	if strings.Contains(body, "sole_trader") || strings.Contains(body, "演示") || strings.Contains(body, "legal") {
		t.Error("监控数据里有具体的记录")
	}
	for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
		if !strings.HasPrefix(line, "#") && !regexp.MustCompile(`^[a-z_]+(\{[^}]*(\{[^}]*\}[^}]*)*\})? [0-9.e+-]+$`).MatchString(line) {
			t.Errorf("格式不对：%s", line)
		}
	}
	if code, body := answer(t, s.App.Handler(), "/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("%d %s", code, body)
	}
	if code, body := answer(t, s.App.Handler(), "/readyz"); code != http.StatusOK || !strings.Contains(body, `"ledger":"ok"`) {
		t.Errorf("%d %s", code, body)
	}
}

// TestDoctor finds a damaged file, a clock that was set back, an open folder.
func TestDoctor(t *testing.T) {
	t.Parallel()
	s, _ := opened(t, nil)
	ctx := context.Background()
	digest, _, err := s.App.Blobs.Put(ctx, strings.NewReader("演示照片"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.App.Doctor(ctx, true) {
		if f.Level == app.Fail {
			t.Error(f.Line())
		}
	}
	file := filepath.Join(s.Data, "blobs", digest[:2], digest[2:4], digest)
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("演示照片!"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(s.Data, 0o755); err != nil {
		t.Fatal(err)
	}
	err = s.App.DB.Update(ctx, func(tx *store.Tx) error {
		_, err := ledger.Append(tx, access.System("test").Actor(), ledger.Act{Kind: "setting.changed", Subject: "setting/x"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Set(s.Clock.Now().Add(-time.Hour))
	seen := map[string]app.Level{}
	for _, f := range s.App.Doctor(ctx, true) {
		seen[f.Name] = f.Level
		if f.Level != app.OK && f.How == "" {
			t.Errorf("没有说怎么办：%s", f.Line())
		}
	}
	for name, want := range map[string]app.Level{"文件": app.Fail, "时钟": app.Fail, "目录权限": app.Warn, "备份": app.Warn, "数据库完整性": app.OK, "办案留痕核验": app.OK} {
		if got, ok := seen[name]; !ok || got != want {
			t.Errorf("%s：%v，应为 %v", name, got, want)
		}
	}
}

// TestScheduledBackups: one at the start, the newest are kept, and it is seen when the last was made.
func TestScheduledBackups(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "备份")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{"fadu-20251201-000000.backup", "fadu-20251202-000000.backup", "别的文件.backup"} {
		if err := os.WriteFile(filepath.Join(dir, old), []byte("旧"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(t.TempDir(), "检查点")
	s, _ := opened(t, func(c *app.Config) { c.Backup, c.Checkpoints = app.Plan{Dir: dir, Every: time.Hour, Keep: 2}, kept })
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.App.Run(ctx) }()
	for range 200 {
		if files, _ := filepath.Glob(filepath.Join(dir, "fadu-2026*.backup")); len(files) == 1 && s.App.LastBackup().Year() == 2026 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	<-done
	if f := finding(t, s.App, "检查点"); f.Level != app.OK || !strings.Contains(f.Text, kept) {
		t.Error(f.Line())
	}
	if _, body := answer(t, s.App.Watch(), "/metrics"); strings.Contains(body, "fadu_checkpoint_last_success_timestamp_seconds 0\n") {
		t.Error("检查点做了，指标还是 0")
	}
	if f := finding(t, s.App, "备份"); f.Level != app.OK || !strings.Contains(f.Text, "2026-01-05 09:00") {
		t.Error(f.Line())
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("%v %v", entries, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "fadu-20251201-000000.backup")); !os.IsNotExist(err) {
		t.Error("最旧的一份没有收走")
	}
	in, err := os.Open(filepath.Join(dir, "fadu-20260105-090000.backup"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	if _, err := io.Copy(io.Discard, in); err != nil {
		t.Error(err)
	}
	again, err := app.Restore(context.Background(), clocked(app.Config{Data: filepath.Join(t.TempDir(), "to")}), in.Name())
	if err != nil || again.Leaves == 0 {
		t.Errorf("%v %+v", err, again)
	}
}

// TestCheckpointCannotBeKept: a folder for checkpoints that cannot be written is told by the checks, not only by the log.
func TestCheckpointCannotBeKept(t *testing.T) {
	t.Parallel()
	kept := filepath.Join(t.TempDir(), "文件")
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := opened(t, func(c *app.Config) { c.Checkpoints = filepath.Join(kept, "里面") })
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.App.Run(ctx) }()
	for range 200 {
		if finding(t, s.App, "检查点").Level == app.Fail {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	<-done
	if f := finding(t, s.App, "检查点"); f.Level != app.Fail || !strings.Contains(f.How, "ReadWritePaths") {
		t.Error(f.Line())
	}
}
