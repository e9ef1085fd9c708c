package trial

import (
	"bufio"
	"bytes"
	"context"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// envAlone marks the child that runs in a network of its own.
const envAlone = "FADU_TRIAL_ALONE"

// TestNoConnections: a default installation, made and served as the manual says, asks nobody outside: every
// connect and every datagram of the program is watched, in a network that has nothing but loopback.
func TestNoConnections(t *testing.T) {
	if os.Getenv(envAlone) != "" {
		alone(t)
		return
	}
	if _, err := exec.LookPath("strace"); err != nil {
		missing(t, "没有 strace（Debian：strace），没有试对外连接")
	}
	if os.Getuid() != 0 {
		missing(t, "不是 root，建不了网络命名空间，没有试对外连接")
	}
	child := exec.Command(os.Args[0], "-test.run=^TestNoConnections$", "-test.v", "-test.timeout=180s")
	child.Env = append(os.Environ(), envAlone+"="+built)
	child.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNET}
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, "network_test.go") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

// missing skips a trial that cannot be made here; in CI that is a failure.
func missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// alone is the trial inside the network.
func alone(t *testing.T) {
	if err := loopbackUp(); err != nil {
		t.Fatal(err)
	}
	interfaces, err := net.Interfaces()
	if err != nil || len(interfaces) != 1 {
		t.Fatalf("这里不只有本机接口：%v %v", interfaces, err)
	}
	control(t)
	t.Run("正式库", func(t *testing.T) { installed(t) })
	t.Run("办一件案", func(t *testing.T) { oneCaseWatched(t) })
}

// loopbackUp switches the one interface of a new network on, as `ip link set lo up` does.
func loopbackUp() error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer func() { _ = syscall.Close(fd) }()
	request := struct {
		name  [16]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	copy(request.name[:], "lo")
	if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); e != 0 {
		return e
	}
	return nil
}

// control shows that the watch sees a program that connects outside, by number and by name.
func control(t *testing.T) {
	seen := map[string]bool{}
	for _, target := range []string{"192.0.2.1:80", "example.invalid:80"} {
		log := filepath.Join(t.TempDir(), "strace")
		cmd := exec.Command("strace", watching(log, os.Args[0], "-test.run=^TestConnects$")...)
		cmd.Env = append(os.Environ(), envConnect+"="+target)
		_ = cmd.Run() // there is no way out, so the child cannot succeed
		for _, to := range outside(t, log) {
			seen[target] = true
			t.Logf("对照：%s 被看见连接 %s", target, to)
		}
	}
	if len(seen) != 2 {
		t.Fatalf("只看见 %v：这个试验什么也证明不了", seen)
	}
}

const envConnect = "FADU_TRIAL_CONNECT"

// TestConnects is the program of the control.
func TestConnects(t *testing.T) {
	to := os.Getenv(envConnect)
	if to == "" {
		t.Skip("只作为 TestNoConnections 的对照运行")
	}
	c, err := (&net.Dialer{Timeout: time.Second}).Dial("tcp", to)
	if err == nil {
		_ = c.Close()
	}
}

func watching(log string, line ...string) []string {
	return append([]string{"-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-e", "signal=none", "-s", "0", "-o", log}, line...)
}

var (
	inet4 = regexp.MustCompile(`sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)`)
	inet6 = regexp.MustCompile(`sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"`)
)

// outside lists the addresses beyond loopback to which a watched program connected or sent, and name servers
// wherever they are.
func outside(t testing.TB, log string) []string {
	t.Helper()
	f, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		for _, form := range []*regexp.Regexp{inet4, inet6} {
			for _, m := range form.FindAllStringSubmatch(lines.Text(), -1) {
				addr, err := netip.ParseAddr(m[2])
				if err != nil || !addr.Unmap().IsLoopback() || m[1] == "53" {
					out = append(out, net.JoinHostPort(m[2], m[1]))
				}
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// inside fails when a watched program connected beyond loopback.
func inside(t *testing.T, log string) {
	t.Helper()
	if to := outside(t, log); len(to) > 0 {
		t.Errorf("对外连接：%v", to)
	}
}

// installed makes a real database and serves it with nothing but the defaults.
func installed(t *testing.T) {
	b := &bureau{t: t, data: filepath.Join(t.TempDir(), "data"), port: freePort(t)}
	log := filepath.Join(t.TempDir(), "init")
	cmd := exec.Command("strace", watching(log, built, "init", "--data", b.data, "--bureau", "演示局（试验）", "--from", "2020-01-01")...)
	cmd.Stdin, cmd.Env = strings.NewReader("Qing-Shi-2026\nBai-Yun-2026\n"), b.environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	inside(t, log)
	log = filepath.Join(t.TempDir(), "import")
	cmd = exec.Command("strace", watching(log, built, "import", "--data", b.data, "starter")...)
	cmd.Env = b.environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	inside(t, log)
	log = filepath.Join(t.TempDir(), "serve")
	p := b.up(append([]string{"strace"}, watching(log)...)...)
	c := newPerson(b.url(), "admin")
	for _, page := range []string{"/", "/sign-in", "/powers", "/about", "/readyz", "/api/v1/"} {
		if _, err := c.once(context.Background(), "GET", page, "", "", nil); err != nil {
			t.Errorf("%s：%v", page, err)
		}
	}
	time.Sleep(7 * time.Second) // idle: what runs every five seconds has run
	p.stopUnder()
	inside(t, log)
}

// oneCaseWatched does a case with its papers, prints one, makes a backup and a check-up.
func oneCaseWatched(t *testing.T) {
	ctx := context.Background()
	b := newBureau(t, "")
	log := filepath.Join(t.TempDir(), "serve")
	p := b.up(append([]string{"strace"}, watching(log)...)...)
	o := newOffice(t, ctx, b, "alone")
	if err := o.oneCase(ctx, rand.New(rand.NewPCG(1, 1))); err != nil {
		t.Fatal(err)
	}
	for _, a := range o.books.upTo() {
		if a.kind != "paper" {
			continue
		}
		r, err := o.lead.once(ctx, "GET", "/w/papers/"+a.paper+"/pdf", "", "", nil)
		if err != nil || !bytes.HasPrefix(r.body, []byte("%PDF")) {
			t.Errorf("文书：%d %v", r.status, err)
		}
	}
	for _, line := range [][]string{{"backup", filepath.Join(t.TempDir(), "一份")}, {"doctor"}} {
		log := filepath.Join(t.TempDir(), line[0])
		cmd := exec.Command("strace", watching(log, append([]string{built, line[0], "--data", b.data}, line[1:]...)...)...)
		cmd.Env = b.environ()
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s：%v\n%s", line[0], err, out)
		}
		inside(t, log)
	}
	p.stopUnder()
	inside(t, log)
}
