package app

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"fadu/internal/fault"
	"fadu/internal/web"
)

const (
	// reserveSize is kept on the disk for the moment when it is full: the ledger, the security log and
	// signing in go on with it while everything else is read only.
	reserveSize = 64 << 20
	// low is the free space below which the program goes read only; plenty above which it comes back.
	low    = 32 << 20
	plenty = low + 2*reserveSize
	// watchEvery is how often the disk is looked at.
	watchEvery = 5 * time.Second
)

// disk watches the space of the data folder.
type disk struct {
	file     string
	free     func(dir string) (uint64, error)
	size     int64
	readOnly atomic.Bool
	left     atomic.Uint64
}

func newDisk(cfg Config) *disk {
	d := &disk{file: filepath.Join(cfg.Data, "reserve"), free: freeSpace, size: reserveSize}
	if cfg.Space != nil {
		d.free = cfg.Space
	}
	return d
}

// freeSpace returns the bytes that an ordinary user may still write in the folder's file system.
func freeSpace(dir string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}

// measure asks how much is free.
func (d *disk) measure() (uint64, error) {
	left, err := d.free(filepath.Dir(d.file))
	if err == nil {
		d.left.Store(left)
	}
	return left, err
}

// look takes one look: it gives the reserve up when the disk is nearly full, and sets it aside again when
// there is room.
func (d *disk) look() error {
	left, err := d.measure()
	if err != nil {
		return err
	}
	held, err := d.held()
	if err != nil {
		return err
	}
	switch {
	case left < low:
		d.readOnly.Store(true)
		if held {
			return os.Remove(d.file)
		}
	case !held && left >= plenty:
		if err := d.hold(); err != nil {
			return err
		}
		d.readOnly.Store(false)
	case held && left >= low+low/2:
		d.readOnly.Store(false)
	}
	return nil
}

func (d *disk) held() (bool, error) {
	info, err := os.Stat(d.file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Size() == d.size, err
}

// hold writes the reserve; a sparse file would reserve nothing.
func (d *disk) hold() error {
	f, err := os.OpenFile(d.file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	block := make([]byte, 1<<20)
	for n := int64(0); n < d.size && err == nil; n += int64(len(block)) {
		_, err = f.Write(block[:min(int64(len(block)), d.size-n)])
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(d.file))
	}
	return nil
}

// watchDisk looks at the disk until ctx ends.
func (a *App) watchDisk(ctx context.Context) {
	t := time.NewTicker(watchEvery)
	defer t.Stop()
	for {
		was := a.disk.readOnly.Load()
		err := a.disk.look()
		if err != nil {
			a.cfg.Log.Error("disk not looked at", "err", err)
		}
		if is := a.disk.readOnly.Load(); is != was {
			a.cfg.Log.Warn("disk", "read_only", is, "free_bytes", a.disk.left.Load())
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

const fullNotice = "磁盘空间不足，现在只能查看，不能保存。已有的数据不受影响；请告知系统管理员腾出空间，腾出后自动恢复。"

// spare lets reading, signing in and signing out go on while the disk is full, and refuses the rest.
func (a *App) spare(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.disk.readOnly.Load() {
			h.ServeHTTP(w, r)
			return
		}
		r2 := r.WithContext(web.WithNotice(r.Context(), fullNotice))
		if reads := r.Method == http.MethodGet || r.Method == http.MethodHead; reads || strings.HasPrefix(r.URL.Path, web.SignInPath) || r.URL.Path == "/sign-out" || strings.HasPrefix(r.URL.Path, "/api/v1/calc/") {
			h.ServeHTTP(w, r2)
			r.Pattern = r2.Pattern
			return
		}
		web.Fail(w, r2, fault.New(fault.Full, "%s", fullNotice))
	})
}
