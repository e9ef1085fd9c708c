package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"fadu/internal/ledger"

	"pgregory.net/rapid"
)

// naive is the definition of RFC 6962, section 2.1, word by word.
func naive(leaves [][32]byte) [32]byte {
	switch n := len(leaves); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaves[0]
	default:
		k := 1
		for k*2 < n {
			k *= 2
		}
		left, right := naive(leaves[:k]), naive(leaves[k:])
		return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
	}
}

func TestRootIsRFC6962(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		leaves := make([][32]byte, rapid.IntRange(0, 200).Draw(r, "size"))
		for i := range leaves {
			leaves[i] = sha256.Sum256([]byte{byte(i), rapid.Byte().Draw(r, "leaf")})
		}
		if got, want := ledger.RootOf(leaves), naive(leaves); got != want {
			r.Fatalf("%d leaves: %x, want %x", len(leaves), got, want)
		}
	})
}

// TestKnownRoots uses the leaves and roots of the Certificate Transparency project's own tests.
func TestKnownRoots(t *testing.T) {
	inputs := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var leaves [][32]byte
	for size, want := range roots {
		if size > 0 {
			data, err := hex.DecodeString(inputs[size-1])
			if err != nil {
				t.Fatal(err)
			}
			leaves = append(leaves, sha256.Sum256(append([]byte{0}, data...)))
		}
		if got := ledger.RootOf(leaves); hex.EncodeToString(got[:]) != want {
			t.Errorf("size %d: %x, want %s", size, got, want)
		}
	}
}
