package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// FuzzExport: no export and no checkpoint from outside breaks the verifier, and an export passes only when
// its entries carry their own hashes and its end their root.
func FuzzExport(f *testing.F) {
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		f.Fatal(err)
	}
	entry := []byte(`演示`)
	good := fmt.Sprintf("{\"keys\":[\"ed25519:%s\"]}\n{\"seq\":1,\"leaf\":\"%x\",\"entry\":\"%s\"}\n{\"end\":1,\"root\":\"%x\"}\n",
		base64.StdEncoding.EncodeToString(public), sum(0, entry), base64.StdEncoding.EncodeToString(entry), sum(0, entry))
	f.Add([]byte(good), []byte(nil))
	f.Add([]byte(good), []byte("fadu-ledger\n1\nAA==\n\n— fadu-ledger AAAA"))
	f.Add([]byte(`{"keys":["ed25519:AA=="]}`), []byte("fadu-ledger"))
	f.Add([]byte(`{"keys":[""],"end":0}`), []byte(nil))
	dir := f.TempDir()
	out, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		f.Fatal(err)
	}
	os.Stdout = out // the verifier says what it finds
	f.Fuzz(func(t *testing.T, export, checkpoint []byte) {
		name, outside := filepath.Join(dir, "x.jsonl"), filepath.Join(dir, "c.txt")
		if err := os.WriteFile(name, export, 0o600); err != nil {
			t.Fatal(err)
		}
		var points []string
		if len(checkpoint) > 0 {
			if err := os.WriteFile(outside, checkpoint, 0o600); err != nil {
				t.Fatal(err)
			}
			points = []string{outside}
		}
		v := &verifier{keys: map[string]ed25519.PublicKey{}}
		if err := v.run("", name, points); err != nil || v.bad > 0 {
			return
		}
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines, n := json.NewDecoder(file), int64(0)
		for {
			var l line
			if err := lines.Decode(&l); err != nil {
				t.Fatalf("通过了，却没有末行：%v", err)
			}
			if l.End != nil {
				if *l.End != n || l.Root != hex.EncodeToString(v.root()) {
					t.Fatalf("末行写 %d 条，有 %d 条", *l.End, n)
				}
				return
			}
			if len(l.Keys) > 0 && n == 0 && l.Seq == 0 {
				continue
			}
			if l.Checkpoint == "" {
				if n++; l.Seq != n || l.Leaf != hex.EncodeToString(sum(0, l.Entry)) {
					t.Fatalf("第 %d 条不对也通过了", n)
				}
			}
		}
	})
}
