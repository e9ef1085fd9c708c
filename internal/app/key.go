package app

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fadu/internal/access"
)

// keyFile is the server's key beside the data: without it nobody can read the secrets of one-time codes
// in a copy of the database.
const keyFile = "secret.key"

// KeyPath is the file of the server's key.
func (c Config) KeyPath() string {
	if c.Key != "" {
		return c.Key
	}
	return filepath.Join(c.Data, keyFile)
}

// serverKey reads the server's key, or makes it the first time.
func serverKey(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newServerKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("读不了密钥文件：%w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(key) != access.KeyBytes {
		return nil, fmt.Errorf("密钥文件 %s 的内容不对，应是 %d 个十六进制字符。请从备份放回原来的文件；确实找不回来，移走它再启动，所有人的动态口令要重新设置", path, 2*access.KeyBytes)
	}
	info, err := os.Stat(path)
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = fmt.Errorf("密钥文件 %s 别的用户也能读，请先执行：chmod 600 %s", path, path)
	}
	return key, err
}

// newServerKey makes a key and puts it in place whole or not at all, so that two starts at once or a
// crash leave one good file.
func newServerKey(path string) ([]byte, error) {
	key := make([]byte, access.KeyBytes)
	_, _ = rand.Read(key) // crypto/rand.Read never fails
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("建不了密钥文件：%w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // readable by its owner alone
	if err != nil {
		return nil, fmt.Errorf("建不了密钥文件：%w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("写不了密钥文件：%w", err)
	}
	err = os.Link(f.Name(), path)
	if errors.Is(err, fs.ErrExist) {
		return serverKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("写不了密钥文件：%w", err)
	}
	// What the key seals must not outlive it.
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("写不了密钥文件：%w", err)
	}
	return key, nil
}
