package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"testing"

	"fadu/internal/fault"
)

// packed makes a backup file of parts with its manifest.
func packed(f testing.TB, parts map[string]string) []byte {
	f.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	m := Manifest{Format: format, Bureau: "演示·某局"}
	write := func(name string, data []byte) {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(data)), Mode: 0o600}); err != nil {
			f.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			f.Fatal(err)
		}
	}
	for name, data := range parts {
		sum := sha256.Sum256([]byte(data))
		write(name, []byte(data))
		m.Parts = append(m.Parts, Part{name, int64(len(data)), hex.EncodeToString(sum[:])})
	}
	head, err := json.Marshal(m)
	if err != nil {
		f.Fatal(err)
	}
	write(manifestName, head)
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}

// FuzzCheck: a file passes only when every part is there as its manifest says; all else is refused in words.
func FuzzCheck(f *testing.F) {
	good := packed(f, map[string]string{"table/org_person/0": "1\t甲\n", "blob/00": "x"})
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(packed(f, nil))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Check(bytes.NewReader(b))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%v", err)
			}
			return
		}
		want, seen := map[string]Part{}, 0
		for _, p := range m.Parts {
			want[p.Name] = p
		}
		for in := tar.NewReader(bytes.NewReader(b)); ; {
			h, err := in.Next()
			if err != nil {
				break
			}
			if h.Name == manifestName {
				continue
			}
			data, err := io.ReadAll(in)
			sum := sha256.Sum256(data)
			if p := want[h.Name]; err != nil || p.Name == "" || p.SHA256 != hex.EncodeToString(sum[:]) {
				t.Fatalf("%q 与清单不符也通过了", h.Name)
			}
			seen++
		}
		if seen != len(m.Parts) {
			t.Fatalf("清单 %d 部分，文件 %d 部分", len(m.Parts), seen)
		}
	})
}
