package ledger

import "crypto/sha256"

// tree computes an RFC 6962 Merkle root over leaves given one by one, keeping one hash per level.
type tree struct {
	levels []*[32]byte
	size   int64
}

func (t *tree) add(leaf [32]byte) {
	t.size++
	h := leaf
	for i := 0; ; i++ {
		if i == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		if t.levels[i] == nil {
			t.levels[i] = &h
			return
		}
		h = node(*t.levels[i], h)
		t.levels[i] = nil
	}
}

// root returns the root of what was added so far; of nothing, SHA-256 of the empty string.
func (t *tree) root() [32]byte {
	var acc *[32]byte
	for _, l := range t.levels {
		switch {
		case l == nil:
		case acc == nil:
			acc = l
		default:
			h := node(*l, *acc)
			acc = &h
		}
	}
	if acc == nil {
		return sha256.Sum256(nil)
	}
	return *acc
}

func node(left, right [32]byte) [32]byte {
	b := append([]byte{1}, left[:]...)
	return sha256.Sum256(append(b, right[:]...))
}
