package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"fadu/internal/access"
	"fadu/internal/app"
	"fadu/internal/casework"
	"fadu/internal/demo"
	"fadu/internal/law"
	"fadu/internal/store"
)

// built is the program, shift what its clock is moved by: every trial works on 10 July 2026.
var (
	built string
	shift time.Duration
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "fadu-trial-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	shift = time.Until(workday)
	made = filepath.Join(dir, "bureau")
	if built = os.Getenv(envAlone); built != "" { // the child in a network of its own uses what its parent built
		return m.Run()
	}
	built = filepath.Join(dir, "fadu")
	build := exec.Command("go", "build", "-tags", "trial", "-o", built, "fadu/cmd/fadu")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// workday is when the trials begin.
var workday = time.Date(2026, 7, 10, 9, 0, 0, 0, law.Zone)

// now is the program's time.
func now() time.Time { return time.Now().Add(shift) }

// made is the folder of the bureau that every trial begins with.
var made string

// template fills the bureau once: a few cases of the demo, and numbers enough for many decisions.
var template = sync.OnceValue(func() error {
	ctx := context.Background()
	cfg := app.Config{Data: made, Base: "http://localhost", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	p := demo.Profile{Name: "trial", Seed: 7, From: law.MustDate("2026-07-06"), Until: law.MustDate("2026-07-08"), Cases: 3}
	if err := demo.Fill(ctx, cfg, p, func(string) {}); err != nil {
		return err
	}
	cfg.Clock, cfg.NoSync = func() time.Time { return workday.Add(-time.Hour) }, true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(moreNumbers(ctx, a), openExam(ctx, a), a.Close())
})

func moreNumbers(ctx context.Context, a *app.App) error {
	var unit access.Unit
	err := a.DB.View(ctx, func(tx *store.Tx) (err error) {
		unit, err = a.Access.UnitByCode(tx, "YS-Z1")
		return err
	})
	if err != nil {
		return err
	}
	clerk, err := a.Access.SessionFor(ctx, "clerk")
	if err != nil {
		return err
	}
	for kind, prefix := range map[casework.PaperKind]string{casework.OnSpotDecision: "演城管当罚字", "filing_approval": "演城管立字", casework.CorrectionNotice: "演城管责改字"} {
		if err := a.Cases.OpenSeries(ctx, clerk.WithVia("test"), casework.SeriesInput{Unit: unit.ID, Kind: kind, Year: 2026, Prefix: prefix, Count: 20_000, Presealed: true, Note: "演示"}); err != nil {
			return err
		}
	}
	return nil
}

// bureau is an installation: a data folder, an address, and on PostgreSQL a database.
type bureau struct {
	t        testing.TB
	data     string
	database string
	port     int
	env      []string
}

// newBureau copies the template; with a database the copy goes there by backup and restore.
func newBureau(t testing.TB, database string) *bureau {
	t.Helper()
	if err := template(); err != nil {
		t.Fatal(err)
	}
	b := &bureau{t: t, data: filepath.Join(t.TempDir(), "data"), database: database, port: freePort(t)}
	if database == "" {
		if err := os.CopyFS(b.data, os.DirFS(made)); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(b.data, 0o700); err != nil {
			t.Fatal(err)
		}
		keysPrivate(t, b.data)
		return b
	}
	file := filepath.Join(t.TempDir(), "模板.backup")
	(&bureau{t: t, data: made}).command("backup", file)
	b.command("restore", file)
	return b
}

// keysPrivate gives copied key files back the mode that the program insists on.
func keysPrivate(t testing.TB, data string) {
	t.Helper()
	for _, name := range []string{"secret.key", "ledger.key"} {
		if err := os.Chmod(filepath.Join(data, name), 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

func (b *bureau) environ() []string {
	env := append(os.Environ(), "FADU_TRIAL_SHIFT="+shift.String())
	if b.database != "" {
		env = append(env, "FADU_DATABASE="+b.database)
	}
	return append(env, b.env...)
}

// command runs another command of the program on the bureau, which must succeed.
func (b *bureau) command(name string, args ...string) string {
	b.t.Helper()
	out, err := b.try(name, args...)
	if err != nil {
		b.t.Fatalf("fadu %s：%v\n%s", name, err, out)
	}
	return out
}

func (b *bureau) try(name string, args ...string) (string, error) {
	cmd := exec.Command(built, append([]string{name, "--data", b.data}, args...)...)
	cmd.Env = b.environ()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// verified runs fadu verify, which reads every row and file against the ledger.
func (b *bureau) verified() {
	b.t.Helper()
	if out, err := b.try("verify", "--figures", "--quiet"); err != nil {
		b.t.Errorf("fadu verify：%v\n%s", err, out)
	}
}

func (b *bureau) url() string { return "http://127.0.0.1:" + strconv.Itoa(b.port) }

// program is a running server.
type program struct {
	b    *bureau
	cmd  *exec.Cmd
	log  bytes.Buffer
	done chan struct{}
	err  error
	born time.Time
}

// start starts the server, under the programs in front if any are given, and does not wait for it.
func (b *bureau) start(front ...string) *program {
	b.t.Helper()
	line := append(front, built, "serve", "--data", b.data, "--addr", fmt.Sprintf("127.0.0.1:%d", b.port), "--metrics", "off")
	p := &program{b: b, cmd: exec.Command(line[0], line[1:]...), done: make(chan struct{}), born: time.Now()}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = b.environ(), &p.log, &p.log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	go func() { p.err = p.cmd.Wait(); close(p.done) }()
	b.t.Cleanup(p.kill)
	return p
}

// up starts the server and waits until it answers.
func (b *bureau) up(front ...string) *program {
	b.t.Helper()
	p := b.start(front...)
	p.await()
	return p
}

// await waits until the server answers and returns how long that took since its start.
func (p *program) await() time.Duration {
	p.b.t.Helper()
	c := http.Client{Timeout: 5 * time.Second}
	for deadline := time.Now().Add(90 * time.Second); time.Now().Before(deadline); time.Sleep(3 * time.Millisecond) {
		if res, err := c.Get(p.b.url() + "/healthz"); err == nil {
			_ = res.Body.Close()
			return time.Since(p.born)
		}
		select {
		case <-p.done:
			p.b.t.Fatalf("程序自己停了：%v\n%s", p.err, p.log.String())
		default:
		}
	}
	p.b.t.Fatalf("程序没有起来\n%s", p.log.String())
	return 0
}

// kill ends the process as a crash does and waits until it is gone.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// stop ends the server in order.
func (p *program) stop() {
	p.b.t.Helper()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
		if p.err != nil {
			p.b.t.Errorf("停得不正常：%v\n%s", p.err, p.log.String())
		}
	case <-time.After(60 * time.Second):
		p.kill()
		p.b.t.Errorf("停不下来\n%s", p.log.String())
	}
}

// child is the process id of the server itself when another program runs in front of it.
func (p *program) child() int {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", p.cmd.Process.Pid, p.cmd.Process.Pid))
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		p.b.t.Fatalf("找不到程序的进程：%q", b)
	}
	return pid
}

// stopUnder ends, in order, a server that runs under another program, which ends with it.
func (p *program) stopUnder() {
	p.b.t.Helper()
	_ = syscall.Kill(p.child(), syscall.SIGTERM)
	select {
	case <-p.done:
		if p.err != nil {
			p.b.t.Errorf("停得不正常：%v\n%s", p.err, p.log.String())
		}
	case <-time.After(60 * time.Second):
		p.kill()
		p.b.t.Error("停不下来")
	}
}
