// Package draw picks from a pool by lot so that a stranger can repeat it: each id is written behind the seed and a line
// feed, and those with the least SHA-256 are drawn. The order of the pool does not matter.
package draw

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// Method says in Chinese how a draw is repeated.
const Method = "把种子、换行符、编号连成一串（UTF-8），算出 SHA-256，写成十六进制；除去回避的以后按它从小到大排，取前面的。可用 printf '%s\\n%s' 种子 编号 | sha256sum 逐个核对"

// Exclusion takes somebody out of the pool before the draw.
type Exclusion struct{ ID, Reason string }

// Digest is what the ids are ordered by, as hexadecimal digits.
func Digest(seed, id string) string {
	sum := sha256.Sum256([]byte(seed + "\n" + id))
	return hex.EncodeToString(sum[:])
}

// Lot draws take ids of the pool, in the order of their digests. The errors are Chinese: no seed, an id twice or empty, an
// exclusion without a reason, too few left.
func Lot(seed string, pool []string, take int, exclude []Exclusion) ([]string, error) {
	if seed == "" {
		return nil, fmt.Errorf("没有种子，抽取不能复核")
	}
	if take < 1 {
		return nil, fmt.Errorf("抽取的数目应是1以上的整数")
	}
	out := map[string]bool{}
	for _, e := range exclude {
		if e.Reason == "" {
			return nil, fmt.Errorf("“%s”没有写明为什么不参加抽取", e.ID)
		}
		out[e.ID] = true
	}
	type lot struct{ id, digest string }
	var lots []lot
	seen := map[string]bool{}
	for _, id := range pool {
		if id == "" || seen[id] {
			return nil, fmt.Errorf("名单里的编号“%s”是空的，或者重复了", id)
		}
		seen[id] = true
		if !out[id] {
			lots = append(lots, lot{id, Digest(seed, id)})
		}
	}
	if take > len(lots) {
		return nil, fmt.Errorf("名单里除去不参加的只有%d个，抽不出%d个", len(lots), take)
	}
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.id, b.id)) })
	drawn := make([]string, take)
	for i := range drawn {
		drawn[i] = lots[i].id
	}
	return drawn, nil
}
