package testkit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoPostgreSQL says that the programs of PostgreSQL, or a user who may run them, are missing.
var ErrNoPostgreSQL = errors.New("PostgreSQL's initdb and postgres were not found")

// Server is a PostgreSQL server in a temporary folder, reached by a Unix socket only. A keeper process
// stops it and removes the folder when the process that started it ends, however that happens.
type Server struct {
	dir      string
	keeper   *exec.Cmd
	lifeline io.WriteCloser // the keeper's standard input
}

// keeperScript starts the server, crashes and restarts it for each line that it reads, and cleans up
// when its standard input closes.
const keeperScript = `start() { "$1/postgres" -D "$2/data" -k "$2" >>"$2/log" 2>&1 & server=$!; }
start "$@"
while read -r _; do
  kill -QUIT "$server"
  wait "$server"
  start "$@"
done
kill -QUIT "$server" 2>/dev/null
wait "$server"
rm -rf "$2"`

// StartServer starts a server. durable asks for fsync as in production, for tests that kill it.
func StartServer(durable bool) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	base := ""
	if !durable {
		base = memory()
	}
	dir, err := os.MkdirTemp(base, "fadu-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if err := s.start(bin, durable); err != nil {
		return nil, errors.Join(err, s.Stop(), os.RemoveAll(dir))
	}
	return s, nil
}

