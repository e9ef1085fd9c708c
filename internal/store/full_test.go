package store_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fadu/internal/fault"
	"fadu/internal/store"
	"fadu/internal/testkit"
)

// TestFull: with the database at its size limit writing fails with words, reading goes on, and writing
// works again once there is room.
func TestFull(t *testing.T) {
	db, _ := testkit.SQLite(t, toys...)
	limit := func(pages int) {
		testkit.Update(t, db, func(tx *store.Tx) error {
			_, err := tx.DB().NewRaw("PRAGMA max_page_count = ?", pages).Exec(tx.Ctx)
			return err
		})
	}
	limit(1) // SQLite raises this to what is in use
	full(t, db, func() { limit(100_000) })
}

// full writes until there is no room, checks what is promised then, makes room and goes on.
func full(t *testing.T, db *store.DB, makeRoom func()) {
	t.Helper()
	big := strings.Repeat("满", 20_000)
	acknowledged := []string{}
	var err error
	for i := range 1000 {
		name := string(rune('一'+i)) + big
		began := time.Now()
		if err = db.Update(context.Background(), func(tx *store.Tx) error { return insert(tx, int64(i+1), name) }); err != nil {
			t.Logf("the refusal took %v", time.Since(began))
			break
		}
		acknowledged = append(acknowledged, name)
	}
	if !fault.Is(err, fault.Full) {
		t.Fatalf("after %d rows: %v", len(acknowledged), err)
	}
	var f *fault.Error
	if errors.As(err, &f); !strings.Contains(f.Message, "磁盘空间不足") {
		t.Error(f.Message)
	}
	check := func(want int) {
		t.Helper()
		if got := names(t, db); len(got) != want {
			t.Errorf("%d rows acknowledged, %d there", want, len(got))
		}
		testkit.View(t, db, func(tx *store.Tx) error {
			var ok string
			if err := tx.DB().QueryRowContext(tx.Ctx, "PRAGMA integrity_check").Scan(&ok); err != nil || ok != "ok" {
				t.Errorf("integrity: %s %v", ok, err)
			}
			return nil
		})
	}
	check(len(acknowledged))
	// A neighbour that does not need room is kept, beside one that cannot be.
	errs := together(t, db,
		func(tx *store.Tx) error { _, err := tx.DB().NewRaw("SELECT 1").Exec(tx.Ctx); return err },
		func(tx *store.Tx) error { return insert(tx, 5000, "大"+big) })
	if errs[0] != nil || !fault.Is(errs[1], fault.Full) {
		t.Errorf("%v", errs)
	}
	makeRoom()
	testkit.Update(t, db, func(tx *store.Tx) error { return insert(tx, 5001, "后"+big) })
	check(len(acknowledged) + 1)
}

const envDisk = "FADU_TEST_DISK"

// TestFullDisk is TestFull on a real file system of 8 MB, in a mount namespace of its own.
func TestFullDisk(t *testing.T) {
	if dir := os.Getenv(envDisk); dir != "" {
		fullDisk(t, dir)
		return
	}
	if os.Getuid() != 0 {
		t.Skip("the full-disk suite did not run: it needs root to mount a small file system")
	}
	child := exec.Command(os.Args[0], "-test.run=^TestFullDisk$", "-test.timeout=60s")
	child.Env = append(os.Environ(), envDisk+"="+t.TempDir())
	child.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	out, err := child.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("the full-disk suite did not run: mount namespaces are not allowed here")
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func fullDisk(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 5<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), store.Options{URL: "sqlite:" + filepath.Join(dir, "fadu.db"), Clock: testkit.NewClock().Now, Migrations: toys})
	if err != nil {
		t.Fatal(err)
	}
	full(t, db, func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
