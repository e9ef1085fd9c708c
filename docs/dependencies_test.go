package docs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// licences are told apart by a passage that only they have; the more particular come first.
var licences = []struct{ name, passage string }{
	{"Apache-2.0", "apache license version 2.0"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"BSD-3-Clause", "neither the name"},
	{"BSD-2-Clause", "redistributions in binary form must reproduce"},
	{"MIT", "permission is hereby granted, free of charge"},
}

// licenceOf reads the licence file of a module's folder.
func licenceOf(t *testing.T, dir string) string {
	t.Helper()
	for _, pattern := range []string{"LICEN[CS]E", "LICEN[CS]E.*", "COPYING"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(string(b))), " "), "license, version", "license version")
			for _, l := range licences {
				if strings.Contains(text, l.passage) {
					return l.name
				}
			}
		}
	}
	return "unknown"
}

// TestEveryModuleHasItsLicence: each module whose code is in the program, and each that go.mod names as direct,
// has a line with the licence that its own file states; no line is left of a module that is gone.
func TestEveryModuleHasItsLicence(t *testing.T) {
	page, err := os.ReadFile("dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, line := range strings.Split(string(page), "\n") {
		for _, m := range regexp.MustCompile("`([a-z0-9.-]+\\.[a-z]+/[^`]+)`").FindAllStringSubmatch(line, -1) {
			lines[m[1]] = line
		}
	}
	needed := map[string]bool{}
	for _, args := range [][]string{
		{"list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "../cmd/fadu", "../cmd/fadu-verify"},
		{"list", "-m", "-f", "{{if not (or .Main .Indirect)}}{{.Path}}\t{{.Dir}}{{end}}", "all"},
	} {
		out, err := exec.Command("go", args...).Output()
		if err != nil {
			t.Fatalf("go %v: %v", args, err)
		}
		for _, row := range strings.Split(string(out), "\n") {
			module, dir, _ := strings.Cut(row, "\t")
			if module == "" || needed[module] {
				continue
			}
			needed[module] = true
			switch is := licenceOf(t, dir); {
			case lines[module] == "":
				t.Errorf("docs/dependencies.md has no line for %s (%s)", module, is)
			case !strings.Contains(lines[module], is):
				t.Errorf("docs/dependencies.md: %s is under %s, the line says: %s", module, is, lines[module])
			}
		}
	}
	if len(needed) < 40 {
		t.Fatalf("only %d modules found", len(needed))
	}
	lint, err := os.ReadFile(root + "/tools/lint.mod")
	if err != nil {
		t.Fatal(err)
	}
	for module := range lines {
		if !needed[module] && !strings.Contains(string(lint), module) {
			t.Errorf("docs/dependencies.md has a line for %s, which nothing uses", module)
		}
	}
}
