package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"fadu/internal/backup"
	"fadu/internal/blob"
	"fadu/internal/law"
)

// Plan says where and how often backups are made while the program runs, and how many are kept; without a
// Dir none are made.
type Plan struct {
	Dir   string
	Every time.Duration
	Keep  int
}

// lastRun is what the program knows of something that it does now and then: when it last succeeded, and why the last try
// did not.
type lastRun struct {
	last atomic.Pointer[time.Time]
	err  atomic.Pointer[string]
}

func (l *lastRun) at() time.Time {
	if t := l.last.Load(); t != nil {
		return t.In(law.Zone)
	}
	return time.Time{}
}

func (l *lastRun) done(at time.Time) {
	l.last.Store(&at)
	l.err.Store(nil)
}

func (l *lastRun) failed(err error) {
	said := err.Error()
	l.err.Store(&said)
}

// LastBackup returns when the last backup in the plan's folder was complete; zero for none.
func (a *App) LastBackup() time.Time { return a.backups.at() }

// made lists the complete backups of the folder, oldest first: their names sort by time.
func (p Plan) made() ([]string, error) {
	files, err := filepath.Glob(filepath.Join(p.Dir, "fadu-*.backup"))
	slices.Sort(files)
	return files, err
}

// keepBackups makes backups by the plan until ctx ends.
func (a *App) keepBackups(ctx context.Context) {
	p := a.cfg.Backup
	if p.Dir == "" {
		return
	}
	files, err := p.made()
	if err == nil && len(files) > 0 {
		t := backup.MadeAt(files[len(files)-1])
		a.backups.done(t)
	}
	for {
		wait := max(a.LastBackup().Add(p.Every).Sub(a.cfg.Clock()), 0)
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
		if err := a.backUp(ctx); err != nil && ctx.Err() == nil {
			a.backups.failed(err)
			a.cfg.Log.Error("backup failed, will try again in ten minutes", "err", err)
			select {
			case <-ctx.Done():
				return
			case <-time.After(min(10*time.Minute, p.Every)):
			}
		}
	}
}

// backUp makes one backup and removes those beyond the number to keep.
func (a *App) backUp(ctx context.Context) error {
	p := a.cfg.Backup
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return fmt.Errorf("建不了备份目录：%w", err)
	}
	at := a.cfg.Clock()
	file := filepath.Join(p.Dir, backup.Name(at))
	m, err := backup.WriteFile(ctx, backup.Source{DB: a.DB, Blobs: a.Blobs, Migrations: Migrations()}, file)
	if err != nil {
		return err
	}
	a.backups.done(at)
	a.cfg.Log.Info("backup", "file", file, "leaves", m.Leaves, "root", m.Root, "blobs", m.Blobs)
	files, err := p.made()
	for len(files) > max(p.Keep, 1) && err == nil {
		err = os.Remove(files[0])
		files = files[1:]
	}
	return err
}

var _ backup.Blobs = (*blob.Folder)(nil)

// backupFinding tells how the backups stand.
func (a *App) backupFinding() Finding {
	f := Finding{Name: "备份"}
	last, p := a.LastBackup(), a.cfg.Backup
	switch said := a.backups.err.Load(); {
	case p.Dir == "":
		f.Level, f.Text, f.How = Warn, "运行这次检查的程序没有设定自动备份", "用 fadu serve --backup 目录 设定；已经设定的，看“运行状况”页或者 /readyz"
	case said != nil:
		f.Level, f.Text, f.How = Fail, "最近一次备份没有做成："+*said, "检查 "+p.Dir+" 的空间和权限；程序每十分钟再试一次"
	case last.IsZero():
		f.Level, f.Text, f.How = Warn, "还没有做成第一份备份", "刚启动的，等几分钟再看"
	case a.cfg.Clock().Sub(last) > 2*p.Every:
		f.Level, f.Text, f.How = Fail, "最近一次备份是 "+last.Format("2006-01-02 15:04")+"，已经过了两个周期", "看日志里 backup failed 的原因"
	default:
		f.Text = "最近一次 " + last.Format("2006-01-02 15:04") + "，放在 " + p.Dir
	}
	return f
}
