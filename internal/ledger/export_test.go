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
