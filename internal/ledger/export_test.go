package ledger

// Root returns the Merkle root that Verify computes over leaf hashes.
func Root(leaves [][32]byte) [32]byte {
	var t tree
	for _, l := range leaves {
		t.add(l)
	}
	return t.root()
}

// Canonical returns the encoding that is hashed.
func Canonical(e Entry) []byte { return e.canonical() }
