package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/web"
)

// where says which data and address a command works on.
type where struct {
	Data     string `default:"data" help:"数据目录（内置数据库和文件）。"`
	Database string `env:"FADU_DATABASE" help:"PostgreSQL 地址，例如 postgres://…；不填用内置数据库。"`
	Fonts    string `help:"补充字库目录，放生僻字字体。"`
	KeyFile  string `env:"FADU_KEY_FILE" help:"密钥文件，动态口令用它加密；不填为数据目录里的 secret.key，第一次运行时生成。多台服务器用同一个。"`
	Calendar string `type:"existingfile" help:"另外载入一份放假安排（CSV），用于程序还没有的年份。"`
	// LedgerKey and Checkpoints are about the ledger's checkpoints.
	LedgerKey   string `env:"FADU_LEDGER_KEY" help:"检查点的签名密钥文件；不填为数据目录里的 ledger.key。"`
	Checkpoints string `help:"检查点另存一份的目录，最好在另一台机器上。"`
	Log         string `enum:"text,json" default:"text" help:"日志的样子：text 或者 json。"`
}

// config is for a command at the console: it logs errors only, what else there is to say it prints.
func (w where) config() app.Config { return w.configAt(slog.LevelError) }

// configAt logs from the level on; a server logs each request.
func (w where) configAt(level slog.Level) app.Config {
	o := &slog.HandlerOptions{Level: level}
	var h slog.Handler = slog.NewTextHandler(os.Stderr, o)
	if w.Log == "json" {
		h = slog.NewJSONHandler(os.Stderr, o)
	}
	slog.SetDefault(slog.New(web.MaskLog(h))) // also what is logged without the program's own log
	return app.Config{Data: w.Data, Database: w.Database, Fonts: w.Fonts, Key: w.KeyFile, Holidays: w.Calendar, LedgerKey: w.LedgerKey, Checkpoints: w.Checkpoints, Clock: clock, Log: slog.Default()}
}

type serveCmd struct {
	where
	Addr        string        `default:"localhost:8080" help:"监听地址。"`
	Base        string        `help:"对外网址，印进文书二维码，例如 https://cg.example.gov.cn。"`
	HTTPS       bool          `name:"https" help:"前面的反向代理提供 HTTPS：会话 Cookie 只走 HTTPS。"`
	Every       time.Duration `name:"checkpoint-every" default:"10m" help:"办案留痕多久做一次检查点。"`
	Policy      string        `type:"existingfile" help:"本局的登录规定（YAML），格式同程序自带的 policy.yaml。"`
	signOn      `prefix:"oidc-" embed:""`
	Metrics     string         `default:"localhost:9090" help:"监控地址（/metrics、/readyz）；off 关掉。"`
	Backup      string         `help:"自动备份放在哪个目录；不填不备份。"`
	BackupEvery time.Duration  `default:"24h" help:"隔多久备份一次。"`
	BackupKeep  int            `default:"14" help:"保留最近几份。"`
	Proxy       []netip.Prefix `help:"可信反向代理的网段，例如 127.0.0.1/32：登录限制按它转告的来源地址计。"`
}

// glanceAge is how old the counts in the menu, on tabs and above lists may be: long enough that turning pages does not
// count anew, short enough that nobody notices.
const glanceAge = 5 * time.Second

// Run serves until the context ends. It has no way to fill demo data into a real database.
func (c *serveCmd) Run(ctx context.Context) error {
	cfg := c.configAt(slog.LevelInfo)
	cfg.Backup = app.Plan{Dir: c.Backup, Every: c.BackupEvery, Keep: c.BackupKeep}
	if c.Backup != "" && (c.BackupEvery < time.Minute || c.BackupKeep < 1) {
		return errors.New("--backup-every 至少 1m，--backup-keep 至少 1")
	}
	cfg.Glance = glanceAge
	cfg.HTTPS, cfg.Proxies, cfg.OIDC, cfg.CheckpointEvery = c.HTTPS, c.Proxy, c.oidc(), c.Every
	if c.Policy != "" {
		b, err := os.ReadFile(c.Policy)
		if err != nil {
			return err
		}
		policy, err := access.ParsePolicy(b)
		if err != nil {
			return fmt.Errorf("登录规定 %s 不能用：%w", c.Policy, err)
		}
		cfg.Policy = &policy
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("监听不了 %s：%w。换一个地址：--addr localhost:8081", c.Addr, err)
	}
	cfg.Base = c.Base
	if cfg.Base == "" {
		cfg.Base = "http://" + l.Addr().String()
	}
	return serve(ctx, cfg, l, func(a *app.App) {
		fmt.Printf("%s 在 %s 运行，按 Ctrl-C 停止。\n", a.Bureau, cfg.Base)
		selfCheck(ctx, a)
		watch(ctx, a, c.Metrics)
	})
}

