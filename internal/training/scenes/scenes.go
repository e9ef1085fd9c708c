// Package scenes holds the scenes that come with the program, as data: written by us, in Chinese, each under the law
// of its day. A test lints every one with the rules of the product, finds a path of at least 95 points in every
// variant and sees the lazy walkers fail.
package scenes

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"fadu/internal/training/scene"
)

//go:embed *.yaml
var files embed.FS

// All returns the scenes in the order of their file names. A fault in one is a fault of the program.
func All() ([]*scene.Scenario, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("scenes: %w", err)
	}
	out := make([]*scene.Scenario, 0, len(names))
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("scenes: %w", err)
		}
		s, err := scene.Parse(b)
		if err != nil {
			return nil, fmt.Errorf("scenes: %s: %w", name, err)
		}
		if want := s.ID + ".yaml"; path.Base(name) != want {
			return nil, fmt.Errorf("scenes: %s should be called %s", name, want)
		}
		out = append(out, s)
	}
	return out, nil
}
