package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"fadu/internal/fault"
	"fadu/internal/planted"
)

// incoming is the subfolder of bytes that are not complete yet.
const incoming = "incoming"

// Folder is a Store in a local folder: aa/bb/<digest>, where aabb begin the digest.
type Folder struct {
	dir   string
	limit int64
	known sync.Map // subfolders whose own names are durable
	// before is asked before each step on the disk; its error is the step's.
	before func(step string) error
}

// Before lets f fail steps of storing, for tests: create, write, sync, folder, rename, sync folder. Nil never
// fails. Call it before the first Put.
func (f *Folder) Before(g func(step string) error) {
	if g != nil {
		f.before = g
	}
}

func never(string) error { return nil }

// stepped is a file in which each write is a step.
type stepped struct {
	*os.File
	before func(step string) error
}

// Write writes unless its step fails.
func (s stepped) Write(b []byte) (int, error) {
	if err := s.before("write"); err != nil {
		return 0, err
	}
	return s.File.Write(b)
}

// NewFolder returns the store in dir, which it makes if need be. limit is the largest blob in bytes.
func NewFolder(dir string, limit int64) (*Folder, error) {
	if limit <= 0 {
		return nil, fmt.Errorf("blob: limit %d", limit)
	}
	if err := os.MkdirAll(filepath.Join(dir, incoming), 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	f := &Folder{dir: dir, limit: limit, before: never}
	if err := errors.Join(f.syncDir(dir), f.syncDir(filepath.Dir(filepath.Clean(dir)))); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return f, nil
}

// Put stores what r holds.
func (f *Folder) Put(ctx context.Context, r io.Reader) (digest string, size int64, err error) {
	if err := f.before("create"); err != nil {
		return "", 0, trouble("create", err)
	}
	tmp, err := os.CreateTemp(filepath.Join(f.dir, incoming), "put-")
	if err != nil {
		return "", 0, trouble("create", err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name()) // what stays is swept
		}
	}()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(stepped{tmp, f.before}, h), io.LimitReader(patient{ctx, r}, f.limit+1))
	if err != nil {
		return "", 0, trouble("write", err)
	}
	if size > f.limit {
		return "", 0, fault.New(fault.Invalid, "文件超过 %s，请压缩或分成几份再上传", human(f.limit))
	}
	if err = errors.Join(f.durable(tmp), tmp.Close()); err != nil {
		return "", 0, trouble("sync", err)
	}
	digest = hex.EncodeToString(h.Sum(nil))
	if err = f.place(tmp.Name(), digest); err != nil {
		return "", 0, trouble("place "+digest, err)
	}
	return digest, size, nil
}

// durable waits until the file's bytes are on the disk.
func (f *Folder) durable(tmp *os.File) error {
	if planted.Is(planted.BlobUnsynced) {
		return nil
	}
	if err := f.before("sync"); err != nil {
		return err
	}
	return errors.Join(tmp.Chmod(0o400), tmp.Sync())
}

// place gives the complete file its name, durably. An older file of the name has the same content, or
// is damaged and thereby mended.
func (f *Folder) place(tmp, digest string) error {
	path := f.path(digest)
	dir := filepath.Dir(path)
	if _, ok := f.known.Load(dir); !ok {
		if err := f.before("folder"); err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		// Another Put may have made the folders and not synced them yet.
		if err := errors.Join(f.syncDir(filepath.Dir(dir)), f.syncDir(f.dir)); err != nil {
			return err
		}
		f.known.Store(dir, struct{}{})
	}
	if err := f.before("rename"); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return f.syncDir(dir)
}

func (f *Folder) path(digest string) string {
	return filepath.Join(f.dir, digest[:2], digest[2:4], digest)
}

// Open returns the bytes after reading them once against their digest.
func (f *Folder) Open(digest string) (io.ReadSeekCloser, error) {
	if !valid(digest) {
		return nil, fault.Missing("这个文件")
	}
	file, err := os.Open(f.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Missing("这个文件")
	}
	if err != nil {
		return nil, fmt.Errorf("blob: open: %w", err)
	}
	h := sha256.New()
	_, err = io.Copy(h, file)
	if err == nil && hex.EncodeToString(h.Sum(nil)) != digest && !planted.Is(planted.BlobUnchecked) {
		slog.Error("blob: damaged", "digest", digest)
		err = ErrDamaged
	}
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("blob: %s: %w", digest, err), file.Close())
		return nil, &fault.Error{Kind: fault.Damaged, Message: "这个文件已经损坏或者被改动，不能打开。请告知系统管理员：运行 fadu verify 核对，从备份里取回", Err: err}
	}
	return file, nil
}

// Verify checks one blob: nil, a NotFound fault, or ErrDamaged.
func (f *Folder) Verify(digest string) error {
	r, err := f.Open(digest)
	if err != nil {
		return err
	}
	return r.Close()
}

// Digests lists the blobs that are there, in order.
func (f *Folder) Digests() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		err := filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == incoming:
				return fs.SkipDir
			case !d.IsDir() && valid(d.Name()) && !yield(d.Name(), nil):
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield("", fmt.Errorf("blob: list: %w", err))
		}
	}
}

// Sweep removes what interrupted Puts left before the instant, and returns how many there were.
func (f *Folder) Sweep(before time.Time) (int, error) {
	entries, err := os.ReadDir(filepath.Join(f.dir, incoming))
	if err != nil {
		return 0, fmt.Errorf("blob: sweep: %w", err)
	}
	n := 0
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was completed meanwhile
		}
		if err != nil {
			return n, fmt.Errorf("blob: sweep: %w", err)
		}
		if !info.ModTime().Before(before) {
			continue
		}
		if err := os.Remove(filepath.Join(f.dir, incoming, e.Name())); err != nil {
			return n, fmt.Errorf("blob: sweep: %w", err)
		}
		n++
	}
	return n, nil
}

// syncDir makes the names in a folder durable.
func (f *Folder) syncDir(dir string) error {
	if err := f.before("sync folder"); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// trouble tells a full disk from other failures.
func trouble(act string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return &fault.Error{Kind: fault.Full, Message: "磁盘空间不足，文件没有保存。请告知系统管理员清理后重试", Err: err}
	}
	return fmt.Errorf("blob: %s: %w", act, err)
}

// human prints a limit as people say it.
func human(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}

// patient is a reader that ends when its context does.
type patient struct {
	ctx context.Context
	r   io.Reader
}

// Read reads unless the context has ended.
func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}
