package ledger

import (
	"encoding/hex"
	"fmt"

	"fadu/internal/store"
)

// Standing returns how many entries are numbered and their Merkle root, in hex, from the stored leaves.
func Standing(tx *store.Tx) (leaves int64, root string, err error) {
	var t tree
	for {
		var page []leaf
		if err := tx.DB().NewSelect().Model(&page).Where("seq > ?", t.size).Order("seq").Limit(5000).Scan(tx.Ctx); err != nil {
			return 0, "", err
		}
		if len(page) == 0 {
			r := t.root()
			return t.size, hex.EncodeToString(r[:]), nil
		}
		for _, l := range page {
			var h [32]byte
			if n, err := hex.Decode(h[:], []byte(l.Hash)); err != nil || n != len(h) || l.Seq != t.size+1 {
				return 0, "", fmt.Errorf("ledger: leaf %d is not whole; run fadu verify", l.Seq)
			}
			t.add(h)
		}
	}
}
