package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"fadu/internal/app"
	"fadu/internal/demo"
	"fadu/internal/law"
)

type demoCmd struct {
	Addr     string `default:"localhost:8080" help:"监听地址；被占用时换一个空闲端口并说明。"`
	Data     string `help:"数据目录；不填放在临时目录，停止后删除。"`
	Cases    int    `default:"800" help:"造多少件当场处罚的事项。"`
	Ordinary int    `default:"62" help:"造多少件普通程序案件。"`
	Fill     bool   `help:"只造数据，不运行。"`
}

// Run fills a demo bureau, or copies one that the same program filled before, and serves it.
func (c *demoCmd) Run(ctx context.Context) error {
	began := time.Now()
	data := c.Data
	if data == "" {
		dir, err := os.MkdirTemp("", "fadu-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		data = filepath.Join(dir, "data")
	}
	if _, err := os.Stat(filepath.Join(data, "fadu.db")); errors.Is(err, fs.ErrNotExist) {
		if err := c.provide(ctx, data); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if c.Fill {
		fmt.Printf("演示数据在 %s，用时 %s。\n", data, time.Since(began).Round(time.Millisecond))
		return nil
	}
	l, notice, err := listenNear(c.Addr)
	if err != nil {
		return err
	}
	fmt.Println(notice + "。")
	w := where{Data: data}
	cfg := w.configAt(slog.LevelInfo)
	cfg.Base = "http://" + hostOf(c.Addr, l)
	cfg.DemoAccounts = demo.Accounts()
	return serve(ctx, cfg, l, func(a *app.App) {
		fmt.Printf("\n%s（演示数据，不作依据）已就绪，用时 %s。\n\n    %s\n    （%s）\n\n每种角色一个账号，口令都是 %s\n", a.Bureau, time.Since(began).Round(100*time.Millisecond), cfg.Base, notice, demo.Password)
		for _, acc := range cfg.DemoAccounts {
			fmt.Printf("    %-12s %s  %s\n", acc.Login, acc.Name, acc.Label)
		}
		fmt.Printf("\n数据目录 %s\n按 Ctrl-C 停止。\n", data)
	})
}

// hostOf keeps the host name that was asked for, with the port that was got.
func hostOf(addr string, l net.Listener) string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil || host == "" {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return net.JoinHostPort(host, port)
}

// provide copies the demo bureau that this very program filled before, or fills it now.
func (c *demoCmd) provide(ctx context.Context, data string) error {
	until := law.DateOf(time.Now()).AddDays(-1) // a day of work is not over before its evening
	if last := law.MustDate("2026-12-25"); until.After(last) || until.Before(law.MustDate("2026-02-27")) {
		until = last // the calendar that the demo's days need is loaded to the end of 2026
	}
	p := demo.District(until)
	p.Cases, p.Ordinary = c.Cases, c.Ordinary
	cached, err := cachePath(p)
	if err != nil {
		return fillFresh(ctx, data, p)
	}
	if _, err := os.Stat(filepath.Join(cached, "fadu.db")); err != nil {
		fmt.Println("第一次运行，按模拟的日子逐件办案，需要一两分钟：")
		fresh := cached + fmt.Sprintf(".%d", os.Getpid())
		defer os.RemoveAll(fresh)
		if err := fillFresh(ctx, fresh, p); err != nil {
			return err
		}
		if err := os.Rename(fresh, cached); err != nil && !errors.Is(err, fs.ErrExist) {
			return copyTree(fresh, data)
		}
	}
	return copyTree(cached, data)
}

func fillFresh(ctx context.Context, dir string, p demo.Profile) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return demo.Fill(ctx, app.Config{Data: dir, Base: "http://localhost:8080"}, p, func(what string) { fmt.Println("  ", what) })
}

// cachePath names the filled bureau by program, profile and seed.
func cachePath(p demo.Profile) (string, error) {
	program, err := app.Program()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %d %d %d %s", program, p.Name, p.Seed, p.Cases, p.Ordinary, p.From)
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "fadu-demo")
	return filepath.Join(dir, hex.EncodeToString(h.Sum(nil)[:12])), os.MkdirAll(dir, 0o700)
}

// copyTree copies a folder of plain files. The database was closed, so its file is whole.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		return copyFile(path, target)
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return errors.Join(err, out.Close())
	}
	return out.Close()
}
