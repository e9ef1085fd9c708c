package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// KeyFile is the name of the private key in the data folder.
const KeyFile = "ledger.key"

const keyPrefix = "fadu-ledger-key ed25519 "

// LoadKey reads a private key. A file that others may read is refused.
func LoadKey(file string) (Signer, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("读不到签名密钥：%w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("签名密钥 %s 别人也能读（权限 %o）。请先 chmod 600", file, info.Mode().Perm())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("读不到签名密钥：%w", err)
	}
	encoded, ok := strings.CutPrefix(strings.TrimSpace(string(text)), keyPrefix)
	seed, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%s 不是签名密钥", file)
	}
	private := ed25519.NewKeyFromSeed(seed)
	return ed25519Key{public: private.Public().(ed25519.PublicKey), private: private}, nil
}

// MakeKey makes a private key in a file that only its owner can read. An existing file is an error.
func MakeKey(file string) (Signer, error) {
	if _, err := os.Lstat(file); err == nil {
		return nil, fmt.Errorf("%s 已经存在", file)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := writeWhole(file, []byte(keyPrefix+base64.StdEncoding.EncodeToString(private.Seed())+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("写不下签名密钥：%w", err)
	}
	return LoadKey(file)
}

// OpenKey is LoadKey, or MakeKey when there is none yet.
func OpenKey(file string) (Signer, error) {
	if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
		return MakeKey(file)
	}
	return LoadKey(file)
}

// RetireKey renames the private key, so that OpenKey makes a new one, and returns its new name. The old
// one is of no more use than to show that it was kept.
func RetireKey(file string) (string, error) {
	s, err := LoadKey(file)
	if err != nil {
		return "", err
	}
	to := file + "." + KeyID(s) + ".retired"
	return to, os.Rename(file, to)
}

// PublicText prints a public key for the verifier's command line and for paper.
func PublicText(v Verifier) string {
	return v.Algorithm() + ":" + base64.StdEncoding.EncodeToString(v.Public())
}

// ParsePublic reads what PublicText prints.
func ParsePublic(text string) (Verifier, error) {
	algorithm, encoded, _ := strings.Cut(strings.TrimSpace(text), ":")
	public, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("公钥“%.80s”不成形", text)
	}
	return NewVerifier(algorithm, public)
}

// writeWhole writes a file that is there whole, and on the disk, or not at all.
func writeWhole(name string, data []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".fadu-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
