package assembly

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fadu/internal/exam/bank"
)

// Digest is the SHA-256 of the frozen paper, answers and points included.
func (f Form) Digest() (string, error) {
	b, err := json.Marshal(f)
	if err != nil {
		return "", fmt.Errorf("assembly: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Place is where a candidate finds an item: its number in the frozen paper, and the order of its options, each as its
// number in the bank.
type Place struct {
	Item    int
	Options []int
}

// Places is the order in which a candidate sees the paper. Sections, one for each form of question, stay together in
// the order of bank.Types; inside them questions, and in these options, go by the HMAC under the key of the sitting.
func (f Form) Places(key []byte, candidate string) []Place {
	places := make([]Place, len(f))
	at := make([][]byte, len(f))
	for i, it := range f {
		at[i] = mac(key, "question", candidate, it.Source()) // the parts of a question stay together, in their order
		places[i] = Place{Item: i, Options: options(key, candidate, it.Question)}
	}
	slices.SortStableFunc(places, func(x, y Place) int {
		if d := section(f[x.Item]) - section(f[y.Item]); d != 0 {
			return d
		}
		return bytes.Compare(at[x.Item], at[y.Item])
	})
	return places
}

func section(it Item) int { return slices.Index(bank.Types, it.Kind()) }

// options: an option that speaks of the others (以上都对) keeps them all in their order.
func options(key []byte, candidate string, q bank.Question) []int {
	out := make([]int, len(q.Options))
	at := make([][]byte, len(q.Options))
	for i := range q.Options {
		out[i] = i
		at[i] = mac(key, "option", candidate, q.ID, bank.Letter(i))
	}
	if slices.ContainsFunc(q.Options, func(o string) bool { return strings.Contains(o, "以上") || strings.Contains(o, "上述各项") }) {
		return out
	}
	slices.SortFunc(out, func(x, y int) int { return bytes.Compare(at[x], at[y]) })
	return out
}
