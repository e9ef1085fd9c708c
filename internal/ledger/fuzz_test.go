package ledger_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fadu/internal/ledger"
)

// FuzzPublic: a public key reads as what it prints, and a file is a private key or is refused by name.
func FuzzPublic(f *testing.F) {
	dir := f.TempDir()
	s, err := ledger.MakeKey(filepath.Join(dir, "key"))
	if err != nil {
		f.Fatal(err)
	}
	private, err := os.ReadFile(filepath.Join(dir, "key"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(ledger.PublicText(s), private)
	f.Add("ed25519:", []byte("fadu-ledger-key ed25519 "))
	f.Add("rsa:AAAA", []byte{})
	f.Fuzz(func(t *testing.T, text string, file []byte) {
		if v, err := ledger.ParsePublic(text); err == nil {
			again, err := ledger.ParsePublic(ledger.PublicText(v))
			if err != nil || ledger.KeyID(again) != ledger.KeyID(v) {
				t.Fatalf("%q → %q %v", text, ledger.PublicText(v), err)
			}
		}
		name := filepath.Join(dir, "fuzzed")
		if err := os.WriteFile(name, file, 0o600); err != nil {
			t.Fatal(err)
		}
		k, err := ledger.LoadKey(name)
		if err != nil {
			return
		}
		sig, err := k.Sign([]byte("x"))
		if err != nil || !k.Verify([]byte("x"), sig) || k.Verify([]byte("y"), sig) {
			t.Fatalf("%q 读成密钥而不能用：%v", file, err)
		}
	})
}

// FuzzProof: whatever a proof says of itself, checking it ends, and only texts that hold together pass.
func FuzzProof(f *testing.F) {
	s, err := ledger.MakeKey(filepath.Join(f.TempDir(), "key"))
	if err != nil {
		f.Fatal(err)
	}
	one := ledger.LeafHash([]byte("一"))
	c, err := ledger.SignCheckpoint(ledger.Checkpoint{Size: 1, Root: one, Bureau: "演示·某局"}, s)
	if err != nil {
		f.Fatal(err)
	}
	in, err := json.Marshal(ledger.Inclusion{Seq: 1, Size: 1, Entry: base64.StdEncoding.EncodeToString([]byte("一")), Checkpoint: c.Text()})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(in, []byte(`{"from":1,"to":1,"first":"","second":"","path":["zz"]}`))
	f.Add([]byte(`{"seq":-1,"path":["00"]}`), []byte(`{}`))
	f.Fuzz(func(t *testing.T, inclusion, consistency []byte) {
		var i ledger.Inclusion
		if json.Unmarshal(inclusion, &i) == nil && i.Check() == nil {
			text, err := base64.StdEncoding.DecodeString(i.Entry)
			c, err2 := ledger.ParseCheckpoint(i.Checkpoint)
			if err != nil || err2 != nil || c.Size == 1 && ledger.LeafHash(text) != c.Root {
				t.Fatalf("不成立的证明通过了：%s", inclusion)
			}
		}
		var x ledger.Consistency
		if json.Unmarshal(consistency, &x) == nil && x.Check() == nil {
			a, err := ledger.ParseCheckpoint(x.First)
			b, err2 := ledger.ParseCheckpoint(x.Second)
			if err != nil || err2 != nil || a.Size > b.Size || a.Size == b.Size && a.Root != b.Root {
				t.Fatalf("不成立的证明通过了：%s", consistency)
			}
		}
	})
}
