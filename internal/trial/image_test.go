package trial

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const sector = 512

// image writes what may be on the disk after the power loss: all that was synced, and of the rest some
// sectors, chosen at random; of new names the first few in each folder.
func (s *shadow) image(t testing.TB, to string, r *rand.Rand) {
	t.Helper()
	s.imageOf(t, to, r, r.IntN(4))
}

// imageOf is image with what of the writes that were not synced is kept: 0 none, a few, half, 3 nearly all.
func (s *shadow) imageOf(t testing.TB, to string, r *rand.Rand, keep int) {
	t.Helper()
	names := maps.Clone(s.base)
	for _, dir := range sortedKeys(s.moves) {
		for _, m := range s.moves[dir][:r.IntN(len(s.moves[dir])+1)] {
			m.in(names)
		}
	}
	for _, path := range sortedKeys(names) {
		rel, err := filepath.Rel(s.root, path)
		if err != nil {
			t.Fatal(err)
		}
		n, target := names[path], filepath.Join(to, rel)
		if n.content == nil {
			if err := os.Mkdir(target, 0o700); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) {
				t.Fatal(err)
			}
			continue
		}
		content := slices.Clone(n.content)
		for _, p := range n.pending {
			content = p.torn(content, keep, r)
		}
		// A file whose folder's own name was not synced is lost with it.
		if err := os.WriteFile(target, content, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// torn lets a part of an unsynced write reach the disk.
func (p patch) torn(content []byte, keep int, r *rand.Rand) []byte {
	if p.data == nil {
		if r.IntN(3) < keep {
			content = p.on(content)
		}
		return content
	}
	for i := 0; i < len(p.data); i += sector {
		if r.IntN(3) < keep {
			content = patch{p.at + int64(i), p.data[i:min(i+sector, len(p.data))]}.on(content)
		}
	}
	return content
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
