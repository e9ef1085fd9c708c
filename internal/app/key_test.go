package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServerKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", keyFile)
	first, err := serverKey(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := serverKey(path)
	if err != nil || !bytes.Equal(first, again) {
		t.Fatalf("第二次启动的密钥不一样：%v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("密钥文件的权限是 %v %v", info.Mode(), err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".secret-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("留下了 %v", left)
	}
	for _, tc := range []struct {
		name string
		do   func() error
		says string
	}{
		{"别的用户能读", func() error { return os.Chmod(path, 0o644) }, "chmod 600"},
		{"内容被截短", func() error { return os.WriteFile(path, []byte("abc\n"), 0o600) }, "从备份放回"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if err := tc.do(); err != nil {
				t.Fatal(err)
			}
			if _, err := serverKey(path); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("得到 %v", err)
			}
		})
	}
}
