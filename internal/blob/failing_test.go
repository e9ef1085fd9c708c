package blob_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fadu/internal/blob"
	"fadu/internal/testkit"
)

// TestNthStepFails: whichever step on the disk fails, the blob is whole under its name or not there, and
// storing it again works.
func TestNthStepFails(t *testing.T) {
	for _, sticky := range []bool{false, true} {
		seen := map[string]bool{}
		for n := 1; ; n++ {
			f, dir := folder(t, 1<<20)
			nth := &testkit.Nth{}
			f.Before(nth.Step)
			const content = "证据照片"
			nth.Arm(n, sticky)
			digest, _, err := f.Put(context.Background(), strings.NewReader(content))
			_, fired := nth.Disarm()
			if (err == nil) != (fired == "") || err != nil && !errors.Is(err, testkit.ErrPlanned) {
				t.Fatalf("第 %d 步（%s）：%v", n, fired, err)
			}
			if left := leftovers(t, dir); left != 0 {
				t.Errorf("第 %d 步（%s）：留下 %d 个半成品", n, fired, left)
			}
			seen[fired] = true
			if err == nil {
				if f.Verify(digest) != nil {
					t.Error("没有失败，却不完整")
				}
				break
			}
			for d, err := range f.Digests() {
				if err != nil || f.Verify(d) != nil {
					t.Errorf("第 %d 步（%s）：%s 不完整", n, fired, d)
				}
			}
			if put(t, f, content); read(t, f, put(t, f, content)) != content {
				t.Error("重试没有成功")
			}
		}
		for _, step := range []string{"create", "write", "sync", "folder", "sync folder", "rename"} {
			if !seen[step] {
				t.Errorf("没有试过 %s 失败：%v", step, seen)
			}
		}
	}
}

// TestNameComesLast: the bytes and the folders are durable before the blob has its name, and the name is
// before it is told.
func TestNameComesLast(t *testing.T) {
	f, err := blob.NewFolder(t.TempDir(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	f.Before(func(step string) error { steps = append(steps, step); return nil })
	put(t, f, "文书")
	if want := []string{"create", "write", "sync", "folder", "sync folder", "sync folder", "rename", "sync folder"}; !slices.Equal(steps, want) {
		t.Errorf("%v，应为 %v", steps, want)
	}
}