// selfCheck prints at the start what is not as it should be.
func selfCheck(ctx context.Context, a *app.App) {
	for _, f := range a.Doctor(ctx, false) {
		if f.Level != app.OK {
			fmt.Println(f.Line())
		}
	}
}

// watch serves metrics on an address of its own. That the port is taken is said and keeps nobody from work.
func watch(ctx context.Context, a *app.App, addr string) {
	if addr == "off" {
		return
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		slog.Warn("no metrics: choose another address with --metrics, or off", "addr", addr, "err", err)
		return
	}
	srv := &http.Server{Handler: a.Watch(), ReadTimeout: watchRead}
	context.AfterFunc(ctx, func() { _ = srv.Close() }) // nothing is lost with a scrape
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("metrics", "err", err)
		}
	}()
}

// signOn is the bureau's identity provider. The secret comes from the environment only: command lines are
// seen by everybody on the machine.
type signOn struct {
	Issuer string `env:"FADU_OIDC_ISSUER" help:"统一身份认证（OpenID Connect）的地址；不填不用。"`
	Client string `env:"FADU_OIDC_CLIENT" help:"在统一身份认证登记的客户端编号。密码放环境变量 FADU_OIDC_SECRET。"`
	Claim  string `env:"FADU_OIDC_CLAIM" default:"sub" help:"哪个声明是用户标识。"`
	Label  string `env:"FADU_OIDC_LABEL" default:"统一身份认证" help:"登录页上的叫法。"`
}

func (s signOn) oidc() *access.OIDC {
	if s.Issuer == "" {
		return nil
	}
	return &access.OIDC{Issuer: s.Issuer, Client: s.Client, Secret: os.Getenv("FADU_OIDC_SECRET"), Claim: s.Claim, Label: s.Label}
}

const (
	watchRead = 10 * time.Second
	shutdown  = 10 * time.Second
)

// roomy lets garbage wait until there is twice as much of it as of what is in use, as long as the whole stays
// small: collecting half as often saves a sixth of the processor's time. GOGC and GOMEMLIMIT say otherwise.
func roomy() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(160 << 20)
	}
	debug.FreeOSMemory() // what the start needed
}

// serve runs the server and the background jobs until ctx ends.
func serve(ctx context.Context, cfg app.Config, l net.Listener, ready func(*app.App)) error {
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	srv := a.Server()
	failed, ran := make(chan error, 1), make(chan error, 1)
	ctx, end := context.WithCancel(ctx)
	defer end()
	go func() { failed <- srv.Serve(l) }()
	go func() { ran <- a.Run(ctx) }()
	ready(a)
	roomy()
	running := true
	select {
	case <-ctx.Done():
		err = nil
	case err = <-failed:
	case err = <-ran:
		running = false
	}
	stop, cancel := context.WithTimeout(context.Background(), shutdown)
	defer cancel()
	if e := srv.Shutdown(stop); e != nil && err == nil {
		err = e
	}
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	end()
	if running {
		select {
		case e := <-ran: // the last checkpoint is made
			err = errors.Join(err, e)
		case <-stop.Done():
		}
	}
	return errors.Join(err, a.Close())
}

type importCmd struct {
	where
	Kind string `arg:"" help:"starter（内置起始数据）、items（权责清单）、tiers（裁量基准）、exemptions（不予处罚清单）、laws（法规目录）、units（机构）、people（人员）、certificates（执法证）、subjects（执法主体）。"`
	File string `arg:"" optional:"" type:"existingfile" help:"CSV 或 Excel 文件。"`
}

// Run imports a file as a draft batch and publishes it when every row is right; otherwise it prints every
// bad row and leaves the batch to be mended on the page.
func (c *importCmd) Run(ctx context.Context) error {
	a, err := app.Open(ctx, c.config())
	if err != nil {
		return err
	}
	defer a.Close()
	if c.Kind == "starter" {
		if err := a.Powers.ImportStarter(ctx, access.System("import")); err != nil {
			return err
		}
		fmt.Println("起始数据已导入，是事项库，一项都还没有采用。下一步：导入本地的法规和清单，法制科在“权责清单”核实、采用。")
		return nil
	}
	if c.File == "" {
		return errors.New("请给出要导入的 CSV 或 Excel 文件")
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return a.Import(ctx, c.Kind, filepath.Base(c.File), data, os.Stdout)
}
