// Package docs holds the project's documents. Its only code checks that they hang together.
package docs

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

const root = ".."

// A link is [text](target) or ![text](target); code is left out before they are looked for.
var (
	link    = regexp.MustCompile(`!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6}\s+(.+?)\s*#*$`)
	fenced  = regexp.MustCompile("(?ms)^\\s*(```|~~~).*?^\\s*(```|~~~)\\s*$")
	inline  = regexp.MustCompile("`[^`\n]*`")
)

// pages returns the Markdown files of the repository by their path from its root.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "node_modules", "testdata", "bin", "dist"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(file, ".md") {
			b, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, file)
			out[filepath.ToSlash(rel)] = string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 20 {
		t.Fatalf("only %d pages found: the test looks in the wrong place", len(out))
	}
	return out
}

// prose is a page without its code.
func prose(text string) string { return inline.ReplaceAllString(fenced.ReplaceAllString(text, ""), "") }

// anchors are the fragments that a page's headings can be linked by, as GitHub makes them.
func anchors(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		title := link.ReplaceAllStringFunc(m[1], func(s string) string { return s[strings.Index(s, "[")+1 : strings.Index(s, "]")] })
		out[anchor(title)] = true
	}
	return out
}

func anchor(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, title)
}

// targets are the page's links that stay inside the repository, as path from the root and fragment.
func targets(t *testing.T, page, text string) [][2]string {
	t.Helper()
	var out [][2]string
	for _, m := range link.FindAllStringSubmatch(prose(text), -1) {
		u, err := url.Parse(m[1])
		if err != nil {
			t.Errorf("%s: %q is no address: %v", page, m[1], err)
			continue
		}
		if u.Scheme != "" || u.Host != "" {
			continue
		}
		to := page
		if u.Path != "" {
			to = path.Join(path.Dir(page), u.Path)
		}
		out = append(out, [2]string{to, u.Fragment})
	}
	return out
}

// TestLinks: every link inside the repository leads to a file, and its fragment to a heading.
func TestLinks(t *testing.T) {
	all := pages(t)
	n := 0
	for page, text := range all {
		for _, to := range targets(t, page, text) {
			n++
			if strings.HasPrefix(to[0], "..") {
				t.Errorf("%s: %s lies outside the repository", page, to[0])
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(to[0]))); err != nil {
				t.Errorf("%s: there is no %s", page, to[0])
				continue
			}
			if target, ok := all[to[0]]; ok && to[1] != "" && !anchors(target)[to[1]] {
				t.Errorf("%s: %s has no heading #%s", page, to[0], to[1])
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d links found", n)
	}
}

// TestEveryPageIsFound: whoever starts at the map can reach every page of docs.
func TestEveryPageIsFound(t *testing.T) {
	all := pages(t)
	seen := map[string]bool{}
	var walk func(string)
	walk = func(page string) {
		if seen[page] {
			return
		}
		seen[page] = true
		for _, to := range targets(t, page, all[page]) {
			if _, ok := all[to[0]]; ok && strings.HasPrefix(to[0], "docs/") {
				walk(to[0])
			}
		}
	}
	walk("docs/README.md")
	for page := range all {
		if strings.HasPrefix(page, "docs/") && !seen[page] {
			t.Errorf("%s cannot be reached from docs/README.md", page)
		}
	}
}

// TestAnchor: fragments of Chinese and English headings, with punctuation.
func TestAnchor(t *testing.T) {
	for title, want := range map[string]string{
		"一步一步办": "一步一步办", "The two commands": "the-two-commands", "备份、恢复": "备份恢复", "1. 从线索到结案": "1-从线索到结案", "`fadu verify` 查什么": "fadu-verify-查什么",
	} {
		if got := anchor(title); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}
