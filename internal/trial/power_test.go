package trial

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fadu/internal/testkit"
)

const powerSeed = 20260711

// TestPowerLoss cuts the power at random moments of mixed work. The system calls of the program are recorded,
// so that it is known byte by byte what was synced: an image of the disk has all of that, and of the rest some
// sectors in any order. On every image a second program finds whole data and everything that was acknowledged
// before.
func TestPowerLoss(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		missing(t, "没有 strace（Debian：strace），没有试断电")
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := newBureau(t, "")
	origin := filepath.Join(t.TempDir(), "origin")
	if err := os.CopyFS(origin, os.DirFS(b.data)); err != nil {
		t.Fatal(err)
	}
	// The reserve is there from the start: its 64 MB of nothing need not be recorded.
	if err := errors.Join(os.WriteFile(filepath.Join(b.data, "reserve"), nil, 0o600), os.Truncate(filepath.Join(b.data, "reserve"), 64<<20)); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "strace")
	p := b.up(append([]string{"strace"}, strictly(log)...)...)
	o := newOffice(t, ctx, b, "power")
	from := time.Now()
	finish := o.work(ctx, 4)
	n := strikes(t, 8)
	until(t, "足够的答复", func() bool { return len(o.books.upTo()) > 100+n })
	o.stop.Store(true)
	if err := finish(); err != nil {
		t.Fatal(err)
	}
	to := time.Now()
	_ = syscall.Kill(p.child(), syscall.SIGKILL)
	<-p.done
	acks := o.books.upTo()
	random := rand.New(rand.NewPCG(powerSeed, 0))
	cuts := make([]time.Time, n)
	for i := range cuts {
		cuts[i] = from.Add(time.Duration(random.Int64N(int64(to.Sub(from)))))
	}
	slices.SortFunc(cuts, time.Time.Compare)
	s, played := newShadow(t, b.data, origin), newRecord(t, log)
	for i, cut := range cuts {
		s.replay(t, played, cut)
		image := &bureau{t: t, data: filepath.Join(t.TempDir(), "image"), port: freePort(t)}
		s.image(t, image.data, random)
		examine(t, image, before(acks, cut), i%8 == 0)
		if t.Failed() {
			t.Fatalf("第 %d 个断电点，种子 %d", i+1, powerSeed)
		}
	}
	t.Logf("种子 %d：断电 %d 次，最后一次断电前答复 %d 次、落盘 %d 次", powerSeed, n, len(before(acks, cuts[n-1])), s.syncs)
	liar(t, b, origin, log, to, acks)
}

// liar is the control: on a disk that does not sync the acknowledged records are gone.
func liar(t *testing.T, b *bureau, origin, log string, cut time.Time, acks []ack) {
	s := newShadow(t, b.data, origin)
	s.forgetful = true
	s.replay(t, newRecord(t, log), cut)
	image := &bureau{t: t, data: filepath.Join(t.TempDir(), "image")}
	s.imageOf(t, image.data, rand.New(rand.NewPCG(powerSeed, 4)), 0)
	r := image.rows()
	defer r.close()
	lost := 0
	for _, a := range acks {
		var n int
		err := r.db.QueryRow("SELECT COUNT(*) FROM penalty_case WHERE summary = ?", a.mark).Scan(&n)
		if a.kind == "lead" && (err != nil || n == 0) { // a damaged database is a loss too
			lost++
		}
	}
	if lost == 0 {
		t.Error("不落盘的磁盘上也没有丢什么：这个试验什么也证明不了")
	}
}

// before returns what was acknowledged before the instant.
func before(acks []ack, cut time.Time) []ack {
	var out []ack
	for _, a := range acks {
		if a.at.Before(cut) {
			out = append(out, a)
		}
	}
	return out
}

// examine starts a second program on an image and looks for what was acknowledged.
func examine(t *testing.T, image *bureau, acks []ack, serve bool) {
	t.Helper()
	keysPrivate(t, image.data)
	if err := os.Chmod(image.data, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := image.try("doctor"); err != nil {
		t.Errorf("断电以后体检：%v\n%s", err, out)
	}
	if serve {
		p := image.up()
		if err := newPerson(image.url(), "officer102").signIn(context.Background()); err != nil {
			t.Error(err)
		}
		p.stop()
	}
	r := image.rows()
	defer r.close()
	r.promised(acks)
	r.numbered()
	r.files()
}

// TestPowerLossOfPostgreSQL freezes the program and the whole database server at random moments, copies both
// folders as they are, and starts a second server and program on the copies.
func TestPowerLossOfPostgreSQL(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	server := testkit.DurableServer(t)
	b := newBureau(t, emptyDatabase(t, server))
	p := b.up()
	o := newOffice(t, ctx, b, "frozen")
	finish := o.work(ctx, 4)
	random := rand.New(rand.NewPCG(powerSeed, 1))
	n := strikes(t, 3)
	total := 0
	for i := range n {
		answered(o.books)
		time.Sleep(time.Duration(random.IntN(500)) * time.Millisecond)
		acks := o.books.upTo()
		image := &bureau{t: t, data: filepath.Join(t.TempDir(), "image"), port: freePort(t)}
		_ = p.cmd.Process.Signal(syscall.SIGSTOP)
		second, err := server.Frozen(func() error { return os.CopyFS(image.data, os.DirFS(b.data)) })
		_ = p.cmd.Process.Signal(syscall.SIGCONT)
		if err != nil {
			t.Fatal(err)
		}
		image.database = second.Named(b.database)
		examine(t, image, acks, i == 0)
		total = len(acks)
		if err := second.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Fatalf("第 %d 个断电点，种子 %d", i+1, powerSeed)
		}
	}
	o.stop.Store(true)
	if err := finish(); err != nil {
		t.Error(err)
	}
	p.stop()
	t.Logf("种子 %d：冻结拷贝 %d 次，最后一次以前答复 %d 次", powerSeed, n, total)
}

// TestPowerLossAfterInit cuts the power right after fadu init said that the bureau is there: with nothing but
// what was synced it opens, with its keys.
func TestPowerLossAfterInit(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		missing(t, "没有 strace（Debian：strace），没有试断电")
	}
	root, origin := t.TempDir(), t.TempDir()
	b := &bureau{t: t, data: filepath.Join(root, "data"), port: freePort(t)}
	log := filepath.Join(t.TempDir(), "strace")
	cmd := exec.Command("strace", append(strictly(log), built, "init", "--data", b.data, "--bureau", "演示局（试验）", "--from", "2020-01-01")...)
	cmd.Stdin, cmd.Env = strings.NewReader("Qing-Shi-2026\nBai-Yun-2026\n"), b.environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s := newShadow(t, root, origin)
	s.replay(t, newRecord(t, log), time.Now())
	random := rand.New(rand.NewPCG(powerSeed, 5))
	for range 10 { // what was not synced is there or not
		image := t.TempDir()
		s.image(t, image, random)
		for _, name := range []string{"data/fadu.db", "data/blobs", "data/ledger.key", "data/secret.key"} {
			if _, err := os.Stat(filepath.Join(image, name)); err != nil {
				t.Fatalf("断电以后没有 %s", name)
			}
		}
	}
	image := &bureau{t: t, data: filepath.Join(t.TempDir(), "data")}
	s.image(t, filepath.Dir(image.data), random)
	if out, err := image.try("doctor"); err != nil {
		t.Errorf("断电以后体检：%v\n%s", err, out)
	}
}