func (s *Server) start(bin string, durable bool) error {
	attr, err := owner(s.dir)
	if err != nil {
		return err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	initdb.SysProcAttr, initdb.Dir = attr, s.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("testkit: initdb: %w: %s", err, out)
	}
	settings := "listen_addresses = ''\nmax_connections = 200\nshared_buffers = 64MB\nautovacuum = off\njit = off\nlog_min_messages = panic\n"
	if !durable {
		settings += "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
	}
	conf, err := os.OpenFile(filepath.Join(s.dir, "data", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = conf.WriteString(settings)
	if err := errors.Join(err, conf.Close()); err != nil {
		return err
	}
	return s.keep(bin, attr)
}

// keep runs the server in its folder.
func (s *Server) keep(bin string, attr *syscall.SysProcAttr) error {
	s.keeper = exec.Command("sh", "-c", keeperScript, "keeper", bin, s.dir)
	s.keeper.SysProcAttr, s.keeper.Dir = attr, "/"
	lifeline, err := s.keeper.StdinPipe()
	if err != nil {
		return err
	}
	s.lifeline = lifeline
	if err := s.keeper.Start(); err != nil {
		s.keeper = nil
		return err
	}
	return s.ready()
}

// owner gives the folder to user postgres when we are root, since PostgreSQL refuses to run as root.
func owner(dir string) (*syscall.SysProcAttr, error) {
	// An interrupt from the keyboard must not reach the server before the tests are done with it.
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return attr, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoPostgreSQL, err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err1, err2, os.Chown(dir, int(uid), int(gid))); err != nil {
		return nil, err
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, nil
}

// memory returns a folder in memory, where making a database is five times faster, or "" for the usual
// place.
func memory() string {
	const folder, least = "/dev/shm", 2 << 30
	var st syscall.Statfs_t
	if err := syscall.Statfs(folder, &st); err != nil || st.Bavail*uint64(st.Bsize) < least {
		return ""
	}
	return folder
}

// ready waits until the server answers.
func (s *Server) ready() error {
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		var c *pgx.Conn
		if c, err = pgx.Connect(ctx, s.URL()); err == nil {
			err = c.Close(ctx)
		}
		cancel()
		if err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("testkit: PostgreSQL did not start: %w: %s", err, log)
}

// URL returns the address of the server's own database, for a user who may create others.
func (s *Server) URL() string {
	return "postgres://postgres@/postgres?host=" + s.dir
}

// Crash stops the server without a checkpoint, so that it must recover from its log, and starts it
// again.
func (s *Server) Crash() error {
	pid := func() string {
		b, _ := os.ReadFile(filepath.Join(s.dir, "data", "postmaster.pid"))
		first, _, _ := strings.Cut(string(b), "\n")
		return first
	}
	old := pid()
	if _, err := io.WriteString(s.lifeline, "crash\n"); err != nil {
		return err
	}
	for range 6000 {
		if now := pid(); now != "" && now != old {
			return s.ready()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return errors.New("testkit: PostgreSQL did not restart")
}

// Kill ends every process of the server at once with SIGKILL, as when the machine loses it, and starts it again.
func (s *Server) Kill() error {
	for _, pid := range s.processes() {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended by itself
	}
	for range 1000 {
		if len(s.processes()) == 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	return s.Crash()
}

// Frozen stops every process of the server where it is, copies its folder, calls also, lets the server go on,
// and starts a second server on the copy, which finds what a machine finds that lost its power.
func (s *Server) Frozen(also func() error) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "fadu-pg-")
	if err != nil {
		return nil, err
	}
	second := &Server{dir: dir}
	attr, err := owner(dir)
	if err != nil {
		return nil, err
	}
	frozen := s.processes()
	for _, pid := range frozen {
		_ = syscall.Kill(pid, syscall.SIGSTOP) // it may have ended by itself
	}
	_, err = exec.Command("cp", "-a", filepath.Join(s.dir, "data"), filepath.Join(dir, "data")).CombinedOutput()
	err = errors.Join(err, also())
	for _, pid := range frozen {
		_ = syscall.Kill(pid, syscall.SIGCONT)
	}
	// Its number belongs to the first server.
	if err = errors.Join(err, os.Remove(filepath.Join(dir, "data", "postmaster.pid"))); err == nil {
		err = second.keep(bin, attr)
	}
	if err != nil {
		return nil, errors.Join(err, second.Stop(), os.RemoveAll(dir))
	}
	return second, nil
}

// Named returns the URL that a database of another server has on this one.
func (s *Server) Named(other string) string {
	u, err := url.Parse(other)
	if err != nil {
		return other
	}
	return (&databases{url: s.URL()}).named(strings.TrimPrefix(u.Path, "/"))
}

func (s *Server) processes() []int {
	b, _ := os.ReadFile(filepath.Join(s.dir, "data", "postmaster.pid"))
	first, _, _ := strings.Cut(string(b), "\n")
	top, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return nil
	}
	var out []int
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range stats {
		stat, _ := os.ReadFile(file) // its process may be gone
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if len(fields) < 2 || fields[0] == "Z" {
			continue
		}
		if parent, _ := strconv.Atoi(fields[1]); pid == top {
			out = append([]int{pid}, out...)
		} else if parent == top {
			out = append(out, pid)
		}
	}
	return out
}

// Create makes an empty database and returns its URL.
func (s *Server) Create(name string) (string, error) {
	d := &databases{url: s.URL()}
	err := d.admin(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0")
		return err
	})
	return d.named(name), err
}

// Stop ends the server and waits until its folder is gone.
func (s *Server) Stop() error {
	if s.keeper == nil {
		return nil
	}
	err := s.lifeline.Close()
	_ = s.keeper.Wait() // its exit code is that of rm, after a server that was told to quit
	s.keeper = nil
	if _, gone := os.Stat(s.dir); !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	return err
}

// programs finds the newest PostgreSQL of the machine.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	sort.Slice(found, func(i, j int) bool { return release(found[i]) > release(found[j]) })
	if p, err := exec.LookPath("initdb"); err == nil {
		found = append(found, p)
	}
	for _, p := range found {
		dir := filepath.Dir(p)
		if _, err := os.Stat(filepath.Join(dir, "postgres")); err == nil {
			return dir, nil
		}
	}
	return "", ErrNoPostgreSQL
}

// release reads 15 from /usr/lib/postgresql/15/bin/initdb.
func release(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}
