// Command assets bundles web/src into internal/web/dist with hashed names and a manifest, and copies
// the document fonts out of web/node_modules. It needs `npm --prefix web ci --ignore-scripts` first
// and no Node itself. Run it at the root of the repository: go run ./tools/assets
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

const (
	source = "web/src"
	target = "internal/web/dist"
	fonts  = "internal/document/fonts"
)

// fontFiles are the faces that documents are set in, from @expo-google-fonts/noto-serif-sc (OFL 1.1).
var fontFiles = map[string]string{
	"NotoSerifSC_400Regular.ttf": "400Regular/NotoSerifSC_400Regular.ttf",
	"NotoSerifSC_700Bold.ttf":    "700Bold/NotoSerifSC_700Bold.ttf",
	"LICENSE_FONT":               "LICENSE_FONT",
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run() error {
	if _, err := os.Stat(source); err != nil {
		return fmt.Errorf("run me at the root of the repository: %w", err)
	}
	if _, err := os.Stat("web/node_modules/htmx.org"); err != nil {
		return fmt.Errorf("npm packages are missing, run first: npm --prefix web ci --ignore-scripts (%w)", err)
	}
	manifest, err := bundle()
	if err != nil {
		return err
	}
	if err := sweep(manifest); err != nil {
		return err
	}
	for name, from := range fontFiles {
		if err := copyIfChanged(filepath.Join("web/node_modules/@expo-google-fonts/noto-serif-sc", from), filepath.Join(fonts, name)); err != nil {
			return err
		}
	}
	for name, file := range manifest {
		fmt.Printf("%s -> %s\n", name, filepath.Join(target, file))
	}
	return nil
}

// bundle builds the entry points and returns source name → hashed file name; it writes the manifest.
func bundle() (map[string]string, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{source + "/app.ts", source + "/app.css"},
		Bundle:            true,
		Outdir:            target,
		EntryNames:        "[name]-[hash]",
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		Target:            api.ES2021,
		Engines: []api.Engine{
			{Name: api.EngineChrome, Version: "88"}, {Name: api.EngineFirefox, Version: "90"}, {Name: api.EngineSafari, Version: "15"},
		},
		LegalComments: api.LegalCommentsEndOfFile,
		Charset:       api.CharsetUTF8,
		NodePaths:     []string{"web/node_modules"},
		LogLevel:      api.LogLevelWarning,
		Write:         true,
		Metafile:      true,
	})
	if len(result.Errors) > 0 {
		return nil, errors.New("esbuild failed, see above")
	}
	manifest := map[string]string{}
	for _, out := range result.OutputFiles {
		file := filepath.Base(out.Path)
		ext := filepath.Ext(file)
		name, _, ok := strings.Cut(file, "-")
		if !ok {
			return nil, fmt.Errorf("unexpected output %s", file)
		}
		manifest[name+ext] = file
	}
	b, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return nil, err
	}
	return manifest, os.WriteFile(filepath.Join(target, "manifest.json"), append(b, '\n'), 0o644)
}

// sweep removes what earlier runs left in the target folder.
func sweep(manifest map[string]string) error {
	keep := map[string]bool{"manifest.json": true, "placeholder.txt": true}
	for _, f := range manifest {
		keep[f] = true
	}
	entries, err := os.ReadDir(target)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !keep[e.Name()] {
			if err := os.Remove(filepath.Join(target, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyIfChanged copies a file unless the target has the same size, so that a rebuild is quick.
func copyIfChanged(from, to string) error {
	src, err := os.Stat(from)
	if err != nil {
		return err
	}
	if dst, err := os.Stat(to); err == nil && dst.Size() == src.Size() {
		return nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o644)
}
