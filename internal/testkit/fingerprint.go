package testkit

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"sort"
)

// fingerprint names a set of migrations by its content, whatever the order of the folders.
func fingerprint(folders []fs.FS) (string, error) {
	var parts []string
	for _, folder := range folders {
		err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(folder, name)
			sum := sha256.Sum256(data)
			parts = append(parts, name+"\x00"+string(sum[:]))
			return err
		})
		if err != nil {
			return "", err
		}
	}
	sort.Strings(parts)
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}
