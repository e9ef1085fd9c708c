package ledger

import (
	"crypto/sha256"
	"errors"
	"math/bits"

	"fadu/internal/planted"
)

// Hash is a node of the tree.
type Hash = [32]byte

// tree computes an RFC 6962 Merkle root over leaves given one by one, keeping one hash per level.
type tree struct {
	levels []*Hash
	size   int64
	// node, when given, hears of every complete subtree above the leaves.
	node func(level int, index int64, h Hash)
}

func (t *tree) add(leaf Hash) {
	at := t.size
	t.size++
	h := leaf
	for i := 0; ; i++ {
		if i == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		if i > 0 && t.node != nil {
			t.node(i, at>>i, h)
		}
		if t.levels[i] == nil {
			t.levels[i] = &h
			return
		}
		h = join(*t.levels[i], h)
		t.levels[i] = nil
	}
}

// root returns the root of what was added so far; of nothing, SHA-256 of the empty string.
func (t *tree) root() Hash {
	var acc *Hash
	for _, l := range t.levels {
		switch {
		case l == nil:
		case acc == nil:
			acc = l
		default:
			h := join(*l, *acc)
			acc = &h
		}
	}
	if acc == nil {
		return sha256.Sum256(nil)
	}
	return *acc
}

func join(left, right Hash) Hash {
	b := append([]byte{1}, left[:]...)
	return sha256.Sum256(append(b, right[:]...))
}

// LeafHash returns the leaf over an entry's canonical encoding.
func LeafHash(canonical []byte) Hash {
	if planted.Is(planted.WrongLeaf) {
		return sha256.Sum256(append([]byte{1}, canonical...))
	}
	return sha256.Sum256(append([]byte{0}, canonical...))
}

// stride is the distance of the levels whose nodes are kept: the leaves, level 4, level 8 and so on. A
// node between them is the root of at most eight kept ones.
const stride = 4

// reader returns count kept nodes of a level, a multiple of stride, from an index on.
type reader func(level int, index, count int64) ([]Hash, error)

// subtree returns the root of the complete subtree.
func (read reader) subtree(level int, index int64) (Hash, error) {
	kept := level / stride * stride
	up := level - kept
	hs, err := read(kept, index<<up, 1<<up)
	if err != nil {
		return Hash{}, err
	}
	return fold(hs), nil
}

// fold returns the root over a power of two of nodes, which it uses up.
func fold(hs []Hash) Hash {
	for ; len(hs) > 1; hs = hs[:len(hs)/2] {
		for i := range len(hs) / 2 {
			hs[i] = join(hs[2*i], hs[2*i+1])
		}
	}
	return hs[0]
}

// split is the greatest power of two below n, which is at least 2.
func split(n int64) int64 { return 1 << (bits.Len64(uint64(n-1)) - 1) }

// between returns the root of the leaves from lo to below hi, a range as RFC 6962 makes them.
func (read reader) between(lo, hi int64) (Hash, error) {
	n := hi - lo
	if n == 0 {
		return sha256.Sum256(nil), nil
	}
	if n&(n-1) == 0 {
		level := bits.TrailingZeros64(uint64(n))
		return read.subtree(level, lo>>level)
	}
	k := split(n)
	left, err := read.between(lo, lo+k)
	if err != nil {
		return left, err
	}
	right, err := read.between(lo+k, hi)
	return join(left, right), err
}

// inclusion returns the audit path of leaf m (from 0) among the leaves lo to hi.
func (read reader) inclusion(m, lo, hi int64) ([]Hash, error) {
	if hi-lo <= 1 {
		return nil, nil
	}
	k := lo + split(hi-lo)
	down, other := [2]int64{lo, k}, [2]int64{k, hi}
	if m >= k {
		down, other = other, down
	}
	path, err := read.inclusion(m, down[0], down[1])
	if err != nil {
		return nil, err
	}
	h, err := read.between(other[0], other[1])
	return append(path, h), err
}

// consistency returns the proof that the tree of the first m leaves is the beginning of lo to hi; whole
// says that its root is known to the other side.
func (read reader) consistency(m, lo, hi int64, whole bool) ([]Hash, error) {
	if m == hi {
		if whole {
			return nil, nil
		}
		h, err := read.between(lo, hi)
		return []Hash{h}, err
	}
	k := lo + split(hi-lo)
	down, other := [2]int64{lo, k}, [2]int64{k, hi}
	if m > k {
		down, other, whole = other, down, false
	}
	path, err := read.consistency(m, down[0], down[1], whole)
	if err != nil {
		return nil, err
	}
	h, err := read.between(other[0], other[1])
	return append(path, h), err
}

// ErrProof says that a proof does not prove what it should.
var ErrProof = errors.New("ledger: 证明不成立")

// CheckInclusion checks that the leaf number seq (from 1) is in the tree of that size and root
// (RFC 9162, 2.1.3.2).
func CheckInclusion(leaf Hash, seq, size int64, path []Hash, root Hash) error {
	fn, sn := seq-1, size-1
	if fn < 0 || fn > sn {
		return ErrProof
	}
	h := leaf
	for _, p := range path {
		if sn == 0 {
			return ErrProof
		}
		if fn&1 == 1 || fn == sn {
			h = join(p, h)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			h = join(h, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 || h != root {
		return ErrProof
	}
	return nil
}

// CheckConsistency checks that the tree of the first size is the beginning of that of the second
// (RFC 9162, 2.1.4.2).
func CheckConsistency(first, second int64, root1, root2 Hash, path []Hash) error {
	switch {
	case first < 0 || first > second:
		return ErrProof
	case first == second:
		if root1 != root2 || len(path) > 0 {
			return ErrProof
		}
		return nil
	case first == 0:
		if root1 != sha256.Sum256(nil) || len(path) > 0 {
			return ErrProof
		}
		return nil
	}
	if first&(first-1) == 0 {
		path = append([]Hash{root1}, path...)
	}
	if len(path) == 0 {
		return ErrProof
	}
	fn, sn := first-1, second-1
	for fn&1 == 1 {
		fn, sn = fn>>1, sn>>1
	}
	fr, sr := path[0], path[0]
	for _, c := range path[1:] {
		if sn == 0 {
			return ErrProof
		}
		if fn&1 == 1 || fn == sn {
			fr, sr = join(c, fr), join(c, sr)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			sr = join(sr, c)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 || fr != root1 || sr != root2 {
		return ErrProof
	}
	return nil
}
