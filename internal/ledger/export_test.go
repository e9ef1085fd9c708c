package ledger

// RootOf returns the Merkle root that Verify computes over leaf hashes.
func RootOf(leaves [][32]byte) [32]byte {
	var t tree
	for _, l := range leaves {
		t.add(l)
	}
	return t.root()
}

// Canonical returns the encoding that is hashed.
func Canonical(e Entry) []byte { return e.canonical() }

// RowsOf lists what an entry tells of rows, in order; a deleted one with a minus sign.
func RowsOf(e Entry) ([]string, error) {
	ms, err := mentions(e)
	var out []string
	for _, m := range ms {
		sign := ""
		if m.digest == "" {
			sign = "-"
		}
		out = append(out, sign+m.table+"/"+m.key)
	}
	return out, err
}

// Reader gives kept nodes.
type Reader = reader

// ReaderOf keeps a tree over leaves in memory.
func ReaderOf(leaves []Hash) Reader {
	return func(level int, index, count int64) ([]Hash, error) {
		var out []Hash
		for i := index; i < index+count; i++ {
			var t tree
			for _, l := range leaves[i<<level : (i+1)<<level] {
				t.add(l)
			}
			out = append(out, t.root())
		}
		return out, nil
	}
}

// RootAt, InclusionPath and ConsistencyPath are the root and proofs of the first n leaves.
func RootAt(r Reader, n int64) (Hash, error) { return r.between(0, n) }

// InclusionPath proves the leaf number seq.
func InclusionPath(r Reader, seq, n int64) ([]Hash, error) { return r.inclusion(seq-1, 0, n) }

// ConsistencyPath proves the first m leaves.
func ConsistencyPath(r Reader, m, n int64) ([]Hash, error) { return r.consistency(m, 0, n, true) }

// SignCheckpoint signs.
func SignCheckpoint(c Checkpoint, s Signer) (Checkpoint, error) { return c.sign(s) }

// Grow adds missing nodes.
var Grow = grow
