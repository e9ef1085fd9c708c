package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"fadu/internal/backup"
	"fadu/internal/blob"
	"fadu/internal/fault"
	"fadu/internal/ledger"
	"fadu/internal/search"
	"fadu/internal/store"
)

// Backup writes everything into a file while the program goes on. The schema stays as it is, so that a new
// program can back up before it upgrades.
func Backup(ctx context.Context, cfg Config, file string) (backup.Manifest, error) {
	if err := born(cfg); err != nil {
		return backup.Manifest{}, err
	}
	db, err := store.Open(ctx, store.Options{URL: cfg.url(), Clock: cfg.Clock, Migrations: Migrations(), AsIs: true})
	if err != nil {
		return backup.Manifest{}, err
	}
	blobs, err := blob.NewFolder(cfg.blobs(), blobLimit)
	if err != nil {
		return backup.Manifest{}, errors.Join(err, db.Close())
	}
	m, err := backup.WriteFile(ctx, backup.Source{DB: db, Blobs: blobs, Migrations: Migrations()}, file)
	return m, errors.Join(err, db.Close())
}

// restoring is the folder in which a restore works until everything is there.
const restoring = ".restoring"

// Restore checks a backup as a whole and then fills an empty folder (and an empty PostgreSQL database) with
// it. What fails leaves nothing behind.
func Restore(ctx context.Context, cfg Config, file string) (m backup.Manifest, err error) {
	f, err := os.Open(file)
	if err != nil {
		return m, fmt.Errorf("打不开备份文件：%w", err)
	}
	m, err = backup.Check(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return m, err
	}
	made, err := emptyFolder(cfg.Data)
	if err != nil {
		return m, err
	}
	work := cfg
	work.Data = filepath.Join(cfg.Data, restoring)
	defer func() {
		err = errors.Join(err, os.RemoveAll(work.Data))
		if err != nil && made {
			_ = os.Remove(cfg.Data) // only when it is empty again
		}
	}()
	if err := os.MkdirAll(work.Data, 0o700); err != nil {
		return m, err
	}
	if err := fill(ctx, work, file, m); err != nil {
		return m, err
	}
	// The database comes last: before it is there nothing can be opened.
	if err := os.Rename(work.blobs(), cfg.blobs()); err != nil {
		return m, err
	}
	if cfg.Database != "" {
		return m, syncFolder(cfg.Data)
	}
	if err := syncFolder(work.file()); err != nil {
		return m, err
	}
	return m, errors.Join(os.Rename(work.file(), cfg.file()), syncFolder(cfg.Data))
}

// fill loads the rows and files, computes what is derived and compares the ledger with the manifest.
func fill(ctx context.Context, work Config, file string, m backup.Manifest) error {
	blobs, err := blob.NewFolder(work.blobs(), blobLimit)
	if err != nil {
		return err
	}
	to := backup.Target{Options: store.Options{URL: work.url(), Clock: work.Clock, Migrations: Migrations()}, Put: blobs.Put, Derived: []backup.Derived{indexedTexts}}
	if err := backup.Rows(ctx, file, m, to); err != nil {
		return err
	}
	db, err := store.Open(ctx, to.Options)
	if err != nil {
		return err
	}
	err = backup.PutDerived(ctx, file, m, db, to)
	if err == nil {
		err = db.View(ctx, func(tx *store.Tx) error {
			leaves, root, err := ledger.Standing(tx)
			if err == nil && (leaves != m.Leaves || root != m.Root) {
				err = fault.New(fault.Invalid, "恢复出来的办案留痕（%d 条，%s）与备份清单（%d 条，%s）不符", leaves, root, m.Leaves, m.Root)
			}
			return err
		})
	}
	return errors.Join(err, db.Close())
}

// indexedTexts brings the texts that are searched back; each engine makes its own index of them.
var indexedTexts = backup.Derived{
	Table: "search_text", Columns: []string{"id", "kind", "body"},
	Put: func(tx *store.Tx, cells []string) error {
		id, err := strconv.ParseInt(cells[0], 10, 64)
		if err != nil {
			return fmt.Errorf("search: restore: %w", err)
		}
		return search.Put(tx, cells[1], id, cells[2])
	},
}

// emptyFolder makes sure that the folder is there and has nothing in it but the keys, which backups do not
// hold, and what a broken-off restore left.
func emptyFolder(dir string) (made bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true, errors.Join(os.MkdirAll(dir, 0o700), syncFolder(filepath.Dir(filepath.Clean(dir))))
	}
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if !slices.Contains([]string{restoring, "lost+found", keyFile, ledger.KeyFile}, e.Name()) {
			return false, fault.New(fault.Conflict, "数据目录 %s 不是空的，没有恢复，里面的东西没有动。请用 --data 指明一个空目录", dir)
		}
	}
	return false, os.RemoveAll(filepath.Join(dir, restoring))
}

// syncFolder makes a file, or the names in a folder, durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
