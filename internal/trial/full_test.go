package trial

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// envSmall is the folder that the child makes a small disk of.
const envSmall = "FADU_TRIAL_SMALL"

// TestSmallDisk runs the whole program on a real file system of 256 MB that fills up while people work, in a
// mount namespace of its own: reading and signing in go on, writing is refused in clear words, and with room
// again everything goes on by itself.
func TestSmallDisk(t *testing.T) {
	if dir := os.Getenv(envSmall); dir != "" {
		smallDisk(t, dir)
		return
	}
	if os.Getuid() != 0 {
		missing(t, "不是 root，挂不了小的文件系统，没有试磁盘满")
	}
	child := exec.Command(os.Args[0], "-test.run=^TestSmallDisk$", "-test.v", "-test.timeout=600s")
	child.Env = append(os.Environ(), envSmall+"="+t.TempDir(), envAlone+"="+built)
	child.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	out, err := child.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		missing(t, "这里不许用挂载命名空间，没有试磁盘满")
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, "full_test.go") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

func smallDisk(t *testing.T, dir string) {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256m"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := newBureau(t, "")
	onSmall := filepath.Join(dir, "data")
	if err := os.CopyFS(onSmall, os.DirFS(b.data)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(onSmall, 0o700); err != nil {
		t.Fatal(err)
	}
	keysPrivate(t, onSmall)
	b.data = onSmall
	before := func() map[string][2]int64 { r := b.rows(); defer r.close(); return r.tally() }()
	p := b.up()
	until(t, "留出应急空间", func() bool { return reserved(b) })
	o := newOffice(t, ctx, b, "full")
	finish := o.work(ctx, 4)
	for range strikes(t, 2) {
		fill(t, o, b, filepath.Join(dir, "ballast"))
	}
	o.stop.Store(true)
	if err := finish(); err != nil {
		t.Error(err)
	}
	r := b.rows()
	defer r.close()
	r.promised(o.books.upTo())
	r.exact(before, o.books.upTo())
	r.numbered()
	p.stop()
	b.verified()
	t.Logf("磁盘写满 %d 次，答复办成 %d 次、磁盘空间不足 %d 次", strikes(t, 2), len(o.books.upTo()), o.refusals())
}

func (o *office) refusals() int64 {
	return o.lead.full.Load() + o.assist.full.Load() + o.clerk.full.Load() + o.cashier.full.Load()
}

// fill fills the disk to the last byte while people work, looks at what is promised then, and makes room.
func fill(t *testing.T, o *office, b *bureau, ballast string) {
	t.Helper()
	answered(o.books)
	refused := o.refusals()
	stuff(t, ballast)
	until(t, "有人被告知磁盘空间不足", func() bool { return o.refusals() > refused })
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	until(t, "转为只能查看", func() bool {
		page, err := o.lead.once(ctx, http.MethodGet, "/w/cases", "", "", nil)
		return err == nil && page.status == http.StatusOK && strings.Contains(string(page.body), "现在只能查看")
	})
	if status := readyz(b); status != http.StatusServiceUnavailable {
		t.Errorf("磁盘满时 /readyz 答 %d", status)
	}
	newcomer := newPerson(b.url(), "leader1")
	if err := newcomer.signIn(ctx); err != nil {
		t.Errorf("磁盘满时登录：%v", err)
	}
	page, err := newcomer.once(ctx, http.MethodGet, "/w/cases", "", "", nil)
	if err != nil || page.status != http.StatusOK || !strings.Contains(string(page.body), "现在只能查看") {
		t.Errorf("磁盘满时看案件：%d %v", page.status, err)
	}
	api, err := newcomer.once(ctx, http.MethodPost, "/api/v1/leads", "application/json", "no-room", []byte(`{}`))
	if err != nil || api.status != http.StatusInsufficientStorage || !strings.Contains(string(api.body), "腾出") {
		t.Errorf("磁盘满时登记：%d %s %v", api.status, api.body, err)
	}
	acks := len(o.books.upTo())
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	until(t, "腾出空间后自己恢复", func() bool { return reserved(b) && len(o.books.upTo()) > acks+10 })
}

// reserved reports whether the program is well and has set its reserve aside.
func reserved(b *bureau) bool {
	info, err := os.Stat(filepath.Join(b.data, "reserve"))
	return err == nil && info.Size() == 64<<20 && readyz(b) == http.StatusOK
}

// stuff writes the file on until the disk is full.
func stuff(t *testing.T, file string) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1 << 20, 4 << 10} {
		for err == nil {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(err)
		}
		err = nil
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// readyz asks whether the program can do its work.
func readyz(b *bureau) int {
	res, err := (&http.Client{Timeout: 5 * time.Second}).Get(b.url() + "/readyz")
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// until waits for a condition.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("等不到：%s", what)
}
