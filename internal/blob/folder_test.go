package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"fadu/internal/blob"
	"fadu/internal/fault"

	"pgregory.net/rapid"
)

var _ blob.Store = (*blob.Folder)(nil)

func folder(t testing.TB, limit int64) (*blob.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blobs")
	f, err := blob.NewFolder(dir, limit)
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func put(t testing.TB, f *blob.Folder, s string) string {
	t.Helper()
	digest, size, err := f.Put(context.Background(), strings.NewReader(s))
	if err != nil || size != int64(len(s)) {
		t.Fatal(size, err)
	}
	return digest
}

func read(t testing.TB, f *blob.Folder, digest string) string {
	t.Helper()
	r, err := f.Open(digest)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// leftovers counts the files that are not complete blobs.
func leftovers(t testing.TB, dir string) int {
	t.Helper()
	es, err := os.ReadDir(filepath.Join(dir, "incoming"))
	if err != nil {
		t.Fatal(err)
	}
	return len(es)
}

func TestPutAndOpen(t *testing.T) {
	f, dir := folder(t, 1<<20)
	rapid.Check(t, func(r *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 0, 5000).Draw(r, "data")
		digest, size, err := f.Put(context.Background(), iotest.OneByteReader(bytes.NewReader(data)))
		sum := sha256.Sum256(data)
		if err != nil || size != int64(len(data)) || digest != hex.EncodeToString(sum[:]) {
			r.Fatal(digest, size, err)
		}
		if got := read(t, f, digest); got != string(data) {
			r.Fatalf("%d bytes back of %d", len(got), len(data))
		}
	})
	if n := leftovers(t, dir); n != 0 {
		t.Errorf("%d files left over", n)
	}
	// The bytes outlive the program.
	digest := put(t, f, "照片")
	again, err := blob.NewFolder(dir, 10)
	if err != nil || read(t, again, digest) != "照片" {
		t.Fatal(err)
	}
}

func TestSameBytesAreOneBlob(t *testing.T) {
	f, dir := folder(t, 1<<20)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, _, err := f.Put(context.Background(), strings.NewReader("同一张照片")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	n := 0
	for digest, err := range f.Digests() {
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Verify(digest); err != nil {
			t.Error(err)
		}
		n++
	}
	if n != 1 || leftovers(t, dir) != 0 {
		t.Fatalf("%d blobs, %d left over", n, leftovers(t, dir))
	}
}

func TestRefusedPuts(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		r    io.Reader
		is   func(error) bool
	}{
		{"超过上限一个字节", context.Background(), strings.NewReader(strings.Repeat("x", 11)), func(err error) bool {
			return fault.Is(err, fault.Invalid) && strings.Contains(err.Error(), "10 字节")
		}},
		{"没有尽头", context.Background(), endless{}, func(err error) bool { return fault.Is(err, fault.Invalid) }},
		{"上传中断", context.Background(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(io.ErrUnexpectedEOF)), func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }},
		{"请求已取消", ended, strings.NewReader("x"), func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"磁盘满", context.Background(), iotest.ErrReader(syscall.ENOSPC), func(err error) bool { return fault.Is(err, fault.Full) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, dir := folder(t, 10)
			digest, _, err := f.Put(c.ctx, c.r)
			if !c.is(err) || digest != "" {
				t.Fatal(digest, err)
			}
			if n := leftovers(t, dir); n != 0 {
				t.Errorf("%d files left over", n)
			}
			if got := put(t, f, strings.Repeat("x", 10)); read(t, f, got) != strings.Repeat("x", 10) {
				t.Error("the next one failed")
			}
		})
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

func TestOpenRefuses(t *testing.T) {
	f, dir := folder(t, 1<<20)
	digest := put(t, f, "x")
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]string{
		"没有的摘要": strings.Repeat("0", 64), "空": "", "短一位": digest[1:], "长一位": digest + "0", "大写": strings.ToUpper(digest),
		"上级目录": "../../" + digest[:58], "绝对路径": "/etc/passwd", "补足长度的路径": "../../secret" + strings.Repeat("/", 52), "暂存区": "incoming", "零字符": digest[:63] + "\x00",
	} {
		t.Run(name, func(t *testing.T) {
			if r, err := f.Open(d); !fault.Is(err, fault.NotFound) {
				t.Fatalf("%v %v", r, err)
			}
		})
	}
}

// TestDamage: each changed bit, a cut and a longer file are found, and storing the bytes again mends it.
func TestDamage(t *testing.T) {
	f, dir := folder(t, 1<<20)
	const content = "证据照片的内容"
	digest := put(t, f, content)
	path := filepath.Join(dir, digest[:2], digest[2:4], digest)
	spoil := func(b []byte) {
		t.Helper()
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damaged := [][]byte{[]byte(content)[1:], append([]byte(content), 0), {}}
	for bit := range len(content) * 8 {
		b := []byte(content)
		b[bit/8] ^= 1 << (bit % 8)
		damaged = append(damaged, b)
	}
	for i, b := range damaged {
		spoil(b)
		if _, err := f.Open(digest); !errors.Is(err, blob.ErrDamaged) {
			t.Fatalf("damage %d: %v", i, err)
		}
		if err := f.Verify(digest); !errors.Is(err, blob.ErrDamaged) {
			t.Fatalf("damage %d: %v", i, err)
		}
	}
	if again := put(t, f, content); again != digest || read(t, f, digest) != content {
		t.Error("storing it again did not mend it")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(digest); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

func TestSweep(t *testing.T) {
	f, dir := folder(t, 1<<20)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for name, at := range map[string]time.Time{"put-old": now.Add(-25 * time.Hour), "put-running": now} {
		path := filepath.Join(dir, "incoming", name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	digest := put(t, f, "x")
	if n, err := f.Sweep(now.Add(-24 * time.Hour)); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if leftovers(t, dir) != 1 || read(t, f, digest) != "x" {
		t.Error("swept too much")
	}
}

func TestNewFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.NewFolder(file, 1); err == nil {
		t.Error("a file passed for a folder")
	}
	if _, err := blob.NewFolder(t.TempDir(), 0); err == nil {
		t.Error("no limit")
	}
}
